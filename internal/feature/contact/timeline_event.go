package contact

import (
	"context"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// kindsOf are the events of an entry's kind.
func kindsOf(kind EntryKind) []EventKind {
	switch kind {
	case EntryChange:
		return []EventKind{EventCreated, EventChanged, EventTagged, EventStage, EventOwner, EventExported, EventErased}
	case EntryConsent:
		return []EventKind{EventConsent, EventSuppressed, EventUnsuppressed}
	case EntryImport:
		return []EventKind{EventImported, EventImportUndone}
	case EntryMerge:
		return []EventKind{EventMerged, EventUnmerged}
	case EntryStep:
		return []EventKind{EventStep}
	}
	return nil
}

// m: a merge that is not undone.
const sqlEvents = `
select e.id, e.kind, e.actor_kind, e.actor_id, e.actor_name, e.subject_id, e.changes, e.note, e.at, m.id is not null
from contact_events e left join contact_merges m on m.tenant_id = $1 and m.id = e.subject_id and m.undone_at is null
where e.tenant_id = $1 and e.contact_id = any($2) and e.id < $3 and e.kind = any($5)
order by e.id desc limit $4`

func (r *reading) events(ctx context.Context) error {
	var kinds []EventKind
	of := map[EventKind]EntryKind{}
	for _, entry := range entryKinds() {
		if !r.wanted[entry] {
			continue
		}
		for _, kind := range kindsOf(entry) {
			kinds, of[kind] = append(kinds, kind), entry
		}
	}
	rows, err := r.tx.Query(ctx, sqlEvents, r.tenant, r.lives.ids, r.before, r.limit, kinds)
	if err != nil {
		return err
	}
	_, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (struct{}, error) {
		var e Entry
		var by By
		var kind EventKind
		var subject *uuid.UUID
		var note string
		var merged bool
		err := row.Scan(&e.ID, &kind, &by.Kind, &by.ID, &by.Name, &subject, &e.Changes, &note, &e.At, &merged)
		e.Kind, e.By, e.Changes = of[kind], &by, shown(e.Changes)
		e.Title, e.Text = eventWords(kind, note)
		switch {
		case e.Kind == EntryImport:
			e.ImportID = subject
		case kind == EventMerged && merged:
			e.MergeID = subject
		}
		r.add(e)
		return struct{}{}, err
	})
	return err
}

// shown leaves out what only an undo needs.
func shown(changes []FieldChange) []FieldChange {
	var out []FieldChange
	for _, c := range changes {
		if c.Field != "deleted" && c.Field != "optIn.at" {
			out = append(out, c)
		}
	}
	return out
}

// eventWords puts an event in words. Its note is why, or the name of what it concerns.
func eventWords(kind EventKind, note string) (title, text string) {
	switch kind {
	case EventCreated:
		return "Added by hand", note
	case EventChanged:
		return "Changed", note
	case EventTagged:
		return "Tags changed", note
	case EventStage:
		return "Moved to another stage", note
	case EventOwner:
		return "Given to another owner", note
	case EventConsent:
		return "Marketing consent changed", note
	case EventSuppressed:
		return "Blocked: nothing is sent any more", note
	case EventUnsuppressed:
		return "Unblocked", note
	case EventImported:
		return named("Changed by the import of", note, "Changed by an import"), ""
	case EventImportUndone:
		return named("Taken back, with the import of", note, "An import was undone"), ""
	case EventMerged:
		return named("Merged with", note, "Merged with another contact"), ""
	case EventUnmerged:
		return named("Separated again from", note, "Separated again"), ""
	case EventStep:
		return note, ""
	case EventExported:
		return "Everything kept about this person was exported", note
	case EventErased:
		return "Erased", note
	}
	return string(kind), note
}

func named(words, name, without string) string {
	if strings.TrimSpace(name) == "" {
		return without
	}
	return words + " " + name
}
