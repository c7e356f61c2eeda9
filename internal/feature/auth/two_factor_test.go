package auth_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
)

// enable turns Ann's second factor on and returns its secret and recovery codes.
func (br *browser) enable() (secret string, codes []string) {
	br.b.t.Helper()
	start := br.want(http.StatusOK, "POST", "/api/me/two-factor/start", nil)
	secret = start.body["secret"].(string)
	if qr := start.body["qr"].(string); !strings.HasPrefix(qr, "data:image/png;base64,") {
		br.b.t.Errorf("qr = %.40s", qr)
	}
	if url := start.body["url"].(string); !strings.HasPrefix(url, "otpauth://totp/Aerostic:ann@acme.example?") {
		br.b.t.Errorf("url = %s", url)
	}
	confirm := br.want(http.StatusOK, "POST", "/api/me/two-factor/confirm", map[string]string{"code": br.b.code(secret)})
	for _, code := range confirm.body["recoveryCodes"].([]any) {
		codes = append(codes, code.(string))
	}
	return secret, codes
}

// code is what the authenticator app shows now.
func (b *bundle) code(secret string) string {
	b.t.Helper()
	code, err := totp.GenerateCode(secret, b.clock.Now())
	b.must(err)
	return code
}

func (b *bundle) challenge() map[string]string {
	b.t.Helper()
	got := b.browser().want(http.StatusOK, "POST", "/api/auth/login", credentials(annEmail, annPassword))
	if got.body["twoFactorRequired"] != true || got.body["accessToken"] != nil || len(got.cookies) != 0 {
		b.t.Fatalf("login = %s, want a challenge and nothing else", got.raw)
	}
	return map[string]string{"challenge": got.body["challenge"].(string)}
}

func TestTwoFactorSignIn(t *testing.T) {
	b := setup(t)
	b.acme()
	secret, _ := b.login(annEmail, annPassword).enable()
	answer := b.challenge()

	// The code that confirmed the set-up is spent.
	answer["code"] = b.code(secret)
	if got := b.browser().want(http.StatusUnprocessableEntity, "POST", "/api/auth/two-factor", answer); got.code() != "wrong_code" {
		t.Errorf("code = %q, want wrong_code", got.code())
	}
	b.clock.Advance(30 * time.Second)
	answer["code"] = b.code(secret)
	br := b.browser()
	br.want(http.StatusOK, "POST", "/api/auth/two-factor", answer)
	br.want(http.StatusOK, "GET", "/api/me", nil)

	replay := b.challenge()
	replay["code"] = answer["code"]
	b.browser().want(http.StatusUnprocessableEntity, "POST", "/api/auth/two-factor", replay)
}

func TestTwoFactorAcceptsAClockThatIsOff(t *testing.T) {
	b := setup(t)
	b.acme()
	secret, _ := b.login(annEmail, annPassword).enable()
	b.clock.Advance(10 * time.Minute)
	answer := b.challenge()
	for off, want := range map[time.Duration]int{
		-90 * time.Second: http.StatusUnprocessableEntity,
		90 * time.Second:  http.StatusUnprocessableEntity,
		-30 * time.Second: http.StatusOK,
	} {
		code, err := totp.GenerateCode(secret, b.clock.Now().Add(off))
		b.must(err)
		answer["code"] = code
		b.browser().want(want, "POST", "/api/auth/two-factor", answer)
	}
}

func TestRecoveryCodesWorkOnce(t *testing.T) {
	b := setup(t)
	b.acme()
	_, codes := b.login(annEmail, annPassword).enable()
	if len(codes) != 10 {
		t.Fatalf("%d codes, want 10", len(codes))
	}
	answer := b.challenge()
	answer["code"] = strings.ToUpper(strings.ReplaceAll(codes[3], "-", " "))
	b.browser().want(http.StatusOK, "POST", "/api/auth/two-factor", answer)
	answer["code"] = codes[3]
	b.browser().want(http.StatusUnprocessableEntity, "POST", "/api/auth/two-factor", answer)
	answer["code"] = codes[4]
	b.browser().want(http.StatusOK, "POST", "/api/auth/two-factor", answer)
}

