package contact

import (
	"context"

	"github.com/aerostic/aerostic/internal/platform/web"
)

func (s *Service) fieldRoutes(api *web.API) {
	web.Register(api, read("GET", "/api/fields", "listFields", "List the fields of contacts"), s.httpFields)
	web.Register(api, create(manage("POST", "/api/fields", "createField", "Make a field")), s.httpCreateField)
	web.Register(api, manage("PATCH", "/api/fields/{key}", "editField", "Rename a field, or change its type or options"), s.httpEditField)
	web.Register(api, manage("DELETE", "/api/fields/{key}", "deleteField", "Delete a field with its values"), s.httpDeleteField)
	web.Register(api, manage("POST", "/api/fields/{key}/try", "tryField", "See what another type would do to a field's values"), s.httpTryField)
}

func (s *Service) httpFields(ctx context.Context, _ *struct{}) (*web.ListReply[Field], error) {
	return web.Listed(s.Fields(ctx))
}

type fieldOutput struct{ Body Field }

type createFieldInput struct{ Body NewField }

func (s *Service) httpCreateField(ctx context.Context, in *createFieldInput) (*fieldOutput, error) {
	f, err := s.CreateField(ctx, in.Body)
	return &fieldOutput{f}, err
}

type editFieldInput struct {
	Key  string `path:"key" maxLength:"40"`
	Body FieldEdit
}

func (s *Service) httpEditField(ctx context.Context, in *editFieldInput) (*fieldOutput, error) {
	f, err := s.EditField(ctx, in.Key, in.Body)
	return &fieldOutput{f}, err
}

type fieldKeyInput struct {
	Key string `path:"key" maxLength:"40"`
}

func (s *Service) httpDeleteField(ctx context.Context, in *fieldKeyInput) (*struct{}, error) {
	return nil, s.DeleteField(ctx, in.Key)
}

type tryFieldInput struct {
	Key  string `path:"key" maxLength:"40"`
	Body FieldForm
}

type tryFieldOutput struct{ Body Tried }

func (s *Service) httpTryField(ctx context.Context, in *tryFieldInput) (*tryFieldOutput, error) {
	found, err := s.TryForm(ctx, in.Key, in.Body)
	return &tryFieldOutput{found}, err
}
