package campaign

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/money"
)

// Act is something a person does that a campaign hopes for.
type Act string

// ActReplied is an inbound message, to whatever it answers.
const ActReplied Act = "replied"

// goalAct begins the acts of reaching a goal; its id follows.
const goalAct = "goal:"

// ActConverted is reaching a goal.
func ActConverted(goal uuid.UUID) Act { return Act(goalAct + goal.String()) }

// Deed is what one person did, once.
type Deed struct {
	Contact uuid.UUID
	Act     Act
	At      time.Time
	Value   money.Amount // what it was worth; 0 for acts that have no price
}

// The campaigns that each deed says something about: those with a hold-out that the person was in
// and whose window the deed falls in.
const sqlMeasuring = `
select u.n, c.id, r.state = 'held_out'
from unnest($2::uuid[], $3::timestamptz[]) with ordinality as u(contact_id, at, n)
join campaigns c on c.tenant_id = $1 and c.hold_out > 0 and c.started_at >= $4 and c.started_at <= u.at
    and u.at < c.started_at + make_interval(hours => 24 * c.window_days)
join campaign_recipients r on r.tenant_id = $1 and r.campaign_id = c.id and r.contact_id = u.contact_id
where c.tenant_id = $1 and r.tenant_id = $1`

// Acted records what people did, for every campaign with a hold-out in whose window it falls: who was
// held out may do it too, and that difference is the measure. A person counts once for an act, with
// the values of all they did. Other features call it in the transaction that stores the deeds.
func (s *Service) Acted(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, deeds []Deed) error {
	if len(deeds) == 0 {
		return nil
	}
	people, times := make([]uuid.UUID, len(deeds)), make([]time.Time, len(deeds))
	first := deeds[0].At
	for i, d := range deeds {
		people[i], times[i] = d.Contact, d.At
		if d.At.Before(first) {
			first = d.At
		}
	}
	rows, err := tx.Query(ctx, sqlMeasuring, tenant, people, times, first.AddDate(0, 0, -maxWindow-1))
	if err != nil {
		return err
	}
	var list []actRow
	var n int
	var r actRow
	_, err = pgx.ForEachRow(rows, []any{&n, &r.campaign, &r.heldOut}, func() error {
		list = append(list, deeds[n-1].in(r.campaign, r.heldOut))
		return nil
	})
	if err != nil {
		return err
	}
	return storeActs(ctx, tx, tenant, list)
}

// actRow is a person's act as one campaign counts it.
type actRow struct {
	campaign, contact uuid.UUID
	act               Act
	heldOut           bool
	at                time.Time
	times             int32
	value             money.Amount
}

func (d Deed) in(campaign uuid.UUID, heldOut bool) actRow {
	return actRow{campaign, d.Contact, d.Act, heldOut, d.At, 1, d.Value}
}

// order is that in which everybody locks acts.
func (r actRow) order(o actRow) int {
	return cmp.Or(bytes.Compare(r.campaign[:], o.campaign[:]), bytes.Compare(r.contact[:], o.contact[:]), cmp.Compare(r.act, o.act))
}

// joined puts acts in order, those of one key as one.
func joined(list []actRow) (out []actRow) {
	slices.SortStableFunc(list, actRow.order)
	for _, r := range list {
		if last := len(out) - 1; last >= 0 && out[last].order(r) == 0 {
			out[last].times, out[last].value = out[last].times+r.times, out[last].value+r.value
			continue
		}
		out = append(out, r)
	}
	return out
}

const sqlActs = `
insert into campaign_acts as a (tenant_id, campaign_id, contact_id, act, held_out, at, times, value)
select $1, u.campaign_id, u.contact_id, u.act, u.held_out, u.at, u.times, u.value
from unnest($2::uuid[], $3::uuid[], $4::text[], $5::boolean[], $6::timestamptz[], $7::integer[], $8::bigint[])
    as u(campaign_id, contact_id, act, held_out, at, times, value)
on conflict (tenant_id, campaign_id, contact_id, act) do update set times = a.times + excluded.times, value = a.value + excluded.value
returning campaign_id, contact_id, act, held_out, at, times, value`

