package message_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// says posts what a person writes, and waits until it is stored.
func (b bundle) says(who contact.Contact, text string) {
	b.T.Helper()
	b.inbound(whatsappsim.InboundRequest{From: who.Phone, Text: text})
}

func (b bundle) inbound(r whatsappsim.InboundRequest) {
	b.T.Helper()
	r.PhoneNumberID = b.Account.Numbers[0].ID
	wamid, err := b.Sim.Inbound(r)
	b.Must(err)
	b.Await("the message is stored", func() bool {
		stored := false
		b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
			return tx.QueryRow(ctx, `select exists (select from inbound_ids where tenant_id = $1 and wamid = $2)`, b.Acme, wamid).Scan(&stored)
		})
		return stored
	})
}

func (b bundle) contact(id uuid.UUID) contact.Contact {
	b.T.Helper()
	c, err := b.Contacts.Get(b.As(b.Acme), id)
	b.Must(err)
	return c
}

func (b bundle) history(id uuid.UUID) []consent.Record {
	b.T.Helper()
	page, err := b.Consents.History(b.As(b.Acme), id, web.PageQuery{Limit: 50})
	b.Must(err)
	return page.Items
}

func (b bundle) set(change func(*consent.Settings)) {
	b.T.Helper()
	s, err := b.Consents.Settings(b.As(b.Acme))
	b.Must(err)
	change(&s)
	_, err = b.Consents.SaveSettings(b.As(b.Acme), s)
	b.Must(err)
}

// ways are the five ways to send, and the test of a campaign: a template and, where it is one, a text.
func ways() []string {
	return []string{message.OriginCampaign, message.OriginReply, message.OriginWorkflow, message.OriginAgent, message.OriginAPI, message.OriginTest}
}

// TestEveryWayToSendIsRefusedForWhoLeft: templates and, with the window open, text.
func TestEveryWayToSendIsRefusedForWhoLeft(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	ann := b.Person("Ann", 100)
	b.set(func(s *consent.Settings) { s.StopMeans = consent.All; s.StopReply = "Bye" })
	b.says(ann, "बंद करो 🙏")
	if c := b.contact(ann.ID); c.OptIn.State != contact.OptInRefused || c.Suppressed == nil || c.Suppressed.By != consent.ByContact {
		t.Fatalf("Ann stands as %+v", c)
	}
	var drafts []message.Draft
	for _, origin := range ways() {
		for _, template := range []uuid.UUID{b.Template("welcome").ID, {}} {
			drafts = append(drafts, message.Draft{ID: ident.New(), ChannelID: b.Channel.ID, ContactID: ann.ID, Origin: origin,
				Priority: message.PriorityReply, TemplateID: template, Text: "नमस्ते"})
		}
	}
	b.queue(drafts...)
	for _, d := range drafts {
		b.awaitAll(message.Refused, d.ID)
		if got := b.look(d.ID)[d.ID].Reason; got != message.ReasonLeft {
			t.Errorf("%s with template %s: refused for %q", d.Origin, d.TemplateID, got)
		}
		e := b.explain(d.ID)
		if why := message.Explain(message.ReasonLeft, 0); e.Headline != why.Title || e.Advice != why.Advice || check(t, stage(t, e, "refused"), "consent").Passed {
			t.Errorf("%s with template %s explains itself as %+v", d.Origin, d.TemplateID, e)
		}
	}
	b.OnceEach(0)
}

// TestAfterAStopNothingAutomaticGoesUntilTheyWrite: marketing never, a person's reply at once, text
// of machines when the person wrote again.
func TestAfterAStopNothingAutomaticGoesUntilTheyWrite(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	ann := b.Person("Ann", 100)
	b.says(ann, "  Stop!! ")
	texts := map[string]message.Draft{}
	text := func(origin string) message.Draft {
		d := message.Draft{ID: ident.New(), ChannelID: b.Channel.ID, ContactID: ann.ID, Origin: origin, Priority: message.PriorityReply, Text: "جی؟"}
		texts[origin] = d
		b.queue(d)
		return d
	}
	for _, origin := range []string{message.OriginWorkflow, message.OriginAgent, message.OriginAPI, message.OriginCampaign} {
		b.awaitAll(message.Refused, text(origin).ID)
		if m := b.look(texts[origin].ID)[texts[origin].ID]; m.Reason != message.ReasonStopped {
			t.Errorf("text by %s: refused for %q", origin, m.Reason)
		}
	}
	b.awaitAll(message.Read, text(message.OriginReply).ID)
	b.says(ann, "Where is my order?")
	b.afterStop(ann)
	b.awaitAll(message.Read, text(message.OriginWorkflow).ID)
	offers := b.send(ann)
	b.awaitAll(message.Refused, offers...)
	if m := b.look(offers[0])[offers[0]]; m.Reason != message.ReasonOptedOut {
		t.Errorf("an offer: refused for %q", m.Reason)
	}
}

