package auth_test

import (
	"net/http"
	"sync"
	"testing"
	"time"
)

func TestAccessTokenEnds(t *testing.T) {
	b := setup(t)
	b.acme()
	br := b.login(annEmail, annPassword)
	b.clock.Advance(15*time.Minute - time.Second)
	br.want(http.StatusOK, "GET", "/api/me", nil)
	b.clock.Advance(2 * time.Second)
	br.want(http.StatusUnauthorized, "GET", "/api/me", nil)
	br.want(http.StatusOK, "POST", "/api/auth/refresh", nil)
	br.want(http.StatusOK, "GET", "/api/me", nil)
}

func TestCookieIsOnlyForTheSignInRoutes(t *testing.T) {
	b := setup(t)
	b.acme()
	got := b.browser().want(http.StatusOK, "POST", "/api/auth/login", credentials(annEmail, annPassword))
	if len(got.cookies) != 1 {
		t.Fatalf("cookies = %v, want one", got.cookies)
	}
	c := got.cookies[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/api/auth" || c.Domain != "" || c.Secure {
		t.Errorf("cookie = %s", c.Raw)
	}
	if want := b.clock.Now().Add(30 * 24 * time.Hour); !c.Expires.Equal(want) {
		t.Errorf("expires %s, want %s", c.Expires, want)
	}
}

// Whoever replays a replaced refresh token ends the session for both.
func TestReusedRefreshTokenEndsTheSession(t *testing.T) {
	b := setup(t)
	b.acme()
	owner := b.login(annEmail, annPassword)
	thief := &browser{b: b, ip: "198.51.100.66", cookie: owner.cookie}
	b.clock.Advance(time.Minute)
	owner.want(http.StatusOK, "POST", "/api/auth/refresh", nil)
	bystander := b.login(annEmail, annPassword)

	if got := thief.want(http.StatusUnauthorized, "POST", "/api/auth/refresh", nil); got.code() != "session_reused" {
		t.Errorf("code = %q, want session_reused", got.code())
	}
	owner.want(http.StatusUnauthorized, "GET", "/api/me", nil)
	if got := owner.want(http.StatusUnauthorized, "POST", "/api/auth/refresh", nil); got.code() != "session_ended" {
		t.Errorf("code = %q, want session_ended", got.code())
	}
	bystander.want(http.StatusOK, "GET", "/api/me", nil)
}

// Two tabs that wake at the same moment send the same cookie: neither is a thief.
func TestTabsThatRefreshTogetherStaySignedIn(t *testing.T) {
	b := setup(t)
	b.acme()
	br := b.login(annEmail, annPassword)
	cookie := br.cookie
	// Both arrive before either is answered: the second waits for the first one's row.
	hold, release := b.holdSession()
	var replies [2]reply
	var tabs sync.WaitGroup
	for i := range replies {
		tab := &browser{b: b, ip: br.ip, cookie: cookie}
		tabs.Go(func() { replies[i] = tab.call("POST", "/api/auth/refresh", nil) })
	}
	b.waitForWaiters(2)
	b.clock.Advance(time.Millisecond)
	release()
	tabs.Wait()
	hold.Wait()

	withCookie := 0
	for _, got := range replies {
		if got.status != http.StatusOK || got.body["accessToken"] == "" {
			t.Errorf("a tab got %d %s, want a token", got.status, got.raw)
		}
		withCookie += len(got.cookies)
	}
	if withCookie != 1 {
		t.Errorf("%d cookies, want one: the token is replaced once", withCookie)
	}
	(&browser{b: b, ip: br.ip, cookie: cookie}).want(http.StatusUnauthorized, "POST", "/api/auth/refresh", nil)
}

func TestSessionEndsUnusedAndByAge(t *testing.T) {
	b := setup(t)
	b.acme()
	idle := b.login(annEmail, annPassword)
	used := b.login(annEmail, annPassword)
	for range 3 {
		b.clock.Advance(29 * 24 * time.Hour)
		used.want(http.StatusOK, "POST", "/api/auth/refresh", nil)
	}
	idle.want(http.StatusUnauthorized, "POST", "/api/auth/refresh", nil)
	b.clock.Advance(4 * 24 * time.Hour)
	used.want(http.StatusUnauthorized, "POST", "/api/auth/refresh", nil)
}

func TestLogout(t *testing.T) {
	b := setup(t)
	b.acme()
	phone, laptop := b.login(annEmail, annPassword), b.login(annEmail, annPassword)
	stolen := phone.cookie
	phone.want(http.StatusNoContent, "POST", "/api/auth/logout", nil)
	if phone.cookie != "" {
		t.Error("the cookie stays after the log-out")
	}
	phone.want(http.StatusUnauthorized, "GET", "/api/me", nil)
	(&browser{b: b, ip: phone.ip, cookie: stolen}).want(http.StatusUnauthorized, "POST", "/api/auth/refresh", nil)
	laptop.want(http.StatusOK, "GET", "/api/me", nil)
	b.browser().want(http.StatusNoContent, "POST", "/api/auth/logout", nil)
}

