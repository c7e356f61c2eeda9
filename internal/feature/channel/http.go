package channel

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/web"
)

const (
	mayRead  actor.Permission = "channel.read"
	mayWrite actor.Permission = "channel.write"
)

// Routes adds the operations on numbers.
func (s *Service) Routes(api *web.API) {
	web.Register(api, op(http.MethodGet, "/api/channels", "listChannels", "List the connected numbers", mayRead), s.handleList)
	connect := op(http.MethodPost, "/api/channels", "connectChannel", "Connect a number by access token", mayWrite)
	connect.Idempotent = true
	web.Register(api, connect, s.handleConnect)
	web.Register(api, op(http.MethodGet, "/api/channels/{id}", "getChannel", "Read a number", mayRead), s.handleGet)
	web.Register(api, op(http.MethodPatch, "/api/channels/{id}", "updateChannel", "Renew a number's access token", mayWrite), s.handleUpdate)
	remove := op(http.MethodDelete, "/api/channels/{id}", "removeChannel", "Disconnect a number", mayWrite)
	remove.Status = http.StatusNoContent
	web.Register(api, remove, s.handleRemove)
	web.Register(api, op(http.MethodPost, "/api/channels/{id}/pause", "pauseChannel", "Pause a number", mayWrite), s.handlePause)
	web.Register(api, op(http.MethodPost, "/api/channels/{id}/resume", "resumeChannel", "Resume a number", mayWrite), s.handleResume)
	web.Register(api, op(http.MethodPost, "/api/channels/{id}/refresh", "refreshChannel", "Ask Meta about a number now", mayWrite), s.handleRefresh)
}

func op(method, path, id, summary string, p actor.Permission) web.Op {
	return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "channel", Permission: p}
}

// view is a number as the screens show it.
type view struct {
	ID              uuid.UUID  `json:"id"`
	PhoneNumberID   string     `json:"phoneNumberId"`
	WABAID          string     `json:"wabaId"`
	PortfolioID     string     `json:"portfolioId" doc:"Numbers with the same value share the daily limit"`
	DisplayPhone    string     `json:"displayPhone"`
	VerifiedName    string     `json:"verifiedName"`
	NameStatus      string     `json:"nameStatus,omitempty" doc:"Meta's review of the display name"`
	Status          Status     `json:"status" enum:"connected,paused,needs_reauth,disconnected,banned"`
	PauseReason     Reason     `json:"pauseReason,omitempty" enum:"user,restriction,spam,payment,policy,setup"`
	PauseUntil      *time.Time `json:"pauseUntil,omitempty" doc:"When it resumes by itself"`
	Quality         Quality    `json:"quality" enum:"GREEN,YELLOW,RED,UNKNOWN"`
	ThroughputLevel string     `json:"throughputLevel,omitempty"`
	Throughput      int        `json:"throughput" doc:"Messages per second"`
	Coexistence     bool       `json:"coexistence" doc:"Also used in the WhatsApp Business app"`
	LimitTier       string     `json:"limitTier,omitempty"`
	DailyLimit      *int       `json:"dailyLimit,omitempty" doc:"People the portfolio may write to first per 24 hours; absent: no limit"`
	MarketingAPI    bool       `json:"marketingApi" doc:"The account agreed to the terms of Meta's Marketing Messages API"`
	Subscribed      bool       `json:"subscribed" doc:"Delivery reports are switched on"`
	Advice          *Advice    `json:"advice,omitempty" doc:"What is the matter and what to do; absent when all is well"`
	RefreshedAt     *time.Time `json:"refreshedAt,omitempty"`
	CreatedAt       time.Time  `json:"createdAt"`
	UpdatedAt       time.Time  `json:"updatedAt"`
}

func viewOf(c Channel) view {
	return view{
		ID: c.ID, PhoneNumberID: c.PhoneNumberID, WABAID: c.WABAID, PortfolioID: c.PortfolioID,
		DisplayPhone: c.DisplayPhone, VerifiedName: c.VerifiedName, NameStatus: c.NameStatus,
		Status: c.Status, PauseReason: c.PauseReason, PauseUntil: c.PauseUntil, Quality: c.Quality,
		ThroughputLevel: c.ThroughputLevel, Throughput: c.Throughput, Coexistence: c.Coexistence,
		LimitTier: c.LimitTier, DailyLimit: c.DailyLimit, MarketingAPI: c.MarketingAPI == onboarded, Subscribed: c.SubscribedAt != nil,
		Advice: Advise(c), RefreshedAt: c.RefreshedAt, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt,
	}
}

type one struct{ Body view }

func oneOf(c Channel, err error) (*one, error) {
	if err != nil {
		return nil, err
	}
	return &one{viewOf(c)}, nil
}

type byID struct {
	ID uuid.UUID `path:"id"`
}

type listReply struct{ Body web.Page[view] }

func (s *Service) handleList(ctx context.Context, _ *struct{}) (*listReply, error) {
	list, err := s.List(ctx)
	if err != nil {
		return nil, err
	}
	reply := &listReply{}
	for _, c := range list {
		reply.Body.Items = append(reply.Body.Items, viewOf(c))
	}
	total := int64(len(list))
	reply.Body.Total = &total
	return reply, nil
}

type connectRequest struct {
	Body struct {
		WABAID        string `json:"wabaId" minLength:"1" maxLength:"64" doc:"WhatsApp Business Account id"`
		PhoneNumberID string `json:"phoneNumberId,omitempty" maxLength:"64" doc:"Needed when the account has several numbers"`
		AccessToken   string `json:"accessToken" minLength:"1" maxLength:"4096" doc:"Never shown again"`
	}
}

type connectReply struct {
	Status int
	Body   struct {
		Channel *view    `json:"channel,omitempty" doc:"The connected number; absent when one of the choices must be named"`
		Choices []Choice `json:"choices" doc:"The account's numbers, when it has several and none was named"`
	}
}

func (s *Service) handleConnect(ctx context.Context, in *connectRequest) (*connectReply, error) {
	created, choices, err := s.Connect(ctx, Connection(in.Body))
	if err != nil {
		return nil, err
	}
	reply := &connectReply{Status: http.StatusOK}
	reply.Body.Choices = choices
	if created != nil {
		v := viewOf(*created)
		reply.Status, reply.Body.Channel = http.StatusCreated, &v
	}
	return reply, nil
}

func (s *Service) handleGet(ctx context.Context, in *byID) (*one, error) {
	return oneOf(s.Get(ctx, in.ID))
}

type updateRequest struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		AccessToken string `json:"accessToken" minLength:"1" maxLength:"4096" doc:"Never shown again"`
	}
}

func (s *Service) handleUpdate(ctx context.Context, in *updateRequest) (*one, error) {
	return oneOf(s.RenewToken(ctx, in.ID, in.Body.AccessToken))
}

func (s *Service) handleRemove(ctx context.Context, in *byID) (*struct{}, error) {
	return nil, s.Remove(ctx, in.ID)
}

type pauseRequest struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"200" doc:"Shown to the team"`
	} `required:"false"`
}

func (s *Service) handlePause(ctx context.Context, in *pauseRequest) (*one, error) {
	return oneOf(s.Pause(ctx, in.ID, in.Body.Reason))
}

func (s *Service) handleResume(ctx context.Context, in *byID) (*one, error) {
	return oneOf(s.Resume(ctx, in.ID))
}

func (s *Service) handleRefresh(ctx context.Context, in *byID) (*one, error) {
	return oneOf(s.Refresh(ctx, in.ID))
}
