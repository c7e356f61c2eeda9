package billing

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/aerostic/aerostic/internal/platform/money"
)

// UsageKind says what was used.
type UsageKind string

// The kinds of usage. Those of money are written by Post alone.
const (
	UsageAccepted UsageKind = "message_accepted" // the provider took the message
	UsageCharged  UsageKind = "message_charged"  // its hold became a charge
	UsageReleased UsageKind = "message_released" // its hold went back
	UsageAdjusted UsageKind = "message_adjusted" // what it owes turned out different
)

// UsageEvent is one thing used that posts no money.
type UsageEvent struct {
	SourceID   uuid.UUID // UUIDv7: the message's id
	Kind       UsageKind
	CampaignID uuid.UUID // zero: none
	Category   string
	Market     string
	Quantity   int64 // 0: 1
	OccurredAt time.Time
}

// RecordUsage writes events, each once: the caller holds the lock of what they are of. One statement.
func (s *Service) RecordUsage(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, events []UsageEvent) error {
	if len(events) == 0 {
		return nil
	}
	rows := newUsageRows(len(events))
	for _, e := range events {
		rows.add(usageRow{
			source: e.SourceID, kind: e.Kind, quantity: max(e.Quantity, 1), category: Category(e.Category),
			market: e.Market, campaign: e.CampaignID, at: e.OccurredAt,
		})
	}
	if _, err := tx.Exec(ctx, insertUsage, rows.args(tenant)...); err != nil {
		return fmt.Errorf("record usage: %w", err)
	}
	return nil
}

// usageRow is a row of usage_events.
type usageRow struct {
	source             uuid.UUID
	kind               UsageKind
	seq                int
	quantity           int64
	base, markup, hold money.Amount
	category, market   string
	campaign           uuid.UUID // zero: none, like the next two
	transaction        uuid.UUID
	holdTransaction    uuid.UUID
	at                 time.Time
}

// usageRows are the columns of many rows, as insertUsage takes them.
type usageRows struct {
	sources                        []uuid.UUID
	kinds                          []string
	seqs                           []int16
	quantities                     []int64
	bases, markups, holds          []int64
	categories, markets            []string
	campaigns, transactions, taken []pgtype.UUID
	times                          []time.Time
}

func newUsageRows(n int) *usageRows {
	return &usageRows{
		sources: make([]uuid.UUID, 0, n), kinds: make([]string, 0, n), seqs: make([]int16, 0, n),
		quantities: make([]int64, 0, n), bases: make([]int64, 0, n), markups: make([]int64, 0, n),
		holds: make([]int64, 0, n), categories: make([]string, 0, n), markets: make([]string, 0, n),
		campaigns: make([]pgtype.UUID, 0, n), transactions: make([]pgtype.UUID, 0, n),
		taken: make([]pgtype.UUID, 0, n), times: make([]time.Time, 0, n),
	}
}

func (u *usageRows) add(r usageRow) {
	u.sources = append(u.sources, r.source)
	u.kinds = append(u.kinds, string(r.kind))
	u.seqs = append(u.seqs, int16(r.seq))
	u.quantities = append(u.quantities, r.quantity)
	u.bases = append(u.bases, int64(r.base))
	u.markups = append(u.markups, int64(r.markup))
	u.holds = append(u.holds, int64(r.hold))
	u.categories = append(u.categories, r.category)
	u.markets = append(u.markets, r.market)
	u.campaigns = append(u.campaigns, nullable(r.campaign))
	u.transactions = append(u.transactions, nullable(r.transaction))
	u.taken = append(u.taken, nullable(r.holdTransaction))
	u.times = append(u.times, r.at)
}

func (u *usageRows) len() int { return len(u.sources) }

func (u *usageRows) args(tenant uuid.UUID) []any {
	return []any{
		tenant, u.sources, u.kinds, u.seqs, u.quantities, u.bases, u.markups, u.holds,
		u.categories, u.markets, u.campaigns, u.transactions, u.taken, u.times,
	}
}

// nullable is null for the zero id, without the pointer that one id among thousands need not have.
func nullable(id uuid.UUID) pgtype.UUID { return pgtype.UUID{Bytes: id, Valid: id != uuid.Nil} }

// optional is nil for the zero id, which the database keeps as null.
func optional(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}
