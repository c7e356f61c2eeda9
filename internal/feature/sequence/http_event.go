package sequence

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/web"
)

type eventInput struct {
	Body struct {
		EventID string            `json:"eventId" doc:"Your own id of it; an event counts once by it, however often it is sent"`
		Name    string            `json:"name" example:"order.paid"`
		Contact whoBody           `json:"contact"`
		Create  *createBody       `json:"create,omitempty" doc:"Add the person when nobody has this address"`
		Values  map[string]string `json:"values,omitempty" doc:"What steps may say: orderId, total"`
	}
}

type whoBody struct {
	ID    *uuid.UUID `json:"id,omitempty"`
	BSUID string     `json:"bsuid,omitempty" maxLength:"200"`
	Phone string     `json:"phone,omitempty" maxLength:"40"`
	Email string     `json:"email,omitempty" maxLength:"254"`
}

type createBody struct {
	Name          string `json:"name,omitempty" maxLength:"200"`
	ConsentSource string `json:"consentSource" maxLength:"100" doc:"Where they agreed to be written to: checkout"`
}

type eventReply struct{ Body Answer }

func (s *Service) postEvent(ctx context.Context, in *eventInput) (*eventReply, error) {
	b := in.Body
	e := Event{ID: b.EventID, Name: b.Name, Values: b.Values, Who: contact.Address{BSUID: b.Contact.BSUID, Phone: b.Contact.Phone, Email: b.Contact.Email}}
	if b.Contact.ID != nil {
		e.Who.ID = *b.Contact.ID
	}
	if b.Create != nil {
		e.Create = &Stranger{Name: b.Create.Name, Consent: b.Create.ConsentSource}
	}
	a, err := s.Tell(ctx, e)
	if err != nil {
		return nil, err
	}
	return &eventReply{a}, nil
}

type eventsInput struct {
	web.PageQuery
	Name string `query:"name" required:"true" maxLength:"60"`
}

type eventKey struct {
	At time.Time `json:"at"`
	ID string    `json:"id"`
}

type eventsReply struct{ Body web.Page[Told] }

func (s *Service) getEvents(ctx context.Context, in *eventsInput) (*eventsReply, error) {
	var key eventKey
	if err := web.DecodeCursor(in.After, &key); err != nil {
		return nil, err
	}
	found, err := s.Events(ctx, in.Name, key.At, key.ID, in.Limit+1)
	if err != nil {
		return nil, err
	}
	return &eventsReply{web.PageOf(found, in.Limit, func(t Told) any { return eventKey{t.At, t.EventID} })}, nil
}
