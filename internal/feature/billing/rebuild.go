package billing

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/money"
)

// CountMessages recounts messages by the tenant's day ("2026-11-20"), from one instant until
// before another. Its money fields are ignored. feature/message provides it.
type CountMessages func(
	ctx context.Context, tx pgx.Tx, tenant uuid.UUID, from, until time.Time,
) (map[string]DailyCounts, error)

// Every day of the range gets a row, and is locked: a count added meanwhile waits, and is then
// added to the rebuilt one.
const lockMetrics = `
insert into tenant_daily_metrics as m (tenant_id, day)
select t.tenant_id, d.day::date
from tenants t
cross join generate_series($2::date, $3::date, interval '1 day') d (day)
where t.tenant_id = $1
order by d.day
on conflict (tenant_id, day) do update set day = excluded.day`

const spentByDay = `
select to_char((e.occurred_at at time zone t.timezone)::date, 'YYYY-MM-DD'),
    sum(e.base)::bigint, sum(e.markup)::bigint
from usage_events e
join tenants t on t.tenant_id = e.tenant_id and t.tenant_id = $1
where e.tenant_id = $1
    and e.transaction_id is not null
    and e.occurred_at >= ($2::date::timestamp at time zone t.timezone)
    and e.occurred_at < ($3::date + 1)::timestamp at time zone t.timezone
group by 1`

// A message counts as charged on the day its charges first stopped being zero; coming back to
// zero takes it off that later day's count.
const chargedByDay = `
select to_char((r.occurred_at at time zone t.timezone)::date, 'YYYY-MM-DD'),
    sum(case when r.after <> 0 and r.before = 0 then 1 when r.after = 0 and r.before <> 0 then -1 else 0 end)::bigint
from (
    select e.tenant_id, e.occurred_at, sum(e.base + e.markup) over w as after,
        sum(e.base + e.markup) over w - (e.base + e.markup) as before
    from usage_events e
    where e.tenant_id = $1 and e.transaction_id is not null
    window w as (partition by e.source_id order by e.seq)
) r
join tenants t on t.tenant_id = r.tenant_id and t.tenant_id = $1
where r.tenant_id = $1
    and r.occurred_at >= ($2::date::timestamp at time zone t.timezone)
    and r.occurred_at < ($3::date + 1)::timestamp at time zone t.timezone
group by 1`

const writeMetrics = `
update tenant_daily_metrics m set
    queued = r.queued, accepted = r.accepted, sent = r.sent, delivered = r.delivered, read = r.read,
    failed = r.failed, inbound = r.inbound, charged = r.charged,
    spend_base = r.spend_base, spend_markup = r.spend_markup
from unnest($2::date[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
    $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[])
    r (day, queued, accepted, sent, delivered, read, failed, inbound, charged, spend_base, spend_markup)
where m.tenant_id = $1 and m.day = r.day`

// RebuildMetrics writes the counts of some days anew, money from usage events and messages from
// count, in one transaction. from and to are days of the tenant, inclusive.
func (s *Service) RebuildMetrics(ctx context.Context, tenant uuid.UUID, from, to time.Time, count CountMessages) error {
	first, last := from.Format(time.DateOnly), to.Format(time.DateOnly)
	err := s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		w, err := readWallet(tx.QueryRow(ctx, selectWallet, tenant))
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, lockMetrics, tenant, first, last); err != nil {
			return err
		}
		counted, err := count(ctx, tx, tenant, w.midnight(from), w.midnight(to.AddDate(0, 0, 1)))
		if err != nil {
			return err
		}
		days := make(map[string]*DailyCounts)
		for day := from; day.Format(time.DateOnly) <= last; day = day.AddDate(0, 0, 1) {
			c := counted[day.Format(time.DateOnly)]
			c.Charged, c.SpendBase, c.SpendMarkup = 0, 0, 0
			days[day.Format(time.DateOnly)] = &c
		}
		if err := addMoney(ctx, tx, tenant, first, last, days); err != nil {
			return err
		}
		return rewriteMetrics(ctx, tx, tenant, days)
	})
	if err != nil {
		return fmt.Errorf("rebuild metrics %s to %s: %w", first, last, err)
	}
	return nil
}

func addMoney(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, from, to string, days map[string]*DailyCounts) error {
	rows, err := tx.Query(ctx, spentByDay, tenant, from, to)
	if err != nil {
		return err
	}
	var day string
	var base, markup, n int64
	_, err = pgx.ForEachRow(rows, []any{&day, &base, &markup}, func() error {
		d := days[day]
		d.SpendBase += money.Amount(base)
		d.SpendMarkup += money.Amount(markup)
		return nil
	})
	if err != nil {
		return err
	}
	rows, err = tx.Query(ctx, chargedByDay, tenant, from, to)
	if err != nil {
		return err
	}
	_, err = pgx.ForEachRow(rows, []any{&day, &n}, func() error {
		days[day].Charged += n
		return nil
	})
	return err
}

func rewriteMetrics(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, days map[string]*DailyCounts) error {
	var names []string
	var columns countColumns
	for name, c := range days {
		names = append(names, name)
		columns.add(*c)
	}
	_, err := tx.Exec(ctx, writeMetrics, columns.args(tenant, names)...)
	return err
}
