package conversation

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Reason is why conversations are closed, as the workspace words it.
type Reason struct {
	ID       uuid.UUID `json:"id"`
	Name     string    `json:"name"`
	Archived bool      `json:"archived"`
}

const mostReasons = 50

const (
	sqlReasons   = `select id, name, archived_at is not null from closing_reasons where tenant_id = $1 order by position, id`
	sqlReason    = `select name from closing_reasons where tenant_id = $1 and id = $2`
	sqlAddReason = `
insert into closing_reasons (tenant_id, id, name, position, created_at)
select $1, $2, $3, coalesce(max(position), 0) + 1, $4 from closing_reasons where tenant_id = $1
on conflict (tenant_id, id) do nothing`
	sqlEditReason = `update closing_reasons set name = $3, archived_at = $4 where tenant_id = $1 and id = $2`
)

// Reasons lists the workspace's closing reasons in their order, archived ones too.
func (s *Service) Reasons(ctx context.Context) (list []Reason, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err = reasons(ctx, tx, tenant)
		return err
	})
	return list, err
}

func reasons(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Reason, error) {
	rows, err := tx.Query(ctx, sqlReasons, tenant)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Reason])
}

// AddReason makes a closing reason.
func (s *Service) AddReason(ctx context.Context, name string) (Reason, error) {
	r := Reason{ID: ident.New(), Name: firstWords(name, 80)}
	if r.Name == "" {
		return Reason{}, fault.Invalid("A reason has a name.").At("body.name", "Between 1 and 80 characters.")
	}
	return r, s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		known, err := reasons(ctx, tx, tenant)
		if err != nil {
			return err
		}
		if len(known) >= mostReasons {
			return fault.Invalid("A workspace has room for 50 closing reasons.").WithCode("too_many_reasons")
		}
		_, err = tx.Exec(ctx, sqlAddReason, tenant, r.ID, r.Name, s.Clock.Now())
		return err
	})
}

// EditReason renames, archives or brings back a closing reason; cases keep pointing at it.
func (s *Service) EditReason(ctx context.Context, id uuid.UUID, name string, archived bool) error {
	name = firstWords(name, 80)
	if name == "" {
		return fault.Invalid("A reason has a name.").At("body.name", "Between 1 and 80 characters.")
	}
	var at *time.Time
	if now := s.Clock.Now(); archived {
		at = &now
	}
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		tag, err := tx.Exec(ctx, sqlEditReason, tenant, id, name, at)
		if err == nil && tag.RowsAffected() == 0 {
			return fault.NotFound("This reason does not exist.")
		}
		return err
	})
}

func knownReason(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, id *uuid.UUID) error {
	if id == nil {
		return nil
	}
	var name string
	err := tx.QueryRow(ctx, sqlReason, tenant, *id).Scan(&name)
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.Invalid("This closing reason does not exist.").At("body.reasonId", "Choose one of the list.")
	}
	return err
}
