package sequence

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/goal"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
)

// bought is the goal of these stories.
func (b *bundle) bought() goal.Goal {
	b.T.Helper()
	name := "Bought खरीदा"
	g, err := b.goals.Create(b.ann(), "purchase", goal.Change{Name: &name})
	b.Must(err)
	return g
}

func (b *bundle) buys(id string, who contact.Contact) {
	b.T.Helper()
	_, err := b.goals.Convert(b.ann(), []goal.Event{{ID: id, Goal: "purchase", Who: contact.Address{ID: who.ID}, Decimal: "499"}})
	b.Must(err)
}

// causes are what people do to leave, by the reason that is told.
func causes() map[string]func(b *bundle, q Sequence, asha contact.Contact) {
	return map[string]func(b *bundle, q Sequence, asha contact.Contact){
		exitReplied:   func(b *bundle, _ Sequence, asha contact.Contact) { b.writes(asha, "कब आएगा? 🙏") },
		exitConverted: func(b *bundle, _ Sequence, asha contact.Contact) { b.buys("order-1", asha) },
		exitOptedOut:  func(b *bundle, _ Sequence, asha contact.Contact) { b.writes(asha, "STOP") },
		exitStopped: func(b *bundle, q Sequence, _ contact.Contact) {
			b.Must(b.s.Stop(b.ann(), q.ID, b.everybody(q)[0].EnrolmentID))
		},
		exitMerged: func(b *bundle, q Sequence, asha contact.Contact) {
			twin := b.Person("Asha again", 100)
			b.letAllIn(q)
			b.step()
			b.awaitRead(q, 0, 2)
			_, err := b.Contacts.Merge(b.ann(), twin.ID, contact.Merging{OtherID: asha.ID})
			b.Must(err)
		},
		exitErased: func(b *bundle, _ Sequence, asha contact.Contact) {
			_, err := b.Contacts.Erase(b.ann(), asha.ID)
			b.Must(err)
			b.Work(b.Contacts.Workers)
		},
	}
}

func TestWhoLeavesGetsNoFurtherStep(t *testing.T) {
	t.Parallel()
	for reason, cause := range causes() {
		t.Run(reason, func(t *testing.T) {
			t.Parallel()
			b := setup(t, messagetest.Options{})
			b.Start(b.Messages)
			asha := b.Person("आशा", 100)
			g := b.bought()
			q := b.published(b.twoSteps(func(d *Definition) { d.Exits.Goals = []uuid.UUID{g.ID} }))
			b.letAllIn(q)
			b.step()
			b.awaitRead(q, 0, 1)
			cause(b, q, asha)
			b.Await("she has left", func() bool { return b.report(q).Exited == 1 })
			b.clock.Advance(48 * time.Hour)
			b.step()
			if reason == exitMerged {
				b.awaitRead(q, 1, 1) // the contact that stays goes on
			}
			r := b.report(q)
			if len(r.Exits) != 1 || r.Exits[0].Reason != reason || r.Exits[0].Title == "" || r.Exits[0].Advice == "" {
				t.Fatalf("exits: %+v", r.Exits)
			}
			left, err := b.s.People(b.ann(), q.ID, People{Reason: reason, StepID: q.Published.Steps[0].ID}, uuid.Max, 10)
			b.Must(err)
			if len(left) != 1 || left[0].Why == nil || b.Sent()[asha.WAID] != 1 {
				t.Errorf("%d people left after the first step; she got %d messages", len(left), b.Sent()[asha.WAID])
			}
			if replied := r.Steps[0].Replied; (replied == 1) != (reason == exitReplied || reason == exitOptedOut) {
				t.Errorf("%d replied", replied)
			}
			b.counted(q)
		})
	}
}

func TestWhatIsQueuedDoesNotGoToWhoLeft(t *testing.T) {
	t.Parallel()
	for _, reason := range []string{exitConverted, exitStopped} {
		t.Run(reason, func(t *testing.T) {
			t.Parallel()
			b := setup(t, messagetest.Options{})
			asha, g := b.Person("आशा", 100), b.bought()
			q := b.published(b.twoSteps(func(d *Definition) { d.Exits.Goals, d.Steps = []uuid.UUID{g.ID}, d.Steps[:1] }))
			b.letAllIn(q)
			b.step() // queued: nothing sends yet
			causes()[reason](b, q, asha)
			b.Start(b.Messages)
			b.Await("the message is cancelled", func() bool { return b.messages()["cancelled:sequence_left"] == 1 })
			if n := b.sent(); n != 0 {
				t.Errorf("%d messages were sent", n)
			}
			found, err := b.s.People(b.ann(), q.ID, People{StepID: q.Published.Steps[0].ID, Outcome: "cancelled"}, uuid.Max, 10)
			b.Must(err)
			if len(found) != 1 || found[0].Message.Problem == nil || found[0].Message.Problem.Title == "" {
				t.Errorf("cancelled: %+v", found)
			}
			b.counted(q)
		})
	}
}

func TestWhoOptedOutByHandLeavesAtTheNextStep(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	asha := b.Person("आशा", 100)
	q := b.published(b.twoSteps())
	b.letAllIn(q)
	b.step()
	_, err := b.Contacts.Edit(b.ann(), asha.ID, contact.Change{OptIn: &contact.Consent{State: contact.OptInRefused, Source: "phone call"}})
	b.Must(err)
	b.Start(b.Messages)
	b.Await("the gate refuses her message, and she leaves", func() bool { return b.report(q).Exited == 1 })
	r := b.report(q)
	if r.Steps[0].Refused != 1 || r.Exits[0].Reason != exitOptedOut || b.sent() != 0 {
		t.Errorf("report: %+v", r)
	}
	b.counted(q)
}

func TestWhatHappenedBeforeOrElsewhereEndsNothing(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	asha, bob, g := b.Person("आशा", 100), b.Person("Bob", 100), b.bought()
	_, err := b.goals.Convert(b.ann(), []goal.Event{{ID: "old", Goal: "purchase", Who: contact.Address{ID: asha.ID}, At: b.Clock.Now().Add(-time.Hour)}})
	b.Must(err)
	q := b.published(b.twoSteps(func(d *Definition) { d.Exits = Exits{Goals: []uuid.UUID{g.ID}} }))
	b.letAllIn(q)
	b.step()
	b.awaitRead(q, 0, 2)
	_, err = b.goals.Convert(b.ann(), []goal.Event{{ID: "late", Goal: "purchase", Who: contact.Address{ID: asha.ID}, At: b.Clock.Now().Add(-time.Hour)}})
	b.Must(err)
	b.writes(bob, "hello")
	b.Await("the reply is counted", func() bool { return b.report(q).Steps[0].Replied == 1 })
	if r := b.report(q); r.Exited != 0 || r.Waiting != 2 {
		t.Errorf("report: %+v", r)
	}
	b.counted(q)
}

func TestAMergeLetsTheOtherContactGoOn(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	asha := b.Person("आशा", 100)
	q := b.published(b.twoSteps())
	b.letAllIn(q)
	b.step()
	b.awaitRead(q, 0, 1)
	other := b.Person("Asha", 100)
	_, err := b.Contacts.Merge(b.ann(), other.ID, contact.Merging{OtherID: asha.ID})
	b.Must(err)
	b.clock.Advance(24 * time.Hour)
	b.step()
	b.awaitRead(q, 1, 1)
	if b.Sent()[other.WAID] != 1 || b.everybody(q)[0].ContactID != other.ID {
		t.Errorf("sent: %v, %+v", b.Sent(), b.everybody(q)[0])
	}
	b.counted(q)
}
