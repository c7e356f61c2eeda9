package template

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

const (
	mayRead  actor.Permission = "template.read"
	mayWrite actor.Permission = "template.write"
)

// Routes adds the operations on templates.
func (s *Service) Routes(api *web.API) {
	web.Register(api, op(http.MethodGet, "/api/templates", "listTemplates", "List templates by name", mayRead), s.handleList)
	web.Register(api, op(http.MethodGet, "/api/templates/{id}", "getTemplate", "Read a template with its values and preview", mayRead), s.handleGet)
	create := op(http.MethodPost, "/api/templates", "createTemplate", "Create a template and submit it to Meta", mayWrite)
	create.Idempotent, create.Status = true, http.StatusCreated
	web.Register(api, create, s.handleCreate)
	web.Register(api, op(http.MethodPost, "/api/templates/lint", "lintTemplate", "Check and draw a draft", mayWrite), s.handleLint)
	sync := op(http.MethodPost, "/api/templates/sync", "syncTemplates", "Read all templates from Meta", mayWrite)
	sync.Status = http.StatusAccepted
	web.Register(api, sync, s.handleSync)
	remove := op(http.MethodDelete, "/api/templates/{id}", "deleteTemplate", "Delete a template at Meta", mayWrite)
	remove.Status = http.StatusNoContent
	web.Register(api, remove, s.handleDelete)
	web.Register(api, op(http.MethodPut, "/api/templates/{id}", "editTemplate", "Submit a new content of a template to Meta", mayWrite), s.handleEdit)
	unpause := op(http.MethodPost, "/api/templates/{id}/unpause", "unpauseTemplate", "Ask Meta to end a pause without an end of its own", mayWrite)
	unpause.Status = http.StatusAccepted
	web.Register(api, unpause, s.handleUnpause)
	web.Register(api, op(http.MethodGet, "/api/templates/{id}/events", "listTemplateEvents", "What happened to a template, the newest first", mayRead), s.handleEvents)
	s.performanceRoutes(api)
	api.Mount(op(http.MethodGet, "/api/template-samples/{id}", "getTemplateSample", "Read an uploaded header sample", mayRead), s.handleSample(api))
	media := op(http.MethodPost, "/api/templates/media", "uploadTemplateMedia", "Upload a sample for a media header", mayWrite)
	// The form around the file takes a little more than the file.
	media.BodyLimit, media.Timeout = sampleLimit+(64<<10), 2*time.Minute
	web.Register(api, media, s.handleMedia)
}

func op(method, path, id, summary string, p actor.Permission) web.Op {
	return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "template", Permission: p}
}

// Summary is a template as lists show it.
type Summary struct {
	ID               uuid.UUID  `json:"id"`
	WABAID           string     `json:"wabaId"`
	MetaID           string     `json:"metaId,omitempty"`
	Name             string     `json:"name"`
	Language         string     `json:"language"`
	Category         Category   `json:"category" enum:"MARKETING,UTILITY,AUTHENTICATION" doc:"What it is billed as"`
	PreviousCategory Category   `json:"previousCategory,omitempty" doc:"What it was before Meta moved it"`
	NextCategory     Category   `json:"nextCategory,omitempty" doc:"What Meta announced it will be"`
	NextCategoryAt   *time.Time `json:"nextCategoryAt,omitempty"`
	Status           Status     `json:"status" doc:"Meta's: PENDING, IN_APPEAL, APPROVED, REJECTED, PAUSED, DISABLED, ARCHIVED, LOCKED, LIMIT_EXCEEDED, PENDING_DELETION, DELETED"`
	Sendable         bool       `json:"sendable"`
	WhyNot           string     `json:"whyNot,omitempty" doc:"Why it cannot be sent and what to do"`
	RejectedReason   string     `json:"rejectedReason,omitempty"`
	PausedUntil      *time.Time `json:"pausedUntil,omitempty"`
	Quality          string     `json:"quality" enum:"GREEN,YELLOW,RED,UNKNOWN"`
	Body             string     `json:"body" doc:"The text with its variables"`
	HeaderFormat     string     `json:"headerFormat,omitempty"`
	SyncedAt         time.Time  `json:"syncedAt"`
	CreatedAt        time.Time  `json:"createdAt"`
	UpdatedAt        time.Time  `json:"updatedAt"`
}

