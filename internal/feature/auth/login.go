package auth

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/feature/user"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Login is a try to sign in.
type Login struct {
	Email     string
	Password  string
	Workspace string // slug; empty: the host's, or the last used
	Client    Client
}

// Outcome of a sign-in: a session, or the challenge of a second factor to answer.
type Outcome struct {
	SignedIn  *SignedIn
	Challenge string
}

// Login opens a session, or asks for the second factor. A wrong password and an unknown address
// are one answer that takes one time: a fault of kind unauthenticated, code wrong_credentials.
// After too many tries it is a fault of kind too many, whether or not the password is right.
func (s *Service) Login(ctx context.Context, in Login) (Outcome, error) {
	u, err := s.checkPassword(ctx, in)
	if err != nil {
		return Outcome{}, err
	}
	if !u.Verified() {
		return Outcome{}, s.unverified(ctx, u)
	}
	current, all, err := s.choose(ctx, u.ID, in.Workspace, in.Client.Host)
	if err != nil {
		return Outcome{}, err
	}
	if u.TwoFactor() {
		challenge, err := s.challenge(u, in.Workspace)
		return Outcome{Challenge: challenge}, err
	}
	signed, err := s.open(ctx, u, current, all, in.Client)
	return Outcome{SignedIn: signed}, err
}

func (s *Service) checkPassword(ctx context.Context, in Login) (user.User, error) {
	email, err := user.CleanEmail(in.Email)
	if err != nil {
		email = "" // nobody has it, and it costs the same
	}
	bounds := passwordTries(email, in.Client.IP)
	if err := s.count(ctx, bounds); err != nil {
		return user.User{}, err
	}
	u, err := s.userByEmail(ctx, email)
	if err != nil && fault.KindOf(err) != fault.KindNotFound {
		return user.User{}, err
	}
	right, err := s.Users.Hasher.Matches(ctx, in.Password, u.PasswordHash)
	if err != nil {
		return user.User{}, err
	}
	if !right {
		return user.User{}, fault.Unauthenticated("The e-mail address or the password is wrong.").WithCode("wrong_credentials")
	}
	return u, s.forgive(ctx, bounds)
}

func (s *Service) userByEmail(ctx context.Context, email string) (u user.User, err error) {
	err = s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		u, err = s.Users.ByEmail(ctx, tx, email)
		return err
	})
	return u, err
}

func (s *Service) userByID(ctx context.Context, id uuid.UUID) (u user.User, err error) {
	err = s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		u, err = s.Users.ByID(ctx, tx, id)
		return err
	})
	return u, err
}

// unverified sends the link again: only who knows the password gets here.
func (s *Service) unverified(ctx context.Context, u user.User) error {
	err := s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		return s.mailLink(ctx, tx, u.ID, verifyAddress)
	})
	if err != nil {
		return err
	}
	return fault.Forbidden("Confirm your e-mail address first: open the link we mailed you.").WithCode("email_unverified")
}

// choose finds the workspace that a session opens in: the one named, the host's, the last used,
// or the oldest. Nil for somebody who is in none.
func (s *Service) choose(ctx context.Context, user uuid.UUID, slug, host string) (*tenant.Membership, []tenant.Membership, error) {
	all, err := s.memberships(ctx, user)
	if err != nil {
		return nil, nil, err
	}
	if slug != "" {
		current, err := named(all, func(m tenant.Membership) bool { return m.Tenant.Slug == slug })
		return current, all, err
	}
	wanted, byHost, err := s.Tenants.ByHost(ctx, host)
	if err != nil {
		return nil, nil, err
	}
	if byHost {
		current, err := named(all, func(m tenant.Membership) bool { return m.Tenant.ID == wanted })
		return current, all, err
	}
	current, err := s.last(ctx, user, all)
	return current, all, err
}

// memberships are the workspaces a person may enter now.
func (s *Service) memberships(ctx context.Context, user uuid.UUID) ([]tenant.Membership, error) {
	all, err := s.Tenants.MembershipsOf(ctx, user)
	if err != nil {
		return nil, err
	}
	open := []tenant.Membership{}
	for _, m := range all {
		if m.Tenant.Status == tenant.Active {
			open = append(open, m)
		}
	}
	return open, nil
}

func named(all []tenant.Membership, is func(tenant.Membership) bool) (*tenant.Membership, error) {
	for i := range all {
		if is(all[i]) {
			return &all[i], nil
		}
	}
	return nil, fault.Forbidden("You are not in this workspace. Ask its owner for an invitation.").WithCode("not_member")
}

func (s *Service) last(ctx context.Context, user uuid.UUID, all []tenant.Membership) (*tenant.Membership, error) {
	if len(all) == 0 {
		return nil, nil
	}
	var id uuid.UUID
	err := s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) (err error) {
		id, _, err = lastTenant(ctx, tx, user)
		return err
	})
	for i := range all {
		if all[i].Tenant.ID == id {
			return &all[i], err
		}
	}
	return &all[0], err
}
