package campaign

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// edges counts requests by the way they went.
type edges struct{ usual, marketing atomic.Int64 }

func (e *edges) wrap(meta http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/marketing_messages"):
			e.marketing.Add(1)
		case r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/messages"):
			e.usual.Add(1)
		}
		meta.ServeHTTP(w, r)
	})
}

func by(route message.Route) func(*Change) { return func(c *Change) { c.Route = &route } }

// TestACampaignGoesItsWay: by Meta's Marketing Messages API where it says so, priced as such, and
// the ledger agrees.
func TestACampaignGoesItsWay(t *testing.T) {
	t.Parallel()
	var went edges
	b := setup(t, messagetest.Options{Wrap: went.wrap})
	b.work()
	b.people(5)
	usual := b.draft()
	b.start(usual)
	b.awaitRead(usual, 5)
	if went.marketing.Load() != 0 || went.usual.Load() != 5 {
		t.Fatalf("the usual way: %d and %d", went.usual.Load(), went.marketing.Load())
	}
	c := b.draft(by(message.RouteFallback))
	b.start(c)
	b.awaitRead(c, 5)
	if went.marketing.Load() != 5 || went.usual.Load() != 5 {
		t.Errorf("%d went the usual way, %d by the API", went.usual.Load(), went.marketing.Load())
	}
	var priced int
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from messages where tenant_id = $1 and campaign_id = $2 and pricing_category = 'marketing_lite'`, b.Acme, c.ID).Scan(&priced)
	})
	if one, two := b.get(usual).Counts.Charged, b.get(c).Counts.Charged; priced != 5 || one != two {
		t.Errorf("%d are priced so; charged %d and %d", priced, one, two)
	}
	b.adds(c, 5)
}

// TestTheAPIIsForMarketingAndAccountsThatAgreed: anything else is refused before the start.
func TestTheAPIIsForMarketingAndAccountsThatAgreed(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.people(1)
	order := b.Template("order_update").ID
	c := b.draft(by(message.RouteStrict), func(ch *Change) {
		ch.TemplateID = &order
		ch.Mapping = &[]Source{{Slot: "header.order_id", Text: "A-17"}, {Slot: "body.first_name", Text: "Asha"}, {Slot: "body.order_id", Text: "A-17"}, {Slot: "button.0", Text: "A-17"}}
	})
	_, err := b.s.Start(b.ann(), c.ID, time.Time{})
	if f, ok := fault.As(err); !ok || f.Kind != fault.KindInvalid || !strings.HasPrefix(f.Sentence, "Only marketing templates") {
		t.Errorf("an order: %v", err)
	}

	other := setup(t, messagetest.Options{Seed: func(s *whatsappsim.WABASeed) { s.Marketing.Status = "" }})
	other.people(1)
	c = other.draft(by(message.RouteFallback))
	_, err = other.s.Start(other.ann(), c.ID, time.Time{})
	if f, ok := fault.As(err); !ok || f.Code != "marketing_api" {
		t.Errorf("an account that did not agree: %v", err)
	}
}
