package campaign

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// TestRandomHistories lives through what may happen to campaigns, in random order: pauses, kills,
// opt-outs, a category that changes, budgets and wallets that run dry, new attempts, winners,
// replies, cancels. Whatever happened: every number of the report is the rows behind it, the money
// that was reserved was captured, released or is still held, and nobody got two messages.
func TestRandomHistories(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			newHistory(t, seed).play()
		})
	}
}

// history is one random life of a campaign.
type history struct {
	*bundle
	random *rand.Rand
	meta   *refuses
	later  *shifted
	people []contact.Contact
	worker *messagetest.Worker
	c      Campaign
	log    []string
}

const historyPeople = 40

func newHistory(t *testing.T, seed uint64) *history {
	random := rand.New(rand.NewPCG(seed, 7))
	meta := &refuses{code: []string{"131049", "131008", "131016"}[random.IntN(3)]}
	o := slowly(150)
	o.Wrap, o.Rupees = meta.wrap, int64(20+random.IntN(60))
	h := &history{bundle: setup(t, o), random: random, meta: meta}
	h.later = h.ahead()
	h.worker = h.work()
	for i := range historyPeople {
		ending := 100
		if i%13 == 12 {
			ending = 1026 // it fails at the phone
		}
		p := h.Person(fmt.Sprintf("आशा %d", i), ending)
		if random.IntN(4) == 0 {
			meta.set(p, 1+random.IntN(3))
		}
		h.people = append(h.people, p)
	}
	h.c = h.draft(h.plan)
	return h
}

// plan makes a campaign with some of everything.
func (h *history) plan(c *Change) {
	if h.random.IntN(3) > 0 {
		var rule *WinnerRule
		if h.random.IntN(2) == 0 {
			rule = &WinnerRule{Metric: MetricReplied, TestPercent: 30 + h.random.IntN(40), AfterMinutes: 30}
		}
		h.against(1+h.random.IntN(3), 1, rule)(c)
	}
	if h.random.IntN(2) == 0 {
		holdingOut(10 + h.random.IntN(20))(c)
	}
	if h.random.IntN(4) > 0 {
		retrying(3 + h.random.IntN(5))(c)
	}
	if h.random.IntN(3) == 0 {
		limit := money.Amount(10+h.random.IntN(30)) * 9_500
		c.BudgetCap = &limit
	}
}

func (h *history) play() {
	h.start(h.c)
	for range 30 {
		h.step()
		h.rest()
	}
	h.end()
	h.judge()
}

// rest lets a little happen, or some days pass.
func (h *history) rest() {
	seen := h.get(h.c).Counts
	h.Await("something moves, or nothing does", func() bool {
		k := h.get(h.c).Counts
		return k != seen || k.Sending+k.Queued == 0 || h.get(h.c).Status != Running
	})
}

func (h *history) did(what string) { h.log = append(h.log, what) }

// ignoring lets an act be refused: histories ask for what may not be too.
func (h *history) ignoring(err error) {
	if kind := fault.KindOf(err); err != nil && kind != fault.KindConflict && kind != fault.KindInvalid {
		h.T.Fatalf("%v\nafter %v", err, h.log)
	}
}

// step does one thing of those that may happen.
func (h *history) step() {
	acts := []struct {
		name string
		do   func()
	}{
		{"pause", h.pause}, {"resume", h.resume}, {"resume", h.resume}, {"resume", h.resume}, {"kill", h.kill}, {"opt out", h.optOut},
		{"budget", h.budget}, {"top up", h.topUp}, {"reply", h.reply}, {"hours", h.hours}, {"days", h.days}, {"tend", h.tendAll},
		{"category", h.category}, {"choose", h.choose},
	}
	act := acts[h.random.IntN(len(acts))]
	h.did(act.name)
	act.do()
}

func (h *history) pause() { _, err := h.s.Pause(h.ann(), h.c.ID); h.ignoring(err) }

func (h *history) resume() { _, err := h.s.Resume(h.ann(), h.c.ID); h.ignoring(err) }

func (h *history) kill() { h.worker.Stop(); h.worker = h.Start(h.Messages) }

func (h *history) optOut() {
	p := h.people[h.random.IntN(len(h.people))]
	_, err := h.Contacts.Edit(h.ann(), p.ID, contact.Change{OptIn: &contact.Consent{State: contact.OptInRefused, Source: "form"}})
	h.ignoring(err)
}

func (h *history) budget() {
	limit := money.Amount(h.random.IntN(60)) * 9_500
	_, err := h.s.Edit(h.ann(), h.c.ID, Change{BudgetCap: &limit})
	h.ignoring(err)
}

func (h *history) topUp() { h.TopUp(int64(5 + h.random.IntN(40))) }

func (h *history) reply() { h.writes(h.people[h.random.IntN(len(h.people))], "हाँ 🙂") }

func (h *history) hours() { h.later.by.Add(int64(time.Duration(h.random.IntN(120)) * time.Minute)) }

