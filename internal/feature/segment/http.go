package segment

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// The permissions of this feature's routes: who reads and changes contacts asks about them.
const (
	readPermission  actor.Permission = "contact.read"
	writePermission actor.Permission = "contact.write"
)

// Routes adds the feature's operations.
func (s *Service) Routes(api *web.API) {
	op := func(method, path, id, summary string, p actor.Permission) web.Op {
		return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "segments", Permission: p}
	}
	create := op("POST", "/api/segments", "createSegment", "Save a segment", writePermission)
	create.Idempotent, create.Status = true, http.StatusCreated
	web.Register(api, op("GET", "/api/segments", "listSegments", "List segments", readPermission), s.httpList)
	web.Register(api, create, s.httpCreate)
	web.Register(api, op("GET", "/api/segments/{id}", "getSegment", "Show a segment", readPermission), s.httpGet)
	web.Register(api, op("PATCH", "/api/segments/{id}", "editSegment", "Change a segment", writePermission), s.httpEdit)
	web.Register(api, op("DELETE", "/api/segments/{id}", "deleteSegment", "Delete a segment", writePermission), s.httpDelete)
	web.Register(api, op("POST", "/api/segments/preview", "previewSegment", "Count a query and show a sample", readPermission), s.httpPreview)
	web.Register(api, op("GET", "/api/segments/language", "segmentLanguage", "What a query may ask", readPermission), s.httpLanguage)
}

type idInput struct {
	ID uuid.UUID `path:"id"`
}

type segmentOutput struct{ Body Segment }

func (s *Service) httpList(ctx context.Context, _ *struct{}) (*web.ListReply[Segment], error) {
	return web.Listed(s.List(ctx))
}

type createInput struct {
	Body struct {
		Name  string `json:"name" minLength:"1" maxLength:"100"`
		Query Query  `json:"query"`
	}
}

func (s *Service) httpCreate(ctx context.Context, in *createInput) (*segmentOutput, error) {
	made, err := s.Create(ctx, in.Body.Name, in.Body.Query)
	return &segmentOutput{made}, err
}

func (s *Service) httpGet(ctx context.Context, in *idInput) (*segmentOutput, error) {
	found, err := s.Get(ctx, in.ID)
	return &segmentOutput{found}, err
}

type editInput struct {
	ID   uuid.UUID `path:"id"`
	Body Change
}

func (s *Service) httpEdit(ctx context.Context, in *editInput) (*segmentOutput, error) {
	edited, err := s.Edit(ctx, in.ID, in.Body)
	return &segmentOutput{edited}, err
}

func (s *Service) httpDelete(ctx context.Context, in *idInput) (*struct{}, error) {
	return nil, s.Delete(ctx, in.ID)
}

type previewInput struct {
	Body struct {
		Query Query `json:"query"`
	}
}

type previewOutput struct{ Body Preview }

func (s *Service) httpPreview(ctx context.Context, in *previewInput) (*previewOutput, error) {
	p, err := s.Preview(ctx, in.Body.Query)
	return &previewOutput{p}, err
}

type languageOutput struct {
	Body struct {
		Subjects []Subject `json:"subjects"`
	}
}

func (s *Service) httpLanguage(ctx context.Context, _ *struct{}) (*languageOutput, error) {
	var out languageOutput
	var err error
	out.Body.Subjects, err = s.Language(ctx)
	return &out, err
}
