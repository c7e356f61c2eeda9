package sqlcheck

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const readTables = `
select c.relname, c.relrowsecurity, coalesce(p.relname, '')
from pg_class c
left join pg_inherits i on i.inhrelid = c.oid
left join pg_class p on p.oid = i.inhparent
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`

// ReadSchema reads the tables of a migrated database.
func ReadSchema(ctx context.Context, pool *pgxpool.Pool) (Schema, error) {
	rows, err := pool.Query(ctx, readTables)
	if err != nil {
		return Schema{}, fmt.Errorf("read schema: %w", err)
	}
	s := Schema{Tables: map[string]Table{}, Partial: map[string]bool{}}
	var name string
	var t Table
	_, err = pgx.ForEachRow(rows, []any{&name, &t.Tenant, &t.Parent}, func() error {
		t.Large = slices.Contains(large(), name) || slices.Contains(large(), t.Parent)
		s.Tables[name] = t
		return nil
	})
	if err != nil {
		return Schema{}, fmt.Errorf("read schema: %w", err)
	}
	return s, s.readPartial(ctx, pool)
}

const readPartialIndexes = `
select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
where c.relnamespace = 'public'::regnamespace and i.indpred is not null`

func (s Schema) readPartial(ctx context.Context, pool *pgxpool.Pool) error {
	rows, err := pool.Query(ctx, readPartialIndexes)
	if err != nil {
		return fmt.Errorf("read partial indexes: %w", err)
	}
	var name string
	_, err = pgx.ForEachRow(rows, []any{&name}, func() error {
		s.Partial[name] = true
		return nil
	})
	return err
}
