package hours

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/platform/norace"
)

// random is a calendar of any shape, in a zone with or without summer time.
func random(t *testing.T, r *rand.Rand) (*Hours, *time.Location) {
	zones := []string{"Asia/Kolkata", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Auckland"}
	zone := in(t, zones[r.IntN(len(zones))])
	spans := func() (list []Span) {
		for at := r.IntN(8 * 60); at < 23*60 && len(list) < 4; {
			end := at + 1 + r.IntN(9*60)
			list = append(list, Span{clockOf(at), clockOf(end)})
			at = end + r.IntN(4*60)
		}
		return list
	}
	c := Calendar{Week: make([][]Span, 7), Holidays: true}
	for i := range c.Week {
		if r.IntN(4) > 0 {
			c.Week[i] = spans()
		}
	}
	c.Week[r.IntN(7)] = []Span{{"09:00", "17:00"}}
	for range r.IntN(10) {
		on := time.Date(2026, time.Month(1+r.IntN(12)), 1+r.IntN(28), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		c.Days = append(c.Days, Day{On: on, Yearly: r.IntN(2) == 0, Open: spans()})
	}
	return Compile(c, zone, []Closed{{On: time.Date(2025, 10, 2, 0, 0, 0, 0, time.UTC), Yearly: true}}), zone
}

func clockOf(minute int) string {
	return time.Date(2026, 1, 1, 0, minute, 0, 0, time.UTC).Format("15:04")
}

// TestProperties: what must hold of any calendar and any times.
func TestProperties(t *testing.T) {
	norace.Only(t)
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 27))
	year := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for range 1500 {
		h, _ := random(t, r)
		a := year.Add(time.Duration(r.Int64N(int64(360 * 24 * time.Hour))))
		b := a.Add(time.Duration(r.Int64N(int64(10 * 24 * time.Hour))))
		c := b.Add(time.Duration(r.Int64N(int64(10 * 24 * time.Hour))))
		if h.Between(a, b)+h.Between(b, c) != h.Between(a, c) {
			t.Fatalf("the parts of %s to %s to %s are not the whole", a, b, c)
		}
		if between := h.Between(a, b); between < 0 || between > b.Sub(a) {
			t.Fatalf("%s of %s to %s", between, a, b)
		}
		if h.Open(a) != (h.Between(a, a.Add(1)) == 1) {
			t.Fatalf("open at %s is %v", a, h.Open(a))
		}
		opens, ok := h.NextOpen(a)
		if !ok || !h.Open(opens) || h.Between(a, opens) != 0 || opens.Before(a) {
			t.Fatalf("%s opens %s", a, opens)
		}
		closes, ok := h.NextClose(a)
		if !ok || h.Open(closes) || h.Between(a, closes) != closes.Sub(a) {
			t.Fatalf("%s closes %s", a, closes)
		}
		x, y := time.Duration(1+r.Int64N(int64(30*time.Hour))), time.Duration(1+r.Int64N(int64(30*time.Hour)))
		one, _ := h.Add(a, x)
		if h.Between(a, one) != x || h.Between(a, one.Add(-1)) != x-1 {
			t.Fatalf("%s after %s is %s: not the first such instant", x, a, one)
		}
		two, _ := h.Add(one, y)
		if whole, _ := h.Add(a, x+y); !whole.Equal(two) {
			t.Fatalf("%s and %s after %s are %s and %s", x, y, a, two, whole)
		}
	}
}

// TestByTheMinute holds it against a clock on the wall, looked at every minute. Minutes whose time
// comes twice are left out: their periods end and begin by the first.
func TestByTheMinute(t *testing.T) {
	norace.Only(t)
	t.Parallel()
	r := rand.New(rand.NewPCG(19, 47))
	for range 40 {
		h, zone := random(t, r)
		from := time.Date(2026, time.Month(1+r.IntN(12)), 1+r.IntN(28), r.IntN(24), 0, 0, 0, time.UTC)
		for n := range 4 * day {
			at := from.Add(time.Duration(n) * time.Minute)
			if twice(at, zone) || twice(at.Add(-day*time.Minute), zone) {
				continue
			}
			if got, want := h.Open(at), shown(h, at.In(zone)); got != want {
				t.Fatalf("%s: open is %v, the wall says %v", at.In(zone), got, want)
			}
		}
	}
}

// shown reads the calendar as a person does: the date, the time of day, and yesterday's last period.
func shown(h *Hours, local time.Time) bool {
	minute := local.Hour()*60 + local.Minute()
	for back := range 2 {
		for _, p := range h.of(dateOf(local).AddDate(0, 0, -back)) {
			if m := minute + back*day; p.from <= m && m < p.to {
				return true
			}
		}
	}
	return false
}

// twice says that the clocks change within three hours.
func twice(at time.Time, zone *time.Location) bool {
	_, before := at.Add(-3 * time.Hour).In(zone).Zone()
	_, after := at.Add(3 * time.Hour).In(zone).Zone()
	return before != after
}
