package auth

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/feature/user"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// SignUp is a request for an account with a workspace of its own.
type SignUp struct {
	Name      string
	Email     string
	Password  string
	Workspace string
	Slug      string // empty: made from Workspace
}

// SignUp creates a person, a workspace and its owner, and mails a link that proves the address.
// For an address that has an account it changes nothing, answers the same and mails its owner
// instead, so that nobody learns who has one. A taken slug is a conflict in both cases.
func (s *Service) SignUp(ctx context.Context, in SignUp) error {
	person, workspace, err := s.checkSignUp(ctx, in)
	if err != nil {
		return err
	}
	err = s.DB.InTenant(ctx, workspace.ID, func(ctx context.Context, tx pgx.Tx) error {
		u, err := s.Users.Create(ctx, tx, person)
		if err != nil {
			return err
		}
		workspace.Owner = u.ID
		if _, err := s.found(ctx, tx, workspace); err != nil {
			return err
		}
		return s.mailLink(ctx, tx, u.ID, verifyAddress)
	})
	if isCode(err, "email_taken") {
		return s.signUpAgain(ctx, person.Email, in.Slug)
	}
	return err
}

func (s *Service) checkSignUp(ctx context.Context, in SignUp) (p user.NewUser, w tenant.NewTenant, err error) {
	p.At = s.Clock.Now()
	if p.Name, err = user.CleanName(in.Name); err != nil {
		return p, w, err
	}
	if p.Email, err = user.CleanEmail(in.Email); err != nil {
		return p, w, err
	}
	if err = user.CheckPassword(in.Password, p.Email); err != nil {
		return p, w, err
	}
	w, err = tenant.NewTenant{ID: ident.New(), Name: in.Workspace, Slug: in.Slug, At: p.At}.Check()
	if err != nil {
		return p, w, err
	}
	p.PasswordHash, err = s.Users.Hasher.Hash(ctx, in.Password)
	return p, w, err
}

// signUpAgain tells the owner of an address that somebody signed up with it.
func (s *Service) signUpAgain(ctx context.Context, email, slug string) error {
	if slug != "" {
		_, taken, err := s.Tenants.BySlug(ctx, slug)
		if err != nil {
			return err
		}
		if taken {
			return tenant.SlugTaken()
		}
	}
	return s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		u, err := s.Users.ByEmail(ctx, tx, email)
		if err != nil {
			return err
		}
		if !u.Verified() {
			return s.mailLink(ctx, tx, u.ID, verifyAddress)
		}
		return s.mailNotice(ctx, tx, u.ID, accountExists)
	})
}

// Verify takes the link of a sign-up: from now on the person can sign in.
func (s *Service) Verify(ctx context.Context, token string) (email string, err error) {
	err = s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		id, err := s.useLink(ctx, tx, token, verifyAddress)
		if err != nil {
			return err
		}
		u, err := s.Users.Lock(ctx, tx, id)
		if err != nil {
			return err
		}
		email = u.Email
		return s.Users.MarkVerified(ctx, tx, id, s.Clock.Now())
	})
	return email, err
}

// ResendVerification mails the link of a sign-up again. It answers the same for an address that
// nobody has or that is confirmed.
func (s *Service) ResendVerification(ctx context.Context, address string) error {
	email, err := user.CleanEmail(address)
	if err != nil {
		return err
	}
	return s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		u, err := s.Users.ByEmail(ctx, tx, email)
		if fault.KindOf(err) == fault.KindNotFound || (err == nil && u.Verified()) {
			return nil
		}
		if err != nil {
			return err
		}
		return s.mailLink(ctx, tx, u.ID, verifyAddress)
	})
}

func isCode(err error, code string) bool {
	f, ok := fault.As(err)
	return ok && f.Code == code
}
