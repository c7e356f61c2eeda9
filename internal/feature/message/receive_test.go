package message_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// silent is a Meta that accepts and reports nothing: the tests report themselves.
func silent(c *whatsappsim.Config) { c.Webhook.Enabled = false }

// value is the value of a change of field "messages" for a number.
func value(number, rest string) string {
	return fmt.Sprintf(`{"messaging_product":"whatsapp","metadata":{"display_phone_number":"918000000000","phone_number_id":%q},%s}`, number, rest)
}

func statusJSON(wamid, status, callback string) string {
	s := fmt.Sprintf(`{"id":%q,"status":%q,"timestamp":"%d","recipient_id":"919800010100"`, wamid, status, time.Now().Unix())
	if callback != "" {
		s += fmt.Sprintf(`,"biz_opaque_callback_data":%q`, callback)
	}
	return s + "}"
}

func inboundJSON(wamid, from string, at time.Time) string {
	return fmt.Sprintf(`{"id":%q,"from":%q,"timestamp":"%d","type":"text","text":{"body":"नमस्ते 🙏 مرحبا"}}`, wamid, from, at.Unix())
}

func hook(waba, field string, values ...string) string {
	changes := make([]string, len(values))
	for i, v := range values {
		changes[i] = fmt.Sprintf(`{"field":%q,"value":%s}`, field, v)
	}
	return fmt.Sprintf(`{"object":"whatsapp_business_account","entry":[{"id":%q,"time":%d,"changes":[%s]}]}`, waba, time.Now().Unix(), strings.Join(changes, ","))
}

func (b bundle) number() string { return b.Account.Numbers[0].ID }

// statuses delivers statuses of Acme's number.
func (b bundle) statuses(list ...string) {
	b.T.Helper()
	b.Post(hook(b.Account.ID, "messages", value(b.number(), `"statuses":[`+strings.Join(list, ",")+`]`)))
}

