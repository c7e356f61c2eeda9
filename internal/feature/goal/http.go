package goal

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/platform/web"
)

const (
	mayRead   actor.Permission = "campaign.read"
	mayWrite  actor.Permission = "goal.write"
	mayReport actor.Permission = "conversion.write"
)

// Routes registers the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Register(api, op(http.MethodGet, "/api/goals", "listGoals", "The workspace's goals", mayRead), s.getGoals)
	create := op(http.MethodPost, "/api/goals", "createGoal", "Make a goal", mayWrite)
	create.Status = http.StatusCreated
	web.Register(api, create, s.postGoal)
	web.Register(api, op(http.MethodPatch, "/api/goals/{id}", "updateGoal", "Change or archive a goal", mayWrite), s.patchGoal)
	web.Register(api, op(http.MethodPost, "/api/conversions", "reportConversions", "Report what people did, up to 1,000 events", mayReport), s.postConversions)
	web.Register(api, op(http.MethodGet, "/api/conversions", "listConversions", "What was reported, the latest first", mayRead), s.getConversions)
	web.Register(api, op(http.MethodGet, "/api/campaigns/{id}/conversions", "listCampaignConversions", "What a campaign achieved, by goal", mayRead), s.getResults)
}

func op(method, path, id, summary string, p actor.Permission) web.Op {
	return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "goal", Permission: p}
}

func (s *Service) getGoals(ctx context.Context, _ *struct{}) (*web.ListReply[Goal], error) {
	return web.Listed(s.List(ctx))
}

type goalReply struct{ Body Goal }

func goalAnswer(g Goal, err error) (*goalReply, error) {
	if err != nil {
		return nil, err
	}
	return &goalReply{g}, nil
}

type createInput struct {
	Body struct {
		Key        string        `json:"key" maxLength:"40"`
		Name       string        `json:"name"`
		Touch      *Touch        `json:"touch,omitempty" enum:"delivered,clicked"`
		WindowDays *int          `json:"windowDays,omitempty"`
		Value      *money.Amount `json:"value,omitempty" doc:"Ten-thousandths"`
	}
}

func (s *Service) postGoal(ctx context.Context, in *createInput) (*goalReply, error) {
	b := in.Body
	return goalAnswer(s.Create(ctx, b.Key, Change{Name: &b.Name, Touch: b.Touch, WindowDays: b.WindowDays, Value: b.Value}))
}

type changeInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Name       *string       `json:"name,omitempty"`
		Touch      *Touch        `json:"touch,omitempty" enum:"delivered,clicked"`
		WindowDays *int          `json:"windowDays,omitempty"`
		Value      *money.Amount `json:"value,omitempty" doc:"Ten-thousandths"`
		Archived   *bool         `json:"archived,omitempty"`
	}
}

func (s *Service) patchGoal(ctx context.Context, in *changeInput) (*goalReply, error) {
	return goalAnswer(s.Edit(ctx, in.ID, Change(in.Body)))
}

// eventBody is one event as it is reported.
type eventBody struct {
	EventID string     `json:"eventId" doc:"Your own id of it; an event is recorded once by it, however often it is sent"`
	Goal    string     `json:"goal" doc:"The goal's key"`
	Contact whoBody    `json:"contact"`
	Value   string     `json:"value,omitempty" maxLength:"40" doc:"As people write it, in the workspace's currency: 1499.00"`
	Amount  *moneyBody `json:"amount,omitempty" doc:"Or exactly"`
	At      *time.Time `json:"at,omitempty" doc:"When it happened; now when absent"`
}

type whoBody struct {
	ID    *uuid.UUID `json:"id,omitempty"`
	BSUID string     `json:"bsuid,omitempty" maxLength:"200"`
	Phone string     `json:"phone,omitempty" maxLength:"40"`
	Email string     `json:"email,omitempty" maxLength:"254"`
}

type moneyBody struct {
	Amount   money.Amount   `json:"amount" doc:"Ten-thousandths"`
	Currency money.Currency `json:"currency" doc:"The workspace's"`
}

func (b eventBody) event() Event {
	e := Event{ID: b.EventID, Goal: b.Goal, Decimal: b.Value, Who: contact.Address{BSUID: b.Contact.BSUID, Phone: b.Contact.Phone, Email: b.Contact.Email}}
	if b.Contact.ID != nil {
		e.Who.ID = *b.Contact.ID
	}
	if b.Amount != nil {
		e.Value, e.Currency = &b.Amount.Amount, b.Amount.Currency
	}
	if b.At != nil {
		e.At = *b.At
	}
	return e
}

type convertInput struct {
	Body struct {
		Events []eventBody `json:"events" minItems:"1" maxItems:"1000"`
	}
}

type convertReply struct {
	Body struct {
		Outcomes []Outcome `json:"outcomes" doc:"One per event, in their order"`
	}
}

func (s *Service) postConversions(ctx context.Context, in *convertInput) (*convertReply, error) {
	events := make([]Event, len(in.Body.Events))
	for i, b := range in.Body.Events {
		events[i] = b.event()
	}
	outcomes, err := s.Convert(ctx, events)
	if err != nil {
		return nil, err
	}
	var r convertReply
	r.Body.Outcomes = outcomes
	return &r, nil
}

type recentKey struct {
	At time.Time `json:"at"`
	ID string    `json:"id"`
}

type recentReply struct{ Body web.Page[Conversion] }

type recentInput struct{ web.PageQuery }

func (s *Service) getConversions(ctx context.Context, in *recentInput) (*recentReply, error) {
	var key recentKey
	if err := web.DecodeCursor(in.After, &key); err != nil {
		return nil, err
	}
	found, err := s.Recent(ctx, key.At, key.ID, in.Limit+1)
	if err != nil {
		return nil, err
	}
	return &recentReply{web.PageOf(found, in.Limit, func(c Conversion) any { return recentKey{c.ReceivedAt, c.EventID} })}, nil
}

type resultsInput struct {
	ID uuid.UUID `path:"id"`
}

type resultsReply struct {
	Body struct {
		Results []Result `json:"results"`
	}
}

func (s *Service) getResults(ctx context.Context, in *resultsInput) (*resultsReply, error) {
	found, err := s.Results(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var r resultsReply
	r.Body.Results = found
	return &r, nil
}
