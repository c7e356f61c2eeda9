package template

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// replyWithin is how long after its delivery a message from the contact counts as an answer to a
// template's message.
const replyWithin = 72 * time.Hour

// Results is what became of a template's messages. Days are of UTC.
type Results struct {
	Sent      int64        `json:"sent" db:"sent" doc:"Taken by WhatsApp"`
	Delivered int64        `json:"delivered" db:"delivered"`
	Read      int64        `json:"read" db:"read"`
	Replied   int64        `json:"replied" db:"replied" doc:"People who wrote within 72 hours of the delivery"`
	Failed    int64        `json:"failed" db:"failed" doc:"Failed or expired"`
	Blocked   int64        `json:"blocked" db:"blocked" doc:"Of these, to people who stopped marketing at WhatsApp (131050)"`
	Charged   money.Amount `json:"charged" db:"charged" doc:"Ten-thousandths"`
	Clicked   int64        `json:"clicked" db:"clicked" doc:"People who opened a tracked link of a campaign's message"`
	Converted int64        `json:"converted" db:"converted" doc:"Conversions that count for the campaigns' messages"`
	Value     money.Amount `json:"value" db:"value" doc:"Of the conversions, ten-thousandths"`
}

// CostPer is what one result cost, in ten-thousandths; absent without such a result.
type CostPer struct {
	Delivered  *money.Amount `json:"delivered,omitempty"`
	Read       *money.Amount `json:"read,omitempty"`
	Reply      *money.Amount `json:"reply,omitempty"`
	Click      *money.Amount `json:"click,omitempty"`
	Conversion *money.Amount `json:"conversion,omitempty"`
}

func (r Results) costPer() CostPer {
	per := func(n int64) *money.Amount {
		if n == 0 {
			return nil
		}
		each := r.Charged / money.Amount(n)
		return &each
	}
	return CostPer{per(r.Delivered), per(r.Read), per(r.Replied), per(r.Clicked), per(r.Converted)}
}

func (r Results) share(n, of int64) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// Performance is a template with its results over some days.
type Performance struct {
	ID       uuid.UUID `json:"id" db:"id"`
	Name     string    `json:"name" db:"name"`
	Language string    `json:"language" db:"language"`
	Category Category  `json:"category" db:"category" enum:"MARKETING,UTILITY,AUTHENTICATION"`
	Status   Status    `json:"status" db:"status"`
	Results
	CostPer CostPer `json:"costPer" db:"-"`
}

// Order is what the list of performances is ranked by.
type Order string

// The orders: the best first, but for blocked, where the worst is.
const (
	ByReplyRate    Order = "replyRate"
	ByReadRate     Order = "readRate"
	ByDelivered    Order = "delivered"
	ByBlockRate    Order = "blockRate"
	ByClickRate    Order = "clickRate"
	ByConversions  Order = "conversionRate"
	ByCostPerRead  Order = "costPerRead"
	ByCostPerReply Order = "costPerReply" // most replies for the money
	ByCostPerClick Order = "costPerClick" // most clicks for the money
	ByCostPerGoal  Order = "costPerConversion"
)

// rankings compare two performances; the first comes first when the result is negative.
var rankings = map[Order]func(a, b Performance) int{
	ByReplyRate: func(a, b Performance) int {
		return cmp.Compare(b.share(b.Replied, b.Delivered), a.share(a.Replied, a.Delivered))
	},
	ByReadRate: func(a, b Performance) int {
		return cmp.Compare(b.share(b.Read, b.Delivered), a.share(a.Read, a.Delivered))
	},
	ByDelivered: func(a, b Performance) int { return cmp.Compare(b.Delivered, a.Delivered) },
	ByBlockRate: func(a, b Performance) int {
		return cmp.Compare(b.share(b.Blocked, b.Sent), a.share(a.Blocked, a.Sent))
	},
	ByClickRate: func(a, b Performance) int {
		return cmp.Compare(b.share(b.Clicked, b.Delivered), a.share(a.Clicked, a.Delivered))
	},
	ByConversions: func(a, b Performance) int {
		return cmp.Compare(b.share(b.Converted, b.Delivered), a.share(a.Converted, a.Delivered))
	},
	ByCostPerClick: func(a, b Performance) int { return cheaper(a.CostPer.Click, b.CostPer.Click) },
	ByCostPerGoal:  func(a, b Performance) int { return cheaper(a.CostPer.Conversion, b.CostPer.Conversion) },
	ByCostPerRead:  func(a, b Performance) int { return cheaper(a.CostPer.Read, b.CostPer.Read) },
	ByCostPerReply: func(a, b Performance) int { return cheaper(a.CostPer.Reply, b.CostPer.Reply) },
}

