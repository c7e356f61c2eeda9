package desk

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/db"
)

const (
	sqlEnqueue = `
insert into desk_queue (tenant_id, conversation_id, rule_id, team_id, queued_at) values ($1, $2, $3, $4, $5)
on conflict (tenant_id, conversation_id) do nothing`
	sqlDequeue  = `delete from desk_queue where tenant_id = $1 and conversation_id = any($2)`
	sqlPosition = `
select count(*) from desk_queue q where q.tenant_id = $1 and q.team_id is not distinct from $2
    and (q.queued_at, q.conversation_id) <= ($3, $4)`
	sqlQueue = `
select q.conversation_id, q.rule_id, q.team_id, q.queued_at from desk_queue q
where q.tenant_id = $1 and (q.queued_at, q.conversation_id) > ($2, $3) order by q.queued_at, q.conversation_id limit $4`
	systemQueues = `select distinct tenant_id from desk_queue`
)

// Queued is a conversation that waits for somebody.
type Queued struct {
	ConversationID uuid.UUID  `json:"conversationId"`
	RuleID         uuid.UUID  `json:"ruleId"`
	TeamID         *uuid.UUID `json:"teamId,omitempty"`
	QueuedAt       time.Time  `json:"queuedAt"`
}

// enqueue lets a conversation wait, and tells the customer their place.
func (s *Service) enqueue(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c conversation.Conversation, r Rule) error {
	now := s.Clock.Now()
	tag, err := tx.Exec(ctx, sqlEnqueue, tenant, c.ID, r.ID, r.TeamID, now)
	if err != nil || tag.RowsAffected() == 0 || r.QueueText == "" || s.Hooks.Say == nil {
		return err
	}
	if c.WindowUntil == nil || !now.Before(*c.WindowUntil) {
		return nil
	}
	var position int
	if err := tx.QueryRow(ctx, sqlPosition, tenant, r.TeamID, now, c.ID).Scan(&position); err != nil {
		return err
	}
	return s.Hooks.Say(ctx, tx, tenant, c, told(r.QueueText, position))
}

const drainChunk = 100

// Queue lists what waits, the longest first; the place of each is its number in the list of its team.
func (s *Service) Queue(ctx context.Context) (list []Queued, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err = queued(ctx, tx, tenant, Queued{QueuedAt: time.Unix(0, 0)}, 500)
		return err
	})
	return list, err
}

func queued(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, after Queued, limit int) ([]Queued, error) {
	rows, err := tx.Query(ctx, sqlQueue, tenant, after.QueuedAt, after.ConversationID, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Queued])
}

// drain gives what waits in a workspace to whoever is free by now.
func (s *Service) drain(ctx context.Context, tenant uuid.UUID) error {
	after := Queued{QueuedAt: time.Unix(0, 0)}
	for {
		n := 0
		err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
			list, err := queued(ctx, tx, tenant, after, drainChunk)
			if n = len(list); err != nil || n == 0 {
				return err
			}
			after = list[n-1]
			return s.drainIn(ctx, tx, tenant, list)
		})
		if err != nil || n < drainChunk {
			return err
		}
	}
}

// drainIn matches conversations anew, under their locks: what somebody took meanwhile leaves the queue.
func (s *Service) drainIn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Queued) error {
	ids := make([]uuid.UUID, len(list))
	for i, q := range list {
		ids[i] = q.ConversationID
	}
	locked, _, err := s.Conversations.LockIn(ctx, tx, tenant, ids)
	if err != nil {
		return err
	}
	var waiting []conversation.Conversation
	var gone []uuid.UUID
	for _, id := range ids {
		if c, ok := locked[id]; ok && c.AssigneeID == nil && c.Status == conversation.Open {
			waiting = append(waiting, c)
			continue
		}
		gone = append(gone, id)
	}
	if _, err := tx.Exec(ctx, sqlDequeue, tenant, gone); err != nil || len(waiting) == 0 {
		return err
	}
	return s.routeIn(ctx, tx, tenant, waiting)
}

// Drain gives what waits anywhere to whoever is free: for what no doorbell told, such as hours that open.
func (s *Service) Drain(ctx context.Context) error {
	queues := db.Waiting{Reason: "find workspaces whose queue waits", SQL: systemQueues}
	return db.SweepAsSystem(ctx, s.DB, queues, pgx.RowTo[uuid.UUID], func(ctx context.Context, tenant uuid.UUID) error {
		return s.drain(actor.With(ctx, actor.ForTenant(tenant)), tenant)
	})
}
