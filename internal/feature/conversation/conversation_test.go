package conversation

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// bundle is Acme with two people of its own and a number.
type bundle struct {
	t        *testing.T
	s        *Service
	contacts *contact.Service
	clock    *clock.Fake
	acme     uuid.UUID
	number   uuid.UUID
	ann, bob uuid.UUID // members
	told     []Change
}

func setup(t *testing.T) *bundle {
	t.Helper()
	d, now := dbtest.New(t), clock.NewFake(time.Date(2026, time.November, 26, 9, 0, 0, 0, time.UTC))
	log := slog.New(slog.DiscardHandler)
	jobs, err := queue.NewInserter(queue.Config{DB: d, Clock: now, Logger: log})
	b := &bundle{t: t, clock: now, acme: dbtest.Tenant(t, d, "acme"), number: ident.New(), ann: ident.New(), bob: ident.New()}
	b.must(err)
	b.s = New(Deps{DB: d, Clock: now, Queue: jobs, Logger: log})
	b.s.Hooks.Changed = func(_ context.Context, _ pgx.Tx, _ uuid.UUID, list []Change) error {
		b.told = append(b.told, list...)
		return nil
	}
	b.contacts = contact.New(contact.Deps{DB: d, Clock: now, Queue: jobs, Logger: log})
	b.s.Contacts = b.contacts
	for _, user := range []uuid.UUID{b.ann, b.bob} {
		b.exec(`insert into members (tenant_id, user_id, role, created_at, updated_at) values ($1, $2, 'agent', $3, $3)`, user, now.Now())
	}
	return b
}

func (b *bundle) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bundle) as(user uuid.UUID) context.Context {
	return actor.With(b.t.Context(), actor.Actor{Kind: actor.User, TenantID: b.acme, UserID: user, Role: "agent", Email: "ann@acme.example"})
}

func (b *bundle) inTenant(ctx context.Context, fn func(context.Context, pgx.Tx) error) {
	b.t.Helper()
	b.must(b.s.DB.InTenant(ctx, b.acme, fn))
}

func (b *bundle) exec(sql string, args ...any) {
	b.t.Helper()
	b.inTenant(b.t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql, append([]any{b.acme}, args...)...)
		return err
	})
}

func (b *bundle) person(name, phone string) uuid.UUID {
	b.t.Helper()
	c, err := b.contacts.Create(b.as(b.ann), contact.Change{Name: &name, Phone: &phone}, nil)
	b.must(err)
	return c.ID
}

// writes is a customer's message some time ago.
func (b *bundle) writes(person uuid.UUID, text string, ago time.Duration) message.Receipt {
	b.t.Helper()
	at := b.clock.Now().Add(-ago)
	id := ident.At(at)
	random := uuid.New()
	copy(id[10:], random[10:])
	r := message.Receipt{ID: id, ChannelID: b.number, ContactID: person, Kind: "text", Text: text, Words: text, At: at}
	b.exec(`insert into contact_messages (tenant_id, contact_id, message_id) values ($1, $2, $3)`, person, id)
	b.exec(`insert into messages (tenant_id, id, channel_id, contact_id, direction, origin, kind, body, state, created_at)
		values ($1, $2, $3, $4, 'in', 'customer', 'text', jsonb_build_object('text', jsonb_build_object('body', $5::text)), 'received', $6)`, id, b.number, person, text, at)
	b.receive(r)
	return r
}

func (b *bundle) receive(list ...message.Receipt) {
	b.t.Helper()
	b.inTenant(b.t.Context(), func(ctx context.Context, tx pgx.Tx) error { return b.s.Received(ctx, tx, b.acme, list) })
}

// answers is a reply of a member.
func (b *bundle) answers(user, person uuid.UUID, text string) message.Draft {
	b.t.Helper()
	d := message.Draft{ID: ident.New(), ChannelID: b.number, ContactID: person, Origin: message.OriginReply, Text: text}
	b.inTenant(b.as(user), func(ctx context.Context, tx pgx.Tx) error { return b.s.Queued(ctx, tx, b.acme, []message.Draft{d}) })
	return d
}

func (b *bundle) list(f Filter) []Row {
	b.t.Helper()
	page, err := b.s.List(b.as(b.ann), f, web.PageQuery{Limit: 50})
	b.must(err)
	return page.Items
}

