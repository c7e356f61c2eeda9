package sequence

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// What becomes of enrolments and events when people ask for what is kept, are erased, or turn out to be one.

const (
	sqlKeptEnrolments = `
select jsonb_build_object('sequence', q.name, 'cameIn', e.entered_at, 'state', e.state, 'stepsTaken', e.step, 'nextStep', e.next_due,
    'ended', e.ended_at, 'why', e.exit_reason, 'eventId', coalesce(e.event_id, ''), 'values', e.event)
from sequence_enrolments e join sequences q on q.tenant_id = $1 and q.id = e.sequence_id
where e.tenant_id = $1 and e.contact_id = any($2) order by e.id`
	sqlKeptEvents = `
select jsonb_build_object('at', e.at, 'eventId', e.event_id, 'event', e.name)
from sequence_events e where e.tenant_id = $1 and e.contact_id = any($2) order by e.at, e.event_id`
)

// KeptEnrolments are the contacts' ways through sequences as objects of JSON.
func KeptEnrolments(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) ([]json.RawMessage, error) {
	return db.Objects(ctx, tx, sqlKeptEnrolments, tenant, contacts)
}

// KeptEvents are the events told of the contacts as objects of JSON.
func KeptEvents(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) ([]json.RawMessage, error) {
	return db.Objects(ctx, tx, sqlKeptEvents, tenant, contacts)
}

const (
	sqlForgetValues = `update sequence_enrolments set event = '{}', event_id = null where tenant_id = $1 and contact_id = any($2)`
	// The event's id is the workspace's own, of an order or booking: who knows it there knows the person.
	sqlEventsToForget = `
select event_id from sequence_events where tenant_id = $1 and contact_id = any($2) and not starts_with(event_id, 'erased ') for update`
	sqlForgetEvents = `
update sequence_events e set event_id = u.erased, hash = '', answer = '{}' from unnest($2::text[], $3::text[]) as u(event_id, erased)
where e.tenant_id = $1 and e.event_id = u.event_id`
)

// ForgetEnrolments ends the ways of erased people and erases what events said of them. That they were, and
// how far they came, stays.
func (s *Service) ForgetEnrolments(ctx context.Context, tenant uuid.UUID, contacts []uuid.UUID) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		list, err := collectLeaving(ctx, tx, sqlLeaveAll, tenant, contacts)
		if err != nil {
			return fmt.Errorf("find enrolments to forget: %w", err)
		}
		if err := s.leave(ctx, tx, tenant, list, exitErased); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, sqlForgetValues, tenant, contacts)
		return err
	})
}

// ForgetEvents takes away by what the workspace's own systems know the events of erased people, and the
// hash of what they said.
func (s *Service) ForgetEvents(ctx context.Context, tenant uuid.UUID, contacts []uuid.UUID) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		events, err := collectTexts(ctx, tx, sqlEventsToForget, tenant, contacts)
		if err != nil {
			return err
		}
		erased := make([]string, len(events))
		for i := range events {
			erased[i] = "erased " + ident.New().String()
		}
		_, err = tx.Exec(ctx, sqlForgetEvents, tenant, events, erased)
		return err
	})
}

const (
	// Of two ways of one person in a sequence that lets them in one at a time, the later ends.
	sqlTwins = `
select e.id, e.sequence_id, e.last_step from sequence_enrolments e
where e.tenant_id = $1 and e.contact_id = $2 and e.ended_at is null and e.entry in ('alone', 'once') and exists (
    select 1 from sequence_enrolments x
    where x.tenant_id = $1 and x.contact_id = $3 and x.sequence_id = e.sequence_id and (x.ended_at is null or x.entry = 'once'))
order by e.id for update`
	sqlLockBoth = `
select e.id from sequence_enrolments e
where e.tenant_id = $1 and e.contact_id = any($2) and e.ended_at is null order by e.id for update`
	sqlFollow = `
update sequence_enrolments e set contact_id = $3
where e.tenant_id = $1 and e.contact_id = $2 and not (e.entry = 'once' and exists (
    select 1 from sequence_enrolments x
    where x.tenant_id = $1 and x.contact_id = $3 and x.sequence_id = e.sequence_id and x.entry = 'once'))
returning e.id`
	sqlSendsFollow = `update sequence_sends set contact_id = $3 where tenant_id = $1 and contact_id = $2 and enrolment_id = any($4)`
	sqlReturn      = `
update sequence_enrolments set contact_id = $3 where tenant_id = $1 and contact_id = $2 and id = any($4)`
	sqlCarryEvents  = `update sequence_events set contact_id = $3 where tenant_id = $1 and contact_id = $2 returning event_id`
	sqlReturnEvents = `update sequence_events set contact_id = $3 where tenant_id = $1 and contact_id = $2 and event_id = any($4)`
)

// Carry lets the contact that stays go on where the one that goes is, its sends too; in a sequence both are
// in, the one that stays goes on alone. What is queued was readdressed before.
func (s *Service) Carry(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID) (any, error) {
	if _, err := tx.Exec(ctx, sqlLockBoth, tenant, []uuid.UUID{stays, goes}); err != nil {
		return nil, fmt.Errorf("lock enrolments to merge: %w", err)
	}
	twins, err := collectLeaving(ctx, tx, sqlTwins, tenant, goes, stays)
	if err != nil {
		return nil, fmt.Errorf("find enrolments of both: %w", err)
	}
	if err := s.leave(ctx, tx, tenant, twins, exitMerged); err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, sqlFollow, tenant, goes, stays)
	if err != nil {
		return nil, err
	}
	moved, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil || len(moved) == 0 {
		return nil, err
	}
	_, err = tx.Exec(ctx, sqlSendsFollow, tenant, goes, stays, moved)
	return moved, err
}

// Return gives them back. A way that ended with the merge stays ended.
func Return(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID, raw json.RawMessage) error {
	var moved []uuid.UUID
	if err := json.Unmarshal(raw, &moved); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, sqlReturn, tenant, stays, goes, moved); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlSendsFollow, tenant, stays, goes, moved)
	return err
}

// CarryEvents gives one contact's events to another.
func CarryEvents(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID) (any, error) {
	events, err := collectTexts(ctx, tx, sqlCarryEvents, tenant, goes, stays)
	if err != nil || len(events) == 0 {
		return nil, err
	}
	return events, nil
}

// ReturnEvents gives them back.
func ReturnEvents(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID, raw json.RawMessage) error {
	var events []string
	if err := json.Unmarshal(raw, &events); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlReturnEvents, tenant, stays, goes, events)
	return err
}

func collectTexts(ctx context.Context, tx pgx.Tx, sql string, args ...any) ([]string, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
