package auth

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/web"
)

func (s *Service) sessionRoutes(api *web.API) {
	signedIn := func(path, id, summary string, status int) web.Op {
		return web.Op{Method: http.MethodPost, Path: path, ID: id, Summary: summary, Status: status, Tag: "auth", Permission: web.SignedIn}
	}
	web.Register(api, signedIn("/api/auth/logout-everywhere", "logoutEverywhere", "End every session of the person", http.StatusNoContent), s.postLogoutEverywhere)
	web.Register(api, signedIn("/api/auth/switch", "switchWorkspace", "Go to another workspace", http.StatusOK), s.postSwitch)
	web.Register(api, signedIn("/api/auth/realtime-token", "realtimeToken", "Short-lived token for the websocket", http.StatusOK), s.postRealtimeToken)
}

type signUpRequest struct {
	Body struct {
		Name      string `json:"name" maxLength:"400"`
		Email     string `json:"email" maxLength:"400"`
		Password  string `json:"password" maxLength:"1000"`
		Workspace string `json:"workspace" maxLength:"400"`
		Slug      string `json:"slug,omitempty" maxLength:"100" doc:"Address label; made from the workspace's name when empty"`
	}
}

type checkMailReply struct {
	Body struct {
		Message string `json:"message" doc:"What to do next; the same whether or not the address has an account"`
	}
}

func checkMail(sentence string) *checkMailReply {
	reply := &checkMailReply{}
	reply.Body.Message = sentence
	return reply
}

func (s *Service) postSignUp(ctx context.Context, in *signUpRequest) (*checkMailReply, error) {
	err := s.SignUp(ctx, SignUp{
		Name: in.Body.Name, Email: in.Body.Email, Password: in.Body.Password, Workspace: in.Body.Workspace, Slug: in.Body.Slug,
	})
	if err != nil {
		return nil, err
	}
	return checkMail("Check your mail and open the link in it."), nil
}

type tokenRequest struct {
	Body struct {
		Token string `json:"token" maxLength:"200"`
	}
}

type verifyReply struct {
	Body struct {
		Email string `json:"email"`
	}
}

func (s *Service) postVerify(ctx context.Context, in *tokenRequest) (*verifyReply, error) {
	reply := &verifyReply{}
	var err error
	reply.Body.Email, err = s.Verify(ctx, in.Body.Token)
	if err != nil {
		return nil, err
	}
	return reply, nil
}

type loginRequest struct {
	Body struct {
		Email    string `json:"email" maxLength:"400"`
		Password string `json:"password" maxLength:"1000"`
		Tenant   string `json:"tenant,omitempty" maxLength:"100" doc:"Slug of the workspace to enter"`
	}
}

type loginReply struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      LoginBody
}

// LoginBody is a session, or the challenge of the second factor: accessToken is there exactly
// when twoFactorRequired is false.
type LoginBody struct {
	TwoFactorRequired bool   `json:"twoFactorRequired"`
	Challenge         string `json:"challenge,omitempty" doc:"Give it with the code to /api/auth/two-factor within five minutes"`
	AccessToken       string `json:"accessToken,omitempty" doc:"Bearer token"`
	ExpiresIn         int    `json:"expiresIn,omitempty" doc:"Seconds until the access token ends"`
	*Account
}

func (s *Service) postLogin(ctx context.Context, in *loginRequest) (*loginReply, error) {
	outcome, err := s.Login(ctx, Login{
		Email: in.Body.Email, Password: in.Body.Password, Workspace: in.Body.Tenant, Client: client(ctx),
	})
	if err != nil {
		return nil, err
	}
	reply := &loginReply{Body: loginBody(outcome)}
	if outcome.SignedIn != nil {
		reply.SetCookie = cookies(ctx, outcome.SignedIn)
	}
	return reply, nil
}

