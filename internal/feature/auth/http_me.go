package auth

import (
	"context"
	"net/http"

	"github.com/aerostic/aerostic/internal/platform/web"
)

func (s *Service) meRoutes(api *web.API) {
	own := func(method, path, id, summary string, status int) web.Op {
		return web.Op{Method: method, Path: path, ID: id, Summary: summary, Status: status, Tag: "me", Permission: web.SignedIn}
	}
	web.Register(api, own(http.MethodGet, "/api/me", "getMe", "Who is signed in", http.StatusOK), s.getMe)
	web.Register(api, own(http.MethodPatch, "/api/me", "updateMe", "Change one's own name", http.StatusOK), s.patchMe)
	web.Register(api, own(http.MethodPost, "/api/me/password", "changePassword", "Change one's own password", http.StatusOK), s.postPassword)
	web.Register(api, own(http.MethodPost, "/api/me/two-factor/start", "startTwoFactor", "Show a second factor to confirm", http.StatusOK), s.postTwoFactorStart)
	web.Register(api, own(http.MethodPost, "/api/me/two-factor/confirm", "confirmTwoFactor", "Turn the second factor on", http.StatusOK), s.postTwoFactorConfirm)
	web.Register(api, own(http.MethodPost, "/api/me/two-factor/disable", "disableTwoFactor", "Turn the second factor off", http.StatusNoContent), s.postTwoFactorDisable)
	web.Register(api, own(http.MethodPost, "/api/me/two-factor/recovery-codes", "renewRecoveryCodes", "Replace the recovery codes", http.StatusOK), s.postRecoveryCodes)
}

type meReply struct{ Body Account }

func (s *Service) getMe(ctx context.Context, _ *struct{}) (*meReply, error) {
	me, err := s.Me(ctx)
	if err != nil {
		return nil, err
	}
	return &meReply{Body: account(me)}, nil
}

type patchMeRequest struct {
	Body struct {
		Name *string `json:"name,omitempty" maxLength:"400"`
	}
}

func (s *Service) patchMe(ctx context.Context, in *patchMeRequest) (*meReply, error) {
	if in.Body.Name != nil {
		if err := s.Rename(ctx, *in.Body.Name); err != nil {
			return nil, err
		}
	}
	return s.getMe(ctx, nil)
}

type passwordRequest struct {
	Body struct {
		CurrentPassword string `json:"currentPassword" maxLength:"1000"`
		Password        string `json:"password" maxLength:"1000"`
	}
}

func (s *Service) postPassword(ctx context.Context, in *passwordRequest) (*sessionReply, error) {
	signed, err := s.ChangePassword(ctx, in.Body.CurrentPassword, in.Body.Password)
	return replySession(ctx, signed, err)
}

type enrolmentReply struct {
	Body struct {
		Secret string `json:"secret" doc:"Base32, for typing"`
		URL    string `json:"url" doc:"otpauth URL"`
		QR     string `json:"qr" doc:"Data URL of a PNG"`
	}
}

func (s *Service) postTwoFactorStart(ctx context.Context, _ *struct{}) (*enrolmentReply, error) {
	enrolment, err := s.StartTwoFactor(ctx)
	if err != nil {
		return nil, err
	}
	reply := &enrolmentReply{}
	reply.Body.Secret, reply.Body.URL, reply.Body.QR = enrolment.Secret, enrolment.URL, enrolment.QR
	return reply, nil
}

type codeRequest struct {
	Body struct {
		Code string `json:"code" maxLength:"100"`
	}
}

type recoveryCodesReply struct {
	Body struct {
		RecoveryCodes []string `json:"recoveryCodes" doc:"Each works once; they cannot be read again"`
	}
}

func replyCodes(codes []string, err error) (*recoveryCodesReply, error) {
	if err != nil {
		return nil, err
	}
	reply := &recoveryCodesReply{}
	reply.Body.RecoveryCodes = codes
	return reply, nil
}

func (s *Service) postTwoFactorConfirm(ctx context.Context, in *codeRequest) (*recoveryCodesReply, error) {
	return replyCodes(s.ConfirmTwoFactor(ctx, in.Body.Code))
}

type bothFactorsRequest struct {
	Body struct {
		Password string `json:"password" maxLength:"1000"`
		Code     string `json:"code" maxLength:"100"`
	}
}

func (s *Service) postTwoFactorDisable(ctx context.Context, in *bothFactorsRequest) (*struct{}, error) {
	return nil, s.DisableTwoFactor(ctx, in.Body.Password, in.Body.Code)
}

func (s *Service) postRecoveryCodes(ctx context.Context, in *bothFactorsRequest) (*recoveryCodesReply, error) {
	return replyCodes(s.RenewRecoveryCodes(ctx, in.Body.Password, in.Body.Code))
}
