package message

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const systemInsertDeliveries = `
insert into webhook_deliveries (id, source, body, received_at)
select u.id, $1, u.body, u.received_at from unnest($2::uuid[], $3::bytea[], $4::timestamptz[]) as u(id, body, received_at)
returning 1`

func insertDeliveries(ctx context.Context, tx pgx.Tx, source string, batch []arrival) error {
	ids, bodies, times := make([]uuid.UUID, len(batch)), make([][]byte, len(batch)), make([]time.Time, len(batch))
	for i, a := range batch {
		ids[i], bodies[i], times[i] = a.id, a.body, a.at
	}
	_, err := tx.Exec(ctx, systemInsertDeliveries, source, ids, bodies, times)
	return err
}

// delivery is a body waiting to be applied.
type delivery struct {
	ID         uuid.UUID
	Body       []byte
	ReceivedAt time.Time
}

// Locked until applied: another worker takes the next ones, and a crash frees them.
const systemTakeDeliveries = `
select id, body, received_at from webhook_deliveries
where waiting and not (id = any($2)) order by id limit $1 for update skip locked`

// takeDeliveries locks waiting deliveries beside those the transaction has.
func takeDeliveries(ctx context.Context, tx pgx.Tx, has []uuid.UUID, limit int) ([]delivery, error) {
	if has == nil {
		has = []uuid.UUID{}
	}
	rows, err := tx.Query(ctx, systemTakeDeliveries, limit, has)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[delivery])
}

const systemMarkApplied = `
update webhook_deliveries d set waiting = null, applied_at = $2
from unnest($1::uuid[]) as u(id) where d.id = u.id and d.id between $3 and $4`

func markApplied(ctx context.Context, tx pgx.Tx, ids []uuid.UUID, at time.Time) error {
	low, high := bounds(ids)
	_, err := tx.Exec(ctx, systemMarkApplied, ids, at, low, high)
	return err
}

const systemReplay = `update webhook_deliveries set waiting = true where id = $1`

func replayDelivery(ctx context.Context, tx pgx.Tx, id uuid.UUID) error {
	return one(tx.Exec(ctx, systemReplay, id))
}

// one turns a statement that touched nothing into pgx.ErrNoRows.
func one(tag pgconn.CommandTag, err error) error {
	if err == nil && tag.RowsAffected() == 0 {
		return pgx.ErrNoRows
	}
	return err
}

// SetAside is an item of a delivery that could not be applied.
type SetAside struct {
	ID            uuid.UUID
	DeliveryID    uuid.UUID
	Kind          string
	Reason        string
	PhoneNumberID string
	WABAID        string
	Item          json.RawMessage
	Attempts      int
	NextAt        *time.Time
	CreatedAt     time.Time
}

const systemInsertSetAsides = `
insert into set_asides (id, delivery_id, kind, reason, phone_number_id, waba_id, item, attempts, next_at, created_at)
values ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9)
on conflict (id) do nothing`

func insertSetAsides(ctx context.Context, tx pgx.Tx, list []SetAside) error {
	if len(list) == 0 {
		return nil
	}
	var batch pgx.Batch
	for _, a := range list {
		batch.Queue(systemInsertSetAsides, a.ID, a.DeliveryID, a.Kind, a.Reason, a.PhoneNumberID, a.WABAID, a.Item, a.NextAt, a.CreatedAt)
	}
	return tx.SendBatch(ctx, &batch).Close()
}

const systemDueSetAsides = `
select id, delivery_id, kind, reason, phone_number_id, waba_id, item, attempts, next_at, created_at
from set_asides where next_at <= $1 and resolved_at is null
order by next_at, id limit $2 for update skip locked`

const systemOpenSetAsides = `
select id, delivery_id, kind, reason, phone_number_id, waba_id, item, attempts, next_at, created_at
from set_asides where resolved_at is null and (created_at, id) < ($1, $2)
order by created_at desc, id desc limit $3`

func dueSetAsides(ctx context.Context, tx pgx.Tx, now time.Time, limit int) ([]SetAside, error) {
	rows, err := tx.Query(ctx, systemDueSetAsides, now, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[SetAside])
}

func openSetAsides(ctx context.Context, tx pgx.Tx, before time.Time, beforeID uuid.UUID, limit int) ([]SetAside, error) {
	rows, err := tx.Query(ctx, systemOpenSetAsides, before, beforeID, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[SetAside])
}

const systemResolveSetAside = `update set_asides set resolved_at = $2, next_at = null where id = any($1)`

const systemPostponeSetAside = `
update set_asides s set attempts = s.attempts + 1, next_at = u.next_at
from unnest($1::uuid[], $2::timestamptz[]) as u(id, next_at) where s.id = u.id`

const systemRetrySetAside = `update set_asides set next_at = $2 where id = $1 and resolved_at is null`

func resolveSetAsides(ctx context.Context, tx pgx.Tx, ids []uuid.UUID, at time.Time) error {
	_, err := tx.Exec(ctx, systemResolveSetAside, ids, at)
	return err
}

func postponeSetAsides(ctx context.Context, tx pgx.Tx, ids []uuid.UUID, next []*time.Time) error {
	_, err := tx.Exec(ctx, systemPostponeSetAside, ids, next)
	return err
}

func retrySetAside(ctx context.Context, tx pgx.Tx, id uuid.UUID, at time.Time) error {
	return one(tx.Exec(ctx, systemRetrySetAside, id, at))
}

const systemSetAside = `
select id, delivery_id, kind, reason, phone_number_id, waba_id, item, attempts, next_at, created_at
from set_asides where id = $1 and resolved_at is null for update`

func setAsideByID(ctx context.Context, tx pgx.Tx, id uuid.UUID) (SetAside, error) {
	rows, err := tx.Query(ctx, systemSetAside, id)
	if err != nil {
		return SetAside{}, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[SetAside])
}
