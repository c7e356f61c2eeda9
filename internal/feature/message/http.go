package message

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// Routes registers the feature's operations.
func (s *Service) Routes(api *web.API) {
	s.mediaRoutes(api)
	web.Register(api, web.Op{Method: http.MethodGet, Path: "/api/messages/{id}", Summary: "How a message stands", Tag: "message", Permission: "campaign.read"}, s.getMessage)
	web.Register(api, web.Op{Method: http.MethodGet, Path: "/api/messages/{id}/explain", ID: "explainMessage", Summary: "Everything known of a message, step by step", Tag: "message", Permission: "campaign.read"}, s.getExplained)
	web.Register(api, web.Op{Method: http.MethodGet, Path: "/api/platform/set-asides", Summary: "Webhook items that could not be applied", Tag: "platform", Permission: web.Platform}, s.listSetAsides)
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/platform/set-asides/{id}/retry", Summary: "Apply an item again", Tag: "platform", Permission: web.Platform}, s.retryOne)
	web.Register(api, web.Op{Method: http.MethodPost, Path: "/api/platform/deliveries/{id}/replay", Summary: "Apply a whole webhook delivery again", Tag: "platform", Permission: web.Platform}, s.replay)
}

// WebhookRoutes registers where Meta delivers; they belong to the webhook role.
func (in *Intake) WebhookRoutes(api *web.API) {
	for method, summary := range map[string]string{http.MethodGet: "Meta checks the callback URL", http.MethodPost: "Meta delivers signed webhooks"} {
		api.Mount(web.Op{Method: method, Path: "/webhooks/whatsapp", Summary: summary, Tag: "receiving", Permission: web.Public,
			BodyLimit: maxBody, Timeout: -1, Limit: web.LimitNone, Quiet: true}, in.ServeHTTP)
	}
}

type idPath struct {
	ID uuid.UUID `path:"id"`
}

// Step is one thing that happened to a message.
type Step struct {
	Step string    `json:"step"`
	At   time.Time `json:"at"`
}

// Body is a message as the API shows it.
type Body struct {
	ID          uuid.UUID    `json:"id"`
	ContactID   uuid.UUID    `json:"contactId"`
	ChannelID   uuid.UUID    `json:"channelId"`
	CampaignID  *uuid.UUID   `json:"campaignId,omitempty"`
	State       State        `json:"state"`
	Origin      string       `json:"origin"`
	Category    string       `json:"category"`
	Steps       []Step       `json:"steps"`
	Explanation *Explanation `json:"explanation,omitempty" doc:"Why it ended so, in plain words, and what to do"`
	ErrorCode   int          `json:"errorCode,omitempty" doc:"Meta's"`
	Held        money.Amount `json:"held" doc:"Reserved for it now, in ten-thousandths"`
	Base        money.Amount `json:"base" doc:"Charged: WhatsApp's price"`
	Markup      money.Amount `json:"markup" doc:"Charged: the platform's markup"`
	PricingType string       `json:"pricingType,omitempty" doc:"As WhatsApp reported it"`
}

type messageReply struct{ Body Body }

const sqlMessage = `
select id, contact_id, channel_id, campaign_id, state, origin, category, coalesce(reason, ''), coalesce(error_code, 0),
    case when hold_open then hold_amount else 0 end, posted_base, posted_markup, pricing_type,
    created_at, claimed_at, accepted_at, sent_at, delivered_at, read_at, ended_at
from messages where tenant_id = $1 and id = $2`

func (s *Service) getMessage(ctx context.Context, in *idPath) (*messageReply, error) {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return nil, err
	}
	var reply messageReply
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
		reply.Body, err = readMessage(tx.QueryRow(ctx, sqlMessage, tenant, in.ID))
		return err
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, fault.NotFound("There is no message with this id.")
	}
	if err != nil {
		return nil, fmt.Errorf("read message: %w", err)
	}
	return &reply, nil
}

type explainedReply struct{ Body Explained }

func (s *Service) getExplained(ctx context.Context, in *idPath) (*explainedReply, error) {
	e, err := s.Explain(ctx, in.ID)
	return &explainedReply{e}, err
}

