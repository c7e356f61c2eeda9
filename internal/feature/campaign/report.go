package campaign

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// Recipient is one person of a campaign with the outcome of their message.
type Recipient struct {
	ContactID   uuid.UUID            `json:"contactId"`
	MessageID   uuid.UUID            `json:"messageId"`
	Name        string               `json:"name"`
	Phone       string               `json:"phone"`
	Variant     string               `json:"variant,omitempty" doc:"A, B, … where the campaign has several"`
	Outcome     string               `json:"outcome"`
	Reason      string               `json:"reason,omitempty"`
	Explanation *message.Explanation `json:"explanation,omitempty" doc:"Why, in plain words, and what to do"`
	AcceptedAt  *time.Time           `json:"acceptedAt,omitempty"`
	DeliveredAt *time.Time           `json:"deliveredAt,omitempty"`
	ReadAt      *time.Time           `json:"readAt,omitempty"`
	RepliedAt   *time.Time           `json:"repliedAt,omitempty"`
	Attempts    int                  `json:"attempts"`
	RetryAt     *time.Time           `json:"retryAt,omitempty" doc:"When a failure is tried again"`
	Charged     money.Amount         `json:"charged"`
}

const recipientColumns = `r.contact_id, r.message_id, coalesce(c.name, ''), coalesce(c.phone, ''), r.variant,
    case when r.state in ('cancelled', 'duplicate', 'held_out') then r.state else coalesce(m.state, 'pending') end,
    coalesce(r.reason, m.reason, ''), m.accepted_at, m.delivered_at, m.read_at, r.replied_at, r.attempts, r.retry_at,
    coalesce(m.posted_base + m.posted_markup, 0)`

// Of a campaign's people those after one contact, up to another, of one variant or of any.
const recipientJoins = `
from campaign_recipients r
left join messages m on m.tenant_id = $1 and m.id = r.message_id
left join contacts c on c.tenant_id = $1 and c.id = r.contact_id
where r.tenant_id = $1 and r.campaign_id = $2 and r.contact_id > $3 and r.contact_id <= $6 and ($5::smallint = 0 or r.variant = $5)`

const recipientOrder = `
order by r.contact_id limit $4`

const sqlRecipients = `select ` + recipientColumns + recipientJoins + recipientOrder

// Those people ask about have an index of their own.
const sqlRecipientsAsked = `select ` + recipientColumns + recipientJoins + ` and r.outcome = $7 and ($8 = '' or r.reason = $8)` + recipientOrder

const sqlRecipientsIn = `select ` + recipientColumns + recipientJoins + ` and m.state = any($7)` + recipientOrder

const sqlRecipientsPending = `select ` + recipientColumns + recipientJoins + ` and r.state in ('pending', 'resting')` + recipientOrder

const sqlRecipientsReplied = `select ` + recipientColumns + recipientJoins + ` and r.replied_at is not null` + recipientOrder

const sqlRecipientsSilent = `select ` + recipientColumns + recipientJoins + ` and m.state = 'read' and r.replied_at is null` + recipientOrder

const sqlRecipientsRetrying = `select ` + recipientColumns + recipientJoins + ` and r.retry_at is not null` + recipientOrder

// People narrows a campaign's recipients.
type People struct {
	Outcome string // one number of the report; empty: everybody
	Reason  string // one reason of that outcome
	Variant int16  // 0: any
}

// Recipients lists a campaign's people by contact id, up to limit after one.
func (s *Service) Recipients(ctx context.Context, id uuid.UUID, p People, after uuid.UUID, limit int) (found []Recipient, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := byID(ctx, tx, tenant, id); err != nil {
			return notFound(err)
		}
		found, err = p.list(ctx, tx, tenant, id, between{after, uuid.Max}, limit)
		return err
	})
	return found, err
}

// lookedAt is how many of a campaign's people one page looks at where no index knows the outcome: a
// page may have fewer people than were asked for, or none, and another after it.
const lookedAt = 10_000

// RecipientsPage is a page of them. Its cost is bounded, however rare the outcome is.
func (s *Service) RecipientsPage(ctx context.Context, id uuid.UUID, p People, after uuid.UUID, limit int) (page web.Page[Recipient], err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := byID(ctx, tx, tenant, id); err != nil {
			return notFound(err)
		}
		part := between{after, uuid.Max}
		if !p.indexed() {
			if part, err = peopleAfter(ctx, tx, tenant, id, after); err != nil {
				return fmt.Errorf("bound a page: %w", err)
			}
		}
		found, err := p.list(ctx, tx, tenant, id, part, limit+1)
		if err != nil {
			return err
		}
		page = web.PageOf(found, limit, func(r Recipient) any { return r.ContactID })
		if page.Next == "" && part.until != uuid.Max {
			page.Next = web.EncodeCursor(part.until)
		}
		return nil
	})
	return page, err
}

