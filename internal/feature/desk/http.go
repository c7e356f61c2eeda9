package desk

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
	return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "desk", Permission: p}
}

// Routes registers the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Register(api, op(http.MethodGet, "/api/teams", "listTeams", "The workspace's teams", mayRead), s.getTeams)
	create := op(http.MethodPost, "/api/teams", "addTeam", "Make a team", mayManage)
	create.Status = http.StatusCreated
	web.Register(api, create, s.postTeam)
	web.Register(api, op(http.MethodPut, "/api/teams/{id}", "saveTeam", "Change a team", mayManage), s.putTeam)
	web.Register(api, op(http.MethodDelete, "/api/teams/{id}", "removeTeam", "Remove a team", mayManage), s.deleteTeam)
	web.Register(api, op(http.MethodGet, "/api/desk/members", "listDeskMembers", "Who is there, and how busy", mayRead), s.getMembers)
	web.Register(api, op(http.MethodPut, "/api/desk/members/{id}", "setDeskMember", "Whether somebody takes conversations, and how many", mayAnswer), s.putMember)
	web.Register(api, op(http.MethodPost, "/api/desk/seen", "seenAtDesk", "The reader is there; told every minute", mayRead), s.postSeen)
	web.Register(api, op(http.MethodGet, "/api/desk/queue", "listDeskQueue", "What waits for somebody, the longest first", mayRead), s.getQueue)
	web.Register(api, op(http.MethodGet, "/api/assignment-rules", "listAssignmentRules", "The rules in their order", mayRead), s.getRules)
	add := op(http.MethodPost, "/api/assignment-rules", "addAssignmentRule", "Make a rule, which is tried last", mayManage)
	add.Status = http.StatusCreated
	web.Register(api, add, s.postRule)
	web.Register(api, op(http.MethodPut, "/api/assignment-rules/{id}", "saveAssignmentRule", "Change a rule", mayManage), s.putRule)
	web.Register(api, op(http.MethodDelete, "/api/assignment-rules/{id}", "removeAssignmentRule", "Remove a rule", mayManage), s.deleteRule)
	web.Register(api, op(http.MethodPost, "/api/assignment-rules/order", "orderAssignmentRules", "In which order they are tried", mayManage), s.postOrder)
}

type idPath struct {
	ID uuid.UUID `path:"id"`
}

func (s *Service) getTeams(ctx context.Context, _ *struct{}) (*web.ListReply[Team], error) {
	return web.Listed(s.Teams(ctx))
}

// TeamDraft is what people set on a team.
type TeamDraft struct {
	Name    string      `json:"name" minLength:"1" maxLength:"60"`
	Members []uuid.UUID `json:"members" maxItems:"500"`
}

type teamInput struct{ Body TeamDraft }

type teamReply struct{ Body Team }

func (s *Service) postTeam(ctx context.Context, in *teamInput) (*teamReply, error) {
	t, err := s.SaveTeam(ctx, Team{Name: in.Body.Name, Members: in.Body.Members})
	return &teamReply{t}, err
}

type saveTeamInput struct {
	ID   uuid.UUID `path:"id"`
	Body TeamDraft
}

func (s *Service) putTeam(ctx context.Context, in *saveTeamInput) (*teamReply, error) {
	t, err := s.SaveTeam(ctx, Team{ID: in.ID, Name: in.Body.Name, Members: in.Body.Members})
	return &teamReply{t}, err
}

func (s *Service) deleteTeam(ctx context.Context, in *idPath) (*struct{}, error) {
	return nil, s.RemoveTeam(ctx, in.ID)
}

func (s *Service) getMembers(ctx context.Context, _ *struct{}) (*web.ListReply[*Member], error) {
	return web.Listed(s.Members(ctx))
}

type memberInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Away     bool `json:"away"`
		Capacity int  `json:"capacity" minimum:"0" maximum:"10000" doc:"0: no limit; an agent's own stays as it is"`
	}
}

func (s *Service) putMember(ctx context.Context, in *memberInput) (*struct{}, error) {
	return nil, s.SetMember(ctx, in.ID, in.Body.Away, in.Body.Capacity)
}

func (s *Service) postSeen(ctx context.Context, _ *struct{}) (*struct{}, error) {
	return nil, s.Seen(ctx)
}

func (s *Service) getQueue(ctx context.Context, _ *struct{}) (*web.ListReply[Queued], error) {
	return web.Listed(s.Queue(ctx))
}

func (s *Service) getRules(ctx context.Context, _ *struct{}) (*web.ListReply[Rule], error) {
	return web.Listed(s.Rules(ctx))
}

// RuleDraft is what people set on a rule.
type RuleDraft struct {
	Name            string      `json:"name" minLength:"1" maxLength:"80"`
	Enabled         bool        `json:"enabled"`
	Channels        []uuid.UUID `json:"channels,omitempty" maxItems:"100"`
	Hours           string      `json:"hours,omitempty" enum:"any,open,closed"`
	TeamID          *uuid.UUID  `json:"teamId,omitempty"`
	Ways            []Way       `json:"ways" maxItems:"4" doc:"round_robin, least_busy, last_handler, contact_owner; tried in their order"`
	Queue           bool        `json:"queue,omitempty"`
	QueueText       string      `json:"queueText,omitempty" maxLength:"1000"`
	ReassignMinutes int         `json:"reassignMinutes,omitempty" minimum:"0" maximum:"1440"`
}

func (d RuleDraft) rule(id uuid.UUID) Rule {
	return Rule{ID: id, Name: d.Name, Enabled: d.Enabled, Channels: d.Channels, Hours: d.Hours, TeamID: d.TeamID, Ways: d.Ways,
		Queue: d.Queue, QueueText: d.QueueText, ReassignMinutes: d.ReassignMinutes}
}

type ruleInput struct{ Body RuleDraft }

type ruleReply struct{ Body Rule }

func (s *Service) postRule(ctx context.Context, in *ruleInput) (*ruleReply, error) {
	r, err := s.SaveRule(ctx, in.Body.rule(uuid.Nil))
	return &ruleReply{r}, err
}

type saveRuleInput struct {
	ID   uuid.UUID `path:"id"`
	Body RuleDraft
}

func (s *Service) putRule(ctx context.Context, in *saveRuleInput) (*ruleReply, error) {
	r, err := s.SaveRule(ctx, in.Body.rule(in.ID))
	return &ruleReply{r}, err
}

func (s *Service) deleteRule(ctx context.Context, in *idPath) (*struct{}, error) {
	return nil, s.RemoveRule(ctx, in.ID)
}

type orderInput struct {
	Body struct {
		IDs []uuid.UUID `json:"ids" maxItems:"50"`
	}
}

func (s *Service) postOrder(ctx context.Context, in *orderInput) (*web.ListReply[Rule], error) {
	if err := s.OrderRules(ctx, in.Body.IDs); err != nil {
		return nil, err
	}
	return web.Listed(s.Rules(ctx))
}
