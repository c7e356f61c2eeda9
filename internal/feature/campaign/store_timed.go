package campaign

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Those whose own time has come, locked. Those another feeder holds are left to it.
const sqlDueRecipients = `
select contact_id from campaign_recipients
where tenant_id = $1 and campaign_id = $2 and due_at <= $3 and state = any($5)
order by due_at, contact_id limit $4 for update skip locked`

func lockDue(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, now time.Time, limit int) ([]uuid.UUID, error) {
	return collectIDs(tx.Query(ctx, sqlDueRecipients, tenant, c.ID, now, limit, c.feeds()))
}

// Those who wait for no time of their own, locked.
const sqlUntimed = `
select contact_id from campaign_recipients
where tenant_id = $1 and campaign_id = $2 and contact_id > $3 and state = any($5) and due_at is null
order by contact_id limit $4 for update skip locked`

func lockUntimed(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, after uuid.UUID, limit int) ([]uuid.UUID, error) {
	return collectIDs(tx.Query(ctx, sqlUntimed, tenant, c.ID, after, limit, c.feeds()))
}

func collectIDs(rows pgx.Rows, err error) ([]uuid.UUID, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

const sqlSetDue = `
update campaign_recipients r set due_at = u.due_at
from unnest($3::uuid[], $4::timestamptz[]) as u(contact_id, due_at)
where r.tenant_id = $1 and r.campaign_id = $2 and r.contact_id = u.contact_id and r.contact_id between $5 and $6`

const sqlTimed = `update campaign_counters set timed = true, next_due = null where tenant_id = $1 and campaign_id = $2`

// setDue gives locked recipients a time of their own.
func setDue(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, contacts []uuid.UUID, due []time.Time) error {
	if len(contacts) == 0 {
		return nil
	}
	low, high := bounds(contacts)
	if _, err := tx.Exec(ctx, sqlSetDue, tenant, id, contacts, due, low, high); err != nil {
		return err
	}
	return markTimed(ctx, tx, tenant, id)
}

// markTimed notes that recipients of a campaign have times of their own, and that they may be due.
func markTimed(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) error {
	_, err := tx.Exec(ctx, sqlTimed, tenant, id)
	return err
}

const sqlNextDue = `select min(due_at) from campaign_recipients where tenant_id = $1 and campaign_id = $2 and due_at is not null and state = any($3)`

func nextDue(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) (next *time.Time, err error) {
	return next, tx.QueryRow(ctx, sqlNextDue, tenant, c.ID, c.feeds()).Scan(&next)
}

const sqlWait = `update campaign_counters set next_due = $3 where tenant_id = $1 and campaign_id = $2`

// wait leaves a campaign alone until a time; nil ends the waiting.
func wait(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, until *time.Time) error {
	_, err := tx.Exec(ctx, sqlWait, tenant, id, until)
	return err
}

const sqlDueLater = `
select due_at, count(*) from campaign_recipients
where tenant_id = $1 and campaign_id = $2 and due_at > $3
group by due_at order by due_at limit $4`

func dueLater(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, now time.Time) ([]Wait, error) {
	rows, err := tx.Query(ctx, sqlDueLater, tenant, id, now, mostWaits)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Wait])
}

// merge adds up those who wait until the same time, the earliest first.
func merge(waits []Wait) []Wait {
	slices.SortFunc(waits, func(a, b Wait) int { return a.Until.Compare(b.Until) })
	out := waits[:0]
	for _, w := range waits {
		if n := len(out); n > 0 && out[n-1].Until.Equal(w.Until) {
			out[n-1].People += w.People
			continue
		}
		out = append(out, w)
	}
	return out[:min(len(out), mostWaits)]
}

// bounds returns the lowest and the highest id, between which the rows lie.
func bounds(ids []uuid.UUID) (low, high uuid.UUID) {
	order := func(a, b uuid.UUID) int { return cmp.Compare(string(a[:]), string(b[:])) }
	return slices.MinFunc(ids, order), slices.MaxFunc(ids, order)
}
