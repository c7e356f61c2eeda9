package auth

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/feature/user"
	"github.com/aerostic/aerostic/internal/platform/mail"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/secret"
)

// LinkMailArgs is the job that mails a link.
type LinkMailArgs struct {
	LinkID uuid.UUID `json:"link_id"`
}

// Kind names the job.
func (LinkMailArgs) Kind() string { return "auth_link_mail" }

// InsertOpts puts the mail before other automation: somebody is waiting for it.
func (LinkMailArgs) InsertOpts() river.InsertOpts { return mailOpts() }

func mailOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Automation, Priority: 1, MaxAttempts: 10}
}

type linkMailer struct {
	river.WorkerDefaults[LinkMailArgs]
	s *Service
}

// Work sends the mail.
func (w *linkMailer) Work(ctx context.Context, job *river.Job[LinkMailArgs]) error {
	return w.s.MailLink(ctx, job.Args)
}

// MailLink makes the link's secret, stores its hash and sends the mail, so that neither a job
// nor a table ever holds the secret. A second attempt makes another: the last mail's link works.
func (s *Service) MailLink(ctx context.Context, args LinkMailArgs) error {
	message, open, err := s.linkMail(ctx, args.LinkID)
	if err != nil || !open {
		return err
	}
	if err := s.Mail.Send(ctx, message); err != nil {
		return fmt.Errorf("mail link %s: %w", args.LinkID, err)
	}
	return nil
}

func (s *Service) linkMail(ctx context.Context, id uuid.UUID) (message mail.Message, open bool, err error) {
	token := secret.Token()
	err = s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		var owner uuid.UUID
		var p purpose
		owner, p, open, err = writeLink(ctx, tx, id, secret.Hash(token), s.Clock.Now())
		if err != nil || !open {
			return err
		}
		u, err := s.Users.ByID(ctx, tx, owner)
		message = s.linkText(u, p, token)
		return err
	})
	return message, open, err
}

func (s *Service) linkText(u user.User, p purpose, token string) mail.Message {
	if p == resetPassword {
		return mail.Message{
			To: u.Email, Subject: "Set a new password for Aerostic",
			Text: fmt.Sprintf(`Hello %s,

somebody, probably you, asked to set a new password for your Aerostic account.

Set it here:
%s/reset?token=%s

The link works once, for one hour. If it was not you, ignore this mail: your password stays as it is.
`, u.Name, s.PublicURL, token),
		}
	}
	return mail.Message{
		To: u.Email, Subject: "Confirm your e-mail address for Aerostic",
		Text: fmt.Sprintf(`Hello %s,

welcome to Aerostic. Confirm your e-mail address here:
%s/verify?token=%s

The link works once, for 48 hours. If you did not sign up, ignore this mail.
`, u.Name, s.PublicURL, token),
	}
}
