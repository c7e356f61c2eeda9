package consent

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/secret"
)

// PagePath is where the preference page is, before the token.
const PagePath = "/p/"

// A token is the tenant, the contact and the first 16 bytes of a signature over both: nobody can make
// one without the installation's key, and one opens the page of one contact alone.
const (
	idBytes        = 32
	signatureBytes = 16
)

// signingKeys derives one key per key of the installation, so that a link outlives a rotation as long
// as the old key is kept. Without keys there are none, and no link opens.
func signingKeys(spec string) ([][]byte, error) {
	var keys [][]byte
	for part := range strings.SplitSeq(spec, ",") {
		if part == "" {
			continue
		}
		key, err := secret.Derive(part, "preferences")
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// Token names a contact's preference page.
func (s *Service) Token(tenant, contact uuid.UUID) string {
	if len(s.signing) == 0 {
		return ""
	}
	raw := append(append(make([]byte, 0, idBytes+signatureBytes), tenant[:]...), contact[:]...)
	return base64.RawURLEncoding.EncodeToString(append(raw, sign(s.signing[0], raw)...))
}

// Link is the address of a contact's preference page, for messages.
func (s *Service) Link(tenant, contact uuid.UUID) string {
	return s.PublicURL + PagePath + s.Token(tenant, contact)
}

// open reads a token; false when it was not made here.
func (s *Service) open(token string) (tenant, contact uuid.UUID, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) != idBytes+signatureBytes {
		return tenant, contact, false
	}
	for _, key := range s.signing {
		if hmac.Equal(raw[idBytes:], sign(key, raw[:idBytes])) {
			return uuid.UUID(raw[:16]), uuid.UUID(raw[16:idBytes]), true
		}
	}
	return tenant, contact, false
}

func sign(key, ids []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(ids)
	return mac.Sum(nil)[:signatureBytes]
}
