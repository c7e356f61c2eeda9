package campaign

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

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/link"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/mail"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/platform/realtime"
	"github.com/aerostic/aerostic/internal/platform/zone"
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
	Billing   *billing.Service
	Links     *link.Service
	Mail      mail.Sender
	PublicURL string // where the web app is reached, without a slash at the end
	// People lists a workspace's members. They are feature/tenant's.
	People func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Addressee, error)
	// Preferences is the address of a contact's preference page.
	Preferences func(tenant, contact uuid.UUID) string
}

// Service is the use cases on campaigns.
type Service struct {
	Deps
	// Ended is told when a campaign has gone out or was halted, in that transaction. Set once by the
	// wiring; nil: nobody.
	Ended    func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e Ending) error
	progress progress
	zones    zone.Book
}

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// Change is what a person sets on a campaign; nil leaves a part as it is.
type Change struct {
	Name       *string
	ChannelID  *uuid.UUID
	TemplateID *uuid.UUID
	Audience   *contact.Audience
	Mapping    *[]Source
	ByLanguage *bool
	Experiment *Experiment // without others: none
	HoldOut    *int        // percent
	WindowDays *int
	RetryDays  *int
	Route      *message.Route
	BudgetCap  *money.Amount // zero: no cap
}

const maxName = 120

// apply sets what is given and checks it.
func (c *Campaign) apply(change Change) error {
	if change.Name != nil {
		c.Name = strings.TrimSpace(*change.Name)
	}
	if c.Name == "" || utf8.RuneCountInString(c.Name) > maxName {
		return fault.Invalid("Give the campaign a name of 1 to 120 characters.").At("body.name", "1 to 120 characters.")
	}
	if change.ChannelID != nil {
		c.ChannelID = *change.ChannelID
	}
	if change.TemplateID != nil {
		c.TemplateID = *change.TemplateID
	}
	if change.Audience != nil {
		if err := change.Audience.Check("body.audience"); err != nil {
			return err
		}
		c.Audience = change.Audience.Open()
	}
	if change.Mapping != nil {
		c.Mapping = *change.Mapping
	}
	if change.ByLanguage != nil {
		c.ByLanguage = *change.ByLanguage
	}
	if err := c.applyExperiment(change); err != nil {
		return err
	}
	return c.applyBudget(change.BudgetCap)
}

func (c *Campaign) applyBudget(limit *money.Amount) error {
	switch {
	case limit == nil:
	case *limit < 0:
		return fault.Invalid("The budget cannot be negative.").At("body.budgetCap", "Zero or more.")
	case *limit == 0:
		c.BudgetCap = nil
	default:
		c.BudgetCap = limit
	}
	return nil
}

// Create makes a draft.
func (s *Service) Create(ctx context.Context, change Change) (Campaign, error) {
	now := s.Clock.Now()
	c := Campaign{ID: ident.New(), Status: Draft, WindowDays: defaultWindow, CreatedAt: now, UpdatedAt: now}
	if err := c.apply(change); err != nil {
		return Campaign{}, err
	}
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		a, _ := actor.From(ctx)
		return insert(ctx, tx, tenant, c, a.UserID)
	})
	return c, err
}

// Edit changes a draft. The budget alone may also change later. A change takes back an approval,
// and the asking for one.
func (s *Service) Edit(ctx context.Context, id uuid.UUID, change Change) (c Campaign, err error) {
	err = s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, found Campaign) error {
		c = found
		onlyBudget := change == Change{BudgetCap: change.BudgetCap}
		if c.Status != Draft && c.Status != Awaiting && !onlyBudget {
			return fault.Conflict("Only a draft can be changed. Cancel this campaign and copy it instead.").WithCode("status")
		}
		if err := c.apply(change); err != nil {
			return err
		}
		c.UpdatedAt = s.Clock.Now()
		if err := s.voidApproval(ctx, tx, tenant, &c); err != nil {
			return err
		}
		return update(ctx, tx, tenant, c)
	})
	return c, err
}

// Delete removes a draft.
func (s *Service) Delete(ctx context.Context, id uuid.UUID) error {
	return s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) error {
		if c.Status != Draft {
			return fault.Conflict("Only a draft can be deleted; what was sent stays on record.").WithCode("status")
		}
		if err := s.Links.Sync(ctx, tx, tenant, id, nil); err != nil {
			return err
		}
		return remove(ctx, tx, tenant, id)
	})
}

// Get returns one campaign.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (c Campaign, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		c, err = byID(ctx, tx, tenant, id)
		return notFound(err)
	})
	return c, err
}

// Filter narrows the list.
type Filter struct {
	Statuses []string
	Name     string // part of the name, any case
}

// List returns campaigns, newest first, after the given key; the zero time starts.
func (s *Service) List(ctx context.Context, f Filter, before time.Time, beforeID uuid.UUID, limit int) (found []Campaign, err error) {
	if before.IsZero() {
		before, beforeID = s.Clock.Now().Add(time.Hour), uuid.Max
	}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		found, err = list(ctx, tx, tenant, listAfter{before, beforeID, notNil(f.Statuses), likePattern(f.Name), limit})
		return err
	})
	return found, err
}

func likePattern(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	if name == "" {
		return ""
	}
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(name) + "%"
}

// inTenant runs fn in the actor's workspace.
func (s *Service) inTenant(ctx context.Context, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return fn(ctx, tx, tenant) })
}

// locked runs fn with the campaign locked, in the actor's workspace.
func (s *Service) locked(ctx context.Context, id uuid.UUID, fn func(context.Context, pgx.Tx, uuid.UUID, Campaign) error) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		c, err := lock(ctx, tx, tenant, id)
		if err != nil {
			return notFound(err)
		}
		return fn(ctx, tx, tenant, c)
	})
}

func notFound(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.NotFound("There is no campaign with this id.")
	}
	return err
}

// move stores a change of status, keeps on record who started, stopped or resumed it, and tells the
// screens.
func (s *Service) move(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c *Campaign, to Status) error {
	if err := c.Status.may(to); err != nil {
		return err
	}
	from := c.Status
	c.Status, c.UpdatedAt = to, s.Clock.Now()
	if to != Paused {
		c.PauseReason, c.PauseCode = "", 0
	}
	if err := setStatus(ctx, tx, tenant, *c); err != nil {
		return err
	}
	if kind, detail := moved(from, *c); kind != "" {
		if err := s.note(ctx, tx, tenant, c.ID, kind, detail); err != nil {
			return err
		}
	}
	if to == Paused && c.PauseReason != "" {
		if err := s.ended(ctx, tx, tenant, c.ID, true); err != nil {
			return err
		}
	}
	return s.publish(ctx, tx, tenant, c.ID)
}

// publish tells the screens that a campaign changed.
func (s *Service) publish(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) error {
	return realtime.Publish(ctx, tx, tenant, "campaigns", map[string]string{"id": id.String()})
}
