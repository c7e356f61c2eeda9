package auth_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func invite(email, role string) map[string]string {
	return map[string]string{"email": email, "role": role}
}

func TestInvitationOfSomebodyNew(t *testing.T) {
	b := setup(t)
	b.acme()
	owner := b.login(annEmail, annPassword)
	owner.want(http.StatusCreated, "POST", "/api/invitations", invite(" Bob@Globex.example", "agent"))
	path := "/api/auth/invitations/" + b.link(bobEmail)

	br := b.browser()
	view := br.want(http.StatusOK, "GET", path, nil)
	if view.body["workspace"] != "Acme आभूषण" || view.body["role"] != "agent" || view.body["invitedBy"] != "Ann Thomas" || view.body["existingUser"] != false {
		t.Errorf("view = %s", view.raw)
	}
	br.want(http.StatusUnprocessableEntity, "POST", path+"/accept", map[string]string{"name": "Bob", "password": "short"})
	joined := br.want(http.StatusOK, "POST", path+"/accept", map[string]string{"name": "Bob Iyer", "password": bobPassword})
	if joined.body["role"] != "agent" || joined.body["signInRequired"] != false {
		t.Errorf("accept = %s", joined.raw)
	}
	br.want(http.StatusOK, "GET", "/api/members", nil)
	br.want(http.StatusForbidden, "POST", "/api/invitations", invite("eve@acme.example", "agent"))
	b.browser().want(http.StatusGone, "GET", path, nil)
	b.browser().want(http.StatusGone, "POST", path+"/accept", map[string]string{"name": "Eve", "password": bobPassword})
	b.login(bobEmail, bobPassword)
}

func TestInvitationOfSomebodyWithAnAccount(t *testing.T) {
	b := setup(t)
	b.acme()
	bob := b.person("Bob Iyer", bobEmail, bobPassword)
	b.workspace("Globex", "globex", bob)
	owner := b.login(annEmail, annPassword)
	owner.want(http.StatusCreated, "POST", "/api/invitations", invite(bobEmail, "admin"))
	path := "/api/auth/invitations/" + b.link(bobEmail)
	if view := b.browser().want(http.StatusOK, "GET", path, nil); view.body["existingUser"] != true {
		t.Errorf("view = %s", view.raw)
	}
	wrong := b.browser().want(http.StatusUnprocessableEntity, "POST", path+"/accept", map[string]string{"password": "a wrong guess"})
	if wrong.code() != "wrong_password" {
		t.Errorf("code = %q, want wrong_password", wrong.code())
	}
	signedIn := b.login(bobEmail, bobPassword)
	joined := signedIn.want(http.StatusOK, "POST", path+"/accept", map[string]string{})
	if place := joined.body["tenant"].(map[string]any); place["slug"] != "acme" || joined.body["role"] != "admin" {
		t.Errorf("accept = %s", joined.raw)
	}
	if all := joined.body["tenants"].([]any); len(all) != 2 {
		t.Errorf("tenants = %v, want both", all)
	}
	owner.want(http.StatusConflict, "POST", "/api/invitations", invite(bobEmail, "agent"))
}

// The mail alone makes a member but opens no session of an account with a password.
func TestInvitationAloneDoesNotSignIn(t *testing.T) {
	b := setup(t)
	b.acme()
	b.person("Bob Iyer", bobEmail, bobPassword)
	owner := b.login(annEmail, annPassword)
	owner.want(http.StatusCreated, "POST", "/api/invitations", invite(bobEmail, "agent"))
	got := b.browser().want(http.StatusOK, "POST", "/api/auth/invitations/"+b.link(bobEmail)+"/accept", map[string]string{})
	if got.body["signInRequired"] != true || got.body["accessToken"] != nil || len(got.cookies) != 0 {
		t.Errorf("accept = %s, want no session", got.raw)
	}
	b.login(bobEmail, bobPassword).want(http.StatusOK, "GET", "/api/workspace", nil)
}

func TestInvitationByPasswordAsksForTheSecondFactor(t *testing.T) {
	b := setup(t)
	ann, _ := b.acme()
	secret, _ := b.login(annEmail, annPassword).enable()
	b.deliver()
	bob := b.person("Bob Iyer", bobEmail, bobPassword)
	b.workspace("Globex", "globex", bob)
	b.login(bobEmail, bobPassword).want(http.StatusCreated, "POST", "/api/invitations", invite(ann.Email, "admin"))
	b.clock.Advance(time.Minute)
	br := b.browser()
	got := br.want(http.StatusOK, "POST", "/api/auth/invitations/"+b.link(annEmail)+"/accept", map[string]string{"password": annPassword})
	if got.body["twoFactorRequired"] != true || got.body["accessToken"] != nil {
		t.Fatalf("accept = %s, want a challenge", got.raw)
	}
	answer := map[string]string{"challenge": got.body["challenge"].(string), "code": b.code(secret)}
	in := br.want(http.StatusOK, "POST", "/api/auth/two-factor", answer)
	if in.body["tenant"].(map[string]any)["slug"] != "globex" {
		t.Errorf("signed in to %v, want globex", in.body["tenant"])
	}
}

