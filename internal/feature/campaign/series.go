package campaign

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/zone"
)

// Repeat is how a campaign repeats: the days by a rule, the time on the workspace's clock.
type Repeat struct {
	Rule      string `json:"rule" maxLength:"500" doc:"RFC 5545, dates only: FREQ=WEEKLY;BYDAY=MO,TH"`
	StartsOn  string `json:"startsOn" format:"date" doc:"The rule counts from this day; nothing runs before it"`
	Time      string `json:"time" doc:"HH:MM" example:"10:00"`
	Local     bool   `json:"local,omitempty" doc:"At that time of each recipient's own clock"`
	Holidays  string `json:"holidays" enum:"run,skip,before,after" doc:"On a holiday: run all the same, skip, or run on the nearest day before or after that is none"`
	LateHours int    `json:"lateHours" minimum:"0" maximum:"23" doc:"A run that was missed is made up for within so many hours, and else skipped"`
}

// What a series does on a holiday.
const (
	holidayRun    = "run"
	holidaySkip   = "skip"
	holidayBefore = "before"
	holidayAfter  = "after"
)

// series is a Repeat that was read, with the workspace's zone and calendar.
type series struct {
	campaign uuid.UUID
	repeat   Repeat
	days     recurrence
	minute   int
	starts   time.Time
	zone     *time.Location
	calendar calendar
	pausedAt *time.Time
	nextOn   *time.Time
	nextAt   *time.Time
}

// read takes the texts of a Repeat apart.
func (r Repeat) read(in *time.Location) (series, error) {
	starts, err := time.Parse(time.DateOnly, r.StartsOn)
	if err != nil {
		return series{}, fault.Invalid("Enter the first day as 2026-12-01.").At("body.repeat.startsOn", "Not a day.")
	}
	at, err := time.Parse("15:04", r.Time)
	if err != nil {
		return series{}, fault.Invalid("Enter the time as 10:00.").At("body.repeat.time", "Not a time of the day.")
	}
	days, err := parseRule(r.Rule, starts)
	return series{repeat: r, days: days, starts: starts, minute: at.Hour()*60 + at.Minute(), zone: in}, err
}

// sentence is the whole of it in English.
func (s series) sentence() string {
	text := s.days.sentence() + " at " + s.repeat.Time
	if s.repeat.Local {
		text += " on each recipient's own clock"
	}
	switch s.repeat.Holidays {
	case holidaySkip:
		text += ", not on holidays"
	case holidayBefore:
		text += ", on holidays the day before"
	case holidayAfter:
		text += ", on holidays the day after"
	}
	return text
}

// run is one date of the rule as it is planned.
type run struct {
	on      time.Time // the rule's date: which run this is
	day     time.Time // the day it runs on
	at      time.Time // when it is due
	holiday string    // that concerns it
	skipped string    // why it does not run; "" when it does
}

// longestShift is how many days a run moves at most to leave the holidays.
const longestShift = 31

// plan decides when the run of a date is due, and whether it runs.
func (s series) plan(on time.Time) run {
	r := run{on: on, day: on, holiday: s.calendar.on(on)}
	switch {
	case r.holiday == "" || s.repeat.Holidays == holidayRun:
	case s.repeat.Holidays == holidaySkip:
		r.skipped = "Holiday: " + r.holiday + "."
	default:
		s.shift(&r)
	}
	r.at = s.due(r.day)
	return r
}

// shift moves a run off the holidays. One that would land on another run's day is left out.
func (s series) shift(r *run) {
	step := 1
	if s.repeat.Holidays == holidayBefore {
		step = -1
	}
	for range longestShift {
		r.day = r.day.AddDate(0, 0, step)
		if s.calendar.on(r.day) != "" {
			continue
		}
		if s.days.on(r.day) {
			r.skipped = fmt.Sprintf("Holiday: %s, and it runs on %s anyway.", r.holiday, r.day.Format("2 January"))
		}
		return
	}
	r.skipped = "Holiday: " + r.holiday + "."
}

// due is when a day's run begins. On recipients' own clocks it begins where the day does first.
func (s series) due(day time.Time) time.Time {
	wall := day.Add(time.Duration(s.minute) * time.Minute)
	if s.repeat.Local {
		return wall.Add(-zone.Earliest)
	}
	return zone.At(wall, s.zone)
}

// wall is what clocks show when the run is due.
func (s series) wall(day time.Time) time.Time { return day.Add(time.Duration(s.minute) * time.Minute) }

// following is the first run after another date that is due after a moment. None is left: zero.
func (s series) following(on, now time.Time) run {
	for next := s.days.after(on, false); !next.IsZero(); next = s.days.after(next, false) {
		if r := s.plan(next); r.at.After(now) {
			return r
		}
	}
	return run{}
}

// first is the first run that is due after a moment.
func (s series) first(now time.Time) run {
	return s.following(s.starts.AddDate(0, 0, -1), now)
}

// coming lists the next runs from a date on, skipped ones among them.
func (s series) coming(on time.Time, n int) []run {
	var runs []run
	for next := s.days.after(on, true); !next.IsZero() && len(runs) < n; next = s.days.after(next, false) {
		runs = append(runs, s.plan(next))
	}
	return runs
}

// late is how long after it was due a run is still made up for.
func (s series) late() time.Duration { return time.Duration(s.repeat.LateHours) * time.Hour }

// calendar is the workspace's holidays by name.
type calendar struct {
	once   map[time.Time]string
	yearly map[monthDay]yearly
}

type monthDay struct {
	month time.Month
	day   int
}

type yearly struct {
	from time.Time
	name string
}

func (c *calendar) add(name string, on time.Time, everyYear bool) {
	if c.once == nil {
		c.once, c.yearly = make(map[time.Time]string), make(map[monthDay]yearly)
	}
	if everyYear {
		c.yearly[monthDay{on.Month(), on.Day()}] = yearly{on, name}
		return
	}
	c.once[on] = name
}

// on names the holiday of a date, "" when it is none.
func (c calendar) on(date time.Time) string {
	if name := c.once[date]; name != "" {
		return name
	}
	if y, found := c.yearly[monthDay{date.Month(), date.Day()}]; found && !date.Before(y.from) {
		return y.name
	}
	return ""
}
