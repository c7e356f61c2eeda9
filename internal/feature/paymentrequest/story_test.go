package paymentrequest_test

import (
	"context"
	"fmt"
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
	"github.com/aerostic/aerostic/internal/feature/paymentrequest"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// shop is Acme with an inbox whose people ask for money, and Asha, who has just written.
type shop struct {
	*messagetest.World
	inbox    *conversation.Service
	payments *paymentrequest.Service
	asha     contact.Contact
	talk     uuid.UUID
	moved    []conversation.Change
}

const configuration = "acme-दुकान-razorpay"

func open(t *testing.T) *shop {
	t.Helper()
	s := &shop{World: messagetest.New(t, messagetest.Options{})}
	log := slog.New(slog.DiscardHandler)
	s.inbox = conversation.New(conversation.Deps{DB: s.DB, Clock: s.Clock, Logger: log, Queue: s.Jobs, Messages: s.Messages, Channels: s.Channels,
		Contacts: s.Contacts, Uploads: s.Uploads, WhatsApp: s.Meta})
	s.inbox.Hooks.Changed = func(_ context.Context, _ pgx.Tx, _ uuid.UUID, list []conversation.Change) error {
		s.moved = append(s.moved, list...)
		return nil
	}
	s.payments = paymentrequest.New(paymentrequest.Deps{DB: s.DB, Clock: s.Clock, Logger: log, Queue: s.Jobs, Channels: s.Channels,
		Conversations: s.inbox, WhatsApp: s.Meta})
	hooks := &s.Messages.Hooks
	hooks.Received, hooks.Changed, hooks.Windows = s.inbox.Received, s.inbox.Moved, s.inbox.Windows
	hooks.Queued = func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, drafts []message.Draft) error {
		if err := s.inbox.Queued(ctx, tx, tenant, drafts); err != nil {
			return err
		}
		return s.payments.Queued(ctx, tx, tenant, drafts)
	}
	hooks.Repeated, hooks.Paid = s.payments.Repeated, s.payments.Told
	s.Start(s.Messages)
	s.asha = s.Person("Asha", 100)
	_, err := s.Sim.Inbound(whatsappsim.InboundRequest{PhoneNumberID: s.number(), From: s.asha.Phone, Name: "Asha", Text: "How much is it?"})
	s.Must(err)
	s.Await("Asha's conversation", func() bool {
		return s.count(`select count(*) from conversations where tenant_id = $1 and unread > 0`) == 1
	})
	s.talk, err = s.inbox.Begin(s.As(s.Acme), s.asha.ID, s.Channel.ID)
	s.Must(err)
	return s
}

func (s *shop) number() string { return s.Account.Numbers[0].ID }

func (s *shop) count(sql string, args ...any) (n int) {
	s.T.Helper()
	s.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, sql, append([]any{s.Acme}, args...)...).Scan(&n)
	})
	return n
}

// bill asks for ₹1,250.50.
func bill(expires *time.Time) conversation.Answer {
	return conversation.Answer{ID: ident.New(), Content: &whatsapp.Content{Type: whatsapp.TypeOrderDetails, Interactive: &whatsapp.Interactive{
		Body: "Your saree", Bill: &whatsapp.Bill{Items: []whatsapp.BillItem{{Name: "Cotton saree", Price: 62500, Quantity: 2}}, Tax: 50,
			Gateway: "razorpay", Config: configuration, ExpiresAt: expires}}}}
}

// asks sends a bill and waits until Asha has it.
func (s *shop) asks(a conversation.Answer) uuid.UUID {
	s.T.Helper()
	item, err := s.inbox.Send(s.As(s.Acme), s.talk, a)
	s.Must(err)
	if p := item.Message.Payment; p == nil || p.Status != "requested" || p.Amount != 125050 || p.Currency != "INR" || p.Reference != reference(a.ID) {
		s.T.Fatalf("%+v", item.Message)
	}
	s.Await("Asha has the bill", func() bool {
		return s.count(`select count(*) from messages where tenant_id = $1 and id = $2 and state in ('delivered', 'read')`, a.ID) == 1
	})
	return a.ID
}

