package hours

import (
	"iter"
	"time"

	"github.com/aerostic/aerostic/internal/platform/zone"
)

// horizon is how far ahead is looked: what opens later never does.
const horizon = 10 * 366 * 24 * time.Hour

// Hours is a calendar ready to count by. Nil is always open. It does not change: any number may
// use it at once.
type Hours struct {
	in     *time.Location
	week   [7][]period // by time.Weekday
	days   map[string][]period
	yearly map[monthDay]yearly
}

type monthDay struct {
	month time.Month
	day   int
}

// yearly is a day that differs in every year from its first.
type yearly struct {
	since int
	open  []period
}

// Closed is a holiday of the workspace.
type Closed struct {
	On     time.Time // a date, at midnight UTC
	Yearly bool
}

// Compile makes a calendar ready. holidays are the workspace's; a day of the calendar's own beats them.
func Compile(c Calendar, in *time.Location, holidays []Closed) *Hours {
	h := &Hours{in: in, days: map[string][]period{}, yearly: map[monthDay]yearly{}}
	for i, spans := range c.Week {
		h.week[(i+1)%7] = periods(spans)
	}
	if c.Holidays {
		for _, closed := range holidays {
			h.differ(closed.On, closed.Yearly, nil)
		}
	}
	for _, d := range c.Days {
		if on, err := time.Parse(time.DateOnly, d.On); err == nil {
			h.differ(on, d.Yearly, periods(d.Open))
		}
	}
	return h
}

func (h *Hours) differ(on time.Time, everyYear bool, open []period) {
	h.days[on.Format(time.DateOnly)] = open
	if everyYear {
		h.yearly[monthDay{on.Month(), on.Day()}] = yearly{on.Year(), open}
	}
}

// of are the open periods of a date, which is at midnight UTC.
func (h *Hours) of(date time.Time) []period {
	if open, ok := h.days[date.Format(time.DateOnly)]; ok {
		return open
	}
	if y, ok := h.yearly[monthDay{date.Month(), date.Day()}]; ok && date.Year() >= y.since {
		return y.open
	}
	return h.week[date.Weekday()]
}

// open yields when it is open from an instant until another, in order; stretches may touch and
// never overlap.
func (h *Hours) open(from, until time.Time) iter.Seq2[time.Time, time.Time] {
	return func(yield func(time.Time, time.Time) bool) {
		last := from
		for date := dateOf(from.In(h.in)).AddDate(0, 0, -2); date.Before(until.Add(2 * day * time.Minute)); date = date.AddDate(0, 0, 1) {
			for _, p := range h.of(date) {
				start, end := h.at(date, p.from), h.at(date, p.to)
				start, end = later(start, last), earlier(end, until)
				if !end.After(start) {
					continue
				}
				if last = end; !yield(start, end) {
					return
				}
			}
		}
	}
}

func (h *Hours) at(date time.Time, minute int) time.Time {
	return zone.At(date.Add(time.Duration(minute)*time.Minute), h.in)
}

func dateOf(local time.Time) time.Time {
	return time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// Open says whether somebody is there.
func (h *Hours) Open(at time.Time) bool {
	if h == nil {
		return true
	}
	for range h.open(at, at.Add(1)) {
		return true
	}
	return false
}

// NextOpen is the first instant, from at on, at which somebody is there; false: never.
func (h *Hours) NextOpen(at time.Time) (time.Time, bool) {
	if h == nil {
		return at, true
	}
	for start := range h.open(at, at.Add(horizon)) {
		return start, true
	}
	return time.Time{}, false
}

// NextClose is the first instant, from at on, at which nobody is there; false: never.
func (h *Hours) NextClose(at time.Time) (time.Time, bool) {
	if h == nil {
		return time.Time{}, false
	}
	end := at
	for start, stop := range h.open(at, at.Add(horizon)) {
		if start.After(end) {
			return end, true
		}
		end = stop
	}
	return end, end.Before(at.Add(horizon))
}

// Between is how much business time lies between two instants; nothing when b is not after a.
func (h *Hours) Between(a, b time.Time) (total time.Duration) {
	if !b.After(a) {
		return 0
	}
	if h == nil {
		return b.Sub(a)
	}
	for start, end := range h.open(a, b) {
		total += end.Sub(start)
	}
	return total
}

// Add is the first instant by which so much business time has passed since at; false: it never does.
func (h *Hours) Add(at time.Time, d time.Duration) (time.Time, bool) {
	if h == nil || d <= 0 {
		return at.Add(max(d, 0)), true
	}
	for start, end := range h.open(at, at.Add(horizon)) {
		if piece := end.Sub(start); piece < d {
			d -= piece
			continue
		}
		return start.Add(d), true
	}
	return time.Time{}, false
}
