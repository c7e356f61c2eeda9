package link

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
)

// What becomes of clicks when people ask for what is kept, or turn out to be one.

const (
	sqlKeptClicks = `
select jsonb_build_object('at', k.at, 'campaign', coalesce(c.name, ''), 'link', coalesce(l.url, ''))
from link_clicks k
left join campaigns c on c.tenant_id = $1 and c.id = k.campaign_id
left join links l on l.tenant_id = $1 and l.campaign_id = k.campaign_id and l.number = k.number
where k.tenant_id = $1 and k.contact_id = any($2) order by k.at, k.campaign_id, k.number`
	// A click of both, within the same ten seconds, stays where it is: the key is the whole row.
	sqlCarryClicks = `
update link_clicks k set contact_id = $3
where k.tenant_id = $1 and k.contact_id = $2 and not exists (
    select from link_clicks o where o.tenant_id = $1 and o.campaign_id = k.campaign_id and o.contact_id = $3 and o.number = k.number and o.at = k.at)
returning k.campaign_id, k.number, k.at`
	sqlCarryClickers = `
update link_clickers k set contact_id = $3
from unnest($4::uuid[], $5::smallint[]) as u(campaign_id, number)
where k.tenant_id = $1 and k.campaign_id = u.campaign_id and k.number = u.number and k.contact_id = $2 and not exists (
    select from link_clickers o where o.tenant_id = $1 and o.campaign_id = k.campaign_id and o.number = k.number and o.contact_id = $3)
returning k.campaign_id, k.number`
	sqlReturnClicks = `
update link_clicks k set contact_id = $3
from unnest($4::uuid[], $5::smallint[], $6::timestamptz[]) as u(campaign_id, number, at)
where k.tenant_id = $1 and k.contact_id = $2 and k.campaign_id = u.campaign_id and k.number = u.number and k.at = u.at`
)

// KeptClicks are the contacts' clicks as objects of JSON.
func KeptClicks(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) ([]json.RawMessage, error) {
	return db.Objects(ctx, tx, sqlKeptClicks, tenant, contacts)
}

// carriedClicks are rows by their columns.
type carriedClicks struct {
	Campaigns []uuid.UUID `json:"campaigns"`
	Numbers   []int16     `json:"numbers"`
	At        []time.Time `json:"at,omitempty"`
}

// CarryClicks gives one contact's clicks to another; how many people clicked a campaign stays as it was.
func CarryClicks(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID) (any, error) {
	rows, err := tx.Query(ctx, sqlCarryClicks, tenant, goes, stays)
	if err != nil {
		return nil, err
	}
	var moved carriedClicks
	var campaign uuid.UUID
	var number int16
	var at time.Time
	_, err = pgx.ForEachRow(rows, []any{&campaign, &number, &at}, func() error {
		moved.Campaigns, moved.Numbers, moved.At = append(moved.Campaigns, campaign), append(moved.Numbers, number), append(moved.At, at)
		return nil
	})
	if err != nil || len(moved.At) == 0 {
		return nil, err
	}
	return moved, nil
}

// ReturnClicks gives them back.
func ReturnClicks(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID, raw json.RawMessage) error {
	var moved carriedClicks
	if err := json.Unmarshal(raw, &moved); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlReturnClicks, tenant, stays, goes, moved.Campaigns, moved.Numbers, moved.At)
	return err
}

const sqlClickedOf = `select distinct campaign_id, number from link_clicks where tenant_id = $1 and contact_id = any($2)`

// CarryClickers makes the contact that stays the one who clicked, where it had not. It is called before
// CarryClicks, whose rows say where to look.
func CarryClickers(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID) (any, error) {
	rows, err := tx.Query(ctx, sqlClickedOf, tenant, []uuid.UUID{goes})
	if err != nil {
		return nil, err
	}
	places, err := placesOf(rows)
	if err != nil || len(places.Campaigns) == 0 {
		return nil, err
	}
	for _, campaign := range places.Campaigns[:len(places.Numbers)] {
		places.Campaigns, places.Numbers = append(places.Campaigns, campaign), append(places.Numbers, 0)
	}
	if rows, err = tx.Query(ctx, sqlCarryClickers, tenant, goes, stays, places.Campaigns, places.Numbers); err != nil {
		return nil, err
	}
	moved, err := placesOf(rows)
	if err != nil || len(moved.Campaigns) == 0 {
		return nil, err
	}
	return moved, nil
}

func placesOf(rows pgx.Rows) (c carriedClicks, err error) {
	var campaign uuid.UUID
	var number int16
	_, err = pgx.ForEachRow(rows, []any{&campaign, &number}, func() error {
		c.Campaigns, c.Numbers = append(c.Campaigns, campaign), append(c.Numbers, number)
		return nil
	})
	return c, err
}

// ReturnClickers gives it back.
func ReturnClickers(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID, raw json.RawMessage) error {
	var moved carriedClicks
	if err := json.Unmarshal(raw, &moved); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlCarryClickers, tenant, stays, goes, moved.Campaigns, moved.Numbers)
	return err
}
