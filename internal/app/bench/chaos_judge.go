package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/campaign"
)

// settleWithin is the longest a bench waits for doubts and late webhooks to be over.
const settleWithin = 3 * time.Minute

// settle waits, with all faults off, until nothing is open any more. A campaign that the
// machine paused is resumed, as its owner would; it says how many were. What is open
// after the time is a finding for the judge, not an error.
func (c *chaos) settle(ctx context.Context) (resumed int, err error) {
	for _, p := range c.processes {
		if err := p.ready(ctx); err != nil {
			return 0, fmt.Errorf("%s did not come back: %w: %s", p.name, err, p.said())
		}
	}
	_ = c.w.super.Close(ctx) // Postgres ended under it
	if c.w.super, err = pgx.Connect(ctx, c.w.cfg.DatabaseURL); err != nil {
		return 0, err
	}
	deadline := time.Now().Add(settleWithin)
	err = await(ctx, 2*settleWithin, 200*time.Millisecond, func() (bool, error) {
		n, err := c.resumePaused()
		if err != nil {
			return false, err
		}
		resumed += n
		open, err := c.open(ctx)
		return open == 0 || time.Now().After(deadline), err
	})
	return resumed, err
}

func (c *chaos) resumePaused() (n int, err error) {
	for _, f := range c.firms {
		for _, camp := range f.campaigns {
			now, err := c.w.core.Campaigns.Get(f.ctx, camp.ID)
			if err != nil {
				return n, err
			}
			switch now.Status {
			case campaign.Paused:
				_, err = c.w.core.Campaigns.Resume(f.ctx, camp.ID)
				n++
			case campaign.Draft: // the bench was too short for its start
				_, err = c.w.core.Campaigns.Start(f.ctx, camp.ID, time.Time{})
			}
			if err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

// open counts what still has to move: webhooks under way, deliveries to apply, people to
// write to, answers in doubt.
func (c *chaos) open(ctx context.Context) (n int64, err error) {
	stats, err := c.w.sim.stats(ctx)
	if err != nil || stats.WebhooksPending > 0 {
		return stats.WebhooksPending, err
	}
	err = c.w.super.QueryRow(ctx, `
		select (select count(*) from webhook_deliveries where waiting)
			+ (select count(*) from messages where state in ('queued', 'sending', 'in_doubt'))
			+ (select count(*) from campaign_recipients where state = 'pending')
			+ (select count(*) from campaigns where status not in ('completed', 'cancelled'))`).Scan(&n)
	return n, err
}

// verdict is what the judge found.
type verdict struct {
	expected   int
	duplicates int
	outcomes   map[string]int // people by what the report shows
	why        map[string]int // people lost, by how
	aside      int64          // webhook items set aside for good
}

func (v verdict) lost() (n int) {
	for _, k := range v.why {
		n += k
	}
	return n
}

// reported is one person as the report shows them.
type reported struct {
	Phone, Outcome string
}

// judge holds the report against the simulator's memory, person by person.
func (c *chaos) judge(ctx context.Context) (verdict, error) {
	v := verdict{outcomes: make(map[string]int), why: make(map[string]int)}
	for _, f := range c.firms {
		seen, err := c.w.sim.recipientsOf(ctx, f.channel.PhoneNumberID)
		if err != nil {
			return v, err
		}
		v.duplicates += seen.duplicates
		for _, camp := range f.campaigns {
			v.expected += f.people
			people, err := c.report(ctx, f.tenant, camp.ID)
			if err != nil {
				return v, fmt.Errorf("read the report: %w", err)
			}
			if missing := f.people - len(people); missing != 0 {
				v.why["not in the report"] += missing
			}
			for _, p := range people {
				v.outcomes[p.Outcome]++
				if why := lostHow(p.Outcome, seen.people[p.Phone]); why != "" {
					v.why[why]++
				}
			}
		}
	}
	return v, c.w.super.QueryRow(ctx, `select count(*) from set_asides where resolved_at is null`).Scan(&v.aside)
}

// lostHow says how a person is lost, given how often the simulator recorded a send to
// them; it has delivered the webhooks of every send it recorded.
func lostHow(outcome string, sends int) string {
	switch outcome {
	case "sent", "delivered", "read":
		if sends == 0 {
			return "shown as " + outcome + ", never sent"
		}
	case "failed":
	case "unknown", "in_doubt":
		if sends > 0 {
			return "shown as " + outcome + ", although a webhook told"
		}
	default:
		if sends > 0 {
			return "shown as " + outcome + ", although sent and reported"
		}
		return "left as " + outcome
	}
	return ""
}

// report is a campaign's people with exactly one outcome each.
func (c *chaos) report(ctx context.Context, tenant, id uuid.UUID) ([]reported, error) {
	rows, err := c.w.super.Query(ctx, `
		select coalesce(k.wa_id, ltrim(k.phone, '+')), case when r.state = 'fed' then coalesce(m.state, 'missing') else r.state end
		from campaign_recipients r
		join contacts k on k.tenant_id = r.tenant_id and k.id = r.contact_id
		left join messages m on m.tenant_id = r.tenant_id and m.id = r.message_id
		where r.tenant_id = $1 and r.campaign_id = $2`, tenant, id)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[reported])
}