// accepted sends one message whose fate the test tells, and returns its id and Meta's.
func (b bundle) accepted() (uuid.UUID, string) {
	b.T.Helper()
	id := b.send(b.Person("Ann", 100))[0]
	b.awaitAll(message.Accepted, id)
	var wamid string
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select wamid from messages where tenant_id = $1 and id = $2`, b.Acme, id).Scan(&wamid)
	})
	return id, wamid
}

// asideCount is how many items wait for the operator.
func (b bundle) setAsides() []message.SetAsideBody {
	b.T.Helper()
	status, body := b.ask(b.Messages, http.MethodGet, "/api/platform/set-asides?limit=50")
	if status != http.StatusOK {
		b.T.Fatalf("list set-asides: %d %s", status, body)
	}
	var page web.Page[message.SetAsideBody]
	b.Must(json.Unmarshal(body, &page))
	return page.Items
}

// ask calls the operator's API.
func (b bundle) ask(s *message.Service, method, path string) (int, []byte) {
	b.T.Helper()
	api := web.New(web.Config{Clock: b.Clock, Allows: func(actor.Actor, actor.Permission) bool { return true },
		Authenticate: func(context.Context, *http.Request) (actor.Actor, error) {
			return actor.Actor{Kind: actor.User, UserID: b.Acme, TenantID: b.Acme, Role: "owner", Platform: true}, nil
		}})
	s.Routes(api)
	recorder := httptest.NewRecorder()
	api.Handler().ServeHTTP(recorder, httptest.NewRequest(method, path, nil))
	return recorder.Code, recorder.Body.Bytes()
}

func TestTheIntakeRefusesAWrongSignature(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	for _, header := range []string{"", "sha256=00", whatsapp.Sign([]byte("other"), messagetest.AppSecret), whatsapp.Sign([]byte("{}"), "wrong")} {
		request, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, b.Intake.URL, strings.NewReader("{}"))
		request.Header.Set(whatsapp.SignatureHeader, header)
		reply, err := http.DefaultClient.Do(request)
		b.Must(err)
		reply.Body.Close()
		if reply.StatusCode != http.StatusUnauthorized {
			t.Errorf("signature %q: %s", header, reply.Status)
		}
	}
}

func TestTheIntakeAnswersMetasChallenge(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	for query, want := range map[string]string{
		"?hub.mode=subscribe&hub.challenge=4711&hub.verify_token=" + messagetest.Verify: "200 4711",
		"?hub.mode=subscribe&hub.challenge=4711&hub.verify_token=wrong":                 "403",
		"": "403",
	} {
		reply, err := http.Get(b.Intake.URL + query)
		b.Must(err)
		body, _ := io.ReadAll(reply.Body)
		reply.Body.Close()
		if got := fmt.Sprintf("%d %s", reply.StatusCode, body); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s", query, got)
		}
	}
}

func TestAStatusWithoutOurIDIsMatchedByMetas(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Sim: silent})
	b.Start(b.Messages)
	id, wamid := b.accepted()
	b.statuses(statusJSON(wamid, "delivered", ""))
	b.awaitAll(message.Delivered, id)
	b.statuses(statusJSON(wamid, "sent", ""), statusJSON(wamid, "read", ""), statusJSON(wamid, "delivered", ""))
	b.awaitAll(message.Read, id)
	b.Verified()
}

func TestAStatusBeforeItsMessageWaitsForIt(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Sim: silent})
	worker := b.Start(b.Messages)
	unknown := ident.New()
	b.statuses(statusJSON("wamid.early", "delivered", unknown.String()))
	b.Await("the status is set aside", func() bool { return len(b.setAsides()) == 1 })
	if a := b.setAsides()[0]; a.Kind != "status" || a.NextAt == nil {
		t.Errorf("set aside: %+v", a)
	}
	worker.Stop()
	ann := b.Person("Ann", 100)
	b.queue(message.Draft{ID: unknown, ChannelID: b.Channel.ID, ContactID: ann.ID, Origin: message.OriginAPI, Priority: message.PriorityReply, TemplateID: b.Template("welcome").ID})
	_, err := b.Messages.Abandon(t.Context(), b.Channel.ID)
	b.Must(err)
	b.Start(b.NewMessages("worker-2"))
	b.awaitAll(message.Delivered, unknown)
	b.Await("nothing is set aside any more", func() bool { return len(b.setAsides()) == 0 })
	b.Verified()
}

func TestABadItemDoesNotBlockItsNeighbours(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Sim: silent})
	b.Start(b.Messages)
	id, wamid := b.accepted()
	b.Post(`{"object":"whatsapp_business_account","entry":"nonsense"}`)
	b.Post(hook(b.Account.ID, "messages",
		value("999999999", `"statuses":[`+statusJSON("wamid.stranger", "read", "")+`]`),
		value(b.number(), `"statuses":[{"id":42,"status":[]},`+statusJSON(wamid, "read", id.String())+`]`),
		value(b.number(), `"messages":[{"id":"wamid.in","from":17}]`)))
	b.awaitAll(message.Read, id)
	b.Await("the bad items are visible", func() bool { return len(b.setAsides()) >= 3 })
	strangers := 0
	for _, a := range b.setAsides() {
		if a.Reason == "" {
			t.Errorf("set aside without a reason: %+v", a)
		}
		if a.PhoneNumberID == "999999999" {
			strangers++
		}
	}
	if strangers != 1 {
		t.Errorf("%d items of an unknown number", strangers)
	}
}

func TestOnePostMayConcernTwoWorkspaces(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Sim: silent})
	b.Start(b.Messages)
	lotus := dbtest.Tenant(t, b.DB, "lotus")
	b.Must(b.DB.InTenant(t.Context(), lotus, func(ctx context.Context, tx pgx.Tx) error { return b.Billing.OpenWallet(ctx, tx, lotus, "INR") }))
	account := whatsappsim.Fixture(2, "Lotus")
	b.Sim.AddWABA(account)
	_, _, err := b.Channels.Connect(b.As(lotus), channel.Connection{WABAID: account.ID, AccessToken: account.Token})
	b.Must(err)
	now := time.Now()
	b.Post(fmt.Sprintf(`{"object":"whatsapp_business_account","entry":[{"id":%q,"changes":[{"field":"messages","value":%s}]},{"id":%q,"changes":[{"field":"messages","value":%s}]}]}`,
		b.Account.ID, value(b.number(), `"messages":[`+inboundJSON("wamid.a", "919800010001", now)+`]`),
		account.ID, value(account.Numbers[0].ID, `"messages":[`+inboundJSON("wamid.b", "919800010002", now)+`]`)))
	for tenant, wamid := range map[uuid.UUID]string{b.Acme: "wamid.a", lotus: "wamid.b"} {
		b.Await(wamid+" is stored", func() bool { return b.stored(tenant, wamid) == 1 })
		other := map[string]string{"wamid.a": "wamid.b", "wamid.b": "wamid.a"}[wamid]
		if b.stored(tenant, other) != 0 {
			t.Errorf("%s is in the wrong workspace", other)
		}
	}
}

// stored counts the inbound messages with a wamid.
func (b bundle) stored(tenant uuid.UUID, wamid string) (n int) {
	b.T.Helper()
	b.Must(b.DB.InTenant(b.T.Context(), tenant, func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from messages where tenant_id = $1 and wamid = $2`, tenant, wamid).Scan(&n)
	}))
	return n
}

