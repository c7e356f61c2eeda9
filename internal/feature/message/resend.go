package message

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Resend is a new attempt at a message: a new row with an id of its own.
type Resend struct{ Of, ID uuid.UUID }

// Resend queues new attempts at messages that failed, in the caller's transaction, and returns
// those it queued. Each first attempt is locked and marked superseded, so that there is one new
// attempt however often it is asked for, and what is reported on the old one later moves only its
// money. The new row takes the old one's words and a hold of its own; the gate decides on it anew.
func (s *Service) Resend(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Resend) ([]Resend, error) {
	ids := make([]uuid.UUID, len(list))
	byOld := make(map[uuid.UUID]Resend, len(list))
	for i, r := range list {
		ids[i], byOld[r.Of] = r.Of, r
	}
	locked, err := lockFailed(ctx, tx, tenant, ids, []string{string(Failed)})
	if err != nil || len(locked) == 0 {
		return nil, err
	}
	made := make([]Resend, len(locked))
	for i, id := range locked {
		made[i] = byOld[id]
	}
	return made, resend(ctx, tx, tenant, made, s.Clock.Now())
}

// again are the states that a person may send again from: they know best whether a second copy of what
// may have arrived would do harm.
func again() []string {
	return []string{string(Failed), string(Unknown), string(Expired), string(Refused), string(Cancelled)}
}

// Again queues a new attempt at one message of a person's choosing, and rings its lane; false: it cannot be
// sent again, or was already. The same id twice is one attempt.
func (s *Service) Again(ctx context.Context, tx pgx.Tx, tenant, channel uuid.UUID, r Resend) (bool, error) {
	var done bool
	if err := tx.QueryRow(ctx, sqlAttempted, tenant, r.ID, r.Of).Scan(&done); err != nil || done {
		return done, err
	}
	locked, err := lockFailed(ctx, tx, tenant, []uuid.UUID{r.Of}, again())
	if err != nil || len(locked) == 0 {
		return false, err
	}
	if err := resend(ctx, tx, tenant, []Resend{r}, s.Clock.Now()); err != nil {
		return false, err
	}
	if _, err := tx.Exec(ctx, sqlNoteAgain, tenant, r.ID); err != nil {
		return false, err
	}
	if s.Hooks.Repeated != nil {
		if err := s.Hooks.Repeated(ctx, tx, tenant, r); err != nil {
			return false, fmt.Errorf("tell of a new attempt: %w", err)
		}
	}
	return true, s.Ring(ctx, tx, channel)
}

const sqlAttempted = `select exists (select 1 from messages where tenant_id = $1 and id = $2 and resend_of = $3)`

// The contact's timeline finds it as it found the first.
const sqlNoteAgain = `
insert into contact_messages (tenant_id, contact_id, message_id)
select $1, m.contact_id, m.id from messages m where m.tenant_id = $1 and m.id = $2
on conflict (tenant_id, contact_id, message_id) do nothing`

const sqlLockFailed = `
select id from messages
where tenant_id = $1 and id = any($2) and id between $3 and $4 and state = any($5) and not superseded
order by id for update`

// lockFailed locks the latest attempts among ids that ended in some states.
func lockFailed(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, states []string) ([]uuid.UUID, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	low, high := bounds(ids)
	rows, err := tx.Query(ctx, sqlLockFailed, tenant, ids, low, high, states)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

const sqlResend = `
insert into messages (tenant_id, id, channel_id, contact_id, campaign_id, variant, origin, priority, kind, template_id, params, body,
    state, due_at, created_at, resend_of, sent_by)
select $1, u.id, m.channel_id, m.contact_id, m.campaign_id, m.variant, m.origin, m.priority, m.kind, m.template_id, m.params, m.body,
    'queued', $4, $4, m.id, m.sent_by
from unnest($2::uuid[], $3::uuid[]) as u(id, resend_of)
join messages m on m.tenant_id = $1 and m.id = u.resend_of and m.id between $5 and $6
where m.tenant_id = $1
on conflict (tenant_id, id) do nothing`

const sqlSupersede = `
update messages m set superseded = true
from unnest($2::uuid[]) as u(id)
where m.tenant_id = $1 and m.id = u.id and m.id between $3 and $4`

func resend(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, made []Resend, now time.Time) error {
	news, olds := make([]uuid.UUID, len(made)), make([]uuid.UUID, len(made))
	for i, r := range made {
		news[i], olds[i] = r.ID, r.Of
	}
	low, high := bounds(olds)
	tag, err := tx.Exec(ctx, sqlResend, tenant, news, olds, now, low, high)
	if err != nil {
		return err
	}
	if tag.RowsAffected() != int64(len(made)) {
		return fmt.Errorf("queued %d of %d new attempts", tag.RowsAffected(), len(made))
	}
	_, err = tx.Exec(ctx, sqlSupersede, tenant, olds, low, high)
	return err
}
