package campaign

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/stat"
)

// Act is something a person does that a campaign hopes for.
type Act string

// ActReplied is an inbound message, to whatever it answers.
const ActReplied Act = "replied"

// acts put acts in words: "wrote to you".
var acts = map[Act]string{ActReplied: "wrote to you"}

// Acted records that a contact did something, for every campaign with a hold-out whose window it
// falls in: who was held out may do it too, and that difference is the measure. Doing it again
// counts once. Other features call it in the transaction that stores the act.
func (s *Service) Acted(ctx context.Context, tx pgx.Tx, tenant, contact uuid.UUID, act Act, at time.Time) error {
	found, err := touches(ctx, tx, tenant, contact, at)
	if err != nil {
		return err
	}
	return recordActs(ctx, tx, tenant, contact, found, act, at)
}

const sqlAct = `
insert into campaign_acts (tenant_id, campaign_id, contact_id, act, held_out, at) values ($1, $2, $3, $4, $5, $6)
on conflict (tenant_id, campaign_id, contact_id, act) do nothing`

const sqlCountAct = `
insert into campaign_act_counts as k (tenant_id, campaign_id, act, messaged, held_out) values ($1, $2, $3, $4, $5)
on conflict (tenant_id, campaign_id, act) do update set messaged = k.messaged + excluded.messaged, held_out = k.held_out + excluded.held_out`

// recordActs writes the act for each campaign it concerns, campaigns in id order.
func recordActs(ctx context.Context, tx pgx.Tx, tenant, contact uuid.UUID, found []touch, act Act, at time.Time) error {
	for _, t := range found {
		if !t.Measured || at.Before(t.StartedAt) || !at.Before(t.StartedAt.AddDate(0, 0, t.WindowDays)) {
			continue
		}
		tag, err := tx.Exec(ctx, sqlAct, tenant, t.Campaign, contact, act, t.HeldOut, at)
		if err != nil {
			return fmt.Errorf("record an act: %w", err)
		}
		if tag.RowsAffected() == 0 {
			continue
		}
		messaged, heldOut := 1, 0
		if t.HeldOut {
			messaged, heldOut = 0, 1
		}
		if _, err := tx.Exec(ctx, sqlCountAct, tenant, t.Campaign, act, messaged, heldOut); err != nil {
			return fmt.Errorf("count an act: %w", err)
		}
	}
	return nil
}

// Lift is what a campaign did: how many more of those it was for acted than of those held out.
type Lift struct {
	Act      Act       `json:"act"`
	Messaged Group     `json:"messaged" doc:"Those the campaign was for, reached or not"`
	HeldOut  Group     `json:"heldOut"`
	Lift     stat.Rate `json:"lift" doc:"Difference of the rates"`
	Low      stat.Rate `json:"low" doc:"95 % interval of the difference"`
	High     stat.Rate `json:"high"`
	Extra    int64     `json:"extra" doc:"People who acted because of the campaign, by the difference"`
	Certain  bool      `json:"certain" doc:"Whether the interval leaves zero out"`
	Words    string    `json:"words"`
}

// Group is one side of the comparison.
type Group struct {
	People int64     `json:"people"`
	Acted  int64     `json:"acted"`
	Rate   stat.Rate `json:"rate"`
}

const sqlActCounts = `
select act, messaged, held_out from campaign_act_counts where tenant_id = $1 and campaign_id = $2 order by act`

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
		list, err = lifts(ctx, tx, tenant, c)
		return err
	})
	return list, err
}

func lifts(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) ([]Lift, error) {
	rows, err := tx.Query(ctx, sqlActCounts, tenant, c.ID)
	if err != nil {
		return nil, err
	}
	acted := map[Act][2]int64{ActReplied: {}}
	order := []Act{ActReplied}
	var act Act
	var messaged, heldOut int64
	_, err = pgx.ForEachRow(rows, []any{&act, &messaged, &heldOut}, func() error {
		if _, known := acted[act]; !known {
			order = append(order, act)
		}
		acted[act] = [2]int64{messaged, heldOut}
		return nil
	})
	list := make([]Lift, 0, len(order))
	for _, a := range order {
		list = append(list, liftOf(a, stat.Share{Hits: acted[a][0], Of: c.Counts.Total - c.Counts.HeldOut},
			stat.Share{Hits: acted[a][1], Of: c.Counts.HeldOut}))
	}
	return list, err
}

// enough is how many people a group must have before anything is said of it.
const enough = 30

// liftOf compares the two groups. Everybody the campaign was for counts, whether it reached them
// or not: comparing only those it reached would flatter it.
func liftOf(act Act, messaged, heldOut stat.Share) Lift {
	d, i := stat.Difference(messaged, heldOut)
	l := Lift{Act: act, Messaged: group(messaged), HeldOut: group(heldOut), Lift: d, Low: i.Low, High: i.High,
		Extra: stat.People(d, messaged.Of), Certain: min(messaged.Of, heldOut.Of) >= enough && !i.Holds(0)}
	l.Words = l.words()
	return l
}

func group(s stat.Share) Group { return Group{People: s.Of, Acted: s.Hits, Rate: s.Rate()} }

func (l Lift) words() string {
	did := acts[l.Act]
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
