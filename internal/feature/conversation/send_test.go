package conversation_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/feature/upload"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// desk is the world with an inbox, and what Meta was asked.
type desk struct {
	*messagetest.World
	inbox *conversation.Service

	mu     sync.Mutex
	asked  []string                                                      // method, the path's end and the body
	answer func(w http.ResponseWriter, r *http.Request, end string) bool // true: it answered instead of Meta
}

func open(t *testing.T) *desk {
	t.Helper()
	d := &desk{}
	d.World = messagetest.New(t, messagetest.Options{Wrap: d.listen})
	d.inbox = conversation.New(conversation.Deps{DB: d.DB, Clock: d.Clock, Logger: slog.New(slog.DiscardHandler), Queue: d.Jobs, Messages: d.Messages,
		Channels: d.Channels, Contacts: d.Contacts, Uploads: d.Uploads, WhatsApp: d.Meta})
	hooks := &d.Messages.Hooks
	hooks.Received, hooks.Queued, hooks.Changed, hooks.Windows = d.inbox.Received, d.inbox.Queued, d.inbox.Moved, d.inbox.Windows
	return d
}

// listen writes down what Meta is asked.
func (d *desk) listen(meta http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		end := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
		d.mu.Lock()
		d.asked = append(d.asked, r.Method+" "+end+" "+string(body))
		answer := d.answer
		d.mu.Unlock()
		if answer == nil || !answer(w, r, end) {
			meta.ServeHTTP(w, r)
		}
	})
}

// instead lets something else than Meta answer.
func (d *desk) instead(answer func(w http.ResponseWriter, r *http.Request, end string) bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.answer = answer
}

// heard counts what Meta was asked that has all parts.
func (d *desk) heard(parts ...string) (n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, asked := range d.asked {
		has := true
		for _, part := range parts {
			has = has && strings.Contains(asked, part)
		}
		if has {
			n++
		}
	}
	return n
}

// writes lets a person write and gives their conversation.
func (d *desk) writes(p contact.Contact, text string) uuid.UUID {
	d.T.Helper()
	before := d.unread(p)
	_, err := d.Sim.Inbound(whatsappsim.InboundRequest{PhoneNumberID: d.Account.Numbers[0].ID, From: p.Phone, Name: "Ann", Text: text})
	d.Must(err)
	d.Await("it is in the inbox", func() bool { return d.unread(p) > before })
	id, err := d.inbox.Begin(d.As(d.Acme), p.ID, d.Channel.ID)
	d.Must(err)
	return id
}

func (d *desk) unread(p contact.Contact) (n int) {
	d.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select coalesce(sum(unread), 0) from conversations where tenant_id = $1 and contact_id = $2`, d.Acme, p.ID).Scan(&n)
	})
	return n
}

// closes moves the end of the window into the past.
func (d *desk) closes(id uuid.UUID) {
	d.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update conversations set window_until = $3 where tenant_id = $1 and id = $2`, d.Acme, id, d.Clock.Now().Add(-time.Second))
		return err
	})
}

func text(body string) conversation.Answer {
	return conversation.Answer{ID: ident.New(), Content: whatsapp.NewText(body)}
}

func (d *desk) send(id uuid.UUID, a conversation.Answer) conversation.Item {
	d.T.Helper()
	item, err := d.inbox.Send(d.As(d.Acme), id, a)
	d.Must(err)
	return item
}

// said is a message as the thread shows it.
func (d *desk) said(id, messageID uuid.UUID) conversation.Said {
	d.T.Helper()
	page, err := d.inbox.Thread(d.As(d.Acme), id, web.PageQuery{Limit: 50})
	d.Must(err)
	for _, item := range page.Items {
		if item.ID == messageID {
			return *item.Message
		}
	}
	d.T.Fatalf("%s is not in the thread", messageID)
	return conversation.Said{}
}

func (d *desk) awaitState(id, messageID uuid.UUID, state message.State) conversation.Said {
	d.T.Helper()
	d.Await("it is "+string(state), func() bool { return d.said(id, messageID).State == state })
	return d.said(id, messageID)
}

// refused says that an error is a fault with a code.
func (d *desk) refused(err error, kind fault.Kind, code string) {
	d.T.Helper()
	if f, ok := err.(*fault.Error); !ok || f.Kind != kind || f.Code != code {
		d.T.Errorf("not refused as %s %s: %v", kind, code, err)
	}
}