// Somebody who signed up with Bob's address and never proved it does not get in through Bob's
// invitation.
func TestInvitationEvictsAnUnprovenAccount(t *testing.T) {
	b := setup(t)
	b.acme()
	b.browser().want(http.StatusAccepted, "POST", "/api/auth/signup", map[string]string{
		"name": "Eve", "email": bobEmail, "password": "the password of Eve", "workspace": "Evil",
	})
	b.deliver()
	b.login(annEmail, annPassword).want(http.StatusCreated, "POST", "/api/invitations", invite(bobEmail, "admin"))
	path := "/api/auth/invitations/" + b.link(bobEmail)
	br := b.browser()
	if view := br.want(http.StatusOK, "GET", path, nil); view.body["existingUser"] != false {
		t.Errorf("view = %s, want a new account", view.raw)
	}
	br.want(http.StatusOK, "POST", path+"/accept", map[string]string{"name": "Bob Iyer", "password": bobPassword})
	b.browser().want(http.StatusUnauthorized, "POST", "/api/auth/login", credentials(bobEmail, "the password of Eve"))
	if me := br.want(http.StatusOK, "GET", "/api/me", nil); !strings.Contains(me.raw, "Bob Iyer") {
		t.Errorf("me = %s", me.raw)
	}
}

func TestInvitationEnds(t *testing.T) {
	b := setup(t)
	b.acme()
	owner := b.login(annEmail, annPassword)
	sent := owner.want(http.StatusCreated, "POST", "/api/invitations", invite(bobEmail, "agent"))
	id := sent.body["id"].(string)
	first := "/api/auth/invitations/" + b.link(bobEmail)

	owner.want(http.StatusOK, "POST", "/api/invitations/"+id+"/resend", nil)
	second := "/api/auth/invitations/" + b.link(bobEmail)
	b.browser().want(http.StatusGone, "GET", first, nil)
	b.browser().want(http.StatusOK, "GET", second, nil)

	b.clock.Advance(7*24*time.Hour + time.Second)
	b.browser().want(http.StatusGone, "GET", second, nil)
	owner = b.login(annEmail, annPassword)
	if list := owner.want(http.StatusOK, "GET", "/api/invitations", nil); !strings.Contains(list.raw, `"expired":true`) {
		t.Errorf("list = %s, want the expired one", list.raw)
	}
	// Inviting again renews the same invitation.
	again := owner.want(http.StatusCreated, "POST", "/api/invitations", invite(bobEmail, "admin"))
	if again.body["id"] != id {
		t.Errorf("a second invitation %v, want %v renewed", again.body["id"], id)
	}
	third := "/api/auth/invitations/" + b.link(bobEmail)
	owner.want(http.StatusNoContent, "DELETE", "/api/invitations/"+id, nil)
	b.browser().want(http.StatusGone, "GET", third, nil)
	owner.want(http.StatusNotFound, "DELETE", "/api/invitations/"+id, nil)
	for _, junk := range []string{"x", "AAAA.BBBB", strings.Repeat("A", 22) + ".secret"} {
		b.browser().want(http.StatusGone, "GET", "/api/auth/invitations/"+junk, nil)
	}
}

func TestRemovalEndsSessionsAtOnce(t *testing.T) {
	b := setup(t)
	_, acme := b.acme()
	bob := b.person("Bob Iyer", bobEmail, bobPassword)
	b.must(b.auth.AddMember(t.Context(), acme.ID, bob.ID, "agent"))
	owner, agent := b.login(annEmail, annPassword), b.login(bobEmail, bobPassword)
	agent.want(http.StatusOK, "GET", "/api/members", nil)

	owner.want(http.StatusOK, "PATCH", "/api/members/"+bob.ID.String(), map[string]string{"role": "admin"})
	agent.want(http.StatusCreated, "POST", "/api/invitations", invite("eve@acme.example", "agent"))
	owner.want(http.StatusOK, "PATCH", "/api/members/"+bob.ID.String(), map[string]string{"role": "agent"})
	agent.want(http.StatusForbidden, "POST", "/api/invitations", invite("mallory@acme.example", "agent"))

	owner.want(http.StatusNoContent, "DELETE", "/api/members/"+bob.ID.String(), nil)
	agent.want(http.StatusUnauthorized, "GET", "/api/members", nil)
	agent.want(http.StatusUnauthorized, "POST", "/api/auth/refresh", nil)
}

func TestOtherTenantsPeopleAreNotFound(t *testing.T) {
	b := setup(t)
	ann, _ := b.acme()
	bob := b.person("Bob Iyer", bobEmail, bobPassword)
	b.workspace("Globex", "globex", bob)
	owner, stranger := b.login(annEmail, annPassword), b.login(bobEmail, bobPassword)
	sent := owner.want(http.StatusCreated, "POST", "/api/invitations", invite("eve@acme.example", "agent"))
	for path, method := range map[string]string{
		"/api/members/" + ann.ID.String():                          "DELETE",
		"/api/invitations/" + sent.body["id"].(string):             "DELETE",
		"/api/invitations/" + sent.body["id"].(string) + "/resend": "POST",
	} {
		stranger.want(http.StatusNotFound, method, path, nil)
	}
	stranger.want(http.StatusNotFound, "PATCH", "/api/members/"+ann.ID.String(), map[string]string{"role": "agent"})
	for _, path := range []string{"/api/members", "/api/invitations", "/api/workspace"} {
		if got := stranger.want(http.StatusOK, "GET", path, nil); strings.Contains(got.raw, "acme") || strings.Contains(got.raw, "Acme") {
			t.Errorf("%s shows another tenant: %s", path, got.raw)
		}
	}
	stranger.want(http.StatusForbidden, "GET", "/api/platform/tenants", nil)
}
