package contact

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/sheet"
)

// The steps of an erasure after the contact itself, which is erased with the request.
const (
	stepKept    = "messages" // the tables that name contacts; requests that run have it by this word
	stepExports = "exports"
	stepFiles   = "files"
)

const (
	// Nothing of the person is left in the row; messages still point somewhere.
	sqlEraseRow = `
update contacts set phone = null, wa_id = null, wa_differs = false, bsuid = null, name = '', name_key = '', email = null, locale = null,
    market = '', fields = '{}', opt_in = 'out', opt_in_source = 'erasure', opt_in_at = $3, opt_in_evidence = '',
    suppressed_at = null, suppress_reason = '', suppressed_by = '', unreachable_at = null, unreachable_reason = '',
    window_open_until = null, stage_id = null, stage_at = null, owner_id = null, merged_into = null,
    erased_at = $3, deleted_at = coalesce(deleted_at, $3), updated_at = $3
where tenant_id = $1 and id = any($2)`
	sqlForgetMerges = `delete from contact_merges where tenant_id = $1 and (contact_id = any($2) or other_id = any($2))`
	sqlAddErasure   = `
insert into contact_erasures (tenant_id, hash, erased_at) select $1, u.hash, $3 from unnest($2::bytea[]) as u(hash)
on conflict (tenant_id, hash) do nothing`
	sqlLives = `select ` + columns + ` from contacts c where c.tenant_id = $1 and c.id = any($2) order by c.id for update`
)

// erasePerson empties the contact and all that was merged into it, and leaves keyed hashes of the
// addresses, so that no import brings the person back.
func (s *Service) erasePerson(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, r *Request) error {
	people, err := collect(ctx, tx, sqlLives, tenant, r.place.Lives)
	if err != nil {
		return err
	}
	var stay [][]byte
	for _, c := range people {
		for _, address := range []string{c.Phone, c.BSUID, c.Email} {
			if hashes := s.erasures.hashes(tenant, address); address != "" && len(hashes) > 0 {
				r.place.Hashes = append(r.place.Hashes, hashes[0])
				if address != c.Email {
					stay = append(stay, hashes[0])
				}
			}
		}
	}
	if _, err := erase(ctx, tx, tenant, r.place.Lives, r.CreatedAt); err != nil {
		return err
	}
	for _, step := range []struct {
		sql  string
		args []any
	}{
		{sqlForgetEvents, []any{tenant, r.place.Lives}}, {sqlForgetNotes, []any{tenant, r.place.Lives}},
		{sqlForgetMerges, []any{tenant, r.place.Lives}}, {sqlForgetDuplicates, []any{tenant, r.place.Lives}},
		{sqlEraseRow, []any{tenant, r.place.Lives, r.CreatedAt}}, {sqlAddErasure, []any{tenant, notNil(stay), r.CreatedAt}},
	} {
		if _, err := tx.Exec(ctx, step.sql, step.args...); err != nil {
			return err
		}
	}
	r.place.Step, r.Total = stepKept, int64(len(s.Keepers()))+2
	return Append(ctx, tx, tenant, r.CreatedAt, Event{Contact: r.ContactID, Kind: EventErased, Subject: r.ID})
}

// forget works the steps that take time, each from where it stands.
func (s *Service) forget(ctx context.Context, tenant uuid.UUID, r Request) error {
	for {
		var err error
		switch r.place.Step {
		case stepKept:
			err = s.forgetKept(ctx, tenant, &r)
		case stepExports:
			err = s.forgetExports(ctx, tenant, &r)
		case stepFiles:
			err = s.forgetRows(ctx, tenant, &r)
		default:
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// step goes on with the next.
func (r *Request) step(next string) {
	r.place.Step, r.place.After = next, uuid.Nil
	r.Done++
}

// forgetKept goes table by table, each any number of times.
func (s *Service) forgetKept(ctx context.Context, tenant uuid.UUID, r *Request) error {
	e := Erasure{Contacts: r.place.Lives, Hashes: r.place.Hashes, At: r.CreatedAt}
	all := s.Keepers()
	for ; r.place.Next < len(all); r.place.Next++ {
		if k := all[r.place.Next]; k.Forget != nil {
			if err := k.Forget(ctx, tenant, e); err != nil {
				return fmt.Errorf("forget %s: %w", k.Table, err)
			}
		}
		r.Done++
	}
	r.place.Step = stepExports
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error { return s.advance(ctx, tx, tenant, r) })
}

const sqlExportsOf = `
select id from contact_requests where tenant_id = $1 and contact_id = any($2) and kind = 'export' order by id`

// forgetExports deletes the copies that were made of everything.
func (s *Service) forgetExports(ctx context.Context, tenant uuid.UUID, r *Request) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		rows, err := tx.Query(ctx, sqlExportsOf, tenant, r.place.Lives)
		if err != nil {
			return err
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		for _, id := range ids {
			err = errors.Join(err, s.blobs.Delete(ctx, exportKey(tenant, id)))
		}
		r.step(stepFiles)
		return errors.Join(err, s.advance(ctx, tx, tenant, r))
	})
}

