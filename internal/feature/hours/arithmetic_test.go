package hours

import (
	"math/rand/v2"
	"testing"
	"time"
)

func in(t *testing.T, name string) *time.Location {
	t.Helper()
	l, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func week(monToFri, saturday []Span) [][]Span {
	return [][]Span{monToFri, monToFri, monToFri, monToFri, monToFri, saturday, nil}
}

func every(spans ...Span) [][]Span {
	return [][]Span{spans, spans, spans, spans, spans, spans, spans}
}

const stamp = "2006-01-02 15:04"

// TestTable is worked out by hand. Times are of the calendar's own clock.
func TestTable(t *testing.T) {
	t.Parallel()
	shop := week([]Span{{"10:00", "13:00"}, {"14:00", "19:00"}}, []Span{{"10:00", "14:00"}})
	office := week([]Span{{"09:00", "18:00"}}, nil)
	night := every(Span{"22:00", "06:00"})
	early := every(Span{"00:00", "04:00"})
	diwali := []Day{{On: "2026-11-09", Name: "दिवाली", Open: []Span{{"10:00", "12:00"}}}, {On: "2025-12-25", Yearly: true}}
	for _, tc := range []struct {
		name, zone string
		c          Calendar
		from, add  string // a time and business time after it
		want       string
	}{
		{"within a period", "Asia/Kolkata", Calendar{Week: shop}, "2026-11-02 10:30", "1h", "2026-11-02 11:30"},
		{"over lunch", "Asia/Kolkata", Calendar{Week: shop}, "2026-11-02 12:30", "1h", "2026-11-02 14:30"},
		{"due as it closes", "Asia/Kolkata", Calendar{Week: shop}, "2026-11-02 18:00", "1h", "2026-11-02 19:00"},
		{"over the weekend", "Asia/Kolkata", Calendar{Week: shop}, "2026-11-07 13:30", "1h", "2026-11-09 10:30"},
		{"written on Sunday", "Asia/Kolkata", Calendar{Week: shop}, "2026-11-08 03:00", "30m", "2026-11-09 10:30"},
		{"a day with other hours", "Asia/Kolkata", Calendar{Week: shop, Days: diwali}, "2026-11-07 13:30", "3h", "2026-11-10 10:30"},
		{"every year", "Asia/Kolkata", Calendar{Week: shop, Days: diwali}, "2026-12-24 18:30", "1h", "2026-12-26 10:30"},
		{"not before its first year", "Asia/Kolkata", Calendar{Week: shop, Days: diwali}, "2024-12-24 18:30", "1h", "2024-12-25 10:30"},
		{"two days of eight hours", "Asia/Kolkata", Calendar{Week: shop}, "2026-11-02 10:00", "16h", "2026-11-03 19:00"},
		{"the clock springs forward at night", "America/New_York", Calendar{Week: office}, "2026-03-06 17:00", "2h", "2026-03-09 10:00"},
		{"a period that loses an hour", "America/New_York", Calendar{Week: early}, "2026-03-08 00:00", "3h", "2026-03-08 04:00"},
		{"and the hour after", "America/New_York", Calendar{Week: early}, "2026-03-08 00:00", "4h", "2026-03-09 01:00"},
		{"a period that gains one", "America/New_York", Calendar{Week: early}, "2026-11-01 00:00", "5h", "2026-11-01 04:00"},
		{"a period that begins when there is no such time", "Europe/Berlin", Calendar{Week: every(Span{"02:30", "05:00"})}, "2026-03-28 23:00", "1h", "2026-03-29 04:00"},
		{"over midnight", "Europe/London", Calendar{Week: night}, "2026-06-01 23:00", "3h", "2026-06-02 02:00"},
		{"over midnight and on", "Europe/London", Calendar{Week: night}, "2026-06-01 05:00", "2h", "2026-06-01 23:00"},
		{"half an hour of summer time", "Australia/Lord_Howe", Calendar{Week: early}, "2026-10-04 00:00", "3h30m", "2026-10-04 04:00"},
		{"a day that was skipped", "Pacific/Apia", Calendar{Week: every(Span{"09:00", "17:00"})}, "2011-12-29 16:00", "2h", "2011-12-31 10:00"},
		{"a quarter hour zone", "Asia/Kathmandu", Calendar{Week: office}, "2026-11-02 17:45", "30m", "2026-11-03 09:15"},
	} {
		zone := in(t, tc.zone)
		h := Compile(tc.c, zone, nil)
		from, _ := time.ParseInLocation(stamp, tc.from, zone)
		d, err := time.ParseDuration(tc.add)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := h.Add(from, d)
		if !ok || got.In(zone).Format(stamp) != tc.want {
			t.Errorf("%s: %s + %s is %s, not %s", tc.name, tc.from, tc.add, got.In(zone).Format(stamp), tc.want)
		}
		if back := h.Between(from, got); back != d {
			t.Errorf("%s: between them lie %s, not %s", tc.name, back, d)
		}
	}
}

func TestOpenAndClosed(t *testing.T) {
	t.Parallel()
	kolkata := in(t, "Asia/Kolkata")
	h := Compile(Calendar{Week: week([]Span{{"10:00", "13:00"}, {"13:00", "19:00"}}, nil), Holidays: true,
		Days: []Day{{On: "2026-11-11", Open: []Span{{"15:00", "24:00"}}}}}, kolkata,
		[]Closed{{On: time.Date(2020, 11, 10, 0, 0, 0, 0, time.UTC), Yearly: true}, {On: time.Date(2026, 11, 11, 0, 0, 0, 0, time.UTC)}})
	at := func(text string) time.Time { v, _ := time.ParseInLocation(stamp, text, kolkata); return v }
	for _, tc := range []struct {
		at, opens, closes string
		open              bool
	}{
		{"2026-11-09 09:59", "2026-11-09 10:00", "2026-11-09 09:59", false},
		{"2026-11-09 10:00", "2026-11-09 10:00", "2026-11-09 19:00", true}, // two periods that touch
		{"2026-11-09 19:00", "2026-11-11 15:00", "2026-11-09 19:00", false},
		{"2026-11-10 12:00", "2026-11-11 15:00", "2026-11-10 12:00", false}, // a yearly holiday
		{"2026-11-11 16:00", "2026-11-11 16:00", "2026-11-12 00:00", true},  // its own day beats the holiday
	} {
		if got := h.Open(at(tc.at)); got != tc.open {
			t.Errorf("%s: open is %v", tc.at, got)
		}
		if got, ok := h.NextOpen(at(tc.at)); !ok || !got.Equal(at(tc.opens)) {
			t.Errorf("%s: opens %s, not %s", tc.at, got.In(kolkata).Format(stamp), tc.opens)
		}
		if got, ok := h.NextClose(at(tc.at)); !ok || !got.Equal(at(tc.closes)) {
			t.Errorf("%s: closes %s, not %s", tc.at, got.In(kolkata).Format(stamp), tc.closes)
		}
	}
}

func TestAlwaysAndNever(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)
	all := Compile(Calendar{Week: every(Span{"00:00", "24:00"})}, in(t, "Europe/Paris"), nil)
	for name, h := range map[string]*Hours{"without a calendar": nil, "around the clock": all} {
		if got, _ := h.Add(now, 100*time.Hour); !got.Equal(now.Add(100 * time.Hour)) {
			t.Errorf("%s: 100 hours later is %s", name, got)
		}
		if _, ok := h.NextClose(now); ok || !h.Open(now) {
			t.Errorf("%s: it closes", name)
		}
	}
	never := Compile(Calendar{Week: [][]Span{{}, {}, {}, {}, {}, {}, {}}}, time.UTC, nil)
	if _, ok := never.Add(now, time.Minute); ok || never.Open(now) {
		t.Error("it opens without a period")
	}
	if _, ok := never.NextOpen(now); ok {
		t.Error("it opens some time")
	}
}

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

