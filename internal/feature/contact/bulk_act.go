package contact

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// act does a bulk's action to contacts, whose rows are locked, and returns how many were not so
// before.
func (s *Service) act(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, b Bulk, rows []Contact) (int64, error) {
	a := b.Action
	ctx, err := actingFor(ctx, tx, tenant, b.by)
	if err != nil {
		return 0, err
	}
	switch a.Kind {
	case BulkReform:
		return reformValues(ctx, tx, tenant, a.Field, rows)
	case BulkDropField:
		return s.setValue(ctx, tx, tenant, a.Field, "", idsOf(rows))
	case BulkDropStage:
		return s.leaveStage(ctx, tx, tenant, b, rows)
	}
	if err := a.hold(ctx, tx, tenant); err != nil {
		return 0, err
	}
	switch a.Kind {
	case BulkTags:
		return s.retag(ctx, tx, tenant, a, rows)
	case BulkStage:
		return s.moveAll(ctx, tx, tenant, StageMoved, idsOf(rows), a.Stage, b.by)
	case BulkOwner, BulkDisown:
		return s.moveAll(ctx, tx, tenant, OwnerMoved, idsOf(rows), a.Owner, b.by)
	case BulkField:
		return s.fill(ctx, tx, tenant, a, rows)
	case BulkOptOut:
		return s.optOut(ctx, tx, tenant, b, rows)
	case BulkDelete:
		gone, err := erase(ctx, tx, tenant, idsOf(rows), s.clock.Now())
		return int64(len(gone)), err
	}
	return 0, fault.Invalid("This is nothing to ask for.")
}

func idsOf(rows []Contact) []uuid.UUID {
	ids := make([]uuid.UUID, len(rows))
	for i, c := range rows {
		ids[i] = c.ID
	}
	return sortedIDs(ids)
}

// retag gives and takes tags of those who are not so yet.
func (s *Service) retag(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, a BulkAction, rows []Contact) (int64, error) {
	if err := addTags(ctx, tx, tenant, rows); err != nil {
		return 0, err
	}
	var other []uuid.UUID
	for _, c := range rows {
		if a.retags(c) {
			other = append(other, c.ID)
		}
	}
	t, ids := tally{}, sortedIDs(other)
	if err := unmark(ctx, tx, tenant, a.Remove, ids, t); err != nil {
		return 0, err
	}
	if err := mark(ctx, tx, tenant, sortedIDs(a.Add), ids, t); err != nil {
		return 0, err
	}
	if err := t.write(ctx, tx, tenant); err != nil {
		return 0, err
	}
	return int64(len(ids)), s.appendTags(ctx, tx, tenant, a, rows)
}

// retags says that the contact lacks a tag to give or has one to take away.
func (a BulkAction) retags(c Contact) bool {
	has := make(map[uuid.UUID]bool, len(c.Tags))
	for _, tag := range c.Tags {
		has[tag.ID] = true
	}
	for _, id := range a.Add {
		if !has[id] {
			return true
		}
	}
	for _, id := range a.Remove {
		if has[id] {
			return true
		}
	}
	return false
}

// fill gives everybody a field's value, as the field takes it now.
func (s *Service) fill(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, a BulkAction, rows []Contact) (int64, error) {
	fields, err := holdFields(ctx, tx, tenant, []string{a.Field})
	if err != nil || len(fields) == 0 {
		return 0, errOr(err, errNoField())
	}
	value, problem := fields[a.Field].canonical(a.Value)
	if problem != "" {
		return 0, fault.Invalid("The field was changed meanwhile, and the value does not fit any more.").WithCode("values_misfit")
	}
	changed, err := s.setValue(ctx, tx, tenant, a.Field, value, idsOf(rows))
	if err != nil {
		return 0, err
	}
	return changed, s.appendValue(ctx, tx, tenant, a.Field, value, rows)
}

func (s *Service) optOut(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, b Bulk, rows []Contact) (int64, error) {
	var in []uuid.UUID
	for _, c := range rows {
		if c.OptIn.State != OptInRefused {
			in = append(in, c.ID)
		}
	}
	if len(in) == 0 {
		return 0, nil
	}
	return int64(len(in)), ChangeConsent(ctx, tx, tenant, sortedIDs(in), consent.Change{Purpose: consent.Marketing, State: consent.Out,
		Via: consent.ViaBulk, Source: "bulk", Evidence: b.Action.Reason, BatchID: b.ID, At: s.clock.Now()})
}

// leaveStage moves contacts of a deleted stage to the one chosen then, or to none when that was
// deleted too.
func (s *Service) leaveStage(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, b Bulk, rows []Contact) (int64, error) {
	to := b.Action.Stage
	if err := holdStage(ctx, tx, tenant, to); fault.KindOf(err) == fault.KindNotFound {
		to = nil
	} else if err != nil {
		return 0, err
	}
	return s.moveAll(ctx, tx, tenant, StageMoved, idsOf(rows), to, b.by)
}

const (
	sqlSetValue = `
update contacts set fields = fields || jsonb_build_object($3::text, $4::text), updated_at = $5
where tenant_id = $1 and id = any($2) and deleted_at is null and fields->>$3 is distinct from $4`
	sqlDropValue = `
update contacts set fields = fields - $3::text, updated_at = $4
where tenant_id = $1 and id = any($2) and deleted_at is null and fields ? $3`
	sqlRewriteValues = `
update contacts c set fields = c.fields || jsonb_build_object($3::text, u.value)
from unnest($2::uuid[], $4::text[]) as u(id, value) where c.tenant_id = $1 and c.id = u.id`
)

func (s *Service) setValue(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, key, value string, ids []uuid.UUID) (int64, error) {
	if value == "" {
		done, err := tx.Exec(ctx, sqlDropValue, tenant, ids, key, s.clock.Now())
		return done.RowsAffected(), err
	}
	done, err := tx.Exec(ctx, sqlSetValue, tenant, ids, key, value, s.clock.Now())
	return done.RowsAffected(), err
}

// reformValues writes the values of contacts in the form their field becomes.
func reformValues(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, key string, rows []Contact) (int64, error) {
	held, err := holdFields(ctx, tx, tenant, []string{key})
	if err != nil || held[key].Becomes == nil {
		return 0, err
	}
	var ids []uuid.UUID
	var values []string
	for _, c := range rows {
		old, has := c.Fields[key]
		if value, problem := held[key].Becomes.canonical(old); has && problem == "" && value != old {
			ids, values = append(ids, c.ID), append(values, value)
		}
	}
	if len(ids) == 0 {
		return 0, nil
	}
	done, err := tx.Exec(ctx, sqlRewriteValues, tenant, ids, key, values)
	return done.RowsAffected(), err
}
