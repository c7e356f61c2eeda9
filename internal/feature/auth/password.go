package auth

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/user"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/secret"
)

// Forgot mails a link to set a new password. It answers the same for an address nobody has.
func (s *Service) Forgot(ctx context.Context, address string) error {
	email, err := user.CleanEmail(address)
	if err != nil {
		return err
	}
	return s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		u, err := s.Users.ByEmail(ctx, tx, email)
		if fault.KindOf(err) == fault.KindNotFound {
			return nil
		}
		if err != nil {
			return err
		}
		return s.mailLink(ctx, tx, u.ID, resetPassword)
	})
}

// Reset takes the link of Forgot and sets a new password. It ends every session, and proves the
// address as well, since the link came by mail.
func (s *Service) Reset(ctx context.Context, token, password string) error {
	u, err := s.ownerOfLink(ctx, token)
	if err != nil {
		return err
	}
	if err := user.CheckPassword(password, u.Email); err != nil {
		return err
	}
	hash, err := s.Users.Hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	defer s.standings.forget(u.ID)
	return s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		if _, err := s.useLink(ctx, tx, token, resetPassword); err != nil {
			return err
		}
		if err := s.Users.MarkVerified(ctx, tx, u.ID, s.Clock.Now()); err != nil {
			return err
		}
		_, err := s.newPassword(ctx, tx, u.ID, uuid.Nil, hash)
		return err
	})
}

// ownerOfLink reads whose link it is before the slow hash, which must not hold a transaction.
func (s *Service) ownerOfLink(ctx context.Context, token string) (u user.User, err error) {
	err = s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		id, err := readLink(ctx, tx, secret.Hash(token), resetPassword, s.Clock.Now())
		if err != nil {
			return err
		}
		u, err = s.Users.ByID(ctx, tx, id)
		return err
	})
	return u, err
}

// newPassword stores a hash, ends the person's sessions but one, and tells them by mail.
func (s *Service) newPassword(ctx context.Context, tx pgx.Tx, id, but uuid.UUID, hash string) (version int, err error) {
	now := s.Clock.Now()
	if version, err = s.Users.SetPassword(ctx, tx, id, hash, now); err != nil {
		return 0, err
	}
	if err := revokeSessions(ctx, tx, id, but, "new password", now); err != nil {
		return 0, err
	}
	if err := s.mailNotice(ctx, tx, id, passwordChanged); err != nil {
		return 0, err
	}
	return version, ended(ctx, tx, id)
}

// ChangePassword sets the actor's new password. It ends every other session and voids every
// access token, the actor's own too, so it returns a new one.
func (s *Service) ChangePassword(ctx context.Context, current, password string) (*SignedIn, error) {
	if err := s.confirmPassword(ctx, current); err != nil {
		return nil, err
	}
	who := actor.Must(ctx)
	if err := user.CheckPassword(password, who.Email); err != nil {
		return nil, err
	}
	hash, err := s.Users.Hasher.Hash(ctx, password)
	if err != nil {
		return nil, err
	}
	err = s.onSelf(ctx, func(ctx context.Context, tx pgx.Tx, u user.User) error {
		_, err := s.newPassword(ctx, tx, u.ID, who.SessionID, hash)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.standings.forget(who.UserID)
	return s.current(ctx, who)
}

// confirmPassword asks the actor for their password once more, under the bounds of a sign-in.
func (s *Service) confirmPassword(ctx context.Context, password string) error {
	who, err := actor.Require(ctx)
	if err != nil {
		return err
	}
	bounds := passwordTries(who.Email, "session "+who.SessionID.String())
	if err := s.count(ctx, bounds); err != nil {
		return err
	}
	u, err := s.userByID(ctx, who.UserID)
	if err != nil {
		return err
	}
	right, err := s.Users.Hasher.Matches(ctx, password, u.PasswordHash)
	if err != nil {
		return err
	}
	if !right {
		return wrongPassword()
	}
	return s.forgive(ctx, bounds)
}

func wrongPassword() error {
	sentence := "This is not your current password."
	return fault.Invalid(sentence).At("body.password", sentence).WithCode("wrong_password")
}
