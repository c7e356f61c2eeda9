package secret_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/secret"
)

func ring(t *testing.T, spec string) *secret.Keyring {
	t.Helper()
	keys, err := secret.ParseKeys(spec)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func TestSealedValueOpensOnlyInItsPlace(t *testing.T) {
	t.Parallel()
	keys := ring(t, secret.NewKey("k1"))
	acme, globex, row, other := uuid.New(), uuid.New(), uuid.New(), uuid.New()
	plain := []byte("EAAG… टोकन رمز 🔑")
	sealed, err := keys.Seal(acme, "channels.token", row, plain)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, plain[:4]) {
		t.Fatal("the sealed value contains the plain one")
	}
	opened, err := keys.Open(acme, "channels.token", row, sealed)
	if err != nil || !bytes.Equal(opened, plain) {
		t.Fatalf("Open = %q, %v", opened, err)
	}
	for name, open := range map[string]func() ([]byte, error){
		"another tenant": func() ([]byte, error) { return keys.Open(globex, "channels.token", row, sealed) },
		"another column": func() ([]byte, error) { return keys.Open(acme, "channels.secret", row, sealed) },
		"another row":    func() ([]byte, error) { return keys.Open(acme, "channels.token", other, sealed) },
		"another ring":   func() ([]byte, error) { return ring(t, secret.NewKey("k1")).Open(acme, "channels.token", row, sealed) },
	} {
		if _, err := open(); !errors.Is(err, secret.ErrSealed) {
			t.Errorf("%s: %v, want ErrSealed", name, err)
		}
	}
}

func TestEveryAlteredByteIsNoticed(t *testing.T) {
	t.Parallel()
	keys := ring(t, secret.NewKey("k1")+","+secret.NewKey("k2"))
	row := uuid.New()
	sealed, err := keys.Seal(uuid.Nil, "users.totp_secret", row, []byte("JBSWY3DPEHPK3PXP"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range sealed {
		altered := bytes.Clone(sealed)
		altered[i] ^= 3 // turns the key id k1 into k2 at its last byte
		if _, err := keys.Open(uuid.Nil, "users.totp_secret", row, altered); !errors.Is(err, secret.ErrSealed) {
			t.Errorf("byte %d altered: %v, want ErrSealed", i, err)
		}
		if _, err := keys.Open(uuid.Nil, "users.totp_secret", row, sealed[:i]); !errors.Is(err, secret.ErrSealed) {
			t.Errorf("cut to %d bytes: %v, want ErrSealed", i, err)
		}
	}
}

func TestRotationOpensOldAndSealsNew(t *testing.T) {
	t.Parallel()
	oldKey, newKey := secret.NewKey("2025"), secret.NewKey("2026")
	before, during, after := ring(t, oldKey), ring(t, newKey+", "+oldKey), ring(t, newKey)
	tenant, row := uuid.New(), uuid.New()
	sealed, _ := before.Seal(tenant, "channels.token", row, []byte("token"))
	if before.Stale(sealed) || !during.Stale(sealed) {
		t.Fatal("Stale: want false before the rotation, true during it")
	}
	plain, err := during.Open(tenant, "channels.token", row, sealed)
	if err != nil {
		t.Fatal(err)
	}
	resealed, _ := during.Seal(tenant, "channels.token", row, plain)
	if during.Stale(resealed) {
		t.Error("a resealed value is stale")
	}
	if _, err := after.Open(tenant, "channels.token", row, resealed); err != nil {
		t.Errorf("after the old key is gone: %v", err)
	}
	if _, err := after.Open(tenant, "channels.token", row, sealed); err == nil || !strings.Contains(err.Error(), `"2025"`) {
		t.Errorf("a value of the dropped key: %v, want an error that names the key", err)
	}
}

func TestSameValueSealsDifferently(t *testing.T) {
	t.Parallel()
	keys := ring(t, secret.NewKey("k1"))
	row := uuid.New()
	a, _ := keys.Seal(row, "channels.token", row, []byte("same"))
	b, _ := keys.Seal(row, "channels.token", row, []byte("same"))
	if bytes.Equal(a, b) {
		t.Fatal("two seals of one value are equal: the nonce repeats")
	}
}

func TestParseKeysRefuses(t *testing.T) {
	t.Parallel()
	good := secret.NewKey("k1")
	for name, spec := range map[string]string{
		"nothing":     "",
		"no id":       strings.TrimPrefix(good, "k1"),
		"short":       "k1:c2hvcnQ=",
		"not base64":  "k1:%%%",
		"id twice":    good + "," + good,
		"a long id":   strings.Repeat("k", 33) + strings.TrimPrefix(good, "k1"),
		"empty entry": good + ",",
	} {
		_, err := secret.ParseKeys(spec)
		if err == nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		if strings.Contains(err.Error(), strings.TrimPrefix(good, "k1:")) {
			t.Errorf("%s: the error tells the key: %v", name, err)
		}
	}
}

func TestDeriveGivesEachPurposeItsKey(t *testing.T) {
	t.Parallel()
	spec := secret.NewKey("k1")
	jwt, err := secret.Derive(spec, "jwt")
	if err != nil || len(jwt) != 32 {
		t.Fatalf("Derive = %d bytes, %v", len(jwt), err)
	}
	again, _ := secret.Derive(spec, "jwt")
	other, _ := secret.Derive(spec, "cursor")
	if !bytes.Equal(jwt, again) || bytes.Equal(jwt, other) {
		t.Fatal("want the same key for the same purpose and another for another")
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	a, b := secret.Token(), secret.Token()
	if a == b || len(a) != 43 || strings.ContainsAny(a, "+/=") {
		t.Fatalf("tokens %q and %q", a, b)
	}
	if !secret.Equal(secret.Hash(a), secret.Hash(a)) || secret.Equal(secret.Hash(a), secret.Hash(b)) {
		t.Fatal("hashes do not tell tokens apart")
	}
	if strings.Contains(a, secret.Fingerprint(a)) || len(secret.Fingerprint(a)) != 8 {
		t.Fatalf("fingerprint %q of %q", secret.Fingerprint(a), a)
	}
	if code := secret.Code(6); len(code) != 6 || strings.Trim(code, "0123456789") != "" {
		t.Fatalf("code %q", code)
	}
}
