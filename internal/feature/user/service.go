package user

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/secret"
)

// Deps is what a Service works with.
type Deps struct {
	Hasher *Hasher
	Keys   *secret.Keyring // seals second-factor secrets
	Issuer string          // the name an authenticator app shows; empty: Aerostic
}

// Service proves people and changes what proves them.
type Service struct {
	Deps
}

// New returns a Service.
func New(deps Deps) *Service {
	if deps.Issuer == "" {
		deps.Issuer = "Aerostic"
	}
	return &Service{Deps: deps}
}

// NewUser is a person to create. Email and Name are clean, PasswordHash comes from the Hasher.
type NewUser struct {
	Email        string
	Name         string
	PasswordHash string
	Verified     bool
	Platform     bool
	At           time.Time
}

// Create stores a new person. An address that somebody has is a fault of kind conflict, code
// email_taken, which must not reach a stranger.
func (s *Service) Create(ctx context.Context, tx pgx.Tx, n NewUser) (User, error) {
	u := User{
		ID: ident.New(), Email: n.Email, Name: n.Name, PasswordHash: n.PasswordHash,
		Platform: n.Platform, CreatedAt: n.At,
	}
	if n.Verified {
		u.EmailVerifiedAt = &n.At
	}
	return u, insertUser(ctx, tx, u)
}

// ByID returns a person; a fault of kind not found when there is none.
func (s *Service) ByID(ctx context.Context, tx pgx.Tx, id uuid.UUID) (User, error) {
	return userByID(ctx, tx, id)
}

// Lock is ByID, and keeps other transactions from changing the person until this one ends.
func (s *Service) Lock(ctx context.Context, tx pgx.Tx, id uuid.UUID) (User, error) {
	return lockUser(ctx, tx, id)
}

// ByEmail returns the person with a clean address; a fault of kind not found when there is none.
func (s *Service) ByEmail(ctx context.Context, tx pgx.Tx, email string) (User, error) {
	return userByEmail(ctx, tx, email)
}

// SetPassword stores a new hash and raises the token version, which it returns.
func (s *Service) SetPassword(ctx context.Context, tx pgx.Tx, id uuid.UUID, hash string, at time.Time) (int, error) {
	return updatePassword(ctx, tx, id, hash, at)
}

// RaiseTokenVersion voids every access token of the person and returns the new version.
func (s *Service) RaiseTokenVersion(ctx context.Context, tx pgx.Tx, id uuid.UUID, at time.Time) (int, error) {
	return raiseTokenVersion(ctx, tx, id, at)
}

// MarkVerified records that the person reads mail at the address; the first time counts.
func (s *Service) MarkVerified(ctx context.Context, tx pgx.Tx, id uuid.UUID, at time.Time) error {
	return markVerified(ctx, tx, id, at)
}

// Rename changes the person's name, which must be clean.
func (s *Service) Rename(ctx context.Context, tx pgx.Tx, id uuid.UUID, name string, at time.Time) error {
	return rename(ctx, tx, id, name, at)
}

// SetPlatform makes the person an operator of the installation, or ends it.
func (s *Service) SetPlatform(ctx context.Context, tx pgx.Tx, id uuid.UUID, platform bool, at time.Time) error {
	return setPlatform(ctx, tx, id, platform, at)
}

func notFound() error { return fault.NotFound("This person does not exist.") }
