package conversation

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/realtime"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// presenceLife is how long somebody counts as looking after they last said so; browsers say it again
// before that. Nothing of it is stored.
const presenceLife = 30 * time.Second

// Doing is what somebody does in a conversation.
type Doing string

// What people do.
const (
	Looking Doing = "looking"
	Typing  Doing = "typing"
	Away    Doing = "away" // they left it
)

// Presence is somebody in a conversation, as its browsers hear it.
type Presence struct {
	UserID uuid.UUID `json:"userId"`
	Doing  Doing     `json:"doing"`
	Until  time.Time `json:"until"`
}

// present is news of a conversation's topic.
type present struct {
	ID       uuid.UUID `json:"id"`
	Presence Presence  `json:"presence"`
}

// Attend tells the browsers that have a conversation open what the actor does there.
func (s *Service) Attend(ctx context.Context, id uuid.UUID, doing Doing) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := byID(ctx, tx, tenant, id); err != nil {
			return err
		}
		p := Presence{UserID: actor.Must(ctx).UserID, Doing: doing, Until: s.Clock.Now().Add(presenceLife)}
		return realtime.Publish(ctx, tx, tenant, Topic(id), present{ID: id, Presence: p})
	})
}

func (s *Service) presenceRoutes(api *web.API) {
	attend := op(http.MethodPost, "/api/conversations/{id}/presence", "attendConversation", "Tell who else looks that you look or type; say it again within 30 seconds", mayRead)
	attend.Quiet = true
	web.Register(api, attend, s.postPresence)
}

type presenceInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Doing Doing `json:"doing" enum:"looking,typing,away"`
	}
}

func (s *Service) postPresence(ctx context.Context, in *presenceInput) (*struct{}, error) {
	return nil, s.Attend(ctx, in.ID, in.Body.Doing)
}
