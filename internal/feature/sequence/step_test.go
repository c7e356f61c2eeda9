package sequence

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/mapping"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

func TestStepsFollowEachOtherByTime(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	b.Person("आशा 🙂", 100)
	b.Person("Bob", 100)
	q := b.published(b.twoSteps())
	b.letAllIn(q)
	b.step()
	b.awaitRead(q, 0, 2)
	b.clock.Advance(24*time.Hour - time.Second)
	b.step()
	if n := b.sent(); n != 2 {
		t.Fatalf("a second before the second step is due, %d messages were sent", n)
	}
	b.clock.Advance(time.Second)
	b.step()
	b.awaitRead(q, 1, 2)
	b.step()
	if n := b.sent(); n != 4 {
		t.Errorf("%d messages were sent, not 4", n)
	}
	if r := b.report(q); r.Finished != 2 || r.Waiting != 0 || r.Charged == 0 {
		t.Errorf("report: %+v", r)
	}
	b.counted(q)
}

// errCrash stands for a process that dies before its commit.
var errCrash = errors.New("killed")

func TestCrashesAndSeveralWorkersTakeAStepOnce(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Start(b.Messages)
	for i := range 60 {
		b.Person(fmt.Sprintf("Person %d", i), 100)
	}
	q := b.published(b.twoSteps())
	b.letAllIn(q)
	for range 3 {
		err := b.DB.InTenant(t.Context(), b.Acme, func(ctx context.Context, tx pgx.Tx) error {
			n, err := b.s.stepIn(ctx, tx, b.Acme, q.ID)
			if err == nil && n != 60 {
				err = fmt.Errorf("took %d steps", n)
			}
			return errors.Join(err, errCrash)
		})
		if !errors.Is(err, errCrash) || len(b.messages()) != 0 {
			t.Fatalf("after a crash: %v, %v", err, b.messages())
		}
	}
	var workers sync.WaitGroup
	for range 4 {
		workers.Go(func() { b.Must(b.s.StepDue(t.Context())) })
	}
	workers.Wait()
	b.step()
	b.awaitRead(q, 0, 60)
	b.OnceEach(60)
	b.counted(q)
}

func TestAStepTakenTwiceIsRefusedByTheDatabase(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Person("Asha", 100)
	q := b.published(b.twoSteps())
	b.letAllIn(q)
	b.step()
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error { // as if a restored backup had forgotten the step
		_, err := tx.Exec(ctx, `update sequence_enrolments set step = 0, next_due = $2 where tenant_id = $1`, b.Acme, b.clock.Now())
		return err
	})
	if err := b.s.StepDue(t.Context()); err == nil {
		t.Error("the step was taken twice")
	}
	if got := b.messages(); len(got) != 1 || got["queued"] != 1 {
		t.Errorf("messages: %v", got)
	}
}

func TestAPauseHoldsWhatIsQueuedAndLosesNobody(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Person("Asha", 100)
	q := b.published(b.twoSteps())
	b.letAllIn(q)
	b.step() // queued: nothing sends yet
	_, err := b.s.Pause(b.ann(), q.ID)
	b.Must(err)
	b.Person("Bob", 100)
	b.letAllIn(q) // Bob comes in, and waits
	b.step()
	b.Start(b.Messages)
	b.Await("the message is parked", func() bool { return b.parked() == 1 })
	b.clock.Advance(48 * time.Hour)
	b.step()
	if n := b.sent(); n != 0 {
		t.Fatalf("%d messages were sent while paused", n)
	}
	_, err = b.s.Resume(b.ann(), q.ID)
	b.Must(err)
	b.awaitRead(q, 0, 1) // what was parked
	b.step()
	b.awaitRead(q, 0, 2)
	b.awaitRead(q, 1, 1) // Asha's second step fell due meanwhile
	b.counted(q)
}

func TestAStepWaitsForTheOneBeforeItToLeave(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Person("Asha", 100)
	q := b.published(b.twoSteps())
	b.letAllIn(q)
	b.step() // queued: nothing sends yet
	b.clock.Advance(24 * time.Hour)
	b.step()
	p := b.everybody(q)[0]
	if b.messages()["queued"] != 1 || p.Taken != 1 || p.NextDue == nil || p.NextDue.Sub(b.clock.Now()) < 23*time.Hour {
		t.Errorf("with the first message still queued: %v, %d steps, next at %v", b.messages(), p.Taken, p.NextDue)
	}
	b.Start(b.Messages)
	b.awaitRead(q, 0, 1)
	b.clock.Advance(24 * time.Hour)
	b.step()
	b.awaitRead(q, 1, 1)
	b.counted(q)
}

