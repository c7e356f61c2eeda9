package campaign

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Plan is how long a campaign will take, and what makes it take that long.
type Plan struct {
	People    int64      `json:"people" doc:"Whom it may reach"`
	StartsAt  time.Time  `json:"startsAt"`
	DoneAt    *time.Time `json:"doneAt,omitempty" doc:"Absent when it is not done within half a year"`
	Days      []PlanDay  `json:"days" doc:"By the day of the workspace's calendar"`
	PerSecond int        `json:"perSecond" doc:"The number's rate"`
	Limit     *int       `json:"limit,omitempty" doc:"People per rolling 24 hours of the portfolio; absent: no limit"`
	Used      int64      `json:"used" doc:"People who count against the limit now"`
	Others    int64      `json:"others" doc:"People that other campaigns on this number still write to"`
	Numbers   int        `json:"numbers" doc:"Numbers of the portfolio, which share the limit"`
	Quiet     bool       `json:"quiet" doc:"Whether quiet hours hold it back"`
	Capped    *int64     `json:"capped,omitempty" doc:"How many the frequency cap will refuse as things stand; absent: no cap, or overridden"`
	Exact     bool       `json:"exact" doc:"False when projected from a sample of 2,000"`
}

// Plan plans a campaign that has not begun for a schedule, or what is left of one that has.
func (s *Service) Plan(ctx context.Context, id uuid.UUID, sc Schedule) (p Plan, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		c, err := byID(ctx, tx, tenant, id)
		if err != nil {
			return notFound(err)
		}
		p, err = s.plan(ctx, tx, tenant, c, sc)
		return err
	})
	return p, err
}

func (s *Service) plan(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, sc Schedule) (p Plan, err error) {
	if c.ChannelID == (uuid.UUID{}) {
		return p, fault.Invalid("Choose the number to send from.").At("body.channelId", "No number is chosen.")
	}
	quiet, err := s.Messages.Quiet(ctx, tx, tenant)
	if err != nil {
		return p, fmt.Errorf("read quiet hours: %w", err)
	}
	in := planInput{start: s.Clock.Now()}
	if err := s.planNumber(ctx, tx, tenant, c, &p, &in); err != nil {
		return p, err
	}
	wall, err := s.planStart(ctx, tx, tenant, c, sc, &in)
	if err != nil {
		return p, err
	}
	if err := s.planPeople(ctx, tx, tenant, c, quiet, wall, &p, &in); err != nil {
		return p, err
	}
	p.StartsAt = in.start
	stretches, done := makePlan(in)
	p.Days = byDay(stretches, quiet.Zone())
	if done && len(stretches) > 0 {
		p.DoneAt = &stretches[len(stretches)-1].to
	}
	return p, nil
}

// planStart is when it starts, and the wall-clock time where each has their own.
func (s *Service) planStart(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, sc Schedule, in *planInput) (wall *time.Time, err error) {
	if c.Status != Draft && c.Status != Awaiting {
		wall = c.LocalAt
		if c.Status == Scheduled && c.ScheduledAt != nil {
			in.start = *c.ScheduledAt
		}
		return wall, nil
	}
	switch {
	case sc.Repeat != nil:
		sr, err := s.readRepeat(ctx, tx, tenant, *sc.Repeat)
		if err != nil {
			return nil, err
		}
		first := sr.first(in.start)
		if first.at.IsZero() {
			return nil, noRunLeft()
		}
		in.start = first.at
		if sc.Repeat.Local {
			at := sr.wall(first.day)
			wall = &at
		}
	case sc.LocalAt != "":
		at, err := sc.localAt()
		if err != nil {
			return nil, err
		}
		wall = &at
	case sc.At != nil && sc.At.After(in.start):
		in.start = *sc.At
	}
	return wall, nil
}

const sqlPlanNumber = `
select c.throughput, c.daily_limit, c.portfolio_id,
    (select count(*)::int from channels o where o.tenant_id = $1 and o.portfolio_id = c.portfolio_id and o.removed_at is null)
from channels c where c.tenant_id = $1 and c.id = $2 and c.removed_at is null`

const sqlPlanOthers = `
select k.total - k.sending - k.in_doubt - k.unknown - k.accepted - k.sent - k.delivered - k.read - k.expired - k.failed
    - k.refused - k.cancelled - k.duplicate
from campaigns c join campaign_counters k on k.tenant_id = $1 and k.campaign_id = c.id
where c.tenant_id = $1 and c.channel_id = $2 and c.status = 'running' and c.id <> $3`

