package campaign

import (
	"context"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/web"
)

type estimateReply struct{ Body Estimate }

func (s *Service) postEstimate(ctx context.Context, in *idPath) (*estimateReply, error) {
	e, err := s.Estimate(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &estimateReply{e}, nil
}

// previewed is how many real contacts a preview shows.
const previewed = 20

type previewReply struct {
	Body struct {
		Previews []Preview `json:"previews"`
	}
}

type previewInput struct {
	ID      uuid.UUID `path:"id"`
	Variant int16     `query:"variant" minimum:"0" maximum:"6" doc:"Which version, counted from 1; 0: the first"`
}

func (s *Service) postPreview(ctx context.Context, in *previewInput) (*previewReply, error) {
	previews, err := s.Preview(ctx, in.ID, in.Variant, previewed)
	if err != nil {
		return nil, err
	}
	var r previewReply
	r.Body.Previews = previews
	return &r, nil
}

type testInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		ContactID uuid.UUID `json:"contactId"`
		Variant   int16     `json:"variant,omitempty" minimum:"0" maximum:"6" doc:"Which version, counted from 1; 0: the first"`
	}
}

type testReply struct {
	Body struct {
		MessageID uuid.UUID `json:"messageId"`
	}
}

func (s *Service) postTest(ctx context.Context, in *testInput) (*testReply, error) {
	id, err := s.Test(ctx, in.ID, in.Body.Variant, in.Body.ContactID)
	if err != nil {
		return nil, err
	}
	var r testReply
	r.Body.MessageID = id
	return &r, nil
}

type categoryChangeReply struct{ Body CategoryChange }

func (s *Service) getCategoryChange(ctx context.Context, in *idPath) (*categoryChangeReply, error) {
	change, err := s.CategoryChange(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &categoryChangeReply{change}, nil
}

func (s *Service) postStart(ctx context.Context, in *scheduleInput) (*campaignReply, error) {
	return reply(s.Begin(ctx, in.ID, in.Body))
}

type recipientsInput struct {
	ID uuid.UUID `path:"id"`
	web.PageQuery
	Outcome string `query:"outcome" doc:"pending, waiting, replied, read_no_reply, retrying, held_out, or a message state"`
	Reason  string `query:"reason" maxLength:"100" doc:"One reason of that outcome"`
	Variant int16  `query:"variant" minimum:"0" maximum:"6" doc:"One version, counted from 1; 0: any"`
}

type recipientsReply struct{ Body web.Page[Recipient] }

func (s *Service) getRecipients(ctx context.Context, in *recipientsInput) (*recipientsReply, error) {
	var after uuid.UUID
	if err := web.DecodeCursor(in.After, &after); err != nil {
		return nil, err
	}
	page, err := s.RecipientsPage(ctx, in.ID, People{Outcome: in.Outcome, Reason: in.Reason, Variant: in.Variant}, after, in.Limit)
	return &recipientsReply{page}, err
}

type failuresReply struct {
	Body struct {
		Failures []Failure `json:"failures"`
	}
}

func (s *Service) getFailures(ctx context.Context, in *idPath) (*failuresReply, error) {
	found, err := s.Failures(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var r failuresReply
	r.Body.Failures = found
	return &r, nil
}
