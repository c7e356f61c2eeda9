package desk

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/hours"
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

// bundle is Acme with Ann, Bob and Cyd at the desk, and one number.
type bundle struct {
	t             *testing.T
	s             *Service
	conversations *conversation.Service
	contacts      *contact.Service
	clock         *clock.Fake
	acme, number  uuid.UUID
	ann, bob, cyd uuid.UUID
	said          []string
	people        int
}

func setup(t *testing.T) *bundle {
	t.Helper()
	// A Thursday, 14:30 in India.
	d, now := dbtest.New(t), clock.NewFake(time.Date(2026, time.November, 26, 9, 0, 0, 0, time.UTC))
	log := slog.New(slog.DiscardHandler)
	jobs, err := queue.NewInserter(queue.Config{DB: d, Clock: now, Logger: log})
	b := &bundle{t: t, clock: now, acme: dbtest.Tenant(t, d, "acme"), number: ident.New(), ann: ident.New(), bob: ident.New(), cyd: ident.New()}
	b.must(err)
	b.contacts = contact.New(contact.Deps{DB: d, Clock: now, Queue: jobs, Logger: log})
	b.conversations = conversation.New(conversation.Deps{DB: d, Clock: now, Queue: jobs, Logger: log, Contacts: b.contacts})
	calendars := hours.New(hours.Deps{DB: d, Clock: now})
	b.s = New(Deps{DB: d, Clock: now, Queue: jobs, Logger: log, Conversations: b.conversations, Hours: calendars})
	b.s.Hooks.Say = func(_ context.Context, _ pgx.Tx, _ uuid.UUID, _ conversation.Conversation, text string) error {
		b.said = append(b.said, text)
		return nil
	}
	b.conversations.Hooks.Changed = b.s.Follow
	for _, user := range []uuid.UUID{b.ann, b.bob, b.cyd} {
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

func (b *bundle) as(user uuid.UUID, role string) context.Context {
	return actor.With(b.t.Context(), actor.Actor{Kind: actor.User, TenantID: b.acme, UserID: user, Role: role})
}

func (b *bundle) owner() context.Context { return b.as(b.ann, "owner") }

func (b *bundle) exec(sql string, args ...any) {
	b.t.Helper()
	b.must(b.s.DB.InTenant(b.t.Context(), b.acme, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql, append([]any{b.acme}, args...)...)
		return err
	}))
}

func (b *bundle) there(users ...uuid.UUID) {
	b.t.Helper()
	for _, u := range users {
		b.must(b.s.Seen(b.as(u, "agent")))
	}
}

func (b *bundle) rule(r Rule) Rule {
	b.t.Helper()
	r.Enabled = true
	r, err := b.s.SaveRule(b.owner(), r)
	b.must(err)
	return r
}

func (b *bundle) person() uuid.UUID {
	b.t.Helper()
	b.people++
	name, phone := fmt.Sprintf("Person %d", b.people), fmt.Sprintf("+9198450110%02d", b.people)
	c, err := b.contacts.Create(b.owner(), contact.Change{Name: &name, Phone: &phone}, nil)
	b.must(err)
	return c.ID
}

// write is a customer's message, and who has the conversation then.
func (b *bundle) write(person uuid.UUID) *uuid.UUID {
	b.t.Helper()
	r := message.Receipt{ID: ident.New(), ChannelID: b.number, ContactID: person, Kind: "text", Text: "hi", At: b.clock.Now()}
	b.must(b.s.DB.InTenant(b.t.Context(), b.acme, func(ctx context.Context, tx pgx.Tx) error {
		return b.conversations.Received(ctx, tx, b.acme, []message.Receipt{r})
	}))
	return b.of(person).AssigneeID
}