func TestAnAnswerIsSentOnceHoweverOftenItIsPosted(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Start(d.Messages)
	ann := d.Person("Ann", 100)
	id := d.writes(ann, "मुझे मदद चाहिए 🙏")
	a := text("जी, बताइए")
	d.send(id, a)
	if item := d.send(id, a); item.ID != a.ID || item.Message.Text != "जी, बताइए" {
		t.Errorf("posted again: %+v", item)
	}
	other := a
	other.Content = whatsapp.NewText("Something else")
	_, err := d.inbox.Send(d.As(d.Acme), id, other)
	d.refused(err, fault.KindConflict, "message_id_taken")
	said := d.awaitState(id, a.ID, message.Read)
	if said.SentBy == nil || *said.SentBy != d.Acme || said.Origin != message.OriginReply {
		t.Errorf("who wrote it: %+v", said)
	}
	d.OnceEach(1)
	d.Verified()
	quoting := text("And this?")
	quoting.Quote = &a.ID
	d.send(id, quoting)
	d.awaitState(id, quoting.ID, message.Read)
	if d.heard(`"context":{"message_id":"`+said.WAMID+`"}`) != 1 {
		t.Error("it was not quoted")
	}
}

func TestAClosedWindowSendsNothingAndSaysWhy(t *testing.T) {
	t.Parallel()
	d := open(t)
	worker := d.Start(d.Messages)
	ann := d.Person("Ann", 100)
	id := d.writes(ann, "Hello")
	worker.Stop()
	queued, later := text("On its way"), text("Tomorrow then")
	later.DueAt = d.Clock.Now().Add(time.Second)
	d.send(id, queued)
	d.send(id, later)
	d.closes(id)
	_, err := d.inbox.Send(d.As(d.Acme), id, text("Too late"))
	d.refused(err, fault.KindConflict, message.ReasonWindowClosed)
	d.Start(d.Messages)
	for _, a := range []conversation.Answer{queued, later} {
		said := d.awaitState(id, a.ID, message.Refused)
		if want := message.Explain(message.ReasonWindowClosed, 0); said.Error == nil || *said.Error != want {
			t.Errorf("why: %+v", said.Error)
		}
	}
	d.OnceEach(0)
	letter := conversation.Answer{ID: ident.New(), Template: &conversation.Letter{ID: d.Template("welcome").ID}}
	d.send(id, letter)
	d.awaitState(id, letter.ID, message.Read)
	d.OnceEach(1)
}

func TestAScheduledMessageIsShownWithdrawnOrGoes(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Start(d.Messages)
	id := d.writes(d.Person("Ann", 100), "Hello")
	a := text("Next week")
	a.DueAt = d.Clock.Now().Add(7 * 24 * time.Hour).Truncate(time.Microsecond)
	d.send(id, a)
	if said := d.said(id, a.ID); said.DueAt == nil || !said.DueAt.Equal(a.DueAt) || said.State != message.Queued {
		t.Errorf("scheduled: %+v", said)
	}
	if item := d.send(id, a); item.ID != a.ID {
		t.Errorf("posted again: %+v", item)
	}
	d.Must(d.inbox.Withdraw(d.As(d.Acme), id, a.ID))
	if said := d.said(id, a.ID); said.State != message.Cancelled || said.DueAt != nil || said.Error == nil {
		t.Errorf("withdrawn: %+v", said)
	}
	d.refused(d.inbox.Withdraw(d.As(d.Acme), id, a.ID), fault.KindConflict, "message_gone")
	soon := text("In a moment")
	soon.DueAt = d.Clock.Now().Add(500 * time.Millisecond)
	d.send(id, soon)
	if got := d.unreadOf(id); got != 1 {
		t.Errorf("%d unread before it goes", got)
	}
	d.awaitState(id, soon.ID, message.Read)
	if got := d.unreadOf(id); got != 0 {
		t.Errorf("%d unread after it went", got)
	}
	far := text("Next year")
	far.DueAt = d.Clock.Now().Add(29 * 24 * time.Hour)
	_, err := d.inbox.Send(d.As(d.Acme), id, far)
	d.refused(err, fault.KindInvalid, "")
	d.OnceEach(1)
}

func (d *desk) unreadOf(id uuid.UUID) int {
	detail, err := d.inbox.Get(d.As(d.Acme), id)
	d.Must(err)
	return detail.Unread
}

// dot is a PNG of one pixel.
const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

func (d *desk) picture() upload.Upload {
	d.T.Helper()
	png, err := base64.StdEncoding.DecodeString(dot)
	d.Must(err)
	u, err := d.Uploads.Receive(d.As(d.Acme), "दिवाली.png", "", bytes.NewReader(png))
	d.Must(err)
	return u
}