func (b *bundle) parked() (n int) {
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from messages where tenant_id = $1 and due_at = 'infinity'`, b.Acme).Scan(&n)
	})
	return n
}

func TestAnArchivedSequenceSendsNothingMore(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Person("Asha", 100)
	q := b.published(b.twoSteps())
	b.letAllIn(q)
	b.step()
	_, err := b.s.Archive(b.ann(), q.ID)
	b.Must(err)
	b.Work(b.s.Workers)
	b.Start(b.Messages)
	b.Await("the message is cancelled", func() bool { return b.messages()["cancelled:sequence_archived"] == 1 })
	b.Await("she has left", func() bool { return b.report(q).Exited == 1 })
	b.clock.Advance(48 * time.Hour)
	b.step()
	if n := b.sent(); n != 0 {
		t.Errorf("%d messages were sent", n)
	}
	if _, err := b.s.Resume(b.ann(), q.ID); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("resume: %v", err)
	}
	b.counted(q)
}

func TestAWalletRunDryPausesAndATopUpGoesOn(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Rupees: 3}) // enough for three messages
	b.Start(b.Messages)
	for i := range 8 {
		b.Person(fmt.Sprintf("Person %d", i), 100)
	}
	q := b.published(b.twoSteps())
	b.letAllIn(q)
	b.step()
	b.Await("the sequence is paused", func() bool { got, err := b.s.Get(b.ann(), q.ID); return err == nil && got.Status == Paused })
	got, err := b.s.Get(b.ann(), q.ID)
	b.Must(err)
	if note := body(got).PauseNote; got.PauseReason != pauseNoCredit || note.Title == "" || note.Advice == "" {
		t.Errorf("paused for %q: %+v", got.PauseReason, note)
	}
	b.TopUp(100)
	_, err = b.s.Resume(b.ann(), q.ID)
	b.Must(err)
	b.awaitRead(q, 0, 8)
	b.OnceEach(8)
	b.counted(q)
}

func TestATemplateThatCannotBeSentPauses(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Person("Asha", 100)
	q := b.published(b.twoSteps())
	b.letAllIn(q)
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update templates set status = 'PAUSED' where tenant_id = $1 and name = 'welcome'`, b.Acme)
		return err
	})
	b.step()
	if got, err := b.s.Get(b.ann(), q.ID); err != nil || got.Status != Paused || got.PauseReason != pauseTemplate {
		t.Errorf("the sequence is %s for %q, %v", got.Status, got.PauseReason, err)
	}
	if r := b.report(q); r.Waiting != 1 || len(b.messages()) != 0 {
		t.Errorf("report: %+v, messages %v", r, b.messages())
	}
	if _, err := b.s.Resume(b.ann(), q.ID); err == nil {
		t.Error("it was resumed with a template that cannot be sent")
	}
}

func TestQuietHoursDelayAndLoseNothing(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Person("Asha", 100)
	minute := func(at time.Time) int { in := at.UTC(); return in.Hour()*60 + in.Minute() }
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update tenants set timezone = 'UTC', quiet_from = $2, quiet_to = $3 where tenant_id = $1`,
			b.Acme, minute(b.clock.Now().Add(-time.Hour)), minute(b.clock.Now().Add(2*time.Hour)))
		return err
	})
	q := b.published(b.twoSteps())
	b.letAllIn(q)
	b.step()
	p := b.everybody(q)[0]
	if len(b.messages()) != 0 || p.NextDue == nil || p.NextDue.Sub(b.clock.Now()) < time.Hour || p.NextDue.Sub(b.clock.Now()) > 2*time.Hour {
		t.Fatalf("in quiet hours: %v, next at %v", b.messages(), p.NextDue)
	}
	b.clock.Advance(2 * time.Hour)
	b.step()
	if b.messages()["queued"] != 1 {
		t.Errorf("after quiet hours: %v", b.messages())
	}
}

func TestVersionsHoldThoseInsideOrTakeThemOver(t *testing.T) {
	t.Parallel()
	for _, moveOver := range []bool{false, true} {
		b := setup(t, messagetest.Options{})
		b.Start(b.Messages)
		b.Person("Asha", 100)
		q := b.published(b.twoSteps())
		b.letAllIn(q)
		b.step()
		b.awaitRead(q, 0, 1)
		next := q.Draft
		other := b.offer(1)
		other.Mapping[1] = mapping.Source{Slot: "body.2", Text: "20%"}
		next.Steps = []Step{next.Steps[0], other}
		q, err := b.s.Edit(b.ann(), q.ID, Change{Definition: &next})
		b.Must(err)
		if !body(q).Changed {
			t.Error("the draft is not said to differ")
		}
		q, err = b.s.Publish(b.ann(), q.ID, moveOver)
		b.Must(err)
		b.clock.Advance(24 * time.Hour)
		b.step()
		p := b.everybody(q)[0]
		want := 1
		if moveOver {
			want = 2
		}
		var name string
		b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
			return tx.QueryRow(ctx, `select t.name from messages m join templates t on t.tenant_id = $1 and t.id = m.template_id
				where m.tenant_id = $1 order by m.id desc limit 1`, b.Acme).Scan(&name)
		})
		if p.Version != want || p.Taken != 2 || (name == "diwali_offer") != moveOver {
			t.Errorf("move over %v: on version %d after %d steps, the last %s", moveOver, p.Version, p.Taken, name)
		}
	}
}

func TestAnotherWorkspaceSeesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	q := b.published(b.twoSteps())
	bob := b.As(uuid.New())
	if _, err := b.s.Get(bob, q.ID); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("get: %v", err)
	}
	if _, err := b.s.LetIn(bob, q.ID, contact.Audience{All: true}); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("let in: %v", err)
	}
	if found, err := b.s.List(bob, nil, time.Time{}, uuid.Nil, 10); err != nil || len(found) != 0 {
		t.Errorf("list: %v, %v", found, err)
	}
}