func (b *bundle) of(person uuid.UUID) conversation.Row {
	b.t.Helper()
	page, err := b.conversations.List(b.owner(), conversation.Filter{Contact: &person}, web.PageQuery{Limit: 2})
	b.must(err)
	if len(page.Items) != 1 {
		b.t.Fatalf("%d conversations", len(page.Items))
	}
	return page.Items[0]
}

func (b *bundle) resolve(person uuid.UUID) {
	b.t.Helper()
	b.must(b.conversations.SetStatus(b.owner(), []uuid.UUID{b.of(person).ID}, conversation.StatusChange{To: conversation.Resolved}))
}

func (b *bundle) has(person uuid.UUID, want uuid.UUID) {
	b.t.Helper()
	if got := b.of(person).AssigneeID; got == nil || *got != want {
		b.t.Errorf("the conversation is %v's, not %v's", got, want)
	}
}

func TestTurnsGoRoundAmongThoseWhoAreThere(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.rule(Rule{Name: "All", Ways: []Way{RoundRobin}})
	b.there(b.ann, b.cyd)
	var got []uuid.UUID
	for range 4 {
		b.clock.Advance(time.Second)
		if who := b.write(b.person()); who != nil {
			got = append(got, *who)
		}
	}
	if len(got) != 4 || got[0] == got[1] || got[0] != got[2] || got[1] != got[3] || slices.Contains(got, b.bob) {
		t.Errorf("turns went to %v", got)
	}
	b.clock.Advance(away)
	if who := b.write(b.person()); who != nil {
		t.Errorf("somebody who is gone got one: %v", *who)
	}
}

func TestTheLeastBusyGetsIt(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.there(b.ann, b.bob)
	b.must(b.s.SetMember(b.owner(), b.ann, false, 2))
	b.must(b.s.SetMember(b.owner(), b.bob, false, 8))
	b.rule(Rule{Name: "All", Ways: []Way{LeastBusy}, Queue: true, QueueText: "You are number {{position}}."})
	count := map[uuid.UUID]int{}
	for range 10 {
		if who := b.write(b.person()); who != nil {
			count[*who]++
		}
	}
	if count[b.ann] != 2 || count[b.bob] != 8 {
		t.Errorf("of ten, ann got %d and bob %d; they take 2 and 8", count[b.ann], count[b.bob])
	}
	late, later := b.person(), b.person()
	if b.write(late) != nil || b.write(later) != nil || !slices.Equal(b.said, []string{"You are number 1.", "You are number 2."}) {
		t.Fatalf("nobody has room: %v", b.said)
	}
	b.resolve(b.someoneOf(b.bob))
	b.must(b.s.drain(b.owner(), b.acme))
	b.has(late, b.bob)
	if waiting, err := b.s.Queue(b.owner()); err != nil || len(waiting) != 1 || b.of(later).AssigneeID != nil {
		t.Errorf("one of two still waits: %+v, %v", waiting, err)
	}
}

// someoneOf is a contact whose open conversation a member has.
func (b *bundle) someoneOf(user uuid.UUID) uuid.UUID {
	b.t.Helper()
	page, err := b.conversations.List(b.owner(), conversation.Filter{Assignee: &user}, web.PageQuery{Limit: 1})
	b.must(err)
	return page.Items[0].Contact.ID
}

func TestWhoHadItBeforeOrOwnsTheContactComesFirst(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.there(b.ann, b.bob, b.cyd)
	b.rule(Rule{Name: "Known", Ways: []Way{LastHandler, ContactOwner, RoundRobin}})
	asha, bina := b.person(), b.person()
	b.exec(`update contacts set owner_id = $2 where tenant_id = $1 and id = $3`, b.cyd, bina)
	b.write(bina)
	b.has(bina, b.cyd)
	b.write(asha)
	b.must(b.conversations.Assign(b.owner(), []uuid.UUID{b.of(asha).ID}, assignTo(b.bob)))
	b.resolve(asha)
	b.must(b.conversations.Assign(b.owner(), []uuid.UUID{b.of(asha).ID}, conversation.Assignment{Assignee: new(*uuid.UUID)}))
	b.write(asha)
	b.has(asha, b.bob)
}

