package auth_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func signUp(slug string) map[string]string {
	return map[string]string{
		"name": "Ann Thomas", "email": " Ann@Acme.example ", "password": annPassword, "workspace": "Acme आभूषण 💍", "slug": slug,
	}
}

func TestSignUpVerifySignIn(t *testing.T) {
	b := setup(t)
	br := b.browser()
	br.want(http.StatusAccepted, "POST", "/api/auth/signup", signUp("acme"))
	token := b.link(annEmail)

	refused := br.want(http.StatusForbidden, "POST", "/api/auth/login", credentials(annEmail, annPassword))
	if refused.code() != "email_unverified" {
		t.Errorf("code = %q, want email_unverified", refused.code())
	}
	br.want(http.StatusOK, "POST", "/api/auth/verify", map[string]string{"token": token})
	if again := br.call("POST", "/api/auth/verify", map[string]string{"token": token}); again.status != http.StatusGone {
		t.Errorf("a used link = %d, want 410", again.status)
	}
	got := br.want(http.StatusOK, "POST", "/api/auth/login", credentials(annEmail, annPassword))
	if place := got.body["tenant"].(map[string]any); place["name"] != "Acme आभूषण 💍" || place["slug"] != "acme" {
		t.Errorf("tenant = %v", place)
	}
	if got.body["role"] != "owner" {
		t.Errorf("role = %v, want owner", got.body["role"])
	}
}

// Nobody learns from a sign-up who has an account; its owner learns that somebody tried.
func TestSignUpHidesWhoHasAnAccount(t *testing.T) {
	b := setup(t)
	b.acme()
	br := b.browser()
	fresh := br.want(http.StatusAccepted, "POST", "/api/auth/signup", map[string]string{
		"name": "Bob", "email": bobEmail, "password": bobPassword, "workspace": "Globex",
	})
	b.link(bobEmail)
	known := br.want(http.StatusAccepted, "POST", "/api/auth/signup", signUp("acme-two"))
	if fresh.raw != known.raw {
		t.Errorf("answers differ: %s and %s", fresh.raw, known.raw)
	}
	sent := b.deliver()
	if len(sent) != 1 || sent[0].To != annEmail || !strings.Contains(sent[0].Subject, "already have") {
		t.Errorf("mails = %+v, want a notice to Ann", sent)
	}
	if _, found, err := b.tenants.BySlug(t.Context(), "acme-two"); err != nil || found {
		t.Errorf("slug claimed = %v, %v, want nothing changed", found, err)
	}
}

// The slug's fault must not tell either: it comes before the question who has the address.
func TestTakenSlugIsRefusedForBoth(t *testing.T) {
	b := setup(t)
	b.acme()
	for _, email := range []string{annEmail, "new@acme.example"} {
		body := signUp("acme")
		body["email"] = email
		got := b.browser().want(http.StatusConflict, "POST", "/api/auth/signup", body)
		if got.code() != "slug_taken" {
			t.Errorf("%s: code = %q, want slug_taken", email, got.code())
		}
	}
	if mails := b.deliver(); len(mails) != 0 {
		t.Errorf("mails = %+v, want none", mails)
	}
}

func TestSignUpRefuses(t *testing.T) {
	b := setup(t)
	for name, change := range map[string]map[string]string{
		"body.email":     {"email": "ann at acme"},
		"body.name":      {"name": "  "},
		"body.workspace": {"workspace": ""},
		"body.slug":      {"slug": "Admin"},
		"body.password":  {"password": "password123"},
	} {
		body := signUp("acme")
		for field, value := range change {
			body[field] = value
		}
		got := b.browser().want(http.StatusUnprocessableEntity, "POST", "/api/auth/signup", body)
		if !strings.Contains(got.raw, name) {
			t.Errorf("%s: reply %s does not name the place", name, got.raw)
		}
	}
	b.browser().want(http.StatusAccepted, "POST", "/api/auth/signup", signUp("acme"))
}

func TestLinksEnd(t *testing.T) {
	b := setup(t)
	br := b.browser()
	br.want(http.StatusAccepted, "POST", "/api/auth/signup", signUp("acme"))
	token := b.link(annEmail)
	b.clock.Advance(48*time.Hour + time.Second)
	br.want(http.StatusGone, "POST", "/api/auth/verify", map[string]string{"token": token})

	br.want(http.StatusAccepted, "POST", "/api/auth/verify/resend", map[string]string{"email": annEmail})
	br.want(http.StatusOK, "POST", "/api/auth/verify", map[string]string{"token": b.link(annEmail)})
	br.want(http.StatusAccepted, "POST", "/api/auth/verify/resend", map[string]string{"email": annEmail})
	if mails := b.deliver(); len(mails) != 0 {
		t.Errorf("mails to a verified address = %+v, want none", mails)
	}
}

func TestForgotAndReset(t *testing.T) {
	b := setup(t)
	b.acme()
	phone := b.login(annEmail, annPassword)
	br := b.browser()
	known := br.want(http.StatusAccepted, "POST", "/api/auth/forgot", map[string]string{"email": annEmail})
	token := b.link(annEmail)
	unknown := br.want(http.StatusAccepted, "POST", "/api/auth/forgot", map[string]string{"email": "nobody@acme.example"})
	if known.raw != unknown.raw || len(b.deliver()) != 0 {
		t.Errorf("answers differ or a mail was sent: %s and %s", known.raw, unknown.raw)
	}
	weak := map[string]string{"token": token, "password": "short"}
	br.want(http.StatusUnprocessableEntity, "POST", "/api/auth/reset", weak)
	br.want(http.StatusNoContent, "POST", "/api/auth/reset", map[string]string{"token": token, "password": "four unrelated words"})
	br.want(http.StatusGone, "POST", "/api/auth/reset", map[string]string{"token": token, "password": "four unrelated words"})

	phone.want(http.StatusUnauthorized, "GET", "/api/me", nil)
	phone.want(http.StatusUnauthorized, "POST", "/api/auth/refresh", nil)
	br.want(http.StatusUnauthorized, "POST", "/api/auth/login", credentials(annEmail, annPassword))
	b.login(annEmail, "four unrelated words")
	if sent := b.deliver(); len(sent) != 1 || !strings.Contains(sent[0].Subject, "changed") {
		t.Errorf("mails = %+v, want one about the change", sent)
	}
}

// A verify link must not set a password, nor the other way round.
func TestLinksServeOnePurpose(t *testing.T) {
	b := setup(t)
	br := b.browser()
	br.want(http.StatusAccepted, "POST", "/api/auth/signup", signUp("acme"))
	verify := b.link(annEmail)
	br.want(http.StatusGone, "POST", "/api/auth/reset", map[string]string{"token": verify, "password": "four unrelated words"})
	br.want(http.StatusAccepted, "POST", "/api/auth/forgot", map[string]string{"email": annEmail})
	br.want(http.StatusGone, "POST", "/api/auth/verify", map[string]string{"token": b.link(annEmail)})
}

func TestStrangersCannotFloodAMailbox(t *testing.T) {
	b := setup(t)
	b.acme()
	for range 12 {
		b.browser().want(http.StatusAccepted, "POST", "/api/auth/forgot", map[string]string{"email": annEmail})
	}
	if sent := b.deliver(); len(sent) > 6 {
		t.Errorf("%d mails within the hour, want at most 6", len(sent))
	}
	b.clock.Advance(2 * time.Hour)
	b.browser().want(http.StatusAccepted, "POST", "/api/auth/forgot", map[string]string{"email": annEmail})
	b.link(annEmail)
}
