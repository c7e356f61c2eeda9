package auth

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/feature/user"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Me is what the actor is and may enter. Tokens are left empty.
func (s *Service) Me(ctx context.Context) (SignedIn, error) {
	who, err := actor.Require(ctx)
	if err != nil {
		return SignedIn{}, err
	}
	u, err := s.userByID(ctx, who.UserID)
	if err != nil {
		return SignedIn{}, err
	}
	all, err := s.memberships(ctx, u.ID)
	if err != nil {
		return SignedIn{}, err
	}
	return SignedIn{User: u, Current: exactly(who.TenantID, all), All: all}, nil
}

func exactly(id uuid.UUID, all []tenant.Membership) *tenant.Membership {
	for i := range all {
		if all[i].Tenant.ID == id {
			return &all[i]
		}
	}
	return nil
}

// current makes the actor a new access token for the session they have.
func (s *Service) current(ctx context.Context, who actor.Actor) (*SignedIn, error) {
	me, err := s.Me(ctx)
	if err != nil {
		return nil, err
	}
	return s.signedIn(me.User, who.SessionID, me.Current, me.All)
}

// Rename changes the actor's own name.
func (s *Service) Rename(ctx context.Context, text string) error {
	name, err := user.CleanName(text)
	if err != nil {
		return err
	}
	return s.onSelf(ctx, func(ctx context.Context, tx pgx.Tx, u user.User) error {
		return s.Users.Rename(ctx, tx, u.ID, name, s.Clock.Now())
	})
}

// Switch moves the actor's session to another of their workspaces. Access tokens made before
// still name the old one until they expire.
func (s *Service) Switch(ctx context.Context, to uuid.UUID) (*SignedIn, error) {
	who, err := actor.Require(ctx)
	if err != nil {
		return nil, err
	}
	m, found, err := s.membershipIn(ctx, to, who.UserID)
	if err != nil {
		return nil, err
	}
	if !found || m.Tenant.Status != tenant.Active {
		return nil, fault.Forbidden("You are not in this workspace. Ask its owner for an invitation.").WithCode("not_member")
	}
	err = s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		return moveSession(ctx, tx, who.SessionID, to, s.Clock.Now())
	})
	if err != nil {
		return nil, err
	}
	who.TenantID = to
	return s.current(actor.With(ctx, who), who)
}

func (s *Service) membershipIn(ctx context.Context, id, user uuid.UUID) (tenant.Membership, bool, error) {
	if id == uuid.Nil {
		return tenant.Membership{}, false, nil
	}
	return s.Tenants.MembershipIn(ctx, id, user)
}
