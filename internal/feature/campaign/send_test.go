package campaign

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// slowly is a lane slow enough to be interrupted.
func slowly(perSecond int) messagetest.Options {
	return messagetest.Options{Config: message.Config{MaxRate: perSecond}, Sim: func(c *whatsappsim.Config) { c.LatencyMS = 20 }}
}

func (b *bundle) start(c Campaign) {
	b.T.Helper()
	_, err := b.s.Start(b.ann(), c.ID, time.Time{})
	b.Must(err)
}

func (b *bundle) awaitRead(c Campaign, n int64) {
	b.T.Helper()
	b.awaitCounts(c, "all have read it", func(k Counts) bool { return k.Read == n })
}

func TestACampaignReachesEverybodyOnce(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.work()
	b.people(60)
	c := b.draft()
	b.start(c)
	b.awaitRead(c, 60)
	b.awaitStatus(c, Completed)
	b.OnceEach(60)
	b.adds(c, 60)
	if k := b.get(c).Counts; k.Charged == 0 || k.Committed != k.Charged {
		t.Errorf("money: %+v", k)
	}
}

func TestPauseAndResumeAtOnceLosesAndDoublesNobody(t *testing.T) {
	t.Parallel()
	b := setup(t, slowly(200))
	b.work()
	b.people(150)
	c := b.draft()
	b.start(c)
	for i := 1; i <= 4; i++ {
		b.Await("some are sent", func() bool { return len(b.Sent()) >= 25*i })
		_, err := b.s.Pause(b.ann(), c.ID)
		b.Must(err)
		_, err = b.s.Resume(b.ann(), c.ID)
		b.Must(err)
	}
	b.awaitRead(c, 150)
	b.awaitStatus(c, Completed)
	b.OnceEach(150)
	b.adds(c, 150)
}

func TestAPausedCampaignStandsStill(t *testing.T) {
	t.Parallel()
	b := setup(t, slowly(100))
	b.work()
	b.people(100)
	c := b.draft()
	b.start(c)
	b.Await("some are sent", func() bool { return len(b.Sent()) >= 10 })
	_, err := b.s.Pause(b.ann(), c.ID)
	b.Must(err)
	b.awaitCounts(c, "what was claimed is done", func(k Counts) bool { return k.Sending == 0 && k.Accepted == 0 && k.Sent == 0 })
	stood := len(b.Sent())
	if stood == 100 {
		t.Fatal("everything was sent before the pause: the test shows nothing")
	}
	other := b.draft()
	_, err = b.s.Test(b.ann(), other.ID, 1, b.Person("Chandra", 100).ID)
	b.Must(err)
	b.Await("the lane has passed by", func() bool { return len(b.Sent()) > stood })
	if now := len(b.Sent()); now != stood+1 {
		t.Errorf("a paused campaign went from %d to %d", stood, now-1)
	}
	_, err = b.s.Resume(b.ann(), c.ID)
	b.Must(err)
	b.awaitRead(c, 100)
	b.adds(c, 100)
}

func TestTwoStartsAtTheSameMomentAreOne(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.work()
	b.people(30)
	c := b.draft()
	var started, refused atomic.Int32
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			_, err := b.s.Start(b.ann(), c.ID, time.Time{})
			switch {
			case err == nil:
				started.Add(1)
			case fault.KindOf(err) == fault.KindConflict:
				refused.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	both.Wait()
	if started.Load() != 1 || refused.Load() != 1 {
		t.Errorf("%d started, %d refused", started.Load(), refused.Load())
	}
	b.awaitRead(c, 30)
	b.OnceEach(30)
	b.adds(c, 30)
}

func TestTwoWorkersAndAStopLoseAndDoubleNobody(t *testing.T) {
	t.Parallel()
	b := setup(t, slowly(200))
	first := b.work()
	b.Start(b.NewMessages("worker-2"))
	b.people(150)
	c := b.draft()
	b.start(c)
	b.Await("some are sent", func() bool { return len(b.Sent()) >= 30 })
	first.Stop()
	b.awaitRead(c, 150)
	b.awaitStatus(c, Completed)
	b.OnceEach(150)
	b.adds(c, 150)
}

func TestAWalletRunDryPausesAndATopUpGoesOn(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Rupees: 7}) // enough for seven messages
	b.work()
	b.people(20)
	c := b.draft()
	b.start(c)
	b.awaitStatus(c, Paused)
	if note := pauseNote(b.get(c)); b.get(c).PauseReason != message.HaltNoCredit || note.Title == "" || note.Advice == "" {
		t.Errorf("paused for %q: %+v", b.get(c).PauseReason, note)
	}
	b.awaitCounts(c, "the seven paid for have read it", func(k Counts) bool { return k.Read == 7 })
	b.TopUp(1000)
	_, err := b.s.Resume(b.ann(), c.ID)
	b.Must(err)
	b.awaitRead(c, 20)
	b.OnceEach(20)
	b.adds(c, 20)
}

