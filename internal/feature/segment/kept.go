package segment

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
)

// What becomes of activity when people ask for what is kept, are erased, or turn out to be one.

const (
	sqlKeptActivity = `
select jsonb_build_object('writtenAt', a.written_at, 'sentAt', a.sent_at, 'deliveredAt', a.delivered_at, 'readAt', a.read_at, 'failedAt', a.failed_at)
from contact_activity a where a.tenant_id = $1 and a.contact_id = any($2) order by a.contact_id`
	sqlForgetActivity = `delete from contact_activity where tenant_id = $1 and contact_id = any($2)`
	sqlActivityOf     = `
select written_at, sent_at, delivered_at, read_at, failed_at from contact_activity where tenant_id = $1 and contact_id = $2 for update`
	sqlPutActivity = `
update contact_activity set written_at = $3, sent_at = $4, delivered_at = $5, read_at = $6, failed_at = $7
where tenant_id = $1 and contact_id = $2`
)

// KeptActivity are the contacts' activity as objects of JSON.
func KeptActivity(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) ([]json.RawMessage, error) {
	return db.Objects(ctx, tx, sqlKeptActivity, tenant, contacts)
}

// ForgetActivity removes it.
func (s *Service) ForgetActivity(ctx context.Context, tenant uuid.UUID, contacts []uuid.UUID) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlForgetActivity, tenant, contacts)
		return err
	})
}

// carriedActivity is what was known of the contact that stays before a merge and after it.
type carriedActivity struct {
	Before [5]*time.Time `json:"before"`
	After  [5]*time.Time `json:"after"`
}

// CarryActivity gives the contact that stays the later of both contacts' times.
func CarryActivity(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID) (any, error) {
	theirs, has, err := activityOf(ctx, tx, tenant, goes)
	if err != nil || !has {
		return nil, err
	}
	l := latest{stays: &theirs}
	before, _, err := activityOf(ctx, tx, tenant, stays)
	if err != nil {
		return nil, err
	}
	if err := l.write(ctx, tx, tenant); err != nil {
		return nil, err
	}
	after, _, err := activityOf(ctx, tx, tenant, stays)
	return carriedActivity{before, after}, err
}

// ReturnActivity puts back the times that are still as the merge left them.
func ReturnActivity(ctx context.Context, tx pgx.Tx, tenant, _, stays uuid.UUID, raw json.RawMessage) error {
	var was carriedActivity
	if err := json.Unmarshal(raw, &was); err != nil {
		return err
	}
	now, has, err := activityOf(ctx, tx, tenant, stays)
	if err != nil || !has {
		return err
	}
	for i := range now {
		if now[i] != nil && was.After[i] != nil && now[i].Equal(*was.After[i]) {
			now[i] = was.Before[i]
		}
	}
	if now == ([5]*time.Time{}) {
		_, err = tx.Exec(ctx, sqlForgetActivity, tenant, []uuid.UUID{stays})
		return err
	}
	_, err = tx.Exec(ctx, sqlPutActivity, tenant, stays, now[0], now[1], now[2], now[3], now[4])
	return err
}

func activityOf(ctx context.Context, tx pgx.Tx, tenant, contact uuid.UUID) (times [5]*time.Time, has bool, err error) {
	rows, err := tx.Query(ctx, sqlActivityOf, tenant, contact)
	if err != nil {
		return times, false, err
	}
	_, err = pgx.ForEachRow(rows, []any{&times[0], &times[1], &times[2], &times[3], &times[4]}, func() error { has = true; return nil })
	return times, has, err
}
