package campaign

import (
	"strings"
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

func day(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

func location(t *testing.T, name string) *time.Location {
	t.Helper()
	in, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func TestRulesInWordsAndDates(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ rule, starts, sentence, dates string }{
		{"FREQ=DAILY", "2026-12-30", "Every day", "2026-12-30 2026-12-31 2027-01-01"},
		{"FREQ=DAILY;INTERVAL=3;COUNT=2", "2026-12-30", "Every 3 days, 2 times", "2026-12-30 2027-01-02"},
		{"FREQ=WEEKLY", "2026-12-01", "Every week on Tuesday", "2026-12-01 2026-12-08 2026-12-15"},
		{"FREQ=WEEKLY;BYDAY=MO,TH", "2026-12-01", "Every Monday and Thursday", "2026-12-03 2026-12-07 2026-12-10"},
		{"FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-12-04", "Every weekday", "2026-12-04 2026-12-07 2026-12-08"},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;UNTIL=20270101", "2026-12-01", "Every 2 weeks on Sunday, until 1 January 2027", "2026-12-06 2026-12-20"},
		{"FREQ=MONTHLY", "2026-12-31", "Every month on the 31st", "2026-12-31 2027-01-31 2027-03-31"},
		{"FREQ=MONTHLY;BYMONTHDAY=1,15", "2026-12-01", "Every month on the 1st and 15th", "2026-12-01 2026-12-15 2027-01-01"},
		{"FREQ=MONTHLY;BYDAY=-1FR", "2026-12-01", "Every month on the last Friday", "2026-12-25 2027-01-29 2027-02-26"},
		{"FREQ=MONTHLY;BYMONTHDAY=-1;INTERVAL=2", "2026-12-01", "Every 2 months on the last", "2026-12-31 2027-02-28 2027-04-30"},
		{"FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=26", "2026-12-01", "Every year on the 26th of January", "2027-01-26 2028-01-26 2029-01-26"},
		{"FREQ=YEARLY", "2028-02-29", "Every year on 29 February", "2028-02-29 2032-02-29 2036-02-29"},
	} {
		r, err := parseRule(tc.rule, day(tc.starts))
		if err != nil {
			t.Fatalf("%s: %v", tc.rule, err)
		}
		if got := r.sentence(); got != tc.sentence {
			t.Errorf("%s: %q, not %q", tc.rule, got, tc.sentence)
		}
		var dates []string
		for d := r.after(day(tc.starts), true); !d.IsZero() && len(dates) < 3; d = r.after(d, false) {
			dates = append(dates, d.Format(time.DateOnly))
		}
		if got := strings.Join(dates, " "); got != tc.dates {
			t.Errorf("%s: %s, not %s", tc.rule, got, tc.dates)
		}
	}
}

func TestRulesThatAreRefused(t *testing.T) {
	t.Parallel()
	for _, rule := range []string{
		"", "every day", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=10", "FREQ=DAILY;INTERVAL=100", "FREQ=DAILY;COUNT=1001",
		"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31", "FREQ=YEARLY;BYMONTH=13",
		"FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO", "DTSTART:20260101T000000Z\nRRULE:FREQ=DAILY", "FREQ=WEEKLY;BYDAY=सोम",
	} {
		if _, err := parseRule(rule, day("2026-12-01")); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%q: %v", rule, err)
		}
	}
}

// aSeries repeats with holidays on 26 January of every year, and on 8 and 9 November 2026.
func aSeries(t *testing.T, zone, rule, starts, at, holidays string) series {
	t.Helper()
	s, err := Repeat{Rule: rule, StartsOn: starts, Time: at, Holidays: holidays, LateHours: 6}.read(location(t, zone))
	if err != nil {
		t.Fatal(err)
	}
	s.calendar.add("Republic Day", day("2026-01-26"), true)
	s.calendar.add("Diwali दिवाली", day("2026-11-08"), false)
	s.calendar.add("Govardhan Puja", day("2026-11-09"), false)
	return s
}

func TestRunsKeepTheirTimeAcrossChangesOfClocks(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ zone, at, runs string }{
		{"America/New_York", "10:00", "2027-03-13T15:00Z 2027-03-14T14:00Z 2027-03-15T14:00Z"},
		{"America/New_York", "02:30", "2027-03-13T07:30Z 2027-03-14T07:00Z 2027-03-15T06:30Z"},
		{"Asia/Kolkata", "00:00", "2027-03-12T18:30Z 2027-03-13T18:30Z 2027-03-14T18:30Z"},
		{"Europe/Berlin", "10:00", "2027-03-13T09:00Z 2027-03-14T09:00Z 2027-03-15T09:00Z"},
	} {
		s := aSeries(t, tc.zone, "FREQ=DAILY", "2027-03-13", tc.at, holidayRun)
		var runs []string
		for _, r := range s.coming(day("2027-03-13"), 3) {
			runs = append(runs, r.at.UTC().Format("2006-01-02T15:04Z"))
		}
		if got := strings.Join(runs, " "); got != tc.runs {
			t.Errorf("%s at %s: %s, not %s", tc.zone, tc.at, got, tc.runs)
		}
	}
}

