package message

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

var (
	kolkata = mustZone("Asia/Kolkata")
	noon    = time.Date(2026, time.November, 8, 12, 0, 0, 0, kolkata)
)

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// asha is a contact who may get everything, and a marketing template to her.
func asha(change ...func(*candidate)) candidate {
	c := candidate{id: ident.New(), contactID: ident.New(), templateID: ident.New(), origin: OriginCampaign,
		to: recipient{found: true, digits: "919812345678", market: "India"}}
	for _, alter := range change {
		alter(&c)
	}
	return c
}

func TestGate(t *testing.T) {
	t.Parallel()
	free := func(c *candidate) { c.templateID, c.content = uuid.UUID{}, whatsapp.NewText("नमस्ते") }
	window := func(until time.Time) func(*candidate) { return func(c *candidate) { c.to.windowUntil = until } }
	out := func(c *candidate) { c.to.consent.Marketing = consent.Out }
	recent := func(n int) func(*candidate) { return func(c *candidate) { c.to.recent = n } }
	capped := rules{zone: kolkata, frequencyCap: 2, frequencyDays: 7}
	cases := []struct {
		name     string
		c        candidate
		category string
		unusable bool
		rules    rules
		reason   string
	}{
		{name: "all is well", c: asha(), category: CategoryMarketing},
		{name: "the contact was deleted", c: asha(func(c *candidate) { c.to = recipient{} }), category: CategoryMarketing, reason: ReasonContactGone},
		{name: "no phone and no user id", c: asha(func(c *candidate) { c.to.digits = "" }), category: CategoryMarketing, reason: ReasonNoAddress},
		{name: "a user id is enough", c: asha(func(c *candidate) { c.to.digits, c.to.bsuid = "", "IN.13491208655302741918" }), category: CategoryMarketing},
		{name: "suppressed", c: asha(func(c *candidate) { c.to.consent.Suppressed = true }), category: "UTILITY", reason: ReasonSuppressed},
		{name: "suppressed, in the window", c: asha(free, window(noon.Add(time.Hour)), func(c *candidate) { c.to.consent.Suppressed = true }), category: CategoryService, reason: ReasonSuppressed},
		{name: "free text in the window", c: asha(free, window(noon.Add(time.Second))), category: CategoryService},
		{name: "free text as the window closes", c: asha(free, window(noon)), category: CategoryService, reason: ReasonWindowClosed},
		{name: "free text without a window", c: asha(free), category: CategoryService, reason: ReasonWindowClosed},
		{name: "the template cannot be sent", c: asha(), category: CategoryMarketing, unusable: true, reason: ReasonTemplateUnavailable},
		{name: "an earlier attempt arrived", c: asha(func(c *candidate) { c.to.arrived = true }), category: CategoryMarketing, reason: ReasonArrived},
		{name: "opted out of marketing", c: asha(out), category: CategoryMarketing, reason: ReasonOptedOut},
		{name: "opted out, but it is an order", c: asha(out), category: "UTILITY"},
		{name: "a test is sent, cap or not", c: asha(recent(9), func(c *candidate) { c.origin = OriginTest }), category: CategoryMarketing, rules: capped},
		{name: "a test, to somebody who opted out", c: asha(out, func(c *candidate) { c.origin = OriginTest }), category: CategoryMarketing, reason: ReasonOptedOut},
		{name: "marketing needs an opt-in", c: asha(), category: CategoryMarketing, rules: rules{needsOptIn: true}, reason: ReasonNoOptIn},
		{name: "below the cap", c: asha(recent(1)), category: CategoryMarketing, rules: capped},
		{name: "at the cap", c: asha(recent(2)), category: CategoryMarketing, rules: capped, reason: ReasonFrequencyCap},
		{name: "no cap", c: asha(recent(99)), category: CategoryMarketing},
		{name: "the cap is on marketing only", c: asha(recent(9)), category: "AUTHENTICATION", rules: capped},
	}
	for _, tc := range cases {
		if v := gate(tc.c, tc.category, uuid.Nil, !tc.unusable, tc.rules, noon); v.reason != tc.reason || !v.until.IsZero() {
			t.Errorf("%s: %+v, not %q", tc.name, v, tc.reason)
		}
	}
}

