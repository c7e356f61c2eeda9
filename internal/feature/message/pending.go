package message

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Pending is a recipient whose message is not queued yet. The claim that takes it feeds it in the same
// transaction, so that its row is written as `sending` at once.
type Pending struct {
	MessageID  uuid.UUID
	ContactID  uuid.UUID
	CampaignID uuid.UUID
	TemplateID uuid.UUID
	Variant    int16
	Rested     bool   // they waited for the campaign's winner
	Params     []byte // a JSON list of strings, one per slot of the template
}

// errFedMeanwhile says that somebody of a batch is no longer pending: it is gated anew.
var errFedMeanwhile = errors.New("a recipient is no longer pending")

// waiting lists what a claim may take: what is queued, then recipients still pending. Where there is
// not room for all, the campaigns that are fed so keep their share beside what other campaigns queued.
func (s *Service) waiting(ctx context.Context, tx pgx.Tx, l lease, g *gating, limit int) ([]candidate, error) {
	list, err := candidates(ctx, tx, l.tenant, l.channel, g.now, limit)
	if err != nil || s.Hooks.Pending == nil {
		g.queued = len(list)
		return list, err
	}
	urgent := 0
	for urgent < len(list) && list[urgent].priority < PriorityCampaign {
		urgent++
	}
	pending, err := s.Hooks.Pending(ctx, tx, l.tenant, l.channel, Room{Free: limit - len(list), All: limit - urgent})
	if err != nil {
		return nil, fmt.Errorf("ask who is pending: %w", err)
	}
	list = list[:min(len(list), limit-len(pending))]
	g.queued = len(list)
	fresh, err := s.asCandidates(ctx, tx, l, pending)
	return append(list, fresh...), err
}

// Room is how many pending recipients a claim may take.
type Room struct {
	Free int // beside everything queued
	All  int // in place of what campaigns queued
}

// asCandidates reads the people of pending recipients as they stand.
func (s *Service) asCandidates(ctx context.Context, tx pgx.Tx, l lease, pending []Pending) ([]candidate, error) {
	if len(pending) == 0 {
		return nil, nil
	}
	contacts := make([]uuid.UUID, len(pending))
	for i, p := range pending {
		contacts[i] = p.ContactID
	}
	people, err := recipientsOf(ctx, tx, l.tenant, contacts)
	if err != nil {
		return nil, fmt.Errorf("read recipients: %w", err)
	}
	list := make([]candidate, len(pending))
	for i := range pending {
		p := &pending[i]
		list[i] = candidate{id: p.MessageID, channelID: l.channel, contactID: p.ContactID, campaignID: p.CampaignID, templateID: p.TemplateID,
			origin: OriginCampaign, priority: PriorityCampaign, variant: p.Variant, pending: p, to: people[p.ContactID]}
		if err := json.Unmarshal(p.Params, &list[i].params); err != nil {
			return nil, fmt.Errorf("read parameters of message %s: %w", p.MessageID, err)
		}
	}
	return list, nil
}

// fed are the pending recipients of a batch that a claim's transaction takes: what it claims, and
// what the gate decided otherwise, which is queued first like anything else it ends or delays.
func (g *gating) fed(queued map[uuid.UUID]bool, plan claimPlan) (all, decided []Pending) {
	for _, item := range plan.claim {
		if item.pending != nil {
			all = append(all, *item.pending)
		}
	}
	for id := range g.verdicts {
		if p := g.all[id].pending; p != nil && queued[id] {
			decided = append(decided, *p)
		}
	}
	return append(all, decided...), decided
}

// queuePending writes what the gate decided about pending recipients as queued messages.
func (s *Service) queuePending(ctx context.Context, tx pgx.Tx, l lease, g *gating, decided []Pending) error {
	if len(decided) == 0 {
		return nil
	}
	if err := insertPending(ctx, tx, l, decided, g.now); err != nil {
		return err
	}
	changes := make([]Change, len(decided))
	for i, p := range decided {
		changes[i] = Change{MessageID: p.MessageID, CampaignID: p.CampaignID, ContactID: p.ContactID, ChannelID: l.channel, Variant: p.Variant, To: Queued}
	}
	return s.Hooks.Changed(ctx, tx, l.tenant, changes)
}

// feed takes recipients out of the pending. It is undone with the whole claim when somebody else
// took one of them.
func (s *Service) feed(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Pending) error {
	if len(list) == 0 {
		return nil
	}
	still, err := s.Hooks.Feed(ctx, tx, tenant, list)
	if err != nil {
		return fmt.Errorf("feed: %w", err)
	}
	if !still {
		return errFedMeanwhile
	}
	return nil
}
