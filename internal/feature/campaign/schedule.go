package campaign

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/zone"
)

// Schedule is when a campaign goes out: at one time, at a time of everybody's own clock, again
// and again, or, when it is empty, now.
type Schedule struct {
	At      *time.Time `json:"at,omitempty" doc:"Start then"`
	LocalAt string     `json:"localAt,omitempty" doc:"When each recipient's own clock shows this" example:"2026-12-01T10:00"`
	Repeat  *Repeat    `json:"repeat,omitempty"`
}

const wallLayout = "2006-01-02T15:04"

// localAt reads the wall-clock time, in UTC for want of a zone.
func (sc Schedule) localAt() (time.Time, error) {
	wall, err := time.Parse(wallLayout, sc.LocalAt)
	if err != nil {
		return wall, fault.Invalid("Enter the time as 2026-12-01T10:00.").At("body.localAt", "Not a time.")
	}
	return wall, nil
}

// Begin does with a draft what the schedule says. Two at the same moment are one: the second
// finds the campaign begun. One that may cost more than the workspace lets one person spend is
// refused with the code approval_required.
func (s *Service) Begin(ctx context.Context, id uuid.UUID, sc Schedule) (c Campaign, err error) {
	err = s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, found Campaign) error {
		c = found
		if c.Status != Draft && c.Status != Scheduled {
			return fault.Conflict("A campaign that is " + c.Status.words() + " cannot become running.").WithCode("status")
		}
		if err := s.complete(ctx, tx, tenant, c); err != nil {
			return err
		}
		if err := s.allowed(ctx, tx, tenant, &c); err != nil {
			return err
		}
		return s.begin(ctx, tx, tenant, &c, sc)
	})
	return c, err
}

// begin starts, schedules or repeats a campaign that may, at the price of the template's category.
func (s *Service) begin(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c *Campaign, sc Schedule) (err error) {
	if c.agreed, err = s.category(ctx, tx, tenant, *c); err != nil {
		return err
	}
	switch {
	case sc.Repeat != nil:
		return s.repeat(ctx, tx, tenant, c, *sc.Repeat)
	case sc.LocalAt != "":
		return s.beginLocally(ctx, tx, tenant, c, sc)
	case sc.At != nil && sc.At.After(s.Clock.Now()):
		c.ScheduledAt = sc.At
		return s.move(ctx, tx, tenant, c, Scheduled)
	}
	return s.launch(ctx, tx, tenant, c)
}

// beginLocally plans a campaign for a time of everybody's own clock: it starts where the day
// begins first on Earth, and each recipient waits for their time.
func (s *Service) beginLocally(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c *Campaign, sc Schedule) error {
	wall, err := sc.localAt()
	if err != nil {
		return err
	}
	now, first := s.Clock.Now(), wall.Add(-zone.Earliest)
	if wall.Add(latestZone).Before(now) {
		return fault.Invalid("That time has passed everywhere.").At("body.localAt", "In the past.")
	}
	c.LocalAt = &wall
	if !first.After(now) {
		return s.launch(ctx, tx, tenant, c)
	}
	c.ScheduledAt = &first
	return s.move(ctx, tx, tenant, c, Scheduled)
}

// latestZone is how far behind UTC clocks are at most.
const latestZone = 12 * time.Hour

// overdue is how late somebody's own time may be at the freeze to be made up for at once: the start
// was late. Who is past it by more was past it when the campaign was planned, and waits a day.
const overdue = time.Hour

// dueAt is when a campaign on everybody's own clock reaches one person.
func dueAt(wall time.Time, in *time.Location, now time.Time) time.Time {
	for {
		due := zone.At(wall, in)
		if !due.Before(now.Add(-overdue)) {
			return due
		}
		wall = wall.AddDate(0, 0, 1)
	}
}

// stopSeries ends a series for good; its runs under way go on.
func (s *Service) stopSeries(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c *Campaign) error {
	sr, err := s.oneSeries(ctx, tx, tenant, c.ID, sqlLockSeries)
	if err != nil {
		return err
	}
	sr.next(run{})
	if err := setNext(ctx, tx, tenant, sr); err != nil {
		return fmt.Errorf("stop the series: %w", err)
	}
	return s.move(ctx, tx, tenant, c, Cancelled)
}
