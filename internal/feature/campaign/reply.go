package campaign

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
)

// replyWindow is how long after a campaign's message what the person writes counts as a reply.
const replyWindow = 7 * 24 * time.Hour

// touch is a campaign that a person is a recipient of.
type touch struct {
	Campaign   uuid.UUID
	Variant    int16
	HeldOut    bool
	Replied    bool
	AcceptedAt *time.Time
	Measured   bool // it has a hold-out
	StartedAt  time.Time
	WindowDays int
}

// Campaigns that ended longer ago than any window concern nobody's message of today.
const sqlTouches = `
select c.id, r.variant, r.state = 'held_out', r.replied_at is not null, m.accepted_at, c.hold_out > 0, c.started_at, c.window_days
from campaigns c
join campaign_recipients r on r.tenant_id = $1 and r.campaign_id = c.id and r.contact_id = $2
left join messages m on m.tenant_id = $1 and m.id = r.message_id
where c.tenant_id = $1 and c.started_at is not null and (c.status in ('running', 'paused') or c.finished_at > $3)
order by c.id`

func touches(ctx context.Context, tx pgx.Tx, tenant, contact uuid.UUID, at time.Time) ([]touch, error) {
	rows, err := tx.Query(ctx, sqlTouches, tenant, contact, at.AddDate(0, 0, -maxWindow))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[touch])
}

// Received counts a customer's message as a reply to the last campaign they got, and as an act of
// everybody's that is measured. It is part of message.Hooks.Received.
func (s *Service) Received(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []message.Receipt) error {
	for _, r := range list {
		if r.Source != message.Live {
			continue
		}
		if err := s.replied(ctx, tx, tenant, r.ContactID, r.At); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) replied(ctx context.Context, tx pgx.Tx, tenant, contact uuid.UUID, at time.Time) error {
	found, err := touches(ctx, tx, tenant, contact, at)
	if err != nil || len(found) == 0 {
		return err
	}
	if last := lastTouch(found, at); last != nil && !last.Replied {
		if err := s.countReply(ctx, tx, tenant, contact, *last, at); err != nil {
			return fmt.Errorf("count a reply: %w", err)
		}
	}
	return storeActs(ctx, tx, tenant, measured(found, Deed{Contact: contact, Act: ActReplied, At: at}))
}

// measured are the deed's rows for the campaigns with a hold-out in whose window it falls.
func measured(found []touch, d Deed) (list []actRow) {
	for _, t := range found {
		if t.Measured && !d.At.Before(t.StartedAt) && d.At.Before(t.StartedAt.AddDate(0, 0, t.WindowDays)) {
			list = append(list, d.in(t.Campaign, t.HeldOut))
		}
	}
	return list
}

// lastTouch is the campaign whose message came last before the reply, within the window.
func lastTouch(found []touch, at time.Time) (last *touch) {
	for i, t := range found {
		if t.AcceptedAt == nil || t.AcceptedAt.After(at) || at.Sub(*t.AcceptedAt) > replyWindow {
			continue
		}
		if last == nil || t.AcceptedAt.After(*last.AcceptedAt) {
			last = &found[i]
		}
	}
	return last
}

const sqlReplied = `
update campaign_recipients set replied_at = $4
where tenant_id = $1 and campaign_id = $2 and contact_id = $3 and replied_at is null`

func (s *Service) countReply(ctx context.Context, tx pgx.Tx, tenant, contact uuid.UUID, to touch, at time.Time) error {
	if err := lockCounters(ctx, tx, tenant, to.Campaign); err != nil {
		return err
	}
	tag, err := tx.Exec(ctx, sqlReplied, tenant, to.Campaign, contact, at)
	if err != nil || tag.RowsAffected() == 0 {
		return err
	}
	var t tally
	t.on(to.Variant, func(k *Counts) { k.Replied++ })
	if err := count(ctx, tx, tenant, to.Campaign, t); err != nil {
		return err
	}
	if !s.progress.due(to.Campaign, s.Clock.Now()) {
		return nil
	}
	return s.publish(ctx, tx, tenant, to.Campaign)
}
