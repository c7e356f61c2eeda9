package user

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

func TestCleanEmail(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		" Ann@Acme.Example ":       "ann@acme.example",
		"ann+tag@acme.example":     "ann+tag@acme.example",
		"प्रिया@acme.example":      "प्रिया@acme.example",
		"":                         "",
		"ann":                      "",
		"Ann <ann@acme.example>":   "",
		"ann@acme.example, b@c.de": "",
		"ann@acme.example\r\nBcc:": "",
		strings.Repeat("a", 250) + "@acme.example": "",
	} {
		got, err := CleanEmail(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("CleanEmail(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
}

func TestCleanName(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"  Ann \n Thomas ":       "Ann Thomas",
		"प्रिया शर्मा":           "प्रिया शर्मा",
		strings.Repeat("म", 100): strings.Repeat("म", 100),
		strings.Repeat("म", 101): "",
		" \t ":                   "",
		"broken \xff":            "",
	} {
		if got, err := CleanName(in); got != want || (err == nil) != (want != "") {
			t.Errorf("CleanName(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
}

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	const email = "ann.thomas@acme.example"
	for password, want := range map[string]bool{
		"correct horse battery":     true,
		"चार अलग शब्द":              true,
		"short":                     false,
		"नौ अक्षर":                  false, // eight characters in 22 bytes
		"Password1234":              false,
		"aaaaaaaaaaaaaaa":           false,
		"121212121212":              false,
		"ANN.THOMAS@acme.example":   false,
		"ann.thomas":                false,
		"broken \xff password":      false,
		strings.Repeat("long ", 41): false,
	} {
		err := CheckPassword(password, email)
		if (err == nil) != want {
			t.Errorf("CheckPassword(%q) = %v, want ok %v", password, err, want)
		}
		if err != nil && strings.Contains(err.Error(), password) {
			t.Errorf("the fault repeats the password %q", password)
		}
	}
}

func TestCommonPasswordsCouldPassTheLengthRule(t *testing.T) {
	t.Parallel()
	for line := range strings.Lines(commonPasswords) {
		password := strings.TrimSuffix(line, "\n")
		if len([]rune(password)) < shortestPassword || password != strings.ToLower(password) {
			t.Errorf("%q is too short or not in lower case", password)
		}
	}
}

func cheapHasher(t *testing.T) *Hasher {
	t.Helper()
	h, err := HasherAt(argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestHasher(t *testing.T) {
	t.Parallel()
	h, ctx := cheapHasher(t), t.Context()
	hash, err := h.Hash(ctx, "चार अलग शब्द 🐎")
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{"चार अलग शब्द 🐎": true, "चार अलग शब्द": false, "": false} {
		if got, err := h.Matches(ctx, password, hash); err != nil || got != want {
			t.Errorf("Matches(%q) = %v, %v, want %v", password, got, err, want)
		}
	}
	// The decoy is a password like any other, which must open nothing.
	if got, err := h.Matches(ctx, "nobody has this password", ""); err != nil || got {
		t.Errorf("nobody's hash matches: %v, %v", got, err)
	}
}

func TestStoredHashesCostWhatOWASPSays(t *testing.T) {
	t.Parallel()
	h, err := NewHasher()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(h.decoy, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash = %.40s", h.decoy)
	}
}

func TestOnlyTwoHashAtATime(t *testing.T) {
	t.Parallel()
	h := cheapHasher(t)
	h.slots <- struct{}{}
	h.slots <- struct{}{}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := h.Hash(ctx, "correct horse battery"); err == nil {
		t.Error("a third one hashes")
	}
	<-h.slots
	if _, err := h.Hash(t.Context(), "correct horse battery"); err != nil {
		t.Errorf("after one left: %v", err)
	}
}

func TestRecoveryCodesForgiveTyping(t *testing.T) {
	t.Parallel()
	code := recoveryCode()
	if len(code) != 19 || strings.Count(code, "-") != 3 {
		t.Fatalf("code = %q", code)
	}
	for _, typed := range []string{code, strings.ToUpper(code), " " + strings.ReplaceAll(code, "-", " ") + " "} {
		if string(hashRecoveryCode(typed)) != string(hashRecoveryCode(code)) {
			t.Errorf("%q is not taken for %q", typed, code)
		}
	}
	if string(hashRecoveryCode(recoveryCode())) == string(hashRecoveryCode(code)) {
		t.Error("two codes are the same")
	}
}

func TestWeakPasswordNamesThePlace(t *testing.T) {
	t.Parallel()
	f, ok := fault.As(CheckPassword("short", "ann@acme.example"))
	if !ok || f.Kind != fault.KindInvalid || len(f.Fields) != 1 || f.Fields[0].Location != "body.password" {
		t.Errorf("fault = %+v", f)
	}
}
