package message

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Quiet is a workspace's quiet hours, for those who plan ahead of the gate. The gate decides.
type Quiet struct{ rules rules }

// On says whether there are quiet hours at all.
func (q Quiet) On() bool { return q.rules.quietFrom != q.rules.quietTo }

// ByRecipient says whether they are on each person's own clock.
func (q Quiet) ByRecipient() bool { return q.rules.quietByRecipient }

// Zone is the workspace's own.
func (q Quiet) Zone() *time.Location { return q.rules.zone }

// ZoneField is the contact field that names a person's zone; "" for none.
func (q Quiet) ZoneField() string { return q.rules.zoneField }

// Until is the end of the quiet hours that now falls in on a zone's clock; zero when it falls in none.
func (q Quiet) Until(now time.Time, in *time.Location) time.Time { return q.rules.quietUntil(now, in) }

// Begins is when quiet hours begin next after now on a zone's clock; zero when there are none.
func (q Quiet) Begins(now time.Time, in *time.Location) time.Time {
	if !q.On() {
		return time.Time{}
	}
	return next(now, q.rules.quietFrom, in)
}

// QueueQuiet adds the reading of the workspace's quiet hours to a batch.
func (s *Service) QueueQuiet(batch *pgx.Batch, tenant uuid.UUID, into *Quiet) {
	batch.Queue(sqlRules, tenant).QueryRow(func(row pgx.Row) (err error) {
		into.rules, err = s.scanRules(row)
		return err
	})
}

// Quiet reads the workspace's quiet hours.
func (s *Service) Quiet(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (Quiet, error) {
	r, err := s.readRules(ctx, tx, tenant)
	return Quiet{r}, err
}

const sqlZonesOf = `
select c.id, coalesce(c.phone, ''), coalesce(c.fields ->> $3, '')
from unnest($2::uuid[]) as u(id) join contacts c on c.tenant_id = $1 and c.id = u.id
where c.id between $4 and $5`

// ZonesOf finds whose clock hangs where: by a contact field, the phone number, or the workspace.
func (s *Service) ZonesOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, field string, fallback *time.Location, contacts []uuid.UUID) (map[uuid.UUID]*time.Location, error) {
	zones := make(map[uuid.UUID]*time.Location, len(contacts))
	low, high := bounds(contacts)
	rows, err := tx.Query(ctx, sqlZonesOf, tenant, contacts, field, low, high)
	if err != nil {
		return nil, err
	}
	var id uuid.UUID
	var phone, name string
	_, err = pgx.ForEachRow(rows, []any{&id, &phone, &name}, func() error {
		zones[id] = s.ZoneOf(name, phone, fallback)
		return nil
	})
	return zones, err
}

// ZoneOf is one person's zone: by name, else by phone number, else the fallback.
func (s *Service) ZoneOf(name, phone string, fallback *time.Location) *time.Location {
	return s.zones.Of(name, phone, fallback)
}

// Delay is how many queued messages wait until a time.
type Delay struct {
	Until  time.Time `json:"until"`
	People int64     `json:"people"`
}

// What the gate held back of a campaign; not what is parked.
const sqlDelays = `
select due_at, count(*) from messages
where tenant_id = $1 and channel_id = $2 and priority = $3 and due_at > $4 and due_at < 'infinity' and campaign_id = $5
group by due_at order by due_at`

// Delays lists what the gate held back of a campaign, the earliest first. It reads what is
// queued on the channel, which is bounded.
func (s *Service) Delays(ctx context.Context, tx pgx.Tx, tenant, channel, campaign uuid.UUID) ([]Delay, error) {
	rows, err := tx.Query(ctx, sqlDelays, tenant, channel, PriorityCampaign, s.Clock.Now(), campaign)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Delay])
}

// uncapped asks which campaigns of a batch the frequency cap does not hold for.
func (s *Service) uncapped(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []candidate) (map[uuid.UUID]bool, error) {
	var campaigns []uuid.UUID
	seen := map[uuid.UUID]bool{{}: true}
	for _, c := range list {
		if !seen[c.campaignID] {
			seen[c.campaignID] = true
			campaigns = append(campaigns, c.campaignID)
		}
	}
	if len(campaigns) == 0 {
		return nil, nil
	}
	return s.Hooks.Uncapped(ctx, tx, tenant, campaigns)
}

// Capped says how many of some contacts had as many marketing messages as the workspace's
// frequency cap allows; capped is false when there is no cap.
func (s *Service) Capped(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) (n int64, capped bool, err error) {
	r, err := s.readRules(ctx, tx, tenant)
	if err != nil || r.frequencyCap == 0 {
		return 0, false, err
	}
	counts, err := touches(ctx, tx, tenant, contacts, s.Clock.Now().AddDate(0, 0, -r.frequencyDays))
	for _, had := range counts {
		if had >= r.frequencyCap {
			n++
		}
	}
	return n, true, err
}

// Reach is how many people of a portfolio's rolling day were reached in one minute.
type Reach struct {
	At     time.Time
	People int
}

const sqlReachByMinute = `
select date_trunc('minute', reached_at), count(*)::int from portfolio_reach
where tenant_id = $1 and portfolio_id = $2 and reached_at > $3
group by 1 order by 1`

// Reached lists who counts against a portfolio's daily limit now, by the minute, oldest first.
func (s *Service) Reached(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, portfolio string) ([]Reach, error) {
	rows, err := tx.Query(ctx, sqlReachByMinute, tenant, portfolio, s.Clock.Now().Add(-reachWindow))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Reach])
}
