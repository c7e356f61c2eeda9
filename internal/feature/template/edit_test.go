package template

import (
	"context"
	"net/http"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// kinds lists a template's events, the oldest first.
func (b *bench) kinds(t Template) (kinds []EventKind) {
	b.t.Helper()
	events, err := b.History(b.as(b.acme), t.ID, uuid.Max, 50)
	b.must(err)
	for _, e := range slices.Backward(events) {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func TestAnEditIsReviewedAndLimited(t *testing.T) {
	t.Parallel()
	b := setup(t)
	d := draft(Draft{ChannelID: b.number.ID, Name: "diwali"})
	created, err := b.Create(b.as(b.acme), d)
	b.must(err)
	if _, err := b.Edit(b.as(b.acme), created.ID, d); fault.KindOf(err) != fault.KindConflict {
		t.Fatalf("an edit during the review: %v", err)
	}
	b.next()
	d.Body = "नमस्ते {{1}} जी, दीवाली पर बड़ी छूट है। दुकान पर आइए 🪔"
	edited, err := b.Edit(b.as(b.acme), created.ID, d)
	b.must(err)
	if edited.Status != Pending || len(b.paused) != 1 {
		t.Fatalf("after the edit it is %s, campaigns were told %q", edited.Status, b.paused)
	}
	b.next()
	if got := b.named("diwali"); !got.Sendable() || reads(got) != reads(edited) {
		t.Fatalf("after the verdict: %s %s", got.Status, got.Components)
	}
	_, err = b.Edit(b.as(b.acme), created.ID, d)
	if refusal, ok := fault.As(err); !ok || refusal.Code != "edit_refused" {
		t.Fatalf("a second edit within a day: %v", err)
	}
	b.synchronise()
	if got := b.kinds(created); !slices.Equal(got, []EventKind{EventSubmitted, EventStatus, EventEdited, EventStatus, EventStatus}) {
		t.Errorf("history: %v", got)
	}
}

func TestAnEditKeepsThePlacesCampaignsFilled(t *testing.T) {
	t.Parallel()
	b := setup(t, whatsappsim.FixtureTemplates()...)
	b.synchronise()
	b.Filled = func(context.Context, pgx.Tx, Template) (int64, error) { return 2, nil }
	coupon := b.named("coupon")
	d, ok := DraftOf(coupon)
	if !ok {
		t.Fatal("no draft of it")
	}
	d.Body = "Thank you! Here is a code for your next visit."
	_, err := b.Edit(b.as(b.acme), coupon.ID, d)
	if refusal, ok := fault.As(err); !ok || refusal.Code != "in_use" {
		t.Fatalf("an edit that takes a place away: %v", err)
	}
	d.Body = "Thank you so much, {{1}}! Here is a code for your next visit."
	if _, err := b.Edit(b.as(b.acme), coupon.ID, d); err != nil {
		t.Fatalf("an edit that keeps the places: %v", err)
	}
}

func TestATwinIsRefused(t *testing.T) {
	t.Parallel()
	b := setup(t, whatsappsim.FixtureTemplates()...)
	b.synchronise()
	d := Draft{ChannelID: b.number.ID, Name: "welcome_2", Language: "en", Category: Marketing, Body: "Welcome to our shop! Reply here whenever you need a hand."}
	_, err := b.Create(b.as(b.acme), d)
	if refusal, ok := fault.As(err); !ok || refusal.Code != "template.duplicate" {
		t.Fatalf("a text twice: %v", err)
	}
	d.Footer = "Reply STOP to opt out"
	if _, err := b.Create(b.as(b.acme), d); err != nil {
		t.Errorf("the text with another footer: %v", err)
	}
}

func TestADisabledTemplateCannotBeDeleted(t *testing.T) {
	t.Parallel()
	b := setup(t, plain(1))
	b.synchronise()
	one := b.named("offer_001")
	b.control(http.MethodPost, "template/"+one.MetaID+"/disable")
	b.next()
	if err := b.Delete(b.as(b.acme), one.ID); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("deleted: %v", err)
	}
}

func TestHistoryTellsPausesRatingsAndMoves(t *testing.T) {
	t.Parallel()
	utility := plain(1)
	utility.Category = "UTILITY"
	b := setup(t, utility)
	b.synchronise()
	var moved []Category
	b.Recategorised = func(_ context.Context, _ pgx.Tx, t Template) error {
		moved = append(moved, t.Coming())
		return nil
	}
	one := b.named("offer_001")
	for _, action := range []string{"quality?score=RED", "pause", "unpause", "announce?category=MARKETING", "recategorise?category=MARKETING"} {
		b.control(http.MethodPost, "template/"+one.MetaID+"/"+action)
		b.next()
	}
	events, err := b.History(b.as(b.acme), one.ID, uuid.Max, 50)
	b.must(err)
	want := []EventKind{EventCategory, EventAnnounced, EventStatus, EventStatus, EventQuality}
	if got := b.kinds(one); len(got) != len(want) {
		t.Fatalf("history: %v", got)
	}
	for i, e := range events {
		if e.Kind != want[i] || e.After == "" {
			t.Errorf("event %d: %+v", i, e)
		}
	}
	if pause := events[3]; pause.Until == nil || !pause.Until.Equal(pause.At.Add(firstPause)) || pause.Note == "" {
		t.Errorf("the pause: %+v", pause)
	}
	if !slices.Equal(moved, []Category{Marketing}) {
		t.Errorf("campaigns were told of %v: what was announced is told once", moved)
	}
	older, err := b.History(b.as(b.acme), one.ID, events[1].ID, 2)
	b.must(err)
	if len(older) != 2 || older[0].ID != events[2].ID {
		t.Errorf("the next page: %+v", older)
	}
	if _, err := b.History(b.as(b.lotus), one.ID, uuid.Max, 5); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("another workspace reads it: %v", err)
	}
}

func TestAPacingPauseIsEndedOnRequest(t *testing.T) {
	t.Parallel()
	b := setup(t, plain(1))
	b.synchronise()
	one := b.named("offer_001")
	b.control(http.MethodPost, "template/"+one.MetaID+"/pause")
	b.next()
	if err := b.Unpause(b.as(b.acme), one.ID); fault.KindOf(err) != fault.KindConflict {
		t.Fatalf("a pause that ends by itself: %v", err)
	}
	b.control(http.MethodPost, "template/"+one.MetaID+"/unpause")
	b.next()
	b.control(http.MethodPost, "template/"+one.MetaID+"/drop")
	b.next()
	if got := b.named("offer_001"); got.Status != Paused || got.PausedUntil != nil {
		t.Fatalf("the pacing pause: %s until %v", got.Status, got.PausedUntil)
	}
	b.must(b.Unpause(b.as(b.acme), one.ID))
	b.next()
	if got := b.named("offer_001"); !got.Sendable() {
		t.Errorf("after the request it is %s", got.Status)
	}
}
