package campaign

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/platform/web"
)

const (
	readPermission  = "campaign.read"
	writePermission = "campaign.write"
	sendPermission  = "campaign.send"
)

// Routes registers the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Register(api, web.Op{Method: http.MethodGet, Path: "/api/campaigns", Summary: "List campaigns, newest first", Tag: "campaign", Permission: readPermission}, s.list)
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/campaigns", Summary: "Make a draft", Tag: "campaign", Permission: writePermission, Idempotent: true, Status: http.StatusCreated}, s.create)
	web.Register(api, web.Op{Method: http.MethodGet, Path: "/api/campaigns/{id}", Summary: "Get a campaign with its counts", Tag: "campaign", Permission: readPermission}, s.get)
	web.Register(api, web.Op{Method: http.MethodPatch, Path: "/api/campaigns/{id}", Summary: "Change a draft", Tag: "campaign", Permission: writePermission}, s.edit)
	web.Register(api, web.Op{Method: http.MethodDelete, Path: "/api/campaigns/{id}", Summary: "Delete a draft", Tag: "campaign", Permission: writePermission}, s.delete)
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/campaigns/{id}/estimate", Summary: "What it would cost and take", Tag: "campaign", Permission: readPermission}, s.postEstimate)
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/campaigns/{id}/preview", Summary: "Render it for real contacts", Tag: "campaign", Permission: readPermission}, s.postPreview)
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/campaigns/{id}/test", Summary: "Send it to one contact", Tag: "campaign", Permission: sendPermission, Idempotent: true}, s.postTest)
	web.Register(api, web.Op{Method: http.MethodGet, Path: "/api/campaigns/{id}/category-change", Summary: "What a change of its template's category would cost", Tag: "campaign", Permission: readPermission}, s.getCategoryChange)
	s.actionRoutes(api)
	s.timingRoutes(api)
	s.resultRoutes(api)
	web.Register(api, web.Op{Method: http.MethodGet, Path: "/api/campaigns/{id}/recipients", Summary: "The people behind a number of the report", Tag: "campaign", Permission: readPermission}, s.getRecipients)
	web.Register(api, web.Op{Method: http.MethodGet, Path: "/api/campaigns/{id}/failures", Summary: "Why people were not reached, and what to do", Tag: "campaign", Permission: readPermission}, s.getFailures)
}

func (s *Service) actionRoutes(api *web.API) {
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/campaigns/{id}/start", Summary: "Start now, at a time, at a time of everybody's own clock, or again and again", Tag: "campaign", Permission: sendPermission, Idempotent: true}, s.postStart)
	actions := []struct {
		name, summary string
		act           func(context.Context, uuid.UUID) (Campaign, error)
	}{
		{"pause", "Stop what is not yet handed to WhatsApp", s.Pause},
		{"resume", "Go on where it stopped", s.Resume},
		{"cancel", "End it for good", s.Cancel},
		{"unschedule", "Make a scheduled campaign a draft again", s.Unschedule},
	}
	for _, a := range actions {
		op := web.Op{Method: http.MethodPost, Path: "/api/campaigns/{id}/" + a.name, Summary: a.summary, Tag: "campaign", Permission: sendPermission}
		web.Register(api, op, func(ctx context.Context, in *idPath) (*campaignReply, error) { return reply(a.act(ctx, in.ID)) })
	}
}

type idPath struct {
	ID uuid.UUID `path:"id"`
}

// Body is a campaign as the API shows it.
type Body struct {
	ID          uuid.UUID        `json:"id"`
	Name        string           `json:"name"`
	Status      Status           `json:"status" enum:"draft,awaiting_approval,repeating,scheduled,running,paused,completed,cancelled"`
	PauseNote   *Note            `json:"pauseNote,omitempty" doc:"Why it is paused and what to do"`
	ChannelID   *uuid.UUID       `json:"channelId,omitempty"`
	TemplateID  *uuid.UUID       `json:"templateId,omitempty"`
	Audience    contact.Audience `json:"audience"`
	Mapping     []Source         `json:"mapping"`
	ByLanguage  bool             `json:"byLanguage" doc:"Each contact gets the template in its own language, where there is an approved version"`
	BudgetCap   *money.Amount    `json:"budgetCap,omitempty" doc:"Ten-thousandths"`
	ScheduledAt *time.Time       `json:"scheduledAt,omitempty"`
	LocalAt     string           `json:"localAt,omitempty" doc:"Everybody gets it when their own clock shows this" example:"2026-12-01T10:00"`
	SeriesID    *uuid.UUID       `json:"seriesId,omitempty" doc:"The repeating campaign it is a run of"`
	ApprovedCap *money.Amount    `json:"approvedCap,omitempty" doc:"The most it may cost without another approval; ten-thousandths"`
	Uncapped    bool             `json:"uncapped,omitempty" doc:"The workspace's frequency cap does not hold for it"`
	StartedAt   *time.Time       `json:"startedAt,omitempty"`
	FinishedAt  *time.Time       `json:"finishedAt,omitempty"`
	Frozen      bool             `json:"frozen" doc:"Whether the total is final"`
	Experiment  *Experiment      `json:"experiment,omitempty" doc:"Versions compared at random"`
	HoldOut     int              `json:"holdOut" doc:"Percent of the audience that gets nothing"`
	WindowDays  int              `json:"windowDays" doc:"For so many days after the start what people do counts for the hold-out"`
	RetryDays   int              `json:"retryDays" doc:"For so many days after the start failures are tried again; 0: never"`
	RetryUntil  *time.Time       `json:"retryUntil,omitempty"`
	Route       message.Route    `json:"route" enum:"usual,fallback,strict" doc:"How its marketing goes: as every message, by Meta's Marketing Messages API where that can, or by that API alone"`
	DecideAt    *time.Time       `json:"decideAt,omitempty" doc:"When the winner is chosen, once the test has been sent"`
	Winner      int16            `json:"winner" doc:"The version the rest gets, counted from 1; 0: not decided"`
	Counts      Counts           `json:"counts"`
	CreatedAt   time.Time        `json:"createdAt"`
	UpdatedAt   time.Time        `json:"updatedAt"`
}

