package contact

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const importColumns = `i.id, i.file_name, i.size, i.encoding, i.delimiter, i.has_header, i.columns, i.state, i.reason, i.options,
    i.tag_ids, i.next_offset, i.next_row, i.rows, i.created, i.updated, i.duplicate, i.invalid, i.error_parts,
    i.created_at, i.started_at, i.finished_at, i.dry_run, i.sample, i.made_list, i.undo_row, i.undo_removed, i.undo_restored,
    i.undo_kept, i.undo_parts, i.undone_at`

func scanImport(row pgx.CollectableRow) (Import, error) {
	var i Import
	err := row.Scan(&i.ID, &i.FileName, &i.Size, &i.Encoding, &i.Delimiter, &i.HasHeader, &i.Columns, &i.State, &i.Reason, &i.Options,
		&i.tagIDs, &i.Read, &i.nextRow, &i.Rows, &i.Created, &i.Updated, &i.Duplicate, &i.Invalid, &i.errorParts,
		&i.CreatedAt, &i.StartedAt, &i.FinishedAt, &i.DryRun, &i.Sample, &i.madeList, &i.undoRow, &i.Undo.Removed, &i.Undo.Restored,
		&i.Undo.Kept, &i.undoParts, &i.Undo.At)
	i.Undo.HasKept = len(i.undoParts) > 0
	i.HasErrors = len(i.errorParts) > 0
	return i, err
}

