package campaign

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// speaking adds a contact with a locale.
func (b *bundle) speaking(name, locale string) contact.Contact {
	b.T.Helper()
	c := b.Person(name, 100)
	c, err := b.Contacts.Edit(b.ann(), c.ID, contact.Change{Locale: &locale})
	b.Must(err)
	return c
}

// version is Acme's diwali_offer in a language.
func (b *bundle) offer(language string) template.Template {
	b.T.Helper()
	list, _, err := b.Templates.List(b.ann(), template.Filter{Prefix: "diwali_offer", Language: language}, template.Cursor{}, 5)
	b.Must(err)
	if len(list) != 1 {
		b.T.Fatalf("%d versions in %s", len(list), language)
	}
	return list[0]
}

func offerMapping() *[]Source {
	return &[]Source{{Slot: "body.1", Field: "firstName", Fallback: "friend"}, {Slot: "body.2", Text: "20%"}}
}

func (b *bundle) inLanguages(c *Change) {
	yes, chosen := true, b.offer("en_US").ID
	c.TemplateID, c.ByLanguage, c.Mapping = &chosen, &yes, offerMapping()
}

func TestEveryContactGetsItsLanguage(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.work()
	want := map[uuid.UUID]string{}
	for locale, language := range map[string]string{"hi": "hi", "hi-IN": "hi", "AR_EG": "ar", "ar": "ar", "en_GB": "en_US", "": "en_US", "fr": "en_US", "मराठी": "en_US"} {
		want[b.speaking("आशा "+locale, locale).ID] = b.offer(language).ID.String()
	}
	c := b.draft(b.inLanguages)
	previews, err := b.s.Preview(b.ann(), c.ID, 1, 20)
	b.Must(err)
	for _, p := range previews {
		if b.offer(p.Language).ID.String() != want[p.ContactID] {
			t.Errorf("%s is shown %s", p.Name, p.Language)
		}
	}
	b.start(c)
	b.awaitRead(c, int64(len(want)))
	b.OnceEach(len(want))
	b.adds(c, int64(len(want)))
	for id, got := range b.sentTemplates(c) {
		if got != want[id] {
			t.Errorf("%s got %s, not %s", id, got, want[id])
		}
	}
}