func summaryOf(t Template) Summary {
	v := Summary{
		ID: t.ID, WABAID: t.WABAID, MetaID: t.MetaID, Name: t.Name, Language: t.Language,
		Category: t.Category, PreviousCategory: t.PreviousCategory, NextCategory: t.NextCategory,
		NextCategoryAt: t.NextCategoryAt, Status: t.Status, Sendable: t.Sendable(), WhyNot: WhyNot(t),
		RejectedReason: t.RejectedReason, PausedUntil: t.PausedUntil, Quality: t.Quality,
		SyncedAt: t.SyncedAt, CreatedAt: t.CreatedAt, UpdatedAt: t.UpdatedAt,
	}
	m, err := t.Meta()
	if err != nil {
		return v
	}
	for _, c := range m.Components {
		switch c.Type {
		case "BODY":
			v.Body = c.Text
		case "HEADER":
			v.HeaderFormat = c.Format
		}
	}
	return v
}

// detail is a template with all that its page draws.
type detail struct {
	Summary
	Components json.RawMessage `json:"components" doc:"As Meta keeps them"`
	Draft      *Draft          `json:"draft,omitempty" doc:"To edit or copy it; absent for a part that a draft has no place for"`
	Samples    Samples         `json:"samples,omitempty" doc:"Our copies of the headers' samples, by slot"`
	Editing    Editing         `json:"editing" doc:"Whether Meta takes an edit now"`
	Languages  []language      `json:"languages" doc:"Its versions, itself included"`
	Shown
}

// language is one version of a template as its page names it.
type language struct {
	ID       uuid.UUID `json:"id"`
	Language string    `json:"language"`
	Status   Status    `json:"status"`
	Category Category  `json:"category" enum:"MARKETING,UTILITY,AUTHENTICATION"`
	Quality  string    `json:"quality" enum:"GREEN,YELLOW,RED,UNKNOWN"`
}

func (s *Service) detailOf(r ready) detail {
	d := detail{Summary: summaryOf(r.Template), Components: r.Components, Samples: r.Samples, Editing: r.editing, Shown: s.Show(r.Template)}
	if draft, ok := DraftOf(r.Template); ok {
		d.Draft = &draft
	}
	for _, t := range r.languages {
		d.Languages = append(d.Languages, language{t.ID, t.Language, t.Status, t.Category, t.Quality})
	}
	return d
}

type listRequest struct {
	web.PageQuery
	Q        string   `query:"q" maxLength:"512" doc:"The name begins with"`
	Status   Status   `query:"status" maxLength:"32"`
	Category Category `query:"category" enum:"MARKETING,UTILITY,AUTHENTICATION"`
	Language string   `query:"language" maxLength:"16"`
	WABAID   string   `query:"wabaId" maxLength:"64" doc:"Of one account"`
}

type syncView struct {
	WABAID     string     `json:"wabaId"`
	StartedAt  time.Time  `json:"startedAt"`
	FinishedAt *time.Time `json:"finishedAt,omitempty" doc:"Absent while it runs"`
	Seen       int        `json:"seen" doc:"Templates read"`
	Error      string     `json:"error,omitempty"`
}

type listReply struct {
	Body struct {
		web.Page[Summary]
		Syncs []syncView `json:"syncs" doc:"The last synchronisation of each account"`
	}
}

func (s *Service) handleList(ctx context.Context, in *listRequest) (*listReply, error) {
	var after Cursor
	if err := web.DecodeCursor(in.After, &after); err != nil {
		return nil, err
	}
	filter := Filter{WABAID: in.WABAID, Prefix: in.Q, Category: in.Category, Status: in.Status, Language: in.Language}
	list, syncs, err := s.List(ctx, filter, after, in.Limit)
	if err != nil {
		return nil, err
	}
	views := make([]Summary, len(list))
	for i, t := range list {
		views[i] = summaryOf(t)
	}
	reply := &listReply{}
	reply.Body.Page = web.PageOf(views, in.Limit, func(last Summary) any { return Cursor{last.Name, last.ID} })
	for _, sync := range syncs {
		reply.Body.Syncs = append(reply.Body.Syncs, syncView(sync))
	}
	return reply, nil
}

