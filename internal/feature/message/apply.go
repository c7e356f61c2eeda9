package message

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// layout says how the messages of a batch lie in their table.
type layout bool

const (
	together  layout = false // queued and claimed one after another
	scattered layout = true  // anywhere
)

// options of the transaction: together they are many and worth a plan, scattered ones are few.
func (l layout) options() []db.Option {
	if l == scattered {
		return []db.Option{db.PlanOnce}
	}
	return nil
}

// apply merges reports into their messages: states, ledger, usage, counters and
// notices in one transaction. It returns the ids no message has.
func (s *Service) apply(ctx context.Context, tenant uuid.UUID, reports []Report, lie layout) (missing []uuid.UUID, err error) {
	m := newMerging(tenant, s.Clock.Now())
	m.layout = lie
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		missing, err = s.applyIn(ctx, tx, m, reports)
		return err
	}, lie.options()...)
	if err == nil {
		s.watch(ctx, m)
	}
	return missing, err
}

// applyIn is apply in the caller's transaction. Locks: messages by id, then
// campaigns' counters, then metrics, the wallet last.
func (s *Service) applyIn(ctx context.Context, tx pgx.Tx, m *merging, reports []Report) ([]uuid.UUID, error) {
	ids, byID := groupReports(reports)
	rows, err := lockReported(ctx, tx, m.tenant, ids, byID, m.layout)
	if err != nil {
		return nil, fmt.Errorf("lock messages: %w", err)
	}
	var missing []uuid.UUID
	for _, id := range ids {
		r, found := rows[id]
		if !found {
			missing = append(missing, id)
			continue
		}
		m.merge(r, byID[id])
	}
	if len(m.rows) == 0 {
		return missing, nil
	}
	return missing, s.store(ctx, tx, m)
}

// groupReports orders the ids and gives each its reports: one row is merged once per batch.
func groupReports(reports []Report) ([]uuid.UUID, map[uuid.UUID][]Report) {
	byID := make(map[uuid.UUID][]Report, len(reports))
	ids := make([]uuid.UUID, 0, len(reports))
	for _, r := range reports {
		if _, seen := byID[r.MessageID]; !seen {
			ids = append(ids, r.MessageID)
		}
		byID[r.MessageID] = append(byID[r.MessageID], r)
	}
	return ids, byID
}

// merging gathers what one batch of reports changes.
type merging struct {
	tenant    uuid.UUID
	layout    layout
	now       time.Time
	rows      []*row
	changes   []Change
	settled   []*row             // rows whose money moves, beside settlings
	standing  []billing.Standing // their standings
	usage     []billing.UsageEvent
	days      map[time.Time]*billing.DailyCounts
	news      []contactNews
	incidents []incident
}

// contactNews is what Meta's refusal of a message says about its contact.
type contactNews struct {
	contact uuid.UUID
	message uuid.UUID
	at      time.Time
	advice  whatsapp.Advice
}

func newMerging(tenant uuid.UUID, now time.Time) *merging {
	return &merging{tenant: tenant, now: now, days: make(map[time.Time]*billing.DailyCounts)}
}

// merge applies a row's reports and notes what follows from the move.
func (m *merging) merge(r *row, reports []Report) { m.mergeBy(merge, r, reports) }

func (m *merging) mergeBy(rule func(*row, Report) bool, r *row, reports []Report) {
	before := *r
	changed := false
	for _, rep := range reports {
		if moved := rule(r, rep); moved {
			changed = true
			m.happened(r, rep)
		}
	}
	if !changed {
		return
	}
	r.onlyAccepted = before.accepts(r)
	m.rows = append(m.rows, r)
	m.tally(&before, r)
	if r.state != before.state || r.pricingType != before.pricingType || r.pricingCategory != before.pricingCategory {
		m.settled = append(m.settled, r)
		m.standing = append(m.standing, r.standing())
	}
	if r.state != before.state {
		m.note(&before, r)
	}
	if before.acceptedAt.IsZero() && !r.acceptedAt.IsZero() {
		m.accepted(r)
	}
}

// accepts says whether Meta's answer to its claim is all that a row came to know.
func (before *row) accepts(r *row) bool {
	want := *before
	want.state, want.claim, want.deadline, want.wamid, want.acceptedAt = Accepted, uuid.UUID{}, time.Time{}, r.wamid, r.acceptedAt
	return before.state == Sending && !r.acceptedAt.IsZero() && want == *r
}

// accepted records that Meta took a message, whatever state it was in when the word came.
func (m *merging) accepted(r *row) {
	m.usage = append(m.usage, billing.UsageEvent{
		SourceID: r.id, Kind: billing.UsageAccepted, Quantity: 1,
		Category: r.category, Market: r.market, CampaignID: r.campaignID, OccurredAt: m.now,
	})
}

// happened keeps what a report did that the message will not show for long.
func (m *merging) happened(r *row, rep Report) {
	switch h := rep.HandBack; {
	case h != nil:
		m.incidents = append(m.incidents, incident{r.id, incidentHandedBack, m.now, incidentDetail{Reason: h.Why, Code: h.Code, Until: instant(&h.DueAt), Retry: h.Retry}})
	case rep.State == InDoubt && r.state == InDoubt:
		m.incidents = append(m.incidents, incident{r.id, incidentInDoubt, rep.At, incidentDetail{Reason: rep.Reason, Code: rep.ErrorCode, Until: instant(&rep.Until)}})
	}
}

