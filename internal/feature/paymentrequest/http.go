package paymentrequest

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/web"
)

const mayAnswer actor.Permission = "inbox.reply"

func op(method, path, id, summary string) web.Op {
	return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "payment request", Permission: mayAnswer}
}

// Routes registers the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Register(api, op(http.MethodGet, "/api/channels/{id}/payment-configurations", "listPaymentConfigurations", "The ways of a number to take money"), s.getConfigurations)
	web.Register(api, op(http.MethodPost, "/api/conversations/{id}/messages/{messageId}/check-payment", "checkPayment",
		"Ask WhatsApp where the payment that a message asks for stands"), s.postCheck)
}

type channelPath struct {
	ID uuid.UUID `path:"id"`
}

type configurationsReply struct {
	Body struct {
		Items []Configuration `json:"items"`
	}
}

func (s *Service) getConfigurations(ctx context.Context, in *channelPath) (*configurationsReply, error) {
	list, err := s.Configurations(ctx, in.ID)
	reply := &configurationsReply{}
	reply.Body.Items = list
	return reply, err
}

type messagePath struct {
	ID        uuid.UUID `path:"id"`
	MessageID uuid.UUID `path:"messageId"`
}

func (s *Service) postCheck(ctx context.Context, in *messagePath) (*struct{}, error) {
	return nil, s.Check(ctx, in.ID, in.MessageID)
}
