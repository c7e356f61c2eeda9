// Package secret keeps what must not be read from a stolen copy of the database: sealed values
// (provider tokens, second factors) and hashed tokens (sessions, invitations, API keys).
//
// It owns the sealed format, key rotation and random tokens. It does not own passwords
// (feature/auth hashes them with argon2id) nor where keys come from.
//
// A sealed value is version(1) | key id length(1) | key id | nonce(12) | ciphertext | tag(16).
// Header, tenant, place and row are authenticated, so that a value copied to another tenant,
// column or row does not open. Life cycle: ParseKeys at start; rotation puts a new key first,
// reseals what is Stale, and drops the old key when nothing is.
package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
)

const (
	version   = 1
	keyBytes  = 32
	maxKeyID  = 32
	keyPrompt = "want id:base64 of 32 random bytes, comma-separated, the newest first"
)

// ErrSealed means that a sealed value does not open: altered, of another tenant, place or row,
// or sealed with a key this process does not have.
var ErrSealed = errors.New("sealed value does not open")

// Keyring seals with its first key and opens with any.
type Keyring struct {
	primary string
	keys    map[string]cipher.AEAD
}

// ParseKeys reads "k2:base64,k1:base64": the first key seals, all of them open. Each is 32
// random bytes, as NewKey makes them.
func ParseKeys(spec string) (*Keyring, error) {
	ring := &Keyring{keys: map[string]cipher.AEAD{}}
	for part := range strings.SplitSeq(spec, ",") {
		id, encoded, ok := strings.Cut(strings.TrimSpace(part), ":")
		if !ok || id == "" || len(id) > maxKeyID {
			return nil, errors.New("parse encryption keys: " + keyPrompt)
		}
		if _, twice := ring.keys[id]; twice {
			return nil, fmt.Errorf("parse encryption keys: id %q is there twice", id)
		}
		raw, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil || len(raw) != keyBytes {
			return nil, fmt.Errorf("parse encryption keys: key %q is not 32 bytes of base64; %s", id, keyPrompt)
		}
		if err := ring.add(id, raw); err != nil {
			return nil, err
		}
	}
	return ring, nil
}

// NewKey makes one entry for ParseKeys.
func NewKey(id string) string {
	raw := make([]byte, keyBytes)
	_, _ = rand.Read(raw)
	return id + ":" + base64.StdEncoding.EncodeToString(raw)
}

// Derive returns 32 bytes for another purpose than sealing, such as "jwt", of the first key in
// the spec, so that an installation keeps one secret. Rotating the key changes them.
func Derive(spec, purpose string) ([]byte, error) {
	if _, err := ParseKeys(spec); err != nil {
		return nil, err
	}
	first, _, _ := strings.Cut(spec, ",")
	_, encoded, _ := strings.Cut(strings.TrimSpace(first), ":")
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, fmt.Errorf("derive key for %s: %w", purpose, err)
	}
	return hkdf.Key(sha256.New, raw, nil, "aerostic/"+purpose, keyBytes)
}

func (k *Keyring) add(id string, raw []byte) error {
	sub, err := hkdf.Key(sha256.New, raw, nil, "aerostic/seal", keyBytes)
	if err != nil {
		return fmt.Errorf("derive key %q: %w", id, err)
	}
	block, err := aes.NewCipher(sub)
	if err != nil {
		return fmt.Errorf("use key %q: %w", id, err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return fmt.Errorf("use key %q: %w", id, err)
	}
	if k.primary == "" {
		k.primary = id
	}
	k.keys[id] = aead
	return nil
}

// Seal encrypts plain for one row of one column ("channels.token") of one tenant. Rows without
// a tenant, such as users, give uuid.Nil.
func (k *Keyring) Seal(tenant uuid.UUID, place string, row uuid.UUID, plain []byte) ([]byte, error) {
	aead, ok := k.keys[k.primary]
	if !ok {
		return nil, errors.New("seal " + place + ": no encryption key is configured")
	}
	header := append([]byte{version, byte(len(k.primary))}, k.primary...)
	return aead.Seal(header[:len(header):len(header)], nil, plain, bound(header, tenant, place, row)), nil
}

// Open decrypts what Seal made for the same tenant, place and row; anything else is ErrSealed.
func (k *Keyring) Open(tenant uuid.UUID, place string, row uuid.UUID, sealed []byte) ([]byte, error) {
	id, headerLen, ok := keyID(sealed)
	if !ok {
		return nil, fmt.Errorf("open %s: %w: not in the sealed format", place, ErrSealed)
	}
	aead, ok := k.keys[id]
	if !ok {
		return nil, fmt.Errorf("open %s: %w: key %q is not configured", place, ErrSealed, id)
	}
	header := sealed[:headerLen]
	plain, err := aead.Open(nil, nil, sealed[headerLen:], bound(header, tenant, place, row))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", place, ErrSealed)
	}
	return plain, nil
}

// Stale says whether a value was sealed with another key than the first: reseal it.
func (k *Keyring) Stale(sealed []byte) bool {
	id, _, ok := keyID(sealed)
	return !ok || id != k.primary
}

func keyID(sealed []byte) (id string, headerLen int, ok bool) {
	if len(sealed) < 2 || sealed[0] != version {
		return "", 0, false
	}
	headerLen = 2 + int(sealed[1])
	if len(sealed) < headerLen {
		return "", 0, false
	}
	return string(sealed[2:headerLen]), headerLen, true
}

// bound is the additional data. Fixed-length ids stand before and after the place, so no two
// combinations give the same bytes.
func bound(header []byte, tenant uuid.UUID, place string, row uuid.UUID) []byte {
	data := make([]byte, 0, len(header)+len(tenant)+len(place)+len(row))
	data = append(data, header...)
	data = append(data, tenant[:]...)
	data = append(data, place...)
	return append(data, row[:]...)
}
