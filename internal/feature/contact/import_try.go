package contact

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent"
)

// maxSample is how many people a dry run shows as it would change them.
const maxSample = 20

func (w *writing) writeOrTry(ctx context.Context) error {
	if err := w.await(ctx); err != nil {
		return err
	}
	if w.imp.DryRun {
		return w.try(ctx)
	}
	return w.write(ctx)
}

// await makes the file's opt-ins wait for their people's own word, where the workspace wants it.
func (w *writing) await(ctx context.Context) error {
	confirms, err := consent.Confirms(ctx, w.tx, w.tenant)
	if err != nil || !confirms {
		return err
	}
	for i := range w.chunk.people {
		if who := &w.chunk.people[i]; who.optIn == OptInGiven {
			who.optIn = OptInPending
		}
	}
	return nil
}

// try decides about the chunk's people as write does, and writes nothing but their addresses, by
// which a later chunk knows a row that is repeated.
func (w *writing) try(ctx context.Context) error {
	w.problems, w.before = map[int]string{}, map[uuid.UUID]Contact{}
	if err := w.refuseErased(ctx); err != nil {
		return err
	}
	repeated, err := w.repeated(ctx)
	if err != nil {
		return err
	}
	byPhone, byBSUID, err := w.holders(ctx)
	if err != nil {
		return err
	}
	for i, who := range w.chunk.people {
		a, b := byPhone[who.phone], byBSUID[who.bsuid]
		switch {
		case w.problems[i] != "":
		case a != nil && b != nil && a.ID != b.ID:
			w.problems[i] = problemTwoPeople
		case repeated[i]:
			w.problems[i] = problemRepeated
		case b != nil:
			w.tryOn(i, *b)
		case a != nil:
			w.tryOn(i, *a)
		default:
			w.created++
		}
	}
	return nil
}

// tryOn counts what would become of a person who has a row.
func (w *writing) tryOn(i int, c Contact) {
	switch {
	case c.deleted && c.merged == uuid.Nil:
		w.created++
		return
	case c.merged != uuid.Nil || w.imp.Options.OnDuplicate == SkipExisting:
		w.known++
		return
	}
	w.updated++
	if len(w.imp.Sample)+len(w.sample) >= maxSample {
		return
	}
	if changes := shown(difference(c, imported(c, w.chunk.people[i], w))); len(changes) > 0 {
		w.sample = append(w.sample, ImportChange{Row: w.chunk.people[i].row, Name: c.Name, Phone: c.Phone, Changes: changes})
	}
}

const (
	sqlTriedAddresses = `
insert into import_addresses (tenant_id, import_id, address) select $1, $2, u.address from unnest($3::text[]) as u(address)
on conflict (tenant_id, import_id, address) do nothing returning address`
	sqlForgetAddresses = `delete from import_addresses where tenant_id = $1 and import_id = $2`
)

// repeated finds people whom an earlier chunk had.
func (w *writing) repeated(ctx context.Context) (map[int]bool, error) {
	people := make([]int, 0, len(w.chunk.people))
	for i := range w.chunk.people {
		if w.problems[i] == "" {
			people = append(people, i)
		}
	}
	phones, bsuids := w.addresses(people)
	rows, err := w.tx.Query(ctx, sqlTriedAddresses, w.tenant, w.imp.ID, append(phones, bsuids...))
	if err != nil {
		return nil, err
	}
	first, repeated := map[string]bool{"": true}, map[int]bool{}
	var address string
	if _, err := pgx.ForEachRow(rows, []any{&address}, func() error {
		first[address] = true
		return nil
	}); err != nil {
		return nil, err
	}
	for _, i := range people {
		if who := w.chunk.people[i]; !first[who.phone] || !first[who.bsuid] {
			repeated[i] = true
		}
	}
	return repeated, nil
}

const sqlTriedHolders = `select ` + columns + `, c.merged_into from contacts c
where c.tenant_id = $1 and (c.phone = any($2) or c.bsuid = any($3))`

// holders are the contacts that have the addresses of the chunk.
func (w *writing) holders(ctx context.Context) (byPhone, byBSUID map[string]*Contact, err error) {
	all := make([]int, len(w.chunk.people))
	for i := range all {
		all[i] = i
	}
	phones, bsuids := w.addresses(all)
	rows, err := w.tx.Query(ctx, sqlTriedHolders, w.tenant, phones, bsuids)
	if err != nil {
		return nil, nil, err
	}
	found, err := pgx.CollectRows(rows, scanMerged)
	byPhone, byBSUID = map[string]*Contact{}, map[string]*Contact{}
	for i := range found {
		c := &found[i]
		if c.Phone != "" {
			byPhone[c.Phone] = c
		}
		if c.BSUID != "" {
			byBSUID[c.BSUID] = c
		}
	}
	return byPhone, byBSUID, err
}

// forgetAddresses empties what a dry run wrote for itself.
func (s *Service) forgetAddresses(ctx context.Context, tenant, id uuid.UUID) error {
	return s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlForgetAddresses, tenant, id)
		return err
	})
}
