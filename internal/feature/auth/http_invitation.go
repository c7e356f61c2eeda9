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
		Password string `json:"password,omitempty" maxLength:"1000" doc:"For somebody without an account"`
	}
}

type acceptReply struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      AcceptBody
}

// AcceptBody says how to go on: with the session, or by signing in to the account that the
// address has.
type AcceptBody struct {
	SignInRequired bool   `json:"signInRequired"`
	AccessToken    string `json:"accessToken,omitempty"`
	ExpiresIn      int    `json:"expiresIn,omitempty" doc:"Seconds until the access token ends"`
	*Account
}

func (s *Service) postAcceptInvitation(ctx context.Context, in *acceptRequest) (*acceptReply, error) {
	signed, err := s.AcceptInvitation(ctx, Acceptance{
		Token: in.Token, Name: in.Body.Name, Password: in.Body.Password, Client: client(ctx),
	})
	if err != nil {
		return nil, err
	}
	if signed == nil {
		return &acceptReply{Body: AcceptBody{SignInRequired: true}}, nil
	}
	who := account(*signed)
	return &acceptReply{
		SetCookie: cookies(ctx, signed),
		Body:      AcceptBody{AccessToken: signed.AccessToken, ExpiresIn: int(signed.ExpiresIn / time.Second), Account: &who},
	}, nil
}
