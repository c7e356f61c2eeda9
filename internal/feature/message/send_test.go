package message_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// bundle is the world with the questions these tests ask.
type bundle struct{ *messagetest.World }

func setup(t *testing.T, o messagetest.Options) bundle { return bundle{messagetest.New(t, o)} }

// send queues Acme's welcome for people, as the API does.
func (b bundle) send(people ...contact.Contact) (ids []uuid.UUID) {
	b.T.Helper()
	return b.sendTemplate("welcome", nil, people...)
}

func (b bundle) sendTemplate(name string, params []string, people ...contact.Contact) (ids []uuid.UUID) {
	b.T.Helper()
	template := b.Template(name)
	var drafts []message.Draft
	for _, p := range people {
		drafts = append(drafts, message.Draft{ID: ident.New(), ChannelID: b.Channel.ID, ContactID: p.ID, Origin: message.OriginAPI,
			Priority: message.PriorityReply, TemplateID: template.ID, Params: params})
		ids = append(ids, drafts[len(drafts)-1].ID)
	}
	b.queue(drafts...)
	return ids
}

func (b bundle) queue(drafts ...message.Draft) {
	b.T.Helper()
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error { return b.Messages.Send(ctx, tx, b.Acme, drafts) })
}

func (b bundle) people(n int) (people []contact.Contact) {
	for i := range n {
		people = append(people, b.Person(fmt.Sprintf("आशा %d 🙂", i), 100))
	}
	return people
}

// seen is a message as its row shows it.
type seen struct {
	State   message.State
	Reason  string
	Due     *time.Time
	Retries int16
	Held    bool
	Charged int64
}

const selectSeen = `
select id, state, coalesce(reason, ''), nullif(due_at, 'infinity'), retries, hold_open, posted_base + posted_markup
from messages where tenant_id = $1 and id = any($2)`

func (b bundle) look(ids ...uuid.UUID) map[uuid.UUID]seen {
	b.T.Helper()
	found := make(map[uuid.UUID]seen)
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, selectSeen, b.Acme, ids)
		if err != nil {
			return err
		}
		var id uuid.UUID
		var m seen
		_, err = pgx.ForEachRow(rows, []any{&id, &m.State, &m.Reason, &m.Due, &m.Retries, &m.Held, &m.Charged}, func() error {
			found[id] = m
			return nil
		})
		return err
	})
	return found
}

// awaitAll waits until all messages are in a state.
func (b bundle) awaitAll(state message.State, ids ...uuid.UUID) {
	b.T.Helper()
	b.Await("all are "+string(state), func() bool {
		for _, m := range b.look(ids...) {
			if m.State != state {
				return false
			}
		}
		return true
	})
}

func TestMessagesAreSentOnceAndRead(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	ids := b.send(b.people(40)...)
	b.awaitAll(message.Read, ids...)
	b.OnceEach(40)
	for _, m := range b.look(ids...) {
		if m.Held || m.Charged == 0 {
			t.Errorf("a read message: %+v", m)
		}
	}
	b.Verified()
}

func TestADraftQueuedTwiceIsOneMessage(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	ann := b.Person("Ann", 100)
	draft := message.Draft{ID: ident.New(), ChannelID: b.Channel.ID, ContactID: ann.ID, Origin: message.OriginAPI,
		Priority: message.PriorityReply, TemplateID: b.Template("welcome").ID}
	b.queue(draft)
	b.queue(draft, draft)
	b.Start(b.Messages)
	b.awaitAll(message.Read, draft.ID)
	b.OnceEach(1)
}

func TestTwoWorkersShareOneLane(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	b.Start(b.NewMessages("worker-2"))
	ids := b.send(b.people(150)...)
	b.awaitAll(message.Read, ids...)
	b.OnceEach(150)
	b.Verified()
}

func TestAStoppedWorkerRecordsAndAnotherGoesOn(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Config: message.Config{MaxRate: 100}, Sim: func(c *whatsappsim.Config) { c.LatencyMS = 30 }})
	first := b.Start(b.Messages)
	ids := b.send(b.people(120)...)
	b.Await("some are sent", func() bool { return len(b.Sent()) >= 20 })
	first.Stop()
	if left := len(b.Sent()); left == 120 {
		t.Fatal("the worker sent everything before it was stopped: the test shows nothing")
	}
	for id, m := range b.look(ids...) {
		if m.State == message.Sending || m.State == message.InDoubt {
			t.Errorf("a worker that was told to stop left %s %s", id, m.State)
		}
	}
	b.Start(b.NewMessages("worker-2"))
	b.awaitAll(message.Read, ids...)
	b.OnceEach(120)
	b.Verified()
}