func reference(id uuid.UUID) string { return strings.ReplaceAll(id.String(), "-", "") }

func (s *shop) pays(id uuid.UUID, r whatsappsim.PayRequest) {
	s.T.Helper()
	r.PhoneNumberID, r.Reference = s.number(), reference(id)
	s.Must(s.Sim.Pay(r))
}

// thread is a message's payment, and what events the thread tells.
func (s *shop) thread(id uuid.UUID) (p *conversation.Payment, events []string) {
	s.T.Helper()
	page, err := s.inbox.Thread(s.As(s.Acme), s.talk, web.PageQuery{Limit: 50})
	s.Must(err)
	for _, item := range page.Items {
		if item.ID == id {
			p = item.Message.Payment
		}
		if item.Event != nil && (item.Event.What == conversation.Paid || item.Event.What == conversation.PaidOther) {
			events = append(events, fmt.Sprint(item.Event.What, " ", item.Event.Data["paidAmount"], " ", item.Event.Data["method"]))
		}
	}
	return p, events
}

func (s *shop) becomes(id uuid.UUID, status string) *conversation.Payment {
	s.T.Helper()
	var p *conversation.Payment
	s.Await("the request is "+status, func() bool {
		p, _ = s.thread(id)
		return p != nil && p.Status == status
	})
	return p
}

// heard waits until n webhooks of payments were applied.
func (s *shop) heard(n int) {
	s.T.Helper()
	s.Await("all webhooks are applied", func() bool {
		return s.countAll(`select count(*) from webhook_deliveries where applied_at is not null and convert_from(body, 'UTF8') like '%"type":"payment"%'`) == n
	})
}

// tells posts a webhook of a payment as Meta does.
func (s *shop) tells(reference, status, try string, at time.Time) {
	s.T.Helper()
	s.Post(fmt.Sprintf(`{"object":"whatsapp_business_account","entry":[{"id":%q,"changes":[{"field":"messages","value":{"messaging_product":"whatsapp",
		"metadata":{"display_phone_number":"1","phone_number_id":%q},"statuses":[{"id":"gB","type":"payment","status":%q,"timestamp":"%d",
		"payment":{"reference_id":%q,"amount":{"value":125050,"offset":100},"currency":"INR","transaction":{"id":"o","type":"razorpay","status":%q,"updated_timestamp":%d,
		"error":{"code":"X","reason":"cancelled"}}}}]}}]}]}`, s.Account.ID, s.number(), status, at.Unix(), reference, try, at.Unix()))
}

func (s *shop) countAll(sql string) (n int) {
	s.T.Helper()
	s.Must(s.DB.AsSystem(s.T.Context(), "count in a test", func(ctx context.Context, tx pgx.Tx) error { return tx.QueryRow(ctx, sql).Scan(&n) }))
	return n
}

func TestARequestIsPaidAfterAFailedTry(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.asks(bill(nil))
	s.pays(id, whatsappsim.PayRequest{Outcome: "failed", Reason: "incorrect_pin"})
	if p := s.becomes(id, "failed"); p.Failure != "incorrect_pin" {
		t.Errorf("%+v", p)
	}
	s.pays(id, whatsappsim.PayRequest{Outcome: "pending"})
	s.becomes(id, "pending")
	s.pays(id, whatsappsim.PayRequest{})
	p := s.becomes(id, "paid")
	if *p.PaidAmount != 125050 || p.Method != "upi" || p.Transaction == "" || p.PaidAt == nil {
		t.Errorf("%+v", p)
	}
	s.pays(id, whatsappsim.PayRequest{Again: true}) // told twice
	s.heard(4)
	if _, events := s.thread(id); len(events) != 1 || events[0] != "paid 125050 upi" {
		t.Errorf("told %v", events)
	}
	told := 0
	for _, ch := range s.moved {
		if ch.What == conversation.Paid {
			told++
		}
	}
	if told != 1 {
		t.Errorf("others heard %d times", told)
	}
	if n := s.count(`select count(*) from messages where tenant_id = $1 and id = $2 and state = 'failed'`, id); n != 0 {
		t.Error("the message failed with the first try")
	}
}