func (b *bundle) only(f Filter) Row {
	b.t.Helper()
	rows := b.list(f)
	if len(rows) != 1 {
		b.t.Fatalf("%d conversations, not one", len(rows))
	}
	return rows[0]
}

func (b *bundle) whats() (list []What) {
	for _, ch := range b.told {
		list = append(list, ch.What)
	}
	return list
}

func TestACustomerOpensACaseAndAnAnswerCloses(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asha := b.person("आशा शर्मा", "+919845011001")
	b.writes(asha, "नमस्ते! मेरा ऑर्डर कहाँ है? 📦", 2*time.Minute)
	b.writes(asha, "Hello?", time.Minute)
	row := b.only(Filter{Statuses: []Status{Open}})
	if row.Unread != 2 || row.Preview != "Hello?" || row.Contact.Name != "आशा शर्मा" || row.WaitingSince == nil || !row.WaitingSince.Equal(b.clock.Now().Add(-2*time.Minute)) {
		t.Fatalf("after two messages: %+v", row)
	}
	b.answers(b.ann, asha, "On its way")
	row = b.only(Filter{Assignee: &b.ann})
	if row.Unread != 0 || row.WaitingSince != nil || row.LastDirection != "out" || row.Status != Open {
		t.Fatalf("after an answer: %+v", row)
	}
	b.must(b.s.SetStatus(b.as(b.bob), []uuid.UUID{row.ID}, StatusChange{To: Resolved, Note: "Told her"}))
	if len(b.list(Filter{Statuses: []Status{Open}})) != 0 {
		t.Error("a resolved conversation is open")
	}
	cases, err := b.s.Cases(b.as(b.ann), row.ID)
	b.must(err)
	if len(cases) != 1 || cases[0].MessagesIn != 2 || cases[0].MessagesOut != 1 || cases[0].FirstReplyAt == nil || *cases[0].ResolvedBy != b.bob || *cases[0].AssigneeID != b.ann {
		t.Errorf("its case: %+v", cases)
	}
	if got := b.whats(); !slices.Equal(got, []What{Received, Opened, Received, Replied, Assigned, IsResolved}) {
		t.Errorf("hooks heard %v", got)
	}
	b.writes(asha, "Thank you!", 0)
	if cases, err = b.s.Cases(b.as(b.ann), row.ID); err != nil || len(cases) != 2 || cases[0].ResolvedAt != nil {
		t.Errorf("a message after resolving opens no second case: %+v, %v", cases, err)
	}
}

func TestALateMessageKeepsItsPlace(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asha := b.person("Asha", "+919845011001")
	b.writes(asha, "second", time.Minute)
	b.writes(asha, "first", time.Hour)
	row := b.only(Filter{})
	if row.Preview != "second" || !row.WindowUntil.Equal(b.clock.Now().Add(24*time.Hour-time.Minute)) {
		t.Errorf("an older message came later and is shown last, or shortened the window: %+v", row)
	}
	page, err := b.s.Thread(b.as(b.ann), row.ID, web.PageQuery{Limit: 50})
	b.must(err)
	var texts []string
	for _, item := range page.Items {
		if item.Type == "message" {
			texts = append(texts, item.Message.Text)
		}
	}
	if !slices.Equal(texts, []string{"second", "first"}) {
		t.Errorf("the thread has %v", texts)
	}
}

func TestHistoryAndEchoesTriggerNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asha := b.person("Asha", "+919845011001")
	old := message.Receipt{ID: ident.New(), ChannelID: b.number, ContactID: asha, Kind: "text", Text: "old", At: b.clock.Now().Add(-time.Hour), Source: message.History}
	echo := old
	echo.ID, echo.Source, echo.Ours, echo.Text = ident.New(), message.Echo, true, "from the phone"
	b.receive(old, echo)
	row := b.only(Filter{})
	if row.Status != Resolved || row.Unread != 0 || row.WindowUntil != nil || row.LastDirection != "out" || row.Preview != "from the phone" {
		t.Errorf("history or an echo opened it: %+v", row)
	}
}

