package conversation

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/realtime"
)

// filled is news as browsers get it: what was published, with the row of the list or the item of the thread
// as it is now. Presence passes as it came.
type filled struct {
	news
	Row      *Row            `json:"row,omitempty"`
	Item     *Item           `json:"item,omitempty"`
	Presence json.RawMessage `json:"presence,omitempty"`
}

// FillList completes news of the list with rows, for all browsers of a workspace at once. Whether a reader
// is mentioned is theirs to remember: the rows do not say.
func (s *Service) FillList(ctx context.Context, tenant uuid.UUID, list []realtime.Heard) ([]json.RawMessage, error) {
	return s.fill(ctx, tenant, list, func(ctx context.Context, tx pgx.Tx, all []filled) error {
		rows, err := s.rowsFor(ctx, tx, tenant, all)
		for i := range all {
			if row, ok := rows[all[i].ID]; ok {
				all[i].Row = &row
			}
		}
		return err
	})
}

// FillThreads completes news of single conversations with the items of their threads.
func (s *Service) FillThreads(ctx context.Context, tenant uuid.UUID, list []realtime.Heard) ([]json.RawMessage, error) {
	return s.fill(ctx, tenant, list, func(ctx context.Context, tx pgx.Tx, all []filled) error {
		items, err := itemsFor(ctx, tx, tenant, all)
		for i := range all {
			for _, id := range []*uuid.UUID{all[i].Message, all[i].Entry} {
				if id == nil {
					continue
				}
				if item, ok := items[*id]; ok {
					all[i].Item = &item
				}
			}
		}
		return err
	})
}

// fill reads the news, lets complete add to it, and writes it for browsers.
func (s *Service) fill(ctx context.Context, tenant uuid.UUID, list []realtime.Heard, complete func(context.Context, pgx.Tx, []filled) error) ([]json.RawMessage, error) {
	all := make([]filled, len(list))
	for i, n := range list {
		if err := json.Unmarshal(n.Data, &all[i]); err != nil {
			return nil, fmt.Errorf("read news: %w", err)
		}
	}
	err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return complete(ctx, tx, all) }, db.PlanOnce)
	if err != nil {
		return nil, err
	}
	whole := make([]json.RawMessage, len(all))
	for i := range all {
		if all[i].Presence != nil {
			whole[i] = list[i].Data
			continue
		}
		if whole[i], err = json.Marshal(all[i]); err != nil {
			return nil, fmt.Errorf("write news: %w", err)
		}
	}
	return whole, nil
}

func (s *Service) rowsFor(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, all []filled) (map[uuid.UUID]Row, error) {
	ids := make([]uuid.UUID, 0, len(all))
	for _, n := range all {
		ids = append(ids, n.ID)
	}
	list, err := rowsByID(ctx, tx, tenant, ids)
	if err != nil {
		return nil, err
	}
	if err := s.fillRows(ctx, tx, tenant, uuid.Nil, list); err != nil {
		return nil, err
	}
	rows := make(map[uuid.UUID]Row, len(list))
	for _, r := range list {
		rows[r.ID] = r
	}
	return rows, nil
}

const sqlEntriesByID = `select ` + entryColumns + ` from conversation_entries e where e.tenant_id = $1 and e.id = any($2) and e.conversation_id = any($3)`

// itemsFor reads messages and entries by id.
func itemsFor(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, all []filled) (map[uuid.UUID]Item, error) {
	var messages, entries, of []uuid.UUID
	for _, n := range all {
		if n.Message != nil {
			messages = append(messages, *n.Message)
		}
		if n.Entry != nil {
			entries, of = append(entries, *n.Entry), append(of, n.ID)
		}
	}
	items := map[uuid.UUID]Item{}
	if len(messages) > 0 {
		rows, err := messageRows(ctx, tx, tenant, messages)
		if err != nil {
			return nil, err
		}
		asked, err := payments(ctx, tx, tenant, rows)
		if err != nil {
			return nil, err
		}
		for _, m := range rows {
			items[m.ID] = m.itemWith(asked)
		}
	}
	if len(entries) == 0 {
		return items, nil
	}
	rows, err := tx.Query(ctx, sqlEntriesByID, tenant, entries, of)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, scanEntry)
	for _, e := range list {
		items[e.ID] = e.item()
	}
	return items, err
}

// Glimpse is a conversation in a few words.
type Glimpse struct{ Name, Preview string }

// Glimpses are some conversations in a few words, in the caller's transaction.
func (s *Service) Glimpses(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]Glimpse, error) {
	found := make(map[uuid.UUID]Glimpse, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	rows, err := rowsByID(ctx, tx, tenant, ids)
	for _, r := range rows {
		name := r.Contact.Name
		if name == "" {
			name = r.Contact.Phone
		}
		found[r.ID] = Glimpse{Name: name, Preview: r.Preview}
	}
	return found, err
}

const sqlNobodys = `
select id, team_id from conversations
where tenant_id = $1 and id = any($2) and assignee_id is null and handler = 'people' and status <> 'resolved'`

// Nobodys are those of some conversations that no person has, with their team, in the caller's transaction;
// the nil team is none.
func (s *Service) Nobodys(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]uuid.UUID, error) {
	rows, err := tx.Query(ctx, sqlNobodys, tenant, ids)
	if err != nil {
		return nil, err
	}
	found := map[uuid.UUID]uuid.UUID{}
	var id uuid.UUID
	var team *uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&id, &team}, func() error {
		found[id] = uuid.Nil
		if team != nil {
			found[id] = *team
		}
		return nil
	})
	return found, err
}
