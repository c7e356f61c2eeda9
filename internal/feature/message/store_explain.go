package message

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// storyRow is a message with the names of what it belongs to.
type storyRow struct {
	ID           uuid.UUID     `db:"id"`
	ContactID    uuid.UUID     `db:"contact_id"`
	ContactName  string        `db:"contact_name"`
	Phone        string        `db:"phone"`
	ChannelID    uuid.UUID     `db:"channel_id"`
	ChannelName  string        `db:"channel_name"`
	CampaignID   *uuid.UUID    `db:"campaign_id"`
	CampaignName string        `db:"campaign_name"`
	StartedAt    *time.Time    `db:"started_at"` // the campaign
	SequenceID   *uuid.UUID    `db:"sequence_id"`
	SequenceName string        `db:"sequence_name"`
	StepNumber   int           `db:"step_number"` // on the person's way through the sequence; 0: of none
	TemplateID   *uuid.UUID    `db:"template_id"`
	TemplateName string        `db:"template_name"` // with its language
	Direction    string        `db:"direction"`
	Origin       string        `db:"origin"`
	State        State         `db:"state"`
	Reason       string        `db:"reason"`
	ErrorCode    int           `db:"error_code"`
	ErrorDetail  string        `db:"error_detail"`
	Parked       bool          `db:"parked"`
	DueAt        *time.Time    `db:"due_at"`
	Deadline     *time.Time    `db:"deadline"`
	WAMID        string        `db:"wamid"`
	ResendOf     *uuid.UUID    `db:"resend_of"`
	CreatedAt    time.Time     `db:"created_at"`
	ClaimedAt    *time.Time    `db:"claimed_at"`
	AcceptedAt   *time.Time    `db:"accepted_at"`
	SentAt       *time.Time    `db:"sent_at"`
	DeliveredAt  *time.Time    `db:"delivered_at"`
	ReadAt       *time.Time    `db:"read_at"`
	EndedAt      *time.Time    `db:"ended_at"`
	Category     string        `db:"category"`          // as priced at the claim
	TemplateIs   string        `db:"template_category"` // of the template now
	Market       string        `db:"market"`
	RateCard     *uuid.UUID    `db:"rate_card"`
	Hold         money.Amount  `db:"hold_amount"`
	HoldTx       *uuid.UUID    `db:"hold_transaction"`
	HoldOpen     bool          `db:"hold_open"`
	Base         money.Amount  `db:"base"`
	Markup       money.Amount  `db:"markup"`
	PostedBase   money.Amount  `db:"posted_base"`
	PostedMarkup money.Amount  `db:"posted_markup"`
	PricingType  string        `db:"pricing_type"`
	PricingCat   string        `db:"pricing_category"`
	GateOptIn    consent.State `db:"gate_opt_in"`
	GateRecent   *int          `db:"gate_recent"`
	GateWindow   *time.Time    `db:"gate_window"`
	Rules        *claimRules   `db:"rules"` // nil: never claimed, or before rules were kept
	Latest       *uuid.UUID    `db:"latest"`
	RetryAt      *time.Time    `db:"retry_at"`
}

// One message by its key, everything else by the key that it names.
const sqlStory = `
select m.id, m.contact_id, coalesce(c.name, '') as contact_name, coalesce(c.phone, '') as phone,
    m.channel_id, coalesce(nullif(ch.verified_name, ''), ch.display_phone, '') as channel_name,
    m.campaign_id, coalesce(k.name, '') as campaign_name, k.started_at,
    m.template_id, coalesce(t.name || ' (' || t.language || ')', '') as template_name, coalesce(t.category, '') as template_category,
    m.direction, m.origin, m.state, coalesce(m.reason, '') as reason, coalesce(m.error_code, 0) as error_code, coalesce(m.error_detail, '') as error_detail,
    coalesce(m.due_at = 'infinity', false) as parked, nullif(m.due_at, 'infinity') as due_at, m.deadline, coalesce(m.wamid, '') as wamid, m.resend_of,
    m.created_at, m.claimed_at, m.accepted_at, m.sent_at, m.delivered_at, m.read_at, m.ended_at,
    m.category, m.market, m.rate_card, m.hold_amount, m.hold_transaction, m.hold_open, m.base, m.markup, m.posted_base, m.posted_markup,
    m.pricing_type, m.pricing_category, coalesce(m.gate_opt_in, '') as gate_opt_in, m.gate_recent::int, m.gate_window, r.rules,
    p.message_id as latest, p.retry_at, w.sequence_id, coalesce(q.name, '') as sequence_name, coalesce(w.number, 0)::int as step_number
from messages m
left join contacts c on c.tenant_id = $1 and c.id = m.contact_id
left join channels ch on ch.tenant_id = $1 and ch.id = m.channel_id
left join campaigns k on k.tenant_id = $1 and k.id = m.campaign_id
left join templates t on t.tenant_id = $1 and t.id = m.template_id
left join message_claims r on r.tenant_id = $1 and r.id = m.hold_transaction
left join campaign_recipients p on p.tenant_id = $1 and p.campaign_id = m.campaign_id and p.contact_id = m.contact_id and m.origin = 'campaign'
left join sequence_sends w on w.tenant_id = $1 and w.message_id = m.id
left join sequences q on q.tenant_id = $1 and q.id = w.sequence_id
where m.tenant_id = $1 and m.id = $2`

// toldIncident is an incident as it was kept.
type toldIncident struct {
	Kind   incidentKind   `db:"kind"`
	At     time.Time      `db:"at"`
	Detail incidentDetail `db:"detail"`
}