func TestAnInboundMessageIsStoredOnce(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Sim: silent})
	b.Start(b.Messages)
	ann := b.Person("Ann", 100)
	from := strings.TrimPrefix(ann.Phone, "+")
	once := hook(b.Account.ID, "messages", value(b.number(), `"messages":[`+inboundJSON("wamid.in1", from, time.Now())+`]`))
	b.Post(once)
	b.Post(once)
	b.Post(hook(b.Account.ID, "messages", value(b.number(), `"messages":[`+inboundJSON("wamid.in2", from, time.Now())+`]`)))
	b.Await("the last is stored", func() bool { return b.stored(b.Acme, "wamid.in2") == 1 })
	if n := b.stored(b.Acme, "wamid.in1"); n != 1 {
		t.Errorf("stored %d times", n)
	}
	c, err := b.Contacts.Get(b.As(b.Acme), ann.ID)
	b.Must(err)
	if c.WindowOpenUntil == nil || time.Until(*c.WindowOpenUntil) < 23*time.Hour {
		t.Errorf("the window is open until %v", c.WindowOpenUntil)
	}
}

func TestAnOldInboundMessageDoesNotOpenTheWindow(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Sim: silent})
	b.Start(b.Messages)
	ann := b.Person("Ann", 100)
	from := strings.TrimPrefix(ann.Phone, "+")
	b.Post(hook(b.Account.ID, "messages", value(b.number(), `"messages":[`+inboundJSON("wamid.old", from, time.Now().Add(-30*time.Hour))+`]`)))
	b.Await("it is stored", func() bool { return b.stored(b.Acme, "wamid.old") == 1 })
	reply := message.Draft{ID: ident.New(), ChannelID: b.Channel.ID, ContactID: ann.ID, Origin: message.OriginAPI, Priority: message.PriorityReply, Text: "जी?"}
	b.queue(reply)
	b.awaitAll(message.Refused, reply.ID)
	if m := b.look(reply.ID)[reply.ID]; m.Reason != message.ReasonWindowClosed {
		t.Errorf("refused for %s", m.Reason)
	}
}

