package campaign

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Conversions are package goal's and may come to count for another campaign: they are read when
// campaigns or versions are compared, never counted along.

const sqlConvertedVariants = `
select r.variant, count(distinct e.contact_id) from conversions e
join campaign_recipients r on r.tenant_id = $1 and r.campaign_id = $2 and r.contact_id = e.contact_id and r.variant > 0
where e.tenant_id = $1 and e.campaign_id = $2
group by r.variant`

// addConverted adds to the versions' counts how many people a conversion counts for.
func addConverted(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, counts []Counts) error {
	rows, err := tx.Query(ctx, sqlConvertedVariants, tenant, id)
	if err != nil {
		return err
	}
	var variant int16
	var people int64
	_, err = pgx.ForEachRow(rows, []any{&variant, &people}, func() error {
		if int(variant) <= len(counts) {
			counts[variant-1].converted = people
		}
		return nil
	})
	return err
}

const sqlConvertedCampaigns = `
select e.campaign_id, count(distinct e.contact_id) from conversions e
where e.tenant_id = $1 and e.campaign_id = any($2)
group by e.campaign_id`

// addConvertedTo is the same for whole campaigns.
func addConvertedTo(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Campaign) error {
	at := make(map[uuid.UUID]*Counts, len(list))
	ids := make([]uuid.UUID, len(list))
	for i := range list {
		ids[i], at[list[i].ID] = list[i].ID, &list[i].Counts
	}
	rows, err := tx.Query(ctx, sqlConvertedCampaigns, tenant, ids)
	if err != nil {
		return err
	}
	var id uuid.UUID
	var people int64
	_, err = pgx.ForEachRow(rows, []any{&id, &people}, func() error {
		at[id].converted = people
		return nil
	})
	return err
}
