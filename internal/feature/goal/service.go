package goal

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// Inserter queues a job in the caller's transaction.
type Inserter interface {
	Insert(ctx context.Context, tx pgx.Tx, args river.JobArgs, opts *river.InsertOpts) error
}

// Deps is what the service works with.
type Deps struct {
	DB     *db.DB
	Clock  clock.Clock
	Queue  Inserter
	Logger *slog.Logger
}

// Service is the use cases of goals and conversions.
type Service struct {
	Deps
	// Recorded hears of conversions of known people, each once, in the transaction that stores them;
	// nil: nobody does. Set once by the wiring.
	Recorded func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Record) error
}

// Record is a conversion as it was stored.
type Record struct {
	EventID         string
	GoalID, Contact uuid.UUID
	Value           money.Amount
	At              time.Time
}

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// Change is what a person sets on a goal; nil leaves a part as it is. A key stays.
type Change struct {
	Name       *string
	Touch      *Touch
	WindowDays *int
	Value      *money.Amount
	Archived   *bool
}

func (g Goal) with(c Change) Goal {
	if c.Name != nil {
		g.Name = cleanName(*c.Name)
	}
	if c.Touch != nil {
		g.Touch = *c.Touch
	}
	if c.WindowDays != nil {
		g.WindowDays = *c.WindowDays
	}
	if c.Value != nil {
		g.Value = *c.Value
	}
	return g
}

// List returns the workspace's goals by name, archived ones last. There are at most fifty.
func (s *Service) List(ctx context.Context) (goals []Goal, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		goals, err = list(ctx, tx, tenant)
		return err
	})
	return goals, err
}

// Create makes a goal.
func (s *Service) Create(ctx context.Context, key string, c Change) (g Goal, err error) {
	now := s.Clock.Now()
	g = Goal{ID: ident.New(), Key: key, Touch: Delivered, WindowDays: 7, CreatedAt: now, UpdatedAt: now}.with(c)
	if err := g.check(); err != nil {
		return Goal{}, err
	}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		known, err := list(ctx, tx, tenant)
		if err != nil {
			return err
		}
		if len(known) >= mostGoals {
			return fault.Invalid("A workspace has room for 50 goals.").WithCode("too_many_goals")
		}
		made, err := insert(ctx, tx, tenant, g)
		if err == nil && !made {
			err = fault.Conflict("There is already a goal with this key.").At("body.key", "Choose another key.").WithCode("goal_exists")
		}
		return err
	})
	return g, err
}

// Edit changes a goal. A new window or touch counts for what was reported before, too: a job goes
// over it.
func (s *Service) Edit(ctx context.Context, id uuid.UUID, c Change) (g Goal, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		before, err := lock(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		g = before.with(c)
		if err := g.check(); err != nil {
			return err
		}
		g.UpdatedAt = s.Clock.Now()
		if c.Archived != nil {
			g.ArchivedAt = nil
			if *c.Archived {
				g.ArchivedAt = &g.UpdatedAt
			}
		}
		if err := update(ctx, tx, tenant, g); err != nil || g.Touch == before.Touch && g.WindowDays == before.WindowDays {
			return err
		}
		return s.Queue.Insert(ctx, tx, RecountArgs{TenantID: tenant, GoalID: id}, nil)
	})
	return g, err
}

// inTenant runs fn in the actor's workspace.
func (s *Service) inTenant(ctx context.Context, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return fn(ctx, tx, tenant) })
}