func TestNewsOfTemplatesAndNumbersIsApplied(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Sim: silent})
	b.Start(b.Messages)
	welcome := b.Template("welcome")
	b.Post(hook(b.Account.ID, "message_template_status_update", fmt.Sprintf(
		`{"event":"PAUSED","message_template_id":%s,"message_template_name":"welcome","message_template_language":"en_US","reason":"NONE"}`, welcome.MetaID)))
	b.Await("the template is paused", func() bool { return b.Template("welcome").Status == "PAUSED" })
	limit := func(want int) func() bool {
		return func() bool {
			c, err := b.Channels.Get(b.As(b.Acme), b.Channel.ID)
			b.Must(err)
			return c.DailyLimit != nil && *c.DailyLimit == want
		}
	}
	b.Post(hook(b.Account.ID, "phone_number_quality_update",
		fmt.Sprintf(`{"display_phone_number":%q,"event":"DOWNGRADE","current_limit":"TIER_2K"}`, b.Account.Numbers[0].Phone)))
	b.Await("the number's limit is known", limit(2000))
	b.Post(hook(b.Account.ID, "business_capability_update", `{"max_daily_conversations_per_business":"TIER_1K","max_phone_numbers_per_business":2}`))
	b.Await("the portfolio's limit is known", limit(1000))
	ids := b.send(b.Person("Ann", 100))
	b.awaitAll(message.Refused, ids...)
	if m := b.look(ids[0])[ids[0]]; m.Reason != message.ReasonTemplateUnavailable {
		t.Errorf("refused for %s", m.Reason)
	}
}

func TestAPersonWhoStopsInWhatsAppGetsNoMarketing(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	ann := b.Person("Ann", 100)
	b.Steer("users", fmt.Sprintf(`{"phone_number_id":%q,"wa_id":%q,"marketing":"stop"}`, b.number(), strings.TrimPrefix(ann.Phone, "+")))
	b.Await("Ann opted out", func() bool {
		c, err := b.Contacts.Get(b.As(b.Acme), ann.ID)
		b.Must(err)
		return c.OptIn.State == "out"
	})
	ids := b.send(ann)
	b.awaitAll(message.Refused, ids...)
	b.OnceEach(0)
}

func TestAFailureByWebhookReleasesTheHold(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	ids := b.send(b.Person("Ann", 1026), b.Person("Bob", 1049))
	b.awaitAll(message.Failed, ids...)
	for _, m := range b.look(ids...) {
		if m.Held || m.Charged != 0 {
			t.Errorf("a failed message: %+v", m)
		}
	}
	status, body := b.ask(b.Messages, http.MethodGet, "/api/messages/"+ids[0].String())
	var shown message.Body
	b.Must(json.Unmarshal(body, &shown))
	if status != http.StatusOK || shown.ErrorCode != 131026 || shown.Explanation == nil || shown.Explanation.Title == "" {
		t.Errorf("%d %s", status, body)
	}
	b.Verified()
}

func TestADeliveryCanBeReplayed(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Sim: silent})
	b.Start(b.Messages)
	b.Post(hook("777", "messages", value("555", `"messages":[`+inboundJSON("wamid.later", "919800010001", time.Now())+`]`)))
	b.Await("the stranger's message is set aside", func() bool { return len(b.setAsides()) == 1 })
	aside := b.setAsides()[0]
	b.Sim.AddWABA(whatsappsim.WABASeed{ID: "777", Name: "Acme", Token: "EAA-777", Numbers: []whatsappsim.NumberSeed{{ID: "555", Phone: "918000000555", VerifiedName: "Acme"}}})
	_, _, err := b.Channels.Connect(b.As(b.Acme), channel.Connection{WABAID: "777", AccessToken: "EAA-777"})
	b.Must(err)
	for range 2 {
		if status, body := b.ask(b.Messages, http.MethodPost, "/api/platform/deliveries/"+aside.DeliveryID.String()+"/replay"); status >= 300 {
			t.Fatalf("replay: %d %s", status, body)
		}
		b.Await("it is stored", func() bool { return b.stored(b.Acme, "wamid.later") == 1 })
	}
	if status, _ := b.ask(b.Messages, http.MethodPost, "/api/platform/deliveries/"+uuid.NewString()+"/replay"); status != http.StatusNotFound {
		t.Errorf("replay of nothing: %d", status)
	}
	if status, body := b.ask(b.Messages, http.MethodPost, "/api/platform/set-asides/"+aside.ID.String()+"/retry"); status >= 300 {
		t.Errorf("retry: %d %s", status, body)
	}
	b.Await("nothing is set aside", func() bool { return len(b.setAsides()) == 0 })
}