// cheaper puts what had no result last.
func cheaper(a, b *money.Amount) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return cmp.Compare(*a, *b)
}

// rankedMost is how many templates the ranked list has.
const rankedMost = 200

// The days are few and the templates at most some thousands, whatever was sent.
const sqlPerformances = `
select t.id, t.name, t.language, t.category, t.status, d.sent, d.delivered, d.read, d.replied, d.failed, d.blocked, d.charged,
    d.clicked, d.converted, d.value
from (
    select template_id, sum(sent)::bigint as sent, sum(delivered)::bigint as delivered, sum(read)::bigint as read,
        sum(replied)::bigint as replied, sum(failed)::bigint as failed, sum(blocked)::bigint as blocked, sum(charged)::bigint as charged,
        sum(clicked)::bigint as clicked, sum(converted)::bigint as converted, sum(value)::bigint as value
    from template_days where tenant_id = $1 and day >= $2
    group by template_id) d
join templates t on t.tenant_id = $1 and t.id = d.template_id
where d.sent > 0`

// Ranked is the templates that were sent in the last days, the best first.
type Ranked struct {
	Items []Performance `json:"items"`
	AsOf  *time.Time    `json:"asOf,omitempty" doc:"When the messages were last counted; absent: not yet"`
}

// Performances ranks the templates sent in the last days. It reads what a job has counted, and
// asks for a new count when that is old.
func (s *Service) Performances(ctx context.Context, days int, order Order) (ranked Ranked, err error) {
	compare, known := rankings[order]
	if !known {
		return ranked, fault.Invalid("The list cannot be ranked by that.").At("query.order", "Unknown: "+string(order))
	}
	err = s.inTenant(ctx, "rank templates", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		rows, err := tx.Query(ctx, sqlPerformances, tenant, s.since(days))
		if err != nil {
			return err
		}
		if ranked.Items, err = pgx.CollectRows(rows, pgx.RowToStructByName[Performance]); err != nil {
			return err
		}
		ranked.AsOf, err = s.freshen(ctx, tx, tenant)
		return err
	})
	for i := range ranked.Items {
		ranked.Items[i].CostPer = ranked.Items[i].costPer()
	}
	slices.SortFunc(ranked.Items, func(a, b Performance) int {
		return cmp.Or(compare(a, b), cmp.Compare(b.Delivered, a.Delivered), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Language, b.Language))
	})
	ranked.Items = ranked.Items[:min(len(ranked.Items), rankedMost)]
	return ranked, err
}

// since is the first of the last days, of UTC.
func (s *Service) since(days int) time.Time {
	return s.Clock.Now().UTC().Truncate(day).AddDate(0, 0, 1-days)
}

// DayResults is what became of the messages a template sent on one day.
type DayResults struct {
	Day string `json:"day" db:"day" format:"date"`
	Results
}

// Course is a template's results day by day.
type Course struct {
	Total   Results      `json:"total"`
	CostPer CostPer      `json:"costPer"`
	Days    []DayResults `json:"days" doc:"Those on which it was sent, the oldest first"`
	AsOf    *time.Time   `json:"asOf,omitempty" doc:"When the messages were last counted; absent: not yet"`
}

const sqlCourse = `
select to_char(day, 'YYYY-MM-DD') as day, sent, delivered, read, replied, failed, blocked, charged, clicked, converted, value
from template_days where tenant_id = $1 and template_id = $2 and day >= $3 order by day`

// Course returns a template's results over the last days.
func (s *Service) Course(ctx context.Context, id uuid.UUID, days int) (c Course, err error) {
	err = s.inTenant(ctx, "read results", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := templateByID(ctx, tx, tenant, id); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, sqlCourse, tenant, id, s.since(days))
		if err != nil {
			return err
		}
		if c.Days, err = pgx.CollectRows(rows, pgx.RowToStructByName[DayResults]); err != nil {
			return fmt.Errorf("read days: %w", err)
		}
		c.AsOf, err = s.freshen(ctx, tx, tenant)
		return err
	})
	for _, d := range c.Days {
		c.Total.add(d.Results)
	}
	c.CostPer = c.Total.costPer()
	return c, err
}

func (r *Results) add(o Results) {
	r.Sent += o.Sent
	r.Delivered += o.Delivered
	r.Read += o.Read
	r.Replied += o.Replied
	r.Failed += o.Failed
	r.Blocked += o.Blocked
	r.Charged += o.Charged
	r.Clicked += o.Clicked
	r.Converted += o.Converted
	r.Value += o.Value
}
