package auth

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/feature/user"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/secret"
)

// open starts a session and makes its first tokens.
func (s *Service) open(ctx context.Context, u user.User, current *tenant.Membership, all []tenant.Membership, from Client) (*SignedIn, error) {
	var signed *SignedIn
	err := s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) (err error) {
		signed, err = s.openIn(ctx, tx, u, current, all, from)
		return err
	})
	return signed, err
}

func (s *Service) openIn(ctx context.Context, tx pgx.Tx, u user.User, current *tenant.Membership, all []tenant.Membership, from Client) (*SignedIn, error) {
	now := s.Clock.Now()
	opened := session{ID: ident.New(), UserID: u.ID, TenantID: tenantID(current), CreatedAt: now, ExpiresAt: now.Add(SessionLife)}
	if err := insertSession(ctx, tx, opened, from); err != nil {
		return nil, err
	}
	signed, err := s.signedIn(u, opened.ID, current, all)
	if err != nil {
		return nil, err
	}
	return signed, s.newRefreshToken(ctx, tx, opened, signed, now)
}

// newRefreshToken adds the session's next refresh token to signed.
func (s *Service) newRefreshToken(ctx context.Context, tx pgx.Tx, of session, signed *SignedIn, now time.Time) error {
	signed.RefreshToken = secret.Token()
	signed.RefreshUntil = now.Add(RefreshLife)
	if of.ExpiresAt.Before(signed.RefreshUntil) {
		signed.RefreshUntil = of.ExpiresAt
	}
	return insertRefreshToken(ctx, tx, secret.Hash(signed.RefreshToken), of.ID, now, signed.RefreshUntil)
}

// signedIn makes the access token and gathers what the client shows.
func (s *Service) signedIn(u user.User, session uuid.UUID, current *tenant.Membership, all []tenant.Membership) (*SignedIn, error) {
	c := claims{SessionID: session, TokenVersion: u.TokenVersion}
	if current != nil {
		c.TenantID, c.Role = current.Tenant.ID, string(current.Role)
	}
	token, err := s.Keys.sign(c, u.ID, forAPI, s.Clock.Now(), AccessLife)
	if err != nil {
		return nil, err
	}
	return &SignedIn{AccessToken: token, ExpiresIn: AccessLife, User: u, Current: current, All: all}, nil
}

func tenantID(m *tenant.Membership) *uuid.UUID {
	if m == nil {
		return nil
	}
	return &m.Tenant.ID
}