// afterStop moves the person's stop a second back: Meta's times are whole seconds, and the test
// writes twice within one.
func (b bundle) afterStop(who contact.Contact) {
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update contacts set opt_in_at = opt_in_at - interval '2 s' where tenant_id = $1 and id = $2`, b.Acme, who.ID)
		return err
	})
}

func TestStopAndStartWithTheirAnswers(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	b.set(func(s *consent.Settings) { s.StopReply, s.StartReply = "ठीक है 🙏", "Welcome back" })
	ann := b.Person("Ann", 100)
	b.says(ann, "STOP")
	b.says(ann, "stop") // again: no second answer
	b.inbound(whatsappsim.InboundRequest{From: ann.Phone, Type: "button", Content: []byte(`{"payload":"OPT-IN","text":"Yes please"}`)})
	if c := b.contact(ann.ID); c.OptIn.State != contact.OptInGiven || c.OptIn.Source != "WhatsApp" {
		t.Errorf("Ann stands as %+v", c.OptIn)
	}
	digits := strings.TrimPrefix(ann.Phone, "+")
	b.Await("both answers are sent", func() bool { return b.Sent()[digits] == 2 })
	records := b.history(ann.ID)
	if len(records) != 3 {
		t.Fatalf("the record: %+v", records)
	}
	for _, r := range records {
		if r.By != consent.ByContact || r.Purpose != consent.Marketing || r.MessageID == nil || r.Evidence == "" {
			t.Errorf("a record: %+v", r)
		}
	}
	if records[0].Via != consent.ViaButton && records[0].Via != consent.ViaWord {
		t.Errorf("the way: %s", records[0].Via)
	}
}

func TestFreeTextIsUnderstoodAndCanBeUndone(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	ann, bob, chandra := b.Person("Ann", 100), b.Person("Bob", 100), b.Person("चन्द्र", 100)
	b.says(ann, "bhai mujhe ye msg mat bhejo please")
	b.says(bob, "stop sending the wrong size")
	b.says(chandra, "band karo ye delay")
	if got := b.contact(ann.ID).OptIn.State; got != contact.OptInRefused {
		t.Errorf("Ann is %s", got)
	}
	for _, c := range []contact.Contact{bob, chandra} {
		if got := b.contact(c.ID).OptIn.State; got != contact.OptInUnknown {
			t.Errorf("%s is %s", c.Name, got)
		}
	}
	ids := b.send(ann)
	b.awaitAll(message.Refused, ids...)
	acted, err := b.Consents.Requests(b.As(b.Acme), false, web.PageQuery{Limit: 10})
	b.Must(err)
	if len(acted.Items) != 1 || acted.Items[0].ContactID != ann.ID || acted.Items[0].State != consent.RequestActed {
		t.Fatalf("acted on: %+v", acted.Items)
	}
	_, err = b.Consents.Decide(b.As(b.Acme), acted.Items[0].ID, consent.DecideUndo)
	b.Must(err)
	if got := b.contact(ann.ID).OptIn.State; got != contact.OptInUnknown {
		t.Errorf("after undoing Ann is %s", got)
	}
	b.awaitAll(message.Read, b.send(ann)...)
}

// TestAStopBetweenTheGateAndTheClaim: what is not yet claimed is refused.
func TestAStopBetweenTheGateAndTheClaim(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	ann, bob := b.Person("Ann", 100), b.Person("Bob", 100)
	ids := b.send(ann, bob)
	n, err := b.Messages.ClaimAfter(t.Context(), b.Channel.ID, func() {
		b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
			return contact.Stop(ctx, tx, b.Acme, []uuid.UUID{ann.ID}, time.Now(), consent.ByWhatsApp, "stop")
		})
	})
	b.Must(err)
	if m := b.look(ids...); n != 1 || m[ids[0]].State != message.Queued || m[ids[1]].State != message.Sending {
		t.Fatalf("claimed %d: %+v", n, m)
	}
	b.Start(b.Messages)
	b.awaitAll(message.Refused, ids[0])
	if m := b.look(ids[0])[ids[0]]; m.Reason != message.ReasonOptedOut {
		t.Errorf("refused for %q", m.Reason)
	}
}

// TestAStopWhileMessagesGo: of a hundred people who stop while they are written to, nobody gets what
// was not yet claimed when their stop was stored.
func TestAStopWhileMessagesGo(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Config: message.Config{MaxRate: 50}})
	people := b.people(60)
	ids := b.send(people...)
	b.Start(b.Messages)
	b.Await("it began", func() bool { return len(b.Sent()) > 3 })
	stopped := map[uuid.UUID]bool{}
	for i := len(people) - 1; i >= 40; i-- {
		b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
			return contact.Stop(ctx, tx, b.Acme, []uuid.UUID{people[i].ID}, time.Now(), consent.ByWhatsApp, "stop")
		})
		if b.locked(ids[i]) == message.Queued {
			stopped[ids[i]] = true
		}
	}
	b.Await("all is done", func() bool {
		for _, m := range b.look(ids...) {
			if m.State != message.Read && m.State != message.Refused {
				return false
			}
		}
		return true
	})
	if len(stopped) == 0 {
		t.Fatal("everything was claimed before anybody stopped")
	}
	for id, m := range b.look(ids...) {
		if stopped[id] && m.State != message.Refused {
			t.Errorf("%s was queued when its person had stopped, and is %s", id, m.State)
		}
	}
	b.Verified()
}

// locked is the state of a message once no claim that is on its way holds it.
func (b *bundle) locked(id uuid.UUID) (state message.State) {
	b.T.Helper()
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select state from messages where tenant_id = $1 and id = $2 for update`, b.Acme, id).Scan(&state)
	})
	return state
}

