package reply

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

const (
	sqlMacros   = `select id, name, steps, uses from macros where tenant_id = $1 order by uses desc, name_key`
	sqlMacro    = `select id, name, steps, uses from macros where tenant_id = $1 and id = $2`
	sqlAddMacro = `
insert into macros (tenant_id, id, name, name_key, steps, created_by, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $7)
on conflict (tenant_id, name_key) do nothing`
	sqlSaveMacro = `
update macros set name = $3, name_key = $4, steps = $5, updated_at = $6 where tenant_id = $1 and id = $2`
	sqlDropMacro = `delete from macros where tenant_id = $1 and id = $2`
	sqlUseMacro  = `update macros set uses = uses + 1 where tenant_id = $1 and id = $2`

	// What steps name that others own: read here so that a macro cannot be saved, or run, with what is not there.
	sqlKnownLabels  = `select count(*) from labels where tenant_id = $1 and id = any($2)`
	sqlKnownTeam    = `select exists (select 1 from teams where tenant_id = $1 and id = $2)`
	sqlKnownMember  = `select exists (select 1 from members where tenant_id = $1 and user_id = $2)`
	sqlKnownReason  = `select exists (select 1 from closing_reasons where tenant_id = $1 and id = $2)`
	sqlSharedCanned = `select exists (select 1 from canned_replies where tenant_id = $1 and id = $2 and user_id is null)`
)

// MacroDraft is what people set on a macro.
type MacroDraft struct {
	Name  string `json:"name" minLength:"1" maxLength:"80"`
	Steps []Step `json:"steps" minItems:"1" maxItems:"20" doc:"Done in their order"`
}

func (d *MacroDraft) clean() error {
	d.Name = strings.Join(strings.Fields(d.Name), " ")
	if d.Name == "" || utf8.RuneCountInString(d.Name) > longestName {
		return wrongStep("body.name", "Between 1 and 80 characters.")
	}
	if len(d.Steps) == 0 || len(d.Steps) > mostSteps {
		return wrongStep("body.steps", "Between 1 and 20 steps.")
	}
	for i, step := range d.Steps {
		if err := step.check(stepPlace(i)); err != nil {
			return err
		}
	}
	return nil
}

// sends says whether a macro sends a canned reply.
func (m Macro) sends(canned uuid.UUID) bool {
	return slices.ContainsFunc(m.Steps, func(st Step) bool { return st.CannedID != nil && *st.CannedID == canned })
}

// Macros lists the workspace's macros, the most used first; there are at most 200.
func (s *Service) Macros(ctx context.Context) (list []Macro, err error) {
	return list, s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err = macros(ctx, tx, tenant)
		return err
	})
}

func macros(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Macro, error) {
	rows, err := tx.Query(ctx, sqlMacros, tenant)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Macro])
}

func macroByID(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Macro, error) {
	rows, err := tx.Query(ctx, sqlMacro, tenant, id)
	if err != nil {
		return Macro{}, err
	}
	m, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Macro])
	return m, missingRow(err, fault.NotFound("This macro does not exist."))
}

// AddMacro makes a macro.
func (s *Service) AddMacro(ctx context.Context, d MacroDraft) (m Macro, err error) {
	if err := d.clean(); err != nil {
		return m, err
	}
	m = Macro{ID: ident.New(), Name: d.Name, Steps: d.Steps}
	return m, s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err := macros(ctx, tx, tenant)
		if err != nil {
			return err
		}
		if len(list) >= mostMacros {
			return fault.Invalid("A workspace has room for 200 macros.").WithCode("too_many_macros")
		}
		if err := knownAll(ctx, tx, tenant, m.Steps); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, sqlAddMacro, tenant, m.ID, m.Name, strings.ToLower(m.Name), m.Steps, actor.Must(ctx).UserID, s.Clock.Now())
		if err == nil && tag.RowsAffected() == 0 {
			return macroTaken()
		}
		return err
	})
}

// SaveMacro changes a macro.
func (s *Service) SaveMacro(ctx context.Context, id uuid.UUID, d MacroDraft) (m Macro, err error) {
	if err := d.clean(); err != nil {
		return m, err
	}
	return m, s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if m, err = macroByID(ctx, tx, tenant, id); err != nil {
			return err
		}
		if err := knownAll(ctx, tx, tenant, d.Steps); err != nil {
			return err
		}
		m.Name, m.Steps = d.Name, d.Steps
		_, err = tx.Exec(ctx, sqlSaveMacro, tenant, id, m.Name, strings.ToLower(m.Name), m.Steps, s.Clock.Now())
		if db.IsUnique(err, "macros_name") {
			return macroTaken()
		}
		return err
	})
}

func macroTaken() error {
	return fault.Conflict("There is already a macro with this name.").At("body.name", "Choose another name.").WithCode("macro_exists")
}

// RemoveMacro takes a macro away.
func (s *Service) RemoveMacro(ctx context.Context, id uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		tag, err := tx.Exec(ctx, sqlDropMacro, tenant, id)
		if err == nil && tag.RowsAffected() == 0 {
			return fault.NotFound("This macro does not exist.")
		}
		return err
	})
}

// knownAll names the first step with something that is not in the workspace.
func knownAll(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, steps []Step) error {
	for i, step := range steps {
		if err := step.known(ctx, tx, tenant, stepPlace(i)); err != nil {
			return err
		}
	}
	return nil
}

// known refuses a step that names what is not in the workspace.
func (st Step) known(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, at string) error {
	switch {
	case len(st.Labels) > 0:
		var n int
		err := tx.QueryRow(ctx, sqlKnownLabels, tenant, st.Labels).Scan(&n)
		return gone(err, n == len(st.Labels), at+".labels", "A label of it was deleted. Choose again.")
	case st.Kind == GiveTeam && st.To != "none":
		return exists(ctx, tx, sqlKnownTeam, tenant, st.To, at+".to", "This team was deleted. Choose another.")
	case st.Kind == Assign && st.To != "none" && st.To != "me":
		return exists(ctx, tx, sqlKnownMember, tenant, st.To, at+".to", "This person is not in the workspace. Choose another.")
	case st.ReasonID != nil:
		return exists(ctx, tx, sqlKnownReason, tenant, *st.ReasonID, at+".reasonId", "There is no such closing reason. Choose another.")
	case st.CannedID != nil:
		return exists(ctx, tx, sqlSharedCanned, tenant, *st.CannedID, at+".cannedId", "There is no such canned reply that everybody may use. Choose another.")
	}
	return nil
}

func exists(ctx context.Context, tx pgx.Tx, sql string, tenant uuid.UUID, id any, at, sentence string) error {
	var there bool
	err := tx.QueryRow(ctx, sql, tenant, id).Scan(&there)
	return gone(err, there, at, sentence)
}

func gone(err error, there bool, at, sentence string) error {
	if err != nil || there {
		return err
	}
	return wrongStep(at, sentence)
}
