package message_test

import (
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/feature/message"
)

func TestDeliveriesGatherForAsLongAsTheLastBatchTook(t *testing.T) {
	t.Parallel()
	const full = message.IngestBatch
	for _, c := range []struct {
		n          int
		took, want time.Duration
	}{
		{0, time.Second, 0},                             // nothing came
		{full, time.Second, 0},                          // more waits
		{1, 3 * time.Millisecond, 3 * time.Millisecond}, // a quiet hour
		{full - 1, 40 * time.Millisecond, 40 * time.Millisecond},
		{50, time.Minute, message.LongestRest}, // a slow database
	} {
		if got := message.Rest(c.n, c.took); got != c.want {
			t.Errorf("after %d deliveries in %s: %s, want %s", c.n, c.took, got, c.want)
		}
	}
}
