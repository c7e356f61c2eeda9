package reply_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/feature/reply"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// desk is Acme with an inbox, an owner and an agent.
type desk struct {
	*messagetest.World
	inbox   *conversation.Service
	s       *reply.Service
	ann     context.Context // owner
	bob     context.Context // agent
	bobID   uuid.UUID
	urgent  conversation.Label
	refunds uuid.UUID // a team
}

func open(t *testing.T) *desk {
	t.Helper()
	d := &desk{World: messagetest.New(t, messagetest.Options{})}
	d.inbox = conversation.New(conversation.Deps{DB: d.DB, Clock: d.Clock, Logger: slog.New(slog.DiscardHandler), Queue: d.Jobs, Messages: d.Messages,
		Channels: d.Channels, Contacts: d.Contacts, Uploads: d.Uploads, WhatsApp: d.Meta})
	hooks := &d.Messages.Hooks
	hooks.Received, hooks.Queued, hooks.Changed, hooks.Windows = d.inbox.Received, d.inbox.Queued, d.inbox.Moved, d.inbox.Windows
	d.s = reply.New(reply.Deps{DB: d.DB, Clock: d.Clock, Conversations: d.inbox, Uploads: d.Uploads})
	d.ann, d.bob, d.bobID = d.member("Ann Rao", "owner"), nil, uuid.Nil
	d.bob = d.member("Bob Das", "agent")
	d.bobID = actor.Must(d.bob).UserID
	var err error
	d.urgent, err = d.inbox.AddLabel(d.ann, "Urgent", "danger")
	d.Must(err)
	d.refunds = ident.New()
	d.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into teams (tenant_id, id, name, name_key, created_at) values ($1, $2, 'Refunds', 'refunds', $3)`, d.Acme, d.refunds, d.Clock.Now())
		return err
	})
	return d
}

// member joins Acme.
func (d *desk) member(name, role string) context.Context {
	d.T.Helper()
	id := ident.New()
	d.Must(d.DB.AsSystem(d.T.Context(), "a person of a test", func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into users (id, email, name, password_hash, created_at, updated_at) values ($1, $2, $3, 'x', $4, $4)`,
			id, strings.ToLower(strings.Fields(name)[0])+"@acme.example", name, d.Clock.Now())
		return err
	}))
	d.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into members (tenant_id, user_id, role, created_at, updated_at) values ($1, $2, $3, $4, $4)`, d.Acme, id, role, d.Clock.Now())
		return err
	})
	return actor.With(d.T.Context(), actor.Actor{Kind: actor.User, TenantID: d.Acme, UserID: id, Role: role})
}

// writes lets a person write and gives their conversation.
func (d *desk) writes(p contact.Contact) uuid.UUID {
	d.T.Helper()
	_, err := d.Sim.Inbound(whatsappsim.InboundRequest{PhoneNumberID: d.Account.Numbers[0].ID, From: p.Phone, Name: p.Name, Text: "Hello"})
	d.Must(err)
	var id uuid.UUID
	d.Await("it is in the inbox", func() bool {
		page, err := d.inbox.List(d.ann, conversation.Filter{Contact: &p.ID, Statuses: []conversation.Status{conversation.Open}}, web.PageQuery{Limit: 1})
		d.Must(err)
		if len(page.Items) == 1 {
			id = page.Items[0].ID
		}
		return len(page.Items) == 1
	})
	return id
}

func (d *desk) canned(ctx context.Context, c reply.CannedDraft) reply.Canned {
	d.T.Helper()
	made, err := d.s.AddCanned(ctx, c)
	d.Must(err)
	return made
}

func (d *desk) found(ctx context.Context, q string) (list []string) {
	d.T.Helper()
	after := ""
	for {
		page, err := d.s.Canned(ctx, q, web.PageQuery{Limit: 2, After: after})
		d.Must(err)
		for _, c := range page.Items {
			list = append(list, c.Name)
		}
		if after = page.Next; after == "" {
			return list
		}
	}
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	a, _ := json.Marshal(got)
	b, _ := json.Marshal(want)
	if string(a) != string(b) {
		t.Errorf("%s: %s, not %s", what, a, b)
	}
}

func refused(t *testing.T, err error, kind fault.Kind, at string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Kind != kind || at != "" && (len(f.Fields) == 0 || f.Fields[0].Location != at) {
		t.Errorf("not refused as %s at %s: %v", kind, at, err)
	}
}

func TestCannedRepliesAreFoundByShortcutThenByUse(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Start(d.Messages)
	id := d.writes(d.Person("Asha Sharma", 101))
	hours := d.canned(d.ann, reply.CannedDraft{Name: "Opening hours", Shortcut: "/Hours", Body: "We are open 9 to 6."})
	d.canned(d.ann, reply.CannedDraft{Name: "Hindi hours", Shortcut: "hours-hi", Body: "हम 9 से 6 बजे तक खुले हैं।"})
	thanks := d.canned(d.ann, reply.CannedDraft{Name: "Thanks", Body: "Thank you, see our hours."})
	d.canned(d.bob, reply.CannedDraft{Name: "Mine", Shortcut: "hours", Body: "My own hours", Personal: true})
	for range 2 {
		_, err := d.s.Render(d.bob, thanks.ID, id)
		d.Must(err)
	}
	same(t, "Ann finds", d.found(d.ann, "/HOURS"), []string{"Opening hours", "Hindi hours", "Thanks"})
	same(t, "Bob finds", d.found(d.bob, "hours"), []string{"Opening hours", "Mine", "Hindi hours", "Thanks"})
	same(t, "the most used first", d.found(d.ann, ""), []string{"Thanks", "Opening hours", "Hindi hours"})
	same(t, "in Hindi", d.found(d.ann, "खुले"), []string{"Hindi hours"})

	_, err := d.s.AddCanned(d.ann, reply.CannedDraft{Name: "Again", Shortcut: "hours", Body: "x"})
	refused(t, err, fault.KindConflict, "body.shortcut")
	_, err = d.s.AddCanned(d.bob, reply.CannedDraft{Name: "For all", Body: "x"})
	refused(t, err, fault.KindForbidden, "")
	_, err = d.s.SaveCanned(d.bob, hours.ID, reply.CannedDraft{Name: "Taken", Body: "x", Personal: true})
	refused(t, err, fault.KindForbidden, "")
	_, err = d.s.AddCanned(d.ann, reply.CannedDraft{Name: "Hole", Body: "{{contact.shoe}}"})
	refused(t, err, fault.KindInvalid, "body.body")
	missing := ident.New()
	_, err = d.s.AddCanned(d.ann, reply.CannedDraft{Name: "File", UploadID: &missing})
	refused(t, err, fault.KindInvalid, "body.uploadId")
	d.InAcme(func(ctx context.Context, tx pgx.Tx) error { return d.s.MemberLeft(ctx, tx, d.Acme, d.bobID) })
	same(t, "what is left of Bob's", d.found(d.bob, "own"), nil)
}

func TestACannedReplyIsFilledForItsConversation(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Start(d.Messages)
	id := d.writes(d.Person("Asha Sharma", 101))
	c := d.canned(d.ann, reply.CannedDraft{Name: "Hi",
		Body: "Hi {{ contact.first_name | there }}, {{agent.name}} of {{workspace.name}} here. {{contact.field.city|Your city}}? {{contact.email}}!"})
	r, err := d.s.Render(d.bob, c.ID, id)
	d.Must(err)
	if r.Text != "Hi Asha, Bob Das of acme here. Your city? !" || r.Content.Text.Body != r.Text {
		t.Errorf("it reads %q", r.Text)
	}
	same(t, "what nothing is known for", r.Missing, []string{"contact.email"})
	_, err = d.s.Render(d.bob, c.ID, ident.New())
	refused(t, err, fault.KindNotFound, "")
	own := d.canned(d.ann, reply.CannedDraft{Name: "Mine", Body: "x", Personal: true})
	_, err = d.s.Render(d.bob, own.ID, id)
	refused(t, err, fault.KindNotFound, "")
}

func (d *desk) macro(steps ...reply.Step) reply.Macro {
	d.T.Helper()
	m, err := d.s.AddMacro(d.ann, reply.MacroDraft{Name: ident.New().String(), Steps: steps})
	d.Must(err)
	return m
}

func (d *desk) run(m reply.Macro, run uuid.UUID, ids ...uuid.UUID) []reply.Outcome {
	d.T.Helper()
	list, err := d.s.Run(d.bob, m.ID, run, ids)
	d.Must(err)
	return list
}

func (d *desk) thread(id uuid.UUID) (texts []string) {
	d.T.Helper()
	page, err := d.inbox.Thread(d.ann, id, web.PageQuery{Limit: 50})
	d.Must(err)
	for _, item := range page.Items {
		switch {
		case item.Message != nil:
			texts = append(texts, item.Message.Text)
		case item.Note != nil:
			texts = append(texts, "note: "+item.Note.Body)
		}
	}
	return texts
}

func TestAMacroIsDoneWholeAndOnce(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Start(d.Messages)
	asha, ravi := d.writes(d.Person("Asha Sharma", 101)), d.writes(d.Person("Ravi Iyer", 102))
	c := d.canned(d.ann, reply.CannedDraft{Name: "Sorry", Body: "Sorry, {{contact.first_name}}."})
	m := d.macro(reply.Step{Kind: reply.SendCanned, CannedID: &c.ID}, reply.Step{Kind: reply.Assign, To: "me"}, reply.Step{Kind: reply.GiveTeam, To: d.refunds.String()},
		reply.Step{Kind: reply.PutLabels, Labels: []uuid.UUID{d.urgent.ID}}, reply.Step{Kind: reply.WriteNote, Text: "Refund {{contact.name}}"}, reply.Step{Kind: reply.Snooze, Minutes: 60})
	run := ident.New()
	for range 2 { // the second time as after a lost answer
		same(t, "outcomes", d.run(m, run, asha, ravi), []reply.Outcome{{ID: asha, Done: true}, {ID: ravi, Done: true}})
	}
	same(t, "Asha's thread", d.thread(asha), []string{"note: Refund Asha Sharma", "Sorry, Asha.", "Hello"})
	got, err := d.inbox.Get(d.ann, ravi)
	d.Must(err)
	if got.Status != conversation.Snoozed || got.AssigneeID == nil || *got.AssigneeID != d.bobID || got.TeamID == nil || *got.TeamID != d.refunds || len(got.Labels) != 1 {
		t.Errorf("Ravi's: %+v", got.Row)
	}
	d.Await("both have it", func() bool { return len(d.Sent()) == 2 })
	d.OnceEach(2)
	refused(t, d.s.RemoveCanned(d.ann, c.ID), fault.KindConflict, "")
	list, err := d.s.Macros(d.bob)
	d.Must(err)
	if list[0].Uses != 4 {
		t.Errorf("it ran on %d conversations", list[0].Uses)
	}
}

func TestAMacroThatCannotBeDoneLeavesNothing(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Start(d.Messages)
	asha, ravi := d.writes(d.Person("Asha Sharma", 101)), d.writes(d.Person("Ravi Iyer", 102))
	d.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update conversations set window_until = $3 where tenant_id = $1 and id = $2`, d.Acme, ravi, d.Clock.Now().Add(-time.Minute))
		return err
	})
	m := d.macro(reply.Step{Kind: reply.WriteNote, Text: "Told {{contact.first_name}}"}, reply.Step{Kind: reply.SendText, Text: "Done."}, reply.Step{Kind: reply.Resolve})
	list := d.run(m, ident.New(), ravi, asha)
	if o := list[0]; o.Done || o.Step != 2 || o.Code != message.ReasonWindowClosed || !strings.HasPrefix(o.Problem, "Step 2, send a text: ") {
		t.Errorf("Ravi's: %+v", o)
	}
	if !list[1].Done {
		t.Errorf("Asha's: %+v", list[1])
	}
	same(t, "Ravi's thread", d.thread(ravi), []string{"Hello"})
	same(t, "Asha's thread", d.thread(asha), []string{"Done.", "note: Told Asha", "Hello"})

	hole := d.macro(reply.Step{Kind: reply.SendText, Text: "To {{contact.email}}"})
	if o := d.run(hole, ident.New(), asha)[0]; o.Code != "place_empty" {
		t.Errorf("with a hole: %+v", o)
	}
	label := d.macro(reply.Step{Kind: reply.PutLabels, Labels: []uuid.UUID{d.urgent.ID}})
	d.Must(d.inbox.DeleteLabel(d.ann, d.urgent.ID))
	if o := d.run(label, ident.New(), asha)[0]; o.Done || o.Step != 1 {
		t.Errorf("a label that is gone: %+v", o)
	}
	if o := d.run(label, ident.New(), ident.New())[0]; o.Done || o.Code != "conversation_not_found" {
		t.Errorf("a conversation that is not there: %+v", o)
	}
	_, err := d.s.AddMacro(d.ann, reply.MacroDraft{Name: "x", Steps: []reply.Step{{Kind: reply.Resolve}, {Kind: reply.GiveTeam, To: ident.New().String()}}})
	refused(t, err, fault.KindInvalid, "body.steps.1.to")
}
