package user

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

const (
	shortestPassword = 10
	// Bounds the hashing work that one request can cause.
	longestPassword = 200
)

// Of the passwords most often seen in leaks, those long enough to pass the length rule.
//
//go:embed common_passwords.txt
var commonPasswords string

// CheckPassword says what is wrong with a new password, as a fault of kind invalid, or nil.
// It must have 10 to 200 characters, not be among the common ones, not be one character or a
// few repeated, and not be the person's address or its first part.
func CheckPassword(password, email string) error {
	length := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password):
		return weak("Use a password of plain text.")
	case length < shortestPassword:
		return weak("Use at least 10 characters for the password.")
	case length > longestPassword:
		return weak("Use at most 200 characters for the password.")
	case isCommon(password):
		return weak("This password is among the first that attackers try. Choose another, such as four unrelated words.")
	case isAddress(password, email):
		return weak("Do not use your e-mail address as the password.")
	}
	return nil
}

func weak(sentence string) error {
	return fault.Invalid(sentence).At("body.password", sentence).WithCode("weak_password")
}

func isCommon(password string) bool {
	low := strings.ToLower(password)
	for line := range strings.Lines(commonPasswords) {
		if low == strings.TrimSpace(line) {
			return true
		}
	}
	return fewCharacters(low)
}

// fewCharacters finds "aaaaaaaaaa" and "1212121212".
func fewCharacters(password string) bool {
	seen := map[rune]bool{}
	for _, r := range password {
		seen[r] = true
	}
	return len(seen) < 4
}

func isAddress(password, email string) bool {
	low := strings.ToLower(strings.TrimSpace(password))
	local, _, _ := strings.Cut(email, "@")
	return low == email || low == local
}

// Hasher hashes and compares passwords with argon2id, OWASP's 19 MiB, t=2, p=1 (about 50 ms).
// Two run at a time, so that a wave of sign-ins cannot starve the machine.
type Hasher struct {
	slots chan struct{}
	// decoy is the hash compared with when nobody has the address, for equal work.
	decoy  string
	params argon2id.Params
}

// NewHasher returns a Hasher with OWASP's cost.
func NewHasher() (*Hasher, error) {
	return HasherAt(argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32})
}

// HasherAt is NewHasher at another cost: tests sign in too often for OWASP's.
func HasherAt(params argon2id.Params) (*Hasher, error) {
	decoy, err := argon2id.CreateHash("nobody has this password", &params)
	if err != nil {
		return nil, fmt.Errorf("hash the decoy password: %w", err)
	}
	return &Hasher{slots: make(chan struct{}, 2), decoy: decoy, params: params}, nil
}

// Hash returns the PHC string to store for password.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	hash, err := argon2id.CreateHash(password, &h.params)
	if err != nil {
		return "", fmt.Errorf("hash a password: %w", err)
	}
	return hash, nil
}

// Matches compares password with hash, in the same time whether it matches or not. With an
// empty hash, for an address nobody has, it does the same work and says no.
func (h *Hasher) Matches(ctx context.Context, password, hash string) (bool, error) {
	if err := h.enter(ctx); err != nil {
		return false, err
	}
	defer h.leave()
	known := hash != ""
	if !known {
		hash = h.decoy
	}
	match, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("compare a password: %w", err)
	}
	return match && known, nil
}

func (h *Hasher) enter(ctx context.Context) error {
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait to hash a password: %w", ctx.Err())
	}
}

func (h *Hasher) leave() { <-h.slots }
