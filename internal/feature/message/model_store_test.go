package message

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// modelStore is the database: what is committed. Its methods are transactions, each of
// which happens whole or not at all.
type modelStore struct {
	m   *model
	now time.Time // the database's clock

	rows       []*row
	info       []rowInfo // beside rows: what never changes
	recipients []modelRecipient
	feeding    feeding
	lane       modelLane
	campaign   modelCampaign
	counts     map[State]int
	ledger     modelLedger
	deliveries []*modelDelivery
	asides     []*modelAside
	ready      bool // the number may send
	claims     int  // given out so far
	history    []modelHistory
}

// rowInfo is a message's fixed part.
type rowInfo struct {
	priority int16
	contact  int
	to       recipient
	resendOf int // -1: none
	resent   bool
}

// modelHistory is what the judge remembers of a row.
type modelHistory struct {
	left      int         // requests that may have left
	answered  bool        // a worker that lived to record it read Meta's 200
	orphaned  bool        // a worker died with it
	gaveUp    bool        // it was unknown once: its hold is gone for good
	openHolds int         // holds taken and not closed
	posted    map[int]int // posting number → times
}

type modelRecipient struct {
	state string // pending, fed, cancelled
	row   int    // of their message, which is there once they are fed
	rows  int
}

// feeding is how a campaign's recipients come to be sent.
type feeding int

const (
	feedAhead   feeding = iota // the feeder queues them
	feedByClaim                // claims feed those they take
	feedBoth                   // recipients get times of their own, or lose them, while it runs
	feedings
)

type modelLane struct {
	token   int64
	expires time.Time
}

type modelCampaign struct {
	status             string // running, paused, completed, cancelled
	frozen             bool
	budget             *money.Amount
	committed, charged money.Amount
}

// modelLedger has a balance per account of the double entry.
type modelLedger struct{ available, held, base, markup, funding money.Amount }

// modelDelivery is a stored webhook with one status.
type modelDelivery struct {
	row      int
	event    whatsapp.StatusEvent
	received time.Time // by the clock of the process that stored it
	at       time.Time // by the database's clock
	waiting  bool
	locked   *modelWorker
	life     int
}

type modelAside struct {
	row      int
	event    whatsapp.StatusEvent
	created  time.Time
	next     time.Time // zero: waits for a person
	attempts int
	done     bool
}

var (
	modelPrice    = price{base: 8_000, markup: 2_000}
	modelOther    = billing.Price{Base: 1_000, Markup: 500} // what Meta's utility category costs
	modelForever  = modelStart.Add(1000 * time.Hour)        // due at infinity: parked
	modelCampID   = modelID('C', 1)
	modelTemplate = modelID('T', 1)
)

func newModelStore(m *model) *modelStore {
	s := &modelStore{m: m, now: modelStart, counts: make(map[State]int), ready: true}
	s.campaign.status = "running"
	s.feeding = feeding(m.rng.IntN(int(feedings)))
	s.fund(money.Amount(20_000 + m.rng.IntN(8)*10_000))
	if m.rng.IntN(4) == 0 {
		limit := money.Amount(15_000 + m.rng.IntN(4)*10_000)
		s.campaign.budget = &limit
	}
	return s
}

func (s *modelStore) fund(a money.Amount) {
	s.ledger.available += a
	s.ledger.funding -= a
}

// insert queues a message of no campaign.
func (s *modelStore) insert(info rowInfo) { s.queue(s.slot(info), uuid.UUID{}) }

// slot is the place of a message that is not there yet: its id is known, its state empty.
func (s *modelStore) slot(info rowInfo) int {
	s.rows = append(s.rows, &row{id: modelID('M', len(s.rows)), contactID: modelID('P', info.contact)})
	s.info, s.history = append(s.info, info), append(s.history, modelHistory{posted: make(map[int]int)})
	return len(s.rows) - 1
}

// queue makes a message queued.
func (s *modelStore) queue(i int, campaign uuid.UUID) {
	r := s.rows[i]
	r.state, r.dueAt, r.createdAt, r.campaignID = Queued, s.now, s.now, campaign
	if campaign == modelCampID {
		s.counts[Queued]++
	}
	s.m.log("queue #%d for contact %d", i, s.info[i].contact)
}

// takeLane takes a lapsed lane; by is the clock that judges.
func (s *modelStore) takeLane(by time.Time) (int64, bool) {
	if s.lane.expires.After(by) {
		return 0, false
	}
	s.lane.token++
	s.lane.expires = s.now.Add(modelLease)
	return s.lane.token, true
}

func (s *modelStore) renewLane(token int64) bool {
	if s.lane.token != token || !s.lane.expires.After(s.now) {
		return false
	}
	s.lane.expires = s.now.Add(modelLease)
	return true
}

func (s *modelStore) releaseLane(token int64) {
	if s.lane.token == token {
		s.lane.expires = time.Time{}
	}
}

