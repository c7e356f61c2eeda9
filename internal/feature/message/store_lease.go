package message

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// lease is the right of one worker to send through one channel.
type lease struct {
	channel uuid.UUID
	tenant  uuid.UUID
	token   int64
}

// A lane that lapsed or never had a holder is taken with a new token; expiry is
// judged by the database's clock alone.
const sqlTakeLane = `
update lanes set token = token + 1, holder = $2, expires_at = clock_timestamp() + $3::interval
where channel_id = $1 and expires_at <= clock_timestamp()
returning token, tenant_id`

const sqlRenewLane = `
update lanes set expires_at = clock_timestamp() + $3::interval
where channel_id = $1 and token = $2 and expires_at > clock_timestamp()`

const sqlReleaseLane = `
update lanes set expires_at = '-infinity', holder = ''
where channel_id = $1 and token = $2`

// The lane row is locked for the rest of the claim, so no other worker can take it
// meanwhile. The claim lapses by the clock read here.
const sqlLockLane = `
select token = $2 and expires_at > clock_timestamp(), clock_timestamp() from lanes where channel_id = $1 for update`

const sqlInsertLane = `
insert into lanes (channel_id, tenant_id) values ($1, $2) on conflict (channel_id) do nothing`

func takeLane(ctx context.Context, tx pgx.Tx, channel uuid.UUID, holder string, d time.Duration) (lease, error) {
	l := lease{channel: channel}
	err := tx.QueryRow(ctx, sqlTakeLane, channel, holder, d).Scan(&l.token, &l.tenant)
	return l, err
}

func renewLane(ctx context.Context, tx pgx.Tx, l lease, d time.Duration) (bool, error) {
	tag, err := tx.Exec(ctx, sqlRenewLane, l.channel, l.token, d)
	return tag.RowsAffected() == 1, err
}

func releaseLane(ctx context.Context, tx pgx.Tx, l lease) error {
	_, err := tx.Exec(ctx, sqlReleaseLane, l.channel, l.token)
	return err
}

func insertLane(ctx context.Context, tx pgx.Tx, channel, tenant uuid.UUID) error {
	_, err := tx.Exec(ctx, sqlInsertLane, channel, tenant)
	return err
}
