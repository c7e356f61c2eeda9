package zone

import (
	"fmt"
	"time"
)

// ClockText writes a minute of the day as HH:MM.
func ClockText(minutes int) string {
	return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
}

// ParseClock reads HH:MM, 00:00 to 23:59, as a minute of the day.
func ParseClock(text string) (int, error) {
	t, err := time.Parse("15:04", text)
	if err != nil || len(text) != len("15:04") {
		return 0, fmt.Errorf("read the time %q: not HH:MM", text)
	}
	return t.Hour()*60 + t.Minute(), nil
}