// between is contact ids above one, up to another.
type between struct{ after, until uuid.UUID }

const sqlPeopleAfter = `
select contact_id from campaign_recipients where tenant_id = $1 and campaign_id = $2 and contact_id > $3 order by contact_id limit $4`

// peopleAfter is the next of a campaign's people, as many as one page looks at.
func peopleAfter(ctx context.Context, tx pgx.Tx, tenant, id, after uuid.UUID) (between, error) {
	ids, err := collectIDs(tx.Query(ctx, sqlPeopleAfter, tenant, id, after, lookedAt))
	if err != nil || len(ids) < lookedAt {
		return between{after, uuid.Max}, err
	}
	return between{after, ids[len(ids)-1]}, nil
}

// list reads those between two ids.
func (p People) list(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, part between, limit int) ([]Recipient, error) {
	sql, more, err := p.query()
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, sql, append([]any{tenant, id, part.after, limit, p.Variant, part.until}, more...)...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanRecipient)
}

// indexed says that these people are found without looking at others.
func (p People) indexed() bool {
	switch p.Outcome {
	case "", "replied", "retrying", string(stateHeldOut):
		return p.Variant == 0
	}
	return p.Variant == 0 && p.Reason == "" && asked[message.State(p.Outcome)]
}

// query is the statement for these people and what it takes beside the usual.
func (p People) query() (sql string, more []any, err error) {
	state := message.State(p.Outcome)
	switch {
	case p.Outcome == "":
		return sqlRecipients, nil, nil
	case p.Outcome == "pending":
		return sqlRecipientsPending, nil, nil
	case p.Outcome == "replied":
		return sqlRecipientsReplied, nil, nil
	case p.Outcome == "read_no_reply":
		return sqlRecipientsSilent, nil, nil
	case p.Outcome == "retrying":
		return sqlRecipientsRetrying, nil, nil
	case asked[state] || p.Outcome == string(stateHeldOut):
		return sqlRecipientsAsked, []any{p.Outcome, p.Reason}, nil
	case p.Outcome == "waiting":
		return sqlRecipientsIn, []any{[]string{"queued", "sending"}}, nil
	case slices.Contains(message.States(), state):
		return sqlRecipientsIn, []any{[]string{p.Outcome}}, nil
	}
	return "", nil, fault.Invalid("There is no such outcome.").At("query.outcome", "Unknown: "+p.Outcome)
}

func scanRecipient(r pgx.CollectableRow) (Recipient, error) {
	var p Recipient
	var variant int16
	err := r.Scan(&p.ContactID, &p.MessageID, &p.Name, &p.Phone, &variant, &p.Outcome, &p.Reason, &p.AcceptedAt, &p.DeliveredAt, &p.ReadAt,
		&p.RepliedAt, &p.Attempts, &p.RetryAt, &p.Charged)
	if variant > 0 {
		p.Variant = variantName(variant)
	}
	if asked[message.State(p.Outcome)] {
		p.Explanation = explain(p.Reason)
	}
	return p, err
}

// explain reads a recipient's reason: one of ours, or "meta:" and Meta's code.
func explain(reason string) *message.Explanation {
	code := 0
	if text, isMeta := strings.CutPrefix(reason, "meta:"); isMeta {
		code, _ = strconv.Atoi(text)
	}
	e := message.Explain(reason, code)
	return &e
}

// Failure is one reason why people were not reached, how many, and what to do.
type Failure struct {
	Outcome     string              `json:"outcome"`
	Reason      string              `json:"reason"`
	Count       int64               `json:"count"`
	Explanation message.Explanation `json:"explanation"`
}

const sqlFailures = `
select outcome, coalesce(reason, ''), count(*) from campaign_recipients
where tenant_id = $1 and campaign_id = $2 and outcome is not null and outcome <> 'held_out'
group by 1, 2 order by 3 desc, 1, 2`

// Failures groups the people not reached by reason, the commonest first.
func (s *Service) Failures(ctx context.Context, id uuid.UUID) (found []Failure, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := byID(ctx, tx, tenant, id); err != nil {
			return notFound(err)
		}
		rows, err := tx.Query(ctx, sqlFailures, tenant, id)
		if err != nil {
			return err
		}
		found, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (f Failure, err error) {
			err = r.Scan(&f.Outcome, &f.Reason, &f.Count)
			f.Explanation = *explain(f.Reason)
			return f, err
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("group failures: %w", err)
	}
	return found, nil
}
