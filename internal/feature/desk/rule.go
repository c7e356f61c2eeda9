package desk

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// endless is a time that may be before or after all times.
type endless = pgtype.Timestamptz

const (
	sqlRules   = `select rule from assignment_rules where tenant_id = $1 order by position, id`
	sqlPutRule = `
insert into assignment_rules (tenant_id, id, position, rule, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)
on conflict (tenant_id, id) do update set position = excluded.position, rule = excluded.rule, updated_at = excluded.updated_at`
	sqlDropRule = `delete from assignment_rules where tenant_id = $1 and id = $2`
)

// Rules lists the assignment rules in the order in which they are tried.
func (s *Service) Rules(ctx context.Context) (list []Rule, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err = rules(ctx, tx, tenant)
		return err
	})
	return list, err
}

func rules(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Rule, error) {
	rows, err := tx.Query(ctx, sqlRules, tenant)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[Rule])
}

// SaveRule makes a rule, which is tried last, or changes the one with that id.
func (s *Service) SaveRule(ctx context.Context, r Rule) (Rule, error) {
	if err := r.clean(); err != nil {
		return Rule{}, err
	}
	made := r.ID == uuid.Nil
	if made {
		r.ID = ident.New()
	}
	return r, s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		known, err := rules(ctx, tx, tenant)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(known, func(o Rule) bool { return o.ID == r.ID })
		switch {
		case !made && at < 0:
			return fault.NotFound("This rule does not exist.")
		case made && len(known) >= mostRules:
			return fault.Invalid("A workspace has room for 50 rules.").WithCode("too_many_rules")
		case made:
			at = len(known)
		}
		if _, err := tx.Exec(ctx, sqlPutRule, tenant, r.ID, at, r, s.Clock.Now()); err != nil {
			return err
		}
		return s.drainSoon(ctx, tx, tenant)
	})
}

// RemoveRule takes a rule away; what waits in its queue is matched anew.
func (s *Service) RemoveRule(ctx context.Context, id uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		tag, err := tx.Exec(ctx, sqlDropRule, tenant, id)
		if err == nil && tag.RowsAffected() == 0 {
			return fault.NotFound("This rule does not exist.")
		}
		if err != nil {
			return err
		}
		return s.drainSoon(ctx, tx, tenant)
	})
}

// OrderRules says in which order the rules are tried; all of them are named.
func (s *Service) OrderRules(ctx context.Context, ids []uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		known, err := rules(ctx, tx, tenant)
		if err != nil {
			return err
		}
		if len(ids) != len(known) {
			return fault.Invalid("Name every rule once.").At("body.ids", "Every rule once.")
		}
		for _, r := range known {
			at := slices.Index(ids, r.ID)
			if at < 0 {
				return fault.Invalid("Name every rule once.").At("body.ids", "Every rule once.")
			}
			if _, err := tx.Exec(ctx, sqlPutRule, tenant, r.ID, at, r, s.Clock.Now()); err != nil {
				return err
			}
		}
		return nil
	})
}
