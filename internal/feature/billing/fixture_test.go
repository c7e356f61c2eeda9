package billing

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/money"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// noon is when the tests happen: after the first rate card began, and still the same day in India.
var noon = time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)

// bundle is a database with Acme in it, whose wallet is open and empty.
type bundle struct {
	t       *testing.T
	ctx     context.Context
	url     string // superuser's, for tampering
	db      *db.DB
	clock   *clock.Fake
	service *Service
	acme    uuid.UUID

	accepted sync.Map // messages whose acceptance is recorded, by id
}

func setup(t *testing.T) *bundle {
	t.Helper()
	url := dbtest.URL(t)
	opened, err := db.Open(t.Context(), db.Config{URL: url, MaxConns: 8, SystemMaxConns: 4})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(opened.Close)
	b := &bundle{t: t, ctx: t.Context(), url: url, db: opened, clock: clock.NewFake(noon)}
	b.service = New(Deps{DB: opened, Clock: b.clock})
	b.acme = b.tenant("acme", "INR")
	return b
}

func (b *bundle) tenant(slug string, currency money.Currency) uuid.UUID {
	b.t.Helper()
	id := dbtest.Tenant(b.t, b.db, slug)
	b.in(id, func(ctx context.Context, tx pgx.Tx) error {
		return b.service.OpenWallet(ctx, tx, id, currency)
	})
	return id
}

// in runs fn in a tenant's transaction that must succeed.
func (b *bundle) in(tenant uuid.UUID, fn func(ctx context.Context, tx pgx.Tx) error) {
	b.t.Helper()
	if err := b.db.InTenant(b.ctx, tenant, fn); err != nil {
		b.t.Fatal(err)
	}
}

