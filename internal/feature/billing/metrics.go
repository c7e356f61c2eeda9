package billing

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// DailyCounts are what happened on one day of a tenant, or a change of that.
type DailyCounts struct {
	Queued    int64 `json:"queued"`
	Accepted  int64 `json:"accepted" doc:"Taken by WhatsApp"`
	Sent      int64 `json:"sent"`
	Delivered int64 `json:"delivered"`
	Read      int64 `json:"read"`
	Failed    int64 `json:"failed" doc:"Failed, expired or unknown"`
	Inbound   int64 `json:"inbound" doc:"Messages from customers"`
	Charged   int64 `json:"charged" doc:"Messages paid for"`

	SpendBase   money.Amount `json:"spendBase" doc:"What WhatsApp takes, in ten-thousandths of the wallet's currency"`
	SpendMarkup money.Amount `json:"spendMarkup" doc:"What the platform adds, likewise"`
}

// Settle adds the money that a settlement moves.
func (c *DailyCounts) Settle(st Settlement) {
	base, markup := st.Charge()
	c.SpendBase += base
	c.SpendMarkup += markup
	was := st.Standing.PostedBase+st.Standing.PostedMarkup != 0
	is := st.PostedBase+st.PostedMarkup != 0
	switch {
	case is && !was:
		c.Charged++
	case was && !is:
		c.Charged--
	}
}

// total is what was spent.
func (c DailyCounts) total() money.Amount { return c.SpendBase + c.SpendMarkup }

// The day is the tenant's own, worked out where its time zone is. Days are locked in order.
const addMetrics = `
insert into tenant_daily_metrics as m (tenant_id, day, queued, accepted, sent, delivered, read,
    failed, inbound, charged, spend_base, spend_markup)
select t.tenant_id, (c.at at time zone t.timezone)::date as day, sum(c.queued)::bigint,
    sum(c.accepted)::bigint, sum(c.sent)::bigint, sum(c.delivered)::bigint, sum(c.read)::bigint,
    sum(c.failed)::bigint, sum(c.inbound)::bigint, sum(c.charged)::bigint,
    sum(c.spend_base)::bigint, sum(c.spend_markup)::bigint
from tenants t
cross join unnest($2::timestamptz[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],
    $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[])
    c (at, queued, accepted, sent, delivered, read, failed, inbound, charged, spend_base, spend_markup)
where t.tenant_id = $1
group by t.tenant_id, (c.at at time zone t.timezone)::date
order by day
on conflict (tenant_id, day) do update set
    queued = m.queued + excluded.queued,
    accepted = m.accepted + excluded.accepted,
    sent = m.sent + excluded.sent,
    delivered = m.delivered + excluded.delivered,
    read = m.read + excluded.read,
    failed = m.failed + excluded.failed,
    inbound = m.inbound + excluded.inbound,
    charged = m.charged + excluded.charged,
    spend_base = m.spend_base + excluded.spend_base,
    spend_markup = m.spend_markup + excluded.spend_markup`

// AddMetrics adds to the counts of the tenant's day at an instant: AddDays for one.
func (s *Service) AddMetrics(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, at time.Time, c DailyCounts) error {
	return s.AddDays(ctx, tx, tenant, map[time.Time]*DailyCounts{at: &c})
}

// AddDays adds to the counts of the tenant's days at some instants. It is one statement, which
// locks the days' rows, so it comes before Hold and Post and after everything else. Spending
// counts on the day it is posted: give it the instant that Post is given.
func (s *Service) AddDays(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, counts map[time.Time]*DailyCounts) error {
	if args := daysArgs(tenant, counts); args != nil {
		if _, err := tx.Exec(ctx, addMetrics, args...); err != nil {
			return fmt.Errorf("add metrics: %w", err)
		}
	}
	return nil
}

// AddDaysLast is AddDays as the last that a transaction locks: all of a tenant's batches share the row. It
// is not for transactions that move the wallet, which comes after the metrics.
func (s *Service) AddDaysLast(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, counts map[time.Time]*DailyCounts) error {
	args := daysArgs(tenant, counts)
	if args == nil {
		return nil
	}
	return db.AtCommit(ctx, tx, addMetrics, args...)
}

// daysArgs are the statement's arguments; nil: there is nothing to count.
func daysArgs(tenant uuid.UUID, counts map[time.Time]*DailyCounts) []any {
	var times []time.Time
	var columns countColumns
	for at, c := range counts {
		if *c != (DailyCounts{}) {
			times = append(times, at)
			columns.add(*c)
		}
	}
	if len(times) == 0 {
		return nil
	}
	return columns.args(tenant, times)
}

// countColumns are the columns of many DailyCounts, in the order of the statements.
type countColumns [10][]int64

func (cc *countColumns) add(c DailyCounts) {
	for i, n := range []int64{
		c.Queued, c.Accepted, c.Sent, c.Delivered, c.Read, c.Failed, c.Inbound, c.Charged,
		int64(c.SpendBase), int64(c.SpendMarkup),
	} {
		cc[i] = append(cc[i], n)
	}
}

func (cc *countColumns) args(tenant uuid.UUID, keys any) []any {
	args := []any{tenant, keys}
	for _, column := range cc {
		args = append(args, column)
	}
	return args
}

// Day is the counts of one calendar day of the tenant.
type Day struct {
	Day string `json:"day" format:"date"`
	DailyCounts
}

const selectMetrics = `
select to_char(day, 'YYYY-MM-DD'), queued, accepted, sent, delivered, read, failed, inbound, charged,
    spend_base, spend_markup
from tenant_daily_metrics
where tenant_id = $1 and day >= $2::date and day <= $3::date
order by day`

func scanDay(row pgx.CollectableRow) (d Day, err error) {
	err = row.Scan(&d.Day, &d.Queued, &d.Accepted, &d.Sent, &d.Delivered, &d.Read, &d.Failed, &d.Inbound,
		&d.Charged, &d.SpendBase, &d.SpendMarkup)
	return d, err
}

// Daily returns the last n days of a tenant, oldest first, today included and no day left out.
func (s *Service) Daily(ctx context.Context, tenant uuid.UUID, n int) (currency money.Currency, days []Day, err error) {
	err = s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		w, err := readWallet(tx.QueryRow(ctx, selectWallet, tenant))
		if err != nil {
			return err
		}
		today := w.day(s.clock.Now())
		rows, err := tx.Query(ctx, selectMetrics, tenant, today.AddDate(0, 0, 1-n), today)
		if err != nil {
			return fmt.Errorf("read metrics: %w", err)
		}
		kept, err := pgx.CollectRows(rows, scanDay)
		currency, days = w.Currency, everyDay(kept, today, n)
		return err
	})
	return currency, days, err
}

// everyDay fills the days on which nothing happened.
func everyDay(kept []Day, today time.Time, n int) []Day {
	byDay := make(map[string]Day, len(kept))
	for _, d := range kept {
		byDay[d.Day] = d
	}
	days := make([]Day, 0, n)
	for back := n - 1; back >= 0; back-- {
		name := today.AddDate(0, 0, -back).Format(time.DateOnly)
		d := byDay[name]
		d.Day = name
		days = append(days, d)
	}
	return days
}
