package contact

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// EventKind is what happened to a contact.
type EventKind string

// The kinds of events. A timeline shows them beside messages, campaigns and notes.
const (
	EventCreated      EventKind = "created"
	EventChanged      EventKind = "changed" // by hand or by the API
	EventTagged       EventKind = "tagged"
	EventStage        EventKind = "stage"
	EventOwner        EventKind = "owner"
	EventConsent      EventKind = "consent"
	EventSuppressed   EventKind = "suppressed"
	EventUnsuppressed EventKind = "unsuppressed"
	EventImported     EventKind = "imported" // an import changed what was known
	EventImportUndone EventKind = "import_undone"
	EventMerged       EventKind = "merged"
	EventUnmerged     EventKind = "unmerged"
	EventStep         EventKind = "step" // something that runs by itself did something; Note says what, in a sentence
	EventExported     EventKind = "exported"
	EventErased       EventKind = "erased"
)

// Event is one thing that happened to a contact. Subject is the import, merge, campaign, stage or
// request it came from; Note a sentence or a name that belongs to it, such as why or what.
type Event struct {
	Contact uuid.UUID
	Kind    EventKind
	Subject uuid.UUID
	Changes []FieldChange
	Note    string

	id uuid.UUID
}

// FieldChange is a value that was there and the one that came. Field is a name of Contact's JSON
// ("name", "optIn", "stage"), or "field:" and the key of a field.
type FieldChange struct {
	Field string `json:"field"`
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
}

const sqlInsertEvents = `
insert into contact_events (tenant_id, contact_id, id, kind, actor_kind, actor_id, actor_name, subject_id, changes, note, at)
select $1, u.contact_id, u.id, u.kind, $2, $3, $4, u.subject_id, u.changes::jsonb, u.note, $5
from unnest($6::uuid[], $7::uuid[], $8::text[], $9::uuid[], $10::text[], $11::text[]) as u(contact_id, id, kind, subject_id, changes, note)
on conflict (tenant_id, contact_id, id) do nothing`

// Append adds events to contacts' timelines, in the transaction of what happened. Who did it is
// the context's actor.
func Append(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, at time.Time, events ...Event) error {
	if len(events) == 0 {
		return nil
	}
	n := len(events)
	contacts, ids, subjects := make([]uuid.UUID, n), make([]uuid.UUID, n), make([]*uuid.UUID, n)
	kinds, changes, notes := make([]string, n), make([]string, n), make([]string, n)
	for i, e := range events {
		raw, err := json.Marshal(notNil(e.Changes))
		if err != nil {
			return err
		}
		if e.id == uuid.Nil {
			e.id = ident.New()
		}
		contacts[i], ids[i], kinds[i], changes[i], notes[i] = e.Contact, e.id, string(e.Kind), string(raw), e.Note
		subjects[i] = idOrNull(e.Subject)
	}
	by := ByOf(ctx)
	_, err := tx.Exec(ctx, sqlInsertEvents, tenant, by.Kind, by.ID, by.Name, at, contacts, ids, kinds, subjects, changes, notes)
	return err
}

// By is who did something: a member by their address, a program, or Aerostic itself.
type By struct {
	Kind string     `json:"kind" enum:"user,platform,apikey,system"`
	ID   *uuid.UUID `json:"id,omitempty"`
	Name string     `json:"name,omitempty"`
}

// ByOf is who acts in ctx, as a record keeps it.
func ByOf(ctx context.Context) By {
	a, ok := actor.From(ctx)
	if !ok {
		return By{Kind: string(actor.System)}
	}
	return By{Kind: string(a.Kind), ID: idOrNull(a.UserID), Name: a.Email}
}

func idOrNull(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// values is what a person can change about a contact, by the names FieldChange uses.
func (c Contact) values() map[string]string {
	v := map[string]string{"phone": c.Phone, "bsuid": c.BSUID, "name": c.Name, "email": c.Email, "locale": c.Locale,
		"optIn": string(c.OptIn.State), "optIn.source": c.OptIn.Source, "optIn.evidence": c.OptIn.Evidence}
	if c.OptIn.At != nil {
		v["optIn.at"] = c.OptIn.At.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano) // as the database keeps it
	}
	if c.deleted {
		v["deleted"] = "true"
	}
	for key, value := range c.Fields {
		v[fieldTarget+key] = value
	}
	return v
}

// difference lists what changed, in the order of the names.
func difference(before, after Contact) []FieldChange {
	was, is := before.values(), after.values()
	var changes []FieldChange
	for name, value := range is {
		if was[name] != value {
			changes = append(changes, FieldChange{name, was[name], value})
		}
	}
	for name, value := range was {
		if _, kept := is[name]; !kept {
			changes = append(changes, FieldChange{Field: name, From: value})
		}
	}
	slices.SortFunc(changes, func(a, b FieldChange) int { return strings.Compare(a.Field, b.Field) })
	return changes
}

// set writes one value under the name FieldChange uses.
func (c *Contact) set(name, value string) {
	switch name {
	case "phone":
		c.Phone = value
	case "bsuid":
		c.BSUID = value
	case "name":
		c.Name = value
	case "email":
		c.Email = value
	case "locale":
		c.Locale = value
	case "optIn":
		c.OptIn.State = OptIn(value)
	case "optIn.source":
		c.OptIn.Source = value
	case "optIn.evidence":
		c.OptIn.Evidence = value
	case "optIn.at":
		c.OptIn.At = nil
		if at, err := time.Parse(time.RFC3339Nano, value); err == nil {
			c.OptIn.At = &at
		}
	case "deleted":
		c.deleted = value == "true"
	default:
		c.setField(strings.TrimPrefix(name, fieldTarget), value)
	}
}

func (c *Contact) setField(key, value string) {
	if value == "" {
		delete(c.Fields, key)
		return
	}
	if c.Fields == nil {
		c.Fields = map[string]string{}
	}
	c.Fields[key] = value
}
