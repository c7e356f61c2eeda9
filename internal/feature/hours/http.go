package hours

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
		return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "hours", Permission: p}
	}
	web.Register(api, op(http.MethodGet, "/api/calendars", "listCalendars", "The workspace's calendars of business hours", mayRead), s.getCalendars)
	create := op(http.MethodPost, "/api/calendars", "createCalendar", "Make a calendar", mayManage)
	create.Status = http.StatusCreated
	web.Register(api, create, s.postCalendar)
	web.Register(api, op(http.MethodPut, "/api/calendars/{id}", "saveCalendar", "Replace a calendar", mayManage), s.putCalendar)
	web.Register(api, op(http.MethodDelete, "/api/calendars/{id}", "removeCalendar", "Delete a calendar", mayManage), s.deleteCalendar)
	web.Register(api, op(http.MethodGet, "/api/calendars/now", "getHoursNow", "Whether somebody is there, and until when", mayRead), s.getNow)
}

func (s *Service) getCalendars(ctx context.Context, _ *struct{}) (*web.ListReply[Calendar], error) {
	return web.Listed(s.List(ctx))
}

// calendarBody is what a person sets on a calendar.
type calendarBody struct {
	Name     string   `json:"name" maxLength:"200"`
	Zone     string   `json:"zone,omitempty" maxLength:"60" doc:"IANA name; absent: the workspace's"`
	Week     [][]Span `json:"week" minItems:"7" maxItems:"7" doc:"Open periods of Monday to Sunday"`
	Holidays bool     `json:"holidays,omitempty" doc:"Closed on the workspace's holidays"`
	Days     []Day    `json:"days,omitempty"`
	Away     Away     `json:"away,omitempty"`
	Uses     []Use    `json:"uses,omitempty" doc:"Whom it counts for; each loses the calendar it had"`
}

func (b calendarBody) calendar() Calendar {
	return Calendar{Name: b.Name, Zone: b.Zone, Week: b.Week, Holidays: b.Holidays, Days: b.Days, Away: b.Away, Uses: b.Uses}
}

type calendarReply struct{ Body Calendar }

func calendarAnswer(c Calendar, err error) (*calendarReply, error) {
	if err != nil {
		return nil, err
	}
	return &calendarReply{c}, nil
}

type createInput struct{ Body calendarBody }

func (s *Service) postCalendar(ctx context.Context, in *createInput) (*calendarReply, error) {
	return calendarAnswer(s.Create(ctx, in.Body.calendar()))
}

type saveInput struct {
	ID   uuid.UUID `path:"id"`
	Body calendarBody
}

func (s *Service) putCalendar(ctx context.Context, in *saveInput) (*calendarReply, error) {
	return calendarAnswer(s.Edit(ctx, in.ID, in.Body.calendar()))
}

type calendarPath struct {
	ID uuid.UUID `path:"id"`
}

func (s *Service) deleteCalendar(ctx context.Context, in *calendarPath) (*struct{}, error) {
	return nil, s.Remove(ctx, in.ID)
}

type nowInput struct {
	Channel uuid.UUID `query:"channel"`
	Team    uuid.UUID `query:"team"`
}

type nowReply struct{ Body Now }

func (s *Service) getNow(ctx context.Context, in *nowInput) (*nowReply, error) {
	now, err := s.Now(ctx, in.Channel, in.Team)
	if err != nil {
		return nil, err
	}
	return &nowReply{now}, nil
}
