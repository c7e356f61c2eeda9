package campaign

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Occurrence is what became of one date of a series.
type Occurrence struct {
	On         string     `json:"on" format:"date" doc:"The date of the rule"`
	PlannedAt  time.Time  `json:"plannedAt"`
	At         time.Time  `json:"at" doc:"When it was started or skipped"`
	CampaignID *uuid.UUID `json:"campaignId,omitempty" doc:"The campaign of this run; absent when it was skipped"`
	Reason     string     `json:"reason,omitempty" doc:"Why it was skipped"`

	seriesID uuid.UUID
	on       time.Time
}

// ComingRun is a run that is planned.
type ComingRun struct {
	On      string    `json:"on" format:"date" doc:"The date of the rule"`
	At      time.Time `json:"at" doc:"When it is due; on recipients' own clocks, where the day begins first"`
	Day     string    `json:"day" format:"date" doc:"The day it runs on"`
	Holiday string    `json:"holiday,omitempty" doc:"The holiday that moves or skips it"`
	Skipped bool      `json:"skipped,omitempty"`
}

// Series is how a campaign repeats, in words and in dates.
type Series struct {
	Repeat
	Sentence string      `json:"sentence"`
	Zone     string      `json:"zone" doc:"IANA name of the workspace's zone when the series was made"`
	PausedAt *time.Time  `json:"pausedAt,omitempty"`
	Next     []ComingRun `json:"next" doc:"The next runs"`
}

// shown is how many coming runs are listed.
const shown = 6

func (s series) show(from time.Time) Series {
	out := Series{Repeat: s.repeat, Sentence: s.sentence(), Zone: s.zone.String(), PausedAt: s.pausedAt, Next: []ComingRun{}}
	for _, r := range s.coming(from, shown) {
		out.Next = append(out.Next, ComingRun{On: r.on.Format(time.DateOnly), At: r.at, Day: r.day.Format(time.DateOnly),
			Holiday: r.holiday, Skipped: r.skipped != ""})
	}
	return out
}

// PreviewRepeat says in words how a campaign would repeat, and when next.
func (s *Service) PreviewRepeat(ctx context.Context, r Repeat) (out Series, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		sr, err := s.readRepeat(ctx, tx, tenant, r)
		if err != nil {
			return err
		}
		first := sr.first(s.Clock.Now())
		if first.at.IsZero() {
			return noRunLeft()
		}
		out = sr.show(first.on)
		return nil
	})
	return out, err
}

func noRunLeft() error {
	return fault.Invalid("The campaign would never run.").At("body.repeat.rule", "No day of it is left.")
}

// readRepeat reads a Repeat in the workspace's zone and with its holidays.
func (s *Service) readRepeat(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, r Repeat) (series, error) {
	quiet, err := s.Messages.Quiet(ctx, tx, tenant)
	if err != nil {
		return series{}, fmt.Errorf("read zone: %w", err)
	}
	sr, err := r.read(quiet.Zone())
	if err != nil {
		return series{}, err
	}
	sr.calendar, err = readCalendar(ctx, tx, tenant)
	return sr, err
}

// repeat makes a draft the pattern of a series.
func (s *Service) repeat(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c *Campaign, r Repeat) error {
	sr, err := s.readRepeat(ctx, tx, tenant, r)
	if err != nil {
		return err
	}
	first := sr.first(s.Clock.Now())
	if first.at.IsZero() {
		return noRunLeft()
	}
	sr.campaign, sr.nextOn, sr.nextAt = c.ID, &first.on, &first.at
	if err := s.move(ctx, tx, tenant, c, Repeating); err != nil {
		return err
	}
	a, _ := actor.From(ctx)
	return insertSeries(ctx, tx, tenant, sr, a.UserID, s.Clock.Now())
}

