package message

import (
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// gated is a candidate the gate let through, with its price and its request.
type gated struct {
	candidate
	category string
	market   string
	rateCard uuid.UUID
	price    price
	request  []byte // the body for Meta, rendered

	route     Route // its campaign's; known at the claim
	capped    bool  // the frequency cap was asked about it
	straggler bool  // its campaign is completed: it waits for nobody
}

// campaign says whether the message goes as its campaign goes.
func (g gated) campaign() bool { return g.campaignID != uuid.UUID{} && !g.straggler }

// follows says whether the message goes as something else goes: its campaign, or what it is a step of.
func (g gated) follows() bool { return g.campaign() || g.origin == OriginSequence }

// under is what a standing is known by: a step's message has one of its own.
func (g gated) under() uuid.UUID {
	if g.origin == OriginSequence {
		return g.id
	}
	return g.campaignID
}

func (g gated) amount() money.Amount { return g.price.base + g.price.markup }

// claimInput is what a claim knows under its locks.
type claimInput struct {
	held      bool               // the lane is still ours
	queued    map[uuid.UUID]bool // rows still queued and due, locked; and recipients taken for pending
	standings map[uuid.UUID]Standing
	means     billing.Means
	now       time.Time
	batch     []gated
}

// claimPlan is what a claim does with each row.
type claimPlan struct {
	claim  []gated
	total  money.Amount
	park   []uuid.UUID            // their campaign does not run
	cancel []uuid.UUID            // their campaign was cancelled
	left   []refusal              // their person left the sequence
	late   []uuid.UUID            // a new attempt whose campaign's time for them is over
	broke  []uuid.UUID            // no credit, and no campaign to wait for it
	capped []uuid.UUID            // the same, by the month's cap
	halts  map[uuid.UUID]string   // campaign → reason to pause it
	unpaid map[string][]uuid.UUID // of what is parked, steps of sequences that cannot be paid for, by why
}

// planClaim decides, under the locks of a claim, what becomes of each row. A lane
// that is no longer ours may do nothing at all.
func planClaim(in claimInput) claimPlan {
	p := claimPlan{halts: make(map[uuid.UUID]string), unpaid: make(map[string][]uuid.UUID)}
	if !in.held {
		return p
	}
	spent := make(map[uuid.UUID]money.Amount)
	for _, g := range in.batch {
		if in.queued[g.id] && in.feeds(g.candidate) {
			p.place(g, in, spent)
		}
	}
	return p
}

// feeds says whether a candidate may be taken where it is: who is pending is fed by a running campaign
// alone, and stays pending otherwise.
func (in claimInput) feeds(c candidate) bool {
	return c.pending == nil || in.standings[c.campaignID].Runs
}

// place puts one row where it belongs and counts what it commits.
func (p *claimPlan) place(g gated, in claimInput, spent map[uuid.UUID]money.Amount) {
	standing, known := in.standings[g.under()]
	if g.origin == OriginSequence && !known {
		standing.Runs = true
	}
	g.straggler, g.route = standing.Completed, standing.Route
	campaign, follows := g.campaign(), g.follows()
	switch {
	case campaign && standing.Cancelled:
		p.cancel = append(p.cancel, g.id)
	case follows && standing.Cancelled:
		p.left = append(p.left, refusal{g.candidate, Cancelled, standing.Reason, nil})
	case g.resendOf != uuid.UUID{} && standing.over(in.now):
		p.late = append(p.late, g.id)
	case follows && !standing.Runs, campaign && p.halts[g.campaignID] != "":
		p.wait(g)
	case campaign && standing.Budget != nil && spent[g.campaignID]+g.amount() > *standing.Budget:
		p.halt(g, HaltBudget)
	case p.total+g.amount() > in.means.Available && campaign:
		p.halt(g, HaltNoCredit)
	case p.total+g.amount() > in.means.Available && follows:
		p.stop(g, HaltNoCredit)
	case p.total+g.amount() > in.means.Available:
		p.broke = append(p.broke, g.id)
	case in.overCap(p.total, g) && campaign:
		p.halt(g, HaltMonthCap)
	case in.overCap(p.total, g) && follows:
		p.stop(g, HaltMonthCap)
	case in.overCap(p.total, g):
		p.capped = append(p.capped, g.id)
	default:
		spent[g.campaignID] += g.amount()
		p.total += g.amount()
		p.claim = append(p.claim, g)
	}
}

// overCap says whether a message would take more than the month's cap leaves. What costs nothing
// always goes.
func (in claimInput) overCap(total money.Amount, g gated) bool {
	return in.means.CapLeft != nil && g.amount() > 0 && total+g.amount() > *in.means.CapLeft
}

// parked tells why messages are parked.
func (p *claimPlan) parked(now time.Time) []incident {
	told := make([]incident, len(p.park))
	for i, id := range p.park {
		told[i] = incident{id, incidentParked, now, incidentDetail{Reason: whyCampaign}}
	}
	return told
}

// wait parks a queued message; who is pending simply stays so.
func (p *claimPlan) wait(g gated) {
	if g.pending == nil {
		p.park = append(p.park, g.id)
	}
}

func (p *claimPlan) halt(g gated, reason string) {
	p.halts[g.campaignID] = reason
	p.wait(g)
}

// stop parks a step that cannot be paid for, and its sequence with it.
func (p *claimPlan) stop(g gated, reason string) {
	p.unpaid[reason] = append(p.unpaid[reason], g.id)
	p.park = append(p.park, g.id)
}
