package message

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// reachWindow is the rolling period of Meta's limit on people messaged outside a window.
const reachWindow = 24 * time.Hour

// reach is how much of a portfolio's daily limit is left: people messaged outside
// a service window in a rolling day, over all its numbers.
type reach struct {
	limit   int
	left    int
	frees   time.Time          // when the oldest of them leaves the day
	reached map[uuid.UUID]bool // contacts that count already
	added   []uuid.UUID
}

// admit says until when a message must wait; zero when it may go. A nil reach has no limit.
func (r *reach) admit(c candidate, now time.Time) time.Time {
	if r == nil || now.Before(c.to.windowUntil) || r.reached[c.contactID] {
		return time.Time{}
	}
	if r.left <= 0 {
		return r.frees
	}
	r.left--
	r.reached[c.contactID] = true
	r.added = append(r.added, c.contactID)
	return time.Time{}
}

const sqlReachCount = `
select count(*), min(reached_at) from portfolio_reach
where tenant_id = $1 and portfolio_id = $2 and reached_at > $3`

const sqlReached = `
select contact_id from portfolio_reach
where tenant_id = $1 and portfolio_id = $2 and contact_id = any($3) and reached_at > $4`

const sqlAddReach = `
insert into portfolio_reach (tenant_id, portfolio_id, contact_id, reached_at)
select $1, $2, c, $4 from unnest($3::uuid[]) c
on conflict (tenant_id, portfolio_id, contact_id) do update set reached_at = excluded.reached_at`

// readReach reads the state of the limit; nil when the portfolio has none.
func readReach(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, sender channel.Sender, contacts []uuid.UUID, now time.Time) (*reach, error) {
	if sender.DailyLimit == nil {
		return nil, nil
	}
	r := &reach{reached: make(map[uuid.UUID]bool)}
	var used int
	var oldest *time.Time
	since := now.Add(-reachWindow)
	if err := tx.QueryRow(ctx, sqlReachCount, tenant, sender.PortfolioID, since).Scan(&used, &oldest); err != nil {
		return nil, err
	}
	r.limit = *sender.DailyLimit
	r.left, r.frees = *sender.DailyLimit-used, now.Add(time.Minute)
	if oldest != nil && oldest.Add(reachWindow).After(r.frees) {
		r.frees = oldest.Add(reachWindow)
	}
	rows, err := tx.Query(ctx, sqlReached, tenant, sender.PortfolioID, contacts, since)
	if err != nil {
		return nil, err
	}
	var id uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&id}, func() error {
		r.reached[id] = true
		return nil
	})
	return r, err
}

// Two numbers of a portfolio share its limit: their claims take turns here.
const sqlLockReach = `select pg_advisory_xact_lock(hashtextextended($1, 0))`

// reserveReach counts the people of a claim, after looking again under the
// portfolio's lock: another number may have used the limit meanwhile.
func (s *Service) reserveReach(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, g *gating) error {
	if g.reach == nil || len(g.reach.added) == 0 {
		return nil
	}
	if _, err := tx.Exec(ctx, sqlLockReach, tenant.String()+g.sender.PortfolioID); err != nil {
		return err
	}
	var used int
	var oldest *time.Time
	if err := tx.QueryRow(ctx, sqlReachCount, tenant, g.sender.PortfolioID, g.now.Add(-reachWindow)).Scan(&used, &oldest); err != nil {
		return err
	}
	if used+len(g.reach.added) > *g.sender.DailyLimit {
		return fault.Conflict("Another number of the portfolio used its daily limit meanwhile.")
	}
	return addReach(ctx, tx, tenant, g.sender.PortfolioID, g.reach.added, g.now)
}

// addReach counts the people of a claim. Counting one whose message is handed back
// errs on the safe side.
func addReach(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, portfolio string, contacts []uuid.UUID, now time.Time) error {
	if len(contacts) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, sqlAddReach, tenant, portfolio, contacts, now)
	return err
}
