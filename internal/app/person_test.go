package app

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/secret"
)

// secretWord stands in everything personal that is written of Zoya; an erasure leaves it nowhere.
const secretWord = "Zoyazzyx"

// people is Acme with all features and no role running: a person in every table that can name one.
type people struct {
	*Core
	t         *testing.T
	url       string
	ctx       context.Context
	acme      uuid.UUID
	zoya, old contact.Contact // the same person; old has the past
	campaign  uuid.UUID
}

func somePeople(t *testing.T) *people {
	t.Helper()
	cfg, err := ReadConfig()
	must(t, err)
	cfg.DatabaseURL, cfg.SecretKeys, cfg.DataDir, cfg.PublicURL = dbtest.URL(t), secret.NewKey("k1"), t.TempDir(), "http://acme.test"
	c, err := Open(t.Context(), cfg, slog.New(slog.DiscardHandler))
	must(t, err)
	t.Cleanup(c.Close)
	p := &people{Core: c, t: t, url: cfg.DatabaseURL, acme: dbtest.Tenant(t, c.DB, "acme"), campaign: ident.New()}
	p.ctx = actor.With(t.Context(), actor.Actor{Kind: actor.User, TenantID: p.acme, Role: "owner", Email: "ann@acme.test"})
	p.zoya, p.old = p.add("+919845011001"), p.add("+919845011002")
	p.live(p.old.ID)
	return p
}

func (p *people) add(phone string) contact.Contact {
	name, email := secretWord+" Khan", secretWord+"@example.test"
	made, err := p.Contacts.Create(p.ctx, contact.Change{Phone: &phone, Name: &name, Email: &email, Fields: map[string]string{"city": secretWord},
		OptIn: &contact.Consent{State: contact.OptInGiven, Source: "form of " + secretWord, Evidence: secretWord + " said yes"}}, nil)
	must(p.t, err)
	_, err = p.Contacts.AddNote(p.ctx, made.ID, "Call "+secretWord)
	must(p.t, err)
	return made
}

