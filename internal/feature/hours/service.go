package hours

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/zone"
)

// Deps is what the service works with.
type Deps struct {
	DB    *db.DB
	Clock clock.Clock
}

// Hooks are set once, while wiring; nil: nobody listens.
type Hooks struct {
	// Changed hears, in the same transaction, that calendars count otherwise than before.
	Changed func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error
	// Say queues the away messages.
	Say func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, answers []Answer) error
}

// Service is the use cases of calendars.
type Service struct {
	Deps
	Hooks Hooks
	zones zone.Book
}

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// List returns the workspace's calendars by name. There are at most fifty.
func (s *Service) List(ctx context.Context) (list []Calendar, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err = listCalendars(ctx, tx, tenant)
		return err
	})
	return list, err
}

// Create makes a calendar.
func (s *Service) Create(ctx context.Context, c Calendar) (Calendar, error) {
	c.ID, c.CreatedAt = ident.New(), s.Clock.Now()
	return s.save(ctx, c, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err := listCalendars(ctx, tx, tenant)
		if err == nil && len(list) >= mostCalendars {
			err = fault.Conflict("A workspace has room for 50 calendars.").WithCode("too_many_calendars")
		}
		if err != nil {
			return err
		}
		return taken(insertCalendar(ctx, tx, tenant, c))
	})
}

// Edit replaces a calendar.
func (s *Service) Edit(ctx context.Context, id uuid.UUID, c Calendar) (Calendar, error) {
	c.ID = id
	return s.save(ctx, c, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		n, err := updateCalendar(ctx, tx, tenant, c)
		if err == nil && n == 0 {
			err = errNoCalendar()
		}
		return taken(err)
	})
}

// save writes a calendar and what it counts for, and returns it as it is stored.
func (s *Service) save(ctx context.Context, c Calendar, write func(context.Context, pgx.Tx, uuid.UUID) error) (Calendar, error) {
	c.UpdatedAt = s.Clock.Now()
	if err := c.clean(); err != nil {
		return c, err
	}
	if c.Zone != "" {
		if err := tenant.CheckTimezone(c.Zone); err != nil {
			return c, invalid("body.zone", "Choose a time zone such as Asia/Kolkata.")
		}
	}
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if err := write(ctx, tx, tenant); err != nil {
			return err
		}
		if err := s.setUses(ctx, tx, tenant, c); err != nil {
			return err
		}
		stored, err := readCalendar(ctx, tx, tenant, c.ID)
		if err != nil {
			return err
		}
		c = stored
		return s.changed(ctx, tx, tenant)
	})
	return c, err
}

// setUses gives the calendar to what it is to count for; each of them loses the one it had.
func (s *Service) setUses(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Calendar) error {
	kinds, targets, channels := []string{}, []uuid.UUID{}, []uuid.UUID{}
	for _, u := range c.Uses {
		kinds, targets = append(kinds, string(u.Kind)), append(targets, u.target())
		if u.Kind == ForChannel {
			channels = append(channels, u.target())
		}
	}
	if unknown, err := unknownChannels(ctx, tx, tenant, channels); err != nil || unknown {
		if err == nil {
			err = invalid("body.uses", "One of the numbers is not there any more.")
		}
		return err
	}
	return replaceUses(ctx, tx, tenant, c.ID, kinds, targets)
}

// Remove deletes a calendar; what it counted for falls back to the next one.
func (s *Service) Remove(ctx context.Context, id uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		n, err := deleteCalendar(ctx, tx, tenant, id)
		if err == nil && n == 0 {
			err = errNoCalendar()
		}
		if err != nil {
			return err
		}
		return s.changed(ctx, tx, tenant)
	})
}

func (s *Service) changed(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	if s.Hooks.Changed == nil {
		return nil
	}
	if err := s.Hooks.Changed(ctx, tx, tenant); err != nil {
		return fmt.Errorf("tell of changed hours: %w", err)
	}
	return nil
}

// Now says whether somebody is there for a number and a team, and until when that holds.
type Now struct {
	Open     bool       `json:"open"`
	Until    *time.Time `json:"until,omitempty" doc:"When it changes; absent: never"`
	Zone     string     `json:"zone" doc:"Of the calendar"`
	Calendar string     `json:"calendar,omitempty" doc:"Its name; absent: there is none, and it is always open"`
}

// Now looks at the calendar of a number and a team, either of which may be nil.
func (s *Service) Now(ctx context.Context, channel, team uuid.UUID) (now Now, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		book, err := s.Read(ctx, tx, tenant)
		if err != nil {
			return err
		}
		now = book.now(s.Clock.Now(), channel, team)
		return nil
	})
	return now, err
}

func (b *Book) now(at time.Time, channel, team uuid.UUID) Now {
	e := b.of(channel, team)
	if e == nil {
		return Now{Open: true, Zone: b.Zone.String()}
	}
	now := Now{Open: e.hours.Open(at), Zone: e.hours.in.String(), Calendar: e.calendar.Name}
	next := e.hours.NextOpen
	if now.Open {
		next = e.hours.NextClose
	}
	if until, ok := next(at); ok {
		now.Until = &until
	}
	return now
}

func (s *Service) inTenant(ctx context.Context, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	id, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	return s.DB.InTenant(ctx, id, func(ctx context.Context, tx pgx.Tx) error { return fn(ctx, tx, id) })
}

func taken(err error) error {
	if db.IsUnique(err, "calendars_name") {
		return fault.Conflict("There is already a calendar with this name.").At("body.name", "Choose another name.")
	}
	return err
}
