package template

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// EventKind is what happened to a template.
type EventKind string

// The kinds of events.
const (
	EventSubmitted EventKind = "submitted" // created here
	EventEdited    EventKind = "edited"    // its content, here
	EventChanged   EventKind = "changed"   // its content, at Meta: in WhatsApp Manager
	EventStatus    EventKind = "status"    // a verdict, a pause, its end, a deletion
	EventQuality   EventKind = "quality"
	EventCategory  EventKind = "category"
	EventAnnounced EventKind = "announced" // Meta will move it to another category
)

// Event is one thing that happened to a template. Before and After are statuses, ratings or
// categories.
type Event struct {
	ID         uuid.UUID  `json:"id" db:"id"`
	TemplateID uuid.UUID  `json:"-" db:"template_id"`
	Kind       EventKind  `json:"kind" db:"kind" enum:"submitted,edited,changed,status,quality,category,announced"`
	At         time.Time  `json:"at" db:"at" doc:"As Meta dates it"`
	Before     string     `json:"before,omitempty" db:"before" doc:"A status, a rating or a category"`
	After      string     `json:"after,omitempty" db:"after"`
	Note       string     `json:"note,omitempty" db:"note" doc:"Meta's words"`
	Until      *time.Time `json:"until,omitempty" db:"until" doc:"End of a pause, or when an announced category takes effect"`
}

// historyOf tells changes as events. What a synchronisation meets for the first time has none:
// when it came to be is not known.
func historyOf(changes []change, now time.Time) (events []Event) {
	for _, c := range changes {
		at := now
		if e := c.after.EventAt; e != nil && (c.before.EventAt == nil || !e.Equal(*c.before.EventAt)) {
			at = *e
		}
		for _, e := range c.events() {
			e.ID, e.TemplateID, e.At = ident.New(), c.after.ID, at
			events = append(events, e)
		}
	}
	return events
}

func (c change) events() (events []Event) {
	b, a := c.before, c.after
	if c.submitted && (b.ID == uuid.Nil || b.Status == Deleted) {
		return []Event{{Kind: EventSubmitted, After: string(a.Status)}}
	}
	if b.ID == uuid.Nil {
		return nil
	}
	switch {
	case c.submitted:
		events = append(events, Event{Kind: EventEdited})
	case reads(b) != reads(a):
		events = append(events, Event{Kind: EventChanged})
	}
	if b.Status != a.Status {
		events = append(events, Event{Kind: EventStatus, Before: string(b.Status), After: string(a.Status), Note: statusNote(a), Until: a.PausedUntil})
	}
	if b.Quality != a.Quality {
		events = append(events, Event{Kind: EventQuality, Before: b.Quality, After: a.Quality})
	}
	if b.Category != a.Category {
		events = append(events, Event{Kind: EventCategory, Before: string(b.Category), After: string(a.Category)})
	}
	if a.NextCategory != "" && b.NextCategory != a.NextCategory {
		events = append(events, Event{Kind: EventAnnounced, Before: string(a.Category), After: string(a.NextCategory), Until: a.NextCategoryAt})
	}
	return events
}

// statusNote is Meta's reason in our words, then its own.
func statusNote(t Template) string {
	words := reasonWords(t.RejectedReason)
	switch {
	case t.Status != Rejected || words == "":
		return t.StatusNote
	case t.StatusNote == "":
		return words
	}
	return words + " " + t.StatusNote
}

// reads is what a template says, without what Meta words or words again by itself: the text of a
// code, and the address of a sample, which is another one in every list.
func reads(t Template) string {
	d, ok := DraftOf(t)
	if !ok || t.Category == Authentication {
		return ""
	}
	for _, header := range d.headers() {
		header.Handle, header.SampleID = "", nil
	}
	d.Category = ""
	raw, err := json.Marshal(d)
	if err != nil {
		return ""
	}
	return string(raw)
}

const sqlPutEvents = `
insert into template_events (tenant_id, id, template_id, kind, at, before, after, note, until)
select $1, e.id, e.template_id, e.kind, e.at, e.before, e.after, e.note, e.until
from unnest($2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::timestamptz[])
    as e (id, template_id, kind, at, before, after, note, until)
on conflict (tenant_id, id) do nothing`

func putEvents(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Event) error {
	if len(list) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, sqlPutEvents, tenant,
		column(list, func(e Event) uuid.UUID { return e.ID }),
		column(list, func(e Event) uuid.UUID { return e.TemplateID }),
		column(list, func(e Event) string { return string(e.Kind) }),
		column(list, func(e Event) time.Time { return e.At }),
		column(list, func(e Event) string { return e.Before }),
		column(list, func(e Event) string { return e.After }),
		column(list, func(e Event) string { return e.Note }),
		column(list, func(e Event) *time.Time { return e.Until }))
	return err
}

const sqlEvents = `
select id, template_id, kind, at, before, after, note, until from template_events
where tenant_id = $1 and template_id = $2 and id < $3
order by id desc limit $4`

// History returns what happened to a template, the newest first, before the given event; uuid.Max
// starts.
func (s *Service) History(ctx context.Context, id, before uuid.UUID, limit int) (events []Event, err error) {
	err = s.inTenant(ctx, "read history", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := templateByID(ctx, tx, tenant, id); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, sqlEvents, tenant, id, before, limit)
		if err != nil {
			return err
		}
		events, err = pgx.CollectRows(rows, pgx.RowToStructByName[Event])
		return err
	})
	return events, err
}
