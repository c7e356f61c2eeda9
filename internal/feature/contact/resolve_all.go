package contact

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/platform/db"
)

// Resolved is the contact behind an identity.
type Resolved struct {
	Contact  Contact
	Stranger bool // made, or brought back, by it
}

// ResolveAll is Resolve for many events at once, in their order; the same person may be behind several.
// Whoever is known and tells nothing new costs no statement of their own, nor do strangers. Contacts are
// locked in the order of their ids.
func ResolveAll(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Identity) ([]Resolved, error) {
	people, order := distinctPeople(list)
	for _, who := range order {
		if !who.usable() {
			return nil, fmt.Errorf("resolve contact: no usable identity")
		}
	}
	if err := findKnown(ctx, tx, tenant, order); err != nil {
		return nil, fmt.Errorf("resolve contacts: %w", err)
	}
	for _, who := range order {
		if who.found || who.new {
			continue
		}
		if err := who.resolve(ctx, tx, tenant); err != nil {
			return nil, err
		}
	}
	if err := addStrangers(ctx, tx, tenant, order); err != nil {
		return nil, err
	}
	out := make([]Resolved, len(list))
	for i, who := range list {
		p := people[keyOf(who)]
		out[i] = Resolved{Contact: p.contact, Stranger: p.stranger}
		p.stranger = false // only their first message is a stranger's
	}
	return out, nil
}

// personKey tells identities apart.
type personKey struct{ waID, bsuid string }

func keyOf(who Identity) personKey { return personKey{who.WAID, who.BSUID} }

// writer is one identity of a batch on its way to a contact.
type writer struct {
	Identity
	phone    string
	contact  Contact
	found    bool // known, with nothing to add
	new      bool // nobody has an address of theirs
	stranger bool
}

func (p *writer) usable() bool { return p.Identity.usable() }

// distinctPeople are the identities of a batch once each; the first name that is told counts.
func distinctPeople(list []Identity) (map[personKey]*writer, []*writer) {
	people := make(map[personKey]*writer, len(list))
	var order []*writer
	for _, who := range list {
		p := people[keyOf(who)]
		if p == nil {
			p = &writer{Identity: who}
			if who.WAID != "" {
				p.phone = phoneOfWA(who.WAID)
			}
			people[keyOf(who)], order = p, append(order, p)
		}
		if p.Name == "" {
			p.Name = who.Name
		}
	}
	return people, order
}

// Every contact, living or deleted, that has one of the addresses. Three indexes serve it.
const sqlByAddresses = `select ` + columns + `, c.merged_into from contacts c
where c.tenant_id = $1 and (c.phone = any($2) or c.bsuid = any($3) or (c.wa_differs and c.wa_id = any($4)))
order by c.id for update`

// findKnown locks the contacts that have an address of somebody's, and marks who is plainly one of them
// and who is nobody yet.
func findKnown(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []*writer) error {
	phones, bsuids, waIDs := []string{}, []string{}, []string{}
	for _, p := range list {
		if p.phone != "" {
			phones, waIDs = append(phones, p.phone), append(waIDs, p.WAID)
		}
		if p.BSUID != "" {
			bsuids = append(bsuids, p.BSUID)
		}
	}
	rows, err := tx.Query(ctx, sqlByAddresses, tenant, phones, bsuids, waIDs)
	if err != nil {
		return err
	}
	found, err := pgx.CollectRows(rows, scanMerged)
	if err != nil {
		return err
	}
	byAddress := make(map[string][]Contact, 2*len(found))
	for _, c := range found {
		for _, address := range c.addresses() {
			byAddress[address] = append(byAddress[address], c)
		}
	}
	for _, p := range list {
		p.settle(byAddress)
	}
	return nil
}

// addresses are those that an event of WhatsApp may name, each once.
func (c *Contact) addresses() (list []string) {
	list = addressesOf(*c)
	if c.WAID != "" && phoneOfWA(c.WAID) != c.Phone {
		list = append(list, phoneOfWA(c.WAID))
	}
	return list
}

// known are the addresses that an event tells.
func (p *writer) known() []string { return addressesOf(Contact{Phone: p.phone, BSUID: p.BSUID}) }

func (p *writer) settle(byAddress map[string][]Contact) {
	var found []Contact
	for _, address := range p.known() {
		found = append(found, byAddress[address]...)
	}
	byUser, byPhone := match(found, p.phone, p.Identity)
	one := cmp.Or(byUser, byPhone)
	switch {
	case one == nil:
		p.new = true
	case byUser != nil && byPhone != nil && byUser.ID != byPhone.ID:
	case one.merged == uuid.Nil && !one.learns(p):
		p.found, p.contact = true, *one
	}
}

