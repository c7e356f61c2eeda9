package campaign

import (
	"context"
	"fmt"
	"math"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/platform/stat"
)

// Lift is what a campaign did: how many more of those it was for acted than of those held out.
type Lift struct {
	Act      Act          `json:"act" doc:"replied, or goal: and the goal's id"`
	Goal     string       `json:"goal,omitempty" doc:"The goal's name, where the act is reaching one"`
	Messaged Group        `json:"messaged" doc:"Those the campaign was for, reached or not"`
	HeldOut  Group        `json:"heldOut"`
	Lift     stat.Rate    `json:"lift" doc:"Difference of the rates"`
	Low      stat.Rate    `json:"low" doc:"95 % interval of the difference"`
	High     stat.Rate    `json:"high"`
	Extra    int64        `json:"extra" doc:"People who acted because of the campaign, by the difference"`
	Certain  bool         `json:"certain" doc:"Whether the interval leaves zero out"`
	Words    string       `json:"words"`
	Revenue  *RevenueLift `json:"revenue,omitempty" doc:"What it was worth, where the act has a value"`
}

// Group is one side of the comparison.
type Group struct {
	People int64     `json:"people"`
	Acted  int64     `json:"acted"`
	Rate   stat.Rate `json:"rate"`
}

// RevenueLift compares what the people of both groups were worth, those who did nothing included.
type RevenueLift struct {
	Messaged  money.Amount `json:"messaged" doc:"The values of all whom the campaign was for, ten-thousandths"`
	HeldOut   money.Amount `json:"heldOut"`
	PerPerson money.Amount `json:"perPerson" doc:"Difference of the means per person"`
	Low       money.Amount `json:"low" doc:"95 % interval of that difference"`
	High      money.Amount `json:"high"`
	Extra     money.Amount `json:"extra" doc:"Revenue because of the campaign, by the difference"`
	Certain   bool         `json:"certain" doc:"Whether the interval leaves zero out"`
	Words     string       `json:"words"`
}

// The squares are read as a statistic: a spread is no amount.
const sqlActCounts = `
select k.act, coalesce(g.name, ''), k.messaged, k.held_out, k.messaged_value, k.held_out_value,
    k.messaged_square::double precision, k.held_out_square::double precision
from campaign_act_counts k
left join goals g on g.tenant_id = $1 and 'goal:' || g.id = k.act
where k.tenant_id = $1 and k.campaign_id = $2 order by k.act <> 'replied', 2, k.act`

// actCount is an act's counts in both groups.
type actCount struct {
	Act                           Act
	Goal                          string
	Messaged, HeldOut             int64
	MessagedValue, HeldOutValue   money.Amount
	MessagedSquare, HeldOutSquare stat.Rate
}

// Lifts measures a campaign against its hold-out, act by act; none without a hold-out.
func (s *Service) Lifts(ctx context.Context, id uuid.UUID) (list []Lift, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		c, err := byID(ctx, tx, tenant, id)
		if err != nil {
			return notFound(err)
		}
		if c.HoldOut == 0 {
			return nil
		}
		list, err = s.lifts(ctx, tx, tenant, c)
		return err
	})
	return list, err
}

func (s *Service) lifts(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) ([]Lift, error) {
	_, currency, err := s.Billing.Available(ctx, tx, tenant)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, sqlActCounts, tenant, c.ID)
	if err != nil {
		return nil, err
	}
	counts, err := pgx.CollectRows(rows, pgx.RowToStructByPos[actCount])
	if err != nil {
		return nil, err
	}
	if len(counts) == 0 || counts[0].Act != ActReplied {
		counts = append([]actCount{{Act: ActReplied}}, counts...)
	}
	list := make([]Lift, len(counts))
	for i, k := range counts {
		list[i] = k.lift(c.Counts.Total-c.Counts.HeldOut, c.Counts.HeldOut, currency)
	}
	return list, nil
}

