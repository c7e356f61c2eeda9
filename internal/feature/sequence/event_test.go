package sequence

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web/webtest"
)

func TestGolden(t *testing.T) {
	t.Parallel()
	webtest.Run(t, "testdata/*.json", func(t *testing.T) webtest.World { return setup(t, messagetest.Options{}).world() })
}

func order(id string, who contact.Contact) Event {
	return Event{ID: id, Name: "order.paid", Who: contact.Address{Phone: who.Phone}, Values: map[string]string{"discount": "२०% 🎉"}}
}

func (b *bundle) tell(e Event) Answer {
	b.T.Helper()
	a, err := b.s.Tell(b.ann(), e)
	b.Must(err)
	return a
}

func TestAnEventStartsItsSequenceWithItsValues(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	asha := b.Person("आशा 🙂", 100)
	q := b.published(b.twoSteps(b.onOrder))
	a := b.tell(order("o-1", asha))
	if len(a.Sequences) != 1 || !a.Sequences[0].Entered || a.ContactID != asha.ID || a.ContactCreated {
		t.Fatalf("answer: %+v", a)
	}
	b.step()
	b.awaitRead(q, 0, 1)
	var params []string
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select params from messages where tenant_id = $1 and origin = 'sequence'`, b.Acme).Scan(&params)
	})
	if diff := cmp.Diff([]string{"आशा 🙂", "२०% 🎉"}, params[:2]); diff != "" {
		t.Error(diff)
	}
	b.tell(order("o-2", asha)) // every order counts
	b.step()
	b.awaitRead(q, 0, 2)
	b.counted(q)
}

func TestTheSameEventCountsOnceHoweverOftenItComes(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	asha := b.Person("Asha", 100)
	q := b.published(b.twoSteps(b.onOrder))
	answers := make([]Answer, 8)
	var twins sync.WaitGroup
	for i := range answers {
		twins.Go(func() {
			a, err := b.s.Tell(b.ann(), order("o-1", asha))
			if err != nil {
				t.Error(err)
			}
			answers[i] = a
		})
	}
	twins.Wait()
	for _, a := range answers[1:] {
		if diff := cmp.Diff(answers[0], a); diff != "" {
			t.Errorf("twins were answered differently: %s", diff)
		}
	}
	b.step()
	if r := b.report(q); r.Entered != 1 || b.messages()["queued"] != 1 {
		t.Errorf("entered %d, messages %v", r.Entered, b.messages())
	}
	other := order("o-1", asha)
	other.Values["discount"] = "30%"
	if _, err := b.s.Tell(b.ann(), other); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("another event under the same id: %v", err)
	}
}

func TestAStrangerIsAddedOnlyWithConsent(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.published(b.twoSteps(b.onOrder))
	e := Event{ID: "o-1", Name: "order.paid", Who: contact.Address{Phone: "+919845077001"}}
	if _, err := b.s.Tell(b.ann(), e); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("a stranger: %v", err)
	}
	e.Create = &Stranger{Name: "नई ग्राहक"}
	if _, err := b.s.Tell(b.ann(), e); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("without a source of consent: %v", err)
	}
	e.Create.Consent = "checkout"
	a := b.tell(e)
	c, err := b.Contacts.Get(b.ann(), a.ContactID)
	b.Must(err)
	if !a.ContactCreated || c.Name != "नई ग्राहक" || c.OptIn.State != contact.OptInGiven || c.OptIn.Source != "checkout" {
		t.Errorf("answer %+v, contact %+v", a, c)
	}
	var strangers sync.WaitGroup
	made := make([]Answer, 6)
	for i := range made {
		strangers.Go(func() {
			more := Event{ID: fmt.Sprintf("n-%d", i), Name: "order.paid", Who: contact.Address{Phone: "+919845077002"}, Create: &Stranger{Consent: "checkout"}}
			a, err := b.s.Tell(b.ann(), more)
			if err != nil {
				t.Error(err)
			}
			made[i] = a
		})
	}
	strangers.Wait()
	for _, a := range made {
		if a.ContactID == uuid.Nil || a.ContactID != made[0].ContactID {
			t.Errorf("events of one stranger made %s and %s", made[0].ContactID, a.ContactID)
		}
	}
}

func TestHowOftenAPersonComesIn(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		entry Entry
		want  []bool // first, while inside, after it ended
	}{{Every, []bool{true, true, true}}, {Alone, []bool{true, false, true}}, {Once, []bool{true, false, false}}} {
		t.Run(string(tc.entry), func(t *testing.T) {
			t.Parallel()
			b := setup(t, messagetest.Options{})
			asha := b.Person("Asha", 100)
			q := b.published(b.twoSteps(b.onOrder, func(d *Definition) { d.Entry = tc.entry }))
			var got []bool
			for i := range 3 {
				if i == 2 {
					for _, p := range b.everybody(q) {
						b.Must(b.s.Stop(b.ann(), q.ID, p.EnrolmentID))
					}
				}
				got = append(got, b.tell(order(fmt.Sprint(i), asha)).Sequences[0].Entered)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
			b.counted(q)
		})
	}
}

func TestTwoEventsAtOnceLetAPersonInOnce(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	asha := b.Person("Asha", 100)
	q := b.published(b.twoSteps(b.onOrder, func(d *Definition) { d.Entry = Alone }))
	var both sync.WaitGroup
	for i := range 6 {
		both.Go(func() {
			if _, err := b.s.Tell(b.ann(), order(fmt.Sprint(i), asha)); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if r := b.report(q); r.Entered != 1 {
		t.Errorf("%d came in", r.Entered)
	}
	b.counted(q)
}

func TestAStageBringsPeopleIn(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	asha := b.Person("Asha", 100)
	b.Person("Bob", 100)
	stages, err := b.Contacts.Stages(b.ann())
	b.Must(err)
	q := b.published(b.twoSteps(func(d *Definition) { d.Trigger = Trigger{Kind: ByStage, StageID: &stages.Items[1].ID} }))
	for _, stage := range []uuid.UUID{stages.Items[0].ID, stages.Items[1].ID} {
		id := stage.String()
		_, err := b.Contacts.Edit(b.ann(), asha.ID, contact.Change{Stage: &id})
		b.Must(err)
	}
	if found := b.everybody(q); len(found) != 1 || found[0].ContactID != asha.ID {
		t.Errorf("inside: %+v", found)
	}
	b.counted(q)
}