const sqlImportsWithFiles = `
select ` + importColumns + ` from imports i
where i.tenant_id = $1 and i.id > $2 and (i.error_parts <> '{}' or i.undo_parts <> '{}') order by i.id limit 1`

// forgetRows takes the person's rows out of the files of one import after the other.
func (s *Service) forgetRows(ctx context.Context, tenant uuid.UUID, r *Request) error {
	var imp Import
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		rows, err := tx.Query(ctx, sqlImportsWithFiles, tenant, r.place.After)
		if err != nil {
			return err
		}
		imp, err = pgx.CollectExactlyOneRow(rows, scanImport)
		if errors.Is(err, pgx.ErrNoRows) {
			r.step("")
			return nil
		}
		return err
	})
	if err != nil || r.place.Step == "" {
		return err
	}
	region, err := s.region(ctx, imp)
	if err != nil {
		return err
	}
	for _, key := range imp.fileKeys(tenant) {
		if err := s.forgetInPart(ctx, tenant, key, region, r.place.Hashes); err != nil {
			return err
		}
	}
	r.place.After = imp.ID
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error { return s.advance(ctx, tx, tenant, r) })
}

func (s *Service) region(ctx context.Context, imp Import) (region string, err error) {
	if imp.Options.Country != "" {
		return imp.Options.Country, nil
	}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		region, err = country(ctx, tx, tenant)
		return err
	})
	return region, err
}

// fileKeys are the pieces of an import's files that hold people's rows.
func (i Import) fileKeys(tenant uuid.UUID) (keys []string) {
	for _, first := range i.errorParts {
		keys = append(keys, i.partKey(tenant, first))
	}
	for _, first := range i.undoParts {
		keys = append(keys, keptKey(tenant, i.ID, first))
	}
	return keys
}

// forgetInPart rewrites a piece without what the rows of the person say.
func (s *Service) forgetInPart(ctx context.Context, tenant uuid.UUID, key, region string, hashes [][]byte) error {
	part, _, err := s.blobs.Open(ctx, key)
	if err != nil {
		return err
	}
	defer part.Close()
	var text []byte
	reader := sheet.NewReader(part, ',', 0)
	found := false
	for {
		record, err := reader.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if !s.names(tenant, record, region, hashes) {
			text = append(append(text, record.Raw...), '\r', '\n')
			continue
		}
		found = true
		text = sheet.AppendRow(text, record.Fields[0], []byte("Erased on request."))
	}
	if !found {
		return nil
	}
	return s.blobs.Put(ctx, key, bytes.NewReader(text), int64(len(text)), "text/csv")
}

// names says whether a row of a file is about the person: a cell is one of their addresses.
func (s *Service) names(tenant uuid.UUID, record sheet.Record, region string, hashes [][]byte) bool {
	for _, cell := range record.Fields {
		text := string(bytes.TrimPrefix(bytes.TrimSpace(cell), []byte("'")))
		candidates := []string{text}
		if phone, ok := ParsePhone(text, region); ok {
			candidates = append(candidates, phone)
		}
		if email, ok := cleanEmail(text); ok {
			candidates = append(candidates, email)
		}
		for _, candidate := range candidates {
			for _, hash := range s.erasures.hashes(tenant, candidate) {
				if slices.ContainsFunc(hashes, func(known []byte) bool { return bytes.Equal(known, hash) }) {
					return true
				}
			}
		}
	}
	return false
}