// lift compares the groups of so many people.
func (k actCount) lift(messaged, heldOut int64, currency money.Currency) Lift {
	l := liftOf(k.Act, k.Goal, stat.Share{Hits: k.Messaged, Of: messaged}, stat.Share{Hits: k.HeldOut, Of: heldOut})
	if k.MessagedValue+k.HeldOutValue > 0 {
		l.Revenue = k.revenue(messaged, heldOut, currency)
	}
	return l
}

// enough is how many people a group must have before anything is said of it; buyers how many of
// them must have bought before the mean of a few is taken for the mean of many.
const (
	enough = 30
	buyers = 5
)

// liftOf compares the two groups. Everybody the campaign was for counts, whether it reached them
// or not: comparing only those it reached would flatter it.
func liftOf(act Act, goal string, messaged, heldOut stat.Share) Lift {
	d, i := stat.Difference(messaged, heldOut)
	l := Lift{Act: act, Goal: goal, Messaged: group(messaged), HeldOut: group(heldOut), Lift: d, Low: i.Low, High: i.High,
		Extra: stat.People(d, messaged.Of), Certain: min(messaged.Of, heldOut.Of) >= enough && !i.Holds(0)}
	l.Words = l.words()
	return l
}

func group(s stat.Share) Group { return Group{People: s.Of, Acted: s.Hits, Rate: s.Rate()} }

// did says the act: "wrote to you".
func (l Lift) did() string {
	switch {
	case l.Act == ActReplied:
		return "wrote to you"
	case l.Goal == "":
		return "reached the goal"
	}
	return "reached “" + l.Goal + "”"
}

func (l Lift) words() string {
	did := l.did()
	switch {
	case min(l.Messaged.People, l.HeldOut.People) < enough:
		return "Not enough people to tell: each group needs at least 30."
	case !l.Certain:
		return fmt.Sprintf("Not enough people to tell: the campaign may have changed nothing. Between %s and %s more %s.", points(l.Low), points(l.High), did)
	case l.Lift < 0:
		return fmt.Sprintf("The campaign did harm: %s fewer of those it was for %s than of those held out.", points(-l.Lift), did)
	}
	return fmt.Sprintf("The campaign worked: %s more of those it was for %s than of those held out, between %s and %s.",
		points(l.Lift), did, points(l.Low), points(l.High))
}

// points writes a difference of rates: 0.042 is "4.2 points".
func points(d stat.Rate) string { return fmt.Sprintf("%.1f points", d*100) }

// revenue compares the means per person. They are estimates: only their bounds are certain.
func (k actCount) revenue(messaged, heldOut int64, currency money.Currency) *RevenueLift {
	d, i := stat.MeanDifference(
		stat.Sample{Of: messaged, Sum: stat.Rate(k.MessagedValue), Squares: k.MessagedSquare},
		stat.Sample{Of: heldOut, Sum: stat.Rate(k.HeldOutValue), Squares: k.HeldOutSquare})
	r := &RevenueLift{Messaged: k.MessagedValue, HeldOut: k.HeldOutValue, PerPerson: amount(d), Low: amount(i.Low), High: amount(i.High),
		Extra: amount(d * stat.Rate(messaged))}
	told := min(messaged, heldOut) >= enough && min(k.Messaged, k.HeldOut) >= buyers
	r.Certain = told && !i.Holds(0)
	r.Words = r.words(told, currency)
	return r
}

// amount is an estimate to the nearest ten-thousandth.
func amount(estimate stat.Rate) money.Amount { return money.Amount(math.Round(estimate)) }

func (r RevenueLift) words(told bool, currency money.Currency) string {
	in := func(a money.Amount) string { return money.Format(a, currency) }
	switch {
	case !told:
		return "Not enough buyers to tell what it earned: each group needs at least 30 people and 5 who bought."
	case !r.Certain:
		return fmt.Sprintf("It may have earned nothing: between %s and %s more per person.", in(r.Low), in(r.High))
	case r.PerPerson < 0:
		return fmt.Sprintf("It cost revenue: %s less per person than of those held out.", in(-r.PerPerson))
	}
	return fmt.Sprintf("It earned %s more per person than those held out brought, between %s and %s: about %s in all.",
		in(r.PerPerson), in(r.Low), in(r.High), in(r.Extra))
}
