package auth

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/secret"
)

// Logout ends the session of a refresh token and, when somebody acts, the actor's. Nothing to
// end is no error: the caller is logged out either way.
func (s *Service) Logout(ctx context.Context, token string) error {
	var user uuid.UUID
	err := s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		r, found, err := lockRefreshToken(ctx, tx, secret.Hash(token))
		if err != nil {
			return err
		}
		if found {
			user = r.UserID
			if err := s.end(ctx, tx, r.ID, r.UserID); err != nil {
				return err
			}
		}
		who, acts := actor.From(ctx)
		if !acts || who.SessionID == r.ID {
			return nil
		}
		return s.end(ctx, tx, who.SessionID, who.UserID)
	})
	s.forgetBoth(ctx, user)
	return err
}

func (s *Service) end(ctx context.Context, tx pgx.Tx, session, user uuid.UUID) error {
	if err := revokeSession(ctx, tx, session, "log-out", s.Clock.Now()); err != nil {
		return err
	}
	return ended(ctx, tx, user)
}

func (s *Service) forgetBoth(ctx context.Context, user uuid.UUID) {
	s.standings.forget(user)
	if who, acts := actor.From(ctx); acts {
		s.standings.forget(who.UserID)
	}
}

// LogoutEverywhere ends every session of the actor and voids every access token at once.
func (s *Service) LogoutEverywhere(ctx context.Context) error {
	who, err := actor.Require(ctx)
	if err != nil {
		return err
	}
	defer s.standings.forget(who.UserID)
	return s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		now := s.Clock.Now()
		if _, err := s.Users.RaiseTokenVersion(ctx, tx, who.UserID, now); err != nil {
			return err
		}
		if err := revokeSessions(ctx, tx, who.UserID, uuid.Nil, "log-out everywhere", now); err != nil {
			return err
		}
		return ended(ctx, tx, who.UserID)
	})
}

// MemberRemoved ends the sessions that a person has in a workspace they no longer belong to. It
// is for tenant.Hooks.
func (s *Service) MemberRemoved(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error {
	if err := revokeSessionsIn(ctx, tx, user, tenant, "removed from the workspace", s.Clock.Now()); err != nil {
		return err
	}
	s.standings.forget(user)
	return ended(ctx, tx, user)
}

// RoleChanged makes a new role count for the next request. It is for tenant.Hooks.
func (s *Service) RoleChanged(ctx context.Context, tx pgx.Tx, _, user uuid.UUID) error {
	s.standings.forget(user)
	return changed(ctx, tx, user)
}