func assignTo(user uuid.UUID) conversation.Assignment {
	to := &user
	return conversation.Assignment{Assignee: &to}
}

func TestTeamsAndNumbers(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.there(b.ann, b.bob, b.cyd)
	team, err := b.s.SaveTeam(b.owner(), Team{Name: "Returns", Members: []uuid.UUID{b.cyd}})
	b.must(err)
	b.rule(Rule{Name: "Another number", Channels: []uuid.UUID{ident.New()}, Ways: []Way{RoundRobin}})
	b.rule(Rule{Name: "Returns", TeamID: &team.ID, Ways: []Way{RoundRobin}})
	asha := b.person()
	b.write(asha)
	b.has(asha, b.cyd)
	if row := b.of(asha); row.TeamID == nil || *row.TeamID != team.ID {
		t.Errorf("its team is %v", row.TeamID)
	}
	if _, err := b.s.SaveTeam(b.owner(), Team{Name: "returns"}); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("a name that is taken: %v", err)
	}
}

func TestWhatIsNotAnsweredIsHandedOn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.there(b.ann, b.bob)
	b.rule(Rule{Name: "All", Ways: []Way{RoundRobin}, ReassignMinutes: 10})
	asha, bina := b.person(), b.person()
	b.write(asha)
	first := *b.of(asha).AssigneeID
	b.write(bina)
	second := *b.of(bina).AssigneeID
	b.must(b.s.DB.InTenant(b.as(second, "agent"), b.acme, func(ctx context.Context, tx pgx.Tx) error {
		return b.conversations.Queued(ctx, tx, b.acme, []message.Draft{{ID: ident.New(), ChannelID: b.number, ContactID: bina, Origin: message.OriginReply, Text: "Hello"}})
	}))
	b.clock.Advance(10 * time.Minute)
	b.there(b.ann, b.bob)
	b.must(b.s.HandOn(t.Context()))
	b.has(asha, second)
	b.has(bina, second)
	if first == second {
		t.Error("turns did not go round")
	}
	thread, err := b.conversations.Thread(b.owner(), b.of(asha).ID, web.PageQuery{Limit: 5})
	b.must(err)
	if e := thread.Items[0].Event; e == nil || e.What != conversation.Assigned || e.Data["why"] != "no answer in 10 minutes" {
		t.Errorf("the thread says %+v", thread.Items[0])
	}
}

func TestAtOnceNobodyGetsMoreThanTheyTake(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.there(b.ann, b.bob)
	for _, user := range []uuid.UUID{b.ann, b.bob} {
		b.must(b.s.SetMember(b.owner(), user, false, 3))
	}
	b.rule(Rule{Name: "All", Ways: []Way{LeastBusy}, Queue: true})
	people := make([]uuid.UUID, 12)
	for i := range people {
		people[i] = b.person()
	}
	done := make(chan error, len(people))
	for _, p := range people {
		go func() {
			r := message.Receipt{ID: ident.New(), ChannelID: b.number, ContactID: p, Kind: "text", Text: "hi", At: b.clock.Now()}
			done <- b.s.DB.InTenant(t.Context(), b.acme, func(ctx context.Context, tx pgx.Tx) error {
				return b.conversations.Received(ctx, tx, b.acme, []message.Receipt{r})
			})
		}()
	}
	for range people {
		b.must(<-done)
	}
	members, err := b.s.Members(b.owner())
	b.must(err)
	for _, m := range members {
		if m.Online && m.Open != 3 {
			t.Errorf("%s has %d of 3", m.UserID, m.Open)
		}
	}
	if waiting, err := b.s.Queue(b.owner()); err != nil || len(waiting) != 6 {
		t.Errorf("%d wait, not 6: %v", len(waiting), err)
	}
}
