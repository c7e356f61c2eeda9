package sla

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/web"
)

const (
	mayRead   actor.Permission = "inbox.read"
	mayManage actor.Permission = "inbox.manage"
)

// Routes registers the feature's operations.
func (s *Service) Routes(api *web.API) {
	op := func(method, path, id, summary string, p actor.Permission) web.Op {
		return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "sla", Permission: p}
	}
	web.Register(api, op(http.MethodGet, "/api/sla/policies", "listSlaPolicies", "What is promised, the first to be asked at the top", mayRead), s.getPolicies)
	create := op(http.MethodPost, "/api/sla/policies", "createSlaPolicy", "Make a policy", mayManage)
	create.Status = http.StatusCreated
	web.Register(api, create, s.postPolicy)
	web.Register(api, op(http.MethodPut, "/api/sla/policies/{id}", "saveSlaPolicy", "Replace a policy", mayManage), s.putPolicy)
	web.Register(api, op(http.MethodDelete, "/api/sla/policies/{id}", "removeSlaPolicy", "Delete a policy", mayManage), s.deletePolicy)
	web.Register(api, op(http.MethodPost, "/api/sla/policies/order", "orderSlaPolicies", "Set which policy is asked first", mayManage), s.postOrder)
	web.Register(api, op(http.MethodGet, "/api/sla/breaches", "listBreaches", "What has fallen due, or soon will", mayRead), s.getBreaches)
}

func (s *Service) getPolicies(ctx context.Context, _ *struct{}) (*web.ListReply[Policy], error) {
	return web.Listed(s.List(ctx))
}

// policyBody is what a person sets on a policy.
type policyBody struct {
	Name              string      `json:"name" maxLength:"200"`
	Active            bool        `json:"active"`
	Channels          []uuid.UUID `json:"channels,omitempty" maxItems:"200" doc:"Numbers it is for; none: all"`
	Teams             []uuid.UUID `json:"teams,omitempty" maxItems:"200" doc:"Teams it is for; none: all"`
	Labels            []uuid.UUID `json:"labels,omitempty" maxItems:"200" doc:"Conversations with one of these; none: all"`
	CalendarID        *uuid.UUID  `json:"calendarId,omitempty" doc:"Whose hours count; absent: those of the conversation's team or number"`
	FirstMinutes      int         `json:"firstMinutes,omitempty" minimum:"0" maximum:"43200" doc:"Business minutes; 0: no promise"`
	NextMinutes       int         `json:"nextMinutes,omitempty" minimum:"0" maximum:"43200"`
	ResolutionMinutes int         `json:"resolutionMinutes,omitempty" minimum:"0" maximum:"43200"`
	PausePending      bool        `json:"pausePending,omitempty"`
	PauseSnoozed      bool        `json:"pauseSnoozed,omitempty"`
	Levels            []levelBody `json:"levels,omitempty" maxItems:"3"`
}

type levelBody struct {
	AfterMinutes int         `json:"afterMinutes" minimum:"0" maximum:"43200"`
	Notify       []uuid.UUID `json:"notify,omitempty" maxItems:"20"`
	NotifyTeam   *uuid.UUID  `json:"notifyTeam,omitempty"`
	AssignTo     *uuid.UUID  `json:"assignTo,omitempty"`
	AssignTeam   *uuid.UUID  `json:"assignTeam,omitempty"`
	Raise        bool        `json:"raise,omitempty"`
}

func (b policyBody) policy() Policy {
	d := Definition{Channels: b.Channels, Teams: b.Teams, Labels: b.Labels, CalendarID: b.CalendarID, FirstMinutes: b.FirstMinutes,
		NextMinutes: b.NextMinutes, ResolutionMinutes: b.ResolutionMinutes, PausePending: b.PausePending, PauseSnoozed: b.PauseSnoozed}
	for _, l := range b.Levels {
		d.Levels = append(d.Levels, Level(l))
	}
	return Policy{Name: b.Name, Active: b.Active, Definition: d}
}

type policyReply struct{ Body Policy }

func policyAnswer(p Policy, err error) (*policyReply, error) {
	if err != nil {
		return nil, err
	}
	return &policyReply{p}, nil
}

type createInput struct{ Body policyBody }

func (s *Service) postPolicy(ctx context.Context, in *createInput) (*policyReply, error) {
	return policyAnswer(s.Create(ctx, in.Body.policy()))
}

type saveInput struct {
	ID   uuid.UUID `path:"id"`
	Body policyBody
}

func (s *Service) putPolicy(ctx context.Context, in *saveInput) (*policyReply, error) {
	return policyAnswer(s.Edit(ctx, in.ID, in.Body.policy()))
}

type policyPath struct {
	ID uuid.UUID `path:"id"`
}

func (s *Service) deletePolicy(ctx context.Context, in *policyPath) (*struct{}, error) {
	return nil, s.Remove(ctx, in.ID)
}

type orderInput struct {
	Body struct {
		IDs []uuid.UUID `json:"ids" maxItems:"50"`
	}
}

func (s *Service) postOrder(ctx context.Context, in *orderInput) (*web.ListReply[Policy], error) {
	return web.Listed(s.Order(ctx, in.Body.IDs))
}

type breachesInput struct {
	web.PageQuery
	State string `query:"state" enum:"breached,due_soon" default:"breached"`
}

type breachesReply struct{ Body web.Page[Breach] }

func (s *Service) getBreaches(ctx context.Context, in *breachesInput) (*breachesReply, error) {
	page, err := s.Breaches(ctx, in.State == "due_soon", in.PageQuery)
	if err != nil {
		return nil, err
	}
	return &breachesReply{page}, nil
}
