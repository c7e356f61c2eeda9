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
	recount := func(_ context.Context, _ pgx.Tx, tenant uuid.UUID, from, to string) ([]Day, error) {
		if tenant != b.acme || from != "2026-11-19" || to != "2026-11-21" {
			t.Errorf("recount %s from %s to %s", tenant, from, to)
		}
		return []Day{{Day: "2026-11-21", DailyCounts: counted}}, nil
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