func TestQuietHours(t *testing.T) {
	t.Parallel()
	at := func(day, hour, minute int) time.Time {
		return time.Date(2026, time.November, day, hour, minute, 0, 0, kolkata)
	}
	night := rules{zone: kolkata, quietFrom: 21 * 60, quietTo: 9*60 + 30}
	siesta := rules{zone: kolkata, quietFrom: 13 * 60, quietTo: 15 * 60}
	cases := []struct {
		name       string
		rules      rules
		now, until time.Time
	}{
		{"before the night", night, at(8, 20, 59), time.Time{}},
		{"as the night begins", night, at(8, 21, 0), at(9, 9, 30)},
		{"past midnight", night, at(9, 0, 15), at(9, 9, 30)},
		{"just before it ends", night, at(9, 9, 29), at(9, 9, 30)},
		{"as it ends", night, at(9, 9, 30), time.Time{}},
		{"told in UTC", night, at(9, 0, 15).UTC(), at(9, 9, 30)},
		{"over the new year", night, time.Date(2026, 12, 31, 23, 0, 0, 0, kolkata), time.Date(2027, 1, 1, 9, 30, 0, 0, kolkata)},
		{"before the siesta", siesta, at(8, 12, 59), time.Time{}},
		{"in the siesta", siesta, at(8, 13, 0), at(8, 15, 0)},
		{"after the siesta", siesta, at(8, 15, 0), time.Time{}},
		{"none", rules{zone: kolkata}, at(8, 3, 0), time.Time{}},
	}
	for _, tc := range cases {
		if got := tc.rules.quietUntil(tc.now, kolkata); !got.Equal(tc.until) {
			t.Errorf("%s: until %s, not %s", tc.name, got, tc.until)
		}
	}
	v := gate(asha(), CategoryMarketing, uuid.Nil, true, night, at(8, 23, 0))
	if v.reason != "" || !v.until.Equal(at(9, 9, 30)) {
		t.Errorf("marketing at night: %+v", v)
	}
	if v := gate(asha(), "UTILITY", uuid.Nil, true, night, at(8, 23, 0)); !v.pass() {
		t.Errorf("an order at night: %+v", v)
	}
}

func TestTheDailyLimitCountsPeopleOnce(t *testing.T) {
	t.Parallel()
	frees := noon.Add(3 * time.Hour)
	known, inWindow, first, second := asha(), asha(func(c *candidate) { c.to.windowUntil = noon.Add(time.Hour) }), asha(), asha()
	r := &reach{left: 1, frees: frees, reached: map[uuid.UUID]bool{known.contactID: true}}
	for _, c := range []candidate{known, inWindow, first, first} {
		if until := r.admit(c, noon); !until.IsZero() {
			t.Errorf("must wait until %s", until)
		}
	}
	if until := r.admit(second, noon); !until.Equal(frees) || len(r.added) != 1 {
		t.Errorf("one too many waits until %s; added %d", until, len(r.added))
	}
	var unlimited *reach
	if until := unlimited.admit(second, noon); !until.IsZero() {
		t.Errorf("without a limit: %s", until)
	}
}

// planned is a claim of three messages of ₹1 each by a campaign, and one reply.
func planned(change func(*claimInput)) (claimPlan, []gated) {
	campaign := modelID('C', 9)
	in := claimInput{held: true, queued: make(map[uuid.UUID]bool), means: billing.Means{Available: 100_000},
		standings: map[uuid.UUID]Standing{campaign: {Runs: true}}}
	for i := range 4 {
		g := gated{candidate: asha(), price: price{base: 8_000, markup: 2_000}}
		if i > 0 {
			g.campaignID = campaign
		}
		in.batch = append(in.batch, g)
		in.queued[g.id] = true
	}
	change(&in)
	return planClaim(in), in.batch
}

