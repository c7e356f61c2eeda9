package sqlcheck

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// pretendRows is how many rows the planner is told each large table or partition has.
const pretendRows = 1_000_000

// Pretend makes the planner of a test's own database believe that the large tables are
// large. It needs a superuser and spoils the database for anything but plans: the planner
// multiplies the rows per page it remembers by the pages it sees, so one row is stored in
// every table, with whatever constraints were in its way removed.
func Pretend(ctx context.Context, conn *pgx.Conn, schema Schema) error {
	for name, table := range schema.Tables {
		if !table.Large {
			continue
		}
		if err := pretend(ctx, conn, name, table); err != nil {
			return fmt.Errorf("pretend that %s is large: %w", name, err)
		}
	}
	return nil
}

func pretend(ctx context.Context, conn *pgx.Conn, name string, table Table) error {
	partitioned := false
	err := conn.QueryRow(ctx, `select relkind = 'p' from pg_class where oid = $1::regclass`, name).Scan(&partitioned)
	if err != nil {
		return err
	}
	if table.Parent == "" { // constraints of partitions are their parent's
		if err := relax(ctx, conn, name); err != nil {
			return err
		}
	}
	if partitioned {
		return nil
	}
	if table.Parent != "" {
		if err := relax(ctx, conn, table.Parent); err != nil {
			return err
		}
	}
	if err := storeRow(ctx, conn, name); err != nil {
		return err
	}
	_, err = conn.Exec(ctx, `update pg_class set reltuples = $2, relpages = 1 where oid = $1::regclass`, name, pretendRows)
	return err
}

// relax removes checks and NOT NULL; a second call finds nothing to do.
func relax(ctx context.Context, conn *pgx.Conn, name string) error {
	const obstacles = `
select format('alter table %I drop constraint %I', $1::text, conname) from pg_constraint
where conrelid = $1::text::regclass and contype = 'c'
union all
select format('alter table %I alter column %I drop not null', $1::text, attname) from pg_attribute a
where attrelid = $1::text::regclass and attnum > 0 and attnotnull and not attisdropped and not exists (
    select from pg_index where indrelid = attrelid and indisprimary and a.attnum = any(indkey))`
	rows, err := conn.Query(ctx, obstacles, name)
	if err != nil {
		return err
	}
	statements, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, sql := range statements {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return err
		}
	}
	return nil
}

// storeRow inserts a row of primary key columns, in a partition the lowest its bounds allow.
func storeRow(ctx context.Context, conn *pgx.Conn, name string) error {
	const key = `
select a.attname, case t.typname
    when 'uuid' then quote_literal(coalesce(
        substring(pg_get_expr(c.relpartbound, c.oid) from 'FROM \(''([0-9a-f-]+)''\)'),
        '00000000-0000-0000-0000-000000000001'))
    when 'text' then quote_literal('acme')
    when 'timestamptz' then quote_literal('2026-01-01') else '1' end
from pg_index i
join pg_class c on c.oid = i.indrelid
join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
join pg_type t on t.oid = a.atttypid
where i.indrelid = $1::regclass and i.indisprimary`
	rows, err := conn.Query(ctx, key, name)
	if err != nil {
		return err
	}
	var column, value string
	var columns, values []string
	_, err = pgx.ForEachRow(rows, []any{&column, &value}, func() error {
		columns, values = append(columns, column), append(values, value)
		return nil
	})
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, fmt.Sprintf("set session_replication_role = replica; insert into %s (%s) values (%s)",
		pgx.Identifier{name}.Sanitize(), strings.Join(columns, ", "), strings.Join(values, ", ")))
	return err
}
