package campaign

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/mail"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// post is where mails go in tests.
type post struct {
	mu   sync.Mutex
	sent []mail.Message
}

func (p *post) Send(_ context.Context, m mail.Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent = append(p.sent, m)
	return nil
}

func (p *post) to(address string) (subjects []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, m := range p.sent {
		if m.To == address {
			subjects = append(subjects, m.Subject)
		}
	}
	return subjects
}

// bob is another manager of Acme's, chandra an agent.
func bob() uuid.UUID     { return uuid.MustParse("00000000-0000-7000-8000-0000000000b0") }
func chandra() uuid.UUID { return uuid.MustParse("00000000-0000-7000-8000-0000000000c0") }

func (b *bundle) asBob() context.Context {
	return actor.With(b.T.Context(), actor.Actor{Kind: actor.User, TenantID: b.Acme, UserID: bob(), Role: "admin"})
}

// staffed gives Acme people, their post, and the amount above which a second one must agree.
func (b *bundle) staffed(above money.Amount) *post {
	p := new(post)
	b.s.Mail = p
	b.s.PublicURL = "https://app.acme.example"
	b.s.People = func(context.Context, pgx.Tx, uuid.UUID) ([]Addressee, error) {
		return []Addressee{{b.Acme, "Ann", "ann@acme.example", true}, {bob(), "बॉब", "bob@acme.example", true},
			{chandra(), "Chandra", "chandra@acme.example", false}}, nil
	}
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update tenants set approval_above = $2 where tenant_id = $1`, b.Acme, above)
		return err
	})
	return p
}

// conflict checks that an error is one, with a code.
func conflict(t *testing.T, err error, code string) {
	t.Helper()
	refused, is := fault.As(err)
	if !is || refused.Code != code {
		t.Errorf("%v, not the fault %s", err, code)
	}
}

func TestASecondPersonLetsACampaignStart(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	mails := b.staffed(1)
	b.work()
	b.people(10)
	c := b.draft()
	_, err := b.s.Start(b.ann(), c.ID, time.Time{})
	conflict(t, err, "approval_required")
	asked, err := b.s.RequestApproval(b.ann(), c.ID, Schedule{}, "दिवाली से पहले 🪔")
	b.Must(err)
	if asked.Status != Awaiting {
		t.Fatalf("it is %s", asked.Status)
	}
	b.Await("Bob is asked", func() bool { return len(mails.to("bob@acme.example")) == 1 })
	if len(mails.to("ann@acme.example"))+len(mails.to("chandra@acme.example")) != 0 {
		t.Error("somebody is asked who may not answer")
	}
	_, err = b.s.Approve(b.ann(), c.ID, "me, myself")
	conflict(t, err, "same_person")
	_, err = b.s.Start(b.ann(), c.ID, time.Time{})
	conflict(t, err, "status")
	_, err = b.s.Approve(b.asBob(), c.ID, "ठीक है")
	b.Must(err)
	b.awaitRead(c, 10)
	b.OnceEach(10)
	b.adds(c, 10)
	b.Await("Ann is told", func() bool { return len(mails.to("ann@acme.example")) == 1 })
	list, err := b.s.Approvals(b.ann(), c.ID)
	b.Must(err)
	if len(list) != 1 || list[0].State != ApprovalApproved || list[0].Comment != "ठीक है" || list[0].DecidedBy.ID != bob() {
		t.Errorf("approvals: %+v", list)
	}
}

func TestTwoAnswersAtTheSameMomentAreOne(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.staffed(1)
	b.people(3)
	c := b.draft()
	_, err := b.s.RequestApproval(b.ann(), c.ID, Schedule{}, "")
	b.Must(err)
	var answered, late atomic.Int32
	var both sync.WaitGroup
	for _, answer := range []func(context.Context, uuid.UUID, string) (Campaign, error){b.s.Approve, b.s.Reject, b.s.Approve} {
		both.Go(func() {
			_, err := answer(b.asBob(), c.ID, "")
			switch {
			case err == nil:
				answered.Add(1)
			case fault.KindOf(err) == fault.KindConflict:
				late.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	both.Wait()
	if answered.Load() != 1 || late.Load() != 2 {
		t.Errorf("%d answers counted, %d were late", answered.Load(), late.Load())
	}
}

func TestAChangedDraftTakesAnApprovalBack(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.staffed(1)
	b.people(3)
	c := b.draft()
	tomorrow := time.Now().Add(24 * time.Hour)
	_, err := b.s.RequestApproval(b.ann(), c.ID, Schedule{At: &tomorrow}, "")
	b.Must(err)
	name := "Other عرض"
	edited, err := b.s.Edit(b.ann(), c.ID, Change{Name: &name})
	b.Must(err)
	if edited.Status != Draft {
		t.Errorf("an edited campaign is %s", edited.Status)
	}
	_, err = b.s.Approve(b.asBob(), c.ID, "")
	conflict(t, err, "status")

	_, err = b.s.RequestApproval(b.ann(), c.ID, Schedule{At: &tomorrow}, "")
	b.Must(err)
	approved, err := b.s.Approve(b.asBob(), c.ID, "")
	b.Must(err)
	if approved.Status != Scheduled {
		t.Fatalf("an approved campaign is %s", approved.Status)
	}
	_, err = b.s.Unschedule(b.ann(), c.ID)
	b.Must(err)
	again, err := b.s.Begin(b.ann(), c.ID, Schedule{At: &tomorrow}) // the same draft: still approved
	b.Must(err)
	if again.Status != Scheduled {
		t.Errorf("the same draft is %s", again.Status)
	}
	_, err = b.s.Unschedule(b.ann(), c.ID)
	b.Must(err)
	_, err = b.s.Edit(b.ann(), c.ID, Change{Name: &name})
	b.Must(err)
	_, err = b.s.Begin(b.ann(), c.ID, Schedule{At: &tomorrow})
	conflict(t, err, "approval_required")
	list, err := b.s.Approvals(b.ann(), c.ID)
	b.Must(err)
	if len(list) != 2 || list[0].State != ApprovalVoid || list[1].State != ApprovalVoid {
		t.Errorf("approvals: %+v", list)
	}
}

func TestRejectedAndWithdrawn(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	mails := b.staffed(1)
	b.Work(b.s.Workers)
	b.people(3)
	c := b.draft()
	for _, answer := range []func() (Campaign, error){
		func() (Campaign, error) { return b.s.Reject(b.asBob(), c.ID, "Too dear") },
		func() (Campaign, error) { return b.s.WithdrawApproval(b.ann(), c.ID) },
	} {
		_, err := b.s.RequestApproval(b.ann(), c.ID, Schedule{}, "")
		b.Must(err)
		_, err = b.s.RequestApproval(b.ann(), c.ID, Schedule{}, "")
		conflict(t, err, "status")
		after, err := answer()
		b.Must(err)
		if after.Status != Draft {
			t.Errorf("it is %s", after.Status)
		}
	}
	b.Await("Ann hears why", func() bool {
		return strings.Join(mails.to("ann@acme.example"), "") == "Diwali दिवाली 🪔 was rejected"
	})
	asked, err := b.s.Approvals(b.ann(), c.ID)
	b.Must(err)
	for _, a := range asked {
		late, err := b.s.approvalMails(t.Context(), ApprovalMailArgs{TenantID: b.Acme, ApprovalID: a.ID, State: ApprovalPending})
		b.Must(err)
		if len(late) != 0 {
			t.Errorf("a request that is %s is still told of: %+v", a.State, late)
		}
	}
	entries, err := b.s.Log(b.ann(), c.ID)
	b.Must(err)
	if len(entries) != 4 || entries[0].Kind != "approval_withdrawn" || entries[2].Detail != "Too dear" {
		t.Errorf("the log: %+v", entries)
	}
}

func TestWhatNeedsNoApproval(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.staffed(1_000_000)
	b.people(3)
	c := b.draft()
	_, err := b.s.RequestApproval(b.ann(), c.ID, Schedule{}, "")
	conflict(t, err, "approval_not_required")
	if _, err := b.s.RequestApproval(actor.With(t.Context(), actor.Actor{Kind: actor.APIKey, TenantID: b.Acme}), c.ID, Schedule{}, ""); fault.KindOf(err) != fault.KindForbidden {
		t.Errorf("a program asks: %v", err)
	}
	b.start(c)
	if got := b.get(c).ApprovedCap; got == nil || *got != 1_000_000 {
		t.Errorf("it may cost %v", got)
	}
}

// What one person may start cannot grow past it: the audience does, after the start.
func TestACampaignStopsAtWhatOnePersonMayStart(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.staffed(3 * 9_500) // three messages at most
	b.work()
	b.people(2)
	c := b.draft()
	soon := time.Now().Add(time.Hour)
	_, err := b.s.Start(b.ann(), c.ID, soon)
	b.Must(err)
	b.people(8)
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		found, err := lock(ctx, tx, b.Acme, c.ID)
		if err != nil {
			return err
		}
		return b.s.launch(ctx, tx, b.Acme, &found)
	})
	b.awaitStatus(c, Paused)
	if got := b.get(c); got.PauseReason != pauseApproval || got.Counts.Committed > 3*9_500 {
		t.Errorf("paused for %q at %+v", got.PauseReason, got.Counts)
	}
	b.awaitCounts(c, "what was allowed is read", func(k Counts) bool { return k.Read > 0 && k.Sending+k.Accepted+k.Sent+k.Delivered == 0 })
	_, err = b.s.RequestApproval(b.ann(), c.ID, Schedule{}, "")
	b.Must(err)
	_, err = b.s.Approve(b.asBob(), c.ID, "")
	b.Must(err)
	b.awaitRead(c, 10)
	b.OnceEach(10)
	b.adds(c, 10)
}

func TestTheFrequencyCapIsOverriddenForOneCampaign(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.capAt(1)
	b.work()
	b.people(4)
	first := b.draft()
	b.start(first)
	b.awaitRead(first, 4)
	capped := b.draft()
	p, err := b.s.Plan(b.ann(), capped.ID, Schedule{})
	b.Must(err)
	if p.Capped == nil || *p.Capped != 4 {
		t.Errorf("the forecast: %+v", p)
	}
	b.start(capped)
	b.awaitCounts(capped, "all are refused", func(k Counts) bool { return k.Refused == 4 })
	free := b.draft()
	_, err = b.s.OverrideCap(b.ann(), free.ID, true, " ")
	if fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("overridden for no reason: %v", err)
	}
	_, err = b.s.OverrideCap(b.ann(), free.ID, true, "A recall: everybody must hear")
	b.Must(err)
	if p, err = b.s.Plan(b.ann(), free.ID, Schedule{}); err != nil || p.Capped != nil {
		t.Errorf("the forecast: %+v, %v", p, err)
	}
	b.start(free)
	b.awaitRead(free, 4)
	entries, err := b.s.Log(b.ann(), free.ID)
	b.Must(err)
	if len(entries) != 2 || entries[0].Kind != "started" || entries[1].Kind != "cap_overridden" || entries[1].By.ID != b.Acme || entries[1].Detail == "" {
		t.Errorf("the log: %+v", entries)
	}
}
