package message

import (
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// Report is one thing learnt about one message: an answer of Meta, a status
// webhook, a lapse of time. Every report goes through the one merge.
type Report struct {
	MessageID uuid.UUID
	State     State
	At        time.Time // when it happened, as far as its source knows
	WAMID     string

	Reason      string // a key of Reasons, for states that need one
	ErrorCode   int
	ErrorDetail string

	PricingType     string
	PricingCategory string

	// HandBack is the claimant's own step down: proof that nothing left.
	HandBack *HandBack
	// Claim is the claim an in-doubt report speaks of; any other claim is none of its business.
	Claim uuid.UUID
	// Until is when an in-doubt message is looked at again.
	Until time.Time

	written *row // the row as this worker's claim wrote it; nil: not known
}

// HandBack returns a claimed message to the queue. It takes effect only while
// the row is still under that claim.
type HandBack struct {
	Claim uuid.UUID
	DueAt time.Time
	Retry bool   // whether it spends the retry budget
	Why   string // one of why…, for the message's explanation
	Code  int    // Meta's, when Meta refused
}

// row is what the merge reads and writes of a message.
type row struct {
	id         uuid.UUID
	channelID  uuid.UUID
	contactID  uuid.UUID
	campaignID uuid.UUID
	variant    int16
	superseded bool
	state      State
	reason     string
	errorCode  int
	errDetail  string
	claim      uuid.UUID // zero: none
	dueAt      time.Time // zero: not queued
	deadline   time.Time // zero: none
	retries    int16
	wamid      string
	createdAt  time.Time

	acceptedAt, sentAt, deliveredAt, readAt, endedAt time.Time

	category, market string
	rateCard         uuid.UUID
	hold             money.Amount
	holdTx           uuid.UUID
	holdOpen         bool
	price            price
	posted           price
	seq              int16
	pricingType      string
	pricingCategory  string

	onlyAccepted bool // a merge took it from its claim to accepted and changed nothing else
}

// price is what Meta takes and what we add, in ten-thousandths.
type price struct{ base, markup money.Amount }

// merge applies a report to a row and says whether anything changed. It is the
// only place where the state of a sent message moves.
func merge(r *row, rep Report) bool {
	if rep.HandBack != nil {
		return handBack(r, rep.HandBack)
	}
	if neverSent[r.state] || rep.State == "" {
		return false
	}
	changed := mergeFacts(r, rep)
	to := higher(r.state, rep.State)
	if to == r.state || !concerns(r, rep) {
		return changed
	}
	r.state = to
	enter(r, rep)
	return true
}

// concerns says whether a lapse of time still speaks of the row as it stands. Doubt
// belongs to one claim, unknown follows doubt alone, and only what Meta took expires.
func concerns(r *row, rep Report) bool {
	switch rep.State {
	case InDoubt:
		return r.state == Sending && r.claim == rep.Claim
	case Unknown:
		return r.state == InDoubt
	case Expired:
		return r.state == Accepted || r.state == Sent
	}
	return true
}

// handBack is the only step down: the claimant's own, with proof that nothing left. A
// claim that lapsed meanwhile is in doubt, and the proof settles it.
func handBack(r *row, h *HandBack) bool {
	if r.state != Sending && r.state != InDoubt || r.claim != h.Claim {
		return false
	}
	r.state, r.claim, r.deadline, r.dueAt = Queued, uuid.UUID{}, time.Time{}, h.DueAt
	r.reason = ""
	if h.Retry {
		r.retries++
	}
	return true
}

// mergeFacts keeps what a report tells apart from the state: Meta's id, the
// pricing (a charge wins over free, whatever came first) and first times.
func mergeFacts(r *row, rep Report) bool {
	changed := false
	if r.wamid == "" && rep.WAMID != "" {
		r.wamid, changed = rep.WAMID, true
	}
	if pricingAfter(r.pricingType, r.pricingCategory, rep.PricingType, rep.PricingCategory) {
		r.pricingType, r.pricingCategory, changed = rep.PricingType, rep.PricingCategory, true
	}
	changed = firstTime(r, rep) || changed
	return imply(r, rep) || changed
}

// pricingRank orders pricing types so that merging is independent of order.
var pricingRank = map[string]int{"": 0, "free_entry_point": 1, "free_customer_service": 2, "regular": 4}

func pricingAfter(oldType, oldCategory, newType, newCategory string) bool {
	was, is := rankPricing(oldType), rankPricing(newType)
	return is > was || is == was && newType != "" && (newType > oldType || newType == oldType && newCategory > oldCategory)
}

func rankPricing(t string) int {
	if n, known := pricingRank[t]; known {
		return n
	}
	return 3
}

// firstTime keeps when each step was first reported; a later word does not change it,
// so that what was counted by day stays where it was counted.
func firstTime(r *row, rep Report) bool {
	at := timeOf(r, rep.State)
	if at == nil || rep.At.IsZero() || !at.IsZero() {
		return false
	}
	*at = rep.At
	return true
}

func timeOf(r *row, s State) *time.Time {
	switch s {
	case Accepted:
		return &r.acceptedAt
	case Sent:
		return &r.sentAt
	case Delivered:
		return &r.deliveredAt
	case Read:
		return &r.readAt
	}
	return nil
}

// enter sets what belongs to the state just entered and clears what belonged to the last.
func enter(r *row, rep Report) {
	r.dueAt, r.deadline, r.endedAt = time.Time{}, time.Time{}, time.Time{}
	r.reason, r.errorCode, r.errDetail = rep.Reason, rep.ErrorCode, rep.ErrorDetail
	if r.state == InDoubt {
		r.deadline = rep.Until
		r.errorCode, r.errDetail = 0, "" // how it ends is not known yet
		return
	}
	r.claim = uuid.UUID{}
	if r.state == Unknown || r.state == Expired || r.state == Failed {
		r.endedAt = rep.At
	}
}

// imply fills in the steps that a report proves although nobody reported them, whether
// or not it moves the state: which steps a message took must not depend on the order.
func imply(r *row, rep Report) bool {
	if rep.State == Failed || rep.State == Expired {
		return false // these may come at any step
	}
	changed := false
	for _, step := range [...]State{Accepted, Sent, Delivered} {
		if at := timeOf(r, step); rank[rep.State] > rank[step] && at.IsZero() {
			*at, changed = rep.At, true
		}
	}
	return changed
}

// standing is the row as billing sees it.
func (r *row) standing() billing.Standing {
	return billing.Standing{
		MessageID: r.id, CampaignID: r.campaignID, State: string(r.state),
		Category: r.category, Market: r.market, RateCard: r.rateCard,
		PricingType: r.pricingType, PricingCategory: r.pricingCategory,
		HoldOpen: r.holdOpen, HoldTransaction: r.holdTx, Hold: r.hold,
		Base: r.price.base, Markup: r.price.markup,
		PostedBase: r.posted.base, PostedMarkup: r.posted.markup, Seq: int(r.seq),
	}
}
