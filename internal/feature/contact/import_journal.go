package contact

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// An undo needs what a chunk changed. New contacts are found by their ids, which lie between two,
// so a million of them cost one row per chunk; each contact that was known before gets an event
// with the values that were there.

// The known people of a chunk as they are before it is written, locked in the order in which the
// chunk is written.
const (
	sqlKnownByPhone = `select ` + columns + ` from contacts c
where c.tenant_id = $1 and c.phone = any($2) and c.merged_into is null and (not $3 or c.deleted_at is not null) order by c.phone for update`
	sqlKnownByBSUID = `select ` + columns + ` from contacts c
where c.tenant_id = $1 and c.bsuid = any($2) and c.merged_into is null and (not $3 or c.deleted_at is not null) order by c.bsuid for update`
)

// remember reads the contacts that the chunk is about to change, by their address.
func (w *writing) remember(ctx context.Context, address string, people []int) error {
	phones, bsuids := w.addresses(people)
	sql, keys := sqlKnownByPhone, phones
	if address == "bsuid" {
		sql, keys = sqlKnownByBSUID, bsuids
	}
	found, err := collect(ctx, w.tx, sql, w.tenant, keys, w.imp.Options.OnDuplicate == SkipExisting)
	for _, c := range found {
		w.before[c.ID] = c
	}
	return err
}

// note keeps what an upsert did to person i for the journal.
func (w *writing) note(i int, id uuid.UUID, isNew bool) {
	before, known := w.before[id]
	if isNew && !known {
		w.fresh[id] = true
		return
	}
	if !known {
		w.journal.add(id, uuid.Nil) // made by somebody else at this very moment: its values are not known
		return
	}
	changes := difference(before, imported(before, w.chunk.people[i], w))
	if len(changes) == 0 {
		return
	}
	e := Event{Contact: id, Kind: EventImported, Subject: w.imp.ID, Note: w.imp.FileName, Changes: changes, id: ident.New()}
	w.events = append(w.events, e)
	w.journal.add(id, e.id)
}

// imported is what importedChanges makes of a known contact.
func imported(c Contact, who person, w *writing) Contact {
	c.Fields = maps.Clone(c.Fields)
	c.deleted = false
	c.Phone, c.BSUID = orElse(c.Phone, who.phone), orElse(c.BSUID, who.bsuid)
	c.Name, c.Email, c.Locale = orElse(who.name, c.Name), orElse(who.email, c.Email), orElse(who.locale, c.Locale)
	var fields map[string]string
	_ = json.Unmarshal(who.fields, &fields) // we wrote it
	for key, value := range fields {
		c.setField(key, value)
	}
	if who.optIn != c.OptIn.State && who.optIn != OptInUnknown && c.OptIn.State != OptInRefused &&
		!(who.optIn == OptInPending && c.OptIn.State == OptInGiven) {
		source, evidence := w.consent()
		c.OptIn = Consent{State: who.optIn, Source: source, Evidence: evidence, At: &w.now}
	}
	return c
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// journal is a chunk's row of import_changes.
type journal struct {
	low, high    uuid.UUID // between them are the ids of new contacts
	contacts     []uuid.UUID
	events       []uuid.UUID
	tags, tagged []uuid.UUID
}

func (j *journal) add(contact, event uuid.UUID) {
	j.contacts, j.events = append(j.contacts, contact), append(j.events, event)
}

// span widens the range to ids that are about to be inserted.
func (j *journal) span(ids []uuid.UUID) {
	for _, id := range ids {
		if j.low == uuid.Nil || bytes.Compare(id[:], j.low[:]) < 0 {
			j.low = id
		}
		if bytes.Compare(id[:], j.high[:]) > 0 {
			j.high = id
		}
	}
}

const sqlInsertJournal = `
insert into import_changes (tenant_id, import_id, first_row, low_id, high_id, contact_ids, event_ids, tag_ids, tagged_ids, at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (tenant_id, import_id, first_row) do nothing`

func (w *writing) writeJournal(ctx context.Context) error {
	if err := Append(ctx, w.tx, w.tenant, w.now, w.events...); err != nil {
		return err
	}
	j := w.journal
	_, err := w.tx.Exec(ctx, sqlInsertJournal, w.tenant, w.imp.ID, w.chunk.first, j.low, j.high,
		notNil(j.contacts), notNil(j.events), notNil(j.tags), notNil(j.tagged), w.now)
	return err
}

const sqlMarkNoted = `
insert into contact_tags (tenant_id, tag_id, contact_id)
select $1, t.id, c.id from unnest($2::uuid[]) as t(id) cross join unnest($3::uuid[]) as c(id)
on conflict do nothing returning tag_id, contact_id`

// markNoted gives known contacts the file's tags and remembers which joins are new.
func (w *writing) markNoted(ctx context.Context, sql string, tags, contacts []uuid.UUID) error {
	if len(tags) == 0 || len(contacts) == 0 {
		return nil
	}
	rows, err := w.tx.Query(ctx, sql, w.tenant, tags, contacts)
	if err != nil {
		return err
	}
	var tag, contact uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&tag, &contact}, func() error {
		w.tally[tag]++
		if !w.fresh[contact] {
			w.journal.tags, w.journal.tagged = append(w.journal.tags, tag), append(w.journal.tagged, contact)
		}
		return nil
	})
	return err
}
