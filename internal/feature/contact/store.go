package contact

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// columns are what scan reads, of contacts c.
const columns = `c.id, coalesce(c.phone, ''), coalesce(c.wa_id, ''), coalesce(c.bsuid, ''), c.name,
    coalesce(c.email, ''), coalesce(c.locale, ''), c.market, c.fields,
    c.opt_in, c.opt_in_source, c.opt_in_at, c.opt_in_evidence, c.utility_out, c.topics_out, c.marketing_days,
    c.suppressed_at, c.suppress_reason, c.suppressed_by, c.unreachable_at, c.unreachable_reason,
    c.window_open_until, c.stage_id, c.stage_at, c.owner_id, c.created_at, c.updated_at, c.deleted_at is not null`

func scan(row pgx.CollectableRow) (Contact, error) { return scanWith(row) }

// scanMerged reads columns and merged_into.
func scanMerged(row pgx.CollectableRow) (Contact, error) {
	var merged *uuid.UUID
	c, err := scanWith(row, &merged)
	if merged != nil {
		c.merged = *merged
	}
	return c, err
}

// scanWith reads columns, and more after them.
func scanWith(row pgx.CollectableRow, more ...any) (Contact, error) {
	var c Contact
	var suppressed, unreachable *time.Time
	var s Suppression
	var u Unreachable
	err := row.Scan(append([]any{&c.ID, &c.Phone, &c.WAID, &c.BSUID, &c.Name, &c.Email, &c.Locale, &c.Market, &c.Fields,
		&c.OptIn.State, &c.OptIn.Source, &c.OptIn.At, &c.OptIn.Evidence, &c.UtilityOut, &c.TopicsOut, &c.MarketingDays,
		&suppressed, &s.Reason, &s.By, &unreachable, &u.Reason,
		&c.WindowOpenUntil, &c.StageID, &c.StageAt, &c.OwnerID, &c.CreatedAt, &c.UpdatedAt, &c.deleted}, more...)...)
	if suppressed != nil {
		s.At = *suppressed
		c.Suppressed = &s
	}
	if unreachable != nil {
		u.At = *unreachable
		c.Unreachable = &u
	}
	return c, err
}

// valueColumns are what scanValues reads, of contacts c: what the values of a template are made of.
const valueColumns = `c.id, coalesce(c.phone, ''), coalesce(c.wa_id, ''), coalesce(c.bsuid, ''), c.name,
    coalesce(c.email, ''), coalesce(c.locale, ''), c.market, c.fields`

func scanValues(row pgx.CollectableRow) (c Contact, err error) {
	err = row.Scan(&c.ID, &c.Phone, &c.WAID, &c.BSUID, &c.Name, &c.Email, &c.Locale, &c.Market, &c.Fields)
	return c, err
}

func collect(ctx context.Context, tx pgx.Tx, sql string, args ...any) ([]Contact, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scan)
}

const sqlByID = `select ` + columns + ` from contacts c where c.tenant_id = $1 and c.id = $2 and c.deleted_at is null`

const sqlByIDLocked = sqlByID + ` for update`

func one(ctx context.Context, tx pgx.Tx, sql string, tenant, id uuid.UUID) (Contact, error) {
	found, err := collect(ctx, tx, sql, tenant, id)
	if err != nil {
		return Contact{}, err
	}
	if len(found) == 0 {
		return Contact{}, errNoContact()
	}
	return found[0], nil
}

const sqlByIDs = `select ` + columns + ` from contacts c
where c.tenant_id = $1 and c.id = any($2) and c.deleted_at is null order by c.id`

const sqlByIDsLocked = sqlByIDs + ` for no key update`

// Every contact, living or deleted, that has one of the addresses. Three indexes serve it.
const sqlByAddress = `select ` + columns + `, c.merged_into from contacts c
where c.tenant_id = $1 and (c.phone = $2 or c.bsuid = $3 or (c.wa_differs and c.wa_id = $4))
order by c.id for update`

// byAddress locks what it finds. Empty addresses match nothing.
func byAddress(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, phone, bsuid, waID string) ([]Contact, error) {
	rows, err := tx.Query(ctx, sqlByAddress, tenant, orNull(phone), orNull(bsuid), orNull(waID))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanMerged)
}

// An address taken meanwhile inserts nothing, and the caller looks again.
const sqlInsert = `
insert into contacts (tenant_id, id, phone, wa_id, wa_differs, bsuid, name, name_key, email, locale, market, fields,
    opt_in, opt_in_source, opt_in_at, opt_in_evidence, created_at, updated_at, stage_id, stage_at, owner_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, $18, $19, $20)
on conflict do nothing returning id`

