// Package auth is how somebody proves who they are and stays known: sign-up, sign-in, sessions,
// and from a request to the actor that the rest of the product sees.
//
// It owns sessions, refresh tokens, access tokens, links sent by mail, the count of wrong tries
// and the steps of every flow. It does not own people and their secrets (feature/user), nor
// members, roles and invitations (feature/tenant); it joins the two.
//
// Life cycle of a session: opened by a sign-in or an accepted invitation; renewed by its refresh
// token, which is replaced each time; ended by a log-out, by 30 days without use, after 90 days,
// by a refresh token that comes back after it was replaced, by removal from its workspace, or,
// with all others of the person, by a raised token version. An access token lives for 15
// minutes at most and ends with its session.
//
// No answer tells whether an address has an account, except to the reader of its mail.
package auth

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/feature/user"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/mail"
)

// How long each proof lasts.
const (
	AccessLife    = 15 * time.Minute
	RealtimeLife  = 10 * time.Minute
	ChallengeLife = 5 * time.Minute
	RefreshLife   = 30 * 24 * time.Hour // since its last use
	SessionLife   = 90 * 24 * time.Hour // since the sign-in
	VerifyLife    = 48 * time.Hour
	ResetLife     = time.Hour
)

// Inserter adds a job in the caller's transaction.
type Inserter interface {
	Insert(ctx context.Context, tx pgx.Tx, args river.JobArgs, opts *river.InsertOpts) error
}

// Deps is what a Service works with.
type Deps struct {
	DB      *db.DB
	Clock   clock.Clock
	Queue   Inserter
	Mail    mail.Sender
	Logger  *slog.Logger
	Users   *user.Service
	Tenants *tenant.Service
	Keys    Keys // sign access tokens
	// PublicURL is where the web app is reached; links in mails start with it.
	PublicURL string
	// Founded is what other features do when a workspace is made, in the same transaction;
	// nil: nothing.
	Founded func(ctx context.Context, tx pgx.Tx, t tenant.Tenant) error
}

// Service is the use cases of signing in and staying signed in.
type Service struct {
	Deps
	standings *standings
}

// New returns a Service.
func New(deps Deps) *Service {
	deps.PublicURL = strings.TrimRight(deps.PublicURL, "/")
	return &Service{Deps: deps, standings: newStandings()}
}

// found makes a checked workspace with what other features add to it.
func (s *Service) found(ctx context.Context, tx pgx.Tx, n tenant.NewTenant) (tenant.Tenant, error) {
	t, err := tenant.Create(ctx, tx, n)
	if err != nil || s.Founded == nil {
		return t, err
	}
	return t, s.Founded(ctx, tx, t)
}

// Client is where a request comes from.
type Client struct {
	IP        string
	UserAgent string
	Host      string // may name a workspace
}

// SignedIn is somebody with a session: what a client needs to go on.
type SignedIn struct {
	AccessToken string
	ExpiresIn   time.Duration
	// RefreshToken goes into the cookie; empty leaves the cookie as it is.
	RefreshToken string
	RefreshUntil time.Time
	User         user.User
	// Current is the session's workspace, nil for somebody who is in none.
	Current *tenant.Membership
	All     []tenant.Membership
}

// session is a row of sessions.
type session struct {
	ID        uuid.UUID
	UserID    uuid.UUID
	TenantID  *uuid.UUID
	CreatedAt time.Time
	ExpiresAt time.Time
	RevokedAt *time.Time
}
