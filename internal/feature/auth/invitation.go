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

// Acceptance is the answer to an invitation. Name is for somebody new. Password is the new one,
// or the one that somebody with an account has; they may leave it out.
type Acceptance struct {
	Token    string
	Name     string
	Password string
	Client   Client
}

// AcceptInvitation makes the invited person a member. Somebody new gets an account, verified
// since the link came by mail, and a session. Somebody with an account gets a session if they
// have one already or give their password, and a challenge if they have a second factor; a mail
// alone replaces neither, so otherwise the outcome is empty and they sign in.
func (s *Service) AcceptInvitation(ctx context.Context, in Acceptance) (Outcome, error) {
	view, err := s.ViewInvitation(ctx, in.Token)
	if err != nil {
		return Outcome{}, err
	}
	if view.ExistingUser {
		return s.join(ctx, in, view)
	}
	return s.joinAnew(ctx, in, view)
}

func (s *Service) join(ctx context.Context, in Acceptance, view InvitationView) (Outcome, error) {
	who, acts := actor.From(ctx)
	acts = acts && who.Email == view.Email
	if !acts && in.Password != "" {
		return s.joinByPassword(ctx, in, view)
	}
	_, err := s.accept(ctx, in.Token, func(ctx context.Context, tx pgx.Tx, email string) (user.User, error) {
		return s.Users.ByEmail(ctx, tx, email)
	})
	if err != nil || !acts {
		return Outcome{}, err
	}
	signed, err := s.Switch(ctx, view.TenantID)
	return Outcome{SignedIn: signed}, err
}

// joinByPassword is a sign-in into the workspace of the invitation.
func (s *Service) joinByPassword(ctx context.Context, in Acceptance, view InvitationView) (Outcome, error) {
	u, err := s.checkPassword(ctx, Login{Email: view.Email, Password: in.Password, Client: in.Client})
	if isCode(err, "wrong_credentials") {
		return Outcome{}, wrongPassword()
	}
	if err != nil {
		return Outcome{}, err
	}
	_, err = s.accept(ctx, in.Token, func(context.Context, pgx.Tx, string) (user.User, error) { return u, nil })
	if err != nil {
		return Outcome{}, err
	}
	return s.enter(ctx, u, view, in.Client)
}

// enter opens a session in the invitation's workspace, or asks for the second factor.
func (s *Service) enter(ctx context.Context, u user.User, view InvitationView, from Client) (Outcome, error) {
	all, err := s.memberships(ctx, u.ID)
	if err != nil {
		return Outcome{}, err
	}
	current := exactly(view.TenantID, all)
	if u.TwoFactor() && current != nil {
		challenge, err := s.challenge(u, current.Tenant.Slug)
		return Outcome{Challenge: challenge}, err
	}
	signed, err := s.open(ctx, u, current, all, from)
	return Outcome{SignedIn: signed}, err
}

func (s *Service) joinAnew(ctx context.Context, in Acceptance, view InvitationView) (Outcome, error) {
	name, err := user.CleanName(in.Name)
	if err != nil {
		return Outcome{}, err
	}
	if err := user.CheckPassword(in.Password, view.Email); err != nil {
		return Outcome{}, err
	}
	hash, err := s.Users.Hasher.Hash(ctx, in.Password)
	if err != nil {
		return Outcome{}, err
	}
	u, err := s.accept(ctx, in.Token, func(ctx context.Context, tx pgx.Tx, email string) (user.User, error) {
		return s.invitedUser(ctx, tx, email, name, hash)
	})
	if err != nil {
		return Outcome{}, err
	}
	return s.enter(ctx, u, view, in.Client)
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
