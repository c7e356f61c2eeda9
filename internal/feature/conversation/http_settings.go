package conversation

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/web"
)

func (s *Service) settingRoutes(api *web.API) {
	web.Register(api, op(http.MethodGet, "/api/labels", "listLabels", "The workspace's labels", mayRead), s.getLabels)
	create := op(http.MethodPost, "/api/labels", "addLabel", "Make a label", mayAnswer)
	create.Status = http.StatusCreated
	web.Register(api, create, s.postLabel)
	web.Register(api, op(http.MethodPatch, "/api/labels/{id}", "editLabel", "Rename a label or change its colour", mayManage), s.patchLabel)
	web.Register(api, op(http.MethodDelete, "/api/labels/{id}", "deleteLabel", "Remove a label from everywhere", mayManage), s.deleteLabel)
	web.Register(api, op(http.MethodGet, "/api/closing-reasons", "listClosingReasons", "Why conversations are closed", mayRead), s.getReasons)
	add := op(http.MethodPost, "/api/closing-reasons", "addClosingReason", "Make a closing reason", mayManage)
	add.Status = http.StatusCreated
	web.Register(api, add, s.postReason)
	web.Register(api, op(http.MethodPatch, "/api/closing-reasons/{id}", "editClosingReason", "Rename, archive or bring back a reason", mayManage), s.patchReason)
	web.Register(api, op(http.MethodGet, "/api/inbox/settings", "getInboxSettings", "How the inbox behaves", mayRead), s.getSettings)
	web.Register(api, op(http.MethodPut, "/api/inbox/settings", "putInboxSettings", "Change how the inbox behaves", mayManage), s.putSettings)
}

func (s *Service) getLabels(ctx context.Context, _ *struct{}) (*web.ListReply[Label], error) {
	return web.Listed(s.Labels(ctx))
}

type labelInput struct {
	Body struct {
		Name string `json:"name" maxLength:"40"`
		Tone string `json:"tone,omitempty" enum:"neutral,info,warning,success,danger,violet"`
	}
}

type labelReply struct{ Body Label }

func (s *Service) postLabel(ctx context.Context, in *labelInput) (*labelReply, error) {
	l, err := s.AddLabel(ctx, in.Body.Name, in.Body.Tone)
	return &labelReply{l}, err
}

type editLabelInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Name string `json:"name" maxLength:"40"`
		Tone string `json:"tone,omitempty" enum:"neutral,info,warning,success,danger,violet"`
	}
}

func (s *Service) patchLabel(ctx context.Context, in *editLabelInput) (*labelReply, error) {
	l, err := s.EditLabel(ctx, in.ID, in.Body.Name, in.Body.Tone)
	return &labelReply{l}, err
}

func (s *Service) deleteLabel(ctx context.Context, in *idPath) (*struct{}, error) {
	return nil, s.DeleteLabel(ctx, in.ID)
}

func (s *Service) getReasons(ctx context.Context, _ *struct{}) (*web.ListReply[Reason], error) {
	return web.Listed(s.Reasons(ctx))
}

type reasonInput struct {
	Body struct {
		Name string `json:"name" maxLength:"80"`
	}
}

type reasonReply struct{ Body Reason }

func (s *Service) postReason(ctx context.Context, in *reasonInput) (*reasonReply, error) {
	r, err := s.AddReason(ctx, in.Body.Name)
	return &reasonReply{r}, err
}

type editReasonInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Name     string `json:"name" maxLength:"80"`
		Archived bool   `json:"archived,omitempty"`
	}
}

func (s *Service) patchReason(ctx context.Context, in *editReasonInput) (*struct{}, error) {
	return nil, s.EditReason(ctx, in.ID, in.Body.Name, in.Body.Archived)
}

type settingsReply struct{ Body Settings }

func (s *Service) getSettings(ctx context.Context, _ *struct{}) (*settingsReply, error) {
	set, err := s.SettingsOf(ctx)
	return &settingsReply{set}, err
}

type settingsInput struct{ Body Settings }

func (s *Service) putSettings(ctx context.Context, in *settingsInput) (*settingsReply, error) {
	return &settingsReply{in.Body}, s.SetSettings(ctx, in.Body)
}
