package template

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/web"
)

func (s *Service) performanceRoutes(api *web.API) {
	web.Register(api, op(http.MethodGet, "/api/templates/performance", "rankTemplates", "Templates ranked by their results", mayRead), s.handlePerformances)
	web.Register(api, op(http.MethodGet, "/api/templates/{id}/performance", "getTemplatePerformance", "What became of a template's messages", mayRead), s.handleCourse)
}

type performancesRequest struct {
	Days  int   `query:"days" minimum:"1" maximum:"366" default:"30" doc:"The last days, today included"`
	Order Order `query:"order" enum:"replyRate,readRate,delivered,blockRate,clickRate,conversionRate,costPerRead,costPerReply,costPerClick,costPerConversion" default:"replyRate"`
}

type performancesReply struct{ Body Ranked }

func (s *Service) handlePerformances(ctx context.Context, in *performancesRequest) (*performancesReply, error) {
	ranked, err := s.Performances(ctx, in.Days, in.Order)
	if err != nil {
		return nil, err
	}
	return &performancesReply{ranked}, nil
}

type courseRequest struct {
	ID   uuid.UUID `path:"id"`
	Days int       `query:"days" minimum:"1" maximum:"366" default:"90" doc:"The last days, today included"`
}

type courseReply struct{ Body Course }

func (s *Service) handleCourse(ctx context.Context, in *courseRequest) (*courseReply, error) {
	course, err := s.Course(ctx, in.ID, in.Days)
	if err != nil {
		return nil, err
	}
	return &courseReply{course}, nil
}
