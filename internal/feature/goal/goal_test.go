package goal

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web/webtest"
)

const hour = time.Hour

// TestStories plays goals and conversions over HTTP.
func TestStories(t *testing.T) {
	webtest.Run(t, "testdata/*.json", func(t *testing.T) webtest.World {
		b := setup(t)
		asha := b.person("आशा शर्मा", "+919845011001", "asha@example.com")
		b.person("مريم", "+919845011002", "maryam@example.com")
		diwali := b.campaign("दिवाली 🪔")
		b.delivered(b.sent(diwali, asha.ID), b.clock.Now().Add(-hour))
		w := b.world()
		w.Known["asha"], w.Known["diwali"] = asha.ID.String(), diwali.String()
		return w
	})
}

func TestTheLastTouchWithinTheWindowGetsTheCredit(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.goal("purchase", Delivered, 7)
	asha, noon := b.person("आशा", "+919845011001", "").ID, b.clock.Now()
	old, first, last, after := b.campaign("old"), b.campaign("first"), b.campaign("last"), b.campaign("after")
	b.delivered(b.sent(old, asha), noon.Add(-8*24*hour))
	b.delivered(b.sent(first, asha), noon.Add(-48*hour))
	b.delivered(b.sent(last, asha), noon.Add(-24*hour))
	b.delivered(b.sent(after, asha), noon.Add(-30*time.Minute))
	b.sent(b.campaign("never arrived"), asha)
	got := b.report(
		purchase("a", asha, "100", noon.Add(-hour)), purchase("b", asha, "50.50", noon.Add(-hour)),
		purchase("c", asha, "10", noon.Add(-8*24*hour-time.Minute)), purchase("d", asha, "10", noon.Add(-36*hour)))
	for i, want := range []*uuid.UUID{&last, &last, nil, &first} {
		if c := got[i].CampaignID; (c == nil) != (want == nil) || c != nil && *c != *want {
			t.Errorf("event %s counts for %v, not %v", got[i].EventID, c, want)
		}
	}
	r := b.results(last)["purchase"]
	if r.People != 1 || r.Conversions != 2 || r.Revenue != rupees(150)+5000 {
		t.Errorf("the last campaign's result: %+v", r)
	}
	if len(b.results(old)) != 0 || len(b.results(after)) != 0 {
		t.Error("a campaign outside the window, or after the event, has a result")
	}
}

func TestAGoalMayWantAClick(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.goal("purchase", Clicked, 3)
	asha, noon := b.person("आशा", "+919845011001", "").ID, b.clock.Now()
	clicked, only := b.campaign("clicked"), b.campaign("only delivered")
	b.clicked(clicked, asha, noon.Add(-40*hour))
	b.delivered(b.sent(only, asha), noon.Add(-2*hour))
	got := b.report(purchase("a", asha, "1", noon.Add(-hour)))
	if got[0].CampaignID == nil || *got[0].CampaignID != clicked {
		t.Errorf("%+v", got[0])
	}
}

func TestAnEventIsRecordedOnceByItsID(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.goal("purchase", Delivered, 7)
	asha, diwali := b.person("आशा", "+919845011001", "").ID, b.campaign("दिवाली")
	b.delivered(b.sent(diwali, asha), b.clock.Now().Add(-hour))
	events := make([]Event, 200)
	for i := range events {
		events[i] = purchase(fmt.Sprint("order-", i%100), asha, "10", b.clock.Now())
	}
	var recorded atomic.Int32
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for _, o := range b.report(events...) {
				if o.Status == Recorded {
					recorded.Add(1)
				}
			}
		})
	}
	all.Wait()
	if r := b.results(diwali)["purchase"]; recorded.Load() != 100 || r.Conversions != 100 || r.People != 1 || r.Revenue != rupees(1000) {
		t.Errorf("recorded %d times; %+v", recorded.Load(), r)
	}
}

// TestOthersHearOfAConversionOnce: however often it is sent, and of nobody we do not know.
func TestOthersHearOfAConversionOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	g := b.goal("purchase", Delivered, 7)
	var heard []Record
	b.s.Recorded = func(_ context.Context, _ pgx.Tx, _ uuid.UUID, list []Record) error {
		heard = append(heard, list...)
		return nil
	}
	asha, noon := b.person("आशा", "+919845011001", "").ID, b.clock.Now()
	b.report(purchase("a", asha, "100", noon), purchase("a", asha, "100", noon), purchase("b", uuid.New(), "5", noon))
	b.report(purchase("a", asha, "100", noon), purchase("c", asha, "1", noon.Add(-hour)))
	want := []Record{{"a", g.ID, asha, rupees(100), noon}, {"c", g.ID, asha, rupees(1), noon.Add(-hour)}}
	if !slices.Equal(heard, want) {
		t.Errorf("heard %+v, not %+v", heard, want)
	}
}

