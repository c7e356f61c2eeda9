package contact

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/web"
)

// exported is everything kept about a person: for programs as data.json, for people as a page.
type exported struct {
	ExportedAt time.Time         `json:"exportedAt"`
	Contact    Contact           `json:"contact"`
	Labels     map[string]string `json:"fieldLabels"`
	Former     []Contact         `json:"mergedContacts"`
	Timeline   []Entry           `json:"timeline"`
	Messages   []exportedMessage `json:"messages"`
	// By section, the rows of every table that names the person.
	Kept map[string][]json.RawMessage `json:"kept"`
}

// exportedMessage is a message with all that was sent or received.
type exportedMessage struct {
	ID          uuid.UUID       `json:"id"`
	Direction   string          `json:"direction"`
	Kind        string          `json:"kind"`
	Template    string          `json:"template,omitempty"`
	Params      json.RawMessage `json:"params,omitempty"`
	Body        json.RawMessage `json:"body,omitempty"`
	State       string          `json:"state"`
	CreatedAt   time.Time       `json:"createdAt"`
	SentAt      *time.Time      `json:"sentAt,omitempty"`
	DeliveredAt *time.Time      `json:"deliveredAt,omitempty"`
	ReadAt      *time.Time      `json:"readAt,omitempty"`
}

const (
	sqlExportMessages = `
select m.id, m.direction, m.kind, coalesce(t.name, ''), m.params, m.body, m.state, m.created_at, m.sent_at, m.delivered_at, m.read_at
from messages m left join templates t on t.tenant_id = $1 and t.id = m.template_id
where m.tenant_id = $1 and m.id = any($2) and m.id between $3 and $4 order by m.id desc`
	sqlFormer = `select c.before->'goes' from contact_merges c where c.tenant_id = $1 and c.contact_id = $2 and c.undone_at is null order by c.id`
)

// export collects page by page and stores one archive.
func (s *Service) export(ctx context.Context, tenant uuid.UUID, r Request) error {
	all, err := s.collectAll(ctx, tenant, r)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := all.write(&file); err != nil {
		return err
	}
	return s.blobs.Put(ctx, exportKey(tenant, r.ID), &file, int64(file.Len()), "application/zip")
}

func (s *Service) collectAll(ctx context.Context, tenant uuid.UUID, r Request) (exported, error) {
	all := exported{ExportedAt: s.clock.Now().UTC(), Labels: map[string]string{}, Former: []Contact{}, Messages: []exportedMessage{}, Kept: map[string][]json.RawMessage{}}
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		if all.Contact, err = whole(ctx, tx, tenant, r.ContactID); err != nil {
			return err
		}
		fields, err := allFields(ctx, tx, tenant)
		for _, f := range fields {
			all.Labels[f.Key] = f.Label
		}
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, sqlFormer, tenant, r.ContactID)
		if err != nil {
			return err
		}
		if all.Former, err = pgx.CollectRows(rows, pgx.RowTo[Contact]); err != nil {
			return err
		}
		return s.readKept(ctx, tx, tenant, r.place.Lives, all.Kept)
	})
	q := web.PageQuery{Limit: 200}
	for err == nil {
		var page web.Page[Entry]
		if page, err = s.Timeline(ctx, r.ContactID, nil, q); err != nil {
			break
		}
		all.Timeline = append(all.Timeline, page.Items...)
		if err = s.exportMessages(ctx, page.Items, &all, &r); err != nil || page.Next == "" {
			break
		}
		q.After = page.Next
	}
	return all, err
}

// readKept reads the contacts' rows of every table that has some to tell.
func (s *Service) readKept(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID, into map[string][]json.RawMessage) error {
	for _, k := range s.Keepers() {
		if k.Read == nil {
			continue
		}
		found, err := k.Read(ctx, tx, tenant, contacts)
		if err != nil {
			return fmt.Errorf("read %s: %w", k.Table, err)
		}
		into[k.Section] = notNil(found)
	}
	return nil
}

// exportedPart is a section of the export as the page shows it: rows of names and values.
type exportedPart struct {
	Title string
	Rows  [][]exportedValue
}

type exportedValue struct{ Name, Text string }

// Parts are the sections that the page shows beside the timeline: all but what the timeline tells.
func (e exported) Parts() (parts []exportedPart) {
	for _, section := range slices.Sorted(maps.Keys(e.Kept)) {
		if len(e.Kept[section]) == 0 || section == "changes" || section == "notes" {
			continue
		}
		part := exportedPart{Title: spaced(section)}
		for _, raw := range e.Kept[section] {
			part.Rows = append(part.Rows, valuesOf(raw))
		}
		parts = append(parts, part)
	}
	return parts
}

// valuesOf are the values of an object that are known, by name.
func valuesOf(raw json.RawMessage) (values []exportedValue) {
	var object map[string]json.RawMessage
	if json.Unmarshal(raw, &object) != nil {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		text := string(object[name])
		var plain string
		if json.Unmarshal(object[name], &plain) == nil {
			text = plain
		}
		if text != "" && text != "null" && text != "{}" && text != "[]" {
			values = append(values, exportedValue{spaced(name), text})
		}
	}
	return values
}

// spaced is a name of JSON as people read it: "privacyRequests" is "Privacy requests".
func spaced(name string) string {
	var b strings.Builder
	for i, r := range name {
		switch {
		case i == 0:
			b.WriteRune(unicode.ToUpper(r))
		case unicode.IsUpper(r):
			b.WriteRune(' ')
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func (s *Service) exportMessages(ctx context.Context, entries []Entry, all *exported, r *Request) error {
	var ids []uuid.UUID
	for _, e := range entries {
		if e.MessageID != nil {
			ids = append(ids, *e.MessageID)
		}
	}
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		r.Done, r.Total = r.Done+int64(len(entries)), r.Done+int64(len(entries))+1
		if err := s.advance(ctx, tx, tenant, r); err != nil || len(ids) == 0 {
			return err
		}
		rows, err := tx.Query(ctx, sqlExportMessages, tenant, ids, ids[len(ids)-1], ids[0])
		if err != nil {
			return err
		}
		found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[exportedMessage])
		all.Messages = append(all.Messages, found...)
		return err
	})
}

// write makes the archive.
func (e exported) write(to *bytes.Buffer) error {
	page, err := template.New("export").Funcs(template.FuncMap{
		"when":  func(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") },
		"label": func(name string) string { return e.label(name) },
	}).Parse(exportPage)
	if err != nil {
		return err
	}
	archive := zip.NewWriter(to)
	file, err := archive.Create("data.json")
	if err != nil {
		return err
	}
	out := json.NewEncoder(file)
	out.SetIndent("", "  ")
	if err := out.Encode(e); err != nil {
		return err
	}
	if file, err = archive.Create("index.html"); err != nil {
		return err
	}
	if err := page.Execute(file, e); err != nil {
		return err
	}
	return archive.Close()
}

// label is what people call a value.
func (e exported) label(name string) string {
	key := name
	if len(name) > len(fieldTarget) && name[:len(fieldTarget)] == fieldTarget {
		key = name[len(fieldTarget):]
	}
	return orElse(e.Labels[key], labelOf(key))
}