// sentTemplates is which template each contact's message was sent with.
func (b *bundle) sentTemplates(c Campaign) map[uuid.UUID]string {
	b.T.Helper()
	got := map[uuid.UUID]string{}
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select contact_id, template_id::text from messages where tenant_id = $1 and campaign_id = $2`, b.Acme, c.ID)
		if err != nil {
			return err
		}
		var id uuid.UUID
		var of string
		_, err = pgx.ForEachRow(rows, []any{&id, &of}, func() error { got[id] = of; return nil })
		return err
	})
	return got
}

func TestAVersionThatTakesOtherValuesIsRefusedAtTheStart(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Seed: func(seed *whatsappsim.WABASeed) {
		seed.Templates = append(seed.Templates, whatsapp.Template{Name: "diwali_offer", Language: "ta", Category: "MARKETING", Components: []whatsapp.Component{
			{Type: "BODY", Text: "வணக்கம் {{1}}, {{2}} தள்ளுபடி {{3}} வரை உள்ளது."}}})
	}})
	b.people(1)
	c := b.draft(b.inLanguages)
	_, err := b.s.Start(b.ann(), c.ID, time.Time{})
	if refusal, ok := fault.As(err); !ok || refusal.Code != "language_differs" {
		t.Fatalf("started: %v", err)
	}
}

func TestAPausedVersionPausesTheCampaignAndHoldsItsPeople(t *testing.T) {
	t.Parallel()
	b := setup(t, slowly(60))
	b.work()
	for range 40 {
		b.speaking("आशा", "hi")
		b.speaking("Ann", "en")
	}
	c := b.draft(b.inLanguages)
	b.start(c)
	b.Await("some are sent", func() bool { return len(b.Sent()) >= 10 })
	b.Steer("template/"+b.offer("hi").MetaID+"/pause", "")
	b.awaitStatus(c, Paused)
	if _, err := b.s.Resume(b.ann(), c.ID); err != nil && fault.KindOf(err) != fault.KindConflict {
		t.Errorf("resume: %v", err)
	}
	b.Steer("template/"+b.offer("hi").MetaID+"/unpause", "")
	b.Await("the version is approved again", func() bool { return b.offer("hi").Sendable() })
	b.Await("nobody waits", func() bool {
		now := b.get(c)
		if now.Status == Paused { // what was told before the version was back may pause both once more
			if _, err := b.s.Resume(b.ann(), c.ID); err != nil && fault.KindOf(err) != fault.KindConflict {
				t.Errorf("resume: %v", err)
			}
		}
		k := now.Counts
		return k.Pending+k.Queued+k.Sending == 0 && k.Accepted+k.Sent+k.Delivered == 0
	})
	b.adds(c, 80)
}

// utility seeds the account with a utility template that Meta may find promotional.
func utility(seed *whatsappsim.WABASeed) {
	seed.Templates = append(seed.Templates, whatsapp.Template{Name: "bill", Language: "en_US", Category: "UTILITY", Components: []whatsapp.Component{
		{Type: "BODY", Text: "Dear आशा, your bill 🧾 is ready."}}})
}

func TestACategoryChangePausesAndOneClickContinues(t *testing.T) {
	t.Parallel()
	o := slowly(60)
	o.Seed = utility
	b := setup(t, o)
	b.work()
	b.people(80)
	bill := b.Template("bill").ID
	useBill := func(c *Change) { c.TemplateID = &bill }
	c, later := b.draft(useBill), b.draft(useBill)
	b.start(c)
	_, err := b.s.Start(b.ann(), later.ID, time.Now().Add(time.Hour))
	b.Must(err)
	b.Await("some are sent", func() bool { return len(b.Sent()) >= 10 })
	b.Steer("template/"+b.Template("bill").MetaID+"/recategorise?category=MARKETING", "")
	b.awaitStatus(c, Paused)
	b.awaitStatus(later, Paused)
	change, err := b.s.CategoryChange(b.ann(), c.ID)
	b.Must(err)
	if change.From != template.Utility || change.To != template.Marketing || change.Waiting == 0 || change.After <= change.Before || change.Currency != "INR" {
		t.Errorf("the change: %+v", change)
	}
	if note := pauseNote(b.get(c)); note.Title == "" || note.Advice == "" {
		t.Errorf("note: %+v", note)
	}
	_, err = b.s.Resume(b.ann(), c.ID)
	b.Must(err)
	b.awaitRead(c, 80)
	b.OnceEach(80)
	b.adds(c, 80)
	resumed, err := b.s.Resume(b.ann(), later.ID)
	b.Must(err)
	if resumed.Status != Scheduled {
		t.Errorf("the scheduled campaign continues as %s", resumed.Status)
	}
	if _, err := b.s.CategoryChange(b.ann(), later.ID); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("a campaign that waits for its time: %v", err)
	}
}

func TestWhatWasAgreedToDoesNotPauseAgain(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Seed: utility})
	b.people(3)
	bill := b.Template("bill")
	c := b.draft(func(c *Change) { c.TemplateID = &bill.ID })
	b.start(c)
	announce := func(change func(*template.Template)) {
		moved := bill
		change(&moved)
		b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, `update templates set category = $3, next_category = $4 where tenant_id = $1 and id = $2`,
				b.Acme, bill.ID, moved.Category, moved.NextCategory); err != nil {
				return err
			}
			return b.s.TemplateRecategorised(ctx, tx, moved)
		})
	}
	announce(func(t *template.Template) { t.NextCategory = template.Marketing })
	if got := b.get(c); got.Status != Paused || got.PauseReason != pauseCategory {
		t.Fatalf("after the notice it is %s for %q", got.Status, got.PauseReason)
	}
	_, err := b.s.Resume(b.ann(), c.ID)
	b.Must(err)
	announce(func(t *template.Template) { t.Category = template.Marketing })
	if got := b.get(c); got.Status != Running {
		t.Errorf("what was agreed to makes it %s", got.Status)
	}
	_, err = b.s.Pause(b.ann(), c.ID)
	b.Must(err)
	announce(func(*template.Template) {})
	if got := b.get(c); got.PauseReason != pauseCategory {
		t.Errorf("a campaign that a person paused is not told: %q", got.PauseReason)
	}
}

func TestAScheduledCampaignWhoseTemplateIsPausedIsPaused(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.people(2)
	c := b.draft()
	_, err := b.s.Start(b.ann(), c.ID, time.Now().Add(time.Second))
	b.Must(err)
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update templates set status = 'PAUSED' where tenant_id = $1 and name = 'welcome'`, b.Acme)
		return err
	})
	b.Await("its time has come", func() bool {
		b.Must(b.s.StartDue(t.Context()))
		return b.get(c).Status != Scheduled
	})
	if got := b.get(c); got.Status != Paused || got.PauseReason != "template" {
		t.Errorf("it is %s for %q", got.Status, got.PauseReason)
	}
}
