package paymentrequest

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
)

// What becomes of requests when people ask for what is kept, are erased, or turn out to be one.
const (
	sqlKept = `
select jsonb_build_object('askedAt', r.created_at, 'amount', r.amount, 'currency', r.currency, 'status', r.status, 'paidAmount', r.paid_amount,
    'paidAt', r.paid_at, 'method', r.method, 'reference', r.reference, 'transaction', r.transaction_id, 'failure', r.failure)
from payment_requests r where r.tenant_id = $1 and r.contact_id = any($2) order by r.message_id`
	sqlForget = `update payment_requests set failure = '' where tenant_id = $1 and contact_id = any($2) and failure <> ''`
	sqlCarry  = `update payment_requests set contact_id = $3 where tenant_id = $1 and contact_id = $2 returning message_id`
	sqlReturn = `update payment_requests set contact_id = $3 where tenant_id = $1 and contact_id = $2 and message_id = any($4)`
)

// Kept are the contacts' requests as objects of JSON.
func Kept(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) ([]json.RawMessage, error) {
	return db.Objects(ctx, tx, sqlKept, tenant, contacts)
}

// Forget takes away the gateway's words. What was paid, and by which transaction, stays for the business's
// books; what it was for goes with the message.
func (s *Service) Forget(ctx context.Context, tenant uuid.UUID, contacts []uuid.UUID) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlForget, tenant, contacts)
		return err
	})
}

// Carry gives one contact's requests to another: they are shown in the conversation that stays.
func Carry(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID) (any, error) {
	rows, err := tx.Query(ctx, sqlCarry, tenant, goes, stays)
	if err != nil {
		return nil, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return ids, nil
}

// Return gives them back.
func Return(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID, raw json.RawMessage) error {
	var ids []uuid.UUID
	if err := json.Unmarshal(raw, &ids); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlReturn, tenant, stays, goes, ids)
	return err
}