func TestCleaning(t *testing.T) {
	t.Parallel()
	ok := func() Calendar {
		return Calendar{Name: " Shop  दुकान ", Week: week([]Span{{"14:00", "19:00"}, {"10:00", "13:00"}}, nil)}
	}
	c := ok()
	if err := c.clean(); err != nil || c.Name != "Shop दुकान" || c.Week[0][0].From != "10:00" {
		t.Errorf("%+v: %v", c, err)
	}
	for name, spoil := range map[string]func(*Calendar){
		"no name":          func(c *Calendar) { c.Name = "  " },
		"six days":         func(c *Calendar) { c.Week = c.Week[:6] },
		"never open":       func(c *Calendar) { c.Week = make([][]Span, 7) },
		"overlapping":      func(c *Calendar) { c.Week[0] = []Span{{"10:00", "13:00"}, {"12:59", "14:00"}} },
		"no time":          func(c *Calendar) { c.Week[0] = []Span{{"10", "13:00"}} },
		"a day twice":      func(c *Calendar) { c.Days = []Day{{On: "2026-11-08"}, {On: "2026-11-08"}} },
		"no such day":      func(c *Calendar) { c.Days = []Day{{On: "2026-02-30"}} },
		"away without one": func(c *Calendar) { c.Away.On = true },
		"an empty text":    func(c *Calendar) { c.Away.Texts = []AwayText{{"en", " "}} },
		"a language twice": func(c *Calendar) { c.Away.Texts = []AwayText{{"en", "a"}, {"EN", "b"}} },
		"for nobody":       func(c *Calendar) { c.Uses = []Use{{Kind: ForTeam}} },
	} {
		c := ok()
		spoil(&c)
		if c.clean() == nil {
			t.Errorf("%s is let through", name)
		}
	}
}

func BenchmarkAdd(b *testing.B) {
	h := Compile(Calendar{Week: week([]Span{{"10:00", "13:00"}, {"14:00", "19:00"}}, nil)}, time.UTC, nil)
	from := time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)
	for b.Loop() {
		h.Add(from, 16*time.Hour)
	}
}