func TestPeopleAreKnownByAnyAddress(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.goal("purchase", Delivered, 7)
	asha := b.person("आशा", "+919845011001", "asha@example.com")
	b.exec(`update contacts set bsuid = 'IN.77' where tenant_id = $1 and id = $2`, asha.ID)
	other := b.person("مريم", "+919845011002", "maryam@example.com")
	for name, c := range map[string]struct {
		who  contact.Address
		want *uuid.UUID
	}{
		"id": {contact.Address{ID: asha.ID}, &asha.ID}, "bsuid": {contact.Address{BSUID: "IN.77"}, &asha.ID},
		"phone": {contact.Address{Phone: "098450 11001"}, &asha.ID}, "email": {contact.Address{Email: " Asha@Example.com "}, &asha.ID},
		"nobody": {contact.Address{Phone: "+919845099999"}, nil}, "no number": {contact.Address{Phone: "hello"}, nil},
		"id before phone":              {contact.Address{ID: other.ID, Phone: "+919845011001"}, &other.ID},
		"phone before email":           {contact.Address{Phone: "+919845011001", Email: "maryam@example.com"}, &asha.ID},
		"an unknown id, a known phone": {contact.Address{ID: uuid.New(), Phone: "+919845011001"}, &asha.ID},
	} {
		o := b.report(Event{ID: name, Goal: "purchase", Who: c.who})[0]
		if o.Status != Recorded || o.Matched != (c.want != nil) {
			t.Errorf("%s: %+v", name, o)
		}
		found, err := b.s.Recent(b.ann(), time.Time{}, "", 100)
		b.must(err)
		for _, f := range found {
			if f.EventID == name && (f.ContactID == nil) != (c.want == nil) || f.EventID == name && c.want != nil && *f.ContactID != *c.want {
				t.Errorf("%s is recorded of %v, not %v", name, f.ContactID, c.want)
			}
		}
	}
}

func TestWhatIsWrongWithOneEventStopsNoOther(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.goal("purchase", Delivered, 7)
	asha, now := b.person("आशा", "+919845011001", "").ID, b.clock.Now()
	archived, yes := b.goal("old", Delivered, 7), true
	_, err := b.s.Edit(b.ann(), archived.ID, Change{Archived: &yes})
	b.must(err)
	minus, dear := rupees(-1), mostValue+1
	events := []Event{
		{ID: "", Goal: "purchase", Who: contact.Address{ID: asha}}, {ID: "x", Goal: "none", Who: contact.Address{ID: asha}},
		{ID: "x", Goal: "old", Who: contact.Address{ID: asha}}, {ID: "x", Goal: "purchase"},
		purchase("x", asha, "1", now.Add(hour)), purchase("x", asha, "1", now.Add(-500*24*hour)), purchase("x", asha, "1,23", now),
		{ID: "x", Goal: "purchase", Who: contact.Address{ID: asha}, Value: &minus}, {ID: "x", Goal: "purchase", Who: contact.Address{ID: asha}, Value: &dear},
		{ID: "x", Goal: "purchase", Who: contact.Address{ID: asha}, Value: &dear, Currency: "USD"}, purchase("x\x00", asha, "1", now),
		purchase("good 🛍️", asha, "₹1,499.00", now),
	}
	got := b.report(events...)
	for i, o := range got[:len(got)-1] {
		if o.Status != Refused || o.Problem == "" {
			t.Errorf("event %d: %+v", i, o)
		}
	}
	if last := got[len(got)-1]; last.Status != Recorded || last.Problem != "" {
		t.Errorf("the good one: %+v", last)
	}
}

func TestANewWindowCountsForWhatWasReported(t *testing.T) {
	t.Parallel()
	b := setup(t)
	g := b.goal("purchase", Delivered, 1)
	asha, diwali, noon := b.person("आशा", "+919845011001", "").ID, b.campaign("दिवाली"), b.clock.Now()
	b.delivered(b.sent(diwali, asha), noon.Add(-48*hour))
	b.report(purchase("a", asha, "10", noon))
	if len(b.results(diwali)) != 0 {
		t.Fatal("it counts outside the window")
	}
	week := 7
	_, err := b.s.Edit(b.ann(), g.ID, Change{WindowDays: &week})
	b.must(err)
	_, _, err = b.s.recountChunk(t.Context(), b.acme, g.ID, position{})
	b.must(err)
	if r := b.results(diwali)["purchase"]; r.People != 1 {
		t.Errorf("after the change: %+v", r)
	}
}

func TestAnotherWorkspaceSeesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	g := b.goal("purchase", Delivered, 7)
	diwali := b.campaign("दिवाली")
	if _, err := b.s.Results(b.as(b.lotus), diwali); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("results: %v", err)
	}
	name := "mine"
	if _, err := b.s.Edit(b.as(b.lotus), g.ID, Change{Name: &name}); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("edit: %v", err)
	}
}

// history is a random past of a few people: what touched them, and what they did.
type history struct {
	touches []touch
	events  []Event
}

type touch struct {
	kind             Touch
	campaign, person uuid.UUID
	at               time.Time
}

func (b *bundle) history(random *rand.Rand) (h history) {
	var people, campaigns []uuid.UUID
	for i := range 3 {
		people = append(people, b.person(fmt.Sprint("आशा ", i), fmt.Sprintf("+9198450%05d", random.IntN(100_000)), "").ID)
	}
	for i := range 5 {
		campaigns = append(campaigns, b.campaign(fmt.Sprint("campaign ", i)))
	}
	at := func() time.Time {
		return b.clock.Now().Add(-time.Duration(random.IntN(20*24)) * hour)
	}
	for _, c := range campaigns {
		for _, p := range people {
			if random.IntN(3) > 0 {
				h.touches = append(h.touches, touch{Delivered, c, p, at()})
			}
			for range random.IntN(3) {
				h.touches = append(h.touches, touch{Clicked, c, p, at()})
			}
		}
	}
	for i := range 30 {
		e := purchase(fmt.Sprint("e", i), people[random.IntN(3)], fmt.Sprint(1+random.IntN(500)), at())
		e.Goal = []string{"purchase", "booking"}[i%2]
		h.events = append(h.events, e)
	}
	return h
}

// judge finds the campaign an event counts for from the whole history, by itself.
func (h history) judge(e Event, goals map[string]Goal) (best *uuid.UUID) {
	g := goals[e.Goal]
	var last time.Time
	for _, t := range h.touches {
		if t.kind != g.Touch || t.person != e.Who.ID || t.at.After(e.At) || !t.at.After(e.At.Add(-time.Duration(g.WindowDays)*24*hour)) {
			continue
		}
		if best == nil || t.at.After(last) || t.at.Equal(last) && t.campaign.String() < best.String() {
			best, last = &t.campaign, t.at
		}
	}
	return best
}

// play tells the database a history in a random order: events in batches, some twice; touches as
// they are reported, before or after; and looks at it all again as the job does.
func (b *bundle) play(h history, random *rand.Rand) {
	type step func()
	var steps []step
	for _, t := range h.touches {
		if t.kind == Clicked {
			steps = append(steps, func() { b.clicked(t.campaign, t.person, t.at) })
			continue
		}
		message := b.sent(t.campaign, t.person)
		steps = append(steps, func() { b.delivered(message, t.at) })
	}
	events := append([]Event(nil), h.events...)
	random.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
	for len(events) > 0 {
		n := 1 + random.IntN(len(events))
		batch := events[:n]
		for range 1 + random.IntN(2) {
			steps = append(steps, func() { b.report(batch...) })
		}
		events = events[n:]
	}
	for range 3 {
		steps = append(steps, func() {
			b.clock.Advance(time.Duration(random.IntN(60)) * time.Minute)
			b.must(b.s.LookAgain(b.t.Context()))
		})
	}
	random.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
	for _, do := range steps {
		do()
	}
	b.clock.Advance(9 * 24 * hour) // every report has come
	b.must(b.s.LookAgain(b.t.Context()))
}

// TestCreditFollowsFromTheDataAlone: however a history is told, each event counts for the campaign
// that the whole of it says.
func TestCreditFollowsFromTheDataAlone(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		random := rand.New(rand.NewPCG(seed, 3))
		b := setup(t)
		goals := map[string]Goal{"purchase": b.goal("purchase", Delivered, 5), "booking": b.goal("booking", Clicked, 3)}
		h := b.history(random)
		b.play(h, random)
		found, err := b.s.Recent(b.ann(), time.Time{}, "", 100)
		b.must(err)
		credited := map[string]*uuid.UUID{}
		for _, f := range found {
			credited[f.EventID] = f.CampaignID
		}
		if len(found) != len(h.events) {
			t.Fatalf("seed %d: %d of %d events are recorded", seed, len(found), len(h.events))
		}
		counted := 0
		for _, e := range h.events {
			got, want := credited[e.ID], h.judge(e, goals)
			if want != nil {
				counted++
			}
			if (got == nil) != (want == nil) || got != nil && *got != *want {
				t.Errorf("seed %d: event %s counts for %v, not %v", seed, e.ID, got, want)
			}
		}
		if counted == 0 || counted == len(h.events) {
			t.Errorf("seed %d: %d of %d events count: the test shows little", seed, counted, len(h.events))
		}
	}
}
