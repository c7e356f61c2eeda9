package desk

import (
	"context"
	"log/slog"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/hours"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
)

// Inserter queues a job in the caller's transaction.
type Inserter interface {
	Insert(ctx context.Context, tx pgx.Tx, args river.JobArgs, opts *river.InsertOpts) error
}

// Deps is what the service works with.
type Deps struct {
	DB            *db.DB
	Clock         clock.Clock
	Logger        *slog.Logger
	Queue         Inserter
	Conversations *conversation.Service
	Hours         *hours.Service
}

// Hooks are what other features do for this one, in its transaction.
type Hooks struct {
	// Say sends a text to who waits in the queue, where free text may be written; nil: nobody is told.
	Say func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, of conversation.Conversation, text string) error
}

// Service is the use cases of the desk.
type Service struct {
	Deps
	Hooks Hooks
}

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

func (s *Service) inTenant(ctx context.Context, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return fn(ctx, tx, tenant) })
}
