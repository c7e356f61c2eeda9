package conversation

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func (s *Service) viewRoutes(api *web.API) {
	web.Register(api, op(http.MethodGet, "/api/conversation-views", "listViews", "Everybody's saved views, then the reader's own", mayRead), s.getViews)
	create := op(http.MethodPost, "/api/conversation-views", "addView", "Save a view, which comes last", mayAnswer)
	create.Status = http.StatusCreated
	web.Register(api, create, s.postView)
	web.Register(api, op(http.MethodPut, "/api/conversation-views/{id}", "saveView", "Change a view", mayAnswer), s.putView)
	web.Register(api, op(http.MethodDelete, "/api/conversation-views/{id}", "removeView", "Remove a view", mayAnswer), s.deleteView)
	web.Register(api, op(http.MethodPost, "/api/conversation-views/order", "orderViews", "In which order views are shown", mayAnswer), s.postViewOrder)
}

// filterOf is what a list shows: what its view says, or what the request does.
func (s *Service) filterOf(ctx context.Context, in *listInput) (Filter, error) {
	id, err := idOf(in.View, "view")
	if err != nil {
		return Filter{}, err
	}
	if id != nil {
		return s.viewFilter(ctx, *id)
	}
	f, err := in.filter(actor.Must(ctx).UserID)
	f.Due = due(in.SLA, s.Clock.Now())
	return f, err
}

func (s *Service) getViews(ctx context.Context, _ *struct{}) (*web.ListReply[View], error) {
	return web.Listed(s.Views(ctx))
}

type viewInput struct{ Body ViewDraft }

type viewReply struct{ Body View }

func (s *Service) postView(ctx context.Context, in *viewInput) (*viewReply, error) {
	v, err := s.SaveView(ctx, uuid.Nil, in.Body)
	return &viewReply{v}, err
}

type saveViewInput struct {
	ID   uuid.UUID `path:"id"`
	Body ViewDraft
}

func (s *Service) putView(ctx context.Context, in *saveViewInput) (*viewReply, error) {
	v, err := s.SaveView(ctx, in.ID, in.Body)
	return &viewReply{v}, err
}

func (s *Service) deleteView(ctx context.Context, in *idPath) (*struct{}, error) {
	return nil, s.RemoveView(ctx, in.ID)
}

type viewOrderInput struct {
	Body struct {
		Personal bool        `json:"personal,omitempty" doc:"The reader's own; else everybody's"`
		IDs      []uuid.UUID `json:"ids" maxItems:"30"`
	}
}

func (s *Service) postViewOrder(ctx context.Context, in *viewOrderInput) (*web.ListReply[View], error) {
	if err := s.OrderViews(ctx, in.Body.Personal, in.Body.IDs); err != nil {
		return nil, err
	}
	return s.getViews(ctx, nil)
}
