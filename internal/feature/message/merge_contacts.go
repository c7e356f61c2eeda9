package message

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const (
	// What is queued to a contact outside of campaigns.
	sqlLooseQueued = `
select m.id from contact_messages x join messages m on m.tenant_id = $1 and m.id = x.message_id
where x.tenant_id = $1 and x.contact_id = $2 and m.due_at is not null and m.campaign_id is null`
	// In id order, like every transaction that touches messages.
	sqlLockUnclaimed = `
select id from messages where tenant_id = $1 and id = any($2) and id between $3 and $4 and state = 'queued' order by id for update`
	sqlReaddress = `
update messages set contact_id = $3 where tenant_id = $1 and id = any($2) and id between $4 and $5 and state = 'queued'`
	sqlKeepTouches = `
insert into marketing_touches (tenant_id, contact_id, message_id)
select $1, $3, t.message_id from marketing_touches t where t.tenant_id = $1 and t.contact_id = $2
on conflict (tenant_id, contact_id, message_id) do nothing`
)

// LockQueued locks those of the messages that nobody has claimed, and what else is queued to a
// contact; it says which are locked and which belong to no campaign.
func (s *Service) LockQueued(ctx context.Context, tx pgx.Tx, tenant, contact uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]bool, []uuid.UUID, error) {
	rows, err := tx.Query(ctx, sqlLooseQueued, tenant, contact)
	if err != nil {
		return nil, nil, err
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil || len(found)+len(ids) == 0 {
		return nil, nil, err
	}
	ids = append(ids, found...)
	low, high := bounds(ids)
	if rows, err = tx.Query(ctx, sqlLockUnclaimed, tenant, ids, low, high); err != nil {
		return nil, nil, err
	}
	locked := make(map[uuid.UUID]bool)
	var id uuid.UUID
	if _, err := pgx.ForEachRow(rows, []any{&id}, func() error { locked[id] = true; return nil }); err != nil {
		return nil, nil, err
	}
	var loose []uuid.UUID
	for _, id := range found {
		if locked[id] {
			loose = append(loose, id)
		}
	}
	return locked, loose, nil
}

// Readdress gives queued messages of one contact to another that it became part of, and counts
// what the one got into the other's frequency cap.
func (s *Service) Readdress(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, from, to uuid.UUID) error {
	if _, err := tx.Exec(ctx, sqlKeepTouches, tenant, from, to); err != nil {
		return fmt.Errorf("keep touches: %w", err)
	}
	if len(ids) == 0 {
		return nil
	}
	low, high := bounds(ids)
	_, err := tx.Exec(ctx, sqlReaddress, tenant, ids, to, low, high)
	return err
}

const sqlReassign = `
update messages set contact_id = $3 where tenant_id = $1 and id = any($2) and id between $4 and $5`

// Reassign gives messages of campaigns that are over to another contact, whatever became of them. It
// locks them in the order of their ids.
func (s *Service) Reassign(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, to uuid.UUID) error {
	if len(ids) == 0 {
		return nil
	}
	low, high := bounds(ids)
	if _, err := tx.Exec(ctx, sqlLockForget, tenant, ids, low, high); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlReassign, tenant, ids, to, low, high)
	return err
}

// EndDuplicate ends a queued, locked message whose contact became part of another recipient.
func (s *Service) EndDuplicate(ctx context.Context, tx pgx.Tx, tenant, id, contact, campaign uuid.UUID, variant int16) error {
	return s.end(ctx, tx, tenant, s.Clock.Now(), []refusal{{candidate{id: id, contactID: contact, campaignID: campaign, variant: variant}, Duplicate, ReasonMerged, nil}})
}
