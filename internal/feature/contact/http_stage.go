package contact

import (
	"context"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/web"
)

func (s *Service) stageRoutes(api *web.API) {
	web.Register(api, read("GET", "/api/stages", "listStages", "List the stages in their order"), s.httpStages)
	web.Register(api, create(manage("POST", "/api/stages", "createStage", "Add a stage")), s.httpCreateStage)
	web.Register(api, manage("PUT", "/api/stages/order", "orderStages", "Order the stages"), s.httpOrderStages)
	web.Register(api, manage("PATCH", "/api/stages/{id}", "editStage", "Rename or repaint a stage"), s.httpEditStage)
	web.Register(api, manage("DELETE", "/api/stages/{id}", "deleteStage", "Delete a stage, and move its contacts"), s.httpDeleteStage)
}

type stagesOutput struct{ Body Stages }

func (s *Service) httpStages(ctx context.Context, _ *struct{}) (*stagesOutput, error) {
	stages, err := s.Stages(ctx)
	return &stagesOutput{stages}, err
}

type stageOutput struct{ Body Stage }

type createStageInput struct {
	Body struct {
		Name string `json:"name" minLength:"1" maxLength:"60"`
		Tone Tone   `json:"tone,omitempty" enum:"neutral,info,warning,success,danger" default:"neutral"`
	}
}

func (s *Service) httpCreateStage(ctx context.Context, in *createStageInput) (*stageOutput, error) {
	stage, err := s.CreateStage(ctx, StageChange{Name: &in.Body.Name, Tone: &in.Body.Tone})
	return &stageOutput{stage}, err
}

type orderStagesInput struct {
	Body struct {
		IDs []uuid.UUID `json:"ids" maxItems:"20"`
	}
}

func (s *Service) httpOrderStages(ctx context.Context, in *orderStagesInput) (*stagesOutput, error) {
	stages, err := s.OrderStages(ctx, in.Body.IDs)
	return &stagesOutput{stages}, err
}

type editStageInput struct {
	ID   uuid.UUID `path:"id"`
	Body StageChange
}

func (s *Service) httpEditStage(ctx context.Context, in *editStageInput) (*stageOutput, error) {
	stage, err := s.EditStage(ctx, in.ID, in.Body)
	return &stageOutput{stage}, err
}

type deleteStageInput struct {
	ID     uuid.UUID `path:"id"`
	MoveTo string    `query:"moveTo" format:"uuid" doc:"Stage that its contacts go to; none when absent"`
}

func (s *Service) httpDeleteStage(ctx context.Context, in *deleteStageInput) (*struct{}, error) {
	var to *uuid.UUID
	if id, err := uuid.Parse(in.MoveTo); err == nil { // its format is checked already
		to = &id
	}
	return nil, s.DeleteStage(ctx, in.ID, to)
}
