package message

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Letter fills a template that a person chose with what they wrote into its places, by the places' keys,
// and gives one value per slot. What would be refused at the gate is a fault of kind invalid.
func (s *Service) Letter(ctx context.Context, tx pgx.Tx, tenant, template uuid.UUID, values map[string]string) ([]string, error) {
	t, err := s.Templates.ByID(ctx, tx, tenant, template)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, fault.Invalid("This template does not exist.").At("body.template.id", "Choose an approved template.")
	}
	if err != nil {
		return nil, fmt.Errorf("read template: %w", err)
	}
	if !t.Sendable() {
		e := Explain(ReasonTemplateUnavailable, 0)
		return nil, fault.Invalid(e.Title).At("body.template.id", "Choose an approved template.")
	}
	compiled, err := s.Templates.Compiled(t)
	if err != nil {
		return nil, fmt.Errorf("compile template: %w", err)
	}
	params, err := compiled.Bind(values)
	if wrong, ok := errors.AsType[*whatsapp.ParamError](err); ok {
		return nil, fault.Invalid(wrong.Sentence).At("body.template.values."+wrong.Key, wrong.Sentence)
	}
	return params, err
}
