package message

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

const (
	ingestBatch = 500
	ingestEvery = 500 * time.Millisecond // for deliveries whose doorbell was not heard
	// longestRest is how long deliveries gather at most while others are applied; see rest.
	longestRest = 100 * time.Millisecond
)

// Ingest applies webhook deliveries. Each batch is locked while it is applied, so
// another worker takes the next one, and a crash leaves it to be applied again:
// everything applied is a merge, and twice is once.
//
// One loop takes what comes; a second one helps while batches are full, and looks by itself, should the
// first be held up. Two side by side would deal the same deliveries out into twice as many transactions.
type Ingest struct {
	s    *Service
	bell chan struct{}
	help chan struct{}
}

// NewIngest makes the loops that apply deliveries.
func NewIngest(s *Service) *Ingest {
	return &Ingest{s: s, bell: make(chan struct{}, 1), help: make(chan struct{}, 1)}
}

// Ring says that deliveries wait.
func (in *Ingest) Ring() { wake(in.bell) }

func wake(bell chan struct{}) {
	select {
	case bell <- struct{}{}:
	default:
	}
}

// Run applies deliveries until ctx ends.
func (in *Ingest) Run(ctx context.Context) error {
	var running sync.WaitGroup
	running.Go(func() { in.loop(ctx, in.bell) })
	running.Go(func() { in.loop(ctx, in.help) })
	running.Wait()
	return nil
}

func (in *Ingest) loop(ctx context.Context, bell <-chan struct{}) {
	ticks := in.s.Clock.NewTicker(ingestEvery)
	defer ticks.Stop()
	for ctx.Err() == nil {
		if in.turn(ctx) {
			continue
		}
		select {
		case <-ctx.Done():
		case <-bell:
		case <-ticks.C():
		}
	}
}

// turn applies a batch and says whether to look for the next one at once.
func (in *Ingest) turn(ctx context.Context) bool {
	began := in.s.Clock.Now()
	n, err := in.s.ingestOnce(ctx)
	if err == nil && n == 0 {
		err = in.s.retrySetAsides(ctx)
	}
	if err != nil {
		if ctx.Err() == nil {
			in.s.Logger.WarnContext(ctx, "apply deliveries, trying again", "error", err)
		}
		return false
	}
	if n == ingestBatch {
		wake(in.help)
	}
	if r := rest(n, in.s.Clock.Now().Sub(began)); r > 0 {
		_ = clock.Sleep(ctx, in.s.Clock, r)
	}
	return n > 0
}

// rest is how long deliveries may gather after a batch of n: as long as it took. The busier the database, the
// more of each workspace's messages share a transaction, and what a message costs falls; where little
// happens, nobody notices. Where more waits than a batch holds, or nothing, there is nothing to gather.
func rest(n int, took time.Duration) time.Duration {
	if n == 0 || n == ingestBatch {
		return 0
	}
	return min(took, longestRest)
}

// ingestOnce applies one batch of deliveries and says how many there were when it began.
func (s *Service) ingestOnce(ctx context.Context) (n int, err error) {
	err = s.DB.AsSystem(ctx, "apply webhook deliveries", func(txCtx context.Context, tx pgx.Tx) error {
		b, err := s.openBatch(txCtx, tx)
		if err != nil || b.items == nil {
			return err
		}
		n = len(b.taken)
		if err := b.apply(ctx, txCtx); err != nil {
			return err
		}
		if err := insertSetAsides(txCtx, tx, b.items.aside); err != nil {
			return fmt.Errorf("set aside: %w", err)
		}
		return markApplied(txCtx, tx, b.applied(), s.Clock.Now())
	})
	return n, err
}

// applyPart applies what concerns one tenant. A status nobody knows yet is set
// aside and tried again: its message may still be on its way into the database.
func (s *Service) applyPart(ctx context.Context, tenant uuid.UUID, p *part, g *groups) error {
	left, err := s.applyStatuses(ctx, tenant, p.statuses)
	if err != nil {
		return err
	}
	for _, st := range left {
		g.setAside(st.delivery, "status", st.reason, st.Origin, st.StatusEvent, true)
	}
	refused, err := s.receive(ctx, tenant, p.arrive())
	if err != nil {
		return err
	}
	for _, m := range refused {
		g.setAside(m.delivery, "message", m.cause.Error(), m.Origin, m.InboundMessage, errors.Is(m.cause, errEarly))
	}
	for _, ev := range p.events {
		if err := s.applyEvent(ctx, tenant, ev.event); err != nil {
			if err := g.poison(ctx, ev.delivery, ev.kind, err, ev.origin, ev.event); err != nil {
				return err
			}
		}
	}
	return nil
}