// planNumber reads the number's rate, its portfolio's limit and what is used of both.
func (s *Service) planNumber(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, p *Plan, in *planInput) error {
	if _, _, err := paceOf(ctx, tx, tenant, c.ChannelID); err != nil {
		return err
	}
	var portfolio string
	if err := tx.QueryRow(ctx, sqlPlanNumber, tenant, c.ChannelID).Scan(&p.PerSecond, &p.Limit, &portfolio, &p.Numbers); err != nil {
		return fmt.Errorf("read number: %w", err)
	}
	in.perSecond, in.limit = p.PerSecond, p.Limit
	if p.Limit != nil {
		reached, err := s.Messages.Reached(ctx, tx, tenant, portfolio)
		if err != nil {
			return fmt.Errorf("read who was reached: %w", err)
		}
		for _, r := range reached {
			in.used = append(in.used, usedSlot{r.At, int64(r.People)})
			p.Used += int64(r.People)
		}
	}
	rows, err := tx.Query(ctx, sqlPlanOthers, tenant, c.ChannelID, c.ID)
	if err != nil {
		return fmt.Errorf("read other campaigns: %w", err)
	}
	if in.others, err = pgx.CollectRows(rows, pgx.RowTo[int64]); err != nil {
		return fmt.Errorf("read other campaigns: %w", err)
	}
	for _, n := range in.others {
		p.Others += n
	}
	return nil
}

// planPeople counts whom it may reach, by the clocks they live by; beyond the sample they are projected.
func (s *Service) planPeople(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, quiet message.Quiet, wall *time.Time, p *Plan, in *planInput) error {
	people, err := contact.Sample(ctx, tx, tenant, c.Audience.AsOf(s.Clock.Now()), estimateSample)
	if err != nil {
		return fmt.Errorf("sample audience: %w", err)
	}
	total := c.Counts.Pending + c.Counts.Queued
	if c.StartedAt == nil {
		if total, err = contact.CountAudience(ctx, tx, tenant, c.Audience.AsOf(s.Clock.Now())); err != nil {
			return fmt.Errorf("count audience: %w", err)
		}
	}
	held, err := s.quietFor(ctx, tx, tenant, c, quiet)
	if err != nil {
		return fmt.Errorf("read template: %w", err)
	}
	marketing, err := s.marketing(ctx, tx, tenant, c)
	if err != nil {
		return err
	}
	p.Exact, p.Quiet = total <= int64(len(people)), held
	groups := make(map[string]*planGroup)
	var reached []uuid.UUID
	for _, person := range people {
		if !mayReach(person, marketing) {
			continue
		}
		reached = append(reached, person.ID)
		zone := quiet.Zone()
		if wall != nil || held && quiet.ByRecipient() {
			zone = s.zones.Of(person.Fields[quiet.ZoneField()], person.Phone, zone)
		}
		g := groups[zone.String()]
		if g == nil {
			g = newGroup(wall, zone, quiet, held, in.start)
			groups[zone.String()] = g
		}
		g.people++
	}
	spread(groups, total, int64(len(people)), p, in)
	return s.planCapped(ctx, tx, tenant, c, marketing, reached, total, int64(len(people)), p)
}

func newGroup(wall *time.Time, in *time.Location, quiet message.Quiet, held bool, start time.Time) *planGroup {
	g := new(planGroup)
	if wall != nil {
		g.due = dueAt(*wall, in, start)
	}
	if held {
		g.quiet = func(at time.Time) (time.Time, bool) {
			end := quiet.Until(at, in)
			return end, !end.IsZero()
		}
		g.begins = func(at time.Time) time.Time { return quiet.Begins(at, in) }
	}
	return g
}

// spread projects a sample's groups onto everybody.
func spread(groups map[string]*planGroup, total, sample int64, p *Plan, in *planInput) {
	for _, g := range groups {
		g.people = g.people * total / max(1, sample)
		p.People += g.people
		in.groups = append(in.groups, *g)
	}
}

// planCapped forecasts how many the frequency cap will refuse.
func (s *Service) planCapped(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, marketing bool, reached []uuid.UUID, total, sample int64, p *Plan) error {
	if !marketing || c.Uncapped || len(reached) == 0 {
		return nil
	}
	n, capped, err := s.Messages.Capped(ctx, tx, tenant, reached)
	if err != nil {
		return fmt.Errorf("count who is capped: %w", err)
	}
	if capped {
		n = n * total / max(1, sample)
		p.Capped = &n
	}
	return nil
}

// marketing says whether a campaign's template is for marketing; one that is not chosen yet may be.
func (s *Service) marketing(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) (bool, error) {
	if c.TemplateID == (uuid.UUID{}) {
		return true, nil
	}
	t, err := s.template(ctx, tx, tenant, c)
	return string(t.Category) == message.CategoryMarketing, err
}
