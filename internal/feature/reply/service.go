package reply

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/upload"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Deps is what the service works with.
type Deps struct {
	DB            *db.DB
	Clock         clock.Clock
	Conversations *conversation.Service
	Uploads       *upload.Service
}

// Service is the use cases of canned replies and macros.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

func (s *Service) inTenant(ctx context.Context, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return fn(ctx, tx, tenant) })
}

// mayChange refuses agents what is everybody's, and everybody what is another member's own.
func mayChange(ctx context.Context, owner *uuid.UUID) error {
	a := actor.Must(ctx)
	switch {
	case owner == nil && a.Role == "agent":
		return fault.Forbidden("What everybody uses is for an owner or an admin to change. Make one of your own.")
	case owner != nil && *owner != a.UserID:
		return notThere()
	}
	return nil
}

func notThere() error { return fault.NotFound("This canned reply does not exist.") }

const sqlMemberCanned = `delete from canned_replies where tenant_id = $1 and user_id = $2`

// MemberLeft forgets the canned replies of somebody who left the workspace.
func (s *Service) MemberLeft(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error {
	_, err := tx.Exec(ctx, sqlMemberCanned, tenant, user)
	return err
}