// live writes one row into every other table that names contacts.
func (p *people) live(id uuid.UUID) {
	p.t.Helper()
	message, loose, goal, stranger := ident.New(), ident.New(), ident.New(), ident.New()
	at := p.Clock.Now().Add(-48 * time.Hour).Truncate(time.Microsecond)
	for _, row := range []struct {
		sql  string
		args []any
	}{
		{`insert into campaigns (tenant_id, id, name, status, started_at, finished_at, created_at, updated_at) values ($1, $2, 'Diwali', 'completed', $3, $3, $3, $3)`, []any{p.campaign, at}},
		{`insert into campaign_recipients (tenant_id, campaign_id, contact_id, message_id, state, params, replied_at) values ($1, $2, $3, $4, 'fed', $5, $6)`,
			[]any{p.campaign, id, message, []string{secretWord}, at}},
		{`insert into messages (tenant_id, id, channel_id, contact_id, campaign_id, origin, kind, state, params, created_at) values ($1, $2, $2, $3, $4, 'campaign', 'template', 'read', $5, $6)`,
			[]any{message, id, p.campaign, []string{secretWord}, at}},
		{`insert into messages (tenant_id, id, channel_id, contact_id, direction, origin, kind, state, body, created_at) values ($1, $2, $2, $3, 'in', 'customer', 'text', 'received', $4, $5)`,
			[]any{loose, id, map[string]any{"text": map[string]string{"body": secretWord}}, at}},
		{`insert into contact_messages (tenant_id, contact_id, message_id) values ($1, $2, $3)`, []any{id, loose}},
		{`insert into message_media (tenant_id, message_id, channel_id, kind, filename, state, created_at) values ($1, $2, $2, 'document', $3, 'failed', $4)`, []any{loose, secretWord + ".pdf", at}},
		{`insert into message_edits (tenant_id, message_id, id, body) values ($1, $2, $3, $4)`, []any{loose, ident.New(), map[string]any{"text": map[string]string{"body": secretWord}}}},
		{`insert into conversations (tenant_id, id, contact_id, channel_id, status, preview, last_at, created_at) values ($1, $2, $3, $2, 'resolved', $4, $5, $5)`,
			[]any{goal, id, secretWord + " said", at}},
		{`insert into conversation_cases (tenant_id, id, conversation_id, contact_id, channel_id, opened_by, opened_at, resolved_at, closing_note) values ($1, $2, $2, $3, $2, 'customer', $4, $4, $5)`,
			[]any{goal, id, at, "told " + secretWord}},
		{`insert into conversation_entries (tenant_id, conversation_id, id, kind, by_kind, body, created_at) values ($1, $2, $3, 'note', 'user', $4, $5)`, []any{goal, ident.New(), "call " + secretWord, at}},
		{`insert into conversation_entries (tenant_id, conversation_id, id, kind, what, by_kind, data, created_at) values ($1, $2, $3, 'event', 'resolved', 'user', $4, $5)`,
			[]any{goal, ident.New(), map[string]string{"note": "told " + secretWord}, at}},
		{`insert into conversation_drafts (tenant_id, user_id, conversation_id, body, updated_at) values ($1, $2, $2, $3, $4)`, []any{goal, map[string]string{"text": "Dear " + secretWord}, at}},
		{`insert into conversation_texts (tenant_id, id, conversation_id, kind, words) values ($1, $2, $3, 'message', array_to_tsvector($4))`, []any{loose, goal, []string{secretWord}}},
		{`insert into csat_asks (tenant_id, case_id, conversation_id, contact_id, channel_id, handler, resolved_at, state, asked_at, score, comment) values ($1, $2, $2, $3, $2, 'people', $4, 'answered', $4, 2, $5)`,
			[]any{goal, id, at, secretWord + " was not happy"}},
		{`insert into payment_requests (tenant_id, message_id, channel_id, contact_id, reference, currency, amount, gateway, configuration, status, failure, created_at) values ($1, $2, $3, $3, 'r', 'INR', 125050, 'razorpay', 'acme', 'failed', $4, $5)`,
			[]any{loose, id, secretWord + " entered a wrong PIN", at}},
		{`insert into marketing_touches (tenant_id, contact_id, message_id) values ($1, $2, $3)`, []any{id, message}},
		{`insert into portfolio_reach (tenant_id, portfolio_id, contact_id, reached_at) values ($1, 'p', $2, $3)`, []any{id, at}},
		{`insert into campaign_acts (tenant_id, campaign_id, contact_id, act, held_out, at) values ($1, $2, $3, 'replied', false, $4)`, []any{p.campaign, id, at}},
		{`insert into links (tenant_id, campaign_id, number, slot, url) values ($1, $2, 1, 'button.0', 'https://acme.test/sale?utm_source=wa')`, []any{p.campaign}},
		{`insert into link_clicks (tenant_id, campaign_id, contact_id, number, at) values ($1, $2, $3, 1, $4)`, []any{p.campaign, id, at}},
		{`insert into link_clickers (tenant_id, campaign_id, number, contact_id) values ($1, $2, 0, $3), ($1, $2, 1, $3)`, []any{p.campaign, id}},
		{`insert into goals (tenant_id, id, key, name, touch, window_days, created_at, updated_at) values ($1, $2, 'bought', 'Bought', 'clicked', 7, $3, $3)`, []any{goal, at}},
		{`insert into conversions (tenant_id, event_id, goal_id, contact_id, value, at, campaign_id, received_at) values ($1, $2, $3, $4, 14990000, $5, $6, $5)`,
			[]any{"order of " + secretWord, goal, id, at, p.campaign}},
		{`insert into sequences (tenant_id, id, name, status, draft, created_at, updated_at) values ($1, $2, 'Welcome', 'active', '{}', $3, $3)`, []any{goal, at}},
		{`insert into sequence_enrolments (tenant_id, id, sequence_id, version, contact_id, entry, state, event_id, event, entered_at) values ($1, $2, $3, 1, $4, 'every', 'waiting', $5, $6, $7)`,
			[]any{loose, goal, id, "order of " + secretWord, map[string]string{"customer": secretWord}, at}},
		{`insert into sequence_sends (tenant_id, message_id, enrolment_id, sequence_id, step_id, number, contact_id) values ($1, $2, $2, $3, $3, 1, $4)`, []any{loose, goal, id}},
		{`insert into sequence_events (tenant_id, event_id, hash, name, contact_id, answer, at) values ($1, $2, '', 'order.paid', $3, $4, $5)`,
			[]any{"order of " + secretWord, id, map[string]string{"eventId": "order of " + secretWord}, at}},
		{`insert into contact_activity (tenant_id, contact_id, written_at, read_at) values ($1, $2, $3, $3)`, []any{id, at}},
		{`insert into contact_activity_log (tenant_id, id, at, contacts, marks) values ($1, $2, $3, $4, '{1}')`, []any{ident.New(), at, []uuid.UUID{stranger}}},
		{`insert into consent_requests (tenant_id, id, contact_id, message_id, words, score, state, created_at) values ($1, $2, $3, $4, $5, 0.6, 'open', $6)`,
			[]any{ident.New(), id, loose, "leave " + secretWord + " alone", at}},
		{`insert into consent_confirmations (tenant_id, contact_id, wanted_at, lapses_at, due_at, asked_at, shown) values ($1, $2, $3, $3, $3, $3, $4)`, []any{id, at, "Dear " + secretWord}},
		{`insert into imports (tenant_id, id, file_name, size, encoding, delimiter, has_header, columns, state, created_at) values ($1, $2, 'people.csv', 1, 'utf-8', ',', true, '[]', 'done', $3)`,
			[]any{stranger, at}},
		{`update contacts set import_id = $3 where tenant_id = $1 and id = $2`, []any{id, stranger}},
		{`insert into import_changes (tenant_id, import_id, first_row, low_id, high_id, contact_ids, at) values ($1, $2, 1, $2, $2, $3, $4)`, []any{stranger, []uuid.UUID{id}, at}},
		{`insert into contact_duplicates (tenant_id, contact_id, other_id, source, seen_at) values ($1, $2, $3, 'email', $4)`, []any{p.zoya.ID, id, at}},
	} {
		p.exec(row.sql, row.args...)
	}
}

