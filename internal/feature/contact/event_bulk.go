package contact

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
)

// Events of changes of many: each contact's timeline tells what changed there.

const (
	sqlActing     = `select email from users where id = $1`
	sqlStageNames = `select id, name from contact_stages where tenant_id = $1 and id = any($2)`
	sqlOwnerNames = `select id, name from users where id = any($1)`
	sqlTagNames   = `select id, name from tags where tenant_id = $1 and id = any($2)`
)

// actingFor puts the member who asked for a bulk into the context of its chunks.
func actingFor(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) (context.Context, error) {
	if user == uuid.Nil {
		return actor.With(ctx, actor.ForTenant(tenant)), nil
	}
	by := actor.Actor{Kind: actor.User, UserID: user, TenantID: tenant}
	err := tx.QueryRow(ctx, sqlActing, user).Scan(&by.Email)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return actor.With(ctx, by), err
}

func namesOf(ctx context.Context, tx pgx.Tx, sql string, args ...any) (map[uuid.UUID]string, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	names := map[uuid.UUID]string{}
	var id uuid.UUID
	var name string
	_, err = pgx.ForEachRow(rows, []any{&id, &name}, func() error {
		names[id] = name
		return nil
	})
	return names, err
}

// appendMoves tells timelines of steps to another stage or owner, by name.
func (s *Service) appendMoves(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, moves []Move) error {
	ids := map[string][]uuid.UUID{StageMoved: {}, OwnerMoved: {}}
	for _, m := range moves {
		for _, id := range []*uuid.UUID{m.From, m.To} {
			if id != nil {
				ids[m.What] = append(ids[m.What], *id)
			}
		}
	}
	stages, err := namesOf(ctx, tx, sqlStageNames, tenant, sortedIDs(ids[StageMoved]))
	if err != nil {
		return err
	}
	owners, err := namesOf(ctx, tx, sqlOwnerNames, sortedIDs(ids[OwnerMoved]))
	if err != nil {
		return err
	}
	events := make([]Event, len(moves))
	for i, m := range moves {
		kind, names := EventStage, stages
		if m.What == OwnerMoved {
			kind, names = EventOwner, owners
		}
		events[i] = Event{Contact: m.Contact, Kind: kind, Changes: []FieldChange{{m.What, nameIn(names, m.From), nameIn(names, m.To)}}}
	}
	return Append(ctx, tx, tenant, s.clock.Now(), events...)
}

func nameIn(names map[uuid.UUID]string, id *uuid.UUID) string {
	if id == nil {
		return ""
	}
	return names[*id]
}

// appendTags tells the timelines of contacts, as they were before, which tags they got and lost.
func (s *Service) appendTags(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, a BulkAction, rows []Contact) error {
	names, err := namesOf(ctx, tx, sqlTagNames, tenant, sortedIDs(append(append([]uuid.UUID{}, a.Add...), a.Remove...)))
	if err != nil {
		return err
	}
	var events []Event
	for _, c := range rows {
		has := map[uuid.UUID]bool{}
		for _, tag := range c.Tags {
			has[tag.ID] = true
		}
		var changes []FieldChange
		for _, id := range a.Add {
			if !has[id] {
				changes = append(changes, FieldChange{Field: "tag", To: names[id]})
			}
		}
		for _, id := range a.Remove {
			if has[id] {
				changes = append(changes, FieldChange{Field: "tag", From: names[id]})
			}
		}
		if len(changes) > 0 {
			events = append(events, Event{Contact: c.ID, Kind: EventTagged, Changes: changes})
		}
	}
	return Append(ctx, tx, tenant, s.clock.Now(), events...)
}

// appendValue tells the timelines of contacts, as they were before, of a field's new value.
func (s *Service) appendValue(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, key, value string, rows []Contact) error {
	var events []Event
	for _, c := range rows {
		if was := c.Fields[key]; was != value {
			events = append(events, Event{Contact: c.ID, Kind: EventChanged, Changes: []FieldChange{{fieldTarget + key, was, value}}})
		}
	}
	return Append(ctx, tx, tenant, s.clock.Now(), events...)
}
