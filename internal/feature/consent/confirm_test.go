package consent_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/contact"
)

// confirming switches double opt-in on and collects what is asked.
func (b *bundle) confirming(text string) *[]consent.Question {
	b.t.Helper()
	channel, template := uuid.New(), uuid.New()
	asked := &[]consent.Question{}
	b.Hooks.Ask = func(_ context.Context, _ pgx.Tx, _ uuid.UUID, questions []consent.Question) ([]string, error) {
		*asked = append(*asked, questions...)
		shown := make([]string, len(questions))
		for i := range questions {
			shown[i] = "Do you want our offers?"
		}
		return shown, nil
	}
	settings, err := b.Settings(b.ann())
	b.must(err)
	settings.Confirming = consent.Confirming{On: true, Days: 3, ChannelID: &channel, TemplateID: &template, Text: text}
	saved, err := b.SaveSettings(b.ann(), settings)
	b.must(err)
	if !saved.NeedsOptIn {
		b.t.Error("marketing goes to people who did not opt in")
	}
	return asked
}

func (b *bundle) tend() {
	b.t.Helper()
	b.clock.Advance(time.Second)
	b.must(b.TendConfirmations(b.t.Context()))
}

func (b *bundle) optIn() {
	b.t.Helper()
	b.clock.Advance(time.Minute)
	_, err := b.contacts.Edit(b.ann(), b.asha.ID, contact.Change{OptIn: &contact.Consent{State: contact.OptInGiven, Source: "Form", Evidence: "Ticked", Shown: "Offers, please"}})
	b.must(err)
}

func TestAnOptInWaitsForThePersonsOwnWord(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asked := b.confirming("")
	b.optIn()
	b.optIn() // who waits already is not asked twice
	if c := b.look(); c.OptIn.State != contact.OptInPending || c.OptIn.Source != "Form" {
		t.Fatalf("the row: %+v", c.OptIn)
	}
	for range 3 {
		b.tend()
	}
	if len(*asked) != 1 || (*asked)[0].ContactID != b.asha.ID || (*asked)[0].Template == uuid.Nil || (*asked)[0].Name != "आशा 🌸" {
		t.Fatalf("asked: %+v", *asked)
	}
	waiting, err := b.Waiting(b.ann(), b.asha.ID)
	b.must(err)
	if waiting == nil || waiting.AskedAt == nil || waiting.Shown != "Do you want our offers?" {
		t.Errorf("waiting: %+v", waiting)
	}
	b.hear("when will my order come?")
	if b.look().OptIn.State != contact.OptInPending {
		t.Error("something else confirmed it")
	}
	b.hear("हाँ जी")
	last := b.history()[0]
	if b.look().OptIn.State != contact.OptInGiven || last.State != consent.In || last.Via != consent.ViaWord || last.Evidence != "हाँ जी" ||
		last.Shown != "Do you want our offers?" || last.Proof["asked_by_message"] != (*asked)[0].ID.String() || last.Proof["asked_at"] == "" || last.MessageID == nil {
		t.Errorf("the record: %+v", last)
	}
	b.optIn()
	if got := b.look().OptIn.State; got != contact.OptInGiven {
		t.Errorf("who confirmed is %s again", got)
	}
}

func TestAnOptInIsRefusedOrLapses(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.confirming("")
	b.optIn()
	b.tend()
	b.hear("no thanks")
	if c := b.look(); c.OptIn.State != contact.OptInRefused || c.OptIn.Evidence != "no thanks" {
		t.Errorf("after a no: %+v", c.OptIn)
	}
	b.optIn()
	b.tend()
	b.clock.Advance(3*24*time.Hour - time.Minute)
	b.tend()
	if got := b.look().OptIn.State; got != contact.OptInPending {
		t.Errorf("before the end: %s", got)
	}
	b.clock.Advance(time.Minute)
	b.tend()
	last := b.history()[0]
	if b.look().OptIn.State != contact.OptInUnknown || last.State != consent.Unknown || last.Via != consent.ViaLapse {
		t.Errorf("after the end: %+v", last)
	}
	b.hear("yes")
	if got := b.look().OptIn.State; got != contact.OptInUnknown {
		t.Errorf("a yes to nothing made them %s", got)
	}
	b.hear("START")
	if got := b.look().OptIn.State; got != contact.OptInGiven {
		t.Errorf("START made them %s", got)
	}
}

// The page, a file and the API wait too; in an open window a text asks; nobody is asked who cannot be.
func TestEveryWayToOptInWaits(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asked := b.confirming("YES for offers?")
	b.choose(url.Values{"action": {"save"}, "lang": {"en"}, "marketing": {"in"}, "utility": {"in"}, "days": {"0"}})
	if got := b.look().OptIn.State; got != contact.OptInPending {
		t.Errorf("by the page: %s", got)
	}
	if page := b.browse("GET", "en", nil).Body.String(); !strings.Contains(page, "Answer YES there to confirm") {
		t.Error("the page does not say what is missing")
	}
	b.must(b.db.InTenant(t.Context(), b.acme, func(ctx context.Context, tx pgx.Tx) error {
		return contact.OpenWindows(ctx, tx, b.acme, map[uuid.UUID]time.Time{b.asha.ID: b.clock.Now().Add(time.Hour)})
	}))
	b.tend()
	if len(*asked) != 1 || (*asked)[0].Text != "YES for offers?" || (*asked)[0].Template != uuid.Nil {
		t.Errorf("in an open window: %+v", *asked)
	}
	imp, err := b.contacts.Upload(b.ann(), "people.csv", strings.NewReader("name,phone\nAsha,9812345678\nBob,9812345679\n"))
	b.must(err)
	imp, err = b.contacts.Start(b.ann(), imp.ID, contact.Options{Mapping: []contact.Target{contact.ToName, contact.ToPhone}, Country: "IN",
		OptIn: &contact.OptInOption{Source: "fair", Evidence: "list of the fair"}})
	b.must(err)
	_, err = b.contacts.RunImport(b.ann(), b.acme, imp.ID, 0)
	b.must(err)
	b.tend()
	if len(*asked) != 2 || (*asked)[1].Template == uuid.Nil {
		t.Errorf("after an import: %+v", *asked)
	}
	b.must(b.State(b.ann(), b.asha.ID, consent.Statement{Purpose: consent.Marketing, State: consent.In, Source: "phone"}))
	if got := b.look().OptIn.State; got != contact.OptInPending {
		t.Errorf("by a statement: %s", got)
	}
}