func TestMetasStopAndResumeAreRecordedOnce(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	ann, refused := b.Person("Ann", 100), b.Person("Bob", 1050) // Meta answers 131050
	prefer := func(value string, at int64) {
		b.Post(hook(b.Account.ID, "user_preferences", fmt.Sprintf(`{"messaging_product":"whatsapp","metadata":{"display_phone_number":"1","phone_number_id":%q},
			"user_preferences":[{"wa_id":%q,"category":"marketing_messages","value":%q,"detail":"User requested to %s","timestamp":%d}]}`,
			b.number(), strings.TrimPrefix(ann.Phone, "+"), value, value, at)))
	}
	now := time.Now().Unix()
	prefer("stop", now-10)
	prefer("stop", now-10)
	b.Await("Ann stopped", func() bool { return b.contact(ann.ID).OptIn.State == contact.OptInRefused })
	b.awaitAll(message.Refused, b.send(ann)...)
	prefer("resume", now-5)
	b.Await("Ann resumed", func() bool { return b.contact(ann.ID).OptIn.State == contact.OptInGiven })
	b.awaitAll(message.Read, b.send(ann)...)
	if records := b.history(ann.ID); len(records) != 2 || records[1].State != consent.Out || records[0].State != consent.In {
		t.Errorf("the record: %+v", records)
	}
	b.awaitAll(message.Failed, b.send(refused)...)
	b.Await("Bob stopped", func() bool { return b.contact(refused.ID).OptIn.State == contact.OptInRefused })
	if records := b.history(refused.ID); len(records) != 1 || records[0].Via != consent.ViaRefusal {
		t.Errorf("the record of 131050: %+v", records)
	}
}

func TestTopicAndFrequencyAreWishes(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	ann, bob := b.Person("Ann", 100), b.Person("Bob", 100)
	topic, err := b.Consents.AddTopic(b.As(b.Acme), consent.TopicDraft{Name: "Sarees", Templates: []string{"welcome"}})
	b.Must(err)
	week := 7
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		if err := contact.ChangeConsent(ctx, tx, b.Acme, []uuid.UUID{ann.ID}, consent.Change{Purpose: consent.Marketing, State: consent.Out,
			Topic: topic.ID, Via: consent.ViaPage, By: consent.ByContact, At: time.Now()}); err != nil {
			return err
		}
		return contact.ChangeConsent(ctx, tx, b.Acme, []uuid.UUID{bob.ID}, consent.Change{Purpose: consent.Marketing, State: consent.In,
			Days: &week, Via: consent.ViaPage, By: consent.ByContact, At: time.Now()})
	})
	refusedFor := func(ids []uuid.UUID, reason string) {
		t.Helper()
		b.awaitAll(message.Refused, ids...)
		if m := b.look(ids...)[ids[0]]; m.Reason != reason {
			t.Errorf("refused for %q, not %q", m.Reason, reason)
		}
	}
	refusedFor(b.send(ann), message.ReasonTopicOut)
	b.awaitAll(message.Read, b.send(bob)...)
	refusedFor(b.send(bob), message.ReasonFrequencyChosen)
}
