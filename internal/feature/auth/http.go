package auth

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/web"
)

const (
	cookieName = "aerostic_refresh"
	// Only the sign-in routes ever see the cookie.
	cookiePath = "/api/auth"
)

// Routes adds signing up, in and out, and the actor's own account.
func (s *Service) Routes(api *web.API) {
	public(api, "/api/auth/signup", "signUp", "Create an account and a workspace", http.StatusAccepted, s.postSignUp)
	public(api, "/api/auth/verify", "verifyEmail", "Confirm an e-mail address", http.StatusOK, s.postVerify)
	public(api, "/api/auth/verify/resend", "resendVerification", "Mail the link of a sign-up again", http.StatusAccepted, s.postResend)
	public(api, "/api/auth/login", "login", "Sign in", http.StatusOK, s.postLogin)
	public(api, "/api/auth/two-factor", "answerTwoFactor", "Finish a sign-in with a code", http.StatusOK, s.postTwoFactor)
	public(api, "/api/auth/refresh", "refresh", "Renew the session by its cookie", http.StatusOK, s.postRefresh)
	public(api, "/api/auth/logout", "logout", "End the session", http.StatusNoContent, s.postLogout)
	public(api, "/api/auth/forgot", "forgotPassword", "Mail a link to set a new password", http.StatusAccepted, s.postForgot)
	public(api, "/api/auth/reset", "resetPassword", "Set a new password with a mailed link", http.StatusNoContent, s.postReset)
	s.sessionRoutes(api)
	s.invitationRoutes(api)
	s.meRoutes(api)
}

func public[I, O any](api *web.API, path, id, summary string, status int, handler func(context.Context, *I) (*O, error)) {
	web.Register(api, web.Op{
		Method: http.MethodPost, Path: path, ID: id, Summary: summary, Status: status, Tag: "auth", Permission: web.Public,
	}, handler)
}

func client(ctx context.Context) Client {
	r := web.Request(ctx)
	return Client{IP: r.IP.String(), UserAgent: r.UserAgent, Host: r.Host}
}

// UserBody is a person as they see themselves.
type UserBody struct {
	ID               uuid.UUID `json:"id"`
	Name             string    `json:"name"`
	Email            string    `json:"email"`
	EmailVerified    bool      `json:"emailVerified"`
	TwoFactorEnabled bool      `json:"twoFactorEnabled"`
	Platform         bool      `json:"platform" doc:"Operator of the installation"`
}

// TenantBody is the workspace a session is in.
type TenantBody struct {
	ID       uuid.UUID `json:"id"`
	Name     string    `json:"name"`
	Slug     string    `json:"slug"`
	Currency string    `json:"currency"`
	Timezone string    `json:"timezone"`
}

// MembershipBody is a workspace somebody can switch to.
type MembershipBody struct {
	ID   uuid.UUID   `json:"id"`
	Name string      `json:"name"`
	Slug string      `json:"slug"`
	Role tenant.Role `json:"role" enum:"owner,admin,agent"`
}

// Account is who is signed in, where, and what they may do there.
type Account struct {
	User        UserBody           `json:"user"`
	Tenant      *TenantBody        `json:"tenant,omitempty" doc:"Absent for somebody who is in no workspace"`
	Role        tenant.Role        `json:"role,omitempty"`
	Permissions []actor.Permission `json:"permissions"`
	Tenants     []MembershipBody   `json:"tenants"`
}

// SessionBody is what a sign-in gives a client.
type SessionBody struct {
	AccessToken string `json:"accessToken" doc:"Bearer token"`
	ExpiresIn   int    `json:"expiresIn" doc:"Seconds until the access token ends"`
	Account
}

func account(s SignedIn) Account {
	a := Account{User: UserBody{
		ID: s.User.ID, Name: s.User.Name, Email: s.User.Email, EmailVerified: s.User.Verified(),
		TwoFactorEnabled: s.User.TwoFactor(), Platform: s.User.Platform,
	}}
	if s.Current != nil {
		t := s.Current.Tenant
		a.Tenant = &TenantBody{ID: t.ID, Name: t.Name, Slug: t.Slug, Currency: string(t.Currency), Timezone: t.Timezone}
		a.Role = s.Current.Role
	}
	a.Permissions = tenant.Permissions(string(a.Role), s.User.Platform)
	for _, m := range s.All {
		a.Tenants = append(a.Tenants, MembershipBody{ID: m.Tenant.ID, Name: m.Tenant.Name, Slug: m.Tenant.Slug, Role: m.Role})
	}
	return a
}

func sessionBody(s *SignedIn) SessionBody {
	return SessionBody{AccessToken: s.AccessToken, ExpiresIn: int(s.ExpiresIn / time.Second), Account: account(*s)}
}

// cookies is the Set-Cookie header of a reply: none when there is no new refresh token.
func cookies(ctx context.Context, s *SignedIn) []http.Cookie {
	if s.RefreshToken == "" {
		return nil
	}
	return []http.Cookie{cookie(ctx, s.RefreshToken, s.RefreshUntil)}
}

func cookie(ctx context.Context, value string, until time.Time) http.Cookie {
	return http.Cookie{
		Name: cookieName, Value: value, Path: cookiePath, Expires: until, HttpOnly: true,
		Secure: web.Request(ctx).Scheme == "https", SameSite: http.SameSiteStrictMode,
	}
}

func noCookie(ctx context.Context) []http.Cookie {
	gone := cookie(ctx, "", time.Time{})
	gone.MaxAge = -1
	return []http.Cookie{gone}
}
