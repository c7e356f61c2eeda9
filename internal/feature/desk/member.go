package desk

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

const memberColumns = `m.user_id, coalesce(d.away, false), coalesce(d.capacity, 0), coalesce(d.seen_at, '-infinity'), coalesce(d.given_at, '-infinity')`

const (
	sqlMembers = `
select ` + memberColumns + `
from members m left join desk_members d on d.tenant_id = $1 and d.user_id = m.user_id
where m.tenant_id = $1 order by m.user_id`
	sqlHoldMembers = `
select user_id from desk_members where tenant_id = $1 and user_id = any($2) order by user_id for update`
	sqlOpenOf = `
select assignee_id, count(*) from conversations where tenant_id = $1 and assignee_id = any($2) and status = 'open' group by 1`
	sqlSeen = `
insert into desk_members (tenant_id, user_id, seen_at) values ($1, $2, $3)
on conflict (tenant_id, user_id) do update set seen_at = excluded.seen_at`
	sqlSetMember = `
insert into desk_members (tenant_id, user_id, away, capacity) values ($1, $2, $3, $4)
on conflict (tenant_id, user_id) do update set away = excluded.away, capacity = excluded.capacity`
	sqlGiven = `
update desk_members d set given_at = $3 where d.tenant_id = $1 and d.user_id = any($2)`
	sqlMemberLocked = `select away, capacity, seen_at from desk_members where tenant_id = $1 and user_id = $2 for update`
	sqlIsMember     = `select exists (select 1 from members where tenant_id = $1 and user_id = $2)`
)

// Members are the workspace's people as they are at the desk now.
func (s *Service) Members(ctx context.Context) (list []*Member, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err = membersNow(ctx, tx, tenant, s.Clock.Now())
		return err
	})
	return list, err
}

func membersNow(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, now time.Time) ([]*Member, error) {
	rows, err := tx.Query(ctx, sqlMembers, tenant)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (*Member, error) {
		m := &Member{}
		return m, scanMember(row, m)
	})
	if err != nil {
		return nil, err
	}
	byUser, users := map[uuid.UUID]*Member{}, make([]uuid.UUID, len(list))
	for i, m := range list {
		m.Online = m.online(now)
		byUser[m.UserID], users[i] = m, m.UserID
	}
	open, err := tx.Query(ctx, sqlOpenOf, tenant, users)
	if err != nil {
		return nil, err
	}
	var user uuid.UUID
	var n int
	_, err = pgx.ForEachRow(open, []any{&user, &n}, func() error {
		byUser[user].Open = n
		return nil
	})
	return list, err
}

// scanMember reads a time that may be before all times.
func scanMember(row pgx.CollectableRow, m *Member) error {
	var seen, given endless
	if err := row.Scan(&m.UserID, &m.Away, &m.Capacity, &seen, &given); err != nil {
		return err
	}
	m.seenAt, m.givenAt = seen.Time, given.Time
	return nil
}

// hold lets one transaction at a time give conversations to these people.
func hold(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []*Member) error {
	users := make([]uuid.UUID, len(list))
	for i, m := range list {
		users[i] = m.UserID
	}
	_, err := tx.Exec(ctx, sqlHoldMembers, tenant, users)
	return err
}

// Seen says that the actor is there. Who comes back may take what waits.
func (s *Service) Seen(ctx context.Context) error {
	user := actor.Must(ctx).UserID
	now := s.Clock.Now()
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		before, err := lockMember(ctx, tx, tenant, user)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlSeen, tenant, user, now); err != nil || before.online(now) || before.Away {
			return err
		}
		return s.drainSoon(ctx, tx, tenant)
	})
}

// SetMember says whether somebody takes conversations, and how many at most.
func (s *Service) SetMember(ctx context.Context, user uuid.UUID, isAway bool, capacity int) error {
	if a := actor.Must(ctx); a.UserID != user && a.Role == "agent" {
		return fault.Forbidden("You may change this for yourself; an owner or an admin may for others.")
	}
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		var known bool
		if err := tx.QueryRow(ctx, sqlIsMember, tenant, user).Scan(&known); err != nil {
			return err
		}
		if !known {
			return fault.NotFound("This person is not a member of the workspace.")
		}
		if a := actor.Must(ctx); a.Role == "agent" {
			before, err := lockMember(ctx, tx, tenant, user)
			if err != nil {
				return err
			}
			capacity = before.Capacity // how many is for the managers to say
		}
		if _, err := tx.Exec(ctx, sqlSetMember, tenant, user, isAway, capacity); err != nil {
			return err
		}
		return s.drainSoon(ctx, tx, tenant)
	})
}

func lockMember(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) (m Member, err error) {
	rows, err := tx.Query(ctx, sqlMemberLocked, tenant, user)
	if err != nil {
		return m, err
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (m Member, err error) {
		var seen endless
		err = row.Scan(&m.Away, &m.Capacity, &seen)
		m.seenAt = seen.Time
		return m, err
	})
	if err != nil || len(list) == 0 {
		return m, err
	}
	return list[0], nil
}
