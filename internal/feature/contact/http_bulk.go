package contact

import (
	"context"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/web"
)

func (s *Service) bulkRoutes(api *web.API) {
	web.Register(api, create(write("POST", "/api/bulks", "startBulk", "Change many contacts")), s.httpStartBulk)
	web.Register(api, read("GET", "/api/bulks", "listBulks", "List changes of many contacts"), s.httpBulks)
	web.Register(api, read("GET", "/api/bulks/{id}", "getBulk", "Show a change of many contacts"), s.httpBulk)
	web.Register(api, write("POST", "/api/bulks/{id}/cancel", "cancelBulk", "Stop a change of many contacts"), s.httpCancelBulk)
}

type bulkInput struct {
	Body struct {
		IDs    []uuid.UUID `json:"ids,omitempty" maxItems:"1000" doc:"Named contacts: done before the answer"`
		Filter *Filter     `json:"filter,omitempty" doc:"Everybody it lets through, instead of ids; {} is everybody"`
		Action BulkAction  `json:"action"`
	}
}

type bulkOutput struct{ Body Bulk }

func (s *Service) httpStartBulk(ctx context.Context, in *bulkInput) (*bulkOutput, error) {
	b, err := s.StartBulk(ctx, in.Body.Action, in.Body.IDs, in.Body.Filter)
	return &bulkOutput{b}, err
}

type bulksOutput struct{ Body web.Page[Bulk] }

func (s *Service) httpBulks(ctx context.Context, in *web.PageQuery) (*bulksOutput, error) {
	page, err := s.Bulks(ctx, *in)
	return &bulksOutput{page}, err
}

func (s *Service) httpBulk(ctx context.Context, in *idInput) (*bulkOutput, error) {
	b, err := s.GetBulk(ctx, in.ID)
	return &bulkOutput{b}, err
}

func (s *Service) httpCancelBulk(ctx context.Context, in *idInput) (*bulkOutput, error) {
	b, err := s.CancelBulk(ctx, in.ID)
	return &bulkOutput{b}, err
}