func readMessage(r pgx.Row) (Body, error) {
	var b Body
	var reason string
	steps := []string{"queued", "sending", "accepted", "sent", "delivered", "read", "ended"}
	times := make([]*time.Time, len(steps))
	err := r.Scan(&b.ID, &b.ContactID, &b.ChannelID, &b.CampaignID, &b.State, &b.Origin, &b.Category, &reason, &b.ErrorCode,
		&b.Held, &b.Base, &b.Markup, &b.PricingType, &times[0], &times[1], &times[2], &times[3], &times[4], &times[5], &times[6])
	for i, at := range times {
		if at != nil {
			b.Steps = append(b.Steps, Step{steps[i], *at})
		}
	}
	if reason != "" || b.ErrorCode != 0 {
		e := Explain(reason, b.ErrorCode)
		b.Explanation = &e
	}
	return b, err
}

// SetAsideBody is an item waiting for the operator. The item itself is not shown:
// it may hold what a customer wrote.
type SetAsideBody struct {
	ID            uuid.UUID  `json:"id"`
	DeliveryID    uuid.UUID  `json:"deliveryId"`
	Kind          string     `json:"kind"`
	Reason        string     `json:"reason"`
	PhoneNumberID string     `json:"phoneNumberId,omitempty"`
	WABAID        string     `json:"wabaId,omitempty"`
	Attempts      int        `json:"attempts"`
	NextAt        *time.Time `json:"nextAt,omitempty"`
	CreatedAt     time.Time  `json:"createdAt"`
}

type setAsidesReply struct{ Body web.Page[SetAsideBody] }

type setAsideKey struct {
	At time.Time `json:"at"`
	ID uuid.UUID `json:"id"`
}

func (s *Service) listSetAsides(ctx context.Context, in *web.PageQuery) (*setAsidesReply, error) {
	key := setAsideKey{At: s.Clock.Now().Add(time.Hour), ID: uuid.Max}
	if err := web.DecodeCursor(in.After, &key); err != nil {
		return nil, err
	}
	var found []SetAside
	err := s.DB.AsSystem(ctx, "the operator lists set-aside items", func(ctx context.Context, tx pgx.Tx) (err error) {
		found, err = openSetAsides(ctx, tx, key.At, key.ID, in.Limit+1)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list set-asides: %w", err)
	}
	bodies := make([]SetAsideBody, len(found))
	for i, a := range found {
		bodies[i] = SetAsideBody{a.ID, a.DeliveryID, a.Kind, a.Reason, a.PhoneNumberID, a.WABAID, a.Attempts, a.NextAt, a.CreatedAt}
	}
	return &setAsidesReply{web.PageOf(bodies, in.Limit, func(b SetAsideBody) any { return setAsideKey{b.CreatedAt, b.ID} })}, nil
}

func (s *Service) retryOne(ctx context.Context, in *idPath) (*struct{}, error) {
	var found SetAside
	err := s.DB.AsSystem(ctx, "the operator retries a set-aside item", func(ctx context.Context, tx pgx.Tx) (err error) {
		if found, err = setAsideByID(ctx, tx, in.ID); err != nil {
			return err
		}
		if found.Kind == "status" {
			return retrySetAside(ctx, tx, in.ID, s.Clock.Now())
		}
		if err := replayDelivery(ctx, tx, found.DeliveryID); err != nil {
			return err
		}
		return resolveSetAsides(ctx, tx, []uuid.UUID{in.ID}, s.Clock.Now())
	})
	return nil, missing(err, "There is no open item with this id.")
}

func (s *Service) replay(ctx context.Context, in *idPath) (*struct{}, error) {
	err := s.DB.AsSystem(ctx, "the operator replays a delivery", func(ctx context.Context, tx pgx.Tx) error {
		return replayDelivery(ctx, tx, in.ID)
	})
	return nil, missing(err, "There is no delivery with this id.")
}

func missing(err error, sentence string) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.NotFound(sentence)
	}
	return err
}
