package campaign

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// shifted is a clock that runs ahead of another by as much as it is told.
type shifted struct {
	clock.Clock
	by atomic.Int64
}

func (s *shifted) Now() time.Time { return s.Clock.Now().Add(time.Duration(s.by.Load())) }

// to sets how far ahead it is.
func (s *shifted) to(by time.Duration) { s.by.Store(int64(by)) }

// ahead gives campaigns and messages a clock that can be set ahead. Before a worker starts.
func (b *bundle) ahead() *shifted {
	s := &shifted{Clock: b.Clock}
	b.s.Clock, b.Messages.Clock = s, s
	return s
}

// against adds a version that greets by full name.
func (b *bundle) against(weight, other int, winner *WinnerRule) func(*Change) {
	return func(c *Change) {
		c.Experiment = &Experiment{Weight: weight, Winner: winner,
			Others: []Variant{{TemplateID: b.Template("diwali_offer").ID, Weight: other, Mapping: *offerMapping()}}}
	}
}

func (b *bundle) variants(c Campaign) []VariantReport {
	b.T.Helper()
	cmp, err := b.s.Variants(b.ann(), c.ID)
	b.Must(err)
	return cmp.Variants
}

func holdingOut(percent int) func(*Change) { return func(c *Change) { c.HoldOut = &percent } }

func TestTwoVersionsAndAHoldOutShareAnAudience(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.work()
	people := b.people(60)
	c := b.draft(b.against(50, 50, nil), holdingOut(20))
	b.start(c)
	heldOut, byVariant := int64(0), map[int16]int64{}
	for _, p := range people {
		state, variant := c.assign(p.ID)
		if state == stateHeldOut {
			heldOut++
			continue
		}
		byVariant[variant]++
	}
	b.awaitRead(c, 60-heldOut)
	b.awaitStatus(c, Completed)
	b.OnceEach(int(60 - heldOut))
	b.adds(c, 60)
	if got := b.get(c).Counts; got.HeldOut != heldOut || got.Failed != 0 || heldOut == 0 {
		t.Errorf("held out: %+v, not %d", got, heldOut)
	}
	for _, v := range b.variants(c) {
		if v.Counts.Total != byVariant[v.Variant] || v.Counts.Read != byVariant[v.Variant] || v.Counts.Charged == 0 {
			t.Errorf("version %s: %+v, not %d", v.Name, v.Counts, byVariant[v.Variant])
		}
	}
	list, err := b.s.Recipients(b.ann(), c.ID, People{Outcome: "held_out"}, uuid.UUID{}, 100)
	b.Must(err)
	if int64(len(list)) != heldOut || list[0].AcceptedAt != nil {
		t.Errorf("the list of those held out: %+v", list)
	}
	list, err = b.s.Recipients(b.ann(), c.ID, People{Outcome: "read", Variant: 2}, uuid.UUID{}, 100)
	b.Must(err)
	if int64(len(list)) != byVariant[2] || list[0].Variant != "B" {
		t.Errorf("the list of version B: %d", len(list))
	}
	failures, err := b.s.Failures(b.ann(), c.ID)
	b.Must(err)
	if len(failures) != 0 {
		t.Errorf("being held out counts as a failure: %+v", failures)
	}
}