// due lists what waits, in the order of claiming.
func (s *modelStore) due(now time.Time, limit int) (list []candidate) {
	var found []int
	for i, r := range s.rows {
		if r.state == Queued && !r.dueAt.After(now) {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b int) int { return int(s.info[a].priority) - int(s.info[b].priority) })
	for _, i := range found[:min(limit, len(found))] {
		r := s.rows[i]
		list = append(list, candidate{id: r.id, contactID: r.contactID, campaignID: r.campaignID, templateID: modelTemplate,
			retries: r.retries, priority: s.info[i].priority, to: s.info[i].to})
	}
	return list
}

// next lists whom a claim may feed: pending recipients of a running campaign.
func (s *modelStore) next(limit int) (list []candidate) {
	if s.feeding == feedAhead || s.campaign.status != "running" {
		return nil
	}
	for _, i := range s.pending(limit) {
		r := s.rows[s.recipients[i].row]
		list = append(list, candidate{id: r.id, contactID: r.contactID, campaignID: modelCampID, templateID: modelTemplate,
			priority: PriorityCampaign, to: s.m.meta.people[i], pending: &Pending{MessageID: r.id}})
	}
	return list
}

// stillPending says whether everybody a claim would feed still waits.
func (s *modelStore) stillPending(plan claimPlan, refused []refusal) bool {
	for _, g := range plan.claim {
		if g.pending != nil && s.recipients[s.info[indexOf(g.id)].contact].state != "pending" {
			return false
		}
	}
	for _, r := range refused {
		if r.pending != nil && s.recipients[s.info[indexOf(r.id)].contact].state != "pending" {
			return false
		}
	}
	return true
}

// feedNow feeds a recipient in the transaction of the claim that takes it.
func (s *modelStore) feedNow(c candidate) {
	if c.pending == nil {
		return
	}
	p := &s.recipients[s.info[indexOf(c.id)].contact]
	p.state = "fed"
	p.rows++
	s.queue(p.row, modelCampID)
}

// planFor decides a claim under its locks, and which of the gate's refusals it may write; it changes nothing.
func (s *modelStore) planFor(token int64, batch []gated, refused []refusal, by time.Time) (claimPlan, []refusal) {
	in := claimInput{batch: batch, means: billing.Means{Available: s.ledger.available}, queued: make(map[uuid.UUID]bool)}
	in.held = s.lane.token == token && s.lane.expires.After(by) || s.m.off == ruleLaneToken
	for _, g := range batch {
		r := s.rows[indexOf(g.id)]
		in.queued[g.id] = g.pending != nil || r.state == Queued && !r.dueAt.After(s.now.Add(modelSkew))
	}
	standing := Standing{Runs: s.campaign.status == "running", Cancelled: s.campaign.status == "cancelled",
		Completed: s.campaign.status == "completed"}
	if s.campaign.budget != nil {
		left := max(0, *s.campaign.budget-s.campaign.committed)
		standing.Budget = &left
	}
	if s.m.off == ruleCampaignCheck {
		standing = Standing{Runs: true}
	}
	if s.m.off == ruleStragglers {
		standing.Completed = false
	}
	in.standings = map[uuid.UUID]Standing{modelCampID: standing}
	refused = slices.DeleteFunc(refused, func(r refusal) bool { return !in.feeds(r.candidate) && s.m.off != ruleFeedByClaim })
	return planClaim(in), refused
}

// claim writes a plan: the claim's transaction.
func (s *modelStore) claim(plan claimPlan, claim uuid.UUID, deadline time.Time) {
	for _, g := range plan.claim {
		s.feedNow(g.candidate)
		r := s.rows[indexOf(g.id)]
		s.move(r, Sending)
		r.claim, r.deadline, r.dueAt, r.category, r.market = claim, deadline, time.Time{}, g.category, g.market
		r.price, r.hold, r.holdTx, r.holdOpen = g.price, g.amount(), claim, true
		s.commit(r, g.amount(), 0)
		s.history[indexOf(g.id)].openHolds++
		s.m.log("claim #%d as %x", indexOf(g.id), claim[14:])
	}
	s.ledger.available -= plan.total
	s.ledger.held += plan.total
	s.endQueued(plan.cancel, Cancelled, ReasonCampaignCancelled)
	s.endQueued(plan.broke, Refused, ReasonNoCredit)
	for _, id := range plan.park {
		s.rows[indexOf(id)].dueAt = modelForever
		s.m.log("park #%d", indexOf(id))
	}
	s.finish()
}

// endQueued closes queued messages that are never sent.
func (s *modelStore) endQueued(ids []uuid.UUID, to State, reason string) {
	for _, id := range ids {
		if r := s.rows[indexOf(id)]; r.state == Queued {
			s.move(r, to)
			r.reason, r.dueAt = reason, time.Time{}
			s.m.log("#%d is %s: %s", indexOf(id), to, reason)
		}
	}
	s.finish()
}

