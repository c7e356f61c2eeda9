package tenant

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/mail"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/secret"
)

// InvitationMailArgs is the job that mails an invitation.
type InvitationMailArgs struct {
	TenantID     uuid.UUID `json:"tenant_id"`
	InvitationID uuid.UUID `json:"invitation_id"`
}

// Kind names the job.
func (InvitationMailArgs) Kind() string { return "tenant_invitation_mail" }

// InsertOpts puts the mail before other automation: somebody is waiting for it.
func (InvitationMailArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Automation, Priority: 1, MaxAttempts: 10}
}

type invitationMailer struct {
	river.WorkerDefaults[InvitationMailArgs]
	s *Service
}

// Work sends the mail.
func (w *invitationMailer) Work(ctx context.Context, job *river.Job[InvitationMailArgs]) error {
	return w.s.MailInvitation(ctx, job.Args)
}

// MailInvitation makes an open invitation's link, stores its hash and sends the mail, so that
// neither a job nor a table ever holds the secret. A second attempt makes another link: the one
// of the last mail works.
func (s *Service) MailInvitation(ctx context.Context, args InvitationMailArgs) error {
	message, open, err := s.invitationMail(ctx, args)
	if err != nil || !open {
		return err
	}
	if err := s.Mail.Send(ctx, message); err != nil {
		return fmt.Errorf("mail invitation %s: %w", args.InvitationID, err)
	}
	return nil
}

func (s *Service) invitationMail(ctx context.Context, args InvitationMailArgs) (message mail.Message, open bool, err error) {
	token := secret.Token()
	err = s.DB.InTenant(ctx, args.TenantID, func(ctx context.Context, tx pgx.Tx) error {
		inv, err := lockInvitation(ctx, tx, args.TenantID, args.InvitationID)
		if fault.KindOf(err) == fault.KindOf(noInvitation()) {
			return nil
		}
		if err != nil {
			return err
		}
		message = s.invitationText(inv, invitationToken(inv.TenantID, token))
		open, err = markSent(ctx, tx, inv.TenantID, inv.ID, secret.Hash(token), s.Clock.Now())
		return err
	})
	return message, open, err
}

func (s *Service) invitationText(inv Invitation, token string) mail.Message {
	return mail.Message{
		To:      inv.Email,
		Subject: fmt.Sprintf("%s invites you to %s on Aerostic", inv.InvitedBy, inv.Workspace),
		Text: fmt.Sprintf(`Hello,

%s invites you to join the workspace %s on Aerostic as an %s.

Accept the invitation here:
%s/invite/%s

The link works once, until %s. If you did not expect it, ignore this mail.
`, inv.InvitedBy, inv.Workspace, inv.Role, s.PublicURL, token, inv.ExpiresAt.UTC().Format("2 January 2006, 15:04 MST")),
	}
}

// Workers adds this feature's workers.
func (s *Service) Workers(workers *river.Workers) {
	river.AddWorker(workers, &invitationMailer{s: s})
}