const (
	sqlImport       = `select ` + importColumns + ` from imports i where i.tenant_id = $1 and i.id = $2`
	sqlImportLocked = sqlImport + ` for update`
	sqlImports      = `select ` + importColumns + ` from imports i
where i.tenant_id = $1 and i.id < $2 and i.state <> 'uploaded' order by i.id desc limit $3`
	sqlInsertImport = `
insert into imports (tenant_id, id, file_name, size, encoding, delimiter, has_header, columns, state, created_by, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	sqlStartImport = `
update imports set state = $3, options = $4, columns = $5, tag_ids = $6, has_header = $7, started_at = $8, dry_run = $9,
    made_list = $10, finished_at = null, next_offset = 0, next_row = 1, rows = 0, created = 0, updated = 0, duplicate = 0,
    invalid = 0, error_parts = '{}', sample = '[]', claim = null, claimed_until = null
where tenant_id = $1 and id = $2`
	// The claim is judged by the clock of the workers; the offset below keeps a chunk from being
	// written twice even if their clocks disagree.
	sqlClaimImport = `
update imports set claim = $3, claimed_until = $5
where tenant_id = $1 and id = $2 and state = $6 and (claimed_until is null or claimed_until <= $4)`
	sqlReleaseImport = `
update imports set claim = null, claimed_until = null where tenant_id = $1 and id = $2 and claim = $3`
	sqlHeldImport = `
select i.next_offset from imports i
where i.tenant_id = $1 and i.id = $2 and i.claim = $3 and i.state = 'running' for update`
	sqlHeldUndo = `
select i.id from imports i where i.tenant_id = $1 and i.id = $2 and i.claim = $3 and i.state = 'undoing' for update`
	sqlStartUndo = `
update imports set state = 'undoing', undo_row = null, claim = null, claimed_until = null where tenant_id = $1 and id = $2`
	sqlAdvanceUndo = `
update imports set undo_row = $3, undo_removed = undo_removed + $4, undo_restored = undo_restored + $5, undo_kept = undo_kept + $6,
    undo_parts = undo_parts || $7::bigint[], claimed_until = $8
where tenant_id = $1 and id = $2`
	sqlEndUndo = `
update imports set state = 'undone', undone_at = $3, claim = null, claimed_until = null where tenant_id = $1 and id = $2`
	sqlAdvanceImport = `
update imports set next_offset = $3, next_row = $4, rows = rows + $5, created = created + $6, updated = updated + $7,
    duplicate = duplicate + $8, invalid = invalid + $9, error_parts = error_parts || $10::bigint[],
    claimed_until = $11, state = $12, finished_at = $13, sample = $14
where tenant_id = $1 and id = $2`
	sqlEndImport = `
update imports set state = $3, reason = $4, finished_at = $5, claim = null, claimed_until = null
where tenant_id = $1 and id = $2`
)

func importRow(ctx context.Context, tx pgx.Tx, sql string, tenant, id uuid.UUID) (Import, error) {
	rows, err := tx.Query(ctx, sql, tenant, id)
	if err != nil {
		return Import{}, err
	}
	i, err := pgx.CollectExactlyOneRow(rows, scanImport)
	if errors.Is(err, pgx.ErrNoRows) {
		return Import{}, errNoImport()
	}
	return i, err
}

func endImport(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, state ImportState, reason string, now time.Time) error {
	_, err := tx.Exec(ctx, sqlEndImport, tenant, id, state, reason, now)
	return err
}

// The one statement a chunk is written with, in four forms: the address that decides who is the
// same person, and whether known people change. Rows arrive sorted by that address, so that two
// imports never wait for each other in a circle. What it does not return was left alone.
const (
	sqlUpdateByPhone = `insert ` + importedRows + ` on conflict (tenant_id, phone) do ` + importedChanges + importedReturning
	sqlUpdateByBSUID = `insert ` + importedRows + ` on conflict (tenant_id, bsuid) where bsuid is not null do ` + importedChanges + importedReturning
	sqlSkipByPhone   = `insert ` + importedRows + ` on conflict (tenant_id, phone) do ` + importedChanges + skipLiving + importedReturning
	sqlSkipByBSUID   = `insert ` + importedRows + ` on conflict (tenant_id, bsuid) where bsuid is not null do ` + importedChanges + skipLiving + importedReturning

	importedRows = `into contacts (tenant_id, id, phone, wa_id, bsuid, name, name_key, email, locale, market, fields,
    opt_in, opt_in_source, opt_in_at, opt_in_evidence, import_id, created_import_id, created_at, updated_at)
select $1, u.id, u.phone, substr(u.phone, 2), u.bsuid, u.name, u.name_key, nullif(u.email, ''), nullif(u.locale, ''), u.market,
    coalesce(u.fields, '{}')::jsonb, u.opt_in, case when u.opt_in = 'unknown' then '' else $12 end,
    case when u.opt_in = 'unknown' then null else $14::timestamptz end,
    case when u.opt_in = 'unknown' then '' else $13 end, $15::uuid, $15::uuid, $14, $14
from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
    as u(id, phone, bsuid, name, name_key, email, locale, market, fields, opt_in)`

	importedChanges = `update set
    phone = coalesce(contacts.phone, excluded.phone), wa_id = coalesce(contacts.wa_id, excluded.wa_id),
    market = case when contacts.phone is null then excluded.market else contacts.market end,
    bsuid = coalesce(contacts.bsuid, excluded.bsuid),
    name = case when excluded.name <> '' then excluded.name else contacts.name end,
    name_key = case when excluded.name <> '' then excluded.name_key else contacts.name_key end,
    email = coalesce(excluded.email, contacts.email), locale = coalesce(excluded.locale, contacts.locale),
    fields = contacts.fields || excluded.fields,
    opt_in = case when ` + optInMoves + ` then excluded.opt_in else contacts.opt_in end,
    opt_in_source = case when ` + optInMoves + ` then excluded.opt_in_source else contacts.opt_in_source end,
    opt_in_at = case when ` + optInMoves + ` then excluded.opt_in_at else contacts.opt_in_at end,
    opt_in_evidence = case when ` + optInMoves + ` then excluded.opt_in_evidence else contacts.opt_in_evidence end,
    consent_version = contacts.consent_version + case when ` + optInMoves + ` then 1 else 0 end,
    import_id = excluded.import_id, updated_at = excluded.updated_at, deleted_at = null,
    created_import_id = case when contacts.deleted_at is not null then excluded.created_import_id else contacts.created_import_id end
where contacts.import_id is distinct from excluded.import_id and contacts.merged_into is null`

	// A file gives consent to those of whom nothing is known, and takes it from anybody; it never
	// undoes an opt-out, and has nobody confirm again.
	optInMoves = `(excluded.opt_in <> contacts.opt_in and excluded.opt_in <> 'unknown' and contacts.opt_in <> 'out'
        and not (excluded.opt_in = 'pending' and contacts.opt_in = 'in'))`
	// Skipping leaves all but the deleted alone.
	skipLiving = ` and contacts.deleted_at is not null`
	// The last column is the consent that this file gave or took, for the record; empty for most.
	importedReturning = ` returning id, coalesce(phone, ''), coalesce(bsuid, ''), created_import_id is not distinct from import_id,
    case when opt_in <> 'unknown' and opt_in_at = $14 then opt_in else '' end`

	// Who has the addresses that an upsert left alone. Whoever has the former number of a contact
	// that was merged is the contact it became part of.
	sqlLeftAlone = `
select coalesce(c.merged_into, c.id), coalesce(c.phone, ''), coalesce(c.bsuid, ''), c.import_id is not distinct from $4 or c.created_import_id is not distinct from $4, ''
from contacts c where c.tenant_id = $1 and (c.phone = any($2) or c.bsuid = any($3))`

	// People of whom the file has both addresses: who has which.
	sqlHolders = `
select coalesce(c.merged_into, c.id), coalesce(c.phone, ''), coalesce(c.bsuid, '') from contacts c
where c.tenant_id = $1 and (c.phone = any($2) or c.bsuid = any($3)) order by c.id for update`

	sqlMarkPairs = `
insert into contact_tags (tenant_id, tag_id, contact_id)
select $1, u.tag_id, u.contact_id from unnest($2::uuid[], $3::uuid[]) as u(tag_id, contact_id)
on conflict do nothing returning tag_id, contact_id`
)
