package message

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

const (
	ingestBatch = 500
	ingestEvery = 500 * time.Millisecond // for deliveries whose doorbell was not heard
	ingesters   = 2
)

// Ingest applies webhook deliveries. Each batch is locked while it is applied, so
// another worker takes the next one, and a crash leaves it to be applied again:
// everything applied is a merge, and twice is once.
type Ingest struct {
	s    *Service
	bell chan struct{}
}

// NewIngest makes the loop that applies deliveries.
func NewIngest(s *Service) *Ingest {
	return &Ingest{s: s, bell: make(chan struct{}, ingesters)}
}

// Ring says that deliveries wait.
func (in *Ingest) Ring() {
	select {
	case in.bell <- struct{}{}:
	default:
	}
}

// Run applies deliveries until ctx ends.
func (in *Ingest) Run(ctx context.Context) error {
	var running sync.WaitGroup
	for range ingesters {
		running.Go(func() { in.loop(ctx) })
	}
	running.Wait()
	return nil
}

func (in *Ingest) loop(ctx context.Context) {
	ticks := in.s.Clock.NewTicker(ingestEvery)
	defer ticks.Stop()
	for ctx.Err() == nil {
		n, err := in.s.ingestOnce(ctx)
		if err == nil && n == 0 {
			err = in.s.retrySetAsides(ctx)
		}
		if err != nil && ctx.Err() == nil {
			in.s.Logger.WarnContext(ctx, "apply deliveries, trying again", "error", err)
		}
		if n > 0 && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-in.bell:
		case <-ticks.C():
		}
	}
}

// ingestOnce applies one batch of deliveries and says how many there were.
func (s *Service) ingestOnce(ctx context.Context) (n int, err error) {
	err = s.DB.AsSystem(ctx, "apply webhook deliveries", func(ctx context.Context, tx pgx.Tx) error {
		taken, err := takeDeliveries(ctx, tx, ingestBatch)
		if err != nil || len(taken) == 0 {
			return err
		}
		n = len(taken)
		aside, err := s.applyDeliveries(ctx, tx, taken)
		if err != nil {
			return err
		}
		if len(aside) > 0 {
			if err := insertSetAsides(ctx, tx, aside); err != nil {
				return fmt.Errorf("set aside: %w", err)
			}
		}
		return markApplied(ctx, tx, deliveryIDs(taken), s.Clock.Now())
	})
	return n, err
}

// applyDeliveries decodes a batch, groups it by number and tenant and applies each
// tenant's part in that tenant's own transaction.
func (s *Service) applyDeliveries(ctx context.Context, tx pgx.Tx, taken []delivery) ([]SetAside, error) {
	g := newGroups(s.Clock.Now())
	for _, d := range taken {
		g.add(d)
	}
	if err := g.findOwners(ctx, tx, s.Channels); err != nil {
		return nil, err
	}
	for tenant, part := range g.byTenant() {
		if err := s.applyPart(ctx, tenant, part, g); err != nil {
			return nil, fmt.Errorf("apply deliveries of tenant %s: %w", tenant, err)
		}
	}
	return g.aside, nil
}

// applyPart applies what concerns one tenant. A status nobody knows yet is set
// aside and tried again: its message may still be on its way into the database.
func (s *Service) applyPart(ctx context.Context, tenant uuid.UUID, p *part, g *groups) error {
	unmatched, err := s.applyStatuses(ctx, tenant, p.statuses)
	if err != nil {
		return err
	}
	for _, st := range unmatched {
		g.setAside(st.delivery, "status", "No message with this id is known yet.", st.Origin, st.StatusEvent, true)
	}
	for _, in := range p.inbound {
		if err := s.receive(ctx, tenant, p.channels[in.PhoneNumberID], in.InboundMessage); err != nil {
			if err := g.poison(ctx, in.delivery, "message", err, in.Origin, in.InboundMessage); err != nil {
				return err
			}
		}
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

// applyStatuses merges statuses and returns those that no message matches.
func (s *Service) applyStatuses(ctx context.Context, tenant uuid.UUID, statuses []deliveredStatus) ([]deliveredStatus, error) {
	if len(statuses) == 0 {
		return nil, nil
	}
	reports, unmatched, err := s.reportsOf(ctx, tenant, statuses)
	if err != nil || len(reports) == 0 {
		return unmatched, err
	}
	missing, _, err := s.applyBisecting(ctx, tenant, reports)
	if err != nil {
		return nil, err
	}
	lost := make(map[uuid.UUID]bool, len(missing))
	for _, id := range missing {
		lost[id] = true
	}
	for _, st := range statuses {
		if id, err := uuid.Parse(st.CallbackData); err == nil && lost[id] {
			unmatched = append(unmatched, st)
		}
	}
	return unmatched, nil
}

// reportsOf matches statuses by our echoed id first, then by Meta's.
func (s *Service) reportsOf(ctx context.Context, tenant uuid.UUID, statuses []deliveredStatus) (reports []Report, unmatched []deliveredStatus, err error) {
	var byWAMID []deliveredStatus
	for _, st := range statuses {
		id, err := uuid.Parse(st.CallbackData)
		if err != nil {
			byWAMID = append(byWAMID, st)
			continue
		}
		reports = append(reports, statusReport(id, st.StatusEvent))
	}
	if len(byWAMID) == 0 {
		return reports, nil, nil
	}
	wamids := make([]string, len(byWAMID))
	for i, st := range byWAMID {
		wamids[i] = st.ID
	}
	var ids map[string]uuid.UUID
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
		ids, err = idsByWAMID(ctx, tx, tenant, wamids)
		return err
	})
	for _, st := range byWAMID {
		if id, known := ids[st.ID]; known {
			reports = append(reports, statusReport(id, st.StatusEvent))
		} else {
			unmatched = append(unmatched, st)
		}
	}
	return reports, unmatched, err
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
		r.ErrorCode, r.ErrorDetail = e.Errors[0].Code, e.Errors[0].Details
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

func deliveryIDs(list []delivery) []uuid.UUID {
	ids := make([]uuid.UUID, len(list))
	for i, d := range list {
		ids[i] = d.ID
	}
	return ids
}

// newSetAside keeps an item with its reason; retry says whether time may mend it.
func newSetAside(deliveryID uuid.UUID, kind, reason string, o whatsapp.Origin, item any, now time.Time, retry bool) SetAside {
	body, err := json.Marshal(item)
	if err != nil {
		body = []byte(`null`)
	}
	a := SetAside{ID: ident.New(), DeliveryID: deliveryID, Kind: kind, Reason: reason,
		PhoneNumberID: o.PhoneNumberID, WABAID: o.WABAID, Item: body, CreatedAt: now}
	if retry {
		next := now.Add(setAsideWait(0))
		a.NextAt = &next
	}
	return a
}
