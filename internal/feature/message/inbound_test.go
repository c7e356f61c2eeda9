package message_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

const asha = "919800010001"

// item is one message of a customer.
func item(wamid, from string, at time.Time, content string) string {
	return fmt.Sprintf(`{"id":%q,"from":%q,"timestamp":"%d",%s}`, wamid, from, at.Unix(), content)
}

func text(body string) string { return fmt.Sprintf(`"type":"text","text":{"body":%q}`, body) }

// inbound delivers messages to Acme's number in one body.
func (b bundle) delivered(items ...string) {
	b.T.Helper()
	b.Post(hook(b.Account.ID, "messages", value(b.number(), `"messages":[`+strings.Join(items, ",")+`]`)))
}

// inThread are Acme's stored messages in the order of a thread, as a person reads them.
type inThread struct {
	ID                       uuid.UUID
	Direction, Origin, State string
	Kind, WAMID, Source      string
	Body                     json.RawMessage
	CreatedAt                time.Time
	Edited, Revoked          bool
}

func (m inThread) reads() string { return message.Preview(m.Kind, m.Body) }

func (b bundle) thread() (list []inThread) {
	b.T.Helper()
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select m.id, m.direction, m.origin, m.state, m.kind, coalesce(m.wamid, ''), m.source, m.body, m.created_at, m.edited_at is not null, m.revoked_at is not null
			from messages m join contact_messages c on c.tenant_id = $1 and c.message_id = m.id and c.contact_id = m.contact_id where m.tenant_id = $1 order by m.id`, b.Acme)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByPos[inThread])
		return err
	})
	return list
}

func (b bundle) texts() (list []string) {
	for _, m := range b.thread() {
		list = append(list, m.reads())
	}
	return list
}

func (b bundle) awaitTexts(want ...string) {
	b.T.Helper()
	b.Await(fmt.Sprint(want), func() bool { return slices.Equal(b.texts(), want) })
}

func TestAThreadIsInTheOrderOfTheCustomersClock(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Sim: silent})
	now := time.Now().Truncate(time.Second)
	b.delivered(item("wamid.3", asha, now.Add(-time.Minute), text("three")), item("wamid.4", asha, now.Add(-time.Minute), text("four")))
	b.delivered(item("wamid.5", asha, now.Add(-time.Minute), text("five")), item("wamid.1", asha, now.Add(-2*time.Minute), text("one")))
	b.delivered(item("wamid.2", asha, now.Add(-2*time.Minute), text("two")), item("wamid.6", asha, now.Add(9*time.Hour), text("six")))
	b.Start(b.Messages)
	b.awaitTexts("one", "two", "three", "four", "five", "six")
	for _, m := range b.thread() {
		if m.CreatedAt.After(time.Now()) {
			t.Errorf("%s is from the future: %v", m.reads(), m.CreatedAt)
		}
	}
}

func TestAPoisonMessageIsSetAsideAlone(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Sim: silent})
	var told []string
	b.Hooks.Received = func(_ context.Context, _ pgx.Tx, _ uuid.UUID, list []message.Receipt) error {
		for _, r := range list {
			if r.Text == "poison" {
				return fmt.Errorf("cannot take %s", r.WAMID)
			}
		}
		for _, r := range list {
			told = append(told, r.Text)
		}
		return nil
	}
	var items, want []string
	for i := range 30 {
		said := fmt.Sprintf("%02d", i)
		if i == 0 || i == 17 {
			said = "poison"
		} else {
			want = append(want, said)
		}
		items = append(items, item(fmt.Sprintf("wamid.%d", i), asha, time.Now().Add(-time.Minute), text(said)))
	}
	b.delivered(items...)
	b.Start(b.NewMessages("worker-2"))
	b.awaitTexts(want...)
	b.Await("both are set aside", func() bool { return len(b.setAsides()) == 2 })
	if !slices.Equal(told, want) {
		t.Errorf("told of %v", told)
	}
	for _, a := range b.setAsides() {
		if !strings.Contains(a.Reason, "cannot take") {
			t.Errorf("%+v", a)
		}
	}
}

func TestTheSameMessageAtOnceIsOne(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Sim: silent})
	var mu sync.Mutex
	told := map[string]int{}
	b.Hooks.Received = func(_ context.Context, _ pgx.Tx, _ uuid.UUID, list []message.Receipt) error {
		mu.Lock()
		defer mu.Unlock()
		for _, r := range list {
			told[r.WAMID]++
		}
		return nil
	}
	var items []string
	for i := range 40 {
		items = append(items, item(fmt.Sprintf("wamid.%d", i%20), fmt.Sprintf("9198000%05d", i%7), time.Now().Add(-time.Minute), text(fmt.Sprint(i%20))))
	}
	for i := range 8 {
		b.delivered(append(slices.Clone(items[i:]), items[:i]...)...)
	}
	for i := range 3 {
		b.Start(b.NewMessages(fmt.Sprintf("worker-%d", i+2)))
	}
	b.Await("all are stored", func() bool { return len(b.thread()) >= 20 && b.waitingDeliveries() == 0 })
	if n := len(b.thread()); n != 20 {
		t.Errorf("%d messages", n)
	}
	mu.Lock()
	defer mu.Unlock()
	for wamid, n := range told {
		if n != 1 {
			t.Errorf("%s was told %d times", wamid, n)
		}
	}
}

func (b bundle) waitingDeliveries() (n int) {
	b.Must(b.DB.AsSystem(b.T.Context(), "count", func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from webhook_deliveries where waiting`).Scan(&n)
	}))
	return n
}

