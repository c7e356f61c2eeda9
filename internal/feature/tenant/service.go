package tenant

import (
	"context"
	"log/slog"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/mail"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// Inserter adds a job in the caller's transaction.
type Inserter interface {
	Insert(ctx context.Context, tx pgx.Tx, args river.JobArgs, opts *river.InsertOpts) error
}

// Deps is what a Service works with.
type Deps struct {
	DB     *db.DB
	Clock  clock.Clock
	Queue  Inserter
	Mail   mail.Sender
	Logger *slog.Logger
	// PublicURL is where the web app is reached, without a slash at the end; links in mails
	// start with it.
	PublicURL string
	// BaseHosts are the domains whose first label is a slug: acme.aerostic.com. localhost is
	// always one.
	BaseHosts []string
}

// Hooks are what other features do when a membership changes, in the same transaction.
type Hooks struct {
	// RoleChanged follows a new role, MemberRemoved the end of a membership.
	RoleChanged   func(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error
	MemberRemoved func(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error
	// HolidaysChanged follows a change of the workspace's holidays.
	HolidaysChanged func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error
}

// Service is the use cases on workspaces, members and invitations.
type Service struct {
	Deps
	Hooks Hooks // set once by the wiring; nil functions do nothing
}

// New returns a Service.
func New(deps Deps) *Service {
	deps.PublicURL = strings.TrimRight(deps.PublicURL, "/")
	return &Service{Deps: deps}
}

// Workspace returns the actor's workspace.
func (s *Service) Workspace(ctx context.Context) (Tenant, error) {
	id, err := actor.Tenant(ctx)
	if err != nil {
		return Tenant{}, err
	}
	return s.Get(ctx, id)
}

// Get returns a workspace by its id, for callers without an actor.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (t Tenant, err error) {
	err = s.DB.InTenant(ctx, id, func(ctx context.Context, tx pgx.Tx) error {
		t, err = ByID(ctx, tx, id)
		return err
	})
	return t, err
}

// Patch is a change of settings; nil leaves a field as it is.
type Patch struct {
	Name      *string
	Timezone  *string
	Quiet     **QuietHours   // to nil: no quiet hours
	Frequency **FrequencyCap // to nil: no cap
	ZoneField *string
	// ApprovalAbove to zero: no approvals.
	ApprovalAbove *money.Amount
}

// Update changes the actor's workspace and returns it.
func (s *Service) Update(ctx context.Context, p Patch) (t Tenant, err error) {
	id, err := actor.Tenant(ctx)
	if err != nil {
		return Tenant{}, err
	}
	err = s.DB.InTenant(ctx, id, func(ctx context.Context, tx pgx.Tx) error {
		t, err = lockTenant(ctx, tx, id)
		if err != nil {
			return err
		}
		if t, err = p.apply(t); err != nil {
			return err
		}
		return updateTenant(ctx, tx, t, s.Clock.Now())
	})
	return t, err
}

func (p Patch) apply(t Tenant) (Tenant, error) {
	if p.Name != nil {
		name, err := CleanName(*p.Name)
		if err != nil {
			return t, err
		}
		t.Name = name
	}
	if p.Timezone != nil {
		if err := CheckTimezone(*p.Timezone); err != nil {
			return t, err
		}
		t.Timezone = *p.Timezone
	}
	if p.Quiet != nil {
		t.Quiet = *p.Quiet
	}
	if p.Frequency != nil {
		t.Frequency = *p.Frequency
	}
	if p.ZoneField != nil {
		t.ZoneField = *p.ZoneField
	}
	if p.ApprovalAbove != nil {
		t.ApprovalAbove = p.ApprovalAbove
		if *p.ApprovalAbove == 0 {
			t.ApprovalAbove = nil
		}
	}
	return t, t.check()
}

func (t Tenant) check() error {
	if t.ApprovalAbove != nil && *t.ApprovalAbove < 0 {
		return invalid("body.approvalAbove", "Enter an amount above zero.")
	}
	if t.Quiet != nil {
		if err := t.Quiet.Check(); err != nil {
			return err
		}
	}
	if t.Frequency != nil {
		return t.Frequency.Check()
	}
	return nil
}
