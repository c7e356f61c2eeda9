package message

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// claimed is a batch that this worker, and no other, may send until the deadline.
type claimed struct {
	claim    uuid.UUID
	deadline leaseClock
	items    []gated
	found    int // candidates looked at: none means that nothing waits
	queued   int // of those
}

// errLaneLost says that another worker has the lane by now.
var errLaneLost = errors.New("the lane is another worker's")

// claim gates a batch in memory and takes it in one committed transaction.
func (s *Service) claim(ctx context.Context, r *laneRun, limit int) (claimed, error) {
	g, err := s.gateBatch(ctx, r.lease, limit)
	if err != nil {
		return claimed{}, fmt.Errorf("gate a batch: %w", err)
	}
	r.adopt(g.sender)
	c := claimed{claim: ident.New(), deadline: r.held, found: g.found, queued: g.queued}
	if g.found == 0 {
		return c, nil
	}
	plan, err := s.take(ctx, r.lease, c.claim, r.held, g)
	if errors.Is(err, errFedMeanwhile) {
		return c, nil // nothing was taken: the next look sees who is pending now
	}
	if err != nil {
		return claimed{}, fmt.Errorf("claim a batch: %w", err)
	}
	c.items = plan.claim
	return c, s.haltAll(ctx, r.lease.tenant, plan)
}

// take is the claim's transaction. When the answer to its COMMIT is lost, nothing is
// sent before the claim number has been read back.
func (s *Service) take(ctx context.Context, l lease, claim uuid.UUID, held leaseClock, g *gating) (claimPlan, error) {
	var plan claimPlan
	err := s.DB.InTenant(ctx, l.tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
		plan, err = s.takeIn(ctx, tx, l, claim, held, g)
		return err
	})
	if err == nil || len(plan.claim) == 0 || errors.Is(err, errFedMeanwhile) {
		return plan, err
	}
	return s.readBack(ctx, l.tenant, claim, plan, err)
}

// readBack keeps of a plan what the database shows as claimed.
func (s *Service) readBack(ctx context.Context, tenant, claim uuid.UUID, plan claimPlan, cause error) (claimPlan, error) {
	var ours map[uuid.UUID]bool
	err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
		ours, err = readBackClaim(ctx, tx, tenant, idsOf(plan.claim), claim)
		return err
	})
	if err != nil || len(ours) == 0 {
		return claimPlan{}, errors.Join(cause, err)
	}
	var kept []gated
	for _, item := range plan.claim {
		if ours[item.id] {
			kept = append(kept, item)
		}
	}
	plan.claim = kept
	return plan, nil
}

func (s *Service) takeIn(ctx context.Context, tx pgx.Tx, l lease, claim uuid.UUID, held leaseClock, g *gating) (claimPlan, error) {
	lasts := held.remaining() // before the database's clock is read, so that the rows' deadline is not the earlier
	lock, err := lockClaim(ctx, tx, l, g)
	if err != nil {
		return claimPlan{}, err
	}
	if !lock.held {
		return claimPlan{}, errLaneLost
	}
	in := claimInput{batch: g.batch, held: lock.held, queued: lock.queued, now: g.now}
	if err := s.reserveReach(ctx, tx, l.tenant, g); err != nil {
		return claimPlan{}, err
	}
	if in.standings, err = s.standings(ctx, tx, l.tenant, g.campaigns()); err != nil {
		return claimPlan{}, err
	}
	if in.standings, err = s.stepStandings(ctx, tx, l.tenant, g.batch, in.standings); err != nil {
		return claimPlan{}, err
	}
	if in.means, err = s.Billing.Means(ctx, tx, l.tenant, g.now); err != nil {
		return claimPlan{}, err
	}
	g.leave(in)
	plan := planClaim(in)
	columns, changes := claimValues(plan.claim, g.now)
	if err := s.mark(ctx, tx, l, claim, lock.at.Add(lasts), g, columns); err != nil {
		return plan, err
	}
	all, decided := g.fed(in.queued, plan)
	if err := s.queuePending(ctx, tx, l, g, decided); err != nil {
		return plan, fmt.Errorf("queue what the gate decided: %w", err)
	}
	if err := s.feed(ctx, tx, l.tenant, all); err != nil {
		return plan, err
	}
	if err := s.writeDecisions(ctx, tx, l.tenant, g, in.queued, plan); err != nil {
		return claimPlan{}, err
	}
	if g.capped {
		if err := addTouches(ctx, tx, l.tenant, plan.claim); err != nil {
			return claimPlan{}, fmt.Errorf("note marketing messages: %w", err)
		}
	}
	return plan, s.bookClaim(ctx, tx, l.tenant, claim, g.now, plan, changes)
}

// standings asks the campaigns of a batch how they stand, and locks them so.
func (s *Service) standings(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, campaigns []uuid.UUID) (map[uuid.UUID]Standing, error) {
	if len(campaigns) == 0 {
		return nil, nil
	}
	return s.Hooks.Standing(ctx, tx, tenant, campaigns)
}

// stepStandings adds how the messages of sequences stand. A batch without any costs nothing.
func (s *Service) stepStandings(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, batch []gated, of map[uuid.UUID]Standing) (map[uuid.UUID]Standing, error) {
	var steps []uuid.UUID
	for _, g := range batch {
		if g.origin == OriginSequence {
			steps = append(steps, g.id)
		}
	}
	if len(steps) == 0 || s.Hooks.Step == nil {
		return of, nil
	}
	found, err := s.Hooks.Step(ctx, tx, tenant, steps)
	if err != nil {
		return nil, fmt.Errorf("ask how steps stand: %w", err)
	}
	maps.Copy(found, of)
	return found, nil
}

