package sequence

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/goal"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// leaving is somebody whose way ends early.
type leaving struct {
	ID, Sequence uuid.UUID
	LastStep     *uuid.UUID

	reason string
}

const sqlExit = `
update sequence_enrolments e set state = 'exited', ended_at = $2, exit_reason = u.reason, next_due = null
from unnest($3::uuid[], $4::text[]) as u(id, reason)
where e.tenant_id = $1 and e.id = u.id and e.ended_at is null`

// exit ends the ways of people, which must be locked, and adds them to the counts.
func exit(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, now time.Time, list []leaving, c counts) error {
	if len(list) == 0 {
		return nil
	}
	var ids []uuid.UUID
	var reasons []string
	for _, l := range list {
		ids, reasons = append(ids, l.ID), append(reasons, l.reason)
		step := uuid.Nil
		if l.LastStep != nil {
			step = *l.LastStep
		}
		c[numberOf(l.Sequence, step, countExit+l.reason)]++
	}
	_, err := tx.Exec(ctx, sqlExit, tenant, now, ids, reasons)
	return err
}

// leave ends the ways of people for one reason, all of it in the caller's transaction.
func (s *Service) leave(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []leaving, reason string) error {
	if len(list) == 0 {
		return nil
	}
	c, told := counts{}, map[uuid.UUID]bool{}
	for i := range list {
		list[i].reason = reason
	}
	if err := exit(ctx, tx, tenant, s.Clock.Now(), list, c); err != nil {
		return fmt.Errorf("let people go: %w", err)
	}
	if err := c.write(ctx, tx, tenant); err != nil {
		return fmt.Errorf("count: %w", err)
	}
	for _, l := range list {
		if told[l.Sequence] {
			continue
		}
		told[l.Sequence] = true
		if err := s.publish(ctx, tx, tenant, l.Sequence); err != nil {
			return err
		}
	}
	return nil
}

func collectLeaving(ctx context.Context, tx pgx.Tx, sql string, args ...any) ([]leaving, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (l leaving, err error) {
		return l, r.Scan(&l.ID, &l.Sequence, &l.LastStep)
	})
}

const (
	// Each locks the ways it finds, in the order of their ids as everybody does.
	sqlLeaveOnReply = `
select e.id, e.sequence_id, e.last_step from unnest($2::uuid[], $3::timestamptz[]) as u(contact_id, at)
join sequence_enrolments e on e.tenant_id = $1 and e.contact_id = u.contact_id and e.ended_at is null and e.entered_at < u.at
join sequence_versions v on v.tenant_id = $1 and v.sequence_id = e.sequence_id and v.number = e.version
where e.tenant_id = $1 and (v.definition -> 'exits' ->> 'reply')::boolean
order by e.id for update of e`
	sqlLeaveOnGoal = `
select e.id, e.sequence_id, e.last_step from unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) as u(contact_id, goal_id, at)
join sequence_enrolments e on e.tenant_id = $1 and e.contact_id = u.contact_id and e.ended_at is null and e.entered_at < u.at
join sequence_versions v on v.tenant_id = $1 and v.sequence_id = e.sequence_id and v.number = e.version
where e.tenant_id = $1 and (v.definition -> 'exits' -> 'goals') @> to_jsonb(array[u.goal_id])
order by e.id for update of e`
	// Only what is marketing ends when somebody wants no marketing; everything, when they want nothing.
	sqlLeaveOnOptOut = `
select e.id, e.sequence_id, e.last_step from sequence_enrolments e
join sequence_versions v on v.tenant_id = $1 and v.sequence_id = e.sequence_id and v.number = e.version
where e.tenant_id = $1 and e.contact_id = any($2) and e.ended_at is null and ($3 or exists (
    select 1 from jsonb_array_elements(v.definition -> 'steps') st
    join templates t on t.tenant_id = $1 and t.id = (st ->> 'templateId')::uuid where t.category = 'MARKETING'))
order by e.id for update of e`
	sqlLeaveAll = `
select e.id, e.sequence_id, e.last_step from sequence_enrolments e
where e.tenant_id = $1 and e.contact_id = any($2) and e.ended_at is null order by e.id for update`
	sqlLeaveOne = `
select e.id, e.sequence_id, e.last_step from sequence_enrolments e
where e.tenant_id = $1 and e.id = $2 and e.sequence_id = $3 and e.ended_at is null for update`
	sqlLeaveArchived = `
select e.id, e.sequence_id, e.last_step from sequence_enrolments e
where e.tenant_id = $1 and e.sequence_id = $2 and e.ended_at is null and e.id > $3 order by e.id limit $4 for update`
)