// Webhooks come late and twice, two loops apply them side by side, and the thread tells of the money once.
func TestWebhooksOutOfOrder(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.asks(bill(nil))
	now := s.Clock.Now()
	for range 3 {
		s.tells(reference(id), "captured", "success", now.Add(3*time.Second))
		s.tells(reference(id), "pending", "failed", now.Add(time.Second))
		s.tells(reference(id), "failed", "failed", now.Add(9*time.Second))
		s.tells(reference(id), "pending", "pending", now.Add(2*time.Second))
	}
	s.Await("all webhooks are applied", func() bool {
		return s.countAll(`select count(*) from webhook_deliveries where applied_at is not null and convert_from(body, 'UTF8') like '%"gB"%'`) == 12
	})
	p, events := s.thread(id)
	if p.Status != "paid" || p.Failure != "" || len(events) != 1 || s.countAll(`select count(*) from set_asides`) != 0 {
		t.Errorf("%+v, told %v", p, events)
	}
}

func TestAnotherAmountIsAskedAboutAndShown(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.asks(bill(nil))
	s.pays(id, whatsappsim.PayRequest{Value: 100})
	s.becomes(id, "pending") // not believed until WhatsApp was asked
	s.Work(s.payments.Workers)
	p := s.becomes(id, "differs")
	if _, events := s.thread(id); *p.PaidAmount != 100 || p.Amount != 125050 || len(events) != 1 || events[0] != "paid_other 100 upi" {
		t.Errorf("%+v %v", p, events)
	}
}

func TestCheckingAgainFindsWhatNoWebhookTold(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.asks(bill(nil))
	ann := s.As(s.Acme)
	s.Must(s.payments.Check(ann, s.talk, id))
	if p, _ := s.thread(id); p.Status != "requested" || p.CheckedAt == nil {
		t.Errorf("nobody has paid: %+v", p)
	}
	s.pays(id, whatsappsim.PayRequest{Untold: true, Method: "card"})
	s.Must(s.payments.Check(ann, s.talk, id))
	s.Must(s.payments.Check(ann, s.talk, id))
	p, events := s.thread(id)
	if p.Status != "paid" || p.Method != "card" || len(events) != 1 {
		t.Errorf("%+v %v", p, events)
	}
	s.Sim.Reset() // Meta has forgotten it
	if err := s.payments.Check(ann, s.talk, id); fault.KindOf(err) != fault.KindConflict || !strings.Contains(err.Error(), "knows nothing of this request") {
		t.Errorf("a bill that Meta does not know: %v", err)
	}
	if err := s.payments.Check(ann, s.talk, ident.New()); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("a message that asks for nothing: %v", err)
	}
}

// What names nobody's request, or another workspace's, is set aside where the operator sees it.
func TestStrangeReferencesAreSetAside(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.asks(bill(nil))
	globex := dbtest.Tenant(t, s.DB, "globex")
	theirs := ident.New()
	s.Must(s.DB.InTenant(t.Context(), globex, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into payment_requests (tenant_id, message_id, channel_id, contact_id, reference, currency, amount, gateway, configuration, created_at)
			values ($1, $2, $2, $2, $3, 'INR', 125050, 'razorpay', 'x', $4)`, globex, theirs, reference(theirs), s.Clock.Now())
		return err
	}))
	for _, ref := range []string{"nobodys", reference(theirs)} {
		s.tells(ref, "captured", "success", s.Clock.Now())
	}
	s.Await("both are set aside", func() bool {
		return s.countAll(`select count(*) from set_asides where kind = 'payment' and next_at is null and reason like 'no payment was asked for%'`) == 2
	})
	s.pays(id, whatsappsim.PayRequest{}) // what follows goes on
	s.becomes(id, "paid")
	var status string
	s.Must(s.DB.InTenant(t.Context(), globex, func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select status from payment_requests where tenant_id = $1`, globex).Scan(&status)
	}))
	if status != "requested" {
		t.Errorf("Globex's request is %s", status)
	}
	if err := s.payments.Check(s.As(globex), s.talk, id); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("Globex may look: %v", err)
	}
}

