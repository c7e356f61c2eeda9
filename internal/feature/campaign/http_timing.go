package campaign

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/web"
)

const (
	approvePermission  = "campaign.approve"
	overridePermission = "campaign.override"
)

// timingRoutes registers what concerns when and whether a campaign goes out.
func (s *Service) timingRoutes(api *web.API) {
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/campaigns/{id}/plan", Summary: "How long it takes, day by day", Tag: "campaign", Permission: readPermission}, s.postPlan)
	web.Register(api, web.Op{Method: http.MethodGet, Path: "/api/campaigns/{id}/waits", Summary: "Who waits until when", Tag: "campaign", Permission: readPermission}, s.getWaits)
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/campaigns/{id}/cap", Summary: "Send beyond the frequency cap, or within it again", Tag: "campaign", Permission: overridePermission}, s.postCap)
	web.Register(api, web.Op{Method: http.MethodGet, Path: "/api/campaigns/{id}/log", Summary: "Decisions about it: starts, pauses, approvals", Tag: "campaign", Permission: readPermission}, s.getLog)
	s.approvalRoutes(api)
	s.seriesRoutes(api)
}

func (s *Service) approvalRoutes(api *web.API) {
	web.Register(api, web.Op{Method: http.MethodGet, Path: "/api/campaigns/{id}/approvals", Summary: "What was asked and answered, the latest first", Tag: "campaign", Permission: readPermission}, s.getApprovals)
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/campaigns/{id}/approval", Summary: "Ask a second person to let it start", Tag: "campaign", Permission: sendPermission}, s.postApproval)
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/campaigns/{id}/approval/approve", Summary: "Let it start as asked", Tag: "campaign", Permission: approvePermission}, s.postApprove)
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/campaigns/{id}/approval/reject", Summary: "Make it a draft again", Tag: "campaign", Permission: approvePermission}, s.postReject)
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/campaigns/{id}/approval/withdraw", Summary: "Take the asking back", Tag: "campaign", Permission: sendPermission},
		func(ctx context.Context, in *idPath) (*campaignReply, error) {
			return reply(s.WithdrawApproval(ctx, in.ID))
		})
}

func (s *Service) seriesRoutes(api *web.API) {
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/campaigns/repeat", Summary: "A repetition in words, and its next runs", Tag: "campaign", Permission: readPermission}, s.postRepeat)
	web.Register(api, web.Op{Method: http.MethodGet, Path: "/api/campaigns/{id}/series", Summary: "How it repeats, and its next runs", Tag: "campaign", Permission: readPermission},
		func(ctx context.Context, in *idPath) (*seriesReply, error) {
			return seriesShown(s.Series(ctx, in.ID))
		})
	web.Register(api, web.Op{Method: http.MethodGet, Path: "/api/campaigns/{id}/occurrences", Summary: "What became of its runs, the latest first", Tag: "campaign", Permission: readPermission}, s.getOccurrences)
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/campaigns/{id}/series/pause", Summary: "Keep the series from running", Tag: "campaign", Permission: sendPermission},
		func(ctx context.Context, in *idPath) (*seriesReply, error) {
			return seriesShown(s.PauseSeries(ctx, in.ID))
		})
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/campaigns/{id}/series/resume", Summary: "Let the series run again", Tag: "campaign", Permission: sendPermission},
		func(ctx context.Context, in *idPath) (*seriesReply, error) {
			return seriesShown(s.ResumeSeries(ctx, in.ID))
		})
}

type scheduleInput struct {
	ID   uuid.UUID `path:"id"`
	Body Schedule
}

type planReply struct{ Body Plan }

func (s *Service) postPlan(ctx context.Context, in *scheduleInput) (*planReply, error) {
	p, err := s.Plan(ctx, in.ID, in.Body)
	if err != nil {
		return nil, err
	}
	return &planReply{p}, nil
}

type waitsReply struct {
	Body struct {
		Waits []Wait `json:"waits"`
	}
}

func (s *Service) getWaits(ctx context.Context, in *idPath) (*waitsReply, error) {
	waits, err := s.Waits(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	r := new(waitsReply)
	r.Body.Waits = waits
	return r, nil
}

type capInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Override bool   `json:"override"`
		Reason   string `json:"reason,omitempty" maxLength:"4000" doc:"Needed to override; kept on record"`
	}
}

func (s *Service) postCap(ctx context.Context, in *capInput) (*campaignReply, error) {
	return reply(s.OverrideCap(ctx, in.ID, in.Body.Override, in.Body.Reason))
}

func (s *Service) getLog(ctx context.Context, in *idPath) (*web.ListReply[LogEntry], error) {
	return web.Listed(s.Log(ctx, in.ID))
}

func (s *Service) getApprovals(ctx context.Context, in *idPath) (*web.ListReply[Approval], error) {
	return web.Listed(s.Approvals(ctx, in.ID))
}

type approvalInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Schedule Schedule `json:"schedule" doc:"What an approval starts"`
		Note     string   `json:"note,omitempty" maxLength:"4000"`
	}
}

func (s *Service) postApproval(ctx context.Context, in *approvalInput) (*campaignReply, error) {
	return reply(s.RequestApproval(ctx, in.ID, in.Body.Schedule, in.Body.Note))
}

type answerInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Comment string `json:"comment,omitempty" maxLength:"4000"`
	}
}

func (s *Service) postApprove(ctx context.Context, in *answerInput) (*campaignReply, error) {
	return reply(s.Approve(ctx, in.ID, in.Body.Comment))
}

func (s *Service) postReject(ctx context.Context, in *answerInput) (*campaignReply, error) {
	return reply(s.Reject(ctx, in.ID, in.Body.Comment))
}

type seriesReply struct{ Body Series }

func seriesShown(sr Series, err error) (*seriesReply, error) {
	if err != nil {
		return nil, err
	}
	return &seriesReply{sr}, nil
}

type repeatInput struct{ Body Repeat }

func (s *Service) postRepeat(ctx context.Context, in *repeatInput) (*seriesReply, error) {
	return seriesShown(s.PreviewRepeat(ctx, in.Body))
}

type occurrencesInput struct {
	ID uuid.UUID `path:"id"`
	web.PageQuery
}

type occurrencesReply struct{ Body web.Page[Occurrence] }

func (s *Service) getOccurrences(ctx context.Context, in *occurrencesInput) (*occurrencesReply, error) {
	var before time.Time
	if err := web.DecodeCursor(in.After, &before); err != nil {
		return nil, err
	}
	found, err := s.Occurrences(ctx, in.ID, before, in.Limit+1)
	if err != nil {
		return nil, err
	}
	return &occurrencesReply{web.PageOf(found, in.Limit, func(o Occurrence) any { return o.on })}, nil
}
