// Package user is the people of the installation, whichever workspaces they work in, and what
// proves that somebody is one of them.
//
// It owns people (name, e-mail, password, second factor, operator flag), the rules for them and
// the tables users and recovery_codes. It does not own sessions, links sent by mail or the order
// of the steps of a sign-in (feature/auth), nor who may do what where (feature/tenant).
//
// Life cycle: a person is created unverified by a sign-up, or verified by accepting an
// invitation; becomes verified by a link sent to the address; and is never deleted, since
// members, messages and money refer to them. Raising the token version ends every session.
//
// Its functions take the caller's transaction: proving a person and opening a session are one.
package user

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/mail"
)

// User is a person. PasswordHash and the sealed secrets never leave the packages user and auth.
type User struct {
	ID              uuid.UUID
	Email           string // lower case, unique
	Name            string
	PasswordHash    string // argon2id, PHC string
	EmailVerifiedAt *time.Time
	TokenVersion    int  // access tokens of another version are void
	Platform        bool // operator of the installation
	TOTPSecret      []byte
	TOTPPending     []byte
	TOTPLastStep    int64
	CreatedAt       time.Time
}

// Verified tells whether the person has proved to read mail sent to Email.
func (u User) Verified() bool { return u.EmailVerifiedAt != nil }

// TwoFactor tells whether a sign-in needs a code besides the password.
func (u User) TwoFactor() bool { return len(u.TOTPSecret) > 0 }

const longestName = 100

// CleanEmail returns the form in which an address is stored and compared: trimmed, lower case.
// Anything but a bare address is a fault of kind invalid.
func CleanEmail(text string) (string, error) {
	email, ok := mail.CleanAddress(text)
	if !ok {
		sentence := "Enter an e-mail address such as ann@example.com."
		return "", fault.Invalid(sentence).At("body.email", sentence)
	}
	return email, nil
}

// CleanName returns a person's name without outer space: 1 to 100 characters, on one line.
func CleanName(text string) (string, error) {
	name := strings.Join(strings.Fields(text), " ")
	if name == "" || utf8.RuneCountInString(name) > longestName || !utf8.ValidString(name) {
		sentence := "Enter a name of 1 to 100 characters."
		return "", fault.Invalid(sentence).At("body.name", sentence)
	}
	return name, nil
}