func TestARequestIsWrittenOnceWithItsMessage(t *testing.T) {
	t.Parallel()
	s := open(t)
	ann := s.As(s.Acme)
	soon := s.Clock.Now().Add(4 * time.Minute)
	if _, err := s.inbox.Send(ann, s.talk, bill(&soon)); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("four minutes to pay: %v", err)
	}
	a := bill(nil)
	id := s.asks(a)
	if _, err := s.inbox.Send(ann, s.talk, a); err != nil { // the answer was lost
		t.Error(err)
	}
	if n := s.count(`select count(*) from payment_requests where tenant_id = $1 and created_by = $2`, s.Acme); n != 1 {
		t.Errorf("%d requests", n)
	}
	// A template that failed costs no request; a bill that failed and is sent again asks under a new reference.
	s.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update messages set state = 'failed' where tenant_id = $1 and id = $2`, s.Acme, id)
		return err
	})
	again := ident.New()
	item, err := s.inbox.SendAgain(ann, s.talk, id, again)
	s.Must(err)
	if p := item.Message.Payment; p == nil || p.Reference != reference(again) || p.Amount != 125050 {
		t.Errorf("%+v", p)
	}
	s.Await("Meta has both bills", func() bool { return s.Sent()[strings.TrimPrefix(s.asha.Phone, "+")] == 2 })
	s.pays(again, whatsappsim.PayRequest{})
	s.becomes(again, "paid")
	if p, _ := s.thread(id); p.Status != "requested" {
		t.Errorf("the first attempt: %+v", p)
	}
}

func TestWhatANumberTakesMoneyWith(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.Sim.AddWABA(whatsappsim.WABASeed{ID: s.Account.ID, Payments: append(s.Account.Payments,
		whatsappsim.PaymentSeed{Name: "untested", Provider: "payu", Status: "Needs_Testing"}, whatsappsim.PaymentSeed{Name: "vpa", Provider: "upi_vpa", Status: "Active"})})
	list, err := s.payments.Configurations(s.As(s.Acme), s.Channel.ID)
	want := []paymentrequest.Configuration{{Name: configuration, Gateway: "razorpay", Active: true}, {Name: "untested", Gateway: "payu"}}
	if err != nil || len(list) != 2 || list[0] != want[0] || list[1] != want[1] {
		t.Errorf("%+v %v", list, err)
	}
	if _, err := s.payments.Configurations(s.As(s.Acme), ident.New()); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("nobody's number: %v", err)
	}
}

// A person who turns out to be two has one thread with both requests; erased, only the gateway's words go.
func TestRequestsFollowTheirPerson(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.asks(bill(nil))
	s.pays(id, whatsappsim.PayRequest{Outcome: "failed", Reason: "incorrect_pin"})
	s.becomes(id, "failed")
	other := s.Person("Asha K", 200)
	var moved any
	s.InAcme(func(ctx context.Context, tx pgx.Tx) (err error) {
		if _, err := s.inbox.Carry(ctx, tx, s.Acme, s.asha.ID, other.ID); err != nil {
			return err
		}
		moved, err = paymentrequest.Carry(ctx, tx, s.Acme, s.asha.ID, other.ID)
		return err
	})
	if ids, ok := moved.([]uuid.UUID); !ok || len(ids) != 1 {
		t.Errorf("moved %v", moved)
	}
	s.pays(id, whatsappsim.PayRequest{})
	s.Await("paid, for whom they are now", func() bool {
		return s.count(`select count(*) from payment_requests where tenant_id = $1 and contact_id = $2 and status = 'paid'`, other.ID) == 1
	})
	s.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		kept, err := paymentrequest.Kept(ctx, tx, s.Acme, []uuid.UUID{other.ID})
		if err == nil && (len(kept) != 1 || !strings.Contains(string(kept[0]), `"amount": 125050`)) {
			t.Errorf("kept %s", kept)
		}
		return err
	})
	s.Must(s.payments.Forget(t.Context(), s.Acme, []uuid.UUID{other.ID}))
}