func TestAKilledWorkersMessagesAreSettledByWebhooks(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Config: message.Config{Lease: 1200 * time.Millisecond}})
	ids := b.send(b.people(10)...)
	wrote, err := b.Messages.Abandon(t.Context(), b.Channel.ID)
	b.Must(err)
	if wrote != 10 {
		t.Fatalf("wrote %d requests", wrote)
	}
	b.Start(b.NewMessages("worker-2"))
	b.awaitAll(message.Read, ids...)
	b.OnceEach(10)
	b.Verified()
}

func TestADoubtWithoutEvidenceEndsUnknownAndUncharged(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Config: message.Config{Lease: 1200 * time.Millisecond, Settle: time.Second},
		Sim: func(c *whatsappsim.Config) { c.Webhook.Drop = 1 }})
	ids := b.send(b.people(5)...)
	_, err := b.Messages.Abandon(t.Context(), b.Channel.ID)
	b.Must(err)
	b.Start(b.NewMessages("worker-2"))
	b.awaitAll(message.Unknown, ids...)
	b.OnceEach(5)
	for _, m := range b.look(ids...) {
		if m.Held || m.Charged != 0 || m.Reason != message.ReasonNoEvidence {
			t.Errorf("an unknown message: %+v", m)
		}
	}
	b.Verified()
}

func TestLostAnswersAreSettledByWebhooks(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Timeout: 300 * time.Millisecond})
	b.Start(b.Messages)
	ids := b.send(b.Person("Ann", 5000), b.Person("Bob", 5002), b.Person("Chandra", 9999), b.Person("Divya", 100))
	b.awaitAll(message.Read, ids...)
	b.OnceEach(4)
	b.Verified()
}

func TestNothingThatLeftTimesOutTwice(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Timeout: 300 * time.Millisecond, Sim: func(c *whatsappsim.Config) { c.PDropBefore = 0.3; c.P429 = 0.2; c.PDrop = 0.2 }})
	b.Start(b.Messages)
	ids := b.send(b.people(30)...)
	b.Await("all are settled", func() bool {
		for _, m := range b.look(ids...) {
			if m.State != message.Read && m.State != message.Unknown {
				return false
			}
		}
		return true
	})
	for who, n := range b.Sent() {
		if n != 1 {
			t.Errorf("%s got %d messages", who, n)
		}
	}
	b.Verified()
}

func TestThePairLimitDelaysOnePersonOnly(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	before := time.Now()
	ids := b.send(b.Person("Ann", 1056), b.Person("Bob", 100))
	b.awaitAll(message.Read, ids[1])
	b.Await("Ann waits", func() bool {
		m := b.look(ids[0])[ids[0]]
		return m.State == message.Queued && m.Due.After(before.Add(5*time.Second))
	})
	if m := b.look(ids[0])[ids[0]]; m.Retries != 0 || m.Held {
		t.Errorf("a pair-limited message: %+v", m)
	}
}

func TestARevokedTokenHoldsTheNumber(t *testing.T) {
	t.Parallel()
	var revoked atomic.Bool
	b := setup(t, messagetest.Options{Wrap: func(meta http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !revoked.Load() || !strings.HasSuffix(r.URL.Path, "/messages") {
				meta.ServeHTTP(w, r)
				return
			}
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprint(w, `{"error":{"code":190,"message":"Error validating access token","type":"OAuthException"}}`)
		})
	}})
	revoked.Store(true)
	b.Start(b.Messages)
	ids := b.send(b.Person("Ann", 100))
	b.awaitAll(message.Failed, ids...)
	c, err := b.Channels.Get(b.As(b.Acme), b.Channel.ID)
	b.Must(err)
	if c.Status != "needs_reauth" || len(b.Sent()) != 0 {
		t.Errorf("the number is %s, sent %v", c.Status, b.Sent())
	}
	revoked.Store(false)
	later := b.send(b.Person("Bob", 100))
	_, err = b.Channels.RenewToken(b.As(b.Acme), b.Channel.ID, b.Account.Token)
	b.Must(err)
	b.awaitAll(message.Read, later...)
	b.OnceEach(1)
	b.Verified()
}