// loadSeries reads stored series, with the holidays.
func (s *Service) loadSeries(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, sql string, args ...any) ([]series, error) {
	stored, err := querySeries(ctx, tx, sql, args...)
	if err != nil || len(stored) == 0 {
		return nil, err
	}
	days, err := readCalendar(ctx, tx, tenant)
	if err != nil {
		return nil, err
	}
	found := make([]series, len(stored))
	for i, row := range stored {
		in := s.zones.Named(row.zone)
		if in == nil {
			in = time.UTC
		}
		if found[i], err = row.read(in); err != nil {
			return nil, fmt.Errorf("read series %s: %w", row.campaign, err)
		}
		found[i].campaign, found[i].calendar, found[i].pausedAt, found[i].nextOn, found[i].nextAt = row.campaign, days, row.pausedAt, row.nextOn, row.next
	}
	return found, nil
}

// oneSeries reads the series of a campaign; that there is none is a fault.
func (s *Service) oneSeries(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, sql string) (series, error) {
	found, err := s.loadSeries(ctx, tx, tenant, sql, tenant, id)
	if err != nil {
		return series{}, err
	}
	if len(found) == 0 {
		return series{}, fault.NotFound("This campaign does not repeat.")
	}
	return found[0], nil
}

// Series says how a campaign repeats and when it runs next.
func (s *Service) Series(ctx context.Context, id uuid.UUID) (out Series, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		sr, err := s.oneSeries(ctx, tx, tenant, id, sqlSeries)
		if err != nil {
			return err
		}
		out = sr.shownNow()
		return nil
	})
	return out, err
}

func (s series) shownNow() Series {
	if s.nextOn == nil {
		return s.show(farFuture())
	}
	return s.show(*s.nextOn)
}

// farFuture is a day after all that are planned.
func farFuture() time.Time { return time.Date(9000, time.January, 1, 0, 0, 0, 0, time.UTC) }

// Occurrences lists what became of a series' dates, the latest first, before a date.
func (s *Service) Occurrences(ctx context.Context, id uuid.UUID, before time.Time, limit int) (found []Occurrence, err error) {
	if before.IsZero() {
		before = farFuture()
	}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := s.oneSeries(ctx, tx, tenant, id, sqlSeries); err != nil {
			return err
		}
		found, err = listOccurrences(ctx, tx, tenant, id, before, limit)
		return err
	})
	return found, err
}

// PauseSeries keeps a series from running until it is resumed. Runs under way go on.
func (s *Service) PauseSeries(ctx context.Context, id uuid.UUID) (Series, error) {
	now := s.Clock.Now()
	return s.changeSeries(ctx, id, func(sr *series) { sr.pausedAt = &now })
}

// ResumeSeries goes on with the next run that is not past: what fell into the pause is not made up for.
func (s *Service) ResumeSeries(ctx context.Context, id uuid.UUID) (Series, error) {
	return s.changeSeries(ctx, id, func(sr *series) {
		sr.pausedAt = nil
		if sr.nextOn != nil && !sr.plan(*sr.nextOn).at.After(s.Clock.Now()) {
			sr.next(sr.following(*sr.nextOn, s.Clock.Now()))
		}
	})
}

// changeSeries changes a series that still runs, under its campaign's lock.
func (s *Service) changeSeries(ctx context.Context, id uuid.UUID, change func(*series)) (out Series, err error) {
	err = s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) error {
		sr, err := s.oneSeries(ctx, tx, tenant, id, sqlLockSeries)
		if err != nil {
			return err
		}
		if c.Status != Repeating {
			return fault.Conflict("This series was stopped.").WithCode("status")
		}
		change(&sr)
		if err := setNext(ctx, tx, tenant, sr); err != nil {
			return err
		}
		out = sr.shownNow()
		return s.publish(ctx, tx, tenant, id)
	})
	return out, err
}

// next notes a run as the one that comes next; the zero run is none.
func (s *series) next(r run) {
	if s.nextOn, s.nextAt = nil, nil; !r.at.IsZero() {
		s.nextOn, s.nextAt = &r.on, &r.at
	}
}

