package message

import (
	"context"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Route is the way that a campaign's marketing messages go.
type Route string

// The routes.
const (
	RouteUsual    Route = "usual"    // as every message
	RouteFallback Route = "fallback" // Meta's Marketing Messages API; what it cannot take goes as every message
	RouteStrict   Route = "strict"   // that API alone
)

// policy is what Meta is told of a route; none of the usual one.
func (r Route) policy() whatsapp.Policy {
	switch r {
	case RouteFallback:
		return whatsapp.PolicyFallback
	case RouteStrict:
		return whatsapp.PolicyStrict
	}
	return ""
}

// post writes an item's request, once, the way it goes. What is no marketing, as a template that
// Meta moved to another category, always goes as every message.
func (r *laneRun) post(ctx context.Context, it item) whatsapp.Outcome {
	if policy := it.route.policy(); policy != "" && it.category == CategoryMarketing {
		return r.s.WhatsApp.SendMarketing(ctx, r.sender.Token, r.sender.PhoneNumberID, policy, it.request)
	}
	return r.s.WhatsApp.Send(ctx, r.sender.Token, r.sender.PhoneNumberID, it.request)
}
