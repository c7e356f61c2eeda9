package campaign

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Ending is a campaign that has gone out, or that something else than a person stopped.
type Ending struct {
	ID       uuid.UUID
	Halted   bool
	Occasion uuid.UUID   // of this ending: a campaign may be halted again
	Starters []uuid.UUID // who decided about it before
}

const sqlStarters = `
select distinct user_id from campaign_log where tenant_id = $1 and campaign_id = $2 and user_id is not null`

// ended tells of an ending, in its transaction.
func (s *Service) ended(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, halted bool) error {
	if s.Ended == nil {
		return nil
	}
	rows, err := tx.Query(ctx, sqlStarters, tenant, id)
	if err != nil {
		return fmt.Errorf("read who started a campaign: %w", err)
	}
	starters, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return fmt.Errorf("read who started a campaign: %w", err)
	}
	return s.Ended(ctx, tx, tenant, Ending{ID: id, Halted: halted, Occasion: ident.New(), Starters: starters})
}

const sqlNames = `select id, name from campaigns where tenant_id = $1 and id = any($2)`

// Names reads what campaigns are called, in the caller's transaction.
func (s *Service) Names(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]string, error) {
	names := make(map[uuid.UUID]string, len(ids))
	if len(ids) == 0 {
		return names, nil
	}
	rows, err := tx.Query(ctx, sqlNames, tenant, ids)
	if err != nil {
		return nil, fmt.Errorf("read names of campaigns: %w", err)
	}
	var id uuid.UUID
	var name string
	_, err = pgx.ForEachRow(rows, []any{&id, &name}, func() error { names[id] = name; return nil })
	return names, err
}