type byID struct {
	ID uuid.UUID `path:"id"`
}

type one struct{ Body detail }

// oneOf answers with a template as it stands after what was done.
func (s *Service) oneOf(ctx context.Context, t Template, err error) (*one, error) {
	if err != nil {
		return nil, err
	}
	r, err := s.open(ctx, t.ID)
	if err != nil {
		return nil, err
	}
	return &one{s.detailOf(r)}, nil
}

func (s *Service) handleGet(ctx context.Context, in *byID) (*one, error) {
	return s.oneOf(ctx, Template{ID: in.ID}, nil)
}

type draftRequest struct{ Body Draft }

func (s *Service) handleCreate(ctx context.Context, in *draftRequest) (*one, error) {
	t, err := s.Create(ctx, in.Body)
	return s.oneOf(ctx, t, err)
}

type editRequest struct {
	ID   uuid.UUID `path:"id"`
	Body Draft
}

func (s *Service) handleEdit(ctx context.Context, in *editRequest) (*one, error) {
	t, err := s.Edit(ctx, in.ID, in.Body)
	return s.oneOf(ctx, t, err)
}

func (s *Service) handleUnpause(ctx context.Context, in *byID) (*struct{}, error) {
	return nil, s.Unpause(ctx, in.ID)
}

type eventsRequest struct {
	ID uuid.UUID `path:"id"`
	web.PageQuery
}

type eventsReply struct{ Body web.Page[Event] }

func (s *Service) handleEvents(ctx context.Context, in *eventsRequest) (*eventsReply, error) {
	before := uuid.Max
	if err := web.DecodeCursor(in.After, &before); err != nil {
		return nil, err
	}
	events, err := s.History(ctx, in.ID, before, in.Limit+1)
	if err != nil {
		return nil, err
	}
	return &eventsReply{web.PageOf(events, in.Limit, func(last Event) any { return last.ID })}, nil
}

type lintReply struct {
	Body struct {
		Findings []whatsapp.Finding `json:"findings" doc:"Broken rules; errors keep it from being submitted, warnings are advice"`
		Shown
	}
}

func (s *Service) handleLint(ctx context.Context, in *draftRequest) (*lintReply, error) {
	if err := s.fillSamples(ctx, &in.Body); err != nil {
		return nil, err
	}
	reply := &lintReply{}
	reply.Body.Findings = Lint(in.Body)
	reply.Body.Shown = ShowDraft(in.Body)
	return reply, nil
}

type syncReply struct {
	Body struct {
		Accounts int `json:"accounts" doc:"WhatsApp accounts being read"`
	}
}

func (s *Service) handleSync(ctx context.Context, _ *struct{}) (*syncReply, error) {
	accounts, err := s.Synchronise(ctx)
	if err != nil {
		return nil, err
	}
	reply := &syncReply{}
	reply.Body.Accounts = accounts
	return reply, nil
}

func (s *Service) handleDelete(ctx context.Context, in *byID) (*struct{}, error) {
	return nil, s.Delete(ctx, in.ID)
}

type mediaForm struct {
	ChannelID uuid.UUID     `form:"channelId"`
	File      huma.FormFile `form:"file" required:"true"`
}

type mediaRequest struct {
	RawBody huma.MultipartFormFiles[mediaForm]
}

type mediaReply struct{ Body Sample }

func (s *Service) handleMedia(ctx context.Context, in *mediaRequest) (*mediaReply, error) {
	form := in.RawBody.Data()
	defer form.File.Close()
	sample, err := s.UploadSample(ctx, form.ChannelID, form.File.Filename, form.File)
	if err != nil {
		return nil, err
	}
	return &mediaReply{sample}, nil
}