// learns says whether an event adds something to a contact.
func (c *Contact) learns(p *writer) bool {
	return c.deleted || c.Unreachable != nil ||
		c.Phone == "" && p.phone != "" || p.WAID != "" && c.Phone == p.phone && c.WAID != p.WAID ||
		c.BSUID == "" && p.BSUID != "" || c.Name == "" && cleanName(p.Name) != ""
}

func (p *writer) resolve(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
	p.contact, p.stranger, err = Resolve(ctx, tx, tenant, p.Identity)
	return err
}

// Who came with both addresses first, so that those who came with one of them are found to be the same;
// then in the order of the addresses: two batches with the same strangers wait for each other in one direction.
const sqlInsertStrangers = `
insert into contacts (tenant_id, id, phone, wa_id, wa_differs, bsuid, name, name_key, market, opt_in, created_at, updated_at)
select $1, u.id, nullif(u.phone, ''), nullif(u.wa_id, ''), u.differs, nullif(u.bsuid, ''), u.name, u.name_key, u.market, 'unknown', u.at, u.at
from unnest($2::uuid[], $3::text[], $4::text[], $5::boolean[], $6::text[], $7::text[], $8::text[], $9::text[], $10::timestamptz[])
    as u(id, phone, wa_id, differs, bsuid, name, name_key, market, at)
on conflict do nothing returning id`

// addStrangers makes contacts of those who are nobody yet. Who is made by somebody else meanwhile, or
// came under two identities, is looked at again.
func addStrangers(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []*writer) error {
	var cols strangerColumns
	byID := make(map[uuid.UUID]*writer)
	list = slices.SortedFunc(slices.Values(list), func(a, b *writer) int {
		return cmp.Or(cmp.Compare(len(b.known()), len(a.known())), cmp.Compare(a.phone, b.phone), cmp.Compare(a.BSUID, b.BSUID))
	})
	for _, p := range list {
		if p.new {
			p.contact = strangerOf(p.phone, p.Identity)
			byID[p.contact.ID] = p
			cols.add(p.contact)
		}
	}
	if len(byID) == 0 {
		return nil
	}
	rows, err := tx.Query(ctx, sqlInsertStrangers, tenant, cols.ids, cols.phones, cols.waIDs, cols.differs, cols.bsuids, cols.names, cols.keys, cols.markets, cols.at)
	if err != nil {
		return fmt.Errorf("add strangers: %w", err)
	}
	made, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return fmt.Errorf("add strangers: %w", err)
	}
	for _, id := range made {
		byID[id].stranger, byID[id].found = true, true
	}
	if err := (tally{everyone(): int64(len(made))}).write(ctx, tx, tenant); err != nil {
		return err
	}
	for _, p := range list {
		if p.new && !p.found {
			if err := p.resolve(ctx, tx, tenant); err != nil {
				return err
			}
		}
	}
	return nil
}

// strangerColumns are the columns of sqlInsertStrangers.
type strangerColumns struct {
	ids                                         []uuid.UUID
	phones, waIDs, bsuids, names, keys, markets []string
	differs                                     []bool
	at                                          []time.Time
}

func (s *strangerColumns) add(c Contact) {
	s.ids, s.phones, s.waIDs, s.bsuids = append(s.ids, c.ID), append(s.phones, c.Phone), append(s.waIDs, c.WAID), append(s.bsuids, c.BSUID)
	s.names, s.keys, s.markets = append(s.names, c.Name), append(s.keys, nameKey(c.Name)), append(s.markets, c.Market)
	s.differs, s.at = append(s.differs, differs(c)), append(s.at, c.CreatedAt)
}

// marketOf is where a phone belongs; empty without one.
func marketOf(phone string) string {
	if phone == "" {
		return ""
	}
	return billing.Market(phone)
}

const sqlOpenWindows = `
update contacts c set window_open_until = u.until from unnest($2::uuid[], $3::timestamptz[]) as u(id, until)
where c.tenant_id = $1 and c.id = u.id and (c.window_open_until is null or c.window_open_until < u.until)`

// OpenWindows lets anything be written to people until a time each; it never shortens a window. They are
// open once the transaction has committed.
func OpenWindows(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, until map[uuid.UUID]time.Time) error {
	ids, times := make([]uuid.UUID, 0, len(until)), make([]time.Time, 0, len(until))
	for id, t := range until {
		ids, times = append(ids, id), append(times, t)
	}
	return db.AtCommit(ctx, tx, sqlOpenWindows, tenant, ids, times)
}
