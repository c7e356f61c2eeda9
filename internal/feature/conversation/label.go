package conversation

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Label is a word that conversations carry.
type Label struct {
	ID   uuid.UUID `json:"id"`
	Name string    `json:"name"`
	Tone string    `json:"tone" enum:"neutral,info,warning,success,danger,violet"`
}

const mostLabels = 200

const (
	sqlLabels   = `select id, name, tone from labels where tenant_id = $1 order by name_key`
	sqlAddLabel = `
insert into labels (tenant_id, id, name, name_key, tone, created_at) values ($1, $2, $3, $4, $5, $6)
on conflict (tenant_id, name_key) do nothing`
	sqlEditLabel   = `update labels set name = $3, name_key = $4, tone = $5 where tenant_id = $1 and id = $2`
	sqlDeleteLabel = `delete from labels where tenant_id = $1 and id = $2`
	sqlUnlabelAll  = `delete from conversation_labels where tenant_id = $1 and label_id = $2`
	sqlLabelsOf    = `select conversation_id, label_id from conversation_labels where tenant_id = $1 and conversation_id = any($2)`
	sqlLabel       = `
insert into conversation_labels (tenant_id, label_id, conversation_id, status, last_at)
select $1, l.id, c.id, c.status, c.last_at from labels l join conversations c on c.tenant_id = $1 and c.id = $2
where l.tenant_id = $1 and l.id = any($3)
on conflict (tenant_id, conversation_id, label_id) do nothing`
	sqlUnlabel = `delete from conversation_labels where tenant_id = $1 and conversation_id = $2 and label_id = any($3)`
)

// Labels lists the workspace's labels by name.
func (s *Service) Labels(ctx context.Context) (list []Label, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err = labels(ctx, tx, tenant)
		return err
	})
	return list, err
}

func labels(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Label, error) {
	rows, err := tx.Query(ctx, sqlLabels, tenant)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Label])
}

// AddLabel makes a label.
func (s *Service) AddLabel(ctx context.Context, name, tone string) (Label, error) {
	l, err := newLabel(ident.New(), name, tone)
	if err != nil {
		return Label{}, err
	}
	return l, s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		known, err := labels(ctx, tx, tenant)
		if err != nil {
			return err
		}
		if len(known) >= mostLabels {
			return fault.Invalid("A workspace has room for 200 labels.").WithCode("too_many_labels")
		}
		tag, err := tx.Exec(ctx, sqlAddLabel, tenant, l.ID, l.Name, strings.ToLower(l.Name), l.Tone, s.Clock.Now())
		if err == nil && tag.RowsAffected() == 0 {
			return labelTaken()
		}
		return err
	})
}

func labelTaken() error {
	return fault.Conflict("There is already a label with this name.").At("body.name", "Choose another name.").WithCode("label_exists")
}

func newLabel(id uuid.UUID, name, tone string) (Label, error) {
	l := Label{ID: id, Name: strings.Join(strings.Fields(name), " "), Tone: tone}
	if l.Name == "" || firstWords(l.Name, 40) != l.Name {
		return Label{}, fault.Invalid("A label has between 1 and 40 characters.").At("body.name", "Between 1 and 40 characters.")
	}
	if l.Tone == "" {
		l.Tone = "neutral"
	}
	return l, nil
}

// EditLabel renames a label or changes its colour.
func (s *Service) EditLabel(ctx context.Context, id uuid.UUID, name, tone string) (Label, error) {
	l, err := newLabel(id, name, tone)
	if err != nil {
		return Label{}, err
	}
	return l, s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		known, err := labels(ctx, tx, tenant)
		if err != nil {
			return err
		}
		key := strings.ToLower(l.Name)
		if slices.ContainsFunc(known, func(o Label) bool { return o.ID != id && strings.ToLower(o.Name) == key }) {
			return labelTaken()
		}
		tag, err := tx.Exec(ctx, sqlEditLabel, tenant, id, l.Name, key, l.Tone)
		if err == nil && tag.RowsAffected() == 0 {
			return fault.NotFound("This label does not exist.")
		}
		return err
	})
}

// DeleteLabel removes a label from everywhere.
func (s *Service) DeleteLabel(ctx context.Context, id uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := tx.Exec(ctx, sqlUnlabelAll, tenant, id); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, sqlDeleteLabel, tenant, id)
		if err == nil && tag.RowsAffected() == 0 {
			return fault.NotFound("This label does not exist.")
		}
		return err
	})
}

// SetLabels puts labels on conversations and takes others away.
func (s *Service) SetLabels(ctx context.Context, ids, add, remove []uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		return s.SetLabelsIn(ctx, tx, tenant, ids, add, remove)
	})
}

// SetLabelsIn is SetLabels in the caller's transaction.
func (s *Service) SetLabelsIn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids, add, remove []uuid.UUID) error {
	now, by := s.Clock.Now(), contact.ByOf(ctx)
	return s.moveIn(ctx, tx, tenant, ids, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, w *work) error {
		added, err := tx.Exec(ctx, sqlLabel, tenant, w.now.ID, add)
		if err != nil {
			return err
		}
		removed, err := tx.Exec(ctx, sqlUnlabel, tenant, w.now.ID, remove)
		if err == nil && added.RowsAffected()+removed.RowsAffected() > 0 {
			w.event(Labelled, now, by, map[string]any{"added": add, "removed": remove})
		}
		return err
	})
}

// labelsOf are the labels of some conversations.
func labelsOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) (map[uuid.UUID][]uuid.UUID, error) {
	rows, err := tx.Query(ctx, sqlLabelsOf, tenant, ids)
	if err != nil {
		return nil, err
	}
	found := map[uuid.UUID][]uuid.UUID{}
	var conversation, label uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&conversation, &label}, func() error {
		found[conversation] = append(found[conversation], label)
		return nil
	})
	return found, err
}
