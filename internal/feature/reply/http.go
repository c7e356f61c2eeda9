package reply

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/web"
)

const (
	mayRead   actor.Permission = "inbox.read"
	mayAnswer actor.Permission = "inbox.reply"
	mayManage actor.Permission = "inbox.manage"
)

func op(method, path, id, summary string, p actor.Permission) web.Op {
	o := web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "reply", Permission: p}
	if method == http.MethodPost && (path == "/api/canned-replies" || path == "/api/macros") {
		o.Status = http.StatusCreated
	}
	return o
}

// Routes registers the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Register(api, op(http.MethodGet, "/api/canned-replies", "listCannedReplies", "Canned replies that the reader may use, those that fit best and are used most first", mayRead), s.getCanned)
	web.Register(api, op(http.MethodPost, "/api/canned-replies", "addCannedReply", "Make a canned reply; for everybody, owners and admins alone", mayAnswer), s.postCanned)
	web.Register(api, op(http.MethodPut, "/api/canned-replies/{id}", "saveCannedReply", "Change a canned reply", mayAnswer), s.putCanned)
	web.Register(api, op(http.MethodDelete, "/api/canned-replies/{id}", "removeCannedReply", "Remove a canned reply", mayAnswer), s.deleteCanned)
	web.Register(api, op(http.MethodPost, "/api/canned-replies/{id}/render", "renderCannedReply", "Fill it in for a conversation; counts as used", mayAnswer), s.postRender)
	web.Register(api, op(http.MethodGet, "/api/macros", "listMacros", "The workspace's macros, the most used first", mayRead), s.getMacros)
	web.Register(api, op(http.MethodPost, "/api/macros", "addMacro", "Make a macro", mayManage), s.postMacro)
	web.Register(api, op(http.MethodPut, "/api/macros/{id}", "saveMacro", "Change a macro", mayManage), s.putMacro)
	web.Register(api, op(http.MethodDelete, "/api/macros/{id}", "removeMacro", "Remove a macro", mayManage), s.deleteMacro)
	web.Register(api, op(http.MethodPost, "/api/macros/{id}/run", "runMacro", "Do its steps on conversations: on each all or none", mayAnswer), s.postRun)
}

type idPath struct {
	ID uuid.UUID `path:"id"`
}

type cannedQuery struct {
	web.PageQuery
	Q string `query:"q" maxLength:"100" doc:"Found in shortcut, name or text"`
}

type cannedPage struct{ Body web.Page[Canned] }

func (s *Service) getCanned(ctx context.Context, in *cannedQuery) (*cannedPage, error) {
	page, err := s.Canned(ctx, in.Q, in.PageQuery)
	return &cannedPage{page}, err
}

type cannedInput struct{ Body CannedDraft }

type cannedReply struct{ Body Canned }

func (s *Service) postCanned(ctx context.Context, in *cannedInput) (*cannedReply, error) {
	c, err := s.AddCanned(ctx, in.Body)
	return &cannedReply{c}, err
}

type saveCannedInput struct {
	ID   uuid.UUID `path:"id"`
	Body CannedDraft
}

func (s *Service) putCanned(ctx context.Context, in *saveCannedInput) (*cannedReply, error) {
	c, err := s.SaveCanned(ctx, in.ID, in.Body)
	return &cannedReply{c}, err
}

func (s *Service) deleteCanned(ctx context.Context, in *idPath) (*struct{}, error) {
	return nil, s.RemoveCanned(ctx, in.ID)
}

type renderInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		ConversationID uuid.UUID `json:"conversationId"`
	}
}

type renderReply struct{ Body Rendered }

func (s *Service) postRender(ctx context.Context, in *renderInput) (*renderReply, error) {
	r, err := s.Render(ctx, in.ID, in.Body.ConversationID)
	return &renderReply{r}, err
}

func (s *Service) getMacros(ctx context.Context, _ *struct{}) (*web.ListReply[Macro], error) {
	return web.Listed(s.Macros(ctx))
}

type macroInput struct{ Body MacroDraft }

type macroReply struct{ Body Macro }

func (s *Service) postMacro(ctx context.Context, in *macroInput) (*macroReply, error) {
	m, err := s.AddMacro(ctx, in.Body)
	return &macroReply{m}, err
}

type saveMacroInput struct {
	ID   uuid.UUID `path:"id"`
	Body MacroDraft
}

func (s *Service) putMacro(ctx context.Context, in *saveMacroInput) (*macroReply, error) {
	m, err := s.SaveMacro(ctx, in.ID, in.Body)
	return &macroReply{m}, err
}

func (s *Service) deleteMacro(ctx context.Context, in *idPath) (*struct{}, error) {
	return nil, s.RemoveMacro(ctx, in.ID)
}

type runInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		RunID uuid.UUID   `json:"runId" doc:"Made by the client, a UUIDv7: the same run again writes nothing twice"`
		IDs   []uuid.UUID `json:"ids" minItems:"1" maxItems:"200" doc:"Conversations"`
	}
}

func (s *Service) postRun(ctx context.Context, in *runInput) (*web.ListReply[Outcome], error) {
	return web.Listed(s.Run(ctx, in.ID, in.Body.RunID, in.Body.IDs))
}
