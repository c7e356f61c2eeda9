package sequence

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/realtime"
)

// Inserter queues a job in the caller's transaction.
type Inserter interface {
	Insert(ctx context.Context, tx pgx.Tx, args river.JobArgs, opts *river.InsertOpts) error
}

// Deps is what the service works with.
type Deps struct {
	DB        *db.DB
	Clock     clock.Clock
	Logger    *slog.Logger
	Queue     Inserter
	Messages  *message.Service
	Templates *template.Service
	Contacts  *contact.Service
	// Preferences is the address of a contact's preference page; nil: there is none.
	Preferences func(tenant, contact uuid.UUID) string
}

// Service is the use cases on sequences.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Change is what a person sets on a sequence; nil leaves a part as it is.
type Change struct {
	Name       *string
	Definition *Definition
}

const maxName = 120

func (q *Sequence) apply(c Change) error {
	if c.Name != nil {
		q.Name = strings.Join(strings.Fields(*c.Name), " ")
	}
	if q.Name == "" || utf8.RuneCountInString(q.Name) > maxName || !utf8.ValidString(q.Name) || strings.Contains(q.Name, "\x00") {
		return fault.Invalid("Give the sequence a name of 1 to 120 characters.").At("body.name", "1 to 120 characters.")
	}
	if c.Definition != nil {
		q.Draft = c.Definition.tidy()
	}
	return q.Draft.check()
}

// Create makes a draft.
func (s *Service) Create(ctx context.Context, c Change) (q Sequence, err error) {
	now := s.Clock.Now()
	q = Sequence{ID: ident.New(), Status: Draft, CreatedAt: now, UpdatedAt: now,
		Draft: Definition{Trigger: Trigger{Kind: ByHand}, Entry: Alone, Exits: Exits{Reply: true}}.tidy()}
	if err := q.apply(c); err != nil {
		return Sequence{}, err
	}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		a, _ := actor.From(ctx)
		return insert(ctx, tx, tenant, q, a.UserID)
	})
	return q, err
}

// Edit changes a sequence's name and what is to be published next. What is live stays as it is.
func (s *Service) Edit(ctx context.Context, id uuid.UUID, c Change) (q Sequence, err error) {
	err = s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, found Sequence) error {
		q = found
		if q.Status == Archived {
			return fault.Conflict("An archived sequence cannot be changed. Make a new one.").WithCode("status")
		}
		if err := q.apply(c); err != nil {
			return err
		}
		return s.save(ctx, tx, tenant, &q)
	})
	return q, err
}

// Delete removes a draft that was never published.
func (s *Service) Delete(ctx context.Context, id uuid.UUID) error {
	return s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, q Sequence) error {
		if q.Status != Draft {
			return fault.Conflict("Only a draft can be deleted; archive the sequence instead.").WithCode("status")
		}
		return remove(ctx, tx, tenant, id)
	})
}

// Get returns one sequence.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (q Sequence, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		q, err = byID(ctx, tx, tenant, id)
		return err
	})
	return q, err
}

// Listed is a sequence of the list, with how many people came and are in it.
type Listed struct {
	Sequence
	Entered, Waiting int64
}

// List returns sequences, newest first, after the given key; the zero time starts.
func (s *Service) List(ctx context.Context, statuses []string, before time.Time, beforeID uuid.UUID, limit int) (found []Listed, err error) {
	if before.IsZero() {
		before, beforeID = s.Clock.Now().Add(time.Hour), uuid.Max
	}
	if statuses == nil {
		statuses = []string{}
	}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		found, err = list(ctx, tx, tenant, statuses, before, beforeID, limit)
		return err
	})
	return found, err
}

// inTenant runs fn in the actor's workspace.
func (s *Service) inTenant(ctx context.Context, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return fn(ctx, tx, tenant) })
}

// locked runs fn with the sequence locked, in the actor's workspace.
func (s *Service) locked(ctx context.Context, id uuid.UUID, fn func(context.Context, pgx.Tx, uuid.UUID, Sequence) error) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		q, err := lock(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		return fn(ctx, tx, tenant, q)
	})
}

func notFound(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return errNoSequence()
	}
	return err
}

// save stores a sequence and tells the screens.
func (s *Service) save(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, q *Sequence) error {
	q.UpdatedAt = s.Clock.Now()
	if err := update(ctx, tx, tenant, *q); err != nil {
		return err
	}
	return s.publish(ctx, tx, tenant, q.ID)
}

// move stores a change of status and tells the screens.
func (s *Service) move(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, q *Sequence, to Status) error {
	if err := q.Status.may(to); err != nil {
		return err
	}
	if q.Status = to; to != Paused {
		q.PauseReason = ""
	}
	return s.save(ctx, tx, tenant, q)
}

// publish tells the screens that a sequence changed.
func (s *Service) publish(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) error {
	return realtime.Publish(ctx, tx, tenant, "sequences", map[string]string{"id": id.String()})
}