func TestTheRestGetsTheWinnerOnce(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	later := b.ahead()
	b.work()
	people := b.people(60)
	c := b.draft(b.against(50, 50, &WinnerRule{Metric: MetricReplied, TestPercent: 40, AfterMinutes: 60}))
	b.start(c)
	tested := int64(0)
	var ofB contact.Contact
	for _, p := range people {
		if state, variant := c.assign(p.ID); state == statePending {
			tested++
			if variant == 2 {
				ofB = p
			}
		}
	}
	b.awaitRead(c, tested)
	b.Must(b.s.TendDue(t.Context()))
	if got := b.get(c); got.DecideAt == nil || got.Winner != 0 || got.Counts.Resting != 60-tested || got.Status != Running {
		t.Fatalf("after the test: %+v", got)
	}
	b.writes(ofB, "हाँ, चाहिए 🙂")
	b.awaitCounts(c, "the reply is counted", func(k Counts) bool { return k.Replied == 1 })
	later.to(59 * time.Minute)
	b.Must(b.s.TendDue(t.Context()))
	if got := b.get(c); got.Winner != 0 {
		t.Fatal("decided too early")
	}
	later.to(61 * time.Minute)
	for range 2 { // a second worker at the same moment
		b.Must(b.s.TendDue(t.Context()))
	}
	b.awaitRead(c, 60)
	b.awaitStatus(c, Completed)
	b.OnceEach(60)
	b.adds(c, 60)
	report := b.variants(c)
	if got := b.get(c); got.Winner != 2 || got.Counts.Resting != 0 || report[0].Counts.Total+report[1].Counts.Total != 60 || report[1].Counts.Total <= 60-tested {
		t.Errorf("the winner: %+v of %+v", got.Winner, report)
	}
	if report[1].Counts.Replied != 1 || report[0].Counts.Replied != 0 {
		t.Errorf("replies: %+v", report)
	}
}

func TestAPersonMayChooseTheWinner(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.work()
	b.people(30)
	c := b.draft(b.against(1, 1, &WinnerRule{Metric: MetricRead, TestPercent: 50, AfterMinutes: 20160}))
	b.start(c)
	b.awaitCounts(c, "the test is read", func(k Counts) bool { return k.Total == 30 && k.Resting > 0 && k.Read == 30-k.Resting })
	if _, err := b.s.Choose(b.ann(), c.ID, 3); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("a version that is not: %v", err)
	}
	_, err := b.s.Choose(b.ann(), c.ID, 1)
	b.Must(err)
	b.awaitRead(c, 30)
	b.awaitStatus(c, Completed)
	b.OnceEach(30)
	b.adds(c, 30)
	if _, err := b.s.Choose(b.ann(), c.ID, 1); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("a second choice: %v", err)
	}
}

func TestCancellingClosesWhoWaitsForAWinner(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.work()
	b.people(30)
	c := b.draft(b.against(1, 1, &WinnerRule{Metric: MetricRead, TestPercent: 50, AfterMinutes: 60}), holdingOut(10))
	b.start(c)
	b.awaitCounts(c, "the test is read", func(k Counts) bool { return k.Total == 30 && k.Read == 30-k.Resting-k.HeldOut })
	_, err := b.s.Cancel(b.ann(), c.ID)
	b.Must(err)
	b.awaitCounts(c, "the rest is cancelled", func(k Counts) bool { return k.Resting == 0 && k.Cancelled > 0 && k.Pending == 0 })
	b.adds(c, 30)
}

func TestAStartWithAVersionThatIsNotFilledSaysWhich(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.people(3)
	c := b.draft(func(ch *Change) {
		ch.Experiment = &Experiment{Weight: 1, Others: []Variant{{TemplateID: b.Template("diwali_offer").ID, Weight: 1}}}
	})
	_, err := b.s.Start(b.ann(), c.ID, time.Time{})
	if f, ok := fault.As(err); !ok || f.Kind != fault.KindInvalid || !strings.HasPrefix(f.Sentence, "Version B: ") {
		t.Errorf("start: %v", err)
	}
}

// writes posts a customer's message.
func (b *bundle) writes(from contact.Contact, text string) {
	b.T.Helper()
	b.inbound++
	b.Post(fmt.Sprintf(`{"object":"whatsapp_business_account","entry":[{"id":%q,"changes":[{"field":"messages","value":{"messaging_product":"whatsapp",
		"metadata":{"display_phone_number":"1","phone_number_id":%q},"contacts":[{"profile":{"name":"x"},"wa_id":%q}],
		"messages":[{"from":%q,"id":"wamid.in.%d","timestamp":"%d","type":"text","text":{"body":%q}}]}}]}]}`,
		b.Account.ID, b.Account.Numbers[0].ID, from.WAID, from.WAID, b.inbound, b.Clock.Now().Unix()+1, text))
}

