package desk

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

const (
	sqlTeams = `
select t.id, t.name, coalesce(array_agg(m.user_id order by m.user_id) filter (where m.user_id is not null), '{}')
from teams t left join team_members m on m.tenant_id = $1 and m.team_id = t.id
where t.tenant_id = $1 group by t.id, t.name, t.name_key order by t.name_key`
	sqlPutTeam = `
insert into teams (tenant_id, id, name, name_key, created_at) values ($1, $2, $3, $4, $5)
on conflict (tenant_id, id) do update set name = excluded.name, name_key = excluded.name_key`
	sqlDropTeam       = `delete from teams where tenant_id = $1 and id = $2`
	sqlDropTeamPeople = `delete from team_members where tenant_id = $1 and team_id = $2 and user_id <> all($3)`
	sqlAddTeamPeople  = `
insert into team_members (tenant_id, team_id, user_id)
select $1, $2, m.user_id from members m where m.tenant_id = $1 and m.user_id = any($3)
on conflict (tenant_id, team_id, user_id) do nothing`
	sqlLeaveTeams = `delete from team_members where tenant_id = $1 and user_id = $2`
	sqlLeaveDesk  = `delete from desk_members where tenant_id = $1 and user_id = $2`
)

// Teams lists the workspace's teams by name.
func (s *Service) Teams(ctx context.Context) (list []Team, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err = teams(ctx, tx, tenant)
		return err
	})
	return list, err
}

func teams(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Team, error) {
	rows, err := tx.Query(ctx, sqlTeams, tenant)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Team])
}

// SaveTeam makes a team, or changes the one with that id.
func (s *Service) SaveTeam(ctx context.Context, t Team) (Team, error) {
	t.Name = strings.Join(strings.Fields(t.Name), " ")
	if t.Name == "" || utf8.RuneCountInString(t.Name) > 60 {
		return Team{}, fault.Invalid("A team has a name.").At("body.name", "Between 1 and 60 characters.")
	}
	made := t.ID == uuid.Nil
	if made {
		t.ID = ident.New()
	}
	return t, s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		known, err := teams(ctx, tx, tenant)
		if err != nil {
			return err
		}
		if err := t.among(known, made); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlPutTeam, tenant, t.ID, t.Name, strings.ToLower(t.Name), s.Clock.Now()); err != nil {
			return err
		}
		if t.Members == nil {
			t.Members = []uuid.UUID{}
		}
		if _, err := tx.Exec(ctx, sqlDropTeamPeople, tenant, t.ID, t.Members); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, sqlAddTeamPeople, tenant, t.ID, t.Members)
		return err
	})
}

// among refuses a name that is taken, a team that is not there, and one too many.
func (t Team) among(known []Team, made bool) error {
	found := false
	for _, o := range known {
		found = found || o.ID == t.ID
		if o.ID != t.ID && strings.EqualFold(o.Name, t.Name) {
			return fault.Conflict("There is already a team with this name.").At("body.name", "Choose another name.").WithCode("team_exists")
		}
	}
	switch {
	case !made && !found:
		return fault.NotFound("This team does not exist.")
	case made && len(known) >= mostTeams:
		return fault.Invalid("A workspace has room for 100 teams.").WithCode("too_many_teams")
	}
	return nil
}

// RemoveTeam takes a team away. Its conversations keep their people.
func (s *Service) RemoveTeam(ctx context.Context, id uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := tx.Exec(ctx, sqlDropTeamPeople, tenant, id, []uuid.UUID{}); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, sqlDropTeam, tenant, id)
		if err == nil && tag.RowsAffected() == 0 {
			return fault.NotFound("This team does not exist.")
		}
		return err
	})
}

// MemberLeft forgets somebody who left the workspace.
func (s *Service) MemberLeft(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error {
	for _, sql := range []string{sqlLeaveTeams, sqlLeaveDesk} {
		if _, err := tx.Exec(ctx, sql, tenant, user); err != nil {
			return err
		}
	}
	return nil
}

const sqlPeopleOf = `select user_id from team_members where tenant_id = $1 and team_id = $2 order by user_id`

// PeopleOf are the user ids of a team's members, in the caller's transaction.
func (s *Service) PeopleOf(ctx context.Context, tx pgx.Tx, tenant, team uuid.UUID) ([]uuid.UUID, error) {
	rows, err := tx.Query(ctx, sqlPeopleOf, tenant, team)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}
