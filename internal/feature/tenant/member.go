package tenant

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Member is a person in a workspace. Name, Email and TwoFactor are the person's, for reading.
type Member struct {
	TenantID  uuid.UUID
	UserID    uuid.UUID
	Role      Role
	Since     time.Time
	Name      string
	Email     string
	TwoFactor bool
}

// Members lists the people of the actor's workspace by id, after the given one (uuid.Nil from
// the start), at most limit.
func (s *Service) Members(ctx context.Context, after uuid.UUID, limit int) (members []Member, err error) {
	id, err := actor.Tenant(ctx)
	if err != nil {
		return nil, err
	}
	err = s.DB.InTenant(ctx, id, func(ctx context.Context, tx pgx.Tx) error {
		members, err = listMembers(ctx, tx, id, after, limit)
		return err
	})
	return members, err
}

// MembersIn lists a workspace's people in the caller's transaction, at most 1,000.
func (s *Service) MembersIn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Member, error) {
	return listMembers(ctx, tx, tenant, uuid.Nil, 1000)
}

// ChangeRole gives a member of the actor's workspace another role. The last owner keeps theirs:
// a fault of kind conflict, code last_owner.
func (s *Service) ChangeRole(ctx context.Context, user uuid.UUID, role Role) (Member, error) {
	var changed Member
	err := s.onMember(ctx, user, func(ctx context.Context, tx pgx.Tx, m Member, owners int) error {
		by := Role(actor.Must(ctx).Role)
		if err := checkGrant(by, m.Role, role); err != nil {
			return err
		}
		if m.Role == Owner && role != Owner && owners == 1 {
			return lastOwner()
		}
		m.Role = role
		changed = m
		if err := updateRole(ctx, tx, m, s.Clock.Now()); err != nil {
			return err
		}
		return call(ctx, tx, s.Hooks.RoleChanged, m)
	})
	return changed, err
}

// Remove ends a membership of the actor's workspace, with the sessions in it.
func (s *Service) Remove(ctx context.Context, user uuid.UUID) error {
	return s.onMember(ctx, user, func(ctx context.Context, tx pgx.Tx, m Member, owners int) error {
		if err := checkGrant(Role(actor.Must(ctx).Role), m.Role); err != nil {
			return err
		}
		if m.Role == Owner && owners == 1 {
			return lastOwner()
		}
		if err := deleteMember(ctx, tx, m.TenantID, m.UserID); err != nil {
			return err
		}
		return call(ctx, tx, s.Hooks.MemberRemoved, m)
	})
}

// onMember runs fn with the member and the number of owners, all locked: two owners who demote
// each other at the same moment come one after the other.
func (s *Service) onMember(ctx context.Context, user uuid.UUID, fn func(context.Context, pgx.Tx, Member, int) error) error {
	id, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	return s.DB.InTenant(ctx, id, func(ctx context.Context, tx pgx.Tx) error {
		owners, err := lockOwners(ctx, tx, id)
		if err != nil {
			return err
		}
		m, err := lockMember(ctx, tx, id, user)
		if err != nil {
			return err
		}
		return fn(ctx, tx, m, owners)
	})
}

func lastOwner() error {
	return fault.Conflict("A workspace needs an owner. Make somebody else an owner first.").WithCode("last_owner")
}

func notMember() error {
	return fault.NotFound("This person is not in the workspace.")
}

func call(ctx context.Context, tx pgx.Tx, hook func(context.Context, pgx.Tx, uuid.UUID, uuid.UUID) error, m Member) error {
	if hook == nil {
		return nil
	}
	return hook(ctx, tx, m.TenantID, m.UserID)
}

// AddMember makes a person a member, in a transaction of the workspace; somebody who is one
// already keeps the role they have.
func AddMember(ctx context.Context, tx pgx.Tx, m Member) error {
	if err := insertMember(ctx, tx, m); err != nil {
		return err
	}
	return insertUserTenant(ctx, tx, m)
}

// RoleOf returns a person's role in the transaction's workspace; false when they are not in it.
func RoleOf(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) (Role, bool, error) {
	return roleOf(ctx, tx, tenant, user)
}

// MostMemberships bounds how many workspaces a person can switch between.
const MostMemberships = 100

// MembershipsOf lists the workspaces a person belongs to, the oldest first. Each is read in a
// transaction of its own, since no query may span workspaces.
func (s *Service) MembershipsOf(ctx context.Context, user uuid.UUID) ([]Membership, error) {
	var ids []uuid.UUID
	err := s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) (err error) {
		ids, err = tenantsOfUser(ctx, tx, user, MostMemberships)
		return err
	})
	if err != nil {
		return nil, err
	}
	memberships := []Membership{}
	for _, id := range ids {
		m, found, err := s.MembershipIn(ctx, id, user)
		if err != nil {
			return nil, err
		}
		if found {
			memberships = append(memberships, m)
		}
	}
	return memberships, nil
}

// MembershipIn returns a person's membership of one workspace; false when they are not in it.
func (s *Service) MembershipIn(ctx context.Context, tenant, user uuid.UUID) (m Membership, found bool, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		m, found, err = membership(ctx, tx, tenant, user)
		return err
	})
	return m, found, err
}