func (h *history) days() { h.later.by.Add(int64(25 * time.Hour)); h.tendAll() }

func (h *history) tendAll() { h.Must(h.s.TendDue(h.T.Context())) }

func (h *history) choose() {
	_, err := h.s.Choose(h.ann(), h.c.ID, int16(1+h.random.IntN(2)))
	h.ignoring(err)
}

// category lets Meta announce another category, which pauses what sends the template.
func (h *history) category() {
	moved := h.Template("welcome")
	moved.NextCategory = []template.Category{template.Marketing, template.Utility}[h.random.IntN(2)]
	h.InAcme(func(ctx context.Context, tx pgx.Tx) error { return h.s.TemplateRecategorised(ctx, tx, moved) })
}

// end brings the campaign to its end: one in three by a cancel, the others by letting it run out.
func (h *history) end() {
	if h.random.IntN(3) == 0 {
		_, err := h.s.Cancel(h.ann(), h.c.ID)
		h.ignoring(err)
	}
	h.TopUp(1000)
	none := money.Amount(0)
	h.Await("the campaign ends", func() bool {
		_, err := h.s.Edit(h.ann(), h.c.ID, Change{BudgetCap: &none})
		h.ignoring(err)
		h.resume()
		h.tendAll()
		h.choose()
		c := h.get(h.c)
		if k := c.Counts; k.Queued+k.Sending == 0 && k.Retrying > 0 {
			h.later.by.Add(int64(25 * time.Hour))
		}
		return c.Status == Completed || c.Status == Cancelled
	})
	h.awaitCounts(h.c, "every report has come", func(k Counts) bool {
		return k.Pending+k.Queued+k.Sending+k.InDoubt+k.Accepted+k.Sent == 0 && k.Retrying == 0
	})
}

func (h *history) judge() {
	h.adds(h.c, historyPeople)
	for who, n := range h.Sent() {
		if n != 1 {
			h.T.Errorf("%s got %d messages", who, n)
		}
	}
	h.reportIsItsRows()
	h.moneyAddsUp()
	if h.T.Failed() {
		h.T.Logf("after %v", h.log)
	}
}

// reportIsItsRows compares each number of the report with the list that it opens.
func (h *history) reportIsItsRows() {
	k := h.get(h.c).Counts
	for outcome, n := range map[string]int64{"": k.Total, "read": k.Read, "delivered": k.Delivered, "failed": k.Failed, "refused": k.Refused,
		"cancelled": k.Cancelled, "held_out": k.HeldOut, "unknown": k.Unknown, "expired": k.Expired, "replied": k.Replied, "pending": k.Pending} {
		list, err := h.s.Recipients(h.ann(), h.c.ID, People{Outcome: outcome}, uuid.UUID{}, 2*historyPeople)
		h.Must(err)
		if int64(len(list)) != n {
			h.T.Errorf("the report says %d for %q, the list has %d", n, outcome, len(list))
		}
	}
	var charged money.Amount
	list, err := h.s.Recipients(h.ann(), h.c.ID, People{}, uuid.UUID{}, 2*historyPeople)
	h.Must(err)
	for _, r := range list {
		charged += r.Charged
	}
	if charged != k.Charged {
		h.T.Errorf("people were charged %d, the report says %d", charged, k.Charged)
	}
	failures, err := h.s.Failures(h.ann(), h.c.ID)
	h.Must(err)
	sum := int64(0)
	for _, f := range failures {
		sum += f.Count
	}
	if sum != k.Failed+k.Refused+k.Cancelled+k.Unknown+k.Expired+k.InDoubt+k.Duplicate {
		h.T.Errorf("%d failures listed, the report says %+v", sum, k)
	}
}

// moneyAddsUp reads the ledger by kind of movement.
func (h *history) moneyAddsUp() {
	moved := map[string]int64{}
	held := int64(0)
	h.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select t.kind, sum(e.amount) from wallet_entries e
			join wallet_transactions t on t.tenant_id = $1 and t.id = e.transaction_id
			where e.tenant_id = $1 and e.account = 'held' group by 1`, h.Acme)
		if err != nil {
			return err
		}
		var kind string
		var n int64
		_, err = pgx.ForEachRow(rows, []any{&kind, &n}, func() error { moved[kind] = n; return nil })
		if err != nil {
			return err
		}
		return tx.QueryRow(ctx, `select coalesce(sum(hold_amount), 0) from messages where tenant_id = $1 and hold_open`, h.Acme).Scan(&held)
	})
	if k := h.get(h.c).Counts; k.Read > 0 && moved["hold"] == 0 {
		h.T.Error("people read what nothing was reserved for")
	}
	if moved["hold"]+moved["charge"]+moved["release"] != held {
		h.T.Errorf("reserved %d, captured %d, released %d, still held %d", moved["hold"], -moved["charge"], -moved["release"], held)
	}
	if k := h.get(h.c).Counts; int64(k.Committed-k.Charged) != held {
		h.T.Errorf("the campaign holds %d, its messages %d", k.Committed-k.Charged, held)
	}
}
