package auth_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestWrongPasswordAndUnknownAddressAreOneAnswer(t *testing.T) {
	b := setup(t)
	b.acme()
	wrong := b.browser().want(http.StatusUnauthorized, "POST", "/api/auth/login", credentials(annEmail, "not the password"))
	unknown := b.browser().want(http.StatusUnauthorized, "POST", "/api/auth/login", credentials("eve@acme.example", "not the password"))
	malformed := b.browser().want(http.StatusUnauthorized, "POST", "/api/auth/login", credentials("not an address", "not the password"))
	for _, field := range []string{"detail", "code", "kind"} {
		if wrong.body[field] != unknown.body[field] || wrong.body[field] != malformed.body[field] {
			t.Errorf("%s differs: %v, %v, %v", field, wrong.body[field], unknown.body[field], malformed.body[field])
		}
	}
	if wrong.code() != "wrong_credentials" || strings.Contains(wrong.raw, "not the password") {
		t.Errorf("reply = %s", wrong.raw)
	}
}

func TestLockoutBacksOffAndOpensByItself(t *testing.T) {
	b := setup(t)
	b.acme()
	br := b.browser()
	try := func(password string, want int) reply {
		t.Helper()
		return br.want(want, "POST", "/api/auth/login", credentials(annEmail, password))
	}
	for range 6 {
		try("a wrong guess", http.StatusUnauthorized)
	}
	// The seventh is not even looked at, although it is right.
	if locked := try(annPassword, http.StatusTooManyRequests); locked.code() != "locked" || !strings.Contains(locked.raw, "30 seconds") {
		t.Errorf("reply = %s", locked.raw)
	}
	b.clock.Advance(30 * time.Second)
	try("a wrong guess", http.StatusUnauthorized)
	b.clock.Advance(59 * time.Second)
	try(annPassword, http.StatusTooManyRequests)

	elsewhere := b.browser()
	elsewhere.ip = "198.51.100.23"
	elsewhere.want(http.StatusOK, "POST", "/api/auth/login", credentials(annEmail, annPassword))

	b.clock.Advance(time.Second)
	try(annPassword, http.StatusOK)
	for range 5 {
		try("a wrong guess", http.StatusUnauthorized)
	}
	try(annPassword, http.StatusOK)
}

func TestManySignInsAtOnceAllSucceed(t *testing.T) {
	b := setup(t)
	b.acme()
	// Four at once stay below the free tries; the rounds and the places vary the order of the keys.
	for round := range 10 {
		var all sync.WaitGroup
		for range 4 {
			br := b.browser()
			br.ip = fmt.Sprintf("203.0.113.%d", 10+round)
			all.Go(func() {
				if got := br.call("POST", "/api/auth/login", credentials(annEmail, annPassword)); got.status != http.StatusOK {
					t.Errorf("status %d: %s", got.status, got.raw)
				}
			})
		}
		all.Wait()
	}
}

func TestUnknownAddressLocksAlike(t *testing.T) {
	b := setup(t)
	for range 6 {
		b.browser().want(http.StatusUnauthorized, "POST", "/api/auth/login", credentials("eve@acme.example", "a wrong guess"))
	}
	b.browser().want(http.StatusTooManyRequests, "POST", "/api/auth/login", credentials("eve@acme.example", "a wrong guess"))
}

func TestLoginChoosesTheWorkspace(t *testing.T) {
	b := setup(t)
	ann, _ := b.acme()
	b.workspace("Globex", "globex", ann)
	bob := b.person("Bob Iyer", bobEmail, bobPassword)
	b.workspace("Initech", "initech", bob)
	slugOf := func(r reply) any { return r.body["tenant"].(map[string]any)["slug"] }

	br := b.browser()
	if got := br.want(http.StatusOK, "POST", "/api/auth/login", credentials(annEmail, annPassword)); slugOf(got) != "acme" {
		t.Errorf("first login opens %v, want the oldest", slugOf(got))
	}
	named := credentials(annEmail, annPassword)
	named["tenant"] = "globex"
	if got := br.want(http.StatusOK, "POST", "/api/auth/login", named); slugOf(got) != "globex" {
		t.Errorf("login to globex opens %v", slugOf(got))
	}
	b.clock.Advance(time.Minute)
	br.want(http.StatusOK, "POST", "/api/auth/refresh", nil)
	if got := br.want(http.StatusOK, "POST", "/api/auth/login", credentials(annEmail, annPassword)); slugOf(got) != "globex" {
		t.Errorf("next login opens %v, want the last used", slugOf(got))
	}
	named["tenant"] = "initech"
	if got := br.want(http.StatusForbidden, "POST", "/api/auth/login", named); got.code() != "not_member" {
		t.Errorf("code = %q, want not_member", got.code())
	}
}

func TestSomebodyInNoWorkspace(t *testing.T) {
	b := setup(t)
	b.person("Bob Iyer", bobEmail, bobPassword)
	br := b.login(bobEmail, bobPassword)
	me := br.want(http.StatusOK, "GET", "/api/me", nil)
	if me.body["tenant"] != nil || len(me.body["tenants"].([]any)) != 0 {
		t.Errorf("me = %s, want no workspace", me.raw)
	}
	br.want(http.StatusForbidden, "GET", "/api/workspace", nil)
	br.want(http.StatusOK, "POST", "/api/auth/refresh", nil)
}
