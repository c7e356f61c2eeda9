package message

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// groups is a batch of deliveries taken apart: items by their kind, to be dealt
// out to the tenants that own the numbers and accounts they name.
type groups struct {
	now      time.Time
	statuses []deliveredStatus
	inbound  []deliveredMessage
	events   []deliveredEvent

	mu    sync.Mutex // tenants' parts are applied side by side
	aside []SetAside

	numbers  map[string]channel.Owner
	accounts map[string][]uuid.UUID
}

type deliveredStatus struct {
	whatsapp.StatusEvent
	delivery uuid.UUID
	message  uuid.UUID // ours, once matched
	reason   string    // why it is set aside
}

type deliveredMessage struct {
	whatsapp.InboundMessage
	delivery uuid.UUID
	aside    uuid.UUID // the set-aside it is tried again for
}

// kept is what keeps it, should it not be applied.
func (m deliveredMessage) kept() uuid.UUID {
	if m.aside != (uuid.UUID{}) {
		return m.aside
	}
	return m.delivery
}

// deliveredEvent is news of a template, a number, an account, a preference or a payment.
type deliveredEvent struct {
	delivery uuid.UUID
	kind     string
	origin   whatsapp.Origin
	event    any
}

func newGroups(now time.Time) *groups { return &groups{now: now} }

// add takes a delivery apart. A body that is no webhook and an item that is
// malformed are set aside; their neighbours go on.
func (g *groups) add(d delivery) {
	hook, err := whatsapp.ParseWebhook(d.Body)
	if err != nil {
		g.setAside(d.ID, "malformed", "The body is not a webhook: "+err.Error(), whatsapp.Origin{}, string(d.Body), false)
		return
	}
	for _, e := range hook.Statuses {
		g.statuses = append(g.statuses, deliveredStatus{StatusEvent: e, delivery: d.ID})
	}
	for _, m := range hook.Messages {
		g.inbound = append(g.inbound, deliveredMessage{InboundMessage: m, delivery: d.ID})
	}
	for _, bad := range hook.Bad {
		g.setAside(d.ID, "malformed", bad.Reason, bad.Origin, bad.Raw, false)
	}
	g.addEvents(d.ID, hook)
}

func (g *groups) addEvents(id uuid.UUID, hook *whatsapp.Webhook) {
	for _, e := range hook.TemplateStatuses {
		g.event(id, "template", e.Origin, e)
	}
	for _, e := range hook.TemplateQualities {
		g.event(id, "template", e.Origin, e)
	}
	for _, e := range hook.TemplateTexts {
		g.event(id, "template", e.Origin, e)
	}
	for _, e := range hook.TemplateMoves {
		g.event(id, "template", e.Origin, e)
	}
	for _, e := range hook.PhoneQualities {
		g.event(id, "number", e.Origin, e)
	}
	for _, e := range hook.PhoneNames {
		g.event(id, "number", e.Origin, e)
	}
	for _, e := range hook.Capabilities {
		g.event(id, "number", e.Origin, e)
	}
	for _, e := range hook.Accounts {
		e.WABAID = channel.AccountOf(e)
		g.event(id, "account", e.Origin, e)
	}
	for _, e := range hook.UserIDs {
		g.event(id, "contact", e.Origin, e)
	}
	for _, e := range hook.Preferences {
		g.event(id, "preference", e.Origin, e)
	}
	for _, e := range hook.Payments {
		g.event(id, "payment", e.Origin, e)
	}
}

func (g *groups) event(id uuid.UUID, kind string, o whatsapp.Origin, e any) {
	g.events = append(g.events, deliveredEvent{id, kind, o, e})
}

func (g *groups) setAside(delivery uuid.UUID, kind, reason string, o whatsapp.Origin, item any, retry bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.aside = append(g.aside, newSetAside(delivery, kind, reason, o, item, g.now, retry))
}

// takeAsides sets aside what another batch did, but for some deliveries.
func (g *groups) takeAsides(from *groups, but map[uuid.UUID]bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, a := range from.aside {
		if !but[a.DeliveryID] {
			g.aside = append(g.aside, a)
		}
	}
}

// poison sets an item aside that cannot be applied, unless the database is what
// failed: then the whole batch is tried again.
func (g *groups) poison(ctx context.Context, delivery uuid.UUID, kind string, cause error, o whatsapp.Origin, item any) error {
	if transient(cause) || ctx.Err() != nil {
		return cause
	}
	g.setAside(delivery, kind, cause.Error(), o, item, false)
	return nil
}