func insert(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Contact) (bool, error) {
	var id uuid.UUID
	err := tx.QueryRow(ctx, sqlInsert, tenant, c.ID, orNull(c.Phone), orNull(c.WAID), differs(c), orNull(c.BSUID),
		c.Name, nameKey(c.Name), orNull(c.Email), orNull(c.Locale), c.Market, fieldsJSON(c.Fields),
		c.OptIn.State, c.OptIn.Source, c.OptIn.At, c.OptIn.Evidence, c.CreatedAt, c.StageID, c.StageAt, c.OwnerID).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// Writes what a person may change; a deleted row lives again.
const sqlUpdate = `
update contacts set phone = $3, wa_id = $4, wa_differs = $5, bsuid = $6, name = $7, name_key = $8, email = $9,
    locale = $10, market = $11, fields = $12, opt_in = $13, opt_in_source = $14, opt_in_at = $15,
    opt_in_evidence = $16, updated_at = $17, stage_id = $18, stage_at = $19, owner_id = $20, deleted_at = null,
    consent_version = consent_version + case when opt_in is distinct from $13 then 1 else 0 end
where tenant_id = $1 and id = $2`

func update(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Contact) error {
	_, err := tx.Exec(ctx, sqlUpdate, tenant, c.ID, orNull(c.Phone), orNull(c.WAID), differs(c), orNull(c.BSUID),
		c.Name, nameKey(c.Name), orNull(c.Email), orNull(c.Locale), c.Market, fieldsJSON(c.Fields),
		c.OptIn.State, c.OptIn.Source, c.OptIn.At, c.OptIn.Evidence, c.UpdatedAt, c.StageID, c.StageAt, c.OwnerID)
	return err
}

// Erases all but the addresses and the consent, of the living.
const sqlErase = `
update contacts c set deleted_at = $3, updated_at = $3, name = '', name_key = '', email = null, locale = null,
    fields = '{}', window_open_until = null, stage_id = null, stage_at = null, owner_id = null
from (select x.id, x.stage_id, x.owner_id from contacts x
    where x.tenant_id = $1 and x.id = any($2) and x.deleted_at is null order by x.id for update) o
where c.tenant_id = $1 and c.id = o.id
returning c.id, o.stage_id, o.owner_id`

// erase deletes the living among ids (see the package doc), takes them off every count, and
// returns them.
func erase(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, now time.Time) ([]uuid.UUID, error) {
	rows, err := tx.Query(ctx, sqlErase, tenant, ids, now)
	if err != nil {
		return nil, err
	}
	t, gone := tally{}, []uuid.UUID{}
	var id uuid.UUID
	var stage, owner *uuid.UUID
	if _, err := pgx.ForEachRow(rows, []any{&id, &stage, &owner}, func() error {
		gone = append(gone, id)
		t.move(stage, nil)
		t.move(owner, nil)
		return nil
	}); err != nil || len(gone) == 0 {
		return nil, err
	}
	t[everyone()] -= int64(len(gone))
	gone = sortedIDs(gone)
	for _, sql := range []string{sqlForgetEvents, sqlForgetNotes} {
		if _, err := tx.Exec(ctx, sql, tenant, gone); err != nil {
			return nil, err
		}
	}
	if err := countInto(ctx, tx, t, -1, sqlUnmarkAll, tenant, gone, gone[0], gone[len(gone)-1]); err != nil {
		return nil, err
	}
	return gone, t.write(ctx, tx, tenant)
}

// A timeline tells names and values, so it goes with them.
const (
	sqlForgetEvents = `delete from contact_events where tenant_id = $1 and contact_id = any($2)`
	sqlForgetNotes  = `delete from contact_notes where tenant_id = $1 and contact_id = any($2)`
)

// Whose number a number without a country code is read as.
const sqlCountry = `select country from tenants where tenant_id = $1`

func country(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (string, error) {
	var code string
	err := tx.QueryRow(ctx, sqlCountry, tenant).Scan(&code)
	return code, err
}

func differs(c Contact) bool { return c.WAID != digitsOf(c.Phone) }

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func fieldsJSON(fields map[string]string) []byte {
	if len(fields) == 0 {
		return []byte("{}")
	}
	raw, _ := json.Marshal(fields) // strings always marshal
	return raw
}
