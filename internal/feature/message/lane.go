package message

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

const (
	batchSpan = 200 * time.Millisecond // how much work a claim takes
	maxBatch  = 1000
	linger    = 500 * time.Millisecond // how long an idle lane waits for the doorbell
)

// laneRun is one stretch of serving one lane: claim, send, record, until the lane
// is empty, its slice is over or the lease is gone.
type laneRun struct {
	s      *Service
	lease  lease
	held   leaseClock
	sender channel.Sender
	pace   *pace

	work    chan item
	results chan Report
	bell    <-chan struct{}
	moved   chan struct{} // rung by the recorder when results are stored
	open    atomic.Int64  // claimed and not yet recorded
	tripped atomic.Bool
	wires   sync.WaitGroup
	carried int
	feeder  feeder
}

// serve takes the lane and serves it until yield says to stop or nothing is left.
func (s *Service) serve(ctx context.Context, channelID uuid.UUID, bell <-chan struct{}, yield func(time.Duration) bool) error {
	r, err := s.open(ctx, channelID, bell)
	if err != nil || r == nil {
		return err
	}
	recorded := make(chan struct{})
	go func() { defer close(recorded); r.record(context.WithoutCancel(ctx)) }()
	err = r.loop(ctx, yield)
	close(r.work)
	r.wires.Wait()
	close(r.results)
	<-recorded
	return errors.Join(err, s.release(context.WithoutCancel(ctx), r.lease))
}

// open takes the lease and readies the run; nil when another worker has the lane or
// the number may not send.
func (s *Service) open(ctx context.Context, channelID uuid.UUID, bell <-chan struct{}) (*laneRun, error) {
	asked := s.Clock.Now()
	var l lease
	err := s.DB.AsSystem(ctx, "take a lane", func(ctx context.Context, tx pgx.Tx) (err error) {
		l, err = takeLane(ctx, tx, channelID, s.instance, s.Config.Lease)
		return err
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("take lane %s: %w", channelID, err)
	}
	r := &laneRun{
		s: s, lease: l, held: newLeaseClock(s.Clock, asked, s.Config.Lease), bell: bell,
		work: make(chan item, maxBatch), results: make(chan Report, 2*maxBatch), moved: make(chan struct{}, 1),
	}
	r.feeder = feeder{s: s, tenant: l.tenant, channel: l.channel, done: make(chan int, 1)}
	if err := r.ready(ctx); err != nil || !r.sender.Ready() {
		return nil, errors.Join(err, s.release(ctx, l))
	}
	return r, nil
}

// ready settles what the last holder left in the open and reads the number.
func (r *laneRun) ready(ctx context.Context) error {
	if _, err := r.s.sweepOverdue(ctx, r.lease.tenant); err != nil {
		return err
	}
	err := r.s.DB.InTenant(ctx, r.lease.tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
		r.sender, err = r.s.Channels.Sendable(ctx, tx, r.lease.tenant, r.lease.channel)
		return err
	})
	if err != nil {
		return fmt.Errorf("read number: %w", err)
	}
	r.pace = newPace(r.s.Clock, r.rate())
	return nil
}

func (r *laneRun) rate() int {
	if r.s.Config.MaxRate > 0 {
		return min(r.sender.Throughput, r.s.Config.MaxRate)
	}
	return r.sender.Throughput
}

func (r *laneRun) batch() int {
	return min(maxBatch, max(1, int(float64(r.rate())*batchSpan.Seconds())))
}

// loop claims a batch whenever fewer than two are open, so that the wire never runs dry.
func (r *laneRun) loop(ctx context.Context, yield func(time.Duration) bool) error {
	started := r.s.Clock.Now()
	for !r.stopped(ctx) && !yield(r.s.Clock.Now().Sub(started)) {
		if err := r.keep(ctx); err != nil {
			return err
		}
		if r.open.Load() > 2*int64(r.batch()) {
			r.await(ctx, r.moved, time.Second)
			continue
		}
		r.feeder.feed(ctx, r.batch())
		c, err := r.s.claim(ctx, r, r.batch())
		if err != nil {
			return err
		}
		r.feeder.took(c.queued)
		r.dispatch(ctx, c)
		if c.found == 0 && !r.rest(ctx) {
			return nil
		}
	}
	return nil
}