func TestEditsReactionsAndDeletionsFollowTheirMessage(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Sim: silent})
	var amended []message.Amendment
	b.Hooks.Amended = func(_ context.Context, _ pgx.Tx, _ uuid.UUID, list []message.Amendment) error {
		amended = append(amended, list...)
		return nil
	}
	at := time.Now().Add(-time.Hour).Truncate(time.Second)
	edit := func(wamid, of, from, body string, after time.Duration) string {
		return item(wamid, from, at.Add(after), fmt.Sprintf(`"type":"edit","edit":{"original_message_id":%q,"message":{"type":"text","text":{"body":%q}}}`, of, body))
	}
	react := func(wamid, of, emoji string, after time.Duration) string {
		return item(wamid, asha, at.Add(after), fmt.Sprintf(`"type":"reaction","reaction":{"message_id":%q,"emoji":%q}`, of, emoji))
	}
	// All before their messages, and the later ones first.
	b.delivered(react("wamid.r2", "wamid.a", "❤️", 9*time.Second), react("wamid.r1", "wamid.a", "👍", 5*time.Second), react("wamid.r3", "wamid.b", "", 3*time.Second))
	b.delivered(edit("wamid.e2", "wamid.a", asha, "परसों", 4*time.Second), edit("wamid.e1", "wamid.a", asha, "कल", 2*time.Second))
	b.delivered(edit("wamid.e3", "wamid.a", "919800010099", "somebody else's", 8*time.Second))
	b.delivered(item("wamid.v", asha, at.Add(time.Minute), `"type":"revoke","revoke":{"original_message_id":"wamid.c"}`))
	s := b.NewMessages("worker-2")
	worker := b.Start(s)
	b.Await("they wait for their messages", func() bool { return len(b.setAsides()) == 7 })
	b.delivered(item("wamid.a", asha, at, text("आज")+`,"context":{"id":"wamid.q"}`), item("wamid.b", asha, at.Add(time.Second), text("b")+`,"context":{"id":"wamid.a"}`), item("wamid.c", asha, at.Add(2*time.Second), text("c")))
	b.Await("they are stored", func() bool { return len(b.thread()) == 3 })
	b.Await("all are applied but the stranger's", func() bool { return b.thread()[0].Edited && b.thread()[2].Revoked && len(b.setAsides()) == 1 })
	worker.Stop()
	list := b.thread()
	if list[0].reads() != "परसों" || message.QuoteOf(list[0].Body) != "wamid.q" || list[2].Body != nil {
		t.Errorf("%s\n%s", list[0].Body, list[2].Body)
	}
	var parts map[uuid.UUID]message.Parts
	var former []string
	b.InAcme(func(ctx context.Context, tx pgx.Tx) (err error) {
		if parts, err = message.PartsOf(ctx, tx, b.Acme, []message.Stored{{ID: list[0].ID, Kind: list[0].Kind, Body: list[0].Body}, {ID: list[1].ID, Kind: list[1].Kind, Body: list[1].Body}}); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `select body->'text'->>'body' from message_edits where tenant_id = $1 and message_id = $2`, b.Acme, list[0].ID)
		if err == nil {
			former, err = pgx.CollectRows(rows, pgx.RowTo[string])
		}
		return err
	})
	if r := parts[list[0].ID].Reactions; len(r) != 1 || r[0].Emoji != "❤️" || r[0].By != "contact" || len(parts[list[1].ID].Reactions) != 0 {
		t.Errorf("reactions: %+v", parts)
	}
	if q := parts[list[1].ID].Quote; q == nil || q.Text != "परसों" || q.ID != list[0].ID {
		t.Errorf("quote: %+v", q)
	}
	if !slices.Contains(former, "आज") {
		t.Errorf("former texts: %q", former)
	}
	if !slices.ContainsFunc(amended, func(a message.Amendment) bool {
		return a.What == message.Revoked && a.Text == "Deleted" && a.MessageID == list[2].ID
	}) {
		t.Errorf("told of %+v", amended)
	}
}

