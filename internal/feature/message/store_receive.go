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

// What the business wrote on its phone has left long since: it is one of ours that nothing is owed for.
const sqlInsertInbound = `
with noted as (
    insert into contact_messages (tenant_id, contact_id, message_id)
    select $1, u.contact_id, u.id from unnest($2::uuid[], $4::uuid[]) as u(id, contact_id)
    on conflict (tenant_id, contact_id, message_id) do nothing)
insert into messages (tenant_id, id, channel_id, contact_id, direction, origin, kind, body, state, wamid, created_at, source,
    accepted_at, sent_at, delivered_at, read_at)
select $1, u.id, u.channel_id, u.contact_id, case when u.ours then 'out' else 'in' end, case when u.ours then 'phone' else 'customer' end,
    u.kind, u.body, u.state, u.wamid, u.at, u.source, case when u.ours then u.at end, case when u.ours then u.at end,
    case when u.ours and u.state in ('delivered', 'read') then u.at end, case when u.ours and u.state = 'read' then u.at end
from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::jsonb[], $7::text[], $8::timestamptz[], $9::boolean[], $10::text[], $11::text[])
    as u(id, channel_id, contact_id, kind, body, wamid, at, ours, state, source)
on conflict (tenant_id, id) do nothing`

func insertInbound(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []arriving) error {
	ids, channels, contacts := make([]uuid.UUID, len(list)), make([]uuid.UUID, len(list)), make([]uuid.UUID, len(list))
	kinds, wamids, at := make([]string, len(list)), make([]string, len(list)), make([]time.Time, len(list))
	bodies, ours, states, sources := make([]json.RawMessage, len(list)), make([]bool, len(list)), make([]string, len(list)), make([]string, len(list))
	for i, a := range list {
		ids[i], channels[i], contacts[i] = a.id, a.channel, a.contact.ID
		kinds[i], bodies[i], wamids[i], at[i] = a.Type, storable(a.Raw), a.ID, a.at
		ours[i], states[i], sources[i] = a.Ours, string(a.state()), string(a.source)
	}
	tag, err := tx.Exec(ctx, sqlInsertInbound, tenant, ids, channels, contacts, kinds, bodies, wamids, at, ours, states, sources)
	if err == nil && tag.RowsAffected() != int64(len(list)) {
		return errIDTaken
	}
	return err
}

// state is how a message stands as it is stored. One of ours was sent, and history tells how far it came.
func (a arriving) state() State {
	if !a.Ours {
		return Received
	}
	if known := statusStates[a.Status]; known == Delivered || known == Read {
		return known
	}
	return Sent
}

// unknownOurs leaves out messages of ours that we sent by ourselves: history tells of them too.
func (s *Service) unknownOurs(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []arriving) ([]arriving, error) {
	var wamids []string
	for _, a := range list {
		if a.Ours {
			wamids = append(wamids, a.ID)
		}
	}
	if len(wamids) == 0 {
		return list, nil
	}
	known, err := idsByWAMID(ctx, tx, tenant, wamids)
	return slices.DeleteFunc(list, func(a arriving) bool { _, sent := known[a.ID]; return a.Ours && sent }), err
}

const sqlFillPlaceholders = `
update messages m set kind = u.kind, body = u.body
from unnest($2::text[], $3::text[], $4::jsonb[]) as u(wamid, kind, body)
join inbound_ids i on i.tenant_id = $1 and i.wamid = u.wamid
where m.tenant_id = $1 and m.id = i.message_id and m.kind = 'media_placeholder' and m.source = 'history'
returning m.wamid, m.id`

// fillPlaceholders gives messages of history, which come without their files, what a later webhook tells
// of the file.
func (s *Service) fillPlaceholders(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, says, fresh []arriving) error {
	isFresh := make(map[string]bool, len(fresh))
	for _, a := range fresh {
		isFresh[a.ID] = true
	}
	late := make(map[string]arriving)
	var wamids, kinds []string
	var bodies []json.RawMessage
	for _, a := range says {
		if a.source == History && a.Media != nil && !isFresh[a.ID] {
			late[a.ID] = a
			wamids, kinds, bodies = append(wamids, a.ID), append(kinds, a.Type), append(bodies, storable(a.Raw))
		}
	}
	if len(late) == 0 {
		return nil
	}
	rows, err := tx.Query(ctx, sqlFillPlaceholders, tenant, wamids, kinds, bodies)
	if err != nil {
		return err
	}
	var filled []arriving
	var wamid string
	var id uuid.UUID
	if _, err := pgx.ForEachRow(rows, []any{&wamid, &id}, func() error {
		a := late[wamid]
		a.id = id
		filled = append(filled, a)
		return nil
	}); err != nil {
		return err
	}
	return s.expectMedia(ctx, tx, tenant, filled)
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
