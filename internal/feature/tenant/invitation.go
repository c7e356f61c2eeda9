package tenant

import (
	"context"
	"encoding/base64"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/mail"
	"github.com/aerostic/aerostic/internal/platform/secret"
)

// InvitationLife is how long an invitation can be accepted after it was last sent.
const InvitationLife = 7 * 24 * time.Hour

// Invitation asks somebody by mail to join a workspace. Workspace and InvitedBy are names, for
// reading.
type Invitation struct {
	TenantID  uuid.UUID
	ID        uuid.UUID
	Email     string // clean
	Role      Role
	InviterID uuid.UUID
	InvitedBy string
	Workspace string
	ExpiresAt time.Time
	SentAt    *time.Time
	CreatedAt time.Time
}

// Invite asks the person with an address to join the actor's workspace. An open invitation
// to that address is renewed and sent again; a member is a fault of kind conflict.
func (s *Service) Invite(ctx context.Context, address string, role Role) (Invitation, error) {
	who := actor.Must(ctx)
	email, ok := mail.CleanAddress(address)
	if !ok {
		return Invitation{}, invalid("body.email", "Enter an e-mail address such as ann@example.com.")
	}
	if err := checkGrant(Role(who.Role), role); err != nil {
		return Invitation{}, err
	}
	now := s.Clock.Now()
	inv := Invitation{
		TenantID: who.TenantID, ID: ident.New(), Email: email, Role: role,
		InviterID: who.UserID, ExpiresAt: now.Add(InvitationLife), CreatedAt: now,
	}
	err := s.inActorTenant(ctx, func(ctx context.Context, tx pgx.Tx, id uuid.UUID) error {
		member, err := isMember(ctx, tx, id, email)
		if err != nil {
			return err
		}
		if member {
			return fault.Conflict("This person is in the workspace already.").WithCode("already_member")
		}
		return s.store(ctx, tx, &inv)
	})
	return inv, err
}

// store writes a new invitation, or renews the open one to the same address.
func (s *Service) store(ctx context.Context, tx pgx.Tx, inv *Invitation) error {
	open, found, err := openInvitationTo(ctx, tx, inv.TenantID, inv.Email)
	if err != nil {
		return err
	}
	if found {
		// An admin may not turn an owner's invitation of an owner into something else.
		if err := checkGrant(Role(actor.Must(ctx).Role), open.Role); err != nil {
			return err
		}
		inv.ID, inv.CreatedAt = open.ID, open.CreatedAt
		err = renewInvitation(ctx, tx, *inv)
	} else {
		err = insertInvitation(ctx, tx, *inv)
	}
	if err != nil {
		return err
	}
	return s.Queue.Insert(ctx, tx, InvitationMailArgs{TenantID: inv.TenantID, InvitationID: inv.ID}, nil)
}

// Resend renews an open invitation of the actor's workspace and mails a new link; the old link
// stops working.
func (s *Service) Resend(ctx context.Context, id uuid.UUID) (inv Invitation, err error) {
	now := s.Clock.Now()
	err = s.inActorTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if inv, err = lockInvitation(ctx, tx, tenant, id); err != nil {
			return err
		}
		if err := checkGrant(Role(actor.Must(ctx).Role), inv.Role); err != nil {
			return err
		}
		inv.InviterID, inv.ExpiresAt = actor.Must(ctx).UserID, now.Add(InvitationLife)
		if err := renewInvitation(ctx, tx, inv); err != nil {
			return err
		}
		return s.Queue.Insert(ctx, tx, InvitationMailArgs{TenantID: tenant, InvitationID: id}, nil)
	})
	return inv, err
}

// Revoke ends an open invitation of the actor's workspace.
func (s *Service) Revoke(ctx context.Context, id uuid.UUID) error {
	return s.inActorTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		inv, err := lockInvitation(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		if err := checkGrant(Role(actor.Must(ctx).Role), inv.Role); err != nil {
			return err
		}
		return revokeInvitation(ctx, tx, tenant, id, s.Clock.Now())
	})
}

// Invitations lists the open invitations of the actor's workspace, the newest first, before the
// given id (uuid.Nil from the start), at most limit. Expired ones are among them.
func (s *Service) Invitations(ctx context.Context, before uuid.UUID, limit int) (list []Invitation, err error) {
	err = s.inActorTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err = listInvitations(ctx, tx, tenant, before, limit)
		return err
	})
	return list, err
}

func (s *Service) inActorTenant(ctx context.Context, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	id, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	return s.DB.InTenant(ctx, id, func(ctx context.Context, tx pgx.Tx) error { return fn(ctx, tx, id) })
}

// InvitationKey is what the secret in a link opens: the workspace is part of the link, since
// an invitation can only be read inside it.
type InvitationKey struct {
	TenantID uuid.UUID
	hash     []byte
}

// ParseInvitationToken reads the token of a link. Another text is the same fault as a token
// that opens nothing.
func ParseInvitationToken(token string) (InvitationKey, error) {
	place, secretText, _ := strings.Cut(token, ".")
	raw, err := base64.RawURLEncoding.DecodeString(place)
	if err != nil {
		return InvitationKey{}, invitationGone()
	}
	id, err := uuid.FromBytes(raw)
	if err != nil || id == uuid.Nil {
		return InvitationKey{}, invitationGone()
	}
	return InvitationKey{TenantID: id, hash: secret.Hash(secretText)}, nil
}

func invitationToken(tenant uuid.UUID, secretText string) string {
	return base64.RawURLEncoding.EncodeToString(tenant[:]) + "." + secretText
}

// OpenInvitation returns the invitation that key opens, locked, in a transaction of its
// workspace. One that is used, revoked or expired is a fault of kind gone.
func OpenInvitation(ctx context.Context, tx pgx.Tx, key InvitationKey, at time.Time) (Invitation, error) {
	inv, err := invitationByToken(ctx, tx, key.TenantID, key.hash)
	if err != nil {
		return Invitation{}, err
	}
	if !at.Before(inv.ExpiresAt) {
		return Invitation{}, invitationGone()
	}
	return inv, nil
}

// TakeInvitation makes the person a member as the invitation says and closes it.
func TakeInvitation(ctx context.Context, tx pgx.Tx, inv Invitation, user uuid.UUID, at time.Time) error {
	m := Member{TenantID: inv.TenantID, UserID: user, Role: inv.Role, Since: at}
	if err := AddMember(ctx, tx, m); err != nil {
		return err
	}
	return acceptInvitation(ctx, tx, inv.TenantID, inv.ID, at)
}

func invitationGone() error {
	return fault.Gone("This invitation was used, withdrawn or is older than seven days. Ask for a new one.").WithCode("invitation_gone")
}

func noInvitation() error {
	return fault.NotFound("There is no open invitation like this.")
}