func image(u upload.Upload) conversation.Answer {
	return conversation.Answer{ID: ident.New(), Content: &whatsapp.Content{Type: whatsapp.TypeImage, Image: &whatsapp.MediaContent{Upload: u.ID.String(), Caption: "Look"}}}
}

// The first upload's answer is lost: the file is given again, the message goes once. The second message
// uses what Meta has.
func TestAFileIsAtMetaBeforeItsMessageGoes(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Start(d.Messages)
	id := d.writes(d.Person("Ann", 100), "Hello")
	u := d.picture()
	lost := false
	d.instead(func(w http.ResponseWriter, r *http.Request, end string) bool {
		if end != "media" || lost {
			return false
		}
		lost = true
		w.WriteHeader(http.StatusBadGateway)
		return true
	})
	first, second := image(u), image(u)
	d.send(id, first)
	if said := d.said(id, first.ID); said.DueAt != nil {
		t.Errorf("it looks scheduled: %+v", said)
	}
	d.Work(d.Messages.Workers)
	d.awaitState(id, first.ID, message.Read)
	d.send(id, second)
	d.awaitState(id, second.ID, message.Read)
	if n := d.heard("POST media"); n != 2 {
		t.Errorf("%d uploads, not the lost one and one", n)
	}
	if d.heard(`"type":"image"`, `"caption":"Look"`, `"id":"`) != 2 {
		t.Error("not two pictures by Meta's id")
	}
	d.Verified()
}

func TestAFileThatMetaRefusesEndsItsMessage(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Start(d.Messages)
	id := d.writes(d.Person("Ann", 100), "Hello")
	u := d.picture()
	d.instead(func(w http.ResponseWriter, r *http.Request, end string) bool {
		if end != "media" {
			return false
		}
		_ = web.WriteJSON(w, http.StatusBadRequest, map[string]any{"error": map[string]any{"code": 100, "message": "no such type"}})
		return true
	})
	a := image(u)
	d.send(id, a)
	d.Work(d.Messages.Workers)
	said := d.awaitState(id, a.ID, message.Refused)
	if want := message.Explain(message.ReasonFileRefused, 0); *said.Error != want {
		t.Errorf("why: %+v", said.Error)
	}
	wrong := image(u)
	wrong.Content = &whatsapp.Content{Type: whatsapp.TypeVideo, Video: &whatsapp.MediaContent{Upload: u.ID.String()}}
	_, err := d.inbox.Send(d.As(d.Acme), id, wrong)
	d.refused(err, fault.KindInvalid, "")
	d.OnceEach(0)
}

func TestReadAndTypingAreToldAsTheWorkspaceWishes(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Start(d.Messages)
	d.Work(d.inbox.Workers)
	ann := d.Person("Ann", 100)
	id := d.writes(ann, "Hello")
	for range 3 {
		d.Must(d.inbox.MarkRead(d.As(d.Acme), id))
		d.Must(d.inbox.Typing(d.As(d.Acme), id))
	}
	d.Await("both are told", func() bool {
		return d.heard(`"status":"read"`) > d.heard("typing_indicator") && d.heard("typing_indicator") > 0
	})
	if reads, typing := d.heard(`"status":"read"`), d.heard("typing_indicator"); reads-typing != 1 || typing > 2 {
		t.Errorf("told %d reads, of them %d typing", reads, typing)
	}
	set, err := d.inbox.SettingsOf(d.As(d.Acme))
	d.Must(err)
	set.ReadReceipts = false
	d.Must(d.inbox.SetSettings(d.As(d.Acme), set))
	before := d.receipts()
	d.writes(ann, "Anybody?")
	d.Must(d.inbox.MarkRead(d.As(d.Acme), id))
	d.Must(d.inbox.Typing(d.As(d.Acme), id))
	if after := d.receipts(); after != before {
		t.Errorf("%d receipts asked for against the workspace's wish", after-before)
	}
}

