package whatsappsim

import (
	"slices"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// marketingEdge is the Marketing Messages API's.
const marketingEdge = "marketing_messages"

// MarketingSeed is how an account stands with the Marketing Messages API, and which templates have
// their own ways there, by name.
type MarketingSeed struct {
	// Status is ONBOARDED once the account agreed to the terms.
	Status string `json:"status"`
	// Only: marketing templates are refused at /messages.
	Only bool `json:"only"`
	// MaxPrice are templates with a price limit, which only that API takes.
	MaxPrice []string `json:"max_price"`
	// Syncing are new templates that it does not know yet.
	Syncing []string `json:"syncing"`
	// Unavailable are templates that it does not take.
	Unavailable []string `json:"unavailable"`
}

var (
	errMarketingKind     = fail(400, 131055, "Method not allowed", "Only marketing templates may be sent with the Marketing Messages API.")
	errMarketingCategory = fail(400, 134100, "Only marketing messages are supported", "The template is not of category MARKETING.")
	errMarketingSyncing  = fail(400, 134101, "Template is still syncing", "The template was created or changed less than ten minutes ago.")
	errMarketingNone     = fail(500, 134102, "Template is unavailable", "The template is not available for the Marketing Messages API.")
	errMaxPrice          = fail(400, 131061, "Template needs the Marketing Messages API", "A template with a maximum price can only be sent with the Marketing Messages API.")
	errMarketingOnly     = fail(400, 131063, "Marketing is disabled", "The account sends marketing templates with the Marketing Messages API only.")
	errPolicy            = param("Param product_policy must be one of {CLOUD_API_FALLBACK, STRICT}")
)

// route judges a template by the way it was sent. What that API cannot take goes as every message,
// unless the caller wants it strictly.
func (req *sendRequest) route(account *waba, name jsonscan.Value) *metaError {
	of := account.marketing.Load()
	if !req.marketing {
		switch {
		case req.category != categoryMarketing:
			return nil
		case of.Only:
			return errMarketingOnly
		case lists(of.MaxPrice, name):
			return errMaxPrice
		}
		return nil
	}
	policy := string(req.policy.Bytes())
	switch {
	case policy != "" && policy != "CLOUD_API_FALLBACK" && policy != "STRICT":
		return errPolicy
	case req.category != categoryMarketing:
		return errMarketingCategory
	}
	refused := of.refusal(name)
	if refused == nil {
		req.category = categoryMarketingLite
		return nil
	}
	if policy == "STRICT" {
		return refused
	}
	return nil
}

// refusal is why the API cannot take a template of the account; nil when it can.
func (m MarketingSeed) refusal(name jsonscan.Value) *metaError {
	switch {
	case lists(m.Syncing, name):
		return errMarketingSyncing
	case m.Status != "ONBOARDED", lists(m.Unavailable, name):
		return errMarketingNone
	}
	return nil
}

// lists says whether a template is in a list; most accounts have none.
func lists(names []string, name jsonscan.Value) bool {
	return len(names) > 0 && slices.Contains(names, name.Text())
}
