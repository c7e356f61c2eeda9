package hours

import (
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
