package message_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

func (b bundle) explain(id uuid.UUID) message.Explained {
	b.T.Helper()
	e, err := b.Messages.Explain(b.As(b.Acme), id)
	b.Must(err)
	return e
}

// rule changes the workspace's own rules.
func (b bundle) rule(set string, args ...any) {
	b.T.Helper()
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update tenants set `+set+` where tenant_id = $1`, append([]any{b.Acme}, args...)...)
		return err
	})
}

func kinds(e message.Explained) (list []string) {
	for _, stage := range e.Stages {
		list = append(list, stage.Kind)
	}
	return list
}

// stage is the last stage of a kind.
func stage(t *testing.T, e message.Explained, kind string) message.Stage {
	t.Helper()
	for i := len(e.Stages) - 1; i >= 0; i-- {
		if e.Stages[i].Kind == kind {
			return e.Stages[i]
		}
	}
	t.Fatalf("no stage %s among %v", kind, kinds(e))
	return message.Stage{}
}

func check(t *testing.T, s message.Stage, name string) message.Check {
	t.Helper()
	at := slices.IndexFunc(s.Checks, func(c message.Check) bool { return c.Name == name })
	if at < 0 {
		t.Fatalf("no check %s among %+v", name, s.Checks)
	}
	return s.Checks[at]
}

func checkNames(s message.Stage) (list []string) {
	for _, c := range s.Checks {
		list = append(list, c.Name)
	}
	return list
}

func TestAReadMessageTellsItsChecksItsPriceAndItsLedger(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	ann := b.Person("आशा 🌸", 100)
	b.rule("frequency_cap = 3, frequency_days = 7, quiet_from = $2, quiet_to = $3, timezone = 'Asia/Kolkata'", 0, 0)
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		return contact.ChangeConsent(ctx, tx, b.Acme, []uuid.UUID{ann.ID}, consent.Change{Purpose: consent.Marketing, State: consent.In,
			Via: consent.ViaAPI, Source: "दुकान form", By: "ann@acme.example", At: time.Now().Add(-time.Hour)})
	})
	b.Start(b.Messages)
	first, second := b.send(ann)[0], uuid.UUID{}
	b.awaitAll(message.Read, first)
	second = b.send(ann)[0]
	b.awaitAll(message.Read, second)
	b.rule("frequency_cap = null, quiet_from = 60, quiet_to = 120") // what is told is what was
	e := b.explain(second)
	if want := []string{"queued", "claimed", "accepted", "sent", "delivered", "read"}; !slices.Equal(slices.DeleteFunc(kinds(e), func(k string) bool { return k == "charged" }), want) {
		t.Errorf("what happened: %v", kinds(e))
	}
	claimed := stage(t, e, "claimed")
	want := []string{"address", "consent", "template", "frequency", "quiet_hours", "daily_limit", "price", "values", "credit"}
	if !slices.Equal(checkNames(claimed), want) || slices.ContainsFunc(claimed.Checks, func(c message.Check) bool { return !c.Passed || c.Words == "" }) {
		t.Errorf("the checks: %+v", claimed.Checks)
	}
	if c := check(t, claimed, "frequency"); c.Words != "They had 1 of at most 3 marketing messages within 7 days." {
		t.Errorf("the cap: %q", c.Words)
	}
	if c := check(t, claimed, "quiet_hours"); c.Words != "The workspace had no quiet hours." {
		t.Errorf("quiet hours: %q", c.Words)
	}
	if c := check(t, claimed, "consent"); c.Record == nil || c.Record.Source != "दुकान form" || c.Record.State != consent.In {
		t.Errorf("consent: %+v", c)
	}
	charged := stage(t, e, "charged")
	if e.Cost.Outcome != "charged" || e.Cost.ChargedBase+e.Cost.ChargedMarkup != *charged.Amount || *claimed.Amount != *charged.Amount || charged.Transaction == nil {
		t.Errorf("money: %+v, %+v", e.Cost, charged)
	}
	if r := e.Cost.Reason; r == nil || r.Market != "India" || r.Base != e.Cost.Base || r.Points != 1000 || r.Own || r.From != "2026-10-01" {
		t.Errorf("the price's reason: %+v", e.Cost.Reason)
	}
	b.leadsBack(*charged.Transaction, second)
	b.leadsBack(*claimed.Transaction, second)
	_, err := b.Messages.Explain(b.As(uuid.New()), second)
	if fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("another tenant: %v", err)
	}
}

// leadsBack checks that a transaction of the wallet lists a message.
func (b bundle) leadsBack(transaction, id uuid.UUID) {
	b.T.Helper()
	d, err := b.Billing.Transaction(b.As(b.Acme), b.Acme, transaction, uuid.UUID{}, 100)
	b.Must(err)
	for _, c := range d.Charges {
		if c.MessageID == id {
			return
		}
	}
	b.T.Errorf("transaction %s (%s) does not list %s: %+v", transaction, d.Transaction.Kind, id, d.Charges)
}

func TestARefusalNamesItsCheckAndTheOnesBefore(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.rule("frequency_cap = 1, frequency_days = 7")
	b.Start(b.Messages)
	ann, left := b.Person("Ann", 100), b.Person("लीला", 100)
	b.says(left, "STOP")
	b.awaitAll(message.Read, b.send(ann)...)
	capped, out := b.send(ann)[0], b.send(left)[0]
	free := message.Draft{ID: ident.New(), ChannelID: b.Channel.ID, ContactID: ann.ID, Origin: message.OriginReply, Priority: message.PriorityReply, Text: "नमस्ते"}
	b.queue(free)
	b.awaitAll(message.Refused, capped, out, free.ID)

	e := b.explain(capped)
	refused := stage(t, e, "refused")
	if want := []string{"address", "consent", "template", "frequency"}; !slices.Equal(checkNames(refused), want) {
		t.Errorf("the checks: %v", checkNames(refused))
	}
	if c := check(t, refused, "frequency"); c.Passed || c.Words != "They had 1 of at most 1 marketing messages within 7 days already." {
		t.Errorf("the cap: %+v", c)
	}
	if e.Cost.Outcome != "nothing" || e.Tone != message.ToneBad || e.Advice == "" {
		t.Errorf("a refused message: %+v", e)
	}
	if c := check(t, stage(t, b.explain(out), "refused"), "consent"); c.Passed || c.Record == nil || c.Record.Via != consent.ViaWord || c.Record.State != consent.Out {
		t.Errorf("consent: %+v", c)
	}
	if c := check(t, stage(t, b.explain(free.ID), "refused"), "window"); c.Passed || !strings.Contains(c.Words, "had not written") {
		t.Errorf("the window: %+v", c)
	}
}

func TestAFailureTellsMetasAnswerAndWhatWeDid(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	gone, stopped := b.send(b.Person("Gone", 1026))[0], b.send(b.Person("Stopped", 1050))[0]
	b.awaitAll(message.Failed, gone, stopped)
	e := b.explain(gone)
	failed := stage(t, e, "failed")
	if failed.Code != 131026 || failed.Text == "" || failed.Next == "" || !strings.Contains(failed.Did, "not reachable") || !strings.Contains(failed.Title, "took it") {
		t.Errorf("the failure: %+v", failed)
	}
	released := stage(t, e, "released")
	if e.Cost.Outcome != "released" || released.Amount == nil || *released.Amount != *stage(t, e, "claimed").Amount {
		t.Errorf("money: %+v, %+v", e.Cost, released)
	}
	b.leadsBack(*released.Transaction, gone)
	if did := stage(t, b.explain(stopped), "failed").Did; !strings.Contains(did, "consent record") {
		t.Errorf("131050: %q", did)
	}
}

func TestWhatHeldAMessageBackIsTold(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	now := time.Now().UTC()
	from := (now.Hour()*60 + now.Minute() + 1439) % 1440
	b.rule("quiet_from = $2, quiet_to = $3, timezone = 'UTC'", from, (from+180)%1440)
	b.Start(b.Messages)
	quiet := b.send(b.Person("Ann", 100))[0]
	pair := message.Draft{ID: ident.New(), ChannelID: b.Channel.ID, ContactID: b.Person("Bob", 1056).ID, Origin: message.OriginTest,
		Priority: message.PriorityReply, TemplateID: b.Template("welcome").ID}
	b.queue(pair)
	b.Await("both wait", func() bool {
		one, two := b.explain(quiet), b.explain(pair.ID)
		return slices.Contains(kinds(one), "delayed") && slices.Contains(kinds(two), "handed_back")
	})
	delayed := stage(t, b.explain(quiet), "delayed")
	if !strings.Contains(delayed.Title, "quiet hours") || delayed.Until == nil || delayed.Until.Before(now.Add(time.Hour)) {
		t.Errorf("the delay: %+v", delayed)
	}
	e := b.explain(pair.ID)
	back := stage(t, e, "handed_back")
	if back.Code != 131056 || back.Until == nil || back.Did == "" || e.Cost.Outcome != "released" {
		t.Errorf("handed back: %+v, %+v", back, e.Cost)
	}
}

func TestADoubtTellsWhatIsKnownAndAwaited(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Config: message.Config{Lease: 1200 * time.Millisecond, Settle: time.Hour},
		Sim: func(c *whatsappsim.Config) { c.Webhook.Drop = 1 }})
	id := b.send(b.Person("Ann", 100))[0]
	_, err := b.Messages.Abandon(t.Context(), b.Channel.ID)
	b.Must(err)
	b.Start(b.NewMessages("worker-2"))
	b.awaitAll(message.InDoubt, id)
	e := b.explain(id)
	doubt := stage(t, e, "in_doubt")
	if e.Awaited == "" || doubt.Until == nil || !strings.Contains(doubt.Did, "not send it again") || e.Cost.Outcome != "held" || e.Cost.Held == 0 {
		t.Errorf("in doubt: %+v, %+v, awaits %q", doubt, e.Cost, e.Awaited)
	}
	wamid := "wamid.late"
	b.statuses(statusJSON(wamid, "delivered", id.String()))
	b.awaitAll(message.Delivered, id)
	e = b.explain(id)
	if got := stage(t, e, "accepted"); !strings.Contains(got.Text, "No clear answer") || e.Awaited != "" || !slices.Contains(kinds(e), "in_doubt") {
		t.Errorf("settled: %+v in %v", got, kinds(e))
	}
}

func TestAnAnswerInTheWindowTellsUntilWhen(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	ann := b.Person("Ann", 100)
	b.says(ann, "मुझे मदद चाहिए")
	reply := message.Draft{ID: ident.New(), ChannelID: b.Channel.ID, ContactID: ann.ID, Origin: message.OriginReply, Priority: message.PriorityReply, Text: "जी"}
	b.queue(reply)
	b.awaitAll(message.Read, reply.ID)
	e := b.explain(reply.ID)
	claimed := stage(t, e, "claimed")
	if c := check(t, claimed, "window"); !c.Passed || c.Until == nil || !c.Until.After(time.Now().Add(23*time.Hour)) {
		t.Errorf("the window: %+v", c)
	}
	if !slices.Equal(checkNames(claimed), []string{"address", "consent", "window", "daily_limit", "price", "values", "credit"}) {
		t.Errorf("the checks: %v", checkNames(claimed))
	}
	in := b.inboundOf(ann)
	if e := b.explain(in); e.Direction != "in" || e.Cost != nil || len(e.Stages) != 1 || e.State != message.Received {
		t.Errorf("what the customer wrote: %+v", e)
	}
}

func (b bundle) inboundOf(who contact.Contact) (id uuid.UUID) {
	b.T.Helper()
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select id from messages where tenant_id = $1 and contact_id = $2 and direction = 'in'`, b.Acme, who.ID).Scan(&id)
	})
	return id
}

