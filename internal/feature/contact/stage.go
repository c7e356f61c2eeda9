package contact

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Stage is where a contact may stand in the workspace's lifecycle: a column of its board. A contact
// is in one stage or in none.
type Stage struct {
	ID       uuid.UUID `json:"id"`
	Name     string    `json:"name"`
	Tone     Tone      `json:"tone" enum:"neutral,info,warning,success,danger"`
	Contacts int64     `json:"contacts"`
}

// Tone is how a stage looks on screen.
type Tone string

const maxStages = 20

// StageChange is what changes about a stage. Nil leaves as it is.
type StageChange struct {
	Name *string `json:"name,omitempty" minLength:"1" maxLength:"60"`
	Tone *Tone   `json:"tone,omitempty" enum:"neutral,info,warning,success,danger"`
}

// Stages are the columns of the board in their order, and how many contacts are in none.
type Stages struct {
	Items []Stage `json:"items"`
	None  int64   `json:"none" doc:"Contacts without a stage"`
}

// firstStages is what a workspace begins with.
func firstStages() []Stage {
	return []Stage{{Name: "New", Tone: "info"}, {Name: "Interested", Tone: "warning"},
		{Name: "Customer", Tone: "success"}, {Name: "Lost", Tone: "neutral"}}
}

// Stages returns the tenant's stages. One that has none yet, because nobody looked, gets the usual.
func (s *Service) Stages(ctx context.Context) (Stages, error) {
	var found Stages
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		if found.Items, err = s.stagesOf(ctx, tx, tenant); err != nil {
			return err
		}
		found.None, err = counted(ctx, tx, tenant, everyone())
		for _, stage := range found.Items {
			found.None -= stage.Contacts
		}
		return err
	})
	return found, err
}

func (s *Service) stagesOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Stage, error) {
	stages, err := allStages(ctx, tx, tenant)
	if err != nil || len(stages) > 0 {
		return stages, err
	}
	for i, stage := range firstStages() {
		stage.ID = ident.New()
		if err := insertStage(ctx, tx, tenant, stage, i+1, s.clock.Now()); err != nil {
			return nil, err
		}
	}
	return allStages(ctx, tx, tenant)
}

// CreateStage adds a stage at the end of the board.
func (s *Service) CreateStage(ctx context.Context, change StageChange) (Stage, error) {
	stage := Stage{ID: ident.New(), Tone: "neutral"}
	if err := stage.apply(change); err != nil {
		return Stage{}, err
	}
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		known, err := s.stagesOf(ctx, tx, tenant)
		if err != nil {
			return err
		}
		if len(known) >= maxStages {
			return fault.Conflict("A workspace has room for 20 stages.").WithCode("too_many_stages")
		}
		if slices.ContainsFunc(known, func(k Stage) bool { return nameKey(k.Name) == nameKey(stage.Name) }) {
			return errStageExists()
		}
		return insertStage(ctx, tx, tenant, stage, lastPlace, s.clock.Now())
	})
	return stage, err
}

// EditStage renames or repaints a stage.
func (s *Service) EditStage(ctx context.Context, id uuid.UUID, change StageChange) (Stage, error) {
	var stage Stage
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		if stage, err = oneStage(ctx, tx, tenant, id); err != nil {
			return err
		}
		if err := stage.apply(change); err != nil {
			return err
		}
		return updateStage(ctx, tx, tenant, stage, s.clock.Now())
	})
	return stage, err
}

func (stage *Stage) apply(change StageChange) error {
	if change.Tone != nil {
		stage.Tone = *change.Tone
	}
	if change.Name != nil {
		stage.Name = strings.TrimSpace(*change.Name)
	}
	if stage.Name == "" || firstRunes(stage.Name, 60) != stage.Name || !storable(stage.Name) {
		return fault.Invalid("A stage needs a name.").At("body.name", "Between 1 and 60 characters.")
	}
	return nil
}

// OrderStages puts the stages in the order of ids, which must be all of them.
func (s *Service) OrderStages(ctx context.Context, ids []uuid.UUID) (Stages, error) {
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		known, err := s.stagesOf(ctx, tx, tenant)
		if err != nil {
			return err
		}
		var want []uuid.UUID
		for _, stage := range known {
			want = append(want, stage.ID)
		}
		if !slices.Equal(sortedIDs(want), sortedIDs(ids)) || len(want) != len(ids) {
			return fault.Conflict("The stages have changed meanwhile. Reload and order them again.").WithCode("stages_changed")
		}
		return placeStages(ctx, tx, tenant, ids, s.clock.Now())
	})
	if err != nil {
		return Stages{}, err
	}
	return s.Stages(ctx)
}

// DeleteStage takes a stage off the board. A bulk moves its contacts to another stage, or to none
// for a nil one; the last stage stays.
func (s *Service) DeleteStage(ctx context.Context, id uuid.UUID, moveTo *uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		known, err := allStages(ctx, tx, tenant)
		if err != nil {
			return err
		}
		if len(known) == 1 && known[0].ID == id {
			return fault.Conflict("A workspace keeps at least one stage.").WithCode("last_stage")
		}
		if moveTo != nil && *moveTo == id {
			return fault.Invalid("Choose another stage for its contacts.").At("query.moveTo", "This is the stage to be deleted.")
		}
		if err := holdStage(ctx, tx, tenant, moveTo); err != nil {
			return err
		}
		if err := hideStage(ctx, tx, tenant, id, s.clock.Now()); err != nil {
			return err
		}
		_, err = s.startBulk(ctx, tx, tenant, BulkAction{Kind: BulkDropStage, Stage: moveTo}, Filter{Stage: id.String()})
		return err
	})
}
