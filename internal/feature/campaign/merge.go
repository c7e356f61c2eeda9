package campaign

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// twin is a recipient that is one of two contacts about to be one.
type twin struct {
	Campaign, Contact, Message uuid.UUID
	State                      string
	Variant                    int16
}

const (
	sqlUnfrozen = `
select c.name from campaigns c join campaign_counters k on k.tenant_id = $1 and k.campaign_id = c.id
where c.tenant_id = $1 and c.status in ('running', 'paused') and not k.frozen order by c.id limit 1`
	sqlTwins = `
select c.id, r.contact_id, r.message_id, r.state, r.variant
from campaigns c join campaign_recipients r on r.tenant_id = $1 and r.campaign_id = c.id and r.contact_id = any($2)
where c.tenant_id = $1 and c.status in ('running', 'paused') order by c.id, r.contact_id`
	sqlTwinsLocked = sqlTwins + ` for update of r`
	// Alone: no feed, claim or pause of them goes on meanwhile.
	sqlLockCampaigns = `select id from campaigns where tenant_id = $1 and id = any($2) order by id for update`
)

// Merging makes one recipient of two contacts in every campaign that is not over, so that the
// person gets one message. What is not yet claimed follows the contact that stays; where both are
// recipients, the one not yet claimed ends as a duplicate. Locks: messages by id, campaigns, their
// recipients. It is contact.Hooks.Merging, and the merge holds back every freeze meanwhile.
func (s *Service) Merging(ctx context.Context, tx pgx.Tx, tenant, stays, goes uuid.UUID) error {
	var name string
	switch err := tx.QueryRow(ctx, sqlUnfrozen, tenant).Scan(&name); {
	case err == nil:
		return fault.Conflict("The campaign “" + name + "” is collecting its recipients at this moment. Merge in a minute.").WithCode("campaign_freezing")
	case !errors.Is(err, pgx.ErrNoRows):
		return err
	}
	m := &merging{s: s, tx: tx, tenant: tenant, stays: stays, goes: goes}
	if err := m.lock(ctx); err != nil {
		return fmt.Errorf("lock recipients to merge: %w", err)
	}
	return m.settle(ctx)
}

type merging struct {
	s           *Service
	tx          pgx.Tx
	tenant      uuid.UUID
	stays, goes uuid.UUID
	queued      map[uuid.UUID]bool // messages locked that nobody has claimed
	loose       []uuid.UUID        // those among them that belong to no campaign
	twins       []twin
}

// lock takes messages before campaigns, as everywhere. A recipient that was fed in between has a
// message that is not locked: the whole merge is tried again.
func (m *merging) lock(ctx context.Context) error {
	before, err := m.read(ctx, sqlTwins)
	if err != nil {
		return err
	}
	fed, campaigns := []uuid.UUID{}, []uuid.UUID{}
	known := map[uuid.UUID]bool{}
	for _, t := range before {
		campaigns = append(campaigns, t.Campaign)
		if t.State == "fed" {
			fed = append(fed, t.Message)
			known[t.Message] = true
		}
	}
	if m.queued, m.loose, err = m.s.Messages.LockQueued(ctx, m.tx, m.tenant, m.goes, fed); err != nil {
		return err
	}
	if _, err := m.tx.Exec(ctx, sqlLockCampaigns, m.tenant, campaigns); err != nil {
		return err
	}
	if m.twins, err = m.read(ctx, sqlTwinsLocked); err != nil {
		return err
	}
	for _, t := range m.twins {
		if t.State == "fed" && !known[t.Message] {
			return &pgconn.PgError{Code: "40001", Message: "a recipient was fed meanwhile"}
		}
	}
	return nil
}

func (m *merging) read(ctx context.Context, sql string) ([]twin, error) {
	rows, err := m.tx.Query(ctx, sql, m.tenant, []uuid.UUID{m.stays, m.goes})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[twin])
}

// settle decides campaign by campaign.
func (m *merging) settle(ctx context.Context) error {
	of := map[uuid.UUID]map[uuid.UUID]twin{}
	var order []uuid.UUID
	for _, t := range m.twins {
		if of[t.Campaign] == nil {
			of[t.Campaign] = map[uuid.UUID]twin{}
			order = append(order, t.Campaign)
		}
		of[t.Campaign][t.Contact] = t
	}
	moved := m.loose
	for _, id := range order {
		a, hasA := of[id][m.stays]
		b, hasB := of[id][m.goes]
		var err error
		switch {
		case hasA && hasB && m.waits(b):
			err = m.close(ctx, b)
		case hasA && hasB && m.waits(a):
			err = m.close(ctx, a)
		case !hasA && hasB && m.waits(b):
			if err = m.follow(ctx, b); b.State == "fed" {
				moved = append(moved, b.Message)
			}
		}
		if err != nil {
			return fmt.Errorf("merge recipients of campaign %s: %w", id, err)
		}
	}
	return m.s.Messages.Readdress(ctx, m.tx, m.tenant, moved, m.goes, m.stays)
}

// waits says that a recipient's message was not claimed, and cannot be while we hold the locks.
func (m *merging) waits(t twin) bool {
	return t.State == "pending" || t.State == "resting" || t.State == "fed" && m.queued[t.Message]
}

const (
	sqlCloseTwin = `
update campaign_recipients set state = 'duplicate', outcome = 'duplicate', reason = $4, due_at = null
where tenant_id = $1 and campaign_id = $2 and contact_id = $3`
	sqlFollow = `
update campaign_recipients set contact_id = $4 where tenant_id = $1 and campaign_id = $2 and contact_id = $3`
)

// close ends a recipient as a duplicate of the other.
func (m *merging) close(ctx context.Context, t twin) error {
	if t.State == "fed" {
		return m.s.Messages.EndDuplicate(ctx, m.tx, m.tenant, t.Message, t.Contact, t.Campaign, t.Variant)
	}
	if _, err := m.tx.Exec(ctx, sqlCloseTwin, m.tenant, t.Campaign, t.Contact, message.ReasonMerged); err != nil {
		return err
	}
	var n tally
	n.on(t.Variant, func(k *Counts) { k.Duplicate++ })
	if t.State == string(stateResting) {
		n.all.Resting--
	}
	if err := count(ctx, m.tx, m.tenant, t.Campaign, n); err != nil {
		return err
	}
	return m.s.finishIfDone(ctx, m.tx, m.tenant, t.Campaign)
}

// follow makes the contact that stays the recipient.
func (m *merging) follow(ctx context.Context, t twin) error {
	_, err := m.tx.Exec(ctx, sqlFollow, m.tenant, t.Campaign, t.Contact, m.stays)
	return err
}
