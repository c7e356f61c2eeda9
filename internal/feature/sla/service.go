package sla

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/hours"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
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
	Calendars     *hours.Service
	Conversations *conversation.Service
}

// Hooks are what others do, in the same transaction; nil: nobody. Set once by the wiring.
type Hooks struct {
	// Alarm hears of each warning, each breach (level 0) and each level of escalation after it.
	Alarm func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, alarms []Alarm) error
	// Ended hears of clocks that stopped, with their outcome.
	Ended func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, clocks []Ended) error
}

// Alarm is a promise that was not kept, or soon will not be, and who is to know.
type Alarm struct {
	ID                 uuid.UUID // of the breach or the level, the same however often it is told
	Conversation, Case uuid.UUID
	Kind               Kind
	Policy             string // its name
	DueAt              time.Time
	Warning            bool        // it is not due yet
	Level              int         // 0: the breach itself
	Assignee           *uuid.UUID  // who looks after the conversation
	Users              []uuid.UUID // whom the level names
	Team               *uuid.UUID  // or of the conversation, for a warning
}

// Ended is a clock that stopped, and who looked after its conversation then.
type Ended struct {
	Clock
	AssigneeID *uuid.UUID
}

// Service is the use cases of SLA policies and clocks.
type Service struct {
	Deps
	Hooks Hooks
}

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// List returns the workspace's policies, the one that is asked first at the top.
func (s *Service) List(ctx context.Context) (list []Policy, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err = policies(ctx, tx, tenant)
		return err
	})
	return list, err
}

// Create makes a policy, the last to be asked.
func (s *Service) Create(ctx context.Context, p Policy) (Policy, error) {
	p.ID, p.CreatedAt = ident.New(), s.Clock.Now()
	p.UpdatedAt = p.CreatedAt
	return p, s.change(ctx, p, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err := policies(ctx, tx, tenant)
		if err == nil && len(list) >= mostPolicy {
			err = fault.Conflict("A workspace has room for 50 SLA policies.").WithCode("too_many_policies")
		}
		if err != nil {
			return err
		}
		return insertPolicy(ctx, tx, tenant, p, len(list))
	})
}

// Edit replaces a policy. Clocks that run are planned anew by it.
func (s *Service) Edit(ctx context.Context, id uuid.UUID, p Policy) (Policy, error) {
	p.ID, p.UpdatedAt = id, s.Clock.Now()
	err := s.change(ctx, p, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		p.CreatedAt, err = updatePolicy(ctx, tx, tenant, p)
		if errors.Is(err, pgx.ErrNoRows) {
			err = errNoPolicy()
		}
		return err
	})
	return p, err
}

func (s *Service) change(ctx context.Context, p Policy, write func(context.Context, pgx.Tx, uuid.UUID) error) error {
	if err := p.clean(); err != nil {
		return err
	}
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if err := known(ctx, tx, tenant, p); err != nil {
			return err
		}
		if err := write(ctx, tx, tenant); err != nil {
			if db.IsUnique(err, "sla_policies_name") {
				err = fault.Conflict("There is already a policy with this name.").At("body.name", "Choose another name.")
			}
			return err
		}
		return s.Recount(ctx, tx, tenant)
	})
}

// Remove deletes a policy. What it promised is dropped, or promised by the next one that fits.
func (s *Service) Remove(ctx context.Context, id uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		tag, err := tx.Exec(ctx, sqlDeletePolicy, tenant, id)
		if err == nil && tag.RowsAffected() == 0 {
			err = errNoPolicy()
		}
		if err != nil {
			return err
		}
		return s.Recount(ctx, tx, tenant)
	})
}

// Order sets which policy is asked first. Those that are not named keep their place.
func (s *Service) Order(ctx context.Context, ids []uuid.UUID) ([]Policy, error) {
	positions := make([]int, len(ids))
	for i := range ids {
		positions[i] = i
	}
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := tx.Exec(ctx, sqlOrder, tenant, ids, positions); err != nil {
			return err
		}
		return s.Recount(ctx, tx, tenant)
	})
	if err != nil {
		return nil, err
	}
	return s.List(ctx)
}

// Recount has the clocks that run planned anew, by a job. It is hours.Hooks.Changed.
func (s *Service) Recount(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	if err := s.Queue.Insert(ctx, tx, RecountArgs{TenantID: tenant}, nil); err != nil {
		return fmt.Errorf("have clocks planned anew: %w", err)
	}
	return nil
}

const (
	sqlStrangers = `
select exists (select from unnest($2::uuid[]) as u(id) where not exists (select from channels c where c.tenant_id = $1 and c.id = u.id)),
    exists (select from unnest($3::uuid[]) as u(id) where not exists (select from labels l where l.tenant_id = $1 and l.id = u.id)),
    exists (select from unnest($4::uuid[]) as u(id) where not exists (select from calendars k where k.tenant_id = $1 and k.id = u.id)),
    exists (select from unnest($5::uuid[]) as u(id) where not exists (select from members m where m.tenant_id = $1 and m.user_id = u.id))`
)

// known refuses a policy that names what is not the workspace's.
func known(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, p Policy) error {
	calendars, members := []uuid.UUID{}, []uuid.UUID{}
	if p.CalendarID != nil {
		calendars = append(calendars, *p.CalendarID)
	}
	for _, l := range p.Levels {
		members = append(members, l.Notify...)
		if l.AssignTo != nil {
			members = append(members, *l.AssignTo)
		}
	}
	var channel, label, calendar, member bool
	err := tx.QueryRow(ctx, sqlStrangers, tenant, notNil(p.Channels), notNil(p.Labels), calendars, members).Scan(&channel, &label, &calendar, &member)
	switch {
	case err != nil:
		return fmt.Errorf("look whom a policy names: %w", err)
	case channel:
		return invalid("body.channels", "One of the numbers is not there any more.")
	case label:
		return invalid("body.labels", "One of the labels is not there any more.")
	case calendar:
		return invalid("body.calendarId", "This calendar is not there any more.")
	case member:
		return invalid("body.levels", "One of the people is not a member of the workspace.")
	}
	return nil
}

func notNil(list []uuid.UUID) []uuid.UUID {
	if list == nil {
		return []uuid.UUID{}
	}
	return list
}

func (s *Service) inTenant(ctx context.Context, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return fn(ctx, tx, tenant) })
}
