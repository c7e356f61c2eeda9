package campaign

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/mapping"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Source says where the value of one template slot comes from.
type Source = mapping.Source

// languagesOf is the campaign's template, t being the chosen version, in the languages it is sent in; r
// is how it is filled.
func (s *Service) languagesOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, t template.Template, r *mapping.Renderer) (*mapping.Languages, error) {
	if !c.ByLanguage {
		return mapping.One(t, r), nil
	}
	return mapping.Every(ctx, tx, tenant, s.Templates, c.Mapping, t, r)
}

const sqlPendingVersions = `
select distinct template_id from campaign_recipients
where tenant_id = $1 and campaign_id = $2 and state = 'pending' and template_id is not null`

// versionsSendable refuses to go on while people wait for a version that Meta does not take now.
func (s *Service) versionsSendable(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) error {
	if !c.ByLanguage {
		return nil
	}
	rows, err := tx.Query(ctx, sqlPendingVersions, tenant, c.ID)
	if err != nil {
		return err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return err
	}
	list, err := s.Templates.ByIDs(ctx, tx, tenant, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if t := list[id]; !t.Sendable() {
			return fault.Conflict("The template's version in " + t.Language + " cannot be sent now. " + template.WhyNot(t)).WithCode("template_unavailable")
		}
	}
	return nil
}