// What a person's values add to the sum of squares is the new square less the old one.
const sqlCountActs = `
insert into campaign_act_counts as k (tenant_id, campaign_id, act, messaged, held_out, messaged_value, held_out_value, messaged_square, held_out_square)
select $1::uuid, u.campaign_id, u.act,
    coalesce(sum(u.first) filter (where not u.held_out), 0), coalesce(sum(u.first) filter (where u.held_out), 0),
    coalesce(sum(u.worth - u.was) filter (where not u.held_out), 0)::bigint, coalesce(sum(u.worth - u.was) filter (where u.held_out), 0)::bigint,
    coalesce(sum(u.worth::numeric * u.worth - u.was::numeric * u.was) filter (where not u.held_out), 0),
    coalesce(sum(u.worth::numeric * u.worth - u.was::numeric * u.was) filter (where u.held_out), 0)
from unnest($2::uuid[], $3::text[], $4::boolean[], $5::bigint[], $6::bigint[], $7::bigint[]) as u(campaign_id, act, held_out, first, was, worth)
group by u.campaign_id, u.act order by u.campaign_id, u.act
on conflict (tenant_id, campaign_id, act) do update set messaged = k.messaged + excluded.messaged, held_out = k.held_out + excluded.held_out,
    messaged_value = k.messaged_value + excluded.messaged_value, held_out_value = k.held_out_value + excluded.held_out_value,
    messaged_square = k.messaged_square + excluded.messaged_square, held_out_square = k.held_out_square + excluded.held_out_square`

// storeActs writes acts and then the counts, each in one order.
func storeActs(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []actRow) error {
	if len(list) == 0 {
		return nil
	}
	list = joined(list)
	var c actColumns
	for _, r := range list {
		c.add(r)
	}
	rows, err := tx.Query(ctx, sqlActs, tenant, c.campaigns, c.contacts, c.acts, c.heldOut, c.at, c.times, c.values)
	if err != nil {
		return fmt.Errorf("record acts: %w", err)
	}
	stored, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r actRow, err error) {
		return r, row.Scan(&r.campaign, &r.contact, &r.act, &r.heldOut, &r.at, &r.times, &r.value)
	})
	if err != nil {
		return fmt.Errorf("record acts: %w", err)
	}
	return countActs(ctx, tx, tenant, list, stored)
}

// countActs counts what was new of the acts: people for the first time, and values.
func countActs(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list, stored []actRow) error {
	slices.SortFunc(stored, actRow.order)
	var c actColumns
	var first, was []int64
	for i, r := range stored {
		n := int64(0)
		if r.times == list[i].times {
			n = 1
		}
		if n == 0 && list[i].value == 0 {
			continue
		}
		c.add(r)
		first, was = append(first, n), append(was, int64(r.value-list[i].value))
	}
	if len(first) == 0 {
		return nil
	}
	if _, err := tx.Exec(ctx, sqlCountActs, tenant, c.campaigns, c.acts, c.heldOut, first, was, c.values); err != nil {
		return fmt.Errorf("count acts: %w", err)
	}
	return nil
}

// actColumns is acts turned into columns for unnest.
type actColumns struct {
	campaigns, contacts []uuid.UUID
	acts                []string
	heldOut             []bool
	at                  []time.Time
	times               []int32
	values              []int64
}

func (c *actColumns) add(r actRow) {
	c.campaigns, c.contacts = append(c.campaigns, r.campaign), append(c.contacts, r.contact)
	c.acts, c.heldOut = append(c.acts, string(r.act)), append(c.heldOut, r.heldOut)
	c.at, c.times, c.values = append(c.at, r.at), append(c.times, r.times), append(c.values, int64(r.value))
}