// HolidaysChanged plans the next runs anew. It is tenant's hook of the same name.
func (s *Service) HolidaysChanged(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	all, err := s.loadSeries(ctx, tx, tenant, sqlSeriesOf, tenant)
	if err != nil {
		return err
	}
	for _, sr := range all {
		r := sr.plan(*sr.nextOn)
		sr.next(r)
		if err := setNext(ctx, tx, tenant, sr); err != nil {
			return err
		}
	}
	return nil
}

// runName is the pattern's name with the day, within what a name may hold.
func runName(pattern string, day time.Time) string {
	suffix := " · " + day.Format("2 Jan 2006")
	room := maxName - utf8.RuneCountInString(suffix)
	if runes := []rune(pattern); len(runes) > room {
		pattern = string(runes[:room])
	}
	return pattern + suffix
}

// runSeries decides on a series' next date when it is due: once, whoever comes first. The run is
// a campaign of its own. What is late by more than the series allows is skipped and shown.
func (s *Service) runSeries(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) error {
	pattern, err := lock(ctx, tx, tenant, id)
	if err != nil || pattern.Status != Repeating {
		return err
	}
	sr, err := s.oneSeries(ctx, tx, tenant, id, sqlLockSeries)
	now := s.Clock.Now()
	if err != nil || sr.pausedAt != nil || sr.nextOn == nil {
		return err
	}
	r := sr.plan(*sr.nextOn)
	if r.at.After(now) {
		sr.next(r)
		return setNext(ctx, tx, tenant, sr)
	}
	if err := s.decideRun(ctx, tx, tenant, pattern, sr, r); err != nil {
		return err
	}
	on := sr.days.after(r.on, false)
	if on.IsZero() {
		sr.next(run{})
	} else {
		sr.next(sr.plan(on))
	}
	if err := setNext(ctx, tx, tenant, sr); err != nil {
		return err
	}
	return s.publish(ctx, tx, tenant, id)
}

// decideRun starts a run or says why not.
func (s *Service) decideRun(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, pattern Campaign, sr series, r run) error {
	now := s.Clock.Now()
	o := Occurrence{seriesID: pattern.ID, on: r.on, PlannedAt: r.at, At: now, Reason: r.skipped}
	if o.Reason == "" && now.Sub(r.at) > sr.late() && now.Sub(r.at) > grace {
		o.Reason = fmt.Sprintf("It could not start in time: it was %s late.", now.Sub(r.at).Round(time.Minute))
	}
	if o.Reason == "" {
		reason, err := s.startable(ctx, tx, tenant, pattern)
		if err != nil {
			return err
		}
		o.Reason = reason
	}
	if o.Reason == "" {
		id := ident.New()
		o.CampaignID = &id
	}
	fresh, err := insertOccurrence(ctx, tx, tenant, o)
	if err != nil || !fresh || o.CampaignID == nil {
		return err
	}
	return s.startRun(ctx, tx, tenant, pattern, sr, r, *o.CampaignID)
}

// grace is how late any run may start: the worker looks every second.
const grace = 5 * time.Minute

// startable is the sentence why a campaign cannot start now, "" when it can.
func (s *Service) startable(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) (string, error) {
	err := s.complete(ctx, tx, tenant, c)
	if refused, is := fault.As(err); is {
		return refused.Sentence, nil
	}
	if err != nil {
		return "", err
	}
	category, err := s.category(ctx, tx, tenant, c)
	if category != c.agreed {
		return "WhatsApp changed the template's category, and with it the price. Start a new series at the new price.", err
	}
	return "", err
}

func (s *Service) startRun(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, pattern Campaign, sr series, r run, id uuid.UUID) error {
	var localAt *time.Time
	if sr.repeat.Local {
		wall := sr.wall(r.day)
		localAt = &wall
	}
	if err := insertRun(ctx, tx, tenant, pattern.ID, id, runName(pattern.Name, r.day), r, localAt, s.Clock.Now()); err != nil {
		return fmt.Errorf("make the run's campaign: %w", err)
	}
	c, err := byID(ctx, tx, tenant, id)
	if err != nil {
		return err
	}
	return s.launch(ctx, tx, tenant, &c)
}