func TestPlanClaim(t *testing.T) {
	t.Parallel()
	standing := func(s Standing) func(*claimInput) {
		return func(in *claimInput) { in.standings[modelID('C', 9)] = s }
	}
	monthLeft := func(left money.Amount) func(*claimInput) {
		return func(in *claimInput) { in.means.CapLeft = &left }
	}
	budget := func(a money.Amount) *money.Amount { return &a }
	cases := []struct {
		name                       string
		change                     func(*claimInput)
		claim, park, cancel, broke int
		capped                     int
		free                       bool
		halt                       string
	}{
		{name: "all", change: func(*claimInput) {}, claim: 4},
		{name: "the lane is another's", change: func(in *claimInput) { in.held = false }},
		{name: "one was taken meanwhile", change: func(in *claimInput) { delete(in.queued, in.batch[0].id) }, claim: 3},
		{name: "paused", change: standing(Standing{}), claim: 1, park: 3},
		{name: "cancelled", change: standing(Standing{Cancelled: true}), claim: 1, cancel: 3},
		{name: "completed", change: standing(Standing{Completed: true}), claim: 4},
		{name: "a budget for two", change: standing(Standing{Runs: true, Budget: budget(25_000)}), claim: 3, park: 1, halt: HaltBudget},
		{name: "credit for two", change: func(in *claimInput) { in.means.Available = 20_000 }, claim: 2, park: 2, halt: HaltNoCredit},
		{name: "no credit", change: func(in *claimInput) { in.means.Available = 0 }, park: 3, broke: 1, halt: HaltNoCredit},
		{name: "a month's cap for two", change: monthLeft(20_000), claim: 2, park: 2, halt: HaltMonthCap},
		{name: "the month's cap is used up", change: monthLeft(0), park: 3, capped: 1, halt: HaltMonthCap},
		{name: "and costs nothing", change: func(in *claimInput) {
			monthLeft(0)(in)
			for i := range in.batch {
				in.batch[i].price = price{}
			}
		}, claim: 4, free: true},
		{name: "no credit for a completed one", change: func(in *claimInput) {
			standing(Standing{Completed: true})(in)
			in.means.Available = 10_000
		}, claim: 1, broke: 3},
	}
	for _, tc := range cases {
		p, _ := planned(tc.change)
		if len(p.claim) != tc.claim || len(p.park) != tc.park || len(p.cancel) != tc.cancel || len(p.broke) != tc.broke || len(p.capped) != tc.capped {
			t.Errorf("%s: claims %d, parks %d, cancels %d, refuses %d", tc.name, len(p.claim), len(p.park), len(p.cancel), len(p.broke))
		}
		if p.halts[modelID('C', 9)] != tc.halt || p.total != money.Amount(10_000*len(p.claim)) && !tc.free {
			t.Errorf("%s: halts for %q, holds %d", tc.name, p.halts[modelID('C', 9)], p.total)
		}
	}
}

