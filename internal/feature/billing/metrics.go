package billing

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

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

// The day is the tenant's own, worked out where its time zone is.
const addMetrics = `
insert into tenant_daily_metrics as m (tenant_id, day, queued, accepted, sent, delivered, read,
    failed, inbound, charged, spend_base, spend_markup)
select t.tenant_id, ($2::timestamptz at time zone t.timezone)::date, $3::bigint, $4::bigint, $5::bigint,
    $6::bigint, $7::bigint, $8::bigint, $9::bigint, $10::bigint, $11::bigint, $12::bigint
from tenants t
where t.tenant_id = $1
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

// AddMetrics adds to the counts of the tenant's day at an instant: one statement, which locks the
// day's row, so it comes before Hold and Post and after everything else. Spending counts on the
// day it is posted: give the same instant to Post.
func (s *Service) AddMetrics(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, at time.Time, c DailyCounts) error {
	if c == (DailyCounts{}) {
		return nil
	}
	_, err := tx.Exec(ctx, addMetrics, tenant, at, c.Queued, c.Accepted, c.Sent, c.Delivered, c.Read,
		c.Failed, c.Inbound, c.Charged, int64(c.SpendBase), int64(c.SpendMarkup))
	if err != nil {
		return fmt.Errorf("add metrics: %w", err)
	}
	return nil
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
