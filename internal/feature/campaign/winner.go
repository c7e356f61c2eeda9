package campaign

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// testSent says that everybody in the test was handed over and only the rest waits.
func (c Campaign) testSent() bool {
	k := c.Counts
	return c.Status == Running && c.undecided() && c.Frozen && k.Resting > 0 && c.feedable() == 0 && k.Queued+k.Sending == 0
}

const sqlSetDecideAt = `update campaigns set decide_at = $3 where tenant_id = $1 and id = $2`

// decideInTime notes when the winner is to be chosen, and chooses it then. Under the campaign's
// lock: it is chosen once, whatever is killed when.
func (s *Service) decideInTime(ctx context.Context, tenant, id uuid.UUID) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		c, err := lock(ctx, tx, tenant, id)
		if err != nil || !c.testSent() {
			return err
		}
		now, rule := s.Clock.Now(), c.Experiment.Winner
		if c.DecideAt == nil {
			at := now.Add(time.Duration(rule.AfterMinutes) * time.Minute)
			if _, err := tx.Exec(ctx, sqlSetDecideAt, tenant, id, at); err != nil {
				return err
			}
			return s.publish(ctx, tx, tenant, id)
		}
		if now.Before(*c.DecideAt) {
			return nil
		}
		counts, err := variantCounts(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		return s.setWinner(ctx, tx, tenant, c, best(counts, rule.Metric))
	})
}

// best is the variant with the highest rate; of equals the first.
func best(counts []Counts, metric Metric) int16 {
	winner, top := int16(1), -1.0
	for i, k := range counts {
		if rate := rateOf(metric.hits(k), k.taken()); rate > top {
			winner, top = int16(i+1), rate
		}
	}
	return winner
}

const sqlSetWinner = `update campaigns set winner = $3, updated_at = $4 where tenant_id = $1 and id = $2`

// The rest stands before the feed's cursor too.
const sqlFeedAnew = `update campaign_counters set feed_after = null where tenant_id = $1 and campaign_id = $2`

// setWinner gives the rest its variant; the lane takes them as it takes anybody pending. The
// caller holds the campaign's lock.
func (s *Service) setWinner(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, winner int16) error {
	if _, err := tx.Exec(ctx, sqlSetWinner, tenant, c.ID, winner, s.Clock.Now()); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, sqlFeedAnew, tenant, c.ID); err != nil {
		return err
	}
	if err := wait(ctx, tx, tenant, c.ID, nil); err != nil {
		return err
	}
	if err := s.publish(ctx, tx, tenant, c.ID); err != nil {
		return err
	}
	return s.Messages.Ring(ctx, tx, c.ChannelID)
}

// Choose gives the rest a variant before the time is up, by a person's decision.
func (s *Service) Choose(ctx context.Context, id uuid.UUID, winner int16) (c Campaign, err error) {
	err = s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, found Campaign) error {
		c = found
		switch {
		case winner < 1 || int(winner) > c.variants():
			return fault.Invalid("There is no such version.").At("body.variant", "Choose one of the campaign's versions.")
		case !c.undecided() || c.Status != Running && c.Status != Paused:
			return fault.Conflict("Nobody waits for a winner of this campaign.").WithCode("status")
		}
		c.Winner = winner
		return s.setWinner(ctx, tx, tenant, c, winner)
	})
	return c, err
}

const sqlVariantCounts = `
select total, queued, sending, in_doubt, unknown, accepted, sent, delivered, read, expired, failed, refused, cancelled, duplicate,
    committed, charged, replied, retrying, clicked
from campaign_variants where tenant_id = $1 and campaign_id = $2 order by variant`

// variantCounts are a campaign's counts by variant, the first first.
func variantCounts(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) ([]Counts, error) {
	rows, err := tx.Query(ctx, sqlVariantCounts, tenant, id)
	if err != nil {
		return nil, err
	}
	counts, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (k Counts, err error) {
		err = r.Scan(&k.Total, &k.Queued, &k.Sending, &k.InDoubt, &k.Unknown, &k.Accepted, &k.Sent, &k.Delivered, &k.Read, &k.Expired,
			&k.Failed, &k.Refused, &k.Cancelled, &k.Duplicate, &k.Committed, &k.Charged, &k.Replied, &k.Retrying, &k.Clicked)
		k.Pending = k.Total - k.Queued - k.Sending - k.InDoubt - k.Unknown - k.Accepted - k.Sent - k.Delivered - k.Read -
			k.Expired - k.Failed - k.Refused - k.Cancelled - k.Duplicate
		return k, err
	})
	if err != nil {
		return nil, err
	}
	return counts, addConverted(ctx, tx, tenant, id, counts)
}
