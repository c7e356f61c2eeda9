package tenant

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/web"
)

func (s *Service) teamRoutes(api *web.API) {
	web.Register(api, web.Op{
		Method: http.MethodGet, Path: "/api/members", ID: "listMembers", Tag: "team",
		Summary: "People in the workspace", Permission: TeamRead,
	}, s.listMembers)
	web.Register(api, web.Op{
		Method: http.MethodPatch, Path: "/api/members/{userId}", ID: "updateMember", Tag: "team",
		Summary: "Change somebody's role", Permission: TeamWrite,
	}, s.patchMember)
	web.Register(api, web.Op{
		Method: http.MethodDelete, Path: "/api/members/{userId}", ID: "removeMember", Tag: "team",
		Summary: "Remove somebody from the workspace", Permission: TeamWrite,
	}, s.deleteMember)
	web.Register(api, web.Op{
		Method: http.MethodGet, Path: "/api/invitations", ID: "listInvitations", Tag: "team",
		Summary: "Open invitations", Permission: TeamRead,
	}, s.listInvitations)
	web.Register(api, web.Op{
		Method: http.MethodPost, Path: "/api/invitations", ID: "invite", Tag: "team", Status: http.StatusCreated,
		Summary: "Invite somebody by mail", Permission: TeamWrite, Idempotent: true,
	}, s.postInvitation)
	web.Register(api, web.Op{
		Method: http.MethodPost, Path: "/api/invitations/{id}/resend", ID: "resendInvitation", Tag: "team",
		Summary: "Renew an invitation and mail it again", Permission: TeamWrite, Idempotent: true,
	}, s.resendInvitation)
	web.Register(api, web.Op{
		Method: http.MethodDelete, Path: "/api/invitations/{id}", ID: "revokeInvitation", Tag: "team",
		Summary: "Withdraw an invitation", Permission: TeamWrite,
	}, s.revokeInvitation)
}

// MemberBody is a member as the team page shows them.
type MemberBody struct {
	UserID           uuid.UUID `json:"userId"`
	Name             string    `json:"name"`
	Email            string    `json:"email"`
	Role             Role      `json:"role" enum:"owner,admin,agent"`
	TwoFactorEnabled bool      `json:"twoFactorEnabled"`
	JoinedAt         time.Time `json:"joinedAt"`
}

func memberBody(m Member) MemberBody {
	return MemberBody{
		UserID: m.UserID, Name: m.Name, Email: m.Email, Role: m.Role, TwoFactorEnabled: m.TwoFactor, JoinedAt: m.Since,
	}
}

type membersReply struct{ Body web.Page[MemberBody] }

func (s *Service) listMembers(ctx context.Context, in *web.PageQuery) (*membersReply, error) {
	var after uuid.UUID
	if err := web.DecodeCursor(in.After, &after); err != nil {
		return nil, err
	}
	members, err := s.Members(ctx, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	items := make([]MemberBody, len(members))
	for i, m := range members {
		items[i] = memberBody(m)
	}
	return &membersReply{Body: web.PageOf(items, in.Limit, func(last MemberBody) any { return last.UserID })}, nil
}

type patchMemberRequest struct {
	UserID uuid.UUID `path:"userId"`
	Body   struct {
		Role Role `json:"role" enum:"owner,admin,agent"`
	}
}

type memberReply struct{ Body MemberBody }

func (s *Service) patchMember(ctx context.Context, in *patchMemberRequest) (*memberReply, error) {
	m, err := s.ChangeRole(ctx, in.UserID, in.Body.Role)
	if err != nil {
		return nil, err
	}
	return &memberReply{Body: memberBody(m)}, nil
}

type memberPath struct {
	UserID uuid.UUID `path:"userId"`
}

func (s *Service) deleteMember(ctx context.Context, in *memberPath) (*struct{}, error) {
	return nil, s.Remove(ctx, in.UserID)
}

// InvitationBody is an invitation as the team page shows it.
type InvitationBody struct {
	ID        uuid.UUID  `json:"id"`
	Email     string     `json:"email"`
	Role      Role       `json:"role" enum:"owner,admin,agent"`
	InvitedBy string     `json:"invitedBy,omitempty"`
	Expired   bool       `json:"expired"`
	ExpiresAt time.Time  `json:"expiresAt"`
	SentAt    *time.Time `json:"sentAt,omitempty"`
	CreatedAt time.Time  `json:"createdAt"`
}

func (s *Service) invitationBody(inv Invitation) InvitationBody {
	return InvitationBody{
		ID: inv.ID, Email: inv.Email, Role: inv.Role, InvitedBy: inv.InvitedBy, SentAt: inv.SentAt,
		Expired: !s.Clock.Now().Before(inv.ExpiresAt), ExpiresAt: inv.ExpiresAt, CreatedAt: inv.CreatedAt,
	}
}

type invitationsReply struct{ Body web.Page[InvitationBody] }

func (s *Service) listInvitations(ctx context.Context, in *web.PageQuery) (*invitationsReply, error) {
	var before uuid.UUID
	if err := web.DecodeCursor(in.After, &before); err != nil {
		return nil, err
	}
	list, err := s.Invitations(ctx, before, in.Limit+1)
	if err != nil {
		return nil, err
	}
	items := make([]InvitationBody, len(list))
	for i, inv := range list {
		items[i] = s.invitationBody(inv)
	}
	return &invitationsReply{Body: web.PageOf(items, in.Limit, func(last InvitationBody) any { return last.ID })}, nil
}

type inviteRequest struct {
	Body struct {
		Email string `json:"email" maxLength:"254"`
		Role  Role   `json:"role" enum:"owner,admin,agent"`
	}
}

type invitationReply struct{ Body InvitationBody }

func (s *Service) postInvitation(ctx context.Context, in *inviteRequest) (*invitationReply, error) {
	return s.replyInvitation(s.Invite(ctx, in.Body.Email, in.Body.Role))
}

type invitationPath struct {
	ID uuid.UUID `path:"id"`
}

func (s *Service) resendInvitation(ctx context.Context, in *invitationPath) (*invitationReply, error) {
	return s.replyInvitation(s.Resend(ctx, in.ID))
}

func (s *Service) replyInvitation(inv Invitation, err error) (*invitationReply, error) {
	if err != nil {
		return nil, err
	}
	return &invitationReply{Body: s.invitationBody(inv)}, nil
}

func (s *Service) revokeInvitation(ctx context.Context, in *invitationPath) (*struct{}, error) {
	return nil, s.Revoke(ctx, in.ID)
}
