package bench

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

const (
	talkLength   = 20 // messages of a conversation, on average
	inboxMonths  = 12
	inboxMembers = 8 // who have most conversations
)

// Of teams and members the last are those that few conversations have; of labels the last is of last season,
// and the one before it few have.
const (
	inboxLabels = 22
	inboxTeams  = 6
)

// inboxSeed is what the inbox is opened with.
type inboxSeed struct {
	tenant  uuid.UUID
	ann     uuid.UUID
	members []uuid.UUID
	teams   []uuid.UUID
	labels  []uuid.UUID
	talks   []string  // ids of conversations, the longest first
	words   []string  // from the most common to the rarest
	views   []string  // ids of saved views
	channel uuid.UUID // the number that few people write to
	orders  int       // how many messages name one
}

// named are ids that are the same in every run.
func named(what string, n int) []uuid.UUID {
	ids := make([]uuid.UUID, n)
	for i := range ids {
		ids[i] = uuid.NewSHA1(uuid.NameSpaceOID, fmt.Appendf(nil, "%s%d", what, i))
	}
	return ids
}

// seedInbox writes a tenant whose conversations have been going on for a year, unless an earlier run has.
// It writes as the superuser, past the services: what is measured is the reading.
func (w *world) seedInbox(ctx context.Context, conversations int) (took time.Duration, err error) {
	var seeded bool
	if err := w.super.QueryRow(ctx, `select to_regclass('bench.filled') is not null`).Scan(&seeded); err != nil || seeded {
		return 0, err
	}
	began := time.Now()
	tenant, err := w.pagesTenant(ctx)
	if err != nil {
		return 0, err
	}
	var members []uuid.UUID
	if err := w.super.QueryRow(ctx, seedMembers, tenant).Scan(&members); err != nil {
		return 0, fmt.Errorf("seed members: %w", err)
	}
	s, err := w.inboxOf(ctx, tenant)
	if err != nil {
		return 0, err
	}
	for _, wave := range s.waves(conversations, time.Now().UTC()) {
		if err := w.seedWave(ctx, wave); err != nil {
			return 0, err
		}
	}
	return time.Since(began), nil
}

// seededInbox is what a database has that was filled.
func (w *world) seededInbox(ctx context.Context) (s inboxSeed, err error) {
	tenant, _, err := w.seededBefore(ctx)
	if err != nil {
		return s, err
	}
	if s, err = w.inboxOf(ctx, tenant); err != nil {
		return s, err
	}
	return s, w.super.QueryRow(ctx, seededTalks, tenant).Scan(&s.talks, &s.views, &s.channel, &s.orders)
}

func (w *world) inboxOf(ctx context.Context, tenant uuid.UUID) (inboxSeed, error) {
	s := inboxSeed{tenant: tenant, teams: named("team", inboxTeams), labels: named("label", inboxLabels), words: madeWords()}
	const who = `
select (select user_id from members where tenant_id = $1 and role = 'owner'),
    (select array_agg(user_id order by user_id) from members where tenant_id = $1 and role <> 'owner')`
	if err := w.super.QueryRow(ctx, who, tenant).Scan(&s.ann, &s.members); err != nil {
		return s, err
	}
	rare := s.members[inboxMembers]
	s.members = append(s.members[:inboxMembers-1:inboxMembers-1], s.ann, rare)
	return s, nil
}

// waves are the statements in their order; those of one wave may run at once. Indexes over what comes in no
// order are made when it is all there.
func (s inboxSeed) waves(n int, now time.Time) [][]step {
	months := saidIn(n*talkLength, now)
	bodies, words := bodiesAndWords(madePhrases(s.words, phrases(n)))
	from := months[0].from
	people := []any{s.tenant, n, []uuid.UUID{}, []uuid.UUID{}}
	first := []step{{sql: seedTalkers}, {sql: seedPeople, args: people}, {sql: seedLabels, args: []any{s.tenant, s.labels}},
		{sql: `select ensure_partitions('messages', $1::date, $2)`, args: []any{from, len(months)}}}
	second := []step{{sql: seedNumbers, args: []any{s.tenant}}, {sql: seedPhrases, args: []any{bodies, words, s.lexemes(from, now), conversation.WeekOf(ident.At(from))}}}
	for _, index := range []string{"drop index messages_wamid", "drop index conversation_texts_words", "drop index conversation_texts_of",
		"alter table contact_messages drop constraint contact_messages_pkey", "alter table inbound_ids drop constraint inbound_ids_pkey", viewSaid(months)} {
		second = append(second, step{sql: index})
	}
	said, written := []step{}, []step{{sql: seedTexts, args: []any{s.tenant}, fresh: "conversation_texts"}}
	for _, m := range months {
		said = append(said, step{sql: m.of(seedSaid), args: []any{m.low, m.high, from, float64(m.year.Milliseconds()), n * talkLength, n, m.begins, m.ends, phrases(n)}})
		written = append(written, step{sql: m.of(seedSaidMessages), args: []any{s.tenant, s.members}, fresh: m.table()})
	}
	written = append(written, step{sql: seedKnown, args: []any{s.tenant}, fresh: "contact_messages"}, step{sql: seedInbound, args: []any{s.tenant}, fresh: "inbound_ids"},
		step{sql: seedTalks, args: []any{s.tenant, s.members, s.teams}, fresh: "conversations"})
	return append([][]step{first, second, {{sql: `analyze bench.people`}, {sql: `analyze bench.phrases`}, {sql: `analyze bench.vectors`}}, said, {{sql: analyzeSaid(months)}}, written, {{sql: dropSaid(months)}, {sql: `vacuum (analyze) conversations`}}}, s.lastWaves(n)...)
}

