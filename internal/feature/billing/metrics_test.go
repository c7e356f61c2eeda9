package billing

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

func (b *bundle) daily(n int) []Day {
	b.t.Helper()
	currency, days, err := b.service.Daily(b.ctx, b.acme, n)
	if err != nil || currency != "INR" || len(days) != n {
		b.t.Fatalf("daily metrics in %s: %v, %v", currency, days, err)
	}
	return days
}

// The tenant's day turns at 18:30 UTC; a correction on the next day counts there.
func TestMetricsRebuild(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.topUp(100)
	ids := b.claim(4)
	b.tell(report{state: "delivered"}, ids[:3]...)
	b.clock.Advance(7 * time.Hour)
	b.tell(report{state: "delivered"}, ids[3])
	b.tell(report{"read", "free_entry_point", "referral_conversion"}, ids[0])
	b.tell(report{"read", "regular", "utility"}, ids[1])
	counted := DailyCounts{Queued: 4, Delivered: 4, Inbound: 1, Failed: 2, Accepted: 4, Sent: 4, Read: 2}
	b.in(b.acme, func(ctx context.Context, tx pgx.Tx) error {
		return b.service.AddMetrics(ctx, tx, b.acme, b.clock.Now(), counted)
	})
	want := b.daily(3)
	if want[1].Day != "2026-11-20" || want[1].Charged != 3 || want[1].total() != 3*9_494 {
		t.Errorf("the first day: %+v", want[1])
	}
	if want[2].Day != "2026-11-21" || want[2].Charged != 0 || want[2].total() != 1_265-9_494 {
		t.Errorf("the second day: %+v", want[2])
	}
	b.tamper(`update tenant_daily_metrics set queued = 77, charged = 5, spend_base = 0, spend_markup = 1`)
	recount := func(_ context.Context, _ pgx.Tx, tenant uuid.UUID, from, until time.Time) (map[string]DailyCounts, error) {
		begin := time.Date(2026, time.November, 18, 18, 30, 0, 0, time.UTC)
		if tenant != b.acme || !from.Equal(begin) || !until.Equal(begin.AddDate(0, 0, 3)) {
			t.Errorf("recount %s from %s until %s", tenant, from, until)
		}
		return map[string]DailyCounts{"2026-11-21": counted, "2026-12-24": counted}, nil
	}
	err := b.service.RebuildMetrics(b.ctx, b.acme, noon.AddDate(0, 0, -1), noon.AddDate(0, 0, 1), recount)
	if err != nil {
		t.Fatal(err)
	}
	for i, got := range b.daily(3) {
		if got != want[i] {
			t.Errorf("rebuilt %+v, was %+v", got, want[i])
		}
	}
}

// Instants of one day are one row, whatever the order; nothing is written for nothing.
func TestAddDays(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.in(b.acme, func(ctx context.Context, tx pgx.Tx) error {
		return b.service.AddDays(ctx, tx, b.acme, map[time.Time]*DailyCounts{
			noon:                           {Sent: 2, SpendBase: -7},
			noon.Add(6 * time.Hour):        {Sent: 3},
			noon.Add(7 * time.Hour):        {Sent: 5, Failed: -1},
			noon.Add(-30 * time.Hour * 24): {},
		})
	})
	days := b.daily(31)
	if days[30].Sent != 5 || days[30].SpendBase != -7 || days[30].Day != "2026-11-20" {
		t.Errorf("today: %+v", days[30])
	}
	b.clock.Advance(7 * time.Hour)
	if today := b.daily(1)[0]; today.Sent != 5 || today.Failed != -1 {
		t.Errorf("tomorrow: %+v", today)
	}
}

func TestWalletView(t *testing.T) {
	t.Parallel()
	b := setup(t)
	view, err := b.service.Wallet(b.ctx, b.acme)
	if err != nil || !view.LowBalance || view.DaysLeft != nil || view.MessagesLeftEstimate != 0 || view.Currency != "INR" {
		t.Errorf("an empty wallet: %+v, %v", view, err)
	}
	b.topUp(1000)
	b.tell(report{state: "delivered"}, b.claim(30)...)
	view, err = b.service.Wallet(b.ctx, b.acme)
	if err != nil || view.LowBalance || view.DaysLeft == nil || *view.DaysLeft != 1023 || view.MessagesLeftEstimate != 1023 {
		t.Errorf("a full wallet: %+v, %v", view, err)
	}
	b.clock.Advance(35 * 24 * time.Hour)
	if view, err = b.service.Wallet(b.ctx, b.acme); err != nil || view.Spent30Days.Amount != 0 || view.SpentToday.Amount != 0 {
		t.Errorf("a month later: %+v, %v", view, err)
	}
}