// writeDecisions stores the gate's refusals and delays, and what the plan parks.
func (s *Service) writeDecisions(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, g *gating, queued map[uuid.UUID]bool, plan claimPlan) error {
	ended := g.refusals(queued)
	for _, id := range plan.cancel {
		ended = append(ended, refusal{g.candidate(id), Cancelled, ReasonCampaignCancelled, nil})
	}
	ended = append(ended, plan.left...)
	for _, id := range plan.late {
		ended = append(ended, refusal{g.candidate(id), Refused, ReasonRetryOver, nil})
	}
	for _, id := range plan.broke {
		ended = append(ended, refusal{g.candidate(id), Refused, ReasonNoCredit, nil})
	}
	for _, id := range plan.capped {
		ended = append(ended, refusal{g.candidate(id), Refused, ReasonMonthCap, nil})
	}
	if err := s.end(ctx, tx, tenant, g.now, ended); err != nil {
		return fmt.Errorf("refuse: %w", err)
	}
	if ids, until, told := g.delays(queued); len(ids) > 0 {
		if err := delay(ctx, tx, tenant, ids, until); err != nil {
			return fmt.Errorf("delay: %w", err)
		}
		if err := addIncidents(ctx, tx, tenant, told); err != nil {
			return err
		}
	}
	if len(plan.park) == 0 {
		return nil
	}
	if err := park(ctx, tx, tenant, plan.park); err != nil {
		return fmt.Errorf("park: %w", err)
	}
	return addIncidents(ctx, tx, tenant, plan.parked(g.now))
}

// refusal is a queued message that ends without being sent.
type refusal struct {
	candidate
	state  State
	reason string
	seen   *incidentDetail // what it was refused by, where nothing else keeps it
}

// end closes queued messages and tells the hooks.
func (s *Service) end(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, now time.Time, list []refusal) error {
	if len(list) == 0 {
		return nil
	}
	var ids []uuid.UUID
	var states, reasons []string
	var changes []Change
	var told []incident
	for _, r := range list {
		if r.seen != nil {
			r.seen.Reason = r.reason
			told = append(told, incident{r.id, incidentRefused, now, *r.seen})
		}
		ids, states, reasons = append(ids, r.id), append(states, string(r.state)), append(reasons, r.reason)
		changes = append(changes, Change{MessageID: r.id, CampaignID: r.campaignID, ContactID: r.contactID, ChannelID: r.channelID, Variant: r.variant,
			From: Queued, To: r.state, Reason: r.reason})
	}
	if err := refuse(ctx, tx, tenant, now, ids, states, reasons); err != nil {
		return err
	}
	if err := addIncidents(ctx, tx, tenant, told); err != nil {
		return err
	}
	return s.Hooks.Changed(ctx, tx, tenant, changes)
}

// mark writes the claim on the rows it takes: on those queued, and on those fed with it.
func (s *Service) mark(ctx context.Context, tx pgx.Tx, l lease, claim uuid.UUID, deadline time.Time, g *gating, c claimColumns) error {
	n, err := markClaimed(ctx, tx, l, claim, deadline, g, c)
	if err != nil {
		return fmt.Errorf("mark claimed: %w", err)
	}
	if want := len(c.queued.ids) + len(c.fed.ids); n != want {
		return fmt.Errorf("claimed %d of %d locked rows", n, want)
	}
	return nil
}

// bookClaim tells the hooks of a claim and takes the hold last.
func (s *Service) bookClaim(ctx context.Context, tx pgx.Tx, tenant, claim uuid.UUID, now time.Time, plan claimPlan, changes []Change) error {
	if len(plan.claim) == 0 {
		return nil
	}
	if err := s.Hooks.Changed(ctx, tx, tenant, changes); err != nil {
		return fmt.Errorf("tell of the claim: %w", err)
	}
	_, err := s.Billing.Hold(ctx, tx, tenant, claim, now, plan.total, len(plan.claim))
	return err
}

// claimValues are a claim's rows as columns, and what the hooks are told of them.
func claimValues(items []gated, now time.Time) (c claimColumns, changes []Change) {
	for _, g := range items {
		from := Queued
		if g.pending == nil {
			c.queued.add(g, now)
		} else {
			from = ""
			c.fed.add(g, now)
			c.recipients.add(*g.pending)
		}
		changes = append(changes, Change{MessageID: g.id, CampaignID: g.campaignID, ContactID: g.contactID, ChannelID: g.channelID, Variant: g.variant,
			From: from, To: Sending, Committed: g.amount()})
	}
	return c, changes
}

// haltAll pauses the campaigns and sequences that cannot go on.
func (s *Service) haltAll(ctx context.Context, tenant uuid.UUID, plan claimPlan) error {
	for reason, messages := range plan.unpaid {
		if err := s.Hooks.StepHalted(ctx, tenant, messages, Halt{Reason: reason}); err != nil {
			return fmt.Errorf("pause sequences: %w", err)
		}
	}
	for campaign, reason := range plan.halts {
		if err := s.Hooks.Halt(ctx, tenant, campaign, Halt{Reason: reason}); err != nil {
			return fmt.Errorf("pause campaign %s: %w", campaign, err)
		}
	}
	return nil
}

func idsOf(items []gated) []uuid.UUID {
	ids := make([]uuid.UUID, len(items))
	for i, g := range items {
		ids[i] = g.id
	}
	return ids
}