func TestRunsOnHolidays(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ rule, starts, holidays, day, skipped string }{
		"run all the same":            {"FREQ=WEEKLY;BYDAY=SU", "2026-11-08", holidayRun, "2026-11-08", ""},
		"skip":                        {"FREQ=WEEKLY;BYDAY=SU", "2026-11-08", holidaySkip, "2026-11-08", "Holiday: Diwali दिवाली."},
		"after two in a row":          {"FREQ=WEEKLY;BYDAY=SU", "2026-11-08", holidayAfter, "2026-11-10", ""},
		"before two in a row":         {"FREQ=WEEKLY;BYDAY=MO", "2026-11-09", holidayBefore, "2026-11-07", ""},
		"onto another run":            {"FREQ=DAILY", "2026-11-08", holidayAfter, "2026-11-10", "Holiday: Diwali दिवाली, and it runs on 10 November anyway."},
		"every year":                  {"FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=26", "2029-01-26", holidaySkip, "2029-01-26", "Holiday: Republic Day."},
		"not before its first year":   {"FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=26", "2025-01-26", holidaySkip, "2025-01-26", ""},
		"a day that is no holiday":    {"FREQ=WEEKLY;BYDAY=TU", "2026-11-10", holidaySkip, "2026-11-10", ""},
		"once is not every year":      {"FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=8", "2027-11-08", holidaySkip, "2027-11-08", ""},
		"moved at the turn of a year": {"FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=26", "2027-01-26", holidayBefore, "2027-01-25", ""},
	} {
		s := aSeries(t, "Asia/Kolkata", tc.rule, tc.starts, "10:00", tc.holidays)
		r := s.plan(day(tc.starts))
		if r.day.Format(time.DateOnly) != tc.day || r.skipped != tc.skipped {
			t.Errorf("%s: %s %q, not %s %q", name, r.day.Format(time.DateOnly), r.skipped, tc.day, tc.skipped)
		}
	}
}

func TestASeriesInWords(t *testing.T) {
	t.Parallel()
	s := aSeries(t, "Asia/Kolkata", "FREQ=WEEKLY;BYDAY=MO", "2026-12-01", "09:05", holidayAfter)
	s.repeat.Local = true
	if got := s.sentence(); got != "Every Monday at 09:05 on each recipient's own clock, on holidays the day after" {
		t.Error(got)
	}
	if at := s.plan(day("2026-12-07")).at; !at.Equal(time.Date(2026, 12, 6, 19, 5, 0, 0, time.UTC)) {
		t.Errorf("it begins %s, not where the day begins first", at)
	}
	if first := s.first(time.Date(2026, 12, 6, 19, 5, 0, 0, time.UTC)); first.on != day("2026-12-14") {
		t.Errorf("the first run after its moment is that of %s", first.on)
	}
}

func TestSomebodysOwnTime(t *testing.T) {
	t.Parallel()
	wall := time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)
	freeze := time.Date(2026, 12, 1, 4, 0, 0, 0, time.UTC) // 09:30 in Kolkata
	for _, tc := range []struct{ zone, due string }{
		{"Asia/Kolkata", "2026-12-01T04:30Z"},
		{"America/New_York", "2026-12-01T15:00Z"},
		{"Asia/Dhaka", "2026-12-01T04:00Z"},
		{"Asia/Yangon", "2026-12-01T03:30Z"}, // half an hour ago: the start was late
		{"Asia/Tokyo", "2026-12-02T01:00Z"},  // three hours ago: tomorrow
	} {
		if got := dueAt(wall, location(t, tc.zone), freeze).UTC().Format("2006-01-02T15:04Z"); got != tc.due {
			t.Errorf("%s: %s, not %s", tc.zone, got, tc.due)
		}
	}
}
