package sla

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// Soon is how near a clock is to be due soon.
const Soon = 30 * time.Minute

const sqlRows = `
select distinct on (k.conversation_id) k.conversation_id, k.kind, k.due_at, k.raised from sla_clocks k
where k.tenant_id = $1 and k.conversation_id = any($2) and k.stopped_at is null and k.due_at is not null
order by k.conversation_id, k.due_at, k.id`

// Rows are what falls due next in some conversations. It is conversation.Hooks.Promises.
func (s *Service) Rows(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, conversations []uuid.UUID) (map[uuid.UUID]conversation.Promise, error) {
	rows, err := tx.Query(ctx, sqlRows, tenant, conversations)
	if err != nil {
		return nil, fmt.Errorf("read clocks of conversations: %w", err)
	}
	found, now := map[uuid.UUID]conversation.Promise{}, s.Clock.Now()
	var id uuid.UUID
	var r conversation.Promise
	_, err = pgx.ForEachRow(rows, []any{&id, &r.Kind, &r.DueAt, &r.Raised}, func() error {
		r.Breached = !r.DueAt.After(now)
		found[id] = r
		return nil
	})
	return found, err
}

// Breach is a clock that has fallen due, or soon will.
type Breach struct {
	ID             uuid.UUID  `json:"id"`
	ConversationID uuid.UUID  `json:"conversationId"`
	Contact        string     `json:"contact" doc:"Name, or phone of who has none"`
	Kind           Kind       `json:"kind" enum:"first,next,resolution"`
	Policy         string     `json:"policy"`
	DueAt          time.Time  `json:"dueAt"`
	Breached       bool       `json:"breached"`
	Level          int        `json:"level" doc:"Of escalation that was reached"`
	Raised         bool       `json:"raised"`
	AssigneeID     *uuid.UUID `json:"assigneeId,omitempty"`
	TeamID         *uuid.UUID `json:"teamId,omitempty"`
	ChannelID      uuid.UUID  `json:"channelId"`
}

const sqlBreaches = `
select k.id, k.conversation_id, coalesce(nullif(p.name, ''), p.phone, ''), k.kind, coalesce(y.name, ''), k.due_at, k.level, k.raised,
    c.assignee_id, c.team_id, k.channel_id
from sla_clocks k
join conversations c on c.tenant_id = $1 and c.id = k.conversation_id
left join contacts p on p.tenant_id = $1 and p.id = c.contact_id
left join sla_policies y on y.tenant_id = $1 and y.id = k.policy_id
where k.tenant_id = $1 and k.stopped_at is null and k.due_at > $2 and k.due_at <= $3 and (k.due_at, k.id) > ($4, $5)
order by k.due_at, k.id limit $6`

// position is a breach's place in the list.
type position struct {
	At time.Time `json:"at"`
	ID uuid.UUID `json:"id"`
}

// Breaches lists the clocks that have fallen due, or those that will within Soon, the earliest first.
func (s *Service) Breaches(ctx context.Context, soon bool, page web.PageQuery) (list web.Page[Breach], err error) {
	var key position
	if err := web.DecodeCursor(page.After, &key); err != nil {
		return list, err
	}
	now := s.Clock.Now()
	from, to := time.Time{}, now
	if soon {
		from, to = now, now.Add(Soon)
	}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		rows, err := tx.Query(ctx, sqlBreaches, tenant, from, to, key.At, key.ID, page.Limit+1)
		if err != nil {
			return fmt.Errorf("list breaches: %w", err)
		}
		found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (b Breach, err error) {
			err = row.Scan(&b.ID, &b.ConversationID, &b.Contact, &b.Kind, &b.Policy, &b.DueAt, &b.Level, &b.Raised, &b.AssigneeID, &b.TeamID, &b.ChannelID)
			b.Breached = !b.DueAt.After(now)
			return b, err
		})
		list = web.PageOf(found, page.Limit, func(b Breach) any { return position{b.DueAt, b.ID} })
		return err
	})
	return list, err
}