func TestRenewedRecoveryCodesReplaceTheOld(t *testing.T) {
	b := setup(t)
	b.acme()
	br := b.login(annEmail, annPassword)
	secret, old := br.enable()
	b.clock.Advance(time.Minute)
	wrong := map[string]string{"password": "a wrong guess", "code": b.code(secret)}
	br.want(http.StatusUnprocessableEntity, "POST", "/api/me/two-factor/recovery-codes", wrong)
	right := map[string]string{"password": annPassword, "code": b.code(secret)}
	fresh := br.want(http.StatusOK, "POST", "/api/me/two-factor/recovery-codes", right).body["recoveryCodes"].([]any)

	answer := b.challenge()
	answer["code"] = old[0]
	b.browser().want(http.StatusUnprocessableEntity, "POST", "/api/auth/two-factor", answer)
	answer["code"] = fresh[0].(string)
	b.browser().want(http.StatusOK, "POST", "/api/auth/two-factor", answer)
}

func TestGuessingCodesLocks(t *testing.T) {
	b := setup(t)
	b.acme()
	secret, _ := b.login(annEmail, annPassword).enable()
	b.clock.Advance(time.Minute)
	answer := b.challenge()
	for range 6 {
		answer["code"] = "no code"
		b.browser().want(http.StatusUnprocessableEntity, "POST", "/api/auth/two-factor", answer)
	}
	answer["code"] = b.code(secret)
	b.browser().want(http.StatusTooManyRequests, "POST", "/api/auth/two-factor", answer)
	b.clock.Advance(30 * time.Second)
	answer["code"] = b.code(secret)
	b.browser().want(http.StatusOK, "POST", "/api/auth/two-factor", answer)
}

func TestChallengeEnds(t *testing.T) {
	b := setup(t)
	b.acme()
	br := b.login(annEmail, annPassword)
	secret, _ := br.enable()
	late := b.challenge()
	b.clock.Advance(5*time.Minute + time.Second)
	late["code"] = b.code(secret)
	if got := b.browser().want(http.StatusUnauthorized, "POST", "/api/auth/two-factor", late); got.code() != "challenge_ended" {
		t.Errorf("code = %q, want challenge_ended", got.code())
	}
	// A new password voids the challenges made with the old one.
	voided := b.challenge()
	change := map[string]string{"currentPassword": annPassword, "password": "four unrelated words"}
	br.want(http.StatusOK, "POST", "/api/me/password", change)
	voided["code"] = b.code(secret)
	b.browser().want(http.StatusUnauthorized, "POST", "/api/auth/two-factor", voided)
	// An access token is no challenge.
	b.browser().want(http.StatusUnauthorized, "POST", "/api/auth/two-factor", map[string]string{"challenge": br.token, "code": b.code(secret)})
}

func TestDisableTakesBothFactors(t *testing.T) {
	b := setup(t)
	b.acme()
	br := b.login(annEmail, annPassword)
	secret, _ := br.enable()
	br.want(http.StatusConflict, "POST", "/api/me/two-factor/start", nil)
	b.clock.Advance(time.Minute)
	for _, body := range []map[string]string{
		{"password": "a wrong guess", "code": b.code(secret)},
		{"password": annPassword, "code": "123 456"},
	} {
		br.want(http.StatusUnprocessableEntity, "POST", "/api/me/two-factor/disable", body)
	}
	br.want(http.StatusNoContent, "POST", "/api/me/two-factor/disable", map[string]string{"password": annPassword, "code": b.code(secret)})
	b.login(annEmail, annPassword)
	subjects := ""
	for _, m := range b.deliver() {
		subjects += m.Subject + "; "
	}
	if subjects != "Two-factor sign-in is on; Two-factor sign-in is off; " {
		t.Errorf("mails = %s", subjects)
	}
}

// A set-up that was only started must not be asked for.
func TestUnconfirmedFactorIsNotAsked(t *testing.T) {
	b := setup(t)
	b.acme()
	br := b.login(annEmail, annPassword)
	br.want(http.StatusConflict, "POST", "/api/me/two-factor/confirm", map[string]string{"code": "123456"})
	br.want(http.StatusOK, "POST", "/api/me/two-factor/start", nil)
	br.want(http.StatusUnprocessableEntity, "POST", "/api/me/two-factor/confirm", map[string]string{"code": "000000x"})
	b.login(annEmail, annPassword)
}