// topUp adds rupees to Acme's wallet.
func (b *bundle) topUp(rupees int64) Transaction {
	b.t.Helper()
	ctx := actor.With(b.ctx, actor.Actor{Kind: actor.Platform, UserID: ident.New(), Platform: true, Email: "operator@example.com"})
	done, err := b.service.Topup(ctx, b.acme, Topup{
		Amount: money.Amount(rupees) * money.Unit, Currency: "INR", Reason: "दिवाली का भुगतान 🎉", Key: ident.New().String(),
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return done
}

func (b *bundle) available() money.Amount {
	b.t.Helper()
	var a money.Amount
	b.in(b.acme, func(ctx context.Context, tx pgx.Tx) (err error) {
		a, _, err = b.service.Available(ctx, tx, b.acme)
		return err
	})
	return a
}

const insertMessage = `
insert into messages (tenant_id, id, channel_id, contact_id, origin, kind, state, created_at, category, market,
    rate_card, hold_amount, hold_transaction, hold_open, base, markup)
values ($1, $2, $2, $2, 'campaign', 'template', 'sending', $3, 'MARKETING', 'India', $4, $5, $6, true, $7, $8)`

// claim holds for n marketing messages to India and marks them sending, as a lane does.
func (b *bundle) claim(n int) []uuid.UUID {
	b.t.Helper()
	var ids []uuid.UUID
	b.in(b.acme, func(ctx context.Context, tx pgx.Tx) error {
		rates, err := b.service.Rates(ctx, tx, b.acme)
		if err != nil {
			return err
		}
		p, err := rates.Price("India", "MARKETING")
		if err != nil {
			return err
		}
		hold, err := b.service.Hold(ctx, tx, b.acme, ident.New(), b.clock.Now(), p.Total()*money.Amount(n), n)
		if err != nil {
			return err
		}
		for range n {
			id := ident.New()
			ids = append(ids, id)
			_, err := tx.Exec(ctx, insertMessage, b.acme, id, b.clock.Now(), p.RateCard, p.Total(), hold, p.Base, p.Markup)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return ids
}

const lockStanding = `
select id, state, category, market, rate_card, pricing_type, pricing_category, hold_open, hold_transaction,
    hold_amount, base, markup, posted_base, posted_markup, posted_seq
from messages
where tenant_id = $1 and id = any($2)
order by id
for update`

const writeStanding = `
update messages set state = $3, pricing_type = $4, pricing_category = $5, hold_open = $6, posted_base = $7,
    posted_markup = $8, posted_seq = $9
where tenant_id = $1 and id = $2`

// tell merges one report into messages and posts what follows, as feature/message does.
func (b *bundle) tell(r report, ids ...uuid.UUID) {
	b.t.Helper()
	b.in(b.acme, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, lockStanding, b.acme, ids)
		if err != nil {
			return err
		}
		standings, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (s Standing, err error) {
			err = row.Scan(&s.MessageID, &s.State, &s.Category, &s.Market, &s.RateCard, &s.PricingType,
				&s.PricingCategory, &s.HoldOpen, &s.HoldTransaction, &s.Hold, &s.Base, &s.Markup,
				&s.PostedBase, &s.PostedMarkup, &s.Seq)
			return s, err
		})
		if err != nil {
			return err
		}
		return b.merge(ctx, tx, r, standings)
	})
}

// taken says whether the provider has the message.
func taken(state string) bool {
	return slices.Contains([]string{"accepted", "sent", "delivered", "read"}, state)
}

func (b *bundle) merge(ctx context.Context, tx pgx.Tx, r report, standings []Standing) error {
	rates, err := b.service.Rates(ctx, tx, b.acme)
	if err != nil {
		return err
	}
	var settlements []Settlement
	var accepted []UsageEvent
	var counts DailyCounts
	for _, s := range standings {
		if rank[r.state] > rank[s.State] || r.state == "queued" {
			s.State = r.state
		}
		if r.pricing > s.PricingType {
			s.PricingType, s.PricingCategory = r.pricing, r.category
		}
		owed, err := rates.Owed(s)
		if err != nil {
			return err
		}
		st, due := Settle(s, owed)
		if due {
			settlements = append(settlements, st)
			counts.Settle(st)
		}
		if taken(s.State) {
			if _, known := b.accepted.LoadOrStore(s.MessageID, true); !known {
				accepted = append(accepted, UsageEvent{SourceID: s.MessageID, Kind: UsageAccepted, OccurredAt: b.clock.Now()})
			}
		}
		_, err = tx.Exec(ctx, writeStanding, b.acme, s.MessageID, s.State, s.PricingType, s.PricingCategory,
			st.HoldOpen, st.PostedBase, st.PostedMarkup, st.Seq)
		if err != nil {
			return err
		}
	}
	if err := b.service.RecordUsage(ctx, tx, b.acme, accepted); err != nil {
		return err
	}
	if err := b.service.AddMetrics(ctx, tx, b.acme, b.clock.Now(), counts); err != nil {
		return err
	}
	return b.service.Post(ctx, tx, b.acme, b.clock.Now(), settlements)
}

// verified checks that the ledger is proved, and returns the report.
func (b *bundle) verified() {
	b.t.Helper()
	for _, c := range b.verify().Checks {
		if !c.OK {
			b.t.Errorf("%s: %d times, %s", c.Name, c.Count, c.Detail)
		}
	}
}

func (b *bundle) verify() Report {
	b.t.Helper()
	r, err := b.service.Verify(b.ctx)
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

// tamper changes what nobody may, as the database's superuser and past its constraints.
func (b *bundle) tamper(sql string, args ...any) {
	b.t.Helper()
	conn, err := pgx.Connect(b.ctx, b.url)
	if err != nil {
		b.t.Fatal(err)
	}
	defer conn.Close(b.ctx)
	if _, err := conn.Exec(b.ctx, "set session_replication_role = replica"); err != nil {
		b.t.Fatal(err)
	}
	tag, err := conn.Exec(b.ctx, sql, args...)
	if err != nil {
		b.t.Fatalf("%s: %v", sql, err)
	}
	if tag.RowsAffected() == 0 {
		b.t.Fatalf("tampered with nothing: %s", sql)
	}
}