func (p *people) exec(sql string, args ...any) {
	p.t.Helper()
	must(p.t, p.DB.InTenant(p.t.Context(), p.acme, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql, append([]any{p.acme}, args...)...)
		return err
	}))
}

// run works a request for a person's data to its end.
func (p *people) run(r contact.Request, err error) contact.Request {
	p.t.Helper()
	must(p.t, err)
	must(p.t, p.Contacts.RunRequest(p.t.Context(), p.acme, r.ID))
	return r
}

// superuser sees every table without policies.
func (p *people) superuser(fn func(*pgx.Conn)) {
	p.t.Helper()
	conn, err := pgx.Connect(p.t.Context(), p.url)
	must(p.t, err)
	defer conn.Close(p.t.Context())
	fn(conn)
}

// Tables with a column that names contacts, or has an address of theirs.
const namingTables = `
select distinct c.relname from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and not a.attisdropped
    and (a.attname ~ '(^|_)contacts?(_ids?)?$' or a.attname in ('other_id', 'merged_into', 'phone', 'wa_id', 'bsuid'))
    and exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id')
order by 1`

// TestEveryTableThatNamesContactsIsKept: a new table that names contacts says what becomes of its rows in
// an export, an erasure and a merge, or why nothing does.
func TestEveryTableThatNamesContactsIsKept(t *testing.T) {
	t.Parallel()
	p := somePeople(t)
	var tables []string
	p.superuser(func(conn *pgx.Conn) {
		rows, err := conn.Query(t.Context(), namingTables)
		must(t, err)
		tables, err = pgx.CollectRows(rows, pgx.RowTo[string])
		must(t, err)
	})
	known := map[string]bool{}
	for _, k := range p.Contacts.Keepers() {
		if known[k.Table] {
			t.Errorf("%s has two keepers", k.Table)
		}
		known[k.Table] = true
		for what, both := range map[string][2]bool{
			"read or has a reason (Read, Unread)": {k.Read != nil, k.Unread != ""}, "forgotten or has a reason (Forget, Kept)": {k.Forget != nil, k.Kept != ""},
			"carried or has a reason (Carry, Stays)": {k.Carry != nil, k.Stays != ""}, "read into a section": {k.Read != nil, k.Section == ""},
			"given back when carried": {k.Carry != nil, k.Return == nil},
		} {
			if both[0] == both[1] {
				t.Errorf("%s must be %s", k.Table, what)
			}
		}
	}
	if len(tables) < 20 {
		t.Errorf("only %d tables name contacts: the test is blind", len(tables))
	}
	for _, table := range tables {
		if !known[table] {
			t.Errorf("%s names contacts and has no keeper: see contact.Keeper and keepers.go", table)
		}
		delete(known, table)
	}
	for _, table := range slices.Sorted(maps.Keys(known)) {
		t.Errorf("%s has a keeper and names no contact", table)
	}
}

