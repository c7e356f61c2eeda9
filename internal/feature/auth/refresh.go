package auth

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/secret"
)

// refreshToken is a row of refresh_tokens with its session.
type refreshToken struct {
	session
	ExpiresAt  time.Time
	ReplacedAt *time.Time
}

// refreshState is what may be done with a refresh token.
type refreshState int

const (
	usable refreshState = iota
	over                // too old, or its session is over
	// raced: two tabs sent the same token at the same moment and the other one won. It was good
	// when this request arrived, so this is no theft; the winner's answer carries the cookie.
	raced
	// reused: somebody kept a token that was replaced before this request began.
	reused
)

func (r refreshToken) state(arrived, now time.Time) refreshState {
	switch {
	case r.RevokedAt != nil, !now.Before(r.session.ExpiresAt), !now.Before(r.ExpiresAt):
		return over
	case r.ReplacedAt == nil:
		return usable
	case arrived.Before(*r.ReplacedAt):
		return raced
	}
	return reused
}

// Refresh replaces a refresh token and makes a new access token. A token that was replaced
// earlier ends its session with all its tokens: a fault of kind unauthenticated, code
// session_reused.
func (s *Service) Refresh(ctx context.Context, token string) (*SignedIn, error) {
	arrived := s.Clock.Now()
	next, state, err := s.rotate(ctx, token, arrived)
	if err != nil {
		return nil, err
	}
	switch state {
	case reused:
		s.standings.forget(next.of.UserID)
		s.Logger.WarnContext(ctx, "refresh token reused, session ended",
			"session", next.of.ID, "user", next.of.UserID, "token", secret.Fingerprint(token))
		return nil, fault.Unauthenticated("Your session was ended to protect your account. Sign in again.").WithCode("session_reused")
	case over:
		return nil, signInAgain()
	}
	return s.renewed(ctx, next)
}

// rotation is a session with the refresh token that was made for it.
type rotation struct {
	of    session
	token string
	until time.Time
}

// rotate decides and acts in one transaction, with the session's row locked. The end of a
// session is committed although the caller gets an error.
func (s *Service) rotate(ctx context.Context, token string, arrived time.Time) (next rotation, state refreshState, err error) {
	err = s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		r, found, err := lockRefreshToken(ctx, tx, secret.Hash(token))
		if err != nil || !found {
			state = over
			return err
		}
		now := s.Clock.Now()
		next.of, state = r.session, r.state(arrived, now)
		switch state {
		case usable:
			return s.replace(ctx, tx, token, &next, now)
		case reused:
			if err := revokeSession(ctx, tx, r.ID, "refresh token reused", now); err != nil {
				return err
			}
			return ended(ctx, tx, r.UserID)
		}
		return nil
	})
	return next, state, err
}

func (s *Service) replace(ctx context.Context, tx pgx.Tx, token string, next *rotation, now time.Time) error {
	if err := replaceRefreshToken(ctx, tx, secret.Hash(token), now); err != nil {
		return err
	}
	var signed SignedIn
	if err := s.newRefreshToken(ctx, tx, next.of, &signed, now); err != nil {
		return err
	}
	next.token, next.until = signed.RefreshToken, signed.RefreshUntil
	return touchSession(ctx, tx, next.of.ID, now)
}

// renewed makes the access token, in the session's workspace while the person is in it.
func (s *Service) renewed(ctx context.Context, next rotation) (*SignedIn, error) {
	u, err := s.userByID(ctx, next.of.UserID)
	if err != nil {
		return nil, err
	}
	all, err := s.memberships(ctx, u.ID)
	if err != nil {
		return nil, err
	}
	signed, err := s.signedIn(u, next.of.ID, currentOf(next.of.TenantID, all), all)
	if err != nil {
		return nil, err
	}
	signed.RefreshToken, signed.RefreshUntil = next.token, next.until
	return signed, nil
}

func currentOf(id *uuid.UUID, all []tenant.Membership) *tenant.Membership {
	for i := range all {
		if id != nil && all[i].Tenant.ID == *id {
			return &all[i]
		}
	}
	if len(all) > 0 {
		return &all[0]
	}
	return nil
}