// capAt is how many marketing messages a week Acme lets anybody have.
func (b *bundle) capAt(n int) {
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update tenants set frequency_cap = $2 where tenant_id = $1`, b.Acme, n)
		return err
	})
}

func TestABudgetCapsACampaign(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.work()
	b.people(20)
	limit := money.Amount(6 * 9_500) // six messages at most
	c := b.draft(func(ch *Change) { ch.BudgetCap = &limit })
	b.start(c)
	b.awaitStatus(c, Paused)
	b.awaitCounts(c, "what the budget covers is read", func(k Counts) bool { return k.Read > 0 && k.Sending+k.Accepted+k.Sent+k.Delivered == 0 })
	if got := b.get(c); got.PauseReason != message.HaltBudget || got.Counts.Committed > limit || got.Counts.Read > 6 {
		t.Errorf("paused for %q at %+v", got.PauseReason, got.Counts)
	}
	none := money.Amount(0)
	_, err := b.s.Edit(b.ann(), c.ID, Change{BudgetCap: &none})
	b.Must(err)
	_, err = b.s.Resume(b.ann(), c.ID)
	b.Must(err)
	b.awaitRead(c, 20)
	b.OnceEach(20)
	b.adds(c, 20)
}

func TestACancelledCampaignWritesToNobodyElse(t *testing.T) {
	t.Parallel()
	b := setup(t, slowly(100))
	b.work()
	b.people(100)
	c := b.draft()
	b.start(c)
	b.Await("some are sent", func() bool { return len(b.Sent()) >= 10 })
	_, err := b.s.Cancel(b.ann(), c.ID)
	b.Must(err)
	b.awaitCounts(c, "everybody is read or cancelled", func(k Counts) bool { return k.Read+k.Cancelled == 100 })
	k := b.get(c).Counts
	if k.Cancelled == 0 {
		t.Fatal("everything was sent before the cancel: the test shows nothing")
	}
	b.OnceEach(int(k.Read))
	b.adds(c, 100)
	if _, err := b.s.Resume(b.ann(), c.ID); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("resume of a cancelled campaign: %v", err)
	}
}

func TestATemplatePausedMidwayPausesTheCampaign(t *testing.T) {
	t.Parallel()
	b := setup(t, slowly(100))
	b.work()
	b.people(80)
	c := b.draft()
	b.start(c)
	b.Await("some are sent", func() bool { return len(b.Sent()) >= 10 })
	welcome := b.Template("welcome").MetaID
	b.Steer("template/"+welcome+"/pause", "")
	b.Await("the template is paused here too", func() bool { return !b.Template("welcome").Sendable() })
	b.awaitStatus(c, Paused)
	if _, err := b.s.Resume(b.ann(), c.ID); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("resume with a paused template: %v", err)
	}
	b.Steer("template/"+welcome+"/unpause", "")
	b.Await("the template is approved again", func() bool { return b.Template("welcome").Sendable() })
	_, err := b.s.Resume(b.ann(), c.ID)
	b.Must(err)
	b.awaitCounts(c, "nobody waits", func(k Counts) bool { return k.Pending+k.Queued+k.Sending == 0 && k.Accepted+k.Sent+k.Delivered == 0 })
	for who, n := range b.Sent() {
		if n != 1 {
			t.Errorf("%s got %d messages", who, n)
		}
	}
	b.adds(c, 80)
}

func TestARevokedTokenHandsTheCampaignBack(t *testing.T) {
	t.Parallel()
	var revoked atomic.Bool
	o := slowly(100)
	o.Wrap = func(meta http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if revoked.Load() && strings.HasSuffix(r.URL.Path, "/messages") {
				w.WriteHeader(http.StatusUnauthorized)
				_, _ = w.Write([]byte(`{"error":{"code":190,"message":"Error validating access token"}}`))
				return
			}
			meta.ServeHTTP(w, r)
		})
	}
	b := setup(t, o)
	b.work()
	b.people(60)
	c := b.draft()
	b.start(c)
	b.Await("some are sent", func() bool { return len(b.Sent()) >= 10 })
	revoked.Store(true)
	b.Await("the number is held back", func() bool {
		ch, err := b.Channels.Get(b.ann(), b.Channel.ID)
		b.Must(err)
		return ch.Status == "needs_reauth"
	})
	b.awaitCounts(c, "what was claimed is handed back", func(k Counts) bool { return k.Sending == 0 })
	if k := b.get(c).Counts; k.Failed != 0 || k.Pending+k.Queued+k.Sending == 0 {
		t.Errorf("a revoked token: %+v", k)
	}
	revoked.Store(false)
	_, err := b.Channels.RenewToken(b.ann(), b.Channel.ID, b.Account.Token)
	b.Must(err)
	b.awaitRead(c, 60)
	b.OnceEach(60)
	b.adds(c, 60)
}

func TestEveryFailureSaysWhyAndWhatToDo(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.work()
	b.people(5)
	b.Person("Lost", 1026)
	b.Person("Limited", 1049)
	b.Person("Lost answer", 5002)
	out := b.Person("Stopped", 100)
	_, err := b.Contacts.Edit(b.ann(), out.ID, contact.Change{OptIn: &contact.Consent{State: contact.OptInRefused, Source: "form"}})
	b.Must(err)
	no := b.Person("Suppressed", 100)
	_, err = b.Contacts.SuppressOne(b.ann(), no.ID, "asked by mail")
	b.Must(err)
	c := b.draft()
	b.start(c)
	b.awaitCounts(c, "everybody has an outcome", func(k Counts) bool { return k.Read == 6 && k.Failed == 2 && k.Refused == 2 })
	b.adds(c, 10)
	found, err := b.s.Failures(b.ann(), c.ID)
	b.Must(err)
	if len(found) != 4 {
		t.Errorf("failures: %+v", found)
	}
	for _, f := range found {
		if f.Count != 1 || f.Explanation.Title == "" {
			t.Errorf("failure: %+v", f)
		}
		people, err := b.s.Recipients(b.ann(), c.ID, People{Outcome: f.Outcome, Reason: f.Reason}, uuid.UUID{}, 10)
		b.Must(err)
		if len(people) != 1 || people[0].Explanation == nil || people[0].Explanation.Title != f.Explanation.Title {
			t.Errorf("people of %s %s: %+v", f.Outcome, f.Reason, people)
		}
	}
	read, err := b.s.Recipients(b.ann(), c.ID, People{Outcome: "read"}, uuid.UUID{}, 10)
	b.Must(err)
	if len(read) != 6 || read[0].ReadAt == nil || read[0].Charged == 0 {
		t.Errorf("readers: %+v", read)
	}
}

func TestTheFrequencyCapCountsWithinABatch(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.people(3)
	b.capAt(1)
	first, second := b.draft(), b.draft()
	b.start(first)
	b.start(second)
	b.Work(b.s.Workers)
	b.awaitCounts(second, "both are frozen", func(k Counts) bool { return k.Total == 3 && b.get(first).Counts.Total == 3 })
	b.Start(b.Messages)
	b.Await("everybody has one of the two", func() bool {
		one, two := b.get(first).Counts, b.get(second).Counts
		return one.Read+two.Read == 3 && one.Refused+two.Refused == 3
	})
	b.OnceEach(3)
	b.adds(first, 3)
}

func TestAScheduledCampaignStartsInTime(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.people(3)
	c := b.draft()
	at := time.Now().Add(700 * time.Millisecond)
	_, err := b.s.Start(b.ann(), c.ID, at)
	b.Must(err)
	b.Must(b.s.StartDue(t.Context()))
	if got := b.get(c); got.Status != Scheduled {
		t.Fatalf("before its time it is %s", got.Status)
	}
	b.work()
	b.Await("it runs", func() bool {
		b.Must(b.s.StartDue(t.Context()))
		return b.get(c).Status != Scheduled
	})
	if time.Now().Before(at) {
		t.Error("it started too early")
	}
	b.awaitRead(c, 3)
	b.OnceEach(3)
}