func TestAStepGoesAsItsPersonAndItsSequenceStand(t *testing.T) {
	t.Parallel()
	step := gated{candidate: candidate{id: modelID('M', 1), origin: OriginSequence}, price: price{base: 8_000, markup: 2_000}}
	for _, tc := range []struct {
		name                      string
		standing                  map[uuid.UUID]Standing
		available                 money.Amount
		claim, park, left, unpaid int
	}{
		{"active", map[uuid.UUID]Standing{step.id: {Runs: true}}, 10_000, 1, 0, 0, 0},
		{"of a sequence nobody knows", nil, 10_000, 1, 0, 0, 0},
		{"paused", map[uuid.UUID]Standing{step.id: {}}, 10_000, 0, 1, 0, 0},
		{"they left", map[uuid.UUID]Standing{step.id: {Cancelled: true, Reason: ReasonSequenceLeft}}, 10_000, 0, 0, 1, 0},
		{"no credit", map[uuid.UUID]Standing{step.id: {Runs: true}}, 9_999, 0, 1, 0, 1},
	} {
		p := planClaim(claimInput{held: true, means: billing.Means{Available: tc.available}, batch: []gated{step},
			queued: map[uuid.UUID]bool{step.id: true}, standings: tc.standing})
		if len(p.claim) != tc.claim || len(p.park) != tc.park || len(p.left) != tc.left || len(p.unpaid[HaltNoCredit]) != tc.unpaid || len(p.broke)+len(p.cancel) > 0 {
			t.Errorf("%s: claims %d, parks %d, ends %d, unpaid %d", tc.name, len(p.claim), len(p.park), len(p.left), len(p.unpaid))
		}
		if tc.left == 1 && (p.left[0].state != Cancelled || p.left[0].reason != ReasonSequenceLeft) {
			t.Errorf("%s: ends as %s for %s", tc.name, p.left[0].state, p.left[0].reason)
		}
	}
}

func TestNoNewAttemptLeavesAfterItsCampaignsTimeForThem(t *testing.T) {
	t.Parallel()
	for _, late := range []bool{false, true} {
		now := time.Date(2026, time.November, 8, 12, 0, 0, 0, time.UTC)
		again := gated{candidate: candidate{id: modelID('M', 1), campaignID: modelID('C', 9), resendOf: modelID('M', 0)}}
		first := gated{candidate: candidate{id: modelID('M', 2), campaignID: modelID('C', 9)}}
		till := now.Add(time.Minute)
		if late {
			till = now
		}
		p := planClaim(claimInput{held: true, now: now, means: billing.Means{Available: 1}, batch: []gated{again, first},
			queued: map[uuid.UUID]bool{again.id: true, first.id: true}, standings: map[uuid.UUID]Standing{modelID('C', 9): {Runs: true, RetryTill: till}}})
		if (len(p.late) == 1) != late || len(p.claim)+len(p.late) != 2 {
			t.Errorf("late: %t: %d claimed, %d refused", late, len(p.claim), len(p.late))
		}
	}
}

func TestEveryReasonIsExplained(t *testing.T) {
	t.Parallel()
	reasons := []string{ReasonContactGone, ReasonNoAddress, ReasonSuppressed, ReasonLeft, ReasonOptedOut, ReasonNoOptIn, ReasonUnconfirmed,
		ReasonUtilityOut, ReasonTopicOut, ReasonFrequencyChosen, ReasonStopped, ReasonFrequencyCap, ReasonWindowClosed,
		ReasonTemplateUnavailable, ReasonParameters, ReasonNoPrice, ReasonNoCredit, ReasonMonthCap, ReasonCampaignCancelled, ReasonRetriesSpent,
		ReasonNoEvidence, ReasonLostAnswer, ReasonOpenAnswer, ReasonOverdue, ReasonNotDelivered, ReasonMerged, ReasonArrived, ReasonRetryOver,
		ReasonSequenceLeft, ReasonSequenceArchived, ReasonWithdrawn, ReasonFileGone, ReasonFileRefused, ReasonFileNotGiven}
	for _, reason := range reasons {
		if e := Explain(reason, 0); e.Title == "" || e.Advice == "" {
			t.Errorf("%s has no explanation: %+v", reason, e)
		}
	}
	if len(reasons) != len(explanations) {
		t.Errorf("%d reasons are tested, %d are explained", len(reasons), len(explanations))
	}
	if e := Explain("", 131026); e.Title == "" {
		t.Error("Meta's 131026 is not explained")
	}
	if e := Explain(ReasonNoEvidence, 424242); e.Title == "" {
		t.Error("a code nobody knows is not explained")
	}
}
