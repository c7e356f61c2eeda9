package message

import (
	"bytes"
	"context"
	"maps"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// part is what concerns one tenant.
type part struct {
	statuses []deliveredStatus
	inbound  []deliveredMessage
	events   []deliveredEvent
	channels map[string]uuid.UUID // phone number id → channel
}

// eachDelivery names the deliveries that the part came with.
func (p *part) eachDelivery(fn func(id uuid.UUID)) {
	for _, s := range p.statuses {
		fn(s.delivery)
	}
	for _, m := range p.inbound {
		fn(m.delivery)
	}
	for _, e := range p.events {
		fn(e.delivery)
	}
}

// oldest is the delivery of the part that has waited longest.
func (p *part) oldest() (oldest uuid.UUID) {
	p.eachDelivery(func(id uuid.UUID) {
		if oldest == uuid.Nil || bytes.Compare(id[:], oldest[:]) < 0 {
			oldest = id
		}
	})
	return oldest
}

// add takes in what came later for the same tenant, but for some deliveries.
func (p *part) add(q *part, but map[uuid.UUID]bool) {
	maps.Copy(p.channels, q.channels)
	for _, s := range q.statuses {
		if !but[s.delivery] {
			p.statuses = append(p.statuses, s)
		}
	}
	for _, m := range q.inbound {
		if !but[m.delivery] {
			p.inbound = append(p.inbound, m)
		}
	}
	for _, e := range q.events {
		if !but[e.delivery] {
			p.events = append(p.events, e)
		}
	}
}

// findOwners looks up whose the numbers and accounts of the batch are.
func (g *groups) findOwners(ctx context.Context, tx pgx.Tx, channels *channel.Service) error {
	numbers, accounts := make(map[string]bool), make(map[string]bool)
	for _, s := range g.statuses {
		numbers[s.PhoneNumberID] = true
	}
	for _, m := range g.inbound {
		numbers[m.PhoneNumberID] = true
	}
	for _, e := range g.events {
		numbers[e.origin.PhoneNumberID], accounts[e.origin.WABAID] = true, true
	}
	var err error
	if g.numbers, err = channels.Owners(ctx, tx, keys(numbers)); err != nil || len(accounts) == 0 {
		return err
	}
	g.accounts, err = channels.WABAOwners(ctx, tx, keys(accounts))
	return err
}

// byTenant deals the items out. What names a number or account nobody has connected
// is set aside, where the operator sees it.
func (g *groups) byTenant() map[uuid.UUID]*part {
	parts := make(map[uuid.UUID]*part)
	for _, s := range g.statuses {
		if p := g.ownerOf(parts, s.delivery, "status", s.Origin, s.StatusEvent); p != nil {
			p.statuses = append(p.statuses, s)
		}
	}
	for _, m := range g.inbound {
		if p := g.ownerOf(parts, m.kept(), "message", m.Origin, m.InboundMessage); p != nil {
			p.inbound = append(p.inbound, m)
		}
	}
	for _, e := range g.events {
		g.dealEvent(parts, e)
	}
	return parts
}

func (g *groups) ownerOf(parts map[uuid.UUID]*part, delivery uuid.UUID, kind string, o whatsapp.Origin, item any) *part {
	owner, known := g.numbers[o.PhoneNumberID]
	if !known {
		g.setAside(delivery, kind, "No workspace has connected the number with this id.", o, item, false)
		return nil
	}
	p := partOf(parts, owner.TenantID)
	p.channels[o.PhoneNumberID] = owner.ChannelID
	return p
}

// dealEvent gives an event to the owner of its number, or to every tenant that
// shares its account.
func (g *groups) dealEvent(parts map[uuid.UUID]*part, e deliveredEvent) {
	tenants := g.accounts[e.origin.WABAID]
	if owner, known := g.numbers[e.origin.PhoneNumberID]; known {
		tenants = []uuid.UUID{owner.TenantID}
	}
	if len(tenants) == 0 {
		g.setAside(e.delivery, e.kind, "No workspace has connected this WhatsApp account.", e.origin, e.event, false)
	}
	for _, tenant := range tenants {
		p := partOf(parts, tenant)
		p.events = append(p.events, e)
	}
}

func partOf(parts map[uuid.UUID]*part, tenant uuid.UUID) *part {
	if parts[tenant] == nil {
		parts[tenant] = &part{channels: make(map[string]uuid.UUID)}
	}
	return parts[tenant]
}

func keys(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for k := range set {
		if k != "" {
			list = append(list, k)
		}
	}
	return list
}
