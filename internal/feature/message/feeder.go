package message

import (
	"context"

	"github.com/google/uuid"
)

// feeder asks the campaigns for more messages before the lane runs out, beside
// the sending, one asking at a time.
type feeder struct {
	s       *Service
	tenant  uuid.UUID
	channel uuid.UUID

	asking bool
	dry    bool // the campaigns had nothing more; the doorbell says when they have
	ahead  int  // what is believed to be queued
	done   chan int
}

// feed starts an asking when fewer than two batches are believed queued.
func (f *feeder) feed(ctx context.Context, batch int) {
	select {
	case n := <-f.done:
		f.fed(n)
	default:
	}
	if f.asking || f.dry || f.ahead >= 2*batch {
		return
	}
	f.asking = true
	go func() {
		n, err := f.s.Hooks.Refill(ctx, f.tenant, f.channel)
		if err != nil && ctx.Err() == nil {
			f.s.Logger.ErrorContext(ctx, "feed lane", "channel", f.channel, "error", err)
		}
		f.done <- n
	}()
}

// fed notes what an asking brought.
func (f *feeder) fed(n int) {
	f.asking = false
	f.dry = n == 0
	f.ahead += n
}

// took notes what a claim looked at; an empty look means nothing is queued.
func (f *feeder) took(n int) {
	f.ahead = max(0, f.ahead-n)
	if n == 0 {
		f.ahead = 0
	}
}
