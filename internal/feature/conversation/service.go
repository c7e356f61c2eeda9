package conversation

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/upload"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Inserter queues a job in the caller's transaction.
type Inserter interface {
	Insert(ctx context.Context, tx pgx.Tx, args river.JobArgs, opts *river.InsertOpts) error
}

// Deps is what the service works with.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Logger   *slog.Logger
	Queue    Inserter
	Messages *message.Service
	Channels *channel.Service
	Contacts *contact.Service
	Uploads  *upload.Service
	WhatsApp *whatsapp.Client
}

// Hooks are what other features do when a conversation moves, in its transaction. Set once by the wiring.
type Hooks struct {
	// Changed hears of every move.
	Changed func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, changes []Change) error
	// Silent says which customers' messages open nothing and wait for nobody, such as the answer to a
	// rating; they are stored and shown. nil: none.
	Silent func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []message.Receipt) (map[uuid.UUID]bool, error)
	// Promises are the nearest ones of some conversations, for their rows; nil: there are none.
	Promises func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, conversations []uuid.UUID) (map[uuid.UUID]Promise, error)
}

// Service is the use cases of conversations.
type Service struct {
	Deps
	Hooks Hooks
}

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

func (s *Service) inTenant(ctx context.Context, fn func(context.Context, pgx.Tx, uuid.UUID) error, options ...db.Option) error {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return fn(ctx, tx, tenant) }, options...)
}

// SettingsOf is how the workspace's inbox behaves.
func (s *Service) SettingsOf(ctx context.Context) (found Settings, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		found, err = settings(ctx, tx, tenant)
		return err
	})
	return found, err
}

// SetSettings changes how the workspace's inbox behaves.
func (s *Service) SetSettings(ctx context.Context, set Settings) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		return putSettings(ctx, tx, tenant, set)
	})
}

// Settings is how a workspace's inbox behaves.
type Settings struct {
	ReadReceipts  bool `json:"readReceipts" doc:"Tell WhatsApp what was read"`
	AssigneeOnly  bool `json:"assigneeOnly" doc:"Only the assignee may answer"`
	AssignOnReply bool `json:"assignOnReply" doc:"Who answers an unassigned conversation gets it"`
	RequireReason bool `json:"requireReason" doc:"Closing a conversation asks why"`
}

func later(a *time.Time, b time.Time) *time.Time {
	if a == nil || a.Before(b) {
		return &b
	}
	return a
}
