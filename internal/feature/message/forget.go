package message

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const (
	// In id order, like every transaction that touches messages.
	sqlLockForget = `select id from messages where tenant_id = $1 and id = any($2) and id between $3 and $4 order by id for update`
	sqlForget     = `
update messages set params = '[]', body = null, error_detail = null where tenant_id = $1 and id = any($2) and id between $3 and $4`
	sqlLoose = `select message_id from contact_messages where tenant_id = $1 and contact_id = any($2) order by message_id`
)

// Forget erases what messages said. That they were, how far they came and what they cost stays,
// so the ledger proves what it proved.
func (s *Service) Forget(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) error {
	if len(ids) == 0 {
		return nil
	}
	low, high := bounds(ids)
	if _, err := tx.Exec(ctx, sqlLockForget, tenant, ids, low, high); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, sqlForget, tenant, ids, low, high); err != nil {
		return err
	}
	return s.dropParts(ctx, tx, tenant, ids)
}

// ForgetLoose does so with the contacts' messages of no campaign, in a transaction of its own.
func (s *Service) ForgetLoose(ctx context.Context, tenant uuid.UUID, contacts []uuid.UUID) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlLoose, tenant, contacts)
		if err != nil {
			return err
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		if err != nil {
			return err
		}
		return s.Forget(ctx, tx, tenant, ids)
	})
}
