package auth

import (
	"context"
	"net/http"
	"time"

	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func (s *Service) invitationRoutes(api *web.API) {
	web.Register(api, web.Op{
		Method: http.MethodGet, Path: "/api/auth/invitations/{token}", ID: "viewInvitation", Tag: "auth",
		Summary: "What an invitation's link invites to", Permission: web.Public,
	}, s.getInvitation)
	web.Register(api, web.Op{
		Method: http.MethodPost, Path: "/api/auth/invitations/{token}/accept", ID: "acceptInvitation", Tag: "auth",
		Summary: "Join a workspace by its invitation", Permission: web.Public,
	}, s.postAcceptInvitation)
}

type invitationRequest struct {
	Token string `path:"token" maxLength:"200"`
}

type invitationReply struct {
	Body struct {
		Workspace    string      `json:"workspace"`
		Email        string      `json:"email"`
		Role         tenant.Role `json:"role" enum:"owner,admin,agent"`
		InvitedBy    string      `json:"invitedBy"`
		ExistingUser bool        `json:"existingUser" doc:"The address has an account: no name and password needed"`
		ExpiresAt    time.Time   `json:"expiresAt"`
	}
}

func (s *Service) getInvitation(ctx context.Context, in *invitationRequest) (*invitationReply, error) {
	view, err := s.ViewInvitation(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	reply := &invitationReply{}
	reply.Body.Workspace, reply.Body.Email, reply.Body.Role = view.Workspace, view.Email, view.Role
	reply.Body.InvitedBy, reply.Body.ExistingUser, reply.Body.ExpiresAt = view.InvitedBy, view.ExistingUser, view.ExpiresAt
	return reply, nil
}

type acceptRequest struct {
	Token string `path:"token" maxLength:"200"`
	Body  struct {
		Name     string `json:"name,omitempty" maxLength:"400" doc:"For somebody without an account"`
		Password string `json:"password,omitempty" maxLength:"1000" doc:"The new one, or that of the account the address has"`
	}
}

type acceptReply struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      AcceptBody
}

// AcceptBody is a session, or how to get one: accessToken is there exactly when neither a
// sign-in nor a second factor is required.
type AcceptBody struct {
	SignInRequired bool `json:"signInRequired" doc:"The membership is there; sign in to the account that the address has"`
	LoginBody
}

func (s *Service) postAcceptInvitation(ctx context.Context, in *acceptRequest) (*acceptReply, error) {
	outcome, err := s.AcceptInvitation(ctx, Acceptance{
		Token: in.Token, Name: in.Body.Name, Password: in.Body.Password, Client: client(ctx),
	})
	if err != nil {
		return nil, err
	}
	reply := &acceptReply{Body: AcceptBody{LoginBody: loginBody(outcome)}}
	reply.Body.SignInRequired = outcome == Outcome{}
	if outcome.SignedIn != nil {
		reply.SetCookie = cookies(ctx, outcome.SignedIn)
	}
	return reply, nil
}
