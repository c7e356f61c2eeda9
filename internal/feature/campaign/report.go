package campaign

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// Recipient is one person of a campaign with the outcome of their message.
type Recipient struct {
	ContactID   uuid.UUID            `json:"contactId"`
	MessageID   uuid.UUID            `json:"messageId"`
	Name        string               `json:"name"`
	Phone       string               `json:"phone"`
	Outcome     string               `json:"outcome"`
	Reason      string               `json:"reason,omitempty"`
	Explanation *message.Explanation `json:"explanation,omitempty" doc:"Why, in plain words, and what to do"`
	AcceptedAt  *time.Time           `json:"acceptedAt,omitempty"`
	DeliveredAt *time.Time           `json:"deliveredAt,omitempty"`
	ReadAt      *time.Time           `json:"readAt,omitempty"`
	Charged     money.Amount         `json:"charged"`
}

const recipientColumns = `r.contact_id, r.message_id, coalesce(c.name, ''), coalesce(c.phone, ''),
    case when r.state in ('cancelled', 'duplicate') then r.state else coalesce(m.state, 'pending') end,
    coalesce(r.reason, m.reason, ''), m.accepted_at, m.delivered_at, m.read_at, coalesce(m.posted_base + m.posted_markup, 0)`

const recipientJoins = `
from campaign_recipients r
left join messages m on m.tenant_id = $1 and m.id = r.message_id
left join contacts c on c.tenant_id = $1 and c.id = r.contact_id`

const sqlRecipients = `select ` + recipientColumns + recipientJoins + `
where r.tenant_id = $1 and r.campaign_id = $2 and r.contact_id > $3
order by r.contact_id limit $4`

// Those people ask about have an index of their own.
const sqlRecipientsAsked = `select ` + recipientColumns + recipientJoins + `
where r.tenant_id = $1 and r.campaign_id = $2 and r.outcome = $5 and r.contact_id > $3 and ($6 = '' or r.reason = $6)
order by r.contact_id limit $4`

const sqlRecipientsIn = `select ` + recipientColumns + recipientJoins + `
where r.tenant_id = $1 and r.campaign_id = $2 and r.contact_id > $3 and m.state = any($5)
order by r.contact_id limit $4`

const sqlRecipientsPending = `select ` + recipientColumns + recipientJoins + `
where r.tenant_id = $1 and r.campaign_id = $2 and r.contact_id > $3 and r.state = 'pending'
order by r.contact_id limit $4`

// Recipients lists a campaign's people by contact id; outcome narrows to one number
// of the report, reason to one reason of it.
func (s *Service) Recipients(ctx context.Context, id uuid.UUID, outcome, reason string, after uuid.UUID, limit int) (found []Recipient, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := byID(ctx, tx, tenant, id); err != nil {
			return notFound(err)
		}
		rows, err := queryRecipients(ctx, tx, tenant, id, outcome, reason, after, limit)
		if err != nil {
			return err
		}
		found, err = pgx.CollectRows(rows, scanRecipient)
		return err
	})
	return found, err
}

func queryRecipients(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, outcome, reason string, after uuid.UUID, limit int) (pgx.Rows, error) {
	state := message.State(outcome)
	switch {
	case outcome == "":
		return tx.Query(ctx, sqlRecipients, tenant, id, after, limit)
	case outcome == "pending":
		return tx.Query(ctx, sqlRecipientsPending, tenant, id, after, limit)
	case asked[state]:
		return tx.Query(ctx, sqlRecipientsAsked, tenant, id, after, limit, outcome, reason)
	case outcome == "waiting":
		return tx.Query(ctx, sqlRecipientsIn, tenant, id, after, limit, []string{"queued", "sending"})
	}
	for _, known := range message.States() {
		if known == state {
			return tx.Query(ctx, sqlRecipientsIn, tenant, id, after, limit, []string{outcome})
		}
	}
	return nil, fault.Invalid("There is no such outcome.").At("query.outcome", "Unknown: "+outcome)
}

func scanRecipient(r pgx.CollectableRow) (Recipient, error) {
	var p Recipient
	err := r.Scan(&p.ContactID, &p.MessageID, &p.Name, &p.Phone, &p.Outcome, &p.Reason, &p.AcceptedAt, &p.DeliveredAt, &p.ReadAt, &p.Charged)
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
where tenant_id = $1 and campaign_id = $2 and outcome is not null
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