// A message that is tried for a day has some hundred.
const sqlIncidents = `
select kind, at, detail from message_incidents where tenant_id = $1 and message_id = $2 order by id limit 200`

// logged is a decision about the campaign while the message waited.
type logged struct {
	Kind   string    `db:"kind"`
	At     time.Time `db:"at"`
	Detail string    `db:"detail"`
	By     string    `db:"by"`
}

// The decisions are few; those before the message was claimed are what held it back.
const sqlCampaignDecisions = `
select l.kind, l.at, l.detail, coalesce(u.name, '') as by
from campaign_log l left join users u on u.id = l.user_id
where l.tenant_id = $1 and l.campaign_id = $2 and l.at <= $3 and l.kind in ('started', 'paused', 'halted', 'resumed', 'cancelled')
order by l.id limit 50`

// Attempts lead back to the one they repeat: from the latest, by the key of each.
const sqlAttempts = `
with recursive chain as (
    select m.id, m.resend_of, m.state, m.created_at, m.superseded from messages m where m.tenant_id = $1 and m.id = any($2)
    union
    select o.id, o.resend_of, o.state, o.created_at, o.superseded
    from chain n join messages o on o.tenant_id = $1 and o.id = n.resend_of
    where o.tenant_id = $1)
select id, state, created_at, superseded from chain order by id limit 100`

// What repeats a message that is no campaign's is among the contact's later ones, which are few.
const sqlRepeats = `
select m.id from contact_messages x join messages m on m.tenant_id = $1 and m.id = x.message_id
where x.tenant_id = $1 and x.contact_id = $2 and x.message_id > $3 and m.resend_of = $3 and m.id > $3`

// readStory reads what was recorded of a message, in the caller's transaction.
func (s *Service) readStory(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (*story, error) {
	rows, err := tx.Query(ctx, sqlStory, tenant, id)
	if err != nil {
		return nil, err
	}
	st := &story{now: s.Clock.Now(), attempts: []Linked{}}
	if st.storyRow, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[storyRow]); err != nil || st.Direction == "in" {
		return st, err
	}
	for _, read := range []func(context.Context, pgx.Tx, uuid.UUID) error{st.readIncidents, st.readDecisions, st.readAttempts, st.readConsent} {
		if err := read(ctx, tx, tenant); err != nil {
			return nil, err
		}
	}
	if st.postings, err = s.Billing.Postings(ctx, tx, tenant, id); err != nil {
		return nil, err
	}
	st.rates, err = s.Billing.Rates(ctx, tx, tenant)
	return st, err
}

func (st *story) readIncidents(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	rows, err := tx.Query(ctx, sqlIncidents, tenant, st.ID)
	if err != nil {
		return err
	}
	st.incidents, err = pgx.CollectRows(rows, pgx.RowToStructByName[toldIncident])
	return err
}

// readDecisions reads what was decided about the campaign until the message left its queue.
func (st *story) readDecisions(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	if st.Origin != OriginCampaign || st.CampaignID == nil {
		return nil
	}
	rows, err := tx.Query(ctx, sqlCampaignDecisions, tenant, *st.CampaignID, st.leftQueue())
	if err != nil {
		return err
	}
	st.log, err = pgx.CollectRows(rows, pgx.RowToStructByName[logged])
	return err
}

// leftQueue is when the message was last taken from its queue; now while it waits. The end of one that
// was claimed is no such moment: WhatsApp dates it, in whole seconds.
func (st *story) leftQueue() time.Time {
	switch {
	case st.State == Queued:
		return st.now
	case st.decidedAt() != nil:
		return *st.decidedAt()
	case st.EndedAt != nil:
		return *st.EndedAt
	}
	return st.now
}

func (st *story) readAttempts(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	from := []uuid.UUID{st.ID}
	if st.Latest != nil && *st.Latest != st.ID {
		from = append(from, *st.Latest)
	}
	if st.CampaignID == nil {
		rows, err := tx.Query(ctx, sqlRepeats, tenant, st.ContactID, st.ID)
		if err != nil {
			return err
		}
		repeats, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		if err != nil {
			return err
		}
		from = append(from, repeats...)
	}
	rows, err := tx.Query(ctx, sqlAttempts, tenant, from)
	if err != nil {
		return err
	}
	found, err := pgx.CollectRows(rows, scanLinked)
	if len(found) > 1 {
		st.attempts = found
	}
	for i := range st.attempts {
		st.attempts[i].Number, st.attempts[i].This = i+1, st.attempts[i].ID == st.ID
	}
	return err
}

func scanLinked(row pgx.CollectableRow) (l Linked, err error) {
	return l, row.Scan(&l.ID, &l.State, &l.At, &l.Superseded)
}

// readConsent reads the entry of the consent record on which the gate's decision stood.
func (st *story) readConsent(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
	at := st.decidedAt()
	if at == nil {
		return nil
	}
	purpose := consent.Marketing
	if st.category() == string(consent.KindUtility) {
		purpose = consent.Utility
	}
	if st.record, err = consent.StandingAt(ctx, tx, tenant, st.ContactID, purpose, *at); err != nil {
		return fmt.Errorf("read consent: %w", err)
	}
	return nil
}

// decidedAt is when the gate decided; nil: it has not yet.
func (st *story) decidedAt() *time.Time {
	if st.State == Refused {
		return st.EndedAt
	}
	return st.ClaimedAt
}

// category is what the message is sent as: as priced, or as its template is now.
func (st *story) category() string {
	switch {
	case st.Category != "":
		return st.Category
	case st.TemplateID == nil:
		return CategoryService
	}
	return st.TemplateIs
}
