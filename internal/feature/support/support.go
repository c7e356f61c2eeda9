// Package support tells how the shared inbox does: how much comes in, how fast people answer and solve,
// what customers say of it, and what is left at the end of each day, by person, team, number and day.
//
// It owns support_log and support_counts. It does not own cases (conversation), promises (sla) or ratings
// (csat), which tell it by hooks what happens, in their transactions.
//
// What happens is noted once, in one row per batch (Note), and added up by a job (Fold), so that whoever
// answers never waits for another's counter. A day is the workspace's own. What is counted on a day
// happened on that day: a case that was opened on Monday and resolved on Tuesday is one of each. Times
// are kept as Round keeps them, so that medians of any range come from counts alone.
package support

import (
	"time"

	"github.com/google/uuid"
)

// What is counted.
type What string

// The counts. Those with a value: a time in seconds, or a rating.
const (
	Opened             What = "opened"
	ResolvedCases      What = "resolved"
	In                 What = "in"
	Out                What = "out"
	Backlog            What = "backlog"         // plus one as a case begins, minus one as it ends or moves on
	FirstWall          What = "first"           // seconds to the first response
	FirstBusiness      What = "first_business"  // of business time
	ResolutionWall     What = "solved"          // seconds to the resolution
	ResolutionBusiness What = "solved_business" // of business time
	Rated              What = "rating"          // 1 to 5
	SLAKept            What = "sla_kept"
	SLAMissed          What = "sla_missed"
)

// Count is something to add up.
type Count struct {
	What    What
	At      time.Time
	Value   int // seconds or a rating; 0: none
	Channel uuid.UUID
	Team    *uuid.UUID
	User    *uuid.UUID
	N       int
}

// Round keeps a time to about one part in sixty: whole seconds up to a minute, then five seconds, half a
// minute from ten minutes, minutes from half an hour, five from six hours, a quarter from a day, an hour
// from a week.
func Round(d time.Duration) int {
	seconds := max(0, int(d.Round(time.Second)/time.Second))
	step := 3600
	for _, grain := range grains() {
		if seconds < grain.below {
			step = grain.step
			break
		}
	}
	return (seconds + step/2) / step * step
}

type grain struct{ below, step int }

func grains() []grain {
	return []grain{{60, 1}, {600, 5}, {1800, 30}, {6 * 3600, 60}, {86400, 300}, {7 * 86400, 900}}
}
