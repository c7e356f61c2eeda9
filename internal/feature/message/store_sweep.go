package message

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// systemAllLanes lists lanes with their holder's token, 0 when nobody holds them.
const systemAllLanes = `
select channel_id, tenant_id, case when expires_at > clock_timestamp() then token else 0 end
from lanes order by tenant_id, channel_id`

func allLanes(ctx context.Context, tx pgx.Tx) ([]lease, error) {
	rows, err := tx.Query(ctx, systemAllLanes)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (lease, error) {
		var l lease
		return l, r.Scan(&l.channel, &l.tenant, &l.token)
	})
}

const sqlDueChannels = `
select distinct channel_id from messages where tenant_id = $1 and due_at <= $2`

func dueChannels(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, now time.Time) ([]uuid.UUID, error) {
	rows, err := tx.Query(ctx, sqlDueChannels, tenant, now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

// overdue is a claim that lapsed, by the database's clock.
type overdue struct {
	ID    uuid.UUID
	Claim uuid.UUID
}

const sqlOverdue = `
select id, claim from messages
where tenant_id = $1 and deadline < clock_timestamp() and state = 'sending'
order by deadline, id limit $2`

func overdueClaims(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, limit int) ([]overdue, error) {
	rows, err := tx.Query(ctx, sqlOverdue, tenant, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[overdue])
}

const sqlDoubtsPast = `
select id from messages
where tenant_id = $1 and deadline < $2 and state = 'in_doubt'
order by deadline, id limit $3`

func doubtsPast(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, before time.Time, limit int) ([]uuid.UUID, error) {
	rows, err := tx.Query(ctx, sqlDoubtsPast, tenant, before, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

const sqlUndelivered = `
select id from messages
where tenant_id = $1 and id >= $2 and id < $3 and state in ('accepted', 'sent')
order by id limit $4`

func undeliveredBetween(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, from, to time.Time, limit int) ([]uuid.UUID, error) {
	rows, err := tx.Query(ctx, sqlUndelivered, tenant, ident.At(from), ident.At(to), limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

// The oldest evidence not yet taken in: deliveries, and statuses set aside that may soon
// be matched. One that nobody knew for a minute must not keep every doubt open.
const systemOldestWaiting = `
select least(
    (select received_at from webhook_deliveries where waiting order by id limit 1),
    (select created_at from set_asides
     where kind = 'status' and next_at is not null and resolved_at is null and attempts < $1
     order by created_at limit 1))`

func oldestWaiting(ctx context.Context, tx pgx.Tx) (time.Time, error) {
	var oldest *time.Time
	err := tx.QueryRow(ctx, systemOldestWaiting, evidenceTries).Scan(&oldest)
	return value(oldest), err
}

// A claim or a doubt that nobody looked at in time; a minute is the sweepers' grace.
const sqlLeftOpen = `
select count(*) from messages
where tenant_id = $1 and deadline < clock_timestamp() - interval '1 minute' and state in ('sending', 'in_doubt')`

// Overdue says how many messages are in the open past their deadline.
func (s *Service) Overdue(ctx context.Context, tenant uuid.UUID) (n int64, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlLeftOpen, tenant).Scan(&n)
	})
	return n, err
}