func TestSnoozedConversationsComeBack(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asha, bina := b.person("Asha", "+919845011001"), b.person("Bina", "+919845011002")
	b.writes(asha, "hi", 0)
	b.writes(bina, "hi", 0)
	var ids []uuid.UUID
	for _, r := range b.list(Filter{}) {
		ids = append(ids, r.ID)
	}
	b.must(b.s.SetStatus(b.as(b.ann), ids, StatusChange{To: Snoozed, Until: b.clock.Now().Add(time.Hour)}))
	b.writes(bina, "are you there?", 0)
	if rows := b.list(Filter{Statuses: []Status{Open}}); len(rows) != 1 || rows[0].Contact.Name != "Bina" {
		t.Fatalf("a customer's message wakes: %+v", rows)
	}
	b.clock.Advance(time.Hour)
	b.must(b.s.Wake(t.Context()))
	if rows := b.list(Filter{Statuses: []Status{Open}}); len(rows) != 2 || rows[0].Contact.Name != "Asha" {
		t.Errorf("what is woken stands on top: %+v", rows)
	}
	err := b.s.SetStatus(b.as(b.ann), ids[:1], StatusChange{To: Snoozed, Until: b.clock.Now()})
	if fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("a snooze into the past: %v", err)
	}
}

func TestNotesMentionMembers(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asha := b.person("Asha", "+919845011001")
	b.writes(asha, "hi", 0)
	row, note := b.only(Filter{}), ident.New()
	for range 2 { // a client that did not hear the answer asks again
		b.must(b.s.AddNote(b.as(b.ann), row.ID, note, "गोदाम से पूछो @bob", []uuid.UUID{b.bob}))
	}
	rows, err := b.s.List(b.as(b.bob), Filter{Mentioned: &b.bob}, web.PageQuery{Limit: 10})
	b.must(err)
	if len(rows.Items) != 1 || !rows.Items[0].Mentioned {
		t.Fatalf("bob's mentions: %+v", rows.Items)
	}
	if n, err := b.s.Counts(b.as(b.bob)); err != nil || n.Mentions != 1 || n.Open != 1 || n.Unassigned != 1 {
		t.Errorf("bob's badges: %+v, %v", n, err)
	}
	b.must(b.s.MarkRead(b.as(b.bob), row.ID))
	if n, err := b.s.Counts(b.as(b.bob)); err != nil || n.Mentions != 0 || n.Unread != 0 {
		t.Errorf("after reading: %+v, %v", n, err)
	}
	if err := b.s.AddNote(b.as(b.ann), row.ID, ident.New(), "x", []uuid.UUID{uuid.New()}); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("a mention of a stranger: %v", err)
	}
	if err := b.s.EditNote(b.as(b.bob), row.ID, note, "mine", nil); fault.KindOf(err) != fault.KindForbidden {
		t.Errorf("somebody else's note: %v", err)
	}
	page, err := b.s.Thread(b.as(b.ann), row.ID, web.PageQuery{Limit: 50})
	b.must(err)
	if n := page.Items[0].Note; n == nil || n.Body != "गोदाम से पूछो @bob" || len(page.Items) != 3 {
		t.Errorf("the thread: %+v", page.Items)
	}
}

func TestListsPageInOrderAndStayInTheirTenant(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for i := range 25 {
		b.writes(b.person("P", "+9198450110"+string(rune('0'+i/10))+string(rune('0'+i%10))), "hi", time.Duration(i)*time.Minute)
	}
	var seen []uuid.UUID
	q := web.PageQuery{Limit: 10}
	for {
		page, err := b.s.List(b.as(b.ann), Filter{Statuses: []Status{Open, Pending}}, q)
		b.must(err)
		for _, r := range page.Items {
			seen = append(seen, r.ID)
		}
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	slices.SortFunc(seen, func(a, c uuid.UUID) int { return slices.Compare(a[:], c[:]) })
	if len(slices.Compact(seen)) != 25 {
		t.Errorf("%d of 25 conversations were seen once", len(seen))
	}
	if rows := b.list(Filter{Waiting: true}); len(rows) != 25 || !rows[0].WaitingSince.Before(*rows[24].WaitingSince) {
		t.Errorf("who waits longest comes first: %d", len(rows))
	}
	lotus := dbtest.Tenant(t, b.s.DB, "lotus")
	other := actor.With(t.Context(), actor.Actor{Kind: actor.User, TenantID: lotus, UserID: b.ann, Role: "owner"})
	if _, err := b.s.Get(other, seen[0]); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("another tenant's conversation: %v", err)
	}
	if err := b.s.Assign(other, seen[:1], Assignment{}); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("another tenant assigns: %v", err)
	}
}