func TestLogoutEverywhereCountsAtOnce(t *testing.T) {
	b := setup(t)
	b.acme()
	phone, laptop := b.login(annEmail, annPassword), b.login(annEmail, annPassword)
	// Both standings are remembered before.
	phone.want(http.StatusOK, "GET", "/api/me", nil)
	laptop.want(http.StatusOK, "GET", "/api/me", nil)
	phone.want(http.StatusNoContent, "POST", "/api/auth/logout-everywhere", nil)
	for _, br := range []*browser{phone, laptop} {
		br.want(http.StatusUnauthorized, "GET", "/api/me", nil)
		br.cookie = "" // the browser drops what the server cleared
	}
	b.login(annEmail, annPassword).want(http.StatusOK, "GET", "/api/me", nil)
}

func TestOtherSitesCannotUseTheCookie(t *testing.T) {
	b := setup(t)
	b.acme()
	br := b.login(annEmail, annPassword)
	br.origin = "https://evil.example"
	for _, path := range []string{"/api/auth/refresh", "/api/auth/logout"} {
		if got := br.want(http.StatusForbidden, "POST", path, nil); got.code() != "cross_site" {
			t.Errorf("%s: code = %q, want cross_site", path, got.code())
		}
	}
	br.origin = "http://localhost:8080"
	br.want(http.StatusOK, "POST", "/api/auth/refresh", nil)
}

func TestChangedPasswordKeepsOnlyThisSession(t *testing.T) {
	b := setup(t)
	b.acme()
	phone, laptop := b.login(annEmail, annPassword), b.login(annEmail, annPassword)
	change := map[string]string{"currentPassword": "a wrong guess", "password": "four unrelated words"}
	if got := phone.want(http.StatusUnprocessableEntity, "POST", "/api/me/password", change); got.code() != "wrong_password" {
		t.Errorf("code = %q, want wrong_password", got.code())
	}
	change["currentPassword"] = annPassword
	before := phone.token
	phone.want(http.StatusOK, "POST", "/api/me/password", change)
	phone.want(http.StatusOK, "GET", "/api/me", nil)
	phone.want(http.StatusOK, "POST", "/api/auth/refresh", nil)
	laptop.want(http.StatusUnauthorized, "GET", "/api/me", nil)
	laptop.want(http.StatusUnauthorized, "POST", "/api/auth/refresh", nil)
	(&browser{b: b, ip: phone.ip, token: before}).want(http.StatusUnauthorized, "GET", "/api/me", nil)
}

func TestSwitchStaysWithinOnesWorkspaces(t *testing.T) {
	b := setup(t)
	ann, acme := b.acme()
	globex := b.workspace("Globex", "globex", ann)
	initech := b.workspace("Initech", "initech", b.person("Bob Iyer", bobEmail, bobPassword))
	br := b.login(annEmail, annPassword)
	inAcme := br.token
	br.want(http.StatusOK, "POST", "/api/auth/switch", map[string]any{"tenantId": globex.ID})
	if got := br.want(http.StatusOK, "GET", "/api/workspace", nil); got.body["slug"] != "globex" {
		t.Errorf("workspace = %s, want globex", got.raw)
	}
	br.want(http.StatusForbidden, "POST", "/api/auth/switch", map[string]any{"tenantId": initech.ID})
	if got := br.want(http.StatusOK, "POST", "/api/auth/refresh", nil); got.body["tenant"].(map[string]any)["slug"] != "globex" {
		t.Errorf("refresh = %s, want the workspace switched to", got.raw)
	}
	other := &browser{b: b, ip: br.ip, token: inAcme}
	if got := other.want(http.StatusOK, "GET", "/api/workspace", nil); got.body["id"] != acme.ID.String() {
		t.Errorf("the other tab is in %s, want where it was", got.raw)
	}
}

func TestRealtimeToken(t *testing.T) {
	b := setup(t)
	ann, acme := b.acme()
	br := b.login(annEmail, annPassword)
	token := br.want(http.StatusOK, "POST", "/api/auth/realtime-token", nil).body["token"].(string)
	got, err := b.auth.AuthenticateToken(t.Context(), token)
	if err != nil || got.UserID != ann.ID || got.TenantID != acme.ID || got.Role != "owner" {
		t.Fatalf("actor = %+v, %v", got, err)
	}
	if _, err := b.auth.AuthenticateToken(t.Context(), br.token); err == nil {
		t.Error("an API token opens the websocket")
	}
	(&browser{b: b, ip: br.ip, token: token}).want(http.StatusUnauthorized, "GET", "/api/me", nil)
	br.want(http.StatusNoContent, "POST", "/api/auth/logout", nil)
	if _, err := b.auth.AuthenticateToken(t.Context(), token); err == nil {
		t.Error("the token lives on after the log-out")
	}
}
