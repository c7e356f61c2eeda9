package conversation

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

func (s *Service) sendRoutes(api *web.API) {
	send := op(http.MethodPost, "/api/conversations/{id}/messages", "sendMessage", "Write a message; the same id twice is one message", mayAnswer)
	send.Status = http.StatusCreated
	web.Register(api, send, s.postMessage)
	web.Register(api, op(http.MethodDelete, "/api/conversations/{id}/messages/{messageId}", "withdrawMessage", "Cancel a message that has not gone yet", mayAnswer), s.deleteMessage)
	again := op(http.MethodPost, "/api/conversations/{id}/messages/{messageId}/resend", "resendMessage", "Send a message again that did not arrive", mayAnswer)
	again.Status = http.StatusCreated
	web.Register(api, again, s.postResend)
	web.Register(api, op(http.MethodPost, "/api/conversations/{id}/typing", "tellTyping", "Tell the person that somebody is writing", mayAnswer), s.postTyping)
	web.Register(api, op(http.MethodPost, "/api/conversations/{id}/block", "blockPerson", "Keep the person from writing to this number", mayAnswer), s.postBlock)
	web.Register(api, op(http.MethodPost, "/api/conversations/{id}/unblock", "unblockPerson", "Let the person write again", mayAnswer), s.postUnblock)
}

type sendInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		ID       uuid.UUID         `json:"id" doc:"Made by the client when the message is written, a UUIDv7"`
		Content  *whatsapp.Content `json:"content,omitempty" doc:"Free-form: only inside the 24-hour window"`
		Template *Letter           `json:"template,omitempty"`
		Quote    *uuid.UUID        `json:"quote,omitempty" doc:"The message of the conversation that this one answers"`
		DueAt    *time.Time        `json:"dueAt,omitempty" doc:"Not before; at most 28 days from now"`
	}
}

type itemReply struct{ Body Item }

func (s *Service) postMessage(ctx context.Context, in *sendInput) (*itemReply, error) {
	a := Answer{ID: in.Body.ID, Content: in.Body.Content, Template: in.Body.Template, Quote: in.Body.Quote}
	if in.Body.DueAt != nil {
		a.DueAt = *in.Body.DueAt
	}
	item, err := s.Send(ctx, in.ID, a)
	return &itemReply{item}, err
}

type messagePath struct {
	ID        uuid.UUID `path:"id"`
	MessageID uuid.UUID `path:"messageId"`
}

func (s *Service) deleteMessage(ctx context.Context, in *messagePath) (*struct{}, error) {
	return nil, s.Withdraw(ctx, in.ID, in.MessageID)
}

type resendInput struct {
	ID        uuid.UUID `path:"id"`
	MessageID uuid.UUID `path:"messageId"`
	Body      struct {
		ID uuid.UUID `json:"id" doc:"Of the new attempt, made by the client, a UUIDv7"`
	}
}

func (s *Service) postResend(ctx context.Context, in *resendInput) (*itemReply, error) {
	item, err := s.SendAgain(ctx, in.ID, in.MessageID, in.Body.ID)
	return &itemReply{item}, err
}

func (s *Service) postTyping(ctx context.Context, in *idPath) (*struct{}, error) {
	return nil, s.Typing(ctx, in.ID)
}

func (s *Service) postBlock(ctx context.Context, in *idPath) (*struct{}, error) {
	return nil, s.Block(ctx, in.ID)
}

func (s *Service) postUnblock(ctx context.Context, in *idPath) (*struct{}, error) {
	return nil, s.Unblock(ctx, in.ID)
}
