package conversation

import (
	"context"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
)

const (
	sqlAddTexts = `
insert into conversation_texts (tenant_id, id, conversation_id, kind, words)
select $1, u.id, u.conversation_id, u.kind, array_to_tsvector(string_to_array(u.words, ' '))
from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) as u(id, conversation_id, kind, words)
on conflict (tenant_id, id) do update set words = excluded.words`
	sqlDropTexts  = `delete from conversation_texts where tenant_id = $1 and id = any($2)`
	sqlForgetText = `
delete from conversation_texts t using conversations c
where t.tenant_id = $1 and c.tenant_id = $1 and c.id = t.conversation_id and c.contact_id = any($2)`
	sqlOldestText = `select id from conversation_texts where tenant_id = $1 order by id limit 1`
	sqlLook       = `select f.id, f.conversation_id, f.kind from look_through_conversation_texts($1, $2, $3, $4, $5, $6) as f`
	sqlSearch     = `select f.id, f.conversation_id, f.kind from search_conversation_texts($1, $2, $3, $4, $5) as f`
	sqlRowsOf     = listFrom + `
where c.tenant_id = $1 and c.contact_id = any($2) order by c.last_at desc, c.id desc`
	sqlNotes = `
select e.id, e.body from conversation_entries e where e.tenant_id = $1 and e.conversation_id = any($2) and e.id = any($3)`
)

// Lexeme is a word with its workspace and week before it.
func Lexeme(tenant uuid.UUID, week int, word string) string {
	return hex.EncodeToString(tenant[11:]) + strconv.FormatInt(int64(week), 36) + ":" + word
}

// queueTexts puts what was said into the index, or says it anew.
func queueTexts(batch *pgx.Batch, tenant uuid.UUID, list []text) {
	var ids, conversations []uuid.UUID
	var kinds, words []string
	for _, t := range list {
		if len(t.words) == 0 {
			continue
		}
		lexemes := make([]string, len(t.words))
		for i, w := range t.words {
			lexemes[i] = Lexeme(tenant, WeekOf(t.id), w)
		}
		ids, conversations = append(ids, t.id), append(conversations, t.conversation)
		kinds, words = append(kinds, t.kind), append(words, strings.Join(lexemes, " "))
	}
	if len(ids) > 0 {
		batch.Queue(sqlAddTexts, tenant, ids, conversations, kinds, words)
	}
}

func oldestText(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (id uuid.UUID, err error) {
	if err = tx.QueryRow(ctx, sqlOldestText, tenant).Scan(&id); errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return id, err
}

// looked is what the latest texts have, how far they were looked through, and whether any has all words but
// the last.
type looked struct {
	found   []Hit
	reached uuid.UUID
	common  bool
}

// lookThrough reads texts one by one from before down to the first of some weeks.
func lookThrough(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, q sought, weeks []int) (l looked, err error) {
	var common *string
	if list := whole(tenant, weeks, q.words); list != nil {
		common = new(string)
		*common = anyOf(list)
	}
	rows, err := tx.Query(ctx, sqlLook, tenant, anyOf(queries(tenant, weeks, q.words)), common, weekBegins(weeks[len(weeks)-1]), q.before, nearTexts)
	if err != nil {
		return l, err
	}
	var id uuid.UUID
	var of *uuid.UUID
	var kind *string
	_, err = pgx.ForEachRow(rows, []any{&id, &of, &kind}, func() error {
		if of == nil {
			l.reached, l.common = id, kind != nil
			return nil
		}
		hit := Hit{ID: id, Type: *kind}
		hit.Conversation.ID = *of
		l.found = append(l.found, hit)
		return nil
	})
	return l, err
}

// searchTexts asks the index; first is of each week what has to be there for the rest to be looked for.
func searchTexts(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, q sought, weeks []int, first []string) ([]Hit, error) {
	rows, err := tx.Query(ctx, sqlSearch, tenant, queries(tenant, weeks, q.words), first, q.before, q.limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (h Hit, err error) {
		return h, row.Scan(&h.ID, &h.Conversation.ID, &h.Type)
	})
}

func rowsOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) ([]Row, error) {
	return collectRows(ctx, tx, sqlRowsOf, []any{tenant, contacts})
}

// textsOf are the words of hits as they were written.
func textsOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, hits []Hit) (map[uuid.UUID]string, error) {
	var messages, notes, of []uuid.UUID
	for _, h := range hits {
		if h.Type == "note" {
			notes, of = append(notes, h.ID), append(of, h.Conversation.ID)
			continue
		}
		messages = append(messages, h.ID)
	}
	texts := map[uuid.UUID]string{}
	if len(messages) > 0 {
		rows, err := messageRows(ctx, tx, tenant, messages)
		if err != nil {
			return nil, err
		}
		for _, m := range rows {
			texts[m.ID] = message.SearchText(m.Kind, m.Body)
		}
	}
	rows, err := tx.Query(ctx, sqlNotes, tenant, of, notes)
	if err != nil {
		return nil, err
	}
	var id uuid.UUID
	var body string
	_, err = pgx.ForEachRow(rows, []any{&id, &body}, func() error {
		texts[id] = body
		return nil
	})
	return texts, err
}
