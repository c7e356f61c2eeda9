package campaign

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/mail"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/platform/queue"
)

// Addressee is a member of a workspace as mails reach them.
type Addressee struct {
	UserID   uuid.UUID
	Name     string
	Email    string
	Approves bool // may approve campaigns
}

// ApprovalMailArgs asks for the mails about what an approval has become: to those who may answer, or
// to who asked. Once it has become something else nobody is told, as that has mails of its own.
type ApprovalMailArgs struct {
	TenantID   uuid.UUID     `json:"tenantId"`
	ApprovalID uuid.UUID     `json:"approvalId"`
	State      ApprovalState `json:"state"`
}

// Kind names the job.
func (ApprovalMailArgs) Kind() string { return "campaign_approval_mail" }

// InsertOpts puts the mail before other automation: somebody is waiting for it.
func (ApprovalMailArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Automation, Priority: 1, MaxAttempts: 10}
}

type approvalMailer struct {
	river.WorkerDefaults[ApprovalMailArgs]
	s *Service
}

// Work sends the mails. A second attempt may send one again: better twice than never.
func (w *approvalMailer) Work(ctx context.Context, job *river.Job[ApprovalMailArgs]) error {
	mails, err := w.s.approvalMails(ctx, job.Args)
	if err != nil {
		return fmt.Errorf("write mails about approval %s: %w", job.Args.ApprovalID, err)
	}
	for _, m := range mails {
		if err := w.s.Mail.Send(ctx, m); err != nil {
			return fmt.Errorf("mail about approval %s: %w", job.Args.ApprovalID, err)
		}
	}
	return nil
}

func (s *Service) approvalMails(ctx context.Context, args ApprovalMailArgs) (mails []mail.Message, err error) {
	err = s.DB.InTenant(ctx, args.TenantID, func(ctx context.Context, tx pgx.Tx) error {
		a, err := approvalByID(ctx, tx, args.TenantID, args.ApprovalID)
		if err != nil || a.State != args.State {
			return err
		}
		c, err := byID(ctx, tx, args.TenantID, a.campaignID)
		if err != nil {
			return err
		}
		switch a.State {
		case ApprovalPending:
			mails, err = s.requestMails(ctx, tx, args.TenantID, c, a)
		case ApprovalApproved, ApprovalRejected:
			mails, err = s.answerMail(ctx, tx, args.TenantID, c, a)
		}
		return err
	})
	return mails, err
}

func (s *Service) requestMails(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, a Approval) ([]mail.Message, error) {
	people, err := s.People(ctx, tx, tenant)
	if err != nil {
		return nil, err
	}
	_, currency, err := s.Billing.Available(ctx, tx, tenant)
	if err != nil {
		return nil, err
	}
	var mails []mail.Message
	for _, p := range people {
		if !p.Approves || p.UserID == a.RequestedBy.ID {
			continue
		}
		mails = append(mails, mail.Message{
			To:      p.Email,
			Subject: fmt.Sprintf("%s asks you to approve %s", a.RequestedBy.Name, c.Name),
			Text: fmt.Sprintf(`Hello %s,

%s wants to start the campaign %s.
It can cost at most %s.
%s
Look at it, and approve or reject it, here:
%s/campaigns/%s

Whoever answers first decides.
`, p.Name, a.RequestedBy.Name, c.Name, money.Format(a.Amount, currency), said(a.RequestedBy.Name, a.Note), s.PublicURL, c.ID),
		})
	}
	return mails, nil
}

func (s *Service) answerMail(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, a Approval) ([]mail.Message, error) {
	people, err := s.People(ctx, tx, tenant)
	at := slices.IndexFunc(people, func(p Addressee) bool { return p.UserID == a.RequestedBy.ID })
	if err != nil || at < 0 || a.DecidedBy == nil {
		return nil, err // who asked is no member any more
	}
	p := people[at]
	verb, what := "approved", "It goes out as you planned."
	if a.State == ApprovalRejected {
		verb, what = "rejected", "It is a draft again. Change it and ask again, or delete it."
	}
	return []mail.Message{{
		To:      p.Email,
		Subject: fmt.Sprintf("%s was %s", c.Name, verb),
		Text: fmt.Sprintf(`Hello %s,

%s %s the campaign %s. %s
%s
%s/campaigns/%s
`, p.Name, a.DecidedBy.Name, verb, c.Name, what, said(a.DecidedBy.Name, a.Comment), s.PublicURL, c.ID),
	}}, nil
}

// said quotes somebody, if they said anything.
func said(name, words string) string {
	if words == "" {
		return ""
	}
	return fmt.Sprintf("\n%s says: %s\n", name, words)
}
