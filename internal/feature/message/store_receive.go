package message

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Two transactions with the same messages wait for each other in one direction, and the later finds
// that the earlier has them.
const sqlInsertInboundIDs = `
insert into inbound_ids (tenant_id, wamid, message_id)
select $1, u.wamid, u.message_id from unnest($2::text[], $3::uuid[]) as u(wamid, message_id)
on conflict (tenant_id, wamid) do nothing
returning message_id`

// takeInboundIDs gives messages their ids and returns those that were not known, in their order.
func takeInboundIDs(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []arriving) ([]arriving, error) {
	for i := range list {
		list[i].id = newInboundID(list[i])
	}
	ordered := slices.SortedStableFunc(slices.Values(list), func(a, b arriving) int { return cmp.Compare(a.ID, b.ID) })
	wamids, ids := make([]string, len(list)), make([]uuid.UUID, len(list))
	for i, a := range ordered {
		wamids[i], ids[i] = a.ID, a.id
	}
	rows, err := tx.Query(ctx, sqlInsertInboundIDs, tenant, wamids, ids)
	if err != nil {
		return nil, err
	}
	taken := make(map[uuid.UUID]bool, len(list))
	var id uuid.UUID
	if _, err := pgx.ForEachRow(rows, []any{&id}, func() error { taken[id] = true; return nil }); err != nil {
		return nil, err
	}
	fresh := make([]arriving, 0, len(taken))
	for _, a := range list {
		if taken[a.id] {
			fresh = append(fresh, a)
		}
	}
	slices.SortFunc(fresh, func(a, b arriving) int { return bytes.Compare(a.id[:], b.id[:]) })
	return fresh, nil
}

// newInboundID orders a message in its thread by the customer's own time and then as it came.
func newInboundID(a arriving) uuid.UUID {
	at := a.at
	if oldest := ident.Time(a.delivery).Add(-oldestInbound); at.Before(oldest) {
		at = oldest
	}
	return ident.Written(at, a.delivery, a.Place)
}

const sqlInsertInbound = `
with noted as (
    insert into contact_messages (tenant_id, contact_id, message_id)
    select $1, u.contact_id, u.id from unnest($2::uuid[], $4::uuid[]) as u(id, contact_id)
    on conflict (tenant_id, contact_id, message_id) do nothing)
insert into messages (tenant_id, id, channel_id, contact_id, direction, origin, kind, body, state, wamid, created_at)
select $1, u.id, u.channel_id, u.contact_id, 'in', 'customer', u.kind, u.body, 'received', u.wamid, u.at
from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::jsonb[], $7::text[], $8::timestamptz[])
    as u(id, channel_id, contact_id, kind, body, wamid, at)
on conflict (tenant_id, id) do nothing`

func insertInbound(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []arriving) error {
	ids, channels, contacts := make([]uuid.UUID, len(list)), make([]uuid.UUID, len(list)), make([]uuid.UUID, len(list))
	kinds, wamids, at := make([]string, len(list)), make([]string, len(list)), make([]time.Time, len(list))
	bodies := make([]json.RawMessage, len(list))
	for i, a := range list {
		ids[i], channels[i], contacts[i] = a.id, a.channel, a.contact.ID
		kinds[i], bodies[i], wamids[i], at[i] = a.Type, a.Raw, a.ID, a.at
	}
	tag, err := tx.Exec(ctx, sqlInsertInbound, tenant, ids, channels, contacts, kinds, bodies, wamids, at)
	if err == nil && tag.RowsAffected() != int64(len(list)) {
		return errIDTaken
	}
	return err
}

// makeRoom makes the partitions of the months that messages of the past belong to, before the first of
// them is stored.
func (s *Service) makeRoom(ctx context.Context, list []arriving) error {
	for _, a := range list {
		month := ident.Time(newInboundID(a)).UTC()
		month = time.Date(month.Year(), month.Month(), 1, 0, 0, 0, 0, time.UTC)
		if _, made := s.months.Load(month); made {
			continue
		}
		if err := s.DB.EnsurePartitions(ctx, month, "messages"); err != nil {
			return err
		}
		s.months.Store(month, true)
	}
	return nil
}
