package message_test

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/realtime"
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

func TestTheDoorbellRingsWhenADeliveryIsStored(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Sim: silent})
	var rings atomic.Int32
	listener := realtime.NewListener(b.DB, slog.New(slog.DiscardHandler), b.Clock)
	listener.Bell(message.BellDelivery, func(string) { rings.Add(1) })
	b.Run(func(ctx context.Context) error { listener.Run(ctx); return nil })
	b.Await("the ring of a listener that has connected", func() bool { return rings.Load() == 1 })
	b.delivered(item("wamid.1", asha, time.Now(), text("hello")))
	b.Await("the ring for the delivery", func() bool { return rings.Load() == 2 })
}