func TestEchoesAndHistoryTriggerNothing(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Sim: silent})
	var receipts []message.Receipt
	b.Hooks.Received = func(_ context.Context, _ pgx.Tx, _ uuid.UUID, list []message.Receipt) error {
		receipts = append(receipts, list...)
		return nil
	}
	now, ours := time.Now().Truncate(time.Second), b.Account.Numbers[0].Phone
	history := fmt.Sprintf(`{"messaging_product":"whatsapp","metadata":{"display_phone_number":%q,"phone_number_id":%q},"history":[{"metadata":{"phase":2,"chunk_order":1,"progress":100},"threads":[{"id":%q,"messages":[%s,%s]}]}]}`,
		ours, b.number(), asha, item("wamid.h2", ours, now.AddDate(0, 0, -170).Add(time.Second), text("an old answer")+`,"history_context":{"status":"READ"}`),
		item("wamid.h1", asha, now.AddDate(0, 0, -170), text("stop")))
	echo := fmt.Sprintf(`{"messaging_product":"whatsapp","metadata":{"display_phone_number":%q,"phone_number_id":%q},"message_echoes":[{"from":%q,"to":%q,"id":"wamid.echo","timestamp":"%d",%s}]}`,
		ours, b.number(), ours, asha, now.Unix(), text("from my phone"))
	for range 2 {
		b.Post(hook(b.Account.ID, "history", history))
		b.Post(hook(b.Account.ID, "smb_message_echoes", echo))
	}
	b.Start(b.NewMessages("worker-2"))
	b.awaitTexts("stop", "an old answer", "from my phone")
	b.statuses(statusJSON("wamid.echo", "delivered", ""))
	b.Await("the echo is delivered", func() bool { return b.thread()[2].State == "delivered" })
	got := b.thread()
	for i, want := range []inThread{{Direction: "in", Origin: "customer", State: "received", Source: "history"}, {Direction: "out", Origin: "phone", State: "read", Source: "history"}, {Direction: "out", Origin: "phone", State: "delivered", Source: "echo"}} {
		if m := got[i]; m.Direction != want.Direction || m.Origin != want.Origin || m.State != want.State || m.Source != want.Source {
			t.Errorf("%d: %+v", i, m)
		}
	}
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		var window *time.Time
		var optIn string
		if err := tx.QueryRow(ctx, `select window_open_until, opt_in from contacts where tenant_id = $1 and wa_id = $2`, b.Acme, asha).Scan(&window, &optIn); err != nil {
			return err
		}
		if window != nil || optIn != "unknown" {
			t.Errorf("window %v, opt-in %s", window, optIn)
		}
		var part string
		err := tx.QueryRow(ctx, `select tableoid::regclass::text from messages where tenant_id = $1 and wamid = 'wamid.h1'`, b.Acme).Scan(&part)
		if part == "messages_default" {
			t.Error("history has no partition")
		}
		return err
	})
	for _, r := range receipts {
		if r.Source == message.Live || r.Ours != (r.WAMID != "wamid.h1") {
			t.Errorf("%+v", r)
		}
	}
	b.Verified()
}

func TestANumberThatChangesIsFollowed(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Sim: silent})
	ann := b.Person("Ann", 100)
	from := strings.TrimPrefix(ann.Phone, "+")
	b.Start(b.Messages)
	b.delivered(item("wamid.s", from, time.Now(), `"type":"system","system":{"type":"user_changed_number","body":"Ann has a new number","wa_id":"919800077777"}`))
	b.Await("Ann's number is the new one", func() bool {
		c, err := b.Contacts.Get(b.As(b.Acme), ann.ID)
		b.Must(err)
		return c.Phone == "+919800077777" && c.WindowOpenUntil == nil
	})
	b.delivered(`{"id":"wamid.u","from":"919800077777","from_user_id":"IN.1","timestamp":"1763900000",` + text("me again") + `}`)
	b.Await("it is Ann who writes", func() bool { return len(b.thread()) == 2 })
	b.Post(hook(b.Account.ID, "user_id_update", value(b.number(), `"user_id_update":[{"user_id":{"previous":"IN.1","current":"IN.2"},"timestamp":1763900001}]`)))
	b.Await("Ann's user id is the new one", func() bool {
		c, err := b.Contacts.Get(b.As(b.Acme), ann.ID)
		b.Must(err)
		return c.BSUID == "IN.2"
	})
}

