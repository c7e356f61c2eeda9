package queue

import (
	"math/rand/v2"
	"time"

	"github.com/riverqueue/river/rivertype"

	"github.com/aerostic/aerostic/internal/platform/clock"
)

// longestWait caps the backoff, so that a mended fault is noticed within the hour.
const longestWait = time.Hour

// backoff doubles the wait after each failure: about 1 s, 2 s, 4 s … 1 h, each a quarter
// shorter or longer at random so that jobs failed together do not return together.
type backoff struct{ clock clock.Clock }

// NextRetry implements river.ClientRetryPolicy.
func (b backoff) NextRetry(job *rivertype.JobRow) time.Time {
	// The failure being handled is not yet in Errors.
	return b.clock.Now().Add(Backoff(len(job.Errors) + 1))
}

// Backoff is the wait after the nth failure in a row, n from 1. Workers with a NextRetry of
// their own use it too.
func Backoff(failures int) time.Duration {
	wait := longestWait
	if failures < 13 {
		wait = min(longestWait, time.Second<<max(0, failures-1))
	}
	return wait*3/4 + rand.N(wait/2)
}
