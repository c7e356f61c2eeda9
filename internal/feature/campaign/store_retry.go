package campaign

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
)

// dueRetry is a recipient whose time to be tried again has come.
type dueRetry struct {
	Contact, Message uuid.UUID
	Variant          int16
	Outcome          string
	ResendOf         *uuid.UUID
}

const sqlDueRetries = `
select r.contact_id, r.message_id, r.variant, coalesce(r.outcome, ''), m.resend_of
from campaign_recipients r
join messages m on m.tenant_id = $1 and m.id = r.message_id
where r.tenant_id = $1 and r.campaign_id = $2 and r.retry_at <= $3
order by r.retry_at limit $4`

func dueRetries(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, now time.Time, limit int) ([]dueRetry, error) {
	rows, err := tx.Query(ctx, sqlDueRetries, tenant, id, now, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[dueRetry])
}

// attempt is another message that stands for a recipient from now on.
type attempt struct {
	contact, was, is uuid.UUID
	variant          int16
	from, to         message.State
	more             int16 // attempts made, beyond those before
}

// attemptsOf says what became of each recipient that was due.
func attemptsOf(list []dueRetry, made []message.Resend, back []message.Restored) (out []attempt) {
	byMessage := make(map[uuid.UUID]dueRetry, len(list))
	for _, r := range list {
		byMessage[r.Message] = r
	}
	for _, m := range made {
		r := byMessage[m.Of]
		out = append(out, attempt{r.Contact, m.Of, m.ID, r.Variant, message.Failed, message.Queued, 1})
	}
	for _, b := range back {
		r := byMessage[b.Retry]
		out = append(out, attempt{r.Contact, b.Retry, b.ID, r.Variant, message.Refused, b.State, -1})
	}
	return out
}

const sqlAttempts = `
update campaign_recipients r set message_id = u.message_id, attempts = r.attempts + u.more, outcome = null, reason = null, retry_at = null
from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::smallint[]) as u(contact_id, was, message_id, more)
where r.tenant_id = $1 and r.campaign_id = $2 and r.contact_id = u.contact_id and r.message_id = u.was`

// storeAttempts counts and writes the recipients' new messages, and wakes the lane.
func (s *Service) storeAttempts(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, list []attempt) error {
	if len(list) == 0 {
		return nil
	}
	var t tally
	var contacts, was, is []uuid.UUID
	var more []int16
	for _, a := range list {
		t.on(a.variant, func(k *Counts) {
			k.add(a.from, -1)
			k.add(a.to, 1)
			k.Retrying--
		})
		contacts, was, is, more = append(contacts, a.contact), append(was, a.was), append(is, a.is), append(more, a.more)
	}
	if err := count(ctx, tx, tenant, c.ID, t); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, sqlAttempts, tenant, c.ID, contacts, was, is, more); err != nil {
		return err
	}
	if err := s.publish(ctx, tx, tenant, c.ID); err != nil {
		return err
	}
	return s.Messages.Ring(ctx, tx, c.ChannelID)
}

const sqlLockCounters = `select 1 from campaign_counters where tenant_id = $1 and campaign_id = $2 for update`

// lockCounters takes a campaign's counters before its recipients, in the order of the merge.
func lockCounters(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) error {
	_, err := tx.Exec(ctx, sqlLockCounters, tenant, id)
	return err
}

const sqlForgetRetries = `
with planned as (
    select contact_id from campaign_recipients
    where tenant_id = $1 and campaign_id = $2 and retry_at is not null
    order by retry_at limit $3)
update campaign_recipients r set retry_at = null
from planned p
where r.tenant_id = $1 and r.campaign_id = $2 and r.contact_id = p.contact_id
returning r.variant`

// forgetRetries drops planned attempts of a campaign that makes none any more, and says how many.
func (s *Service) forgetRetries(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (int, error) {
	if err := lockCounters(ctx, tx, tenant, id); err != nil {
		return 0, err
	}
	rows, err := tx.Query(ctx, sqlForgetRetries, tenant, id, closeChunk)
	if err != nil {
		return 0, err
	}
	variants, err := pgx.CollectRows(rows, pgx.RowTo[int16])
	if err != nil || len(variants) == 0 {
		return 0, err
	}
	var t tally
	for _, v := range variants {
		t.on(v, func(k *Counts) { k.Retrying-- })
	}
	return len(variants), count(ctx, tx, tenant, id, t)
}
