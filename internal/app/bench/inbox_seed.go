package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

const (
	talkLength   = 20 // messages of a conversation, on average
	inboxYears   = 1
	vocabulary   = 2000
	inboxSlices  = 24 // statements that write the messages, so that several run at once
	inboxMembers = 8  // who have conversations
)

// inboxSeed is what the inbox is opened with.
type inboxSeed struct {
	tenant  uuid.UUID
	ann     uuid.UUID
	members []uuid.UUID
	teams   []uuid.UUID
	labels  []uuid.UUID
	talks   []string // ids of conversations, the longest among them
	words   []string // from the most common to the rarest
}

// seedInbox writes a tenant whose conversations have been going on for a year. It writes as the
// superuser, past the services: what is measured is the reading.
func (w *world) seedInbox(ctx context.Context, conversations int) (s inboxSeed, err error) {
	if s.tenant, err = w.pagesTenant(ctx); err != nil {
		return s, err
	}
	if err := w.super.QueryRow(ctx, seedMembers, s.tenant).Scan(&s.members); err != nil {
		return s, fmt.Errorf("seed members: %w", err)
	}
	if err := w.super.QueryRow(ctx, `select user_id from members where tenant_id = $1 and role = 'owner'`, s.tenant).Scan(&s.ann); err != nil {
		return s, err
	}
	s.members = append(s.members[:inboxMembers-1], s.ann)
	s.teams, s.labels, s.words = newIDs(5), newIDs(20), madeWords()
	for _, wave := range s.waves(conversations) {
		if err := w.seedWave(ctx, wave); err != nil {
			return s, err
		}
	}
	return s, w.super.QueryRow(ctx, seededTalks, s.tenant).Scan(&s.talks)
}

// waves are the statements in their order; those of one wave may run at once.
func (s inboxSeed) waves(n int) [][]step {
	year := time.Duration(inboxYears) * 365 * 24 * time.Hour
	from := time.Now().Add(-year)
	said, total := []step{}, n*talkLength
	for i := range inboxSlices {
		said = append(said, step{seedSaid, []any{s.tenant, n, total, total*i/inboxSlices + 1, total * (i + 1) / inboxSlices, from, year.Seconds()}})
	}
	return [][]step{
		{{sql: seedTalkers}, {seedPeople, []any{s.tenant, n, []uuid.UUID{}, []uuid.UUID{}}}, {seedLabels, []any{s.tenant, s.labels}}},
		{{sql: `insert into bench.people select row_number() over (order by id), id from contacts where tenant_id = $1`, args: []any{s.tenant}},
			{sql: `drop index conversation_texts_words`}, {seedPhrases, []any{s.words, s.prefixes(from), conversation.WeekOf(ident.At(from))}}},
		said,
		{{seedKnown, []any{s.tenant}}, {sql: `vacuum (analyze) messages`}},
		{{seedTalks, []any{s.tenant, s.members, s.teams}}},
		{{seedCases, []any{s.tenant}}, {seedEntries, []any{s.tenant}}, {seedLabelled, []any{s.tenant, s.labels}}},
		{{sql: `create index conversation_texts_words on conversation_texts using gin (words) with (gin_pending_list_limit = 1024)`}, {sql: `vacuum (analyze) conversations`}},
		{{sql: `vacuum (analyze)`}},
	}
}

// prefixes stand before the words of each week since from.
func (s inboxSeed) prefixes(from time.Time) (list []string) {
	for at := conversation.WeekOf(ident.At(from)); at <= conversation.WeekOf(ident.New())+1; at++ {
		list = append(list, conversation.Lexeme(s.tenant, at, ""))
	}
	return list
}

// madeWords are words of two scripts.
func madeWords() []string {
	latin := []string{"ka", "ri", "mo", "ta", "le", "shu", "ne", "pa", "vo", "di", "gra", "sel", "ton"}
	hindi := []string{"का", "रि", "मो", "त", "ले", "शु", "ने", "पा", "वो", "दि", "ग्र", "से", "टो"}
	words := make([]string, vocabulary)
	for i := range words {
		part := latin
		if i%4 == 3 {
			part = hindi
		}
		words[i] = part[i%13] + part[i/13%13] + part[i/169%13]
	}
	return words
}
