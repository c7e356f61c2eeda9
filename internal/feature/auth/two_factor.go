package auth

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/user"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// challenge lets its bearer answer the second factor of one person for five minutes. A new
// password voids it.
func (s *Service) challenge(u user.User, workspace string) (string, error) {
	c := claims{TokenVersion: u.TokenVersion, Workspace: workspace}
	return s.Keys.sign(c, u.ID, forTwoFactor, s.Clock.Now(), ChallengeLife)
}

// TwoFactor finishes a sign-in with a code of the authenticator app or a recovery code. Each
// code works once. An old challenge is a fault of kind unauthenticated, code challenge_ended.
func (s *Service) TwoFactor(ctx context.Context, challenge, code string, from Client) (*SignedIn, error) {
	c, err := s.Keys.parse(challenge, forTwoFactor, s.Clock.Now())
	if err != nil {
		return nil, challengeEnded()
	}
	bounds := codeTries(c.userID())
	if err := s.count(ctx, bounds); err != nil {
		return nil, err
	}
	current, all, err := s.choose(ctx, c.userID(), c.Workspace, from.Host)
	if err != nil {
		return nil, err
	}
	var signed *SignedIn
	err = s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		u, err := s.useCode(ctx, tx, c, code)
		if err != nil {
			return err
		}
		signed, err = s.openIn(ctx, tx, u, current, all, from)
		return err
	})
	if err != nil {
		return nil, err
	}
	return signed, s.forgive(ctx, bounds)
}

func (s *Service) useCode(ctx context.Context, tx pgx.Tx, c claims, code string) (user.User, error) {
	u, err := s.Users.Lock(ctx, tx, c.userID())
	if err != nil {
		return user.User{}, err
	}
	if u.TokenVersion != c.TokenVersion || !u.TwoFactor() {
		return user.User{}, challengeEnded()
	}
	return u, s.Users.UseCode(ctx, tx, u, code, s.Clock.Now())
}

func challengeEnded() error {
	return fault.Unauthenticated("This sign-in took too long. Start again with your password.").WithCode("challenge_ended")
}

// StartTwoFactor shows the actor a new second factor to confirm.
func (s *Service) StartTwoFactor(ctx context.Context) (enrolment user.Enrolment, err error) {
	err = s.onSelf(ctx, func(ctx context.Context, tx pgx.Tx, u user.User) error {
		if u.TwoFactor() {
			return fault.Conflict("Two-factor sign-in is on already. Turn it off first to change the app.").WithCode("two_factor_on")
		}
		enrolment, err = s.Users.StartTwoFactor(ctx, tx, u, s.Clock.Now())
		return err
	})
	return enrolment, err
}

// ConfirmTwoFactor turns the actor's started second factor on and returns recovery codes.
func (s *Service) ConfirmTwoFactor(ctx context.Context, code string) (codes []string, err error) {
	err = s.guarded(ctx, func(ctx context.Context, tx pgx.Tx, u user.User) error {
		if codes, err = s.Users.ConfirmTwoFactor(ctx, tx, u, code, s.Clock.Now()); err != nil {
			return err
		}
		return s.mailNotice(ctx, tx, u.ID, twoFactorOn)
	})
	return codes, err
}

// DisableTwoFactor turns the actor's second factor off; it takes both factors.
func (s *Service) DisableTwoFactor(ctx context.Context, password, code string) error {
	return s.withBothFactors(ctx, password, code, func(ctx context.Context, tx pgx.Tx, u user.User) error {
		if err := s.Users.DisableTwoFactor(ctx, tx, u.ID, s.Clock.Now()); err != nil {
			return err
		}
		return s.mailNotice(ctx, tx, u.ID, twoFactorOff)
	})
}

// RenewRecoveryCodes replaces the actor's recovery codes; it takes both factors.
func (s *Service) RenewRecoveryCodes(ctx context.Context, password, code string) (codes []string, err error) {
	err = s.withBothFactors(ctx, password, code, func(ctx context.Context, tx pgx.Tx, u user.User) error {
		codes, err = s.Users.RenewRecoveryCodes(ctx, tx, u.ID, s.Clock.Now())
		return err
	})
	return codes, err
}

func (s *Service) withBothFactors(ctx context.Context, password, code string, fn func(context.Context, pgx.Tx, user.User) error) error {
	if err := s.confirmPassword(ctx, password); err != nil {
		return err
	}
	return s.guarded(ctx, func(ctx context.Context, tx pgx.Tx, u user.User) error {
		if !u.TwoFactor() {
			return fault.Conflict("Two-factor sign-in is off.").WithCode("two_factor_off")
		}
		if err := s.Users.UseCode(ctx, tx, u, code, s.Clock.Now()); err != nil {
			return err
		}
		return fn(ctx, tx, u)
	})
}

// guarded is onSelf with the tries at a code counted.
func (s *Service) guarded(ctx context.Context, fn func(context.Context, pgx.Tx, user.User) error) error {
	who, err := actor.Require(ctx)
	if err != nil {
		return err
	}
	bounds := codeTries(who.UserID)
	if err := s.count(ctx, bounds); err != nil {
		return err
	}
	if err := s.onSelf(ctx, fn); err != nil {
		return err
	}
	return s.forgive(ctx, bounds)
}

// onSelf runs fn with the actor's own row locked.
func (s *Service) onSelf(ctx context.Context, fn func(context.Context, pgx.Tx, user.User) error) error {
	who, err := actor.Require(ctx)
	if err != nil {
		return err
	}
	if who.UserID == uuid.Nil {
		return fault.Forbidden("Only a person can do this.")
	}
	return s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		u, err := s.Users.Lock(ctx, tx, who.UserID)
		if err != nil {
			return err
		}
		return fn(ctx, tx, u)
	})
}
