// Package actor names who is acting: a person in a workspace, the platform's operator, an API
// key, or Aerostic itself.
//
// It owns the Actor, its place in a context, and the Permission type. It does not own how an
// actor is proved (feature/auth), nor which role holds which permission (feature/tenant).
// An actor is made once per request or job, put in the context, and never changes.
package actor

import (
	"context"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Kind says what sort of actor acts.
type Kind string

// The kinds of actor.
const (
	User     Kind = "user"     // a person signed in to a workspace, or to none
	Platform Kind = "platform" // an operator of the installation, in no workspace
	APIKey   Kind = "apikey"   // a program of a workspace
	System   Kind = "system"   // a job or a webhook: Aerostic acting for a workspace
)

// Permission names one thing a role may do, such as "campaign.read". web.Public, web.SignedIn
// and web.Platform are the three that no role holds.
type Permission string

// Actor is who acts. Nil ids mean "none": a platform operator has no TenantID, a job no UserID.
type Actor struct {
	Kind      Kind
	UserID    uuid.UUID
	TenantID  uuid.UUID
	SessionID uuid.UUID
	Role      string // the role in TenantID: owner, admin, agent; empty for system and platform
	Platform  bool   // holds the platform's operator rights besides any role
	Email     string // for audit entries and mails; empty for system
}

// ForTenant is Aerostic itself acting for one workspace, as jobs do.
func ForTenant(tenant uuid.UUID) Actor {
	return Actor{Kind: System, TenantID: tenant}
}

type contextKey struct{}

// With returns a context in which a acts.
func With(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, contextKey{}, a)
}

// From returns who acts in ctx; false when nobody is known.
func From(ctx context.Context) (Actor, bool) {
	a, ok := ctx.Value(contextKey{}).(Actor)
	return a, ok
}

// Require returns who acts, or a fault of kind unauthenticated.
func Require(ctx context.Context) (Actor, error) {
	a, ok := From(ctx)
	if !ok {
		return Actor{}, fault.Unauthenticated("Sign in to continue.")
	}
	return a, nil
}

// Must returns who acts behind a route that is never public. Nobody acting is a mistake in the
// program, so it panics.
func Must(ctx context.Context) Actor {
	a, ok := From(ctx)
	if !ok {
		panic("actor.Must: nobody acts in this context")
	}
	return a
}

// Tenant returns the workspace acted in. Nobody acting is a fault of kind unauthenticated, an
// actor without a workspace one of kind forbidden.
func Tenant(ctx context.Context) (uuid.UUID, error) {
	a, err := Require(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	if a.TenantID == uuid.Nil {
		return uuid.Nil, fault.Forbidden("Choose a workspace first.").WithCode("no_workspace")
	}
	return a.TenantID, nil
}
