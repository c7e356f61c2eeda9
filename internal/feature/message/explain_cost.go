package message

import (
	"strings"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// Cost is what a message cost and why.
type Cost struct {
	Currency money.Currency `json:"currency"`
	Outcome  string         `json:"outcome" enum:"nothing,held,charged,free,released"`
	Words    string         `json:"words"`

	Base          money.Amount `json:"base" doc:"The price at the claim: WhatsApp's, in ten-thousandths"`
	Markup        money.Amount `json:"markup" doc:"The price at the claim: the platform's"`
	Held          money.Amount `json:"held" doc:"Set aside now"`
	ChargedBase   money.Amount `json:"chargedBase"`
	ChargedMarkup money.Amount `json:"chargedMarkup"`

	Reason   *billing.PriceReason `json:"reason,omitempty" doc:"Where the price at the claim comes from"`
	Reported string               `json:"reported,omitempty" doc:"What WhatsApp reported of the pricing, in words"`
	Repriced *billing.PriceReason `json:"repriced,omitempty" doc:"Where the price comes from of the category that WhatsApp reported, where it is another"`
}

func (st *story) cost() *Cost {
	c := &Cost{Currency: st.rates.Currency(), Base: st.Base, Markup: st.Markup, ChargedBase: st.PostedBase, ChargedMarkup: st.PostedMarkup,
		Reported: st.reported()}
	if st.HoldOpen {
		c.Held = st.Hold
	}
	c.Outcome = st.outcome()
	c.Words = costWords[c.Outcome]
	if st.RateCard == nil || st.HoldTx == nil {
		return c
	}
	if reason, known := st.rates.Reason(*st.RateCard, *st.HoldTx, st.Market, st.Category); known {
		c.Reason = &reason
	}
	if other := billing.Category(st.PricingCat); other != "" && other != billing.Category(st.Category) {
		if reason, known := st.rates.Reason(*st.RateCard, *st.HoldTx, st.Market, st.PricingCat); known {
			c.Repriced = &reason
		}
	}
	return c
}

func (st *story) outcome() string {
	switch {
	case st.HoldOpen:
		return "held"
	case st.PostedBase+st.PostedMarkup != 0:
		return "charged"
	case st.State.arrived() && st.HoldTx != nil:
		return "free"
	case st.HoldTx != nil:
		return "released"
	}
	return "nothing"
}

var costWords = map[string]string{
	"held":     "Set aside in the wallet. It is charged when WhatsApp reports that the message reached the phone, and given back if it does not.",
	"charged":  "It reached the phone, so it is charged.",
	"free":     "It reached the phone, and WhatsApp does not charge for it, so neither do we.",
	"released": "It did not reach the phone, so what was set aside went back to the wallet.",
	"nothing":  "It was never taken to be sent, so no money was set aside.",
}

// pricingTypes are WhatsApp's words for why it charges.
var pricingTypes = map[string]string{
	"regular":               "WhatsApp reported it as charged",
	"free_customer_service": "WhatsApp reported it as free: an answer within the service window",
	"free_entry_point":      "WhatsApp reported it as free: the person came by an advertisement or a button",
}

// reported is what WhatsApp said of the pricing.
func (st *story) reported() string {
	if st.PricingType == "" {
		return ""
	}
	words, known := pricingTypes[st.PricingType]
	if !known {
		words = "WhatsApp reported it as " + st.PricingType
	}
	if st.PricingCat == "" {
		return words + "."
	}
	return words + ", in the category " + lower(st.PricingCat) + "."
}

// lower writes one of Meta's constants as a word.
func lower(s string) string { return strings.ReplaceAll(strings.ToLower(s), "_", " ") }
