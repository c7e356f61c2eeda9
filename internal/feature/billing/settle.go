package billing

import (
	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/money"
)

// Standing is what the ledger needs to know of one message: where it is, what it was held at
// and what was posted so far.
type Standing struct {
	MessageID  uuid.UUID
	CampaignID uuid.UUID // zero: none
	State      string    // merged, as feature/message names it
	Category   string    // that it was priced as when held
	Market     string
	RateCard   uuid.UUID

	PricingType     string // merged from the status webhooks: "", regular, free_…
	PricingCategory string

	HoldOpen        bool
	HoldTransaction uuid.UUID // of the latest hold, open or not
	Hold            money.Amount

	Base, Markup             money.Amount // the price at the hold; they sum to Hold
	PostedBase, PostedMarkup money.Amount // charged and adjusted so far
	Seq                      int          // number of the last posting, 0: none
}

// Settlement is what one message posts: it may close its hold, by a charge or a release, and
// may adjust. The zero parts are not posted.
type Settlement struct {
	Standing Standing // before it

	Close        bool         // the hold ends here, for its exact amount
	Charged      bool         // it ends as a charge of the price at the hold; otherwise it is released
	Adjust       bool         // what is owed differs from what is posted without this
	AdjustBase   money.Amount // signed; against available
	AdjustMarkup money.Amount

	// What the message's row must hold once this is posted.
	HoldOpen                 bool
	PostedBase, PostedMarkup money.Amount
	Seq                      int
}

// Holds says whether a message in this state keeps its hold open: it may still be charged.
func Holds(state string) bool {
	switch state {
	case "sending", "in_doubt", "accepted", "sent":
		return true
	}
	return false
}

// Owed is what a message in this state, priced so, owes: p once it reached the phone and is not
// free, otherwise nothing. Pricing not yet reported counts as charged; a type that Meta may
// invent later does not (reference/whatsapp-cloud-api.md section 9.1, "Webhook → cost").
func Owed(state, pricingType string, p Price) Price {
	reached := state == "delivered" || state == "read"
	charged := pricingType == "" || pricingType == "regular"
	if reached && charged {
		return p
	}
	return Price{Currency: p.Currency, RateCard: p.RateCard}
}

// Settle returns what is to be posted so that the message has posted exactly what it owes, and
// false when nothing is.
func Settle(s Standing, owed Price) (Settlement, bool) {
	st := Settlement{
		Standing: s, HoldOpen: s.HoldOpen,
		PostedBase: s.PostedBase, PostedMarkup: s.PostedMarkup, Seq: s.Seq,
	}
	if s.HoldOpen && !Holds(s.State) {
		st.close(owed)
	}
	st.adjust(owed)
	return st, st.Close || st.Adjust
}

// close ends the hold. What a message still owes after nothing was posted is first charged at
// the held price, so that a hold is never split; a different price is adjusted afterwards.
func (st *Settlement) close(owed Price) {
	st.Close, st.HoldOpen = true, false
	st.Seq++
	st.Charged = owed.Total() != 0 && st.PostedBase == 0 && st.PostedMarkup == 0
	if st.Charged {
		st.PostedBase, st.PostedMarkup = st.Standing.Base, st.Standing.Markup
	}
}

func (st *Settlement) adjust(owed Price) {
	st.AdjustBase, st.AdjustMarkup = owed.Base-st.PostedBase, owed.Markup-st.PostedMarkup
	if st.AdjustBase == 0 && st.AdjustMarkup == 0 {
		return
	}
	st.Adjust = true
	st.Seq++
	st.PostedBase, st.PostedMarkup = owed.Base, owed.Markup
}

// Charge is the change of what the message has been charged: base and markup apart.
func (st Settlement) Charge() (base, markup money.Amount) {
	return st.PostedBase - st.Standing.PostedBase, st.PostedMarkup - st.Standing.PostedMarkup
}

// Committed is the change of what is held or charged for the message.
func (st Settlement) Committed() money.Amount {
	base, markup := st.Charge()
	if st.Close {
		return base + markup - st.Standing.Hold
	}
	return base + markup
}
