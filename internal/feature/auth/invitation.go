package auth

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/feature/user"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// InvitationView is what the bearer of an invitation's link reads before accepting.
type InvitationView struct {
	tenant.Invitation
	// ExistingUser says that the address has an account, which joins without a new password.
	ExistingUser bool
}

// ViewInvitation shows the invitation that a link opens; a fault of kind gone when it is over.
func (s *Service) ViewInvitation(ctx context.Context, token string) (view InvitationView, err error) {
	key, err := tenant.ParseInvitationToken(token)
	if err != nil {
		return InvitationView{}, err
	}
	err = s.DB.InTenant(ctx, key.TenantID, func(ctx context.Context, tx pgx.Tx) error {
		if view.Invitation, err = tenant.OpenInvitation(ctx, tx, key, s.Clock.Now()); err != nil {
			return err
		}
		u, found, err := s.invited(ctx, tx, view.Email)
		view.ExistingUser = found && u.Verified()
		return err
	})
	return view, err
}

// Acceptance is the answer to an invitation. Name and Password are for somebody new; a person
// with an account keeps what they have.
type Acceptance struct {
	Token    string
	Name     string
	Password string
	Client   Client
}

// AcceptInvitation makes the invited person a member. Somebody new gets an account, verified
// since the link came by mail, and a session. Somebody with an account is signed in only if
// they are already: a mail alone does not replace their password and second factor, so the
// result is nil and they sign in.
func (s *Service) AcceptInvitation(ctx context.Context, in Acceptance) (*SignedIn, error) {
	view, err := s.ViewInvitation(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	if view.ExistingUser {
		return s.join(ctx, in, view)
	}
	return s.joinAnew(ctx, in, view)
}

func (s *Service) join(ctx context.Context, in Acceptance, view InvitationView) (*SignedIn, error) {
	u, err := s.accept(ctx, in.Token, func(ctx context.Context, tx pgx.Tx, email string) (user.User, error) {
		return s.Users.ByEmail(ctx, tx, email)
	})
	if err != nil {
		return nil, err
	}
	who, acts := actor.From(ctx)
	if !acts || who.UserID != u.ID {
		return nil, nil
	}
	return s.Switch(ctx, view.TenantID)
}

func (s *Service) joinAnew(ctx context.Context, in Acceptance, view InvitationView) (*SignedIn, error) {
	name, err := user.CleanName(in.Name)
	if err != nil {
		return nil, err
	}
	if err := user.CheckPassword(in.Password, view.Email); err != nil {
		return nil, err
	}
	hash, err := s.Users.Hasher.Hash(ctx, in.Password)
	if err != nil {
		return nil, err
	}
	u, err := s.accept(ctx, in.Token, func(ctx context.Context, tx pgx.Tx, email string) (user.User, error) {
		return s.invitedUser(ctx, tx, email, name, hash)
	})
	if err != nil {
		return nil, err
	}
	all, err := s.memberships(ctx, u.ID)
	if err != nil {
		return nil, err
	}
	return s.open(ctx, u, exactly(view.TenantID, all), all, in.Client)
}

// accept finds or makes the person and takes the invitation in one transaction.
func (s *Service) accept(ctx context.Context, token string, who func(context.Context, pgx.Tx, string) (user.User, error)) (u user.User, err error) {
	key, err := tenant.ParseInvitationToken(token)
	if err != nil {
		return user.User{}, err
	}
	err = s.DB.InTenant(ctx, key.TenantID, func(ctx context.Context, tx pgx.Tx) error {
		now := s.Clock.Now()
		inv, err := tenant.OpenInvitation(ctx, tx, key, now)
		if err != nil {
			return err
		}
		if u, err = who(ctx, tx, inv.Email); err != nil {
			return err
		}
		if err := tenant.TakeInvitation(ctx, tx, inv, u.ID, now); err != nil {
			return err
		}
		return changed(ctx, tx, u.ID)
	})
	return u, err
}

// invitedUser makes the account. One that was never verified may be a stranger's with this
// address: its password goes, and with it whoever knew it.
func (s *Service) invitedUser(ctx context.Context, tx pgx.Tx, email, name, hash string) (user.User, error) {
	now := s.Clock.Now()
	u, found, err := s.invited(ctx, tx, email)
	if err != nil {
		return user.User{}, err
	}
	if !found {
		return s.Users.Create(ctx, tx, user.NewUser{Email: email, Name: name, PasswordHash: hash, Verified: true, At: now})
	}
	if u.Verified() {
		return user.User{}, fault.Conflict("This address has an account now. Open the link again.").WithCode("account_exists")
	}
	if _, err := s.Users.SetPassword(ctx, tx, u.ID, hash, now); err != nil {
		return user.User{}, err
	}
	if err := s.Users.Rename(ctx, tx, u.ID, name, now); err != nil {
		return user.User{}, err
	}
	if err := s.Users.MarkVerified(ctx, tx, u.ID, now); err != nil {
		return user.User{}, err
	}
	return s.Users.ByID(ctx, tx, u.ID)
}

func (s *Service) invited(ctx context.Context, tx pgx.Tx, email string) (user.User, bool, error) {
	u, err := s.Users.ByEmail(ctx, tx, email)
	if fault.KindOf(err) == fault.KindNotFound {
		return user.User{}, false, nil
	}
	return u, err == nil, err
}