func TestAHoldOutMeasuresWhatACampaignDoes(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.work()
	people := b.people(40)
	c := b.draft(holdingOut(50))
	b.start(c)
	b.awaitStatus(c, Completed)
	b.awaitCounts(c, "all have read it", func(k Counts) bool { return k.Read == k.Total-k.HeldOut })
	wrote := map[recipientState]int64{}
	for _, p := range people[:20] {
		state, _ := c.assign(p.ID)
		wrote[state]++
		b.writes(p, "hello")
		b.writes(p, "again")
	}
	var list []Lift
	b.Await("the acts are counted", func() bool {
		var err error
		list, err = b.s.Lifts(b.ann(), c.ID)
		b.Must(err)
		return list[0].Messaged.Acted == wrote[statePending] && list[0].HeldOut.Acted == wrote[stateHeldOut]
	})
	if l := list[0]; l.Act != ActReplied || l.Messaged.People+l.HeldOut.People != 40 || l.Certain || !strings.HasPrefix(l.Words, "Not enough people") {
		t.Errorf("lift: %+v", l)
	}
	b.awaitCounts(c, "replies are of those who got it", func(k Counts) bool { return k.Replied == wrote[statePending] })
	b.adds(c, 40)
}

func TestAReplyBelongsToTheLastCampaign(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.work()
	asha := b.Person("आशा", 100)
	first := b.draft()
	b.start(first)
	b.awaitRead(first, 1)
	second := b.draft()
	b.start(second)
	b.awaitRead(second, 1)
	b.writes(asha, "shukriya")
	b.awaitCounts(second, "it is the last one's reply", func(k Counts) bool { return k.Replied == 1 })
	if got := b.get(first).Counts.Replied; got != 0 {
		t.Errorf("the first has %d replies", got)
	}
	b.adds(second, 1)
}

func TestRetargetingReachesThoseOfAResult(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.work()
	people := b.people(6)
	b.Person("Lost", 1026)
	c := b.draft()
	b.start(c)
	b.awaitCounts(c, "everybody has an outcome", func(k Counts) bool { return k.Read == 6 && k.Failed == 1 })
	b.writes(people[0], "yes")
	b.awaitCounts(c, "a reply", func(k Counts) bool { return k.Replied == 1 })
	_, err := b.Contacts.Edit(b.ann(), people[1].ID, contact.Change{OptIn: &contact.Consent{State: contact.OptInRefused, Source: "form"}})
	b.Must(err)
	b.clicked(c, people[1], people[2], people[3])
	b.converted(c, "order 1", people[3])
	for result, want := range map[contact.ResultKind]int64{contact.ReadNoReply: 4, contact.FailedResult: 1, contact.NotRead: 0,
		contact.ClickedLink: 2, contact.ClickedNotConverted: 1} {
		made, err := b.s.Retarget(b.ann(), c.ID, result)
		b.Must(err)
		if made.Status != Draft || made.TemplateID != c.TemplateID || !strings.HasPrefix(made.Name, c.Name) {
			t.Errorf("the draft: %+v", made)
		}
		e, err := b.s.Estimate(b.ann(), made.ID)
		b.Must(err)
		if e.Audience != want {
			t.Errorf("%s: %d people, not %d", result, e.Audience, want)
		}
	}
	made, err := b.s.Retarget(b.ann(), c.ID, contact.ReadNoReply)
	b.Must(err)
	b.start(made)
	b.awaitRead(made, 4)
	b.adds(made, 4)
	if _, err := b.s.Retarget(b.ann(), b.draft().ID, contact.NotRead); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("of a draft: %v", err)
	}
}
