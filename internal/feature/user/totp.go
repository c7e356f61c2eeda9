package user

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
	"github.com/skip2/go-qrcode"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

const (
	// RFC 6238's default, the only period that every authenticator app knows.
	totpPeriod = 30
	// How many steps a phone's clock may be off, either way.
	totpSkew  = 1
	totpPlace = "users.totp_secret"
	qrPixels  = 256
)

// Enrolment is a second factor shown to its owner and not yet confirmed.
type Enrolment struct {
	Secret string // base32, for typing
	URL    string // otpauth://…
	QR     string // data URL of a PNG, 256 pixels square
}

// StartTwoFactor makes a secret and keeps it aside until ConfirmTwoFactor. A second start
// replaces the first; an active second factor stays in force meanwhile.
func (s *Service) StartTwoFactor(ctx context.Context, tx pgx.Tx, u User, at time.Time) (Enrolment, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: s.Issuer, AccountName: u.Email})
	if err != nil {
		return Enrolment{}, fmt.Errorf("make a second factor: %w", err)
	}
	sealed, err := s.Keys.Seal(uuid.Nil, totpPlace, u.ID, []byte(key.Secret()))
	if err != nil {
		return Enrolment{}, fmt.Errorf("seal a second factor: %w", err)
	}
	if err := setPending(ctx, tx, u.ID, sealed, at); err != nil {
		return Enrolment{}, err
	}
	return enrolment(key)
}

func enrolment(key *otp.Key) (Enrolment, error) {
	png, err := qrcode.Encode(key.URL(), qrcode.Medium, qrPixels)
	if err != nil {
		return Enrolment{}, fmt.Errorf("draw a second factor: %w", err)
	}
	qr := "data:image/png;base64," + base64.StdEncoding.EncodeToString(png)
	return Enrolment{Secret: key.Secret(), URL: key.URL(), QR: qr}, nil
}

// ConfirmTwoFactor puts the started second factor in force when code proves that the app knows
// it, and returns ten recovery codes, which cannot be read again. u must be locked.
func (s *Service) ConfirmTwoFactor(ctx context.Context, tx pgx.Tx, u User, code string, at time.Time) ([]string, error) {
	if len(u.TOTPPending) == 0 {
		return nil, fault.Conflict("Start the set-up of the second factor first.").WithCode("two_factor_not_started")
	}
	step, ok, err := s.stepOf(u.ID, u.TOTPPending, code, at)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, WrongCode()
	}
	if err := activateTwoFactor(ctx, tx, u.ID, u.TOTPPending, step, at); err != nil {
		return nil, err
	}
	return s.RenewRecoveryCodes(ctx, tx, u.ID, at)
}

// DisableTwoFactor removes the second factor and its recovery codes.
func (s *Service) DisableTwoFactor(ctx context.Context, tx pgx.Tx, id uuid.UUID, at time.Time) error {
	if err := clearTwoFactor(ctx, tx, id, at); err != nil {
		return err
	}
	return deleteRecoveryCodes(ctx, tx, id)
}

// UseCode accepts a code of the authenticator app or a recovery code and spends it: the same
// code is refused afterwards. u must be locked; the caller commits. Another code is a fault
// of kind invalid, code wrong_code.
func (s *Service) UseCode(ctx context.Context, tx pgx.Tx, u User, code string, at time.Time) error {
	step, ok, err := s.stepOf(u.ID, u.TOTPSecret, code, at)
	if err != nil {
		return err
	}
	if ok && step > u.TOTPLastStep {
		return setLastStep(ctx, tx, u.ID, step, at)
	}
	used, err := useRecoveryCode(ctx, tx, u.ID, hashRecoveryCode(code), at)
	if err != nil {
		return err
	}
	if !used {
		return WrongCode()
	}
	return nil
}

// WrongCode is the fault for a second-factor code that is wrong, old or already used.
func WrongCode() error {
	sentence := "This code is wrong or already used. Enter the current one."
	return fault.Invalid(sentence).At("body.code", sentence).WithCode("wrong_code")
}

// stepOf finds the time step near at whose code is given. Every step is computed and compared
// in constant time.
func (s *Service) stepOf(id uuid.UUID, sealed []byte, code string, at time.Time) (step int64, ok bool, err error) {
	plain, err := s.Keys.Open(uuid.Nil, totpPlace, id, sealed)
	if err != nil {
		return 0, false, fmt.Errorf("open a second factor: %w", err)
	}
	given := []byte(strings.ReplaceAll(strings.TrimSpace(code), " ", ""))
	now := at.Unix() / totpPeriod
	for candidate := now - totpSkew; candidate <= now+totpSkew; candidate++ {
		want, err := hotp.GenerateCode(string(plain), uint64(candidate))
		if err != nil {
			return 0, false, fmt.Errorf("compute a code: %w", err)
		}
		if subtle.ConstantTimeCompare(given, []byte(want)) == 1 {
			step, ok = candidate, true
		}
	}
	return step, ok, nil
}
