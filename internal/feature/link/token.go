package link

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// keySize is AES-256.
const keySize = 32

// tokenLength is how many characters a token has: one block of AES in base64.
const tokenLength = 22

// tokens writes and reads the tokens of one workspace. A token is one block, encrypted: a UUIDv7
// whose six bits that are always the same (version and variant) carry the link's number instead.
// Blocks are as good as random without the key, and of 2^128 of them a workspace's messages are
// almost none: a guess reads as an id that nobody has.
type tokens struct{ block cipher.Block }

func newTokens(key []byte) (tokens, error) {
	if len(key) != keySize {
		return tokens{}, errors.New("link: a key has 32 bytes")
	}
	block, err := aes.NewCipher(key)
	return tokens{block}, err
}

// write makes the token of a link (1 to Most) for a message's id, or a campaign's for a sample.
func (t tokens) write(id uuid.UUID, number int) string {
	id[6] = id[6]&0x0f | byte(number<<2)&0xf0
	id[8] = id[8]&0x3f | byte(number<<6)
	t.block.Encrypt(id[:], id[:])
	return base64.RawURLEncoding.EncodeToString(id[:])
}

// read takes a token apart. ok is false for what no token of this key can be: most guesses, as
// their ids would be of another age.
func (t tokens) read(token string, now time.Time) (id uuid.UUID, number int, ok bool) {
	if len(token) != tokenLength {
		return id, 0, false
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) != len(id) {
		return id, 0, false
	}
	t.block.Decrypt(id[:], raw)
	number = int(id[6]>>4)<<2 | int(id[8]>>6)
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	at := ident.Time(id)
	return id, number, number > 0 && at.After(earliest()) && at.Before(now.Add(time.Hour))
}

// earliest is before the first message anybody sent with this.
func earliest() time.Time { return time.Date(2025, time.January, 1, 0, 0, 0, 0, time.UTC) }