// What is kept of a person is in their export, table by table, and nothing personal is left by an erasure.
func TestAPersonIsExportedAndErased(t *testing.T) {
	t.Parallel()
	p := somePeople(t)
	made := p.run(p.Contacts.Export(p.ctx, p.old.ID))
	kept := p.exported(made.ID)
	for _, k := range p.Contacts.Keepers() {
		if k.Read != nil && len(kept[k.Section]) == 0 {
			t.Errorf("the export has nothing of %s", k.Table)
		}
	}
	for section, want := range map[string]string{"consents": secretWord + " said yes", "requestsToBeLeftAlone": "leave " + secretWord, "clicks": "acme.test/sale",
		"conversions": "order of", "campaigns": "Diwali", "notes": "Call", "imports": "people.csv"} {
		if text := string(slices.Concat(kept[section]...)); !strings.Contains(text, want) {
			t.Errorf("%s does not say %q: %s", section, want, text)
		}
	}
	p.run(p.Contacts.Erase(p.ctx, p.old.ID))
	p.run(p.Contacts.Erase(p.ctx, p.zoya.ID))
	for table, n := range p.traces() {
		t.Errorf("%d rows of %s still name the erased person", n, table)
	}
	records := p.rows("consent_records")
	if len(records) != 2 || !strings.Contains(records[0], `"erased"`) || !strings.Contains(records[0], `"state": "in"`) {
		t.Errorf("what is left of the consent record: %v", records)
	}
	if _, err := p.Contacts.ExportFile(p.ctx, made.ID); err == nil {
		t.Error("the export outlived the person")
	}
}

// exported reads the export's sections.
func (p *people) exported(id uuid.UUID) map[string][][]byte {
	p.t.Helper()
	file, err := p.Contacts.ExportFile(p.ctx, id)
	must(p.t, err)
	defer file.Close()
	raw, err := io.ReadAll(file)
	must(p.t, err)
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	must(p.t, err)
	data, err := archive.Open("data.json")
	must(p.t, err)
	var all struct {
		Kept map[string][]json.RawMessage `json:"kept"`
	}
	must(p.t, json.NewDecoder(data).Decode(&all))
	sections := map[string][][]byte{}
	for section, rows := range all.Kept {
		for _, row := range rows {
			sections[section] = append(sections[section], row)
		}
	}
	return sections
}

// traces counts, by table of the whole database, the rows that still have the person's word.
func (p *people) traces() map[string]int {
	p.t.Helper()
	found := map[string]int{}
	p.superuser(func(conn *pgx.Conn) {
		rows, err := conn.Query(p.t.Context(), `select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where n.nspname in ('public', 'river') and c.relkind in ('r', 'p') and not c.relispartition`)
		must(p.t, err)
		tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
		must(p.t, err)
		for _, table := range tables {
			var n int
			must(p.t, conn.QueryRow(p.t.Context(), fmt.Sprintf(`select count(*) from %s x where to_jsonb(x)::text ilike '%%%s%%' or to_jsonb(x)::text like '%%98450110%%'`, table, secretWord)).Scan(&n))
			if n > 0 {
				found[table] = n
			}
		}
	})
	return found
}

// rows are a table's, as text.
func (p *people) rows(table string) (all []string) {
	p.t.Helper()
	p.superuser(func(conn *pgx.Conn) {
		rows, err := conn.Query(p.t.Context(), fmt.Sprintf(`select to_jsonb(x)::text from %s x order by 1`, table))
		must(p.t, err)
		all, err = pgx.CollectRows(rows, pgx.RowTo[string])
		must(p.t, err)
	})
	return all
}

// A merge gives every carried row to the contact that stays; its undoing gives every one back.
func TestAMergeCarriesEverythingAndGivesItBack(t *testing.T) {
	t.Parallel()
	p := somePeople(t)
	before := map[string][]string{}
	for _, k := range p.Contacts.Keepers() {
		if k.Carry != nil {
			before[k.Table] = p.rows(k.Table)
		}
	}
	_, err := p.Contacts.Merge(p.ctx, p.zoya.ID, contact.Merging{OtherID: p.old.ID})
	must(t, err)
	for table, was := range before {
		now := p.rows(table)
		if !slices.ContainsFunc(now, func(row string) bool { return strings.Contains(row, p.zoya.ID.String()) }) {
			t.Errorf("%s was not carried over: %v", table, was)
		}
	}
	var merge uuid.UUID
	must(t, p.DB.InTenant(t.Context(), p.acme, func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select id from contact_merges where tenant_id = $1`, p.acme).Scan(&merge)
	}))
	_, err = p.Contacts.UndoMerge(p.ctx, merge)
	must(t, err)
	for table, was := range before {
		now := p.rows(table)
		if diff := cmp.Diff(was, now); diff != "" {
			t.Errorf("%s was not given back:\n%s", table, diff)
		}
	}
}
