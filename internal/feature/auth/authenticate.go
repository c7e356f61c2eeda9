package auth

import (
	"context"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Authenticate finds who calls, by the bearer token of the request. What the token says is
// compared with what is true now: the session, the token version, the membership. It is for
// web.Config.Authenticate.
func (s *Service) Authenticate(ctx context.Context, r *http.Request) (actor.Actor, error) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "bearer") || token == "" {
		return actor.Actor{}, fault.Unauthenticated("Sign in to continue.")
	}
	return s.actor(ctx, strings.TrimSpace(token), forAPI)
}

// AuthenticateToken finds who connects to the websocket, by a token of RealtimeToken.
func (s *Service) AuthenticateToken(ctx context.Context, token string) (actor.Actor, error) {
	return s.actor(ctx, token, forRealtime)
}

func (s *Service) actor(ctx context.Context, token string, use audience) (actor.Actor, error) {
	c, err := s.Keys.parse(token, use, s.Clock.Now())
	if err != nil {
		return actor.Actor{}, err
	}
	now, err := s.standing(ctx, c)
	if err != nil {
		return actor.Actor{}, err
	}
	if !now.Open || now.TokenVersion != c.TokenVersion || now.UserID != c.userID() {
		return actor.Actor{}, signInAgain()
	}
	return actor.Actor{
		Kind: kindOf(now, c.TenantID), UserID: now.UserID, TenantID: c.TenantID, SessionID: c.SessionID,
		Role: string(now.Role), Platform: now.Platform, Email: now.Email,
	}, nil
}

func kindOf(s standing, tenant uuid.UUID) actor.Kind {
	if s.Platform && tenant == uuid.Nil {
		return actor.Platform
	}
	return actor.User
}

// RealtimeToken makes a short-lived token for the actor's websocket.
func (s *Service) RealtimeToken(ctx context.Context) (token string, err error) {
	who, err := actor.Require(ctx)
	if err != nil {
		return "", err
	}
	known, err := s.standing(ctx, claims{SessionID: who.SessionID, TenantID: who.TenantID})
	if err != nil {
		return "", err
	}
	c := claims{TenantID: who.TenantID, SessionID: who.SessionID, Role: who.Role, TokenVersion: known.TokenVersion}
	return s.Keys.sign(c, who.UserID, forRealtime, s.Clock.Now(), RealtimeLife)
}