const sqlHasSequences = `select exists (select from sequences where tenant_id = $1)`

// hasSequences spares a workspace without sequences what every message would ask of them.
func hasSequences(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (has bool, err error) {
	if err = tx.QueryRow(ctx, sqlHasSequences, tenant).Scan(&has); err != nil {
		err = fmt.Errorf("look for sequences: %w", err)
	}
	return has, err
}

// clockGrain is how coarsely WhatsApp tells when something was written.
const clockGrain = time.Second

// Received ends the ways of people who wrote back, and counts each reply at the last step they got of
// each sequence. It is part of message.Hooks.Received.
func (s *Service) Received(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []message.Receipt) error {
	var people []uuid.UUID
	var times []time.Time
	for _, r := range list {
		if r.Speaks() {
			people, times = append(people, r.ContactID), append(times, r.At.Add(clockGrain))
		}
	}
	if len(people) == 0 {
		return nil
	}
	if has, err := hasSequences(ctx, tx, tenant); err != nil || !has {
		return err
	}
	leave, err := collectLeaving(ctx, tx, sqlLeaveOnReply, tenant, people, times)
	if err != nil {
		return fmt.Errorf("find who replied: %w", err)
	}
	if err := s.countReplies(ctx, tx, tenant, people, times); err != nil {
		return fmt.Errorf("count replies: %w", err)
	}
	return s.leave(ctx, tx, tenant, distinct(leave), exitReplied)
}

// Converted ends the ways of people who reached a goal after they came in. It is part of
// goal.Service.Recorded.
func (s *Service) Converted(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, reached []goal.Record) error {
	if len(reached) == 0 {
		return nil
	}
	var contacts, goals []uuid.UUID
	var at []time.Time
	for _, r := range reached {
		contacts, goals, at = append(contacts, r.Contact), append(goals, r.GoalID), append(at, r.At.Add(clockGrain))
	}
	list, err := collectLeaving(ctx, tx, sqlLeaveOnGoal, tenant, contacts, goals, at)
	if err != nil {
		return fmt.Errorf("find who converted: %w", err)
	}
	return s.leave(ctx, tx, tenant, distinct(list), exitConverted)
}

// distinct keeps one of each way: two events of a person may end the same.
func distinct(list []leaving) (kept []leaving) {
	seen := make(map[uuid.UUID]bool, len(list))
	for _, l := range list {
		if !seen[l.ID] {
			seen[l.ID], kept = true, append(kept, l)
		}
	}
	return kept
}

// ConsentChanged ends the ways of people who do not want them any more, in the transaction that records it.
func (s *Service) ConsentChanged(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID, changes ...consent.Change) error {
	out, everything := false, false
	for _, c := range changes {
		if c.State == consent.Out && c.Topic == uuid.Nil {
			out = out || c.Purpose != consent.Utility
			everything = everything || c.Purpose == consent.All
		}
	}
	if !out {
		return nil
	}
	list, err := collectLeaving(ctx, tx, sqlLeaveOnOptOut, tenant, contacts, everything)
	if err != nil {
		return fmt.Errorf("find who opted out: %w", err)
	}
	return s.leave(ctx, tx, tenant, list, exitOptedOut)
}

// Stop takes one person out.
func (s *Service) Stop(ctx context.Context, id, enrolment uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := byID(ctx, tx, tenant, id); err != nil {
			return err
		}
		list, err := collectLeaving(ctx, tx, sqlLeaveOne, tenant, enrolment, id)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return fault.NotFound("Nobody is inside by this id: they have left, or never were.").WithCode("enrolment_not_found")
		}
		return s.leave(ctx, tx, tenant, list, exitStopped)
	})
}