func (s inboxSeed) lastWaves(n int) [][]step {
	return [][]step{
		{{sql: seedNotes, args: []any{s.tenant, s.ann, s.members, phrases(n)}}, {sql: seedCases, args: []any{s.tenant}}, {sql: seedEntries, args: []any{s.tenant}},
			{sql: seedLabelled, args: []any{s.tenant, s.labels}}, {sql: seedClocks, args: []any{s.tenant}}, {sql: seedQueue, args: []any{s.tenant}},
			{sql: seedViews, args: []any{s.tenant, s.teams, s.labels, s.members}}},
		{{sql: `create index conversation_texts_words on conversation_texts using gin (words) with (gin_pending_list_limit = 1024)`},
			{sql: `create index messages_wamid on messages (tenant_id, wamid) where wamid is not null`},
			{sql: `alter table contact_messages add primary key (tenant_id, contact_id, message_id)`},
			{sql: `alter table inbound_ids add primary key (tenant_id, wamid)`},
			{sql: `vacuum (analyze) messages`}},
		{{sql: `create index conversation_texts_of on conversation_texts (tenant_id, conversation_id, id)`}},
		{{sql: `vacuum (analyze) conversation_texts`}, {sql: `vacuum (analyze) contact_messages`}, {sql: `vacuum (analyze) inbound_ids`},
			{sql: `vacuum (analyze) conversation_entries`}, {sql: `vacuum (analyze) conversation_cases`}, {sql: `vacuum (analyze) contacts`}, {sql: `analyze`}},
		{{sql: `create table bench.filled ()`}},
	}
}

// month is a stretch of messages, from the low-th to the high-th or a few less.
type month struct {
	n                  int
	from, begins, ends time.Time
	year               time.Duration
	low, high          int
}

// table is the partition that has the month's messages.
func (m month) table() string { return m.begins.Format("messages_y2006m01") }

// of is a statement about the month.
func (m month) of(sql string) string {
	return strings.NewReplacer("{n}", strconv.Itoa(m.n), "{month}", m.table()).Replace(sql)
}

// phrases are how many there are in so many conversations.
func phrases(conversations int) int { return min(20_000, max(500, conversations)) }

// saidIn divides messages among the months of a year.
func saidIn(total int, now time.Time) (list []month) {
	from := now.AddDate(0, -inboxMonths, 0).Truncate(time.Millisecond)
	year := now.Sub(from)
	at := func(t time.Time) int { return int(float64(total) * (float64(t.Sub(from)) / float64(year))) }
	for begins := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC); begins.Before(now); begins = begins.AddDate(0, 1, 0) {
		ends := begins.AddDate(0, 1, 0)
		list = append(list, month{len(list), from, begins, ends, year, max(1, at(begins)-1), min(total, at(ends)+1)})
	}
	return list
}

// viewSaid makes the months' tables and their union.
func viewSaid(months []month) string {
	var made, parts []string
	for _, m := range months {
		made, parts = append(made, m.of(createSaid)), append(parts, m.of("select * from bench.said_{n}"))
	}
	return strings.Join(made, ";\n") + ";\ncreate view bench.said as " + strings.Join(parts, " union all ")
}

func analyzeSaid(months []month) string {
	var parts []string
	for _, m := range months {
		parts = append(parts, m.of("analyze bench.said_{n}"))
	}
	return strings.Join(parts, ";")
}

func dropSaid(months []month) string {
	parts := []string{"drop view bench.said"}
	for _, m := range months {
		parts = append(parts, m.of("drop table bench.said_{n}"))
	}
	return strings.Join(parts, ";")
}

// lexemes stand before the words of each week from one time to another.
func (s inboxSeed) lexemes(from, to time.Time) (list []string) {
	for at := conversation.WeekOf(ident.At(from)); at <= conversation.WeekOf(ident.At(to)); at++ {
		list = append(list, conversation.Lexeme(s.tenant, at, ""))
	}
	return list
}
