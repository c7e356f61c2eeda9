package campaign

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/stat"
)

// Advice is whether a test is large enough to show what it is for, before it starts.
type Advice struct {
	Baseline   stat.Rate `json:"baseline" doc:"The rate one starts from: as given, or that of the workspace's last campaigns"`
	Effect     stat.Rate `json:"effect" doc:"The rise that is worth finding"`
	Needed     int64     `json:"needed" doc:"People each version needs for that, with 80 % power at 5 %"`
	Smallest   int64     `json:"smallest" doc:"People the smallest version will have"`
	Detectable stat.Rate `json:"detectable" doc:"The rise that so many people show; 0: none"`
	Enough     bool      `json:"enough"`
	Words      string    `json:"words"`
}

// usualBaseline is the rate to start from where the workspace has sent nothing yet.
var usualBaseline = map[Metric]stat.Rate{MetricRead: 0.5, MetricReplied: 0.03, MetricClicked: 0.1, MetricConverted: 0.02}

const sqlUsual = `
select coalesce(sum(t.read), 0), coalesce(sum(t.replied), 0), coalesce(sum(t.clicked), 0), coalesce(sum(t.taken), 0) from (
    select k.read, k.replied, k.clicked, k.accepted + k.sent + k.delivered + k.read + k.expired as taken
    from campaigns c join campaign_counters k on k.tenant_id = $1 and k.campaign_id = c.id
    where c.tenant_id = $1 and c.finished_at is not null
    order by c.finished_at desc limit 20) t`

// usual is the rate of a metric in the workspace's last campaigns.
func usual(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, m Metric) (stat.Rate, error) {
	var k Counts
	var taken int64
	if err := tx.QueryRow(ctx, sqlUsual, tenant).Scan(&k.Read, &k.Replied, &k.Clicked, &taken); err != nil {
		return 0, err
	}
	rate := rateOf(m.hits(k), taken)
	if taken < enough || rate <= 0 || rate >= 1 {
		return usualBaseline[m], nil
	}
	return rate, nil
}

// SampleSize advises on the test of a draft. A baseline of 0 stands for the usual one.
func (s *Service) SampleSize(ctx context.Context, id uuid.UUID, m Metric, baseline, effect stat.Rate) (a Advice, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		c, err := byID(ctx, tx, tenant, id)
		if err != nil {
			return notFound(err)
		}
		people, err := contact.CountAudience(ctx, tx, tenant, c.Audience.AsOf(s.Clock.Now()))
		if err != nil {
			return fmt.Errorf("count audience: %w", err)
		}
		if baseline == 0 {
			if baseline, err = usual(ctx, tx, tenant, m); err != nil {
				return fmt.Errorf("read the usual rate: %w", err)
			}
		}
		a = advise(c, people, baseline, effect)
		return nil
	})
	return a, err
}

// advise works the advice out of an audience's size.
func advise(c Campaign, people int64, baseline, effect stat.Rate) Advice {
	rivals := max(1, c.variants()-1)
	a := Advice{Baseline: baseline, Effect: effect, Needed: stat.SampleSize(baseline, effect, rivals), Smallest: c.smallest(people)}
	a.Detectable = stat.Detectable(baseline, a.Smallest, rivals)
	a.Enough = a.Needed > 0 && a.Smallest >= a.Needed
	switch {
	case a.Needed == 0:
		a.Words = "No such rise is possible: choose rates between 0 and 100 %."
	case a.Enough:
		a.Words = fmt.Sprintf("Enough people: a rise from %s to %s shows with %d per version, and the smallest has about %d.",
			percent(baseline), percent(baseline+effect), a.Needed, a.Smallest)
	case a.Detectable == 0:
		a.Words = fmt.Sprintf("Not enough people to tell: it takes %d per version, and the smallest has about %d.", a.Needed, a.Smallest)
	default:
		a.Words = fmt.Sprintf("Not enough people to tell: it takes %d per version, and the smallest has about %d. With them only a rise to %s or more would show.",
			a.Needed, a.Smallest, percent(baseline+a.Detectable))
	}
	return a
}

// smallest is about how many people the variant with the least weight gets in the test.
func (c Campaign) smallest(people int64) int64 {
	n := people * int64(100-c.HoldOut) / 100
	e := c.Experiment
	if e == nil {
		return n
	}
	if e.Winner != nil {
		n = n * int64(e.Winner.TestPercent) / 100
	}
	total, least := e.Weight, e.Weight
	for _, v := range e.Others {
		total, least = total+v.Weight, min(least, v.Weight)
	}
	return n * int64(least) / int64(total)
}
