package campaign

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/stat"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func (s *Service) resultRoutes(api *web.API) {
	web.Register(api, web.Op{Method: http.MethodGet, Path: "/api/campaigns/compare", Summary: "Results of campaigns side by side", Tag: "campaign", Permission: readPermission}, s.getCompare)
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/campaigns/{id}/sample-size", Summary: "Whether a test has enough people", Tag: "campaign", Permission: readPermission}, s.postSampleSize)
	web.Register(api, web.Op{Method: http.MethodGet, Path: "/api/campaigns/{id}/variants", Summary: "Its versions compared", Tag: "campaign", Permission: readPermission}, s.getVariants)
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/campaigns/{id}/winner", Summary: "Give the rest a version now", Tag: "campaign", Permission: sendPermission}, s.postWinner)
	web.Register(api, web.Op{Method: http.MethodGet, Path: "/api/campaigns/{id}/lift", Summary: "What it did, against those held out", Tag: "campaign", Permission: readPermission}, s.getLift)
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/campaigns/{id}/retarget", Summary: "A draft for the people of one result", Tag: "campaign", Permission: writePermission, Idempotent: true, Status: http.StatusCreated}, s.postRetarget)
	file := web.Op{Method: http.MethodGet, Path: "/api/campaigns/{id}/recipients.csv", Summary: "The people behind a number of the report, as a file", Tag: "campaign", Permission: readPermission, Timeout: -1}
	api.Mount(file, s.getRecipientsFile(api))
}

type compareInput struct {
	IDs []string `query:"id" required:"true" minItems:"1" maxItems:"6" doc:"The campaigns"`
}

func (in compareInput) campaigns() ([]uuid.UUID, error) {
	ids := make([]uuid.UUID, len(in.IDs))
	for i, text := range in.IDs {
		id, err := uuid.Parse(text)
		if err != nil {
			return nil, fault.Invalid("One of these is no campaign.").At("query.id", "Not an id: "+text)
		}
		ids[i] = id
	}
	return ids, nil
}

// Compared is a campaign with its results.
type Compared struct {
	Campaign Body   `json:"campaign"`
	Result   Result `json:"result"`
}

type compareReply struct {
	Body struct {
		Campaigns []Compared `json:"campaigns"`
	}
}

func (s *Service) getCompare(ctx context.Context, in *compareInput) (*compareReply, error) {
	ids, err := in.campaigns()
	if err != nil {
		return nil, err
	}
	found, err := s.Compare(ctx, ids)
	if err != nil {
		return nil, err
	}
	r := &compareReply{}
	r.Body.Campaigns = make([]Compared, len(found))
	for i, c := range found {
		r.Body.Campaigns[i] = Compared{body(c), resultOf(c.Counts)}
	}
	return r, nil
}

type sampleSizeInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Metric   Metric    `json:"metric" enum:"read,replied,clicked,converted"`
		Baseline stat.Rate `json:"baseline,omitempty" minimum:"0" maximum:"1" doc:"The rate one starts from; 0: that of the last campaigns"`
		Effect   stat.Rate `json:"effect" minimum:"0" maximum:"1" doc:"The rise that is worth finding"`
	}
}

type adviceReply struct{ Body Advice }

func (s *Service) postSampleSize(ctx context.Context, in *sampleSizeInput) (*adviceReply, error) {
	a, err := s.SampleSize(ctx, in.ID, in.Body.Metric, in.Body.Baseline, in.Body.Effect)
	if err != nil {
		return nil, err
	}
	return &adviceReply{a}, nil
}

type variantsReply struct{ Body Comparison }

func (s *Service) getVariants(ctx context.Context, in *idPath) (*variantsReply, error) {
	cmp, err := s.Variants(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	cmp.Variants, cmp.Verdicts = notNil(cmp.Variants), notNil(cmp.Verdicts)
	return &variantsReply{cmp}, nil
}

type winnerInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Variant int16 `json:"variant" minimum:"1" maximum:"6"`
	}
}

func (s *Service) postWinner(ctx context.Context, in *winnerInput) (*campaignReply, error) {
	return reply(s.Choose(ctx, in.ID, in.Body.Variant))
}

type liftReply struct {
	Body struct {
		Lifts []Lift `json:"lifts"`
	}
}

func (s *Service) getLift(ctx context.Context, in *idPath) (*liftReply, error) {
	list, err := s.Lifts(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	r := &liftReply{}
	r.Body.Lifts = notNil(list)
	return r, nil
}

type retargetInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Result contact.ResultKind `json:"result" enum:"not_read,read_no_reply,clicked,not_clicked,clicked_not_converted,failed"`
	}
}

func (s *Service) postRetarget(ctx context.Context, in *retargetInput) (*campaignReply, error) {
	return reply(s.Retarget(ctx, in.ID, in.Body.Result))
}
