package message

import (
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// judgeClaim looks at a claim before it is written.
func (m *model) judgeClaim(lease int64, plan claimPlan) {
	if len(plan.claim) == 0 {
		return
	}
	if m.lane.token != lease || !m.lane.expires.After(m.now) {
		m.fail("a claim by a worker that does not hold the lane")
	}
	for _, g := range plan.claim {
		r := m.rows[indexOf(g.id)]
		if g.pending == nil && r.state != Queued || g.pending != nil && r.state != "" {
			m.fail("#%d is claimed while it is %s", indexOf(g.id), r.state)
		}
		if s := m.campaign.status; g.campaignID == modelCampID && (s == "paused" || s == "cancelled") {
			m.fail("#%d is claimed while its campaign is %s", indexOf(g.id), s)
		}
	}
	if plan.total > m.ledger.available {
		m.fail("a hold of %d with %d available", plan.total, m.ledger.available)
	}
}

// judgeCheck looks at a worker that has decided to write.
func (m *model) judgeCheck(lease int64, it item) {
	if m.lane.token != lease {
		m.fail("two workers send through one number at a time (#%d)", indexOf(it.id))
	}
}

// judgeLeft counts a request that may have left.
func (m *model) judgeLeft(i int) {
	h := &m.history[i]
	h.left++
	m.log("#%d leaves", i)
	if h.left > 1 {
		m.fail("#%d: two requests for one row may have left", i)
	}
	if m.rows[i].state == Unknown {
		m.fail("#%d leaves after it was given up as unknown", i)
	}
	sent := 0
	for j, info := range m.info {
		if info.contact == m.info[i].contact && m.rows[j].campaignID == modelCampID {
			sent += m.history[j].left
		}
	}
	if sent > 1 {
		m.fail("contact %d gets the campaign twice", m.info[i].contact)
	}
}

// judgeMerge looks at what a batch of reports did to a row.
func (s *modelStore) judgeMerge(i int, was row) {
	r := s.rows[i]
	if rank[r.state] < rank[was.state] && r.state != Queued {
		s.m.fail("#%d steps down from %s to %s", i, was.state, r.state)
	}
	if was.state != Unknown && r.state == Unknown {
		s.history[i].gaveUp = true
		s.judgeUnknown(i, was.deadline)
	}
}

// judgeUnknown: evidence that came before the doubt was to settle must not wait in our own
// tables. What came while the sweep was deciding is not held against it.
func (s *modelStore) judgeUnknown(i int, settles time.Time) {
	decided := s.now.Add(-modelPause - time.Second)
	for _, d := range s.deliveries {
		if d.row == i && d.waiting && d.event.CallbackData != "" && d.received.Before(settles) && d.at.Before(decided) {
			s.m.fail("#%d turns unknown while a webhook on it waits to be taken in", i)
		}
	}
}

// judgeBooks looks at counters, holds and the ledger after every transaction.
func (s *modelStore) judgeBooks() {
	var rows map[State]int
	var held, charged money.Amount
	if s.m.wrong != "" {
		return
	}
	rows = make(map[State]int, len(s.counts))
	for i, r := range s.rows {
		if r.campaignID == modelCampID {
			rows[r.state]++
			charged += r.posted.base + r.posted.markup
			if r.holdOpen {
				held += r.hold
			}
		}
		s.judgeHold(i, r)
	}
	for _, p := range s.recipients {
		if p.state == "cancelled" {
			rows[Cancelled]++
		}
	}
	for _, state := range States() {
		if s.counts[state] != rows[state] {
			s.m.fail("the counter of %s says %d, the rows %d", state, s.counts[state], rows[state])
		}
	}
	if s.campaign.committed != held+charged || s.campaign.charged != charged {
		s.m.fail("the campaign committed %d and charged %d, its rows %d and %d", s.campaign.committed, s.campaign.charged, held+charged, charged)
	}
	s.judgeLedger()
}

// judgeHold: a hold is open exactly while the message may still be charged from it.
func (s *modelStore) judgeHold(i int, r *row) {
	want := 0
	if r.holdOpen {
		want = 1
	}
	if s.history[i].openHolds != want {
		s.m.fail("#%d: %d holds are open, its row says %d", i, s.history[i].openHolds, want)
	}
	holds := billing.Holds(string(r.state))
	if r.holdOpen && !holds || !r.holdOpen && holds && !s.history[i].gaveUp {
		s.m.fail("#%d is %s with its hold open: %v", i, r.state, r.holdOpen)
	}
}

func (s *modelStore) judgeLedger() {
	l := s.ledger
	if sum := l.available + l.held + l.base + l.markup + l.funding; sum != 0 {
		s.m.fail("the ledger's entries sum to %d", sum)
	}
	var held money.Amount
	var posted price
	for i, r := range s.rows {
		if r.holdOpen {
			held += r.hold
		}
		posted.base, posted.markup = posted.base+r.posted.base, posted.markup+r.posted.markup
		owed := modelOwed(string(r.state), r.pricingType, r.pricingCategory, billing.Price{Base: r.price.base, Markup: r.price.markup})
		if owed.Base != r.posted.base || owed.Markup != r.posted.markup {
			s.m.fail("#%d is %s %s %s and owes %d, but %d is posted", i, r.state, r.pricingType, r.pricingCategory, owed.Total(), r.posted.base+r.posted.markup)
		}
		for seq, times := range s.history[i].posted {
			if times > 1 {
				s.m.fail("#%d has posting %d twice", i, seq)
			}
		}
	}
	if held != l.held || posted.base != l.base || posted.markup != l.markup {
		s.m.fail("the ledger holds %d and charged %d, the rows %d and %d", l.held, l.base+l.markup, held, posted.base+posted.markup)
	}
}

// judgeEnd: everybody is in exactly one outcome, and it is the right one.
func (m *model) judgeEnd() {
	m.judgeBooks()
	for i, p := range m.recipients {
		switch {
		case p.state == "pending":
			m.fail("contact %d was never fed: skipped", i)
		case p.state == "fed" && p.rows != 1, p.state == "cancelled" && p.rows != 0:
			m.fail("contact %d is %s with %d messages", i, p.state, p.rows)
		}
	}
	if s := m.campaign.status; s != "completed" && s != "cancelled" {
		m.fail("the campaign is still %s", s)
	}
	for i, r := range m.rows {
		if r.state != "" { // its recipient was never fed
			m.judgeRow(i, r)
		}
	}
}

// judgeRow compares where a message ended with what its judge knows.
func (m *model) judgeRow(i int, r *row) {
	h := m.history[i]
	switch {
	case !r.state.Final():
		m.fail("#%d is left behind as %s", i, r.state)
	case neverSent[r.state] && h.left > 0:
		m.fail("#%d is %s, but a request may have left", i, r.state)
	case r.state == Unknown && h.answered:
		m.fail("#%d is unknown, but Meta's answer was read", i)
	case r.state == Unknown && h.left == 0 && !h.orphaned:
		m.fail("#%d is unknown, but nothing left and no worker died", i)
	case r.state == Unknown && m.told(i):
		m.fail("#%d is unknown, but a webhook told us of it", i)
	case rank[r.state] < rank[m.best(i)] && !neverSent[r.state]:
		m.fail("#%d ended %s, but %s was reported", i, r.state, m.best(i))
	case (r.state == Delivered || r.state == Read || r.state == Accepted) && h.left == 0:
		m.fail("#%d is %s, but nothing left", i, r.state)
	}
}

// told says whether a webhook came that names the row.
func (m *model) told(i int) bool { return rank[m.best(i)] >= rank[Accepted] }

// best is the highest state that webhooks reported of a row, as far as they can be told apart.
func (m *model) best(i int) State {
	best := Queued
	for _, d := range m.deliveries {
		if d.row != i || d.event.CallbackData == "" && m.rows[i].wamid != d.event.ID {
			continue
		}
		if rep := statusReport(uuid.UUID{}, d.event); rank[rep.State] > rank[best] {
			best = rep.State
		}
	}
	return best
}
