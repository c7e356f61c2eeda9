package whatsapp

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// SignatureHeader carries the signature of a webhook.
const SignatureHeader = "X-Hub-Signature-256"

const signaturePrefix = "sha256="

// VerifySignature tells whether header signs exactly these raw bytes with the app secret.
// It compares in constant time. An empty secret verifies nothing.
func VerifySignature(raw []byte, header, secret string) bool {
	given, ok := strings.CutPrefix(header, signaturePrefix)
	if !ok || secret == "" || len(given) != 2*sha256.Size {
		return false
	}
	var want [sha256.Size]byte
	if _, err := hex.Decode(want[:], []byte(given)); err != nil {
		return false
	}
	return hmac.Equal(sum(raw, secret), want[:])
}

// Sign makes the header value for raw: what Meta would send.
func Sign(raw []byte, secret string) string {
	return signaturePrefix + hex.EncodeToString(sum(raw, secret))
}

func sum(raw []byte, secret string) []byte {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(raw)
	return mac.Sum(nil)
}
