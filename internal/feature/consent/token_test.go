package consent

import (
	"encoding/base64"
	"testing"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/secret"
)

func TestATokenOpensOnePage(t *testing.T) {
	t.Parallel()
	old, young := secret.NewKey("k1"), secret.NewKey("k2")
	before, after, stranger := service(t, old), service(t, young+","+old), service(t, young)
	acme, ann := uuid.New(), uuid.New()
	token := before.Token(acme, ann)
	for name, s := range map[string]*Service{"before": before, "after a rotation": after} {
		if tenant, contact, ok := s.open(token); !ok || tenant != acme || contact != ann {
			t.Errorf("%s: %s %s %t", name, tenant, contact, ok)
		}
	}
	if _, _, ok := stranger.open(token); ok {
		t.Error("opens without the key that signed it")
	}
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		forged := append([]byte{}, raw...)
		forged[i] ^= 1
		if _, _, ok := before.open(base64.RawURLEncoding.EncodeToString(forged)); ok {
			t.Errorf("opens with byte %d altered", i)
		}
	}
	for _, bad := range []string{"", "x", token[:len(token)-1], token + "A", "%%%"} {
		if _, _, ok := before.open(bad); ok {
			t.Errorf("%q opens", bad)
		}
	}
	if keyless := service(t, ""); keyless.Token(acme, ann) != "" {
		t.Error("a token without a key")
	}
}

func service(t *testing.T, keys string) *Service {
	t.Helper()
	s, err := New(Deps{Secrets: keys, PublicURL: "https://acme.test"})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