// TestAMessageFromBeforeTheRecordSaysSo: what was not kept is not made up.
func TestAMessageFromBeforeTheRecordSaysSo(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	id := b.send(b.Person("Ann", 100))[0]
	b.awaitAll(message.Read, id)
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update messages set hold_transaction = $3, gate_opt_in = null where tenant_id = $1 and id = $2`, b.Acme, id, ident.New())
		return err
	})
	e := b.explain(id)
	at := slices.IndexFunc(e.Stages, func(s message.Stage) bool { return len(s.Checks) > 0 })
	for _, name := range []string{"frequency", "quiet_hours", "daily_limit"} {
		if c := check(t, e.Stages[at], name); !strings.Contains(c.Words, "not kept") {
			t.Errorf("%s: %q", name, c.Words)
		}
	}
}

func TestARefusedNumberIsTriedAndTold(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Wrap: func(meta http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasSuffix(r.URL.Path, "/messages") {
				meta.ServeHTTP(w, r)
				return
			}
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte(`{"error":{"code":132018,"message":"(#132018)","error_data":{"details":"param text cannot have new-line"}}}`))
		})
	}})
	b.Start(b.Messages)
	id := b.send(b.Person("Ann", 100))[0]
	b.awaitAll(message.Failed, id)
	failed := stage(t, b.explain(id), "failed")
	if failed.Title != "WhatsApp refused it" || failed.Code != 132018 || failed.Said != "param text cannot have new-line" || failed.Did == "" {
		t.Errorf("the failure: %+v", failed)
	}
}
