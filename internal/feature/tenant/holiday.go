package tenant

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Holiday is a day of the workspace's calendar on which what repeats does not run.
type Holiday struct {
	ID     uuid.UUID
	Name   string
	On     time.Time // a date, at midnight UTC
	Yearly bool      // also on that day of every later year
}

// nationalHolidays are the three that all of India keeps, by law, on the same day every year.
// Festivals move with the moon and differ by state: a workspace adds its own.
func nationalHolidays(year int) []Holiday {
	on := func(name string, month time.Month, day int) Holiday {
		return Holiday{Name: name, On: time.Date(year, month, day, 0, 0, 0, 0, time.UTC), Yearly: true}
	}
	return []Holiday{on("Republic Day", time.January, 26), on("Independence Day", time.August, 15), on("Gandhi Jayanti", time.October, 2)}
}

// mostHolidays is more than any calendar has; the list is shown whole.
const mostHolidays = 500

// Holidays lists the workspace's calendar, by date.
func (s *Service) Holidays(ctx context.Context) (list []Holiday, err error) {
	err = s.inWorkspace(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err = listHolidays(ctx, tx, tenant)
		return err
	})
	return list, err
}

// AddHoliday puts a day on the calendar.
func (s *Service) AddHoliday(ctx context.Context, h Holiday) (Holiday, error) {
	h.Name = strings.Join(strings.Fields(h.Name), " ")
	if h.Name == "" || utf8.RuneCountInString(h.Name) > longestName {
		return h, invalid("body.name", "Enter a name of 1 to 80 characters.")
	}
	h.ID = ident.New()
	return h, s.changeHolidays(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err := listHolidays(ctx, tx, tenant)
		if err != nil {
			return err
		}
		if len(list) >= mostHolidays {
			return fault.Conflict("The calendar is full. Remove days that have passed.")
		}
		return taken(insertHoliday(ctx, tx, tenant, h, s.Clock.Now()))
	})
}

func taken(err error) error {
	if db.IsUnique(err, "holidays_tenant_id_on_date_key") {
		return fault.Conflict("This day is a holiday already.").At("body.on", "Is in the calendar.")
	}
	return err
}

// AddNationalHolidays puts those of India's three national holidays on the calendar that it lacks.
func (s *Service) AddNationalHolidays(ctx context.Context) (list []Holiday, err error) {
	err = s.changeHolidays(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		have, err := listHolidays(ctx, tx, tenant)
		if err != nil {
			return err
		}
		for _, h := range nationalHolidays(s.Clock.Now().Year()) {
			if falls(have, h) {
				continue
			}
			h.ID = ident.New()
			if err := insertHoliday(ctx, tx, tenant, h, s.Clock.Now()); err != nil {
				return err
			}
		}
		list, err = listHolidays(ctx, tx, tenant)
		return err
	})
	return list, err
}

// falls says whether a calendar has the day every year already.
func falls(list []Holiday, day Holiday) bool {
	for _, h := range list {
		if h.On.Equal(day.On) || h.Yearly && h.On.Month() == day.On.Month() && h.On.Day() == day.On.Day() {
			return true
		}
	}
	return false
}

// RemoveHoliday takes a day off the calendar.
func (s *Service) RemoveHoliday(ctx context.Context, id uuid.UUID) error {
	return s.changeHolidays(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		n, err := deleteHoliday(ctx, tx, tenant, id)
		if err == nil && n == 0 {
			err = fault.NotFound("There is no such holiday.")
		}
		return err
	})
}

// changeHolidays runs fn, and tells who plans by the calendar, in one transaction.
func (s *Service) changeHolidays(ctx context.Context, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	return s.inWorkspace(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if err := fn(ctx, tx, tenant); err != nil || s.Hooks.HolidaysChanged == nil {
			return err
		}
		if err := s.Hooks.HolidaysChanged(ctx, tx, tenant); err != nil {
			return fmt.Errorf("tell of the holidays: %w", err)
		}
		return nil
	})
}

func (s *Service) inWorkspace(ctx context.Context, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return fn(ctx, tx, tenant) })
}
