package desk

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/db"
)

const (
	sqlWait = `
insert into desk_waits (tenant_id, conversation_id, user_id, rule_id, due_at)
select $1, u.conversation_id, u.user_id, u.rule_id, u.due_at
from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[]) as u(conversation_id, user_id, rule_id, due_at)
on conflict (tenant_id, conversation_id) do nothing`
	sqlNoWait  = `delete from desk_waits where tenant_id = $1 and conversation_id = any($2)`
	systemWait = `select distinct tenant_id from desk_waits where due_at <= $1`
	sqlDueWait = `
select conversation_id, user_id from desk_waits where tenant_id = $1 and due_at <= $2 order by conversation_id limit $3`
)

// watch starts and ends the time in which an assignee is to answer. What left the queue leaves it here.
func (s *Service) watch(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, changes []conversation.Change) error {
	last, order := map[uuid.UUID]conversation.Change{}, []uuid.UUID{}
	moved := false
	for _, ch := range changes {
		if _, seen := last[ch.Now.ID]; !seen {
			order = append(order, ch.Now.ID)
		}
		last[ch.Now.ID] = ch
		moved = moved || ch.Was.AssigneeID != nil || ch.Now.AssigneeID != nil || ch.Was.Status == conversation.Open && ch.Now.Status != conversation.Open
	}
	if !moved {
		return nil
	}
	var ended, taken []uuid.UUID
	var waits []conversation.Conversation
	for _, id := range order {
		was, now := last[id].Was, last[id].Now
		if now.AssigneeID != nil || now.Status != conversation.Open {
			taken = append(taken, id)
		}
		waiting := now.Status == conversation.Open && now.AssigneeID != nil && now.WaitingSince != nil
		if !waiting || !sameUser(was.AssigneeID, now.AssigneeID) {
			ended = append(ended, id)
		}
		if waiting {
			waits = append(waits, now)
		}
	}
	if _, err := tx.Exec(ctx, sqlDequeue, tenant, taken); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, sqlNoWait, tenant, ended); err != nil || len(waits) == 0 {
		return err
	}
	return s.wait(ctx, tx, tenant, waits)
}

func sameUser(a, b *uuid.UUID) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

// wait gives assignees their time, where a rule that fits has one.
func (s *Service) wait(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []conversation.Conversation) error {
	p := plan{now: s.Clock.Now()}
	var err error
	if p.rules, err = rules(ctx, tx, tenant); err != nil || !patient(p.rules) {
		return err
	}
	if p.book, err = s.Hours.Read(ctx, tx, tenant); err != nil {
		return err
	}
	var ids, users, of []uuid.UUID
	var due []time.Time
	for _, c := range list {
		r, fits := p.match(c)
		if !fits || r.ReassignMinutes == 0 {
			continue
		}
		at := p.now.Add(time.Duration(r.ReassignMinutes) * time.Minute)
		if h := p.book.For(c.ChannelID, team(r, c)); h != nil {
			if open, ever := h.Add(p.now, time.Duration(r.ReassignMinutes)*time.Minute); ever {
				at = open
			}
		}
		ids, users, of, due = append(ids, c.ID), append(users, *c.AssigneeID), append(of, r.ID), append(due, at)
	}
	if len(ids) == 0 {
		return nil
	}
	_, err = tx.Exec(ctx, sqlWait, tenant, ids, users, of, due)
	return err
}

func patient(list []Rule) bool {
	for _, r := range list {
		if r.Enabled && r.ReassignMinutes > 0 {
			return true
		}
	}
	return false
}

// HandOn gives what its assignee did not answer in time to somebody else.
func (s *Service) HandOn(ctx context.Context) error {
	now := s.Clock.Now()
	due := db.Waiting{Reason: "find conversations nobody answered in time", SQL: systemWait, Args: []any{now}}
	return db.SweepAsSystem(ctx, s.DB, due, pgx.RowTo[uuid.UUID], func(ctx context.Context, tenant uuid.UUID) error {
		ctx = actor.With(ctx, actor.ForTenant(tenant))
		return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error { return s.handOnIn(ctx, tx, tenant, now) })
	})
}

type overdue struct{ ID, User uuid.UUID }

func (s *Service) handOnIn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, now time.Time) error {
	rows, err := tx.Query(ctx, sqlDueWait, tenant, now, drainChunk)
	if err != nil {
		return err
	}
	due, err := pgx.CollectRows(rows, pgx.RowToStructByPos[overdue])
	if err != nil || len(due) == 0 {
		return err
	}
	ids := make([]uuid.UUID, len(due))
	for i, d := range due {
		ids[i] = d.ID
	}
	locked, _, err := s.Conversations.LockIn(ctx, tx, tenant, ids)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, sqlNoWait, tenant, ids); err != nil {
		return err
	}
	p, err := s.planFor(ctx, tx, tenant)
	if err != nil {
		return err
	}
	for _, d := range due {
		c, ok := locked[d.ID]
		if !ok || c.AssigneeID == nil || *c.AssigneeID != d.User || c.WaitingSince == nil || c.Status != conversation.Open {
			continue // answered, or somebody else's by now
		}
		if err := s.handOn(ctx, tx, tenant, p, c); err != nil {
			return err
		}
	}
	return nil
}

// handOn gives one conversation to somebody else; where nobody is free it waits in the queue, or stays
// where it is for another while.
func (s *Service) handOn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, p plan, c conversation.Conversation) error {
	r, fits := p.match(c)
	if !fits {
		return nil
	}
	m := choose([]Way{LeastBusy}, p.among(r), wanted{not: *c.AssigneeID}, p.now)
	to := conversation.Assignment{Why: fmt.Sprintf("no answer in %d minutes", r.ReassignMinutes)}
	var nobody *uuid.UUID
	switch {
	case m != nil:
		user := &m.UserID
		to.Assignee = &user
	case r.Queue:
		to.Assignee = &nobody
	default:
		return s.wait(ctx, tx, tenant, []conversation.Conversation{c})
	}
	if err := s.Conversations.AssignIn(ctx, tx, tenant, []uuid.UUID{c.ID}, to); err != nil {
		return err
	}
	if m == nil {
		return s.enqueue(ctx, tx, tenant, c, r)
	}
	_, err := tx.Exec(ctx, sqlGiven, tenant, []uuid.UUID{m.UserID}, p.now)
	return err
}
