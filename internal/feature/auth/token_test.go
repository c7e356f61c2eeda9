package auth

import (
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/secret"
)

func keys(t *testing.T, spec string) Keys {
	t.Helper()
	k, err := ParseKeys(spec)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestTokenRoundTrip(t *testing.T) {
	t.Parallel()
	k, now, ann := keys(t, secret.NewKey("k1")), time.Now(), ident.New()
	text, err := k.sign(claims{TokenVersion: 7, SessionID: ident.New()}, ann, forAPI, now, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	got, err := k.parse(text, forAPI, now.Add(59*time.Second))
	if err != nil || got.TokenVersion != 7 || got.userID() != ann {
		t.Fatalf("parse = %+v, %v", got, err)
	}
	if _, err := k.parse(text, forAPI, now.Add(61*time.Second)); err == nil {
		t.Error("an old token is accepted")
	}
	for _, other := range []audience{forRealtime, forTwoFactor} {
		if _, err := k.parse(text, other, now); err == nil {
			t.Errorf("a token of the API is accepted as %s", other)
		}
	}
}

func TestRotationAcceptsOldSignsNew(t *testing.T) {
	t.Parallel()
	first, second, now := secret.NewKey("k1"), secret.NewKey("k2"), time.Now()
	text, err := keys(t, first).sign(claims{}, ident.New(), forAPI, now, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := keys(t, second+","+first).parse(text, forAPI, now); err != nil {
		t.Errorf("after the rotation: %v", err)
	}
	if _, err := keys(t, second).parse(text, forAPI, now); err == nil {
		t.Error("a token of a dropped key is accepted")
	}
}

// What the library would take by default, and forgeries it must not take.
func TestTokensThatMustBeRefused(t *testing.T) {
	t.Parallel()
	k, now := keys(t, secret.NewKey("k1")), time.Now()
	good := jwt.RegisteredClaims{
		Issuer: issuer, Subject: ident.New().String(), Audience: jwt.ClaimStrings{string(forAPI)}, ExpiresAt: jwt.NewNumericDate(now.Add(time.Hour)),
	}
	with := func(change func(*jwt.RegisteredClaims)) claims {
		c := claims{RegisteredClaims: good}
		change(&c.RegisteredClaims)
		return c
	}
	same := func(*jwt.RegisteredClaims) {}
	key := k.keys["k1"]
	for name, forged := range map[string]struct {
		method jwt.SigningMethod
		key    any
		kid    string
		claims claims
	}{
		"unsigned":          {jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, "k1", with(same)},
		"HS512":             {jwt.SigningMethodHS512, key, "k1", with(same)},
		"another key":       {jwt.SigningMethodHS256, []byte("guess"), "k1", with(same)},
		"unknown key id":    {jwt.SigningMethodHS256, key, "k9", with(same)},
		"no expiry":         {jwt.SigningMethodHS256, key, "k1", with(func(c *jwt.RegisteredClaims) { c.ExpiresAt = nil })},
		"another issuer":    {jwt.SigningMethodHS256, key, "k1", with(func(c *jwt.RegisteredClaims) { c.Issuer = "evil" })},
		"no audience":       {jwt.SigningMethodHS256, key, "k1", with(func(c *jwt.RegisteredClaims) { c.Audience = nil })},
		"no subject":        {jwt.SigningMethodHS256, key, "k1", with(func(c *jwt.RegisteredClaims) { c.Subject = "" })},
		"subject no uuid":   {jwt.SigningMethodHS256, key, "k1", with(func(c *jwt.RegisteredClaims) { c.Subject = "ann" })},
		"not yet, by clock": {jwt.SigningMethodHS256, key, "k1", with(func(c *jwt.RegisteredClaims) { c.NotBefore = jwt.NewNumericDate(now.Add(time.Hour)) })},
	} {
		token := jwt.NewWithClaims(forged.method, forged.claims)
		token.Header["kid"] = forged.kid
		text, err := token.SignedString(forged.key)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := k.parse(text, forAPI, now); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestParseKeysRefuses(t *testing.T) {
	t.Parallel()
	for _, spec := range []string{"", "k1", "k1:short", secret.NewKey("k1") + ",k2:"} {
		if _, err := ParseKeys(spec); err == nil {
			t.Errorf("ParseKeys(%q) passes", spec)
		}
	}
}
