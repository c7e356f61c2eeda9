package campaign

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
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
select r.contact_id, c.id, r.variant, r.state = 'held_out', r.replied_at is not null, m.accepted_at, c.hold_out > 0, c.started_at, c.window_days
from campaigns c
join campaign_recipients r on r.tenant_id = $1 and r.campaign_id = c.id and r.contact_id = any($2)
left join messages m on m.tenant_id = $1 and m.id = r.message_id
where c.tenant_id = $1 and c.started_at is not null and (c.status in ('running', 'paused') or c.finished_at > $3)
order by c.id`

// touches are the campaigns of each of some people, for what they wrote from some time on.
func touches(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID, from time.Time) (map[uuid.UUID][]*touch, error) {
	rows, err := tx.Query(ctx, sqlTouches, tenant, contacts, from.AddDate(0, 0, -maxWindow))
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID][]*touch)
	var contact uuid.UUID
	var t touch
	_, err = pgx.ForEachRow(rows, []any{&contact, &t.Campaign, &t.Variant, &t.HeldOut, &t.Replied, &t.AcceptedAt, &t.Measured, &t.StartedAt, &t.WindowDays}, func() error {
		one := t
		found[contact] = append(found[contact], &one)
		return nil
	})
	return found, err
}

// Received counts customers' messages as replies to the last campaign each of them got, and as acts of
// those that are measured. It is part of message.Hooks.Received.
func (s *Service) Received(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []message.Receipt) error {
	live := slices.DeleteFunc(slices.Clone(list), func(r message.Receipt) bool { return !r.Speaks() })
	if len(live) == 0 {
		return nil
	}
	people, first := make([]uuid.UUID, len(live)), live[0].At
	for i, r := range live {
		people[i] = r.ContactID
		if r.At.Before(first) {
			first = r.At
		}
	}
	found, err := touches(ctx, tx, tenant, people, first)
	if err != nil || len(found) == 0 {
		return err
	}
	replies := make(map[uuid.UUID][]answer)
	var acts []actRow
	for _, r := range live {
		if last := lastTouch(found[r.ContactID], r.At); last != nil && !last.Replied {
			last.Replied = true
			replies[last.Campaign] = append(replies[last.Campaign], answer{r.ContactID, r.At})
		}
		acts = append(acts, measured(found[r.ContactID], Deed{Contact: r.ContactID, Act: ActReplied, At: r.At})...)
	}
	// In the order of their ids, as everybody locks campaigns.
	for _, id := range slices.SortedFunc(maps.Keys(replies), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }) {
		if err := s.countReplies(ctx, tx, tenant, id, replies[id]); err != nil {
			return fmt.Errorf("count replies: %w", err)
		}
	}
	return storeActs(ctx, tx, tenant, acts)
}

// answer is the first thing that a recipient wrote after a campaign's message.
type answer struct {
	contact uuid.UUID
	at      time.Time
}

// measured are the deed's rows for the campaigns with a hold-out in whose window it falls.
func measured(found []*touch, d Deed) (list []actRow) {
	for _, t := range found {
		if t.Measured && !d.At.Before(t.StartedAt) && d.At.Before(t.StartedAt.AddDate(0, 0, t.WindowDays)) {
			list = append(list, d.in(t.Campaign, t.HeldOut))
		}
	}
	return list
}

// lastTouch is the campaign whose message came last before the reply, within the window.
func lastTouch(found []*touch, at time.Time) (last *touch) {
	for _, t := range found {
		if t.AcceptedAt == nil || t.AcceptedAt.After(at) || at.Sub(*t.AcceptedAt) > replyWindow {
			continue
		}
		if last == nil || t.AcceptedAt.After(*last.AcceptedAt) {
			last = t
		}
	}
	return last
}

const sqlReplied = `
update campaign_recipients r set replied_at = u.at from unnest($3::uuid[], $4::timestamptz[]) as u(contact_id, at)
where r.tenant_id = $1 and r.campaign_id = $2 and r.contact_id = u.contact_id and r.replied_at is null
returning r.variant`

func (s *Service) countReplies(ctx context.Context, tx pgx.Tx, tenant, campaign uuid.UUID, list []answer) error {
	if err := lockCounters(ctx, tx, tenant, campaign); err != nil {
		return err
	}
	people, times := make([]uuid.UUID, len(list)), make([]time.Time, len(list))
	for i, r := range list {
		people[i], times[i] = r.contact, r.at
	}
	rows, err := tx.Query(ctx, sqlReplied, tenant, campaign, people, times)
	if err != nil {
		return err
	}
	var t tally
	var variant int16
	tag, err := pgx.ForEachRow(rows, []any{&variant}, func() error {
		t.on(variant, func(k *Counts) { k.Replied++ })
		return nil
	})
	if err != nil || tag.RowsAffected() == 0 {
		return err
	}
	if err := count(ctx, tx, tenant, campaign, t); err != nil {
		return err
	}
	if !s.progress.due(campaign, s.Clock.Now()) {
		return nil
	}
	return s.publish(ctx, tx, tenant, campaign)
}
