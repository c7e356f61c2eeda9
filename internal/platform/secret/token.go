package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"math/big"
	"strings"
)

const tokenBytes = 32

// Token returns 256 random bits as 43 characters that are safe in a URL and a header.
func Token() string {
	raw := make([]byte, tokenBytes)
	_, _ = rand.Read(raw)
	return base64.RawURLEncoding.EncodeToString(raw)
}

// Code returns n random decimal digits, for what a person types.
func Code(n int) string {
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
	value, err := rand.Int(rand.Reader, limit)
	if err != nil {
		panic("secret: no randomness: " + err.Error())
	}
	digits := value.String()
	return strings.Repeat("0", n-len(digits)) + digits
}

// Hash is what is stored of a token: its SHA-256. Tokens are random, so no slow hash is needed;
// never use it for passwords.
func Hash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// Equal compares in constant time.
func Equal(a, b []byte) bool { return subtle.ConstantTimeCompare(a, b) == 1 }

// Fingerprint names a secret in logs and lists without telling it: 8 hex digits of its hash.
func Fingerprint(token string) string { return hex.EncodeToString(Hash(token)[:4]) }