func (s *modelStore) move(r *row, to State) {
	if r.campaignID == modelCampID {
		s.counts[r.state]--
		s.counts[to]++
	}
	r.state = to
}

func (s *modelStore) commit(r *row, committed, charged money.Amount) {
	if r.campaignID == modelCampID {
		s.campaign.committed += committed
		s.campaign.charged += charged
	}
}

// apply merges reports: states, ledger and counters in one transaction.
func (s *modelStore) apply(reports []Report) {
	ids, byID := groupReports(reports)
	g := newMerging(uuid.UUID{}, s.now)
	for _, id := range ids {
		r := s.rows[indexOf(id)]
		was := *r
		g.mergeBy(s.m.mergeRule(), r, byID[id])
		s.judgeMerge(indexOf(id), was)
	}
	settlements, err := g.settlements(s.owes)
	if err != nil {
		s.m.fail("settle: %v", err)
	}
	for _, st := range settlements {
		s.post(st)
	}
	for _, c := range g.changes {
		s.count(c, byID[c.MessageID])
	}
	s.finish()
}

// owes is the rate card of the model: Meta may report a cheaper category.
func (s *modelStore) owes(st billing.Standing) (billing.Price, error) {
	if s.m.off == ruleOwedByState && st.Seq > 0 {
		return billing.Price{Base: st.PostedBase, Markup: st.PostedMarkup}, nil
	}
	return modelOwed(st.State, st.PricingType, st.PricingCategory, billing.Price{Base: st.Base, Markup: st.Markup}), nil
}

func modelOwed(state, pricingType, category string, p billing.Price) billing.Price {
	if category == "utility" {
		p = modelOther
	}
	return billing.Owed(state, pricingType, p)
}

// post books a settlement as billing.Post does.
func (s *modelStore) post(st billing.Settlement) {
	i := indexOf(st.Standing.MessageID)
	if s.m.off == ruleExpiryReleases && st.Standing.State == string(Expired) {
		s.rows[i].holdOpen = true
		return
	}
	l, h := &s.ledger, &s.history[i]
	if st.Close {
		h.openHolds--
		l.held -= st.Standing.Hold
		if st.Charged {
			l.base, l.markup = l.base+st.Standing.Base, l.markup+st.Standing.Markup
		} else {
			l.available += st.Standing.Hold
		}
	}
	if st.Adjust {
		l.available -= st.AdjustBase + st.AdjustMarkup
		l.base, l.markup = l.base+st.AdjustBase, l.markup+st.AdjustMarkup
	}
	h.posted[st.Seq]++
}

// count moves the campaign's counters.
func (s *modelStore) count(c Change, reports []Report) {
	s.m.log("#%d %s → %s %s", indexOf(c.MessageID), c.From, c.To, c.Reason)
	if c.CampaignID != modelCampID {
		return
	}
	s.campaign.committed += c.Committed
	s.campaign.charged += c.Charged
	if s.m.off == ruleCountMoves {
		for _, rep := range reports {
			if rep.State != "" {
				s.counts[c.From]--
				s.counts[rep.State]++
			}
		}
		return
	}
	if c.From != c.To {
		s.counts[c.From]--
		s.counts[c.To]++
	}
}

// finish completes the campaign when nobody is left to hand over, and lets the judge look.
func (s *modelStore) finish() {
	pending := 0
	for _, r := range s.recipients {
		if r.state == "pending" {
			pending++
		}
	}
	if s.campaign.status == "running" && s.campaign.frozen && pending+s.counts[Queued]+s.counts[Sending] == 0 {
		s.campaign.status = "completed"
		s.m.log("campaign completed")
	}
	s.judgeBooks()
}

// feed queues pending recipients, in the transaction that finds the campaign running.
func (s *modelStore) feed(room int) (n int) {
	if s.campaign.status != "running" {
		return 0
	}
	for _, r := range s.rows {
		if r.state == Queued && r.dueAt.Equal(modelForever) && r.campaignID == modelCampID && n < room {
			r.dueAt = s.now
			n++
		}
	}
	if s.feeding == feedByClaim {
		return n
	}
	return n + s.feedThese(s.pending(room-n), false)
}

func (s *modelStore) pending(limit int) (list []int) {
	for i, r := range s.recipients {
		if r.state == "pending" && len(list) < limit {
			list = append(list, i)
		}
	}
	return list
}

func (s *modelStore) feedThese(list []int, blind bool) (n int) {
	for _, i := range list {
		r := &s.recipients[i]
		if r.state != "pending" && !blind {
			continue
		}
		r.state = "fed"
		n++
		if r.rows++; r.rows > 1 { // only where the rule is off
			r.row = s.slot(rowInfo{priority: PriorityCampaign, contact: i, to: s.m.meta.people[i], resendOf: -1})
		}
		s.queue(r.row, modelCampID)
	}
	return n
}
