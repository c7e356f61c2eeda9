package conversation

import (
	"bytes"
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/fulltext"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// text is what a message or note says, on its way into the index.
type text struct {
	id, conversation uuid.UUID
	kind             string
	words            []string
}

const week = 7 * 24 * time.Hour

// WeekOf counts weeks from the beginning of Unix time.
func WeekOf(id uuid.UUID) int { return int(ident.Time(id).Unix() / int64(week.Seconds())) }

// Hit is something said that a search found.
type Hit struct {
	ID           uuid.UUID `json:"id" doc:"Of the message or note"`
	Type         string    `json:"type" enum:"message,note"`
	At           time.Time `json:"at"`
	Text         string    `json:"text" doc:"Around the first word that was found"`
	Conversation Row       `json:"conversation"`
}

// Found is what a search found.
type Found struct {
	People []Row         `json:"people" doc:"Conversations with people of this name or number, of the first page"`
	Said   web.Page[Hit] `json:"said" doc:"What was said, the latest first"`
}

const (
	mostPeople    = 5
	longestSearch = 200 // characters
	searchYears   = 10

	nearWeeks = 3    // of which the latest texts are looked through
	nearTexts = 2000 // at most so many
)

// Search finds conversations by who is in them and by what was said or noted. Words are found by how they
// begin where they are the last, in any script; all must be there.
func (s *Service) Search(ctx context.Context, q string, p web.PageQuery) (f Found, err error) {
	before := uuid.Max
	if err := web.DecodeCursor(p.After, &before); err != nil {
		return f, err
	}
	words := fulltext.Words(firstWords(q, longestSearch))
	if len(words) == 0 {
		return f, fault.Invalid("Write at least one word to look for.").At("query.q", "At least one word.")
	}
	if p.After == "" {
		if f.People, err = s.people(ctx, q); err != nil {
			return f, err
		}
	}
	f.Said, err = s.said(ctx, words, before, p.Limit)
	return f, err
}

// people are the conversations with people of a name or number.
func (s *Service) people(ctx context.Context, q string) ([]Row, error) {
	found, err := s.Contacts.List(ctx, contact.Filter{Q: q}, "", web.PageQuery{Limit: mostPeople})
	if err != nil || len(found.Items) == 0 {
		return []Row{}, err
	}
	ids := make([]uuid.UUID, len(found.Items))
	for i, c := range found.Items {
		ids[i] = c.ID
	}
	var rows []Row
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if rows, err = rowsOf(ctx, tx, tenant, ids); err != nil {
			return err
		}
		return s.complete(ctx, tx, tenant, rows)
	})
	return rows, err
}

func (s *Service) said(ctx context.Context, words []string, before uuid.UUID, limit int) (page web.Page[Hit], err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		oldest, err := oldestText(ctx, tx, tenant)
		if err != nil || oldest == uuid.Nil {
			return err
		}
		found, err := s.find(ctx, tx, tenant, sought{words, before, oldest, limit + 1})
		if err != nil {
			return err
		}
		page = web.PageOf(found, limit, func(h Hit) any { return h.ID })
		return s.show(ctx, tx, tenant, words, page.Items)
	})
	if page.Items == nil {
		page.Items = []Hit{}
	}
	return page, err
}

// sought is a page of a search.
type sought struct {
	words          []string
	before, oldest uuid.UUID // what is looked at: older than before, down to the oldest text
	limit          int
}

// find looks through the latest texts, which have what is said often, and asks the index for the rest.
func (s *Service) find(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, q sought) ([]Hit, error) {
	list := s.weeks(q)
	if len(list) == 0 {
		return nil, nil // older than all there is
	}
	l, err := lookThrough(ctx, tx, tenant, q, list[:min(nearWeeks, len(list))])
	if err != nil || len(l.found) >= q.limit || bytes.Compare(l.reached[:], q.oldest[:]) <= 0 {
		return l.found[:min(len(l.found), q.limit)], err
	}
	rest := q
	rest.before, rest.limit = l.reached, q.limit-len(l.found)
	weeks := s.weeks(rest)
	var first []string
	if !l.common {
		first = whole(tenant, weeks, q.words)
	}
	more, err := searchTexts(ctx, tx, tenant, rest, weeks, first)
	return append(l.found, more...), err
}

// weeks are those from before down to the oldest text.
func (s *Service) weeks(q sought) (list []int) {
	from := WeekOf(ident.At(s.Clock.Now().Add(week)))
	if q.before != uuid.Max {
		from = min(from, WeekOf(q.before))
	}
	for w := from; w >= max(WeekOf(q.oldest), from-searchYears*53); w-- {
		list = append(list, w)
	}
	return list
}

func weekBegins(w int) uuid.UUID { return ident.At(time.Unix(int64(w)*int64(week.Seconds()), 0)) }

func queries(tenant uuid.UUID, weeks []int, words []string) []string {
	list := make([]string, len(weeks))
	for i, w := range weeks {
		list[i] = query(tenant, w, words)
	}
	return list
}

func anyOf(queries []string) string { return "(" + strings.Join(queries, ") | (") + ")" }

// whole are the queries without the last word, which may only be begun; nil: there is no other.
func whole(tenant uuid.UUID, weeks []int, words []string) []string {
	last := len(words) - 1
	if last == 0 {
		return nil
	}
	list := queries(tenant, weeks, words[:last])
	for i := range list {
		list[i] = strings.TrimSuffix(list[i], ":*")
	}
	return list
}

// query asks for all words of one week; the last is found by its beginning.
func query(tenant uuid.UUID, w int, words []string) string {
	parts := make([]string, len(words))
	for i, word := range words {
		parts[i] = "'" + strings.NewReplacer(`\`, `\\`, `'`, `''`).Replace(Lexeme(tenant, w, word)) + "'"
	}
	return strings.Join(parts, " & ") + ":*"
}

// show reads what hits say, and their conversations.
func (s *Service) show(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, words []string, hits []Hit) error {
	if len(hits) == 0 {
		return nil
	}
	ids := make([]uuid.UUID, len(hits))
	for i, h := range hits {
		ids[i] = h.Conversation.ID
	}
	rows, err := rowsByID(ctx, tx, tenant, ids)
	if err != nil {
		return err
	}
	if err := s.complete(ctx, tx, tenant, rows); err != nil {
		return err
	}
	byID := map[uuid.UUID]Row{}
	for _, r := range rows {
		byID[r.ID] = r
	}
	texts, err := textsOf(ctx, tx, tenant, hits)
	for i := range hits {
		h := &hits[i]
		h.At, h.Conversation, h.Text = ident.Time(h.ID), byID[h.Conversation.ID], snippet(texts[h.ID], words)
	}
	return err
}

const (
	snippetBefore = 40 // characters
	snippetLength = 160
)

// snippet is the part of a text around the first word of a search, on one line.
func snippet(text string, words []string) string {
	text = strings.Join(strings.Fields(text), " ")
	at, n := 0, 0
	for _, part := range strings.SplitAfter(text, " ") {
		if said := fulltext.Words(part); len(said) > 0 && strings.HasPrefix(said[0], words[0]) {
			at = n
			break
		}
		n += len([]rune(part))
	}
	runes := []rune(text)
	if at <= snippetBefore {
		return firstWords(text, snippetLength)
	}
	return "…" + firstWords(string(runes[at-snippetBefore:]), snippetLength)
}
