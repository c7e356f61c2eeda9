package whatsappsim

import "sync/atomic"

// counters are the simulator's own books.
type counters struct {
	requests, accepted, throttled, errors, dropped, hung atomic.Int64
	items, statusesDropped                               atomic.Int64
	webhooksPosted, webhooksAcked, webhooksFailed        atomic.Int64
	webhooksRetried, webhooksGivenUp                     atomic.Int64
}

// Stats is a snapshot of what happened since the start or the last reset.
type Stats struct {
	// Requests are sends that arrived; Accepted those recorded, whatever was answered.
	Requests int64 `json:"requests"`
	Accepted int64 `json:"accepted"`
	// Throttled are answers 130429, 131056 and 80007; Errors all other refusals.
	Throttled int64 `json:"throttled"`
	Errors    int64 `json:"errors"`
	// Dropped are connections broken on purpose, Hung those never answered.
	Dropped int64 `json:"dropped"`
	Hung    int64 `json:"hung"`
	// WebhookItems are statuses and events put into webhooks; StatusesDropped never were.
	WebhookItems    int64 `json:"webhook_items"`
	StatusesDropped int64 `json:"statuses_dropped"`
	// WebhooksPosted counts POSTs, Acked those answered 200, Failed the others.
	WebhooksPosted  int64 `json:"webhooks_posted"`
	WebhooksAcked   int64 `json:"webhooks_acked"`
	WebhooksFailed  int64 `json:"webhooks_failed"`
	WebhooksRetried int64 `json:"webhooks_retried"`
	WebhooksGivenUp int64 `json:"webhooks_given_up"`
	// WebhooksPending are statuses not due yet or not yet posted, and refused bodies that
	// wait for another try.
	WebhooksPending int64 `json:"webhooks_pending"`
}

// Stats gives the current counters.
func (s *Sim) Stats() Stats {
	c := &s.stats
	return Stats{
		Requests: c.requests.Load(), Accepted: c.accepted.Load(), Throttled: c.throttled.Load(), Errors: c.errors.Load(),
		Dropped: c.dropped.Load(), Hung: c.hung.Load(), WebhookItems: c.items.Load(), StatusesDropped: c.statusesDropped.Load(),
		WebhooksPosted: c.webhooksPosted.Load(), WebhooksAcked: c.webhooksAcked.Load(), WebhooksFailed: c.webhooksFailed.Load(),
		WebhooksRetried: c.webhooksRetried.Load(), WebhooksGivenUp: c.webhooksGivenUp.Load(),
		WebhooksPending: int64(s.timeline.waiting()) + s.outbox.undone.Load(),
	}
}

func (c *counters) refused(code int) {
	switch code {
	case 130429, 131056, 80007:
		c.throttled.Add(1)
	default:
		c.errors.Add(1)
	}
}

func (c *counters) reset() {
	for _, counter := range []*atomic.Int64{
		&c.requests, &c.accepted, &c.throttled, &c.errors, &c.dropped, &c.hung, &c.items, &c.statusesDropped,
		&c.webhooksPosted, &c.webhooksAcked, &c.webhooksFailed, &c.webhooksRetried, &c.webhooksGivenUp,
	} {
		counter.Store(0)
	}
}