// adopt takes over the number as it stands now: a new rate, a new token, or the end.
func (r *laneRun) adopt(sender channel.Sender) {
	if !sender.Ready() {
		r.tripped.Store(true)
		return
	}
	if sender.Throughput != r.sender.Throughput {
		r.sender.Throughput = sender.Throughput
		r.pace = newPace(r.s.Clock, r.rate())
	}
}

// rest waits when nothing is due: for the feeder, the doorbell or the open messages.
// It says whether to look again.
func (r *laneRun) rest(ctx context.Context) bool {
	select {
	case n := <-r.feeder.done:
		r.feeder.fed(n)
		return true
	case <-r.bell:
		r.feeder.dry = false
		return true
	case <-r.moved:
		return true
	default:
	}
	t := r.s.Clock.NewTimer(linger)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case n := <-r.feeder.done:
		r.feeder.fed(n)
		return true
	case <-r.bell:
		r.feeder.dry = false
		return true
	case <-r.moved:
		return true
	case <-t.C():
	}
	return r.open.Load() > 0 && ctx.Err() == nil
}

// keep renews the lease in good time; an error means the lane is lost.
func (r *laneRun) keep(ctx context.Context) error {
	if r.held.leaves(r.s.Config.Lease * 2 / 3) {
		return nil
	}
	asked := r.s.Clock.Now()
	kept := false
	err := r.s.DB.AsSystem(ctx, "renew a lane", func(ctx context.Context, tx pgx.Tx) (err error) {
		kept, err = renewLane(ctx, tx, r.lease, r.s.Config.Lease)
		return err
	})
	if err != nil || !kept {
		return errors.Join(fmt.Errorf("lane %s is lost", r.lease.channel), err)
	}
	r.held = newLeaseClock(r.s.Clock, asked, r.s.Config.Lease)
	return nil
}

// dispatch hands a claim to the wire, with as many carriers as it needs.
func (r *laneRun) dispatch(ctx context.Context, c claimed) {
	r.open.Add(int64(len(c.items)))
	for ; r.carried < r.s.Config.Concurrency && int64(r.carried) < r.open.Load(); r.carried++ {
		r.wires.Go(func() { r.carry(ctx) })
	}
	for _, g := range c.items {
		r.work <- item{gated: g, claim: c.claim, deadline: c.deadline}
	}
}

func (r *laneRun) stopped(ctx context.Context) bool { return ctx.Err() != nil || r.tripped.Load() }

// await waits for a signal, ctx or d.
func (r *laneRun) await(ctx context.Context, signal <-chan struct{}, d time.Duration) {
	t := r.s.Clock.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-signal:
	case <-t.C():
	}
}

// trip ends the run and holds the number back: nothing more can succeed on it.
func (r *laneRun) trip(advice whatsapp.Advice) {
	if r.tripped.Swap(true) {
		return
	}
	ctx := context.Background()
	err := r.s.DB.InTenant(ctx, r.lease.tenant, func(ctx context.Context, tx pgx.Tx) error {
		return r.s.Channels.HoldBack(ctx, tx, r.lease.tenant, r.lease.channel, advice)
	})
	if err != nil {
		r.s.Logger.Error("hold back number", "channel", r.lease.channel, "error", err)
	}
}

// halt pauses a campaign that Meta will not take.
func (r *laneRun) halt(campaign uuid.UUID, code int) {
	err := r.s.Hooks.Halt(context.Background(), r.lease.tenant, campaign, Halt{Reason: HaltMeta, ErrorCode: code})
	if err != nil {
		r.s.Logger.Error("pause campaign", "campaign", campaign, "error", err)
	}
}

func (s *Service) release(ctx context.Context, l lease) error {
	return s.DB.AsSystem(ctx, "release a lane", func(ctx context.Context, tx pgx.Tx) error {
		return releaseLane(ctx, tx, l)
	})
}