func body(c Campaign) Body {
	b := Body{ID: c.ID, Name: c.Name, Status: c.Status, ChannelID: optional(c.ChannelID), TemplateID: optional(c.TemplateID),
		Audience: c.Audience, Mapping: c.Mapping, ByLanguage: c.ByLanguage, BudgetCap: c.BudgetCap, ScheduledAt: c.ScheduledAt, StartedAt: c.StartedAt,
		FinishedAt: c.FinishedAt, SeriesID: c.SeriesID, ApprovedCap: c.ApprovedCap, Uncapped: c.Uncapped, Frozen: c.Frozen, Counts: c.Counts, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt,
		Experiment: c.Experiment, HoldOut: c.HoldOut, WindowDays: c.WindowDays, RetryDays: c.RetryDays, RetryUntil: c.RetryUntil,
		Route: cmp.Or(c.Route, message.RouteUsual), DecideAt: c.DecideAt, Winner: c.Winner}
	if c.Status == Paused {
		b.PauseNote = pauseNote(c)
	}
	if c.LocalAt != nil {
		b.LocalAt = c.LocalAt.Format(wallLayout)
	}
	return b
}

// pauseNote says why a campaign is paused; Meta's own reason where it was Meta.
func pauseNote(c Campaign) *Note {
	n := pauses[c.PauseReason]
	if c.PauseCode != 0 {
		e := explain("meta:" + strconv.Itoa(c.PauseCode))
		n = Note{Title: e.Title, Advice: e.Advice}
	}
	return &n
}

type campaignReply struct{ Body Body }

func reply(c Campaign, err error) (*campaignReply, error) {
	if err != nil {
		return nil, err
	}
	return &campaignReply{body(c)}, nil
}

type listInput struct {
	web.PageQuery
	Status []string `query:"status" doc:"Only these statuses"`
	Q      string   `query:"q" maxLength:"100" doc:"Part of the name"`
}

type listKey struct {
	At time.Time `json:"at"`
	ID uuid.UUID `json:"id"`
}

type listReply struct{ Body web.Page[Body] }

func (s *Service) list(ctx context.Context, in *listInput) (*listReply, error) {
	var key listKey
	if err := web.DecodeCursor(in.After, &key); err != nil {
		return nil, err
	}
	found, err := s.List(ctx, Filter{Statuses: in.Status, Name: in.Q}, key.At, key.ID, in.Limit+1)
	if err != nil {
		return nil, err
	}
	bodies := make([]Body, len(found))
	for i, c := range found {
		bodies[i] = body(c)
	}
	return &listReply{web.PageOf(bodies, in.Limit, func(b Body) any { return listKey{b.CreatedAt, b.ID} })}, nil
}

// changeBody is what a person sends to make or change a campaign.
type changeBody struct {
	Name       *string           `json:"name,omitempty" maxLength:"200"`
	ChannelID  *uuid.UUID        `json:"channelId,omitempty"`
	TemplateID *uuid.UUID        `json:"templateId,omitempty"`
	Audience   *contact.Audience `json:"audience,omitempty"`
	Mapping    *[]Source         `json:"mapping,omitempty"`
	ByLanguage *bool             `json:"byLanguage,omitempty" doc:"Send each contact the template in its own language; its locale decides, the chosen version is for the rest"`
	Experiment *Experiment       `json:"experiment,omitempty" doc:"Without others: no test"`
	HoldOut    *int              `json:"holdOut,omitempty" minimum:"0" maximum:"50" doc:"Percent of the audience that gets nothing"`
	WindowDays *int              `json:"windowDays,omitempty" minimum:"1" maximum:"30"`
	RetryDays  *int              `json:"retryDays,omitempty" minimum:"0" maximum:"7"`
	Route      *message.Route    `json:"route,omitempty" enum:"usual,fallback,strict" doc:"Another than usual is for marketing templates and accounts that agreed to Meta's terms for it"`
	BudgetCap  *money.Amount     `json:"budgetCap,omitempty" doc:"Ten-thousandths; 0 removes the cap"`
}

func (b changeBody) change() Change { return Change(b) }

type createInput struct{ Body changeBody }

func (s *Service) create(ctx context.Context, in *createInput) (*campaignReply, error) {
	return reply(s.Create(ctx, in.Body.change()))
}

func (s *Service) get(ctx context.Context, in *idPath) (*campaignReply, error) {
	return reply(s.Get(ctx, in.ID))
}

type editInput struct {
	ID   uuid.UUID `path:"id"`
	Body changeBody
}

func (s *Service) edit(ctx context.Context, in *editInput) (*campaignReply, error) {
	return reply(s.Edit(ctx, in.ID, in.Body.change()))
}

func (s *Service) delete(ctx context.Context, in *idPath) (*struct{}, error) {
	return nil, s.Delete(ctx, in.ID)
}