// picture is a small PNG.
func picture(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewRGBA(image.Rect(0, 0, 3, 3))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// file asks for a message's file as a member's browser does.
func (b bundle) file(id uuid.UUID, ranged string) *httptest.ResponseRecorder {
	b.T.Helper()
	api := web.New(web.Config{Clock: b.Clock, Allows: func(actor.Actor, actor.Permission) bool { return true },
		Authenticate: func(context.Context, *http.Request) (actor.Actor, error) {
			return actor.Actor{Kind: actor.User, UserID: b.Acme, TenantID: b.Acme, Role: "owner"}, nil
		}})
	b.Messages.Routes(api)
	request := httptest.NewRequest(http.MethodGet, "/api/messages/"+id.String()+"/media", nil)
	if ranged != "" {
		request.Header.Set("Range", ranged)
	}
	recorder := httptest.NewRecorder()
	api.Handler().ServeHTTP(recorder, request)
	return recorder
}

func TestMediaIsFetchedCheckedServedAndErased(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Sim: func(c *whatsappsim.Config) { c.Webhook.Enabled = false }})
	upload := func(name, mime string, content []byte) string {
		id, err := b.Meta.UploadMedia(t.Context(), b.Account.Token, b.number(), whatsapp.File{Name: name, MIMEType: mime, Size: int64(len(content)), Content: bytes.NewReader(content)})
		b.Must(err)
		return id
	}
	whole := picture(t)
	good, page := upload("a.png", "image/png", whole), upload("p.html", "text/plain", []byte("<html><script>alert(1)</script></html>"))
	lie := upload("l.png", "image/png", []byte("<html><script>alert(1)</script></html>"))
	b.Start(b.Messages)
	b.Work(b.Messages.Workers)
	b.delivered(item("wamid.1", asha, time.Now(), fmt.Sprintf(`"type":"image","image":{"id":%q,"mime_type":"image/png","caption":"टूट गया"}`, good)),
		item("wamid.2", asha, time.Now(), fmt.Sprintf(`"type":"document","document":{"id":%q,"mime_type":"text/html","filename":"बिल/../x.html"}`, page)),
		item("wamid.3", asha, time.Now(), fmt.Sprintf(`"type":"image","image":{"id":%q,"mime_type":"image/png"}`, lie)),
		item("wamid.4", asha, time.Now().Add(-8*24*time.Hour), `"type":"audio","audio":{"id":"404404","mime_type":"audio/ogg"}`))
	states := func() (s []string) {
		b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
			rows, err := tx.Query(ctx, `select x.state from message_media x join messages m on m.tenant_id = $1 and m.id = x.message_id where x.tenant_id = $1 order by m.wamid`, b.Acme)
			if err == nil {
				s, err = pgx.CollectRows(rows, pgx.RowTo[string])
			}
			return err
		})
		return s
	}
	b.Await("all files are settled", func() bool { return slices.Equal(states(), []string{"stored", "stored", "refused", "failed"}) })
	of := map[string]uuid.UUID{}
	for _, m := range b.thread() {
		of[m.WAMID] = m.ID
	}
	shown := b.file(of["wamid.1"], "")
	if shown.Code != 200 || !bytes.Equal(shown.Body.Bytes(), whole) || shown.Header().Get("Content-Type") != "image/png" ||
		shown.Header().Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(shown.Header().Get("Content-Disposition"), "inline") {
		t.Errorf("%d %v", shown.Code, shown.Header())
	}
	if part := b.file(of["wamid.1"], "bytes=1-3"); part.Code != http.StatusPartialContent || part.Body.String() != "PNG" {
		t.Errorf("part: %d %q", part.Code, part.Body.String())
	}
	saved := b.file(of["wamid.2"], "")
	if d := saved.Header().Get("Content-Disposition"); saved.Code != 200 || !strings.HasPrefix(d, "attachment") || strings.Contains(d, "/") ||
		!strings.Contains(saved.Header().Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%d %v", saved.Code, saved.Header())
	}
	for wamid, code := range map[string]int{"wamid.3": http.StatusGone, "wamid.4": http.StatusGone} {
		if reply := b.file(of[wamid], ""); reply.Code != code {
			t.Errorf("%s: %d %s", wamid, reply.Code, reply.Body)
		}
	}
	b.delivered(item("wamid.v", asha, time.Now(), `"type":"revoke","revoke":{"original_message_id":"wamid.1"}`))
	b.Await("the deleted picture is gone", func() bool { return b.file(of["wamid.1"], "").Code == http.StatusNotFound })
	b.Must(b.Messages.ForgetLoose(t.Context(), b.Acme, b.contactsOf(asha)))
	b.Await("the erased file is gone", func() bool { return b.file(of["wamid.2"], "").Code == http.StatusNotFound && b.Files() == 0 })
}

func (b bundle) contactsOf(waID string) (ids []uuid.UUID) {
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select array_agg(id) from contacts where tenant_id = $1 and wa_id = $2`, b.Acme, waID).Scan(&ids)
	})
	return ids
}
