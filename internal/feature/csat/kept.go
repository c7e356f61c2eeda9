package csat

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
)

// What becomes of ratings when people ask for what is kept, are erased, or turn out to be one.
const (
	sqlKept = `
select jsonb_build_object('askedAt', a.asked_at, 'score', a.score, 'answeredAt', a.answered_at, 'comment', a.comment)
from csat_asks a where a.tenant_id = $1 and a.contact_id = any($2) and a.asked_at is not null order by a.asked_at, a.case_id`
	sqlForget = `update csat_asks set comment = '', comment_until = null, due_at = null where tenant_id = $1 and contact_id = any($2)`
	sqlCarry  = `update csat_asks set contact_id = $3 where tenant_id = $1 and contact_id = $2 returning case_id`
	sqlReturn = `update csat_asks set contact_id = $3 where tenant_id = $1 and contact_id = $2 and case_id = any($4)`
)

// Kept are the contacts' ratings as objects of JSON.
func Kept(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) ([]json.RawMessage, error) {
	return db.Objects(ctx, tx, sqlKept, tenant, contacts)
}

// Forget takes away what the contacts wrote. That somebody rated a case, and how, stays.
func (s *Service) Forget(ctx context.Context, tenant uuid.UUID, contacts []uuid.UUID) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlForget, tenant, contacts)
		return err
	})
}

// Carry gives one contact's ratings to another.
func Carry(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID) (any, error) {
	rows, err := tx.Query(ctx, sqlCarry, tenant, goes, stays)
	if err != nil {
		return nil, err
	}
	cases, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil || len(cases) == 0 {
		return nil, err
	}
	return cases, nil
}

// Return gives them back.
func Return(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID, raw json.RawMessage) error {
	var cases []uuid.UUID
	if err := json.Unmarshal(raw, &cases); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlReturn, tenant, stays, goes, cases)
	return err
}