// receipts counts the jobs that were asked for.
func (d *desk) receipts() (n int) {
	d.Must(d.DB.AsSystem(d.T.Context(), "a test counts jobs", func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from river.river_job where kind = 'conversation_receipt'`).Scan(&n)
	}))
	return n
}

func TestABlockedPersonIsResolvedAndNotWrittenTo(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Start(d.Messages)
	id := d.writes(d.Person("Ann", 100), "Hello")
	d.instead(func(w http.ResponseWriter, r *http.Request, end string) bool {
		if end != "block_users" {
			return false
		}
		_ = web.WriteJSON(w, http.StatusOK, map[string]any{"block_users": map[string]any{"added_users": []any{}, "failed_users": []any{}}})
		return true
	})
	for range 2 {
		d.Must(d.inbox.Block(d.As(d.Acme), id))
	}
	detail, err := d.inbox.Get(d.As(d.Acme), id)
	d.Must(err)
	if detail.Status != conversation.Resolved || d.events(id, conversation.Blocked) != 1 {
		t.Errorf("blocked: %+v", detail.Row)
	}
	_, err = d.inbox.Send(d.As(d.Acme), id, text("Hello?"))
	d.refused(err, fault.KindConflict, "blocked")
	d.Must(d.inbox.Unblock(d.As(d.Acme), id))
	d.send(id, text("Hello again"))
	if d.heard("POST block_users", `"user":"`) != 2 || d.heard("DELETE block_users") != 1 || d.events(id, conversation.Unblocked) != 1 {
		t.Error("Meta or the thread was not told")
	}
}

func (d *desk) events(id uuid.UUID, what conversation.What) (n int) {
	page, err := d.inbox.Thread(d.As(d.Acme), id, web.PageQuery{Limit: 50})
	d.Must(err)
	for _, item := range page.Items {
		if item.Event != nil && item.Event.What == what {
			n++
		}
	}
	return n
}

func TestWhatFailedIsSentAgainOnce(t *testing.T) {
	t.Parallel()
	d := open(t)
	worker := d.Start(d.Messages)
	id := d.writes(d.Person("Ann", 100), "Hello")
	worker.Stop()
	a := text("Hi")
	d.send(id, a)
	d.Must(d.inbox.Withdraw(d.As(d.Acme), id, a.ID))
	d.Start(d.Messages)
	again := ident.New()
	for range 2 {
		item, err := d.inbox.SendAgain(d.As(d.Acme), id, a.ID, again)
		d.Must(err)
		if item.Message.ResendOf == nil || *item.Message.ResendOf != a.ID || item.Message.Text != "Hi" {
			t.Errorf("the new attempt: %+v", item.Message)
		}
	}
	_, err := d.inbox.SendAgain(d.As(d.Acme), id, a.ID, ident.New())
	d.refused(err, fault.KindConflict, "not_resendable")
	d.awaitState(id, again, message.Read)
	d.OnceEach(1)
	_, err = d.inbox.SendAgain(d.As(d.Acme), id, again, ident.New())
	d.refused(err, fault.KindConflict, "not_resendable")
}

func TestAReactionIsShownAndOneThatFailedIsTakenAway(t *testing.T) {
	t.Parallel()
	d := open(t)
	worker := d.Start(d.Messages)
	id := d.writes(d.Person("Ann", 100), "Thank you!")
	worker.Stop()
	page, err := d.inbox.Thread(d.As(d.Acme), id, web.PageQuery{Limit: 50})
	d.Must(err)
	var theirs uuid.UUID
	for _, item := range page.Items {
		if item.Type == "message" {
			theirs = item.ID
		}
	}
	a := conversation.Answer{ID: ident.New(), Content: &whatsapp.Content{Type: whatsapp.TypeReaction, Reaction: &whatsapp.Reaction{MessageID: theirs.String(), Emoji: "👍🏽"}}}
	d.send(id, a)
	if d.reaction(theirs) != "👍🏽" {
		t.Errorf("shown: %q", d.reaction(theirs))
	}
	d.closes(id)
	d.Start(d.Messages)
	d.Await("it is refused and taken away", func() bool { return d.reaction(theirs) == "" })
	d.OnceEach(0)
}

func (d *desk) reaction(messageID uuid.UUID) (emoji string) {
	d.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select coalesce(max(emoji), '') from message_reactions where tenant_id = $1 and message_id = $2 and by = 'business'`, d.Acme, messageID).Scan(&emoji)
	})
	return emoji
}

func TestAFileOfOursIsInTheThread(t *testing.T) {
	t.Parallel()
	d := open(t)
	id := d.writesUnworked(d.Person("Ann", 100))
	u := d.picture()
	a := image(u)
	d.send(id, a)
	var blob string
	d.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select blob from message_media where tenant_id = $1 and message_id = $2 and state = 'stored' and kind = 'image'`, d.Acme, a.ID).Scan(&blob)
	})
	if blob != u.Key(d.Acme) {
		t.Errorf("it shows %q", blob)
	}
}

// writesUnworked is a conversation whose window is open, without a worker.
func (d *desk) writesUnworked(p contact.Contact) uuid.UUID {
	worker := d.Start(d.Messages)
	defer worker.Stop()
	return d.writes(p, "Hello")
}
