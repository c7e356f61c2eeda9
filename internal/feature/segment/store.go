package segment

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

const columns = `s.id, s.name, s.query, s.created_at, s.updated_at`

const (
	sqlSegments      = `select ` + columns + ` from segments s where s.tenant_id = $1 order by s.name_key, s.id`
	sqlSegmentByID   = `select ` + columns + ` from segments s where s.tenant_id = $1 and s.id = $2`
	sqlCountSegments = `select count(*) from segments where tenant_id = $1`
	sqlInsert        = `
insert into segments (tenant_id, id, name, name_key, query, created_by, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $7)`
	sqlUpdate = `update segments set name = $3, name_key = $4, query = $5, updated_at = $6 where tenant_id = $1 and id = $2`
	sqlDelete = `delete from segments where tenant_id = $1 and id = $2`
)

func scan(row pgx.CollectableRow) (Segment, error) {
	var s Segment
	err := row.Scan(&s.ID, &s.Name, &s.Query, &s.CreatedAt, &s.UpdatedAt)
	return s, err
}

func all(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Segment, error) {
	rows, err := tx.Query(ctx, sqlSegments, tenant)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scan)
}

func byID(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Segment, error) {
	rows, err := tx.Query(ctx, sqlSegmentByID, tenant, id)
	if err != nil {
		return Segment{}, err
	}
	found, err := pgx.CollectExactlyOneRow(rows, scan)
	if errors.Is(err, pgx.ErrNoRows) {
		return Segment{}, fault.NotFound("There is no segment with this id.")
	}
	return found, err
}

func insert(ctx context.Context, tx pgx.Tx, tenant, by uuid.UUID, s Segment) error {
	var author *uuid.UUID
	if by != uuid.Nil {
		author = &by
	}
	_, err := tx.Exec(ctx, sqlInsert, tenant, s.ID, s.Name, strings.ToLower(s.Name), s.Query, author, s.CreatedAt)
	return named(err)
}

func update(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, s Segment) error {
	_, err := tx.Exec(ctx, sqlUpdate, tenant, s.ID, s.Name, strings.ToLower(s.Name), s.Query, s.UpdatedAt)
	return named(err)
}

func named(err error) error {
	if db.IsUnique(err, "segments_name") {
		return fault.Conflict("There is a segment with this name.").WithCode("name_taken").At("body.name", "Choose another name.")
	}
	return err
}

func remove(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) error {
	done, err := tx.Exec(ctx, sqlDelete, tenant, id)
	if err == nil && done.RowsAffected() == 0 {
		return fault.NotFound("There is no segment with this id.")
	}
	return err
}

// statement puts fragments into one statement whose first argument is the tenant.
func statement(tenant uuid.UUID, parts ...Fragment) (string, []any) {
	var text strings.Builder
	args := []any{tenant}
	for _, part := range parts {
		rest := part.Text
		for _, arg := range part.Args {
			before, after, _ := strings.Cut(rest, "?")
			args = append(args, arg)
			text.WriteString(before + "$" + strconv.Itoa(len(args)))
			rest = after
		}
		text.WriteString(rest)
	}
	return text.String(), args
}

func fromContacts() Fragment { return write(" from contacts c") }

// Count counts the contacts that a query lets through. Its plan is made for these very values: a
// plan for any values takes a tag of ten people for one of a million.
func (c Compiled) Count(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (int64, error) {
	if err := db.GiveRoom(ctx, tx); err != nil {
		return 0, err
	}
	sql, args := statement(tenant, write("-- reads all: a count\nselect count(*)"), fromContacts(), c.Joins,
		write("\nwhere c.tenant_id = $1 and c.deleted_at is null and "), c.Where)
	var n int64
	err := tx.QueryRow(ctx, sql, append([]any{pgx.QueryExecModeCacheDescribe}, args...)...).Scan(&n)
	return n, err
}

// Row is a contact as a sample shows it.
type Row struct {
	ID        uuid.UUID `json:"id"`
	Name      string    `json:"name"`
	Phone     string    `json:"phone,omitempty"`
	Market    string    `json:"market,omitempty"`
	CreatedAt time.Time `json:"createdAt"`
}

// manyOf is how many contacts a query must let through for its newest to be looked for from the
// newest on: of fewer, all are found first.
const manyOf = 10_000

// sample reads the newest contacts that a query lets through, of so many.
func (c Compiled) sample(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, of int64, n int) ([]Row, error) {
	if of == 0 {
		return []Row{}, nil
	}
	row := "c.id, c.name, coalesce(c.phone, '') as phone, c.market, c.created_at"
	begin, end := write("-- reads all: a sample\nselect "+row), write("\norder by c.id desc limit ?", n)
	if of < manyOf {
		begin = write("-- reads all: a sample\nwith c as materialized (select " + row)
		end = write(")\nselect c.id, c.name, c.phone, c.market, c.created_at from c order by c.id desc limit ?", n)
	}
	sql, args := statement(tenant, begin, fromContacts(), c.Joins, write("\nwhere c.tenant_id = $1 and c.deleted_at is null and "), c.Where, end)
	rows, err := tx.Query(ctx, sql, append([]any{pgx.QueryExecModeCacheDescribe}, args...)...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Row])
}
