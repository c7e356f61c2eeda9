package sla

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// sweepChunk is how many clocks one transaction looks at.
const sweepChunk = 200

const systemDue = `select distinct tenant_id from sla_clocks where look_at <= $1`

// Sweep warns of every clock that will soon be due, tells of every one that has fallen due, and of every level of escalation whose time has come.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.Clock.Now()
	due := db.Waiting{Reason: "find SLA clocks that are due", SQL: systemDue, Args: []any{now}}
	return db.SweepAsSystem(ctx, s.DB, due, pgx.RowTo[uuid.UUID], func(ctx context.Context, tenant uuid.UUID) error {
		return s.sweepTenant(actor.With(ctx, actor.ForTenant(tenant)), tenant, now)
	})
}

func (s *Service) sweepTenant(ctx context.Context, tenant uuid.UUID, now time.Time) error {
	for {
		n := 0
		err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
			n, err = s.sweepChunk(ctx, tx, tenant, now)
			return err
		})
		if err != nil || n < sweepChunk {
			return err
		}
	}
}

const sqlDueConversations = `
select k.conversation_id from sla_clocks k where k.tenant_id = $1 and k.look_at <= $2 order by k.look_at, k.id limit $3`

// sweepChunk looks at the clocks that are due under their conversations' locks, and says how many it found.
func (s *Service) sweepChunk(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, now time.Time) (int, error) {
	rows, err := tx.Query(ctx, sqlDueConversations, tenant, now, sweepChunk)
	if err != nil {
		return 0, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	conversations, cases, err := s.Conversations.LockIn(ctx, tx, tenant, ids)
	if err != nil {
		return 0, fmt.Errorf("lock conversations: %w", err)
	}
	return len(ids), s.look(ctx, tx, tenant, conversations, cases, now)
}

// step is one clock that is due, on its way through the sweep.
type step struct {
	clock   *Clock
	rule    rule
	of      conversation.Conversation
	warning bool // that it will be due
	level   int  // that is reached; 0: the breach
}

// look reconciles the clocks first, so that what changed meanwhile counts, and then takes a step with each
// that still is due.
func (s *Service) look(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, conversations map[uuid.UUID]conversation.Conversation,
	cases map[uuid.UUID]*conversation.Case, now time.Time,
) error {
	list, err := policies(ctx, tx, tenant)
	if err != nil {
		return err
	}
	states := map[uuid.UUID]state{}
	for id, k := range cases {
		states[k.ID] = stateOf(conversations[id], *k, now)
	}
	if err := s.follow(ctx, tx, tenant, states, list); err != nil {
		return err
	}
	if err := orphans(ctx, tx, tenant, keys(conversations), now); err != nil {
		return err
	}
	rules, err := s.rules(ctx, tx, tenant, states, list)
	if err != nil {
		return err
	}
	known, err := ofCases(ctx, tx, tenant, keys(states))
	if err != nil {
		return err
	}
	var steps []step
	for _, id := range keys(states) {
		for _, k := range known[id] {
			if k.LookAt != nil && !k.LookAt.After(now) {
				steps = append(steps, k.step(rules[id], states[id].Conversation, now))
			}
		}
	}
	return s.take(ctx, tx, tenant, steps)
}

// Clocks whose case does not run any more, such as a merged conversation's: nothing is to be kept.
const sqlOrphans = `
update sla_clocks k set stopped_at = $3, outcome = 'dropped', due_at = null, look_at = null
where k.tenant_id = $1 and k.conversation_id = any($2) and k.stopped_at is null and not exists (
    select from conversations c where c.tenant_id = $1 and c.id = k.conversation_id and c.case_id = k.case_id)`

func orphans(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, conversations []uuid.UUID, now time.Time) error {
	_, err := tx.Exec(ctx, sqlOrphans, tenant, conversations, now)
	return err
}

// step moves the clock past its warning, to its breach or to its next level.
func (k *Clock) step(r rule, c conversation.Conversation, now time.Time) step {
	st := step{clock: k, rule: r, of: c}
	switch {
	case k.BreachedAt == nil && at(k.DueAt).After(now):
		st.warning = true
	case k.BreachedAt == nil:
		k.BreachedAt = k.DueAt
	default:
		k.Level++
		st.level = k.Level
		k.Raised = k.Raised || r.policy.Levels[k.Level-1].Raise
	}
	k.next(r.policy, r.hours)
	return st
}

// take stores the steps, tells them in the threads and to those who are to know, and gives conversations
// to whom a level names.
func (s *Service) take(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, steps []step) error {
	if len(steps) == 0 {
		return nil
	}
	var clocks []*Clock
	var records []conversation.Record
	var alarms []Alarm
	for _, st := range steps {
		clocks, alarms = append(clocks, st.clock), append(alarms, st.alarm())
		if !st.warning {
			records = append(records, st.record())
		}
	}
	if err := put(ctx, tx, tenant, clocks); err != nil {
		return fmt.Errorf("store clocks: %w", err)
	}
	if err := s.Conversations.RecordIn(ctx, tx, tenant, records); err != nil {
		return fmt.Errorf("tell of breaches: %w", err)
	}
	for _, st := range steps {
		if err := s.assign(ctx, tx, tenant, st); err != nil {
			return err
		}
	}
	if s.Hooks.Alarm == nil {
		return nil
	}
	return s.Hooks.Alarm(ctx, tx, tenant, alarms)
}

func (st step) record() conversation.Record {
	data := map[string]any{"kind": st.clock.Kind, "policy": st.rule.policy.Name, "dueAt": at(st.clock.DueAt)}
	what := conversation.Breached
	if st.level > 0 {
		what, data["level"] = conversation.Escalated, st.level
		if l := st.rule.policy.Levels[st.level-1]; l.AssignTo != nil {
			data["to"] = l.AssignTo
		}
	}
	return conversation.Record{Conversation: st.of.ID, What: what, Data: data}
}

func (st step) alarm() Alarm {
	a := Alarm{ID: uuid.NewSHA1(st.clock.ID, []byte{byte(st.level)}), Conversation: st.of.ID, Case: st.clock.CaseID, Kind: st.clock.Kind, Policy: st.rule.policy.Name, DueAt: at(st.clock.DueAt),
		Level: st.level, Assignee: st.of.AssigneeID}
	if st.warning {
		a.ID, a.Warning, a.Team = uuid.NewSHA1(st.clock.ID, []byte("warning")), true, st.of.TeamID
	}
	if st.level > 0 {
		l := st.rule.policy.Levels[st.level-1]
		a.Users, a.Team = slices.Clone(l.Notify), l.NotifyTeam
	}
	return a
}

// assign gives the conversation to whom the level names. Somebody who has left the workspace meanwhile
// gets nothing; the breach was told all the same.
func (s *Service) assign(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, st step) error {
	if st.level == 0 {
		return nil
	}
	l := st.rule.policy.Levels[st.level-1]
	a := conversation.Assignment{Why: st.rule.policy.Name}
	if l.AssignTeam != nil {
		a.Team = &l.AssignTeam
	}
	if l.AssignTo != nil {
		a.Assignee = &l.AssignTo
	}
	if a.Team == nil && a.Assignee == nil {
		return nil
	}
	err := s.Conversations.AssignIn(ctx, tx, tenant, []uuid.UUID{st.of.ID}, a)
	if fault.KindOf(err) == fault.KindInvalid {
		s.Logger.WarnContext(ctx, "an escalation names somebody who cannot get conversations", "tenant", tenant, "error", err)
		return nil
	}
	return err
}