func TestTheDailyLimitHoldsTheRestBack(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	b.Post(hook(b.Account.ID, "business_capability_update", `{"max_daily_conversations_per_business":"TIER_3"}`))
	b.Await("the limit is known", func() bool {
		c, err := b.Channels.Get(b.As(b.Acme), b.Channel.ID)
		b.Must(err)
		return c.DailyLimit != nil && *c.DailyLimit == 3
	})
	ids := b.send(b.people(8)...)
	b.Await("three are read, the others wait", func() bool {
		counts := make(map[message.State]int)
		for _, m := range b.look(ids...) {
			if m.State == message.Queued && m.Due.Before(time.Now().Add(30*time.Second)) {
				return false
			}
			counts[m.State]++
		}
		return counts[message.Read] == 3 && counts[message.Queued] == 5
	})
	b.OnceEach(3)
	b.Verified()
}

func TestTheGateRefusesWithAReason(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	stopped, suppressed, gone, fine := b.Person("Ann", 100), b.Person("Bob", 100), b.Person("Chandra", 100), b.Person("दिव्या", 100)
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		return contact.Stop(ctx, tx, b.Acme, []uuid.UUID{stopped.ID}, time.Now(), "form", "asked by phone")
	})
	_, err := b.Contacts.SuppressOne(b.As(b.Acme), suppressed.ID, "asked by mail")
	b.Must(err)
	b.Must(b.Contacts.Delete(b.As(b.Acme), gone.ID))
	want := map[uuid.UUID]string{}
	for i, id := range b.send(stopped, suppressed, gone) {
		want[id] = []string{message.ReasonOptedOut, message.ReasonSuppressed, message.ReasonContactGone}[i]
	}
	want[b.sendTemplate("diwali_offer", []string{"Ann"}, fine)[0]] = message.ReasonParameters
	free := message.Draft{ID: ident.New(), ChannelID: b.Channel.ID, ContactID: fine.ID, Origin: message.OriginAPI, Priority: message.PriorityReply, Text: "नमस्ते 🙏"}
	b.queue(free)
	want[free.ID] = message.ReasonWindowClosed
	b.Start(b.Messages)
	for id, reason := range want {
		b.awaitAll(message.Refused, id)
		if m := b.look(id)[id]; m.Reason != reason || m.Charged != 0 || m.Held {
			t.Errorf("refused for %s: %+v", reason, m)
		}
	}
	b.OnceEach(0)
}

func TestAReplyGoesOutInsideTheWindow(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	ann := b.Person("Ann", 100)
	_, err := b.Sim.Inbound(whatsappsim.InboundRequest{PhoneNumberID: b.Account.Numbers[0].ID, From: ann.Phone, Name: "Ann", Text: "मुझे मदद चाहिए 🙏"})
	b.Must(err)
	b.Await("the window is open", func() bool {
		c, err := b.Contacts.Get(b.As(b.Acme), ann.ID)
		b.Must(err)
		return c.WindowOpenUntil != nil
	})
	reply := message.Draft{ID: ident.New(), ChannelID: b.Channel.ID, ContactID: ann.ID, Origin: message.OriginAPI, Priority: message.PriorityReply, Text: "जी, बताइए"}
	b.queue(reply)
	b.awaitAll(message.Read, reply.ID)
	b.OnceEach(1)
	b.Verified()
}

func TestNoCreditRefusesWhatNoCampaignWaitsFor(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.spend()
	b.Start(b.Messages)
	ids := b.send(b.people(2)...)
	b.awaitAll(message.Refused, ids...)
	if m := b.look(ids[0])[ids[0]]; m.Reason != message.ReasonNoCredit {
		t.Errorf("refused for %s", m.Reason)
	}
	b.OnceEach(0)
}

// spend puts all of Acme's money into a hold.
func (b bundle) spend() {
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		available, _, err := b.Billing.Available(ctx, tx, b.Acme)
		if err != nil {
			return err
		}
		_, err = b.Billing.Hold(ctx, tx, b.Acme, ident.New(), time.Now(), available, 1)
		return err
	})
}

func TestWhatNobodyReceivedExpiresAndALateDeliveryIsCharged(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Config: message.Config{TTL: 300 * time.Millisecond}, Sim: silent})
	b.Start(b.Messages)
	id, wamid := b.accepted()
	b.Await("it expires", func() bool {
		b.Must(b.Messages.Expire(t.Context(), b.Acme))
		return b.look(id)[id].State == message.Expired
	})
	if m := b.look(id)[id]; m.Held || m.Charged != 0 || m.Reason != message.ReasonNotDelivered {
		t.Errorf("an expired message: %+v", m)
	}
	b.Verified()
	b.statuses(statusJSON(wamid, "delivered", id.String()))
	b.awaitAll(message.Delivered, id)
	if m := b.look(id)[id]; m.Charged == 0 || m.Reason != "" {
		t.Errorf("delivered after expiry: %+v", m)
	}
	b.Verified()
}