// Why a status is set aside.
const (
	unmatchedStatus = "No message with this id is known yet."
	refusedStatus   = "The status could not be recorded."
)

// applyStatuses merges statuses and returns those it could not: no message matches,
// or its row cannot be changed.
func (s *Service) applyStatuses(ctx context.Context, tenant uuid.UUID, statuses []deliveredStatus) ([]deliveredStatus, error) {
	if len(statuses) == 0 {
		return nil, nil
	}
	reports, left, err := s.reportsOf(ctx, tenant, statuses)
	if err != nil || len(reports) == 0 {
		return left, err
	}
	missing, bad, err := s.applyBisecting(ctx, tenant, reports, scattered)
	if err != nil {
		return nil, err
	}
	reasons := make(map[uuid.UUID]string, len(missing)+len(bad))
	for _, id := range missing {
		reasons[id] = unmatchedStatus
	}
	for _, r := range bad {
		reasons[r.MessageID] = refusedStatus
	}
	for _, st := range statuses {
		if st.reason = reasons[st.message]; st.reason != "" {
			left = append(left, st)
		}
	}
	return left, nil
}

// reportsOf matches statuses by our echoed id first, then by Meta's.
func (s *Service) reportsOf(ctx context.Context, tenant uuid.UUID, statuses []deliveredStatus) (reports []Report, unmatched []deliveredStatus, err error) {
	ids, err := s.messagesOf(ctx, tenant, statuses)
	if err != nil {
		return nil, nil, err
	}
	for i := range statuses {
		st := &statuses[i]
		if id, err := uuid.Parse(st.CallbackData); err == nil {
			st.message = id
		} else {
			st.message = ids[st.ID]
		}
		if st.message == (uuid.UUID{}) {
			unmatched = append(unmatched, deliveredStatus{StatusEvent: st.StatusEvent, delivery: st.delivery, reason: unmatchedStatus})
			continue
		}
		reports = append(reports, statusReport(st.message, st.StatusEvent))
	}
	return reports, unmatched, nil
}

// messagesOf finds the messages of the statuses that do not echo our id.
func (s *Service) messagesOf(ctx context.Context, tenant uuid.UUID, statuses []deliveredStatus) (ids map[string]uuid.UUID, err error) {
	var wamids []string
	for _, st := range statuses {
		if _, err := uuid.Parse(st.CallbackData); err != nil {
			wamids = append(wamids, st.ID)
		}
	}
	if len(wamids) == 0 {
		return nil, nil
	}
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		ids, err = idsByWAMID(ctx, tx, tenant, wamids)
		return err
	})
	return ids, err
}

var statusStates = map[whatsapp.Status]State{
	whatsapp.StatusSent: Sent, whatsapp.StatusDelivered: Delivered, whatsapp.StatusRead: Read,
	whatsapp.StatusPlayed: Read, whatsapp.StatusFailed: Failed,
}

// statusReport is what a status says of a message. A status we do not know moves nothing.
func statusReport(id uuid.UUID, e whatsapp.StatusEvent) Report {
	r := Report{MessageID: id, State: statusStates[e.Status], At: e.At, WAMID: e.ID}
	if e.Pricing != nil {
		r.PricingType, r.PricingCategory = e.Pricing.Type, e.Pricing.Category
	}
	if r.State == Failed && len(e.Errors) > 0 {
		r.ErrorCode, r.ErrorDetail = kept(e.Errors[0].Code), e.Errors[0].Details
	}
	return r
}

// ingestedUntil is the moment before which all evidence has been taken in.
func (s *Service) ingestedUntil(ctx context.Context) (time.Time, error) {
	until := s.Clock.Now()
	err := s.DB.AsSystem(ctx, "find the oldest waiting delivery", func(ctx context.Context, tx pgx.Tx) error {
		oldest, err := oldestWaiting(ctx, tx)
		if !oldest.IsZero() && oldest.Before(until) {
			until = oldest
		}
		return err
	})
	return until, err
}

// newSetAside keeps an item with its reason; retry says whether time may mend it.
func newSetAside(deliveryID uuid.UUID, kind, reason string, o whatsapp.Origin, item any, now time.Time, retry bool) SetAside {
	body, err := json.Marshal(item)
	if err != nil {
		body = []byte(`null`)
	}
	a := SetAside{ID: ident.New(), DeliveryID: deliveryID, Kind: kind, Reason: reason,
		PhoneNumberID: o.PhoneNumberID, WABAID: o.WABAID, Item: cleaned(body), CreatedAt: now}
	if retry {
		next := now.Add(setAsideWait(0))
		a.NextAt = &next
	}
	return a
}