func loginBody(o Outcome) LoginBody {
	if o.SignedIn == nil {
		return LoginBody{TwoFactorRequired: o.Challenge != "", Challenge: o.Challenge}
	}
	who := account(*o.SignedIn)
	return LoginBody{AccessToken: o.SignedIn.AccessToken, ExpiresIn: int(o.SignedIn.ExpiresIn / time.Second), Account: &who}
}

type sessionReply struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      SessionBody
}

func replySession(ctx context.Context, signed *SignedIn, err error) (*sessionReply, error) {
	if err != nil {
		return nil, err
	}
	return &sessionReply{SetCookie: cookies(ctx, signed), Body: sessionBody(signed)}, nil
}

type twoFactorRequest struct {
	Body struct {
		Challenge string `json:"challenge" maxLength:"2000"`
		Code      string `json:"code" maxLength:"100" doc:"Six digits of the app, or a recovery code"`
	}
}

func (s *Service) postTwoFactor(ctx context.Context, in *twoFactorRequest) (*sessionReply, error) {
	signed, err := s.TwoFactor(ctx, in.Body.Challenge, in.Body.Code, client(ctx))
	return replySession(ctx, signed, err)
}

type cookieRequest struct {
	Refresh string `cookie:"aerostic_refresh"`
}

func (s *Service) postRefresh(ctx context.Context, in *cookieRequest) (*sessionReply, error) {
	if err := web.SameOrigin(ctx); err != nil {
		return nil, err
	}
	signed, err := s.Refresh(ctx, in.Refresh)
	return replySession(ctx, signed, err)
}

type noContent struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
}

func (s *Service) postLogout(ctx context.Context, in *cookieRequest) (*noContent, error) {
	if err := web.SameOrigin(ctx); err != nil {
		return nil, err
	}
	if err := s.Logout(ctx, in.Refresh); err != nil {
		return nil, err
	}
	return &noContent{SetCookie: noCookie(ctx)}, nil
}

func (s *Service) postLogoutEverywhere(ctx context.Context, _ *struct{}) (*noContent, error) {
	if err := s.LogoutEverywhere(ctx); err != nil {
		return nil, err
	}
	return &noContent{SetCookie: noCookie(ctx)}, nil
}

type forgotRequest struct {
	Body struct {
		Email string `json:"email" maxLength:"400"`
	}
}

func (s *Service) postResend(ctx context.Context, in *forgotRequest) (*checkMailReply, error) {
	if err := s.ResendVerification(ctx, in.Body.Email); err != nil {
		return nil, err
	}
	return checkMail("If this address waits to be confirmed, a new link is on its way."), nil
}

func (s *Service) postForgot(ctx context.Context, in *forgotRequest) (*checkMailReply, error) {
	if err := s.Forgot(ctx, in.Body.Email); err != nil {
		return nil, err
	}
	return checkMail("If this address has an account, a link to set a new password is on its way."), nil
}

type resetRequest struct {
	Body struct {
		Token    string `json:"token" maxLength:"200"`
		Password string `json:"password" maxLength:"1000"`
	}
}

func (s *Service) postReset(ctx context.Context, in *resetRequest) (*struct{}, error) {
	return nil, s.Reset(ctx, in.Body.Token, in.Body.Password)
}

type switchRequest struct {
	Body struct {
		TenantID uuid.UUID `json:"tenantId"`
	}
}

func (s *Service) postSwitch(ctx context.Context, in *switchRequest) (*sessionReply, error) {
	signed, err := s.Switch(ctx, in.Body.TenantID)
	return replySession(ctx, signed, err)
}

type realtimeTokenReply struct {
	Body struct {
		Token     string `json:"token"`
		ExpiresIn int    `json:"expiresIn" doc:"Seconds"`
	}
}

func (s *Service) postRealtimeToken(ctx context.Context, _ *struct{}) (*realtimeTokenReply, error) {
	reply := &realtimeTokenReply{}
	reply.Body.ExpiresIn = int(RealtimeLife / time.Second)
	var err error
	reply.Body.Token, err = s.RealtimeToken(ctx)
	if err != nil {
		return nil, err
	}
	return reply, nil
}
