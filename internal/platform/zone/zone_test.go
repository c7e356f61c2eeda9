package zone

import (
	"testing"
	"time"
)

func TestOf(t *testing.T) {
	t.Parallel()
	var book Book
	kolkata := book.Named("Asia/Kolkata")
	for _, tc := range []struct{ name, phone, want string }{
		{"", "+919845001026", "Asia/Calcutta"},
		{"", "12125550100", "America/New_York"},
		{"", "+14155550100", "America/Los_Angeles"},
		{"", "+18005550100", "America/New_York"},
		{"", "+5215512345678", "America/Mexico_City"},
		{"", "+447911123456", "Europe/London"},
		{"", "+971501234567", "Asia/Dubai"},
		{"Europe/Paris", "+971501234567", "Europe/Paris"},
		{" Asia/Dubai ", "", "Asia/Dubai"},
		{"IST", "", "Asia/Kolkata"},
		{"मुंबई/भारत", "not a number", "Asia/Kolkata"},
		{"../etc/passwd", "", "Asia/Kolkata"},
		{"", "", "Asia/Kolkata"},
	} {
		if got := book.Of(tc.name, tc.phone, kolkata); got.String() != tc.want {
			t.Errorf("%q, %q: %s, not %s", tc.name, tc.phone, got, tc.want)
		}
	}
}

func TestAt(t *testing.T) {
	t.Parallel()
	var book Book
	for _, tc := range []struct{ zone, wall, want string }{
		{"Asia/Kolkata", "2026-12-01T10:00", "2026-12-01T04:30:00Z"},
		{"Pacific/Kiritimati", "2026-12-01T10:00", "2026-11-30T20:00:00Z"},
		{"America/New_York", "2026-07-01T10:00", "2026-07-01T14:00:00Z"},
		// 02:30 does not exist on the day the clocks go forward: the change, 03:00 EDT.
		{"America/New_York", "2027-03-14T02:30", "2027-03-14T07:00:00Z"},
		// 01:30 comes twice on the day they go back: the first, EDT.
		{"America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00Z"},
		{"Europe/Berlin", "2027-03-28T02:00", "2027-03-28T01:00:00Z"},
		{"Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30:00Z"},
		{"Australia/Lord_Howe", "2027-04-04T01:45", "2027-04-03T14:45:00Z"},
	} {
		wall, err := time.Parse("2006-01-02T15:04", tc.wall)
		if err != nil {
			t.Fatal(err)
		}
		if got := At(wall, book.Named(tc.zone)).UTC().Format(time.RFC3339); got != tc.want {
			t.Errorf("%s in %s: %s, not %s", tc.wall, tc.zone, got, tc.want)
		}
	}
}

func TestABookForgetsRatherThanGrow(t *testing.T) {
	t.Parallel()
	var book Book
	for i := range kept + 10 {
		book.Named(string(rune('a'+i%26)) + time.Duration(i).String())
	}
	if len(book.named) > kept {
		t.Errorf("%d names are kept", len(book.named))
	}
}

func TestClockText(t *testing.T) {
	t.Parallel()
	for minutes, text := range map[int]string{0: "00:00", 9*60 + 5: "09:05", 1439: "23:59"} {
		if got := ClockText(minutes); got != text {
			t.Errorf("ClockText(%d) = %s, want %s", minutes, got, text)
		}
		if got, err := ParseClock(text); err != nil || got != minutes {
			t.Errorf("ParseClock(%s) = %d, %v, want %d", text, got, err, minutes)
		}
	}
	for _, text := range []string{"", "9:05", "24:00", "12:60", "12:00 ", "noon"} {
		if got, err := ParseClock(text); err == nil {
			t.Errorf("ParseClock(%q) = %d, want an error", text, got)
		}
	}
}