// note records a change of state for the hooks, and what Meta's refusal says of the contact.
func (m *merging) note(before, r *row) {
	m.changes = append(m.changes, Change{
		MessageID: r.id, CampaignID: r.campaignID, ContactID: r.contactID, ChannelID: r.channelID, Variant: r.variant, Superseded: r.superseded,
		From: before.state, To: r.state, Reason: r.reason, ErrorCode: r.errorCode,
	})
	if r.state == Failed && r.errorCode != 0 {
		m.news = append(m.news, contactNews{r.contactID, r.id, r.endedAt, whatsapp.Lookup(r.errorCode)})
	}
}

// store writes a merging in lock order; the rows that every batch of a campaign or
// a tenant shares come last, so that they are held for as short as can be.
func (s *Service) store(ctx context.Context, tx pgx.Tx, m *merging) error {
	posting, err := s.settle(ctx, tx, m)
	if err != nil {
		return err
	}
	if err := writeRows(ctx, tx, m.tenant, m.rows, m.layout); err != nil {
		return fmt.Errorf("write messages: %w", err)
	}
	if err := addIncidents(ctx, tx, m.tenant, m.incidents); err != nil {
		return err
	}
	if err := s.heed(ctx, tx, m); err != nil {
		return err
	}
	if err := s.Billing.RecordUsage(ctx, tx, m.tenant, m.usage); err != nil {
		return fmt.Errorf("record usage: %w", err)
	}
	if err := s.Hooks.Changed(ctx, tx, m.tenant, m.changes); err != nil {
		return fmt.Errorf("tell of changes: %w", err)
	}
	if err := s.Billing.AddDays(ctx, tx, m.tenant, m.days); err != nil {
		return fmt.Errorf("count the day: %w", err)
	}
	return s.Billing.Post(ctx, tx, m.tenant, m.now, posting)
}

// settle works out the money of every row that moved and puts it on the rows.
func (s *Service) settle(ctx context.Context, tx pgx.Tx, m *merging) ([]billing.Settlement, error) {
	if len(m.standing) == 0 {
		return nil, nil
	}
	rates, err := s.Billing.Rates(ctx, tx, m.tenant)
	if err != nil {
		return nil, fmt.Errorf("read rates: %w", err)
	}
	return m.settlements(rates.Owed)
}

// settlements posts the difference between what each row owes and what it has posted.
func (m *merging) settlements(owes func(billing.Standing) (billing.Price, error)) ([]billing.Settlement, error) {
	var posting []billing.Settlement
	for i, standing := range m.standing {
		owed, err := owes(standing)
		if err != nil {
			return nil, fmt.Errorf("price message %s: %w", standing.MessageID, err)
		}
		if settlement, moves := billing.Settle(standing, owed); moves {
			posting = append(posting, settlement)
			m.book(m.settled[i], settlement)
		}
	}
	return posting, nil
}

// book puts a settlement on its row and on the change the hooks are told of.
func (m *merging) book(r *row, settlement billing.Settlement) {
	r.onlyAccepted = false
	r.holdOpen, r.seq = settlement.HoldOpen, int16(settlement.Seq)
	r.posted = price{base: settlement.PostedBase, markup: settlement.PostedMarkup}
	m.day(m.now).Settle(settlement)
	base, markup := settlement.Charge()
	last := len(m.changes) - 1
	for i := last; i >= 0; i-- {
		if m.changes[i].MessageID == r.id {
			m.changes[i].Charged, m.changes[i].Committed = base+markup, settlement.Committed()
			return
		}
	}
	m.changes = append(m.changes, Change{MessageID: r.id, CampaignID: r.campaignID, ContactID: r.contactID, ChannelID: r.channelID, Variant: r.variant, Superseded: r.superseded,
		From: r.state, To: r.state, Charged: base + markup, Committed: settlement.Committed()})
}

// heed does to contacts what Meta's refusals ask for.
func (s *Service) heed(ctx context.Context, tx pgx.Tx, m *merging) error {
	for _, n := range m.news {
		var err error
		ids := []uuid.UUID{n.contact}
		switch n.advice.Action {
		case whatsapp.SuppressContact:
			err = contact.ChangeConsent(ctx, tx, m.tenant, ids, consent.Change{Purpose: consent.Marketing, State: consent.Out,
				Via: consent.ViaRefusal, Source: consent.ByWhatsApp, By: consent.ByWhatsApp, Evidence: n.advice.Sentence, At: n.at, MessageID: n.message})
		case whatsapp.MarkUnreachable:
			err = contact.MarkUnreachable(ctx, tx, m.tenant, ids, n.at, n.advice.Sentence)
		}
		if err != nil {
			return fmt.Errorf("heed meta on a contact: %w", err)
		}
	}
	return nil
}

// applyBisecting applies reports, and when a batch cannot be applied halves it, so
// that one bad row never keeps its neighbours' results from being recorded.
func (s *Service) applyBisecting(ctx context.Context, tenant uuid.UUID, reports []Report, lie layout) (missing []uuid.UUID, bad []Report, err error) {
	missing, err = s.apply(ctx, tenant, reports, lie)
	if err == nil || transient(err) || ctx.Err() != nil {
		return missing, nil, err
	}
	if len(reports) == 1 {
		s.Logger.ErrorContext(ctx, "report cannot be applied", "message", reports[0].MessageID, "state", reports[0].State, "error", err)
		return nil, reports, nil
	}
	half := len(reports) / 2
	for _, part := range [][]Report{reports[:half], reports[half:]} {
		m, b, err := s.applyBisecting(ctx, tenant, part, lie)
		if err != nil {
			return missing, bad, err
		}
		missing, bad = append(missing, m...), append(bad, b...)
	}
	return missing, bad, nil
}

// transient says that the same transaction may pass when tried again.
func transient(err error) bool {
	return db.IsUnavailable(err) || db.IsSerialization(err) || db.IsLockTimeout(err)
}
