package paymentrequest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Check asks WhatsApp where a request of a conversation stands, because somebody wants to know now.
func (s *Service) Check(ctx context.Context, conversation, message uuid.UUID) error {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	err = s.ask(ctx, tenant, asked{Message: message, Conversation: conversation})
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.NotFound("There is no such payment request in this conversation.")
	}
	return refused(err)
}

// errDisconnected says that nothing can be asked at Meta.
var errDisconnected = fault.Conflict("The number is not connected, so WhatsApp cannot be asked. Connect it under Numbers.").WithCode("number_not_connected")

// errUnknownThere says that Meta has no such bill: it was not delivered, or its configuration is gone.
var errUnknownThere = fault.Conflict("WhatsApp knows nothing of this request. Check again once it was delivered.").WithCode("payment_unknown")

// ask looks a request up at WhatsApp, outside of any transaction, and applies the answer in one.
func (s *Service) ask(ctx context.Context, tenant uuid.UUID, of asked) error {
	var r Request
	var sender channel.Sender
	err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
		if r, err = inConversation(ctx, tx, tenant, of.Conversation, of.Message); err != nil {
			return err
		}
		sender, err = s.Channels.Readable(ctx, tx, tenant, r.ChannelID)
		return err
	})
	if err != nil {
		return err
	}
	if sender.Token == "" {
		return errDisconnected
	}
	p, found, err := s.WhatsApp.Payment(ctx, sender.Token, sender.PhoneNumberID, r.Configuration, r.Reference)
	if refusal, ok := errors.AsType[*whatsapp.Error](err); err == nil && !found || ok && refusal.Advice().Class == whatsapp.ClassRequest {
		return errUnknownThere
	}
	if err != nil {
		return err
	}
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		return s.apply(ctx, tx, tenant, of, news{Payment: p, At: momentOf(p, s.Clock.Now()), Asked: true})
	})
}

// codeAccessDenied is Meta's for what the token, or an agreement that is missing, does not allow.
const codeAccessDenied = 131005

// refused words what Meta says to a question.
func refused(err error) error {
	refusal, ok := errors.AsType[*whatsapp.Error](err)
	if !ok {
		return err
	}
	switch advice := refusal.Advice(); {
	case refusal.Repeatable():
		return fault.Unavailable("WhatsApp does not answer just now. Try again in a minute.").Wrap(err)
	case refusal.Code == codeAccessDenied: // Meta says so, too, where its terms of payments are not accepted
		return fault.Conflict("WhatsApp does not let this number take payments. Accept the terms of WhatsApp Payments in WhatsApp Manager, or renew the number's access token.").
			WithCode("payment_refused").Wrap(err)
	default:
		return fault.Conflict(strings.TrimSpace("WhatsApp did not tell: " + advice.Sentence + " " + advice.Next)).WithCode("payment_refused").Wrap(err)
	}
}

// Configuration is a way of a number's account to take money.
type Configuration struct {
	Name    string `json:"name" doc:"As it is called in WhatsApp Manager"`
	Gateway string `json:"gateway" enum:"razorpay,payu,billdesk,zaakpay"`
	Active  bool   `json:"active" doc:"It can take money; otherwise it waits to be connected or tested in WhatsApp Manager"`
}

// Configurations asks WhatsApp which payment configurations a number has.
func (s *Service) Configurations(ctx context.Context, number uuid.UUID) ([]Configuration, error) {
	var sender channel.Sender
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		sender, err = s.Channels.Readable(ctx, tx, tenant, number)
		return err
	})
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil, fault.NotFound("There is no such number in this workspace.")
	case err != nil:
		return nil, err
	case sender.Token == "":
		return nil, errDisconnected
	}
	all, err := s.WhatsApp.PaymentConfigurations(ctx, sender.Token, sender.WABAID)
	if err != nil {
		return nil, refused(fmt.Errorf("number %s: %w", number, err))
	}
	return usable(all), nil
}

// usable are those with a gateway that bills can name.
func usable(all []whatsapp.PaymentConfiguration) []Configuration {
	list := []Configuration{}
	for _, c := range all {
		if slices.Contains(whatsapp.Gateways(), c.Provider) {
			list = append(list, Configuration{c.Name, c.Provider, c.Active()})
		}
	}
	return list
}
