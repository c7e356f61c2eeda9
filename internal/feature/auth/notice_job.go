package auth

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/feature/user"
	"github.com/aerostic/aerostic/internal/platform/mail"
)

// notice is something a person is told about their account.
type notice string

const (
	accountExists   notice = "account_exists"
	passwordChanged notice = "password_changed"
	twoFactorOn     notice = "two_factor_on"
	twoFactorOff    notice = "two_factor_off"
)

// NoticeMailArgs is the job that mails a notice.
type NoticeMailArgs struct {
	UserID uuid.UUID `json:"user_id"`
	Notice notice    `json:"notice"`
}

// Kind names the job.
func (NoticeMailArgs) Kind() string { return "auth_notice_mail" }

// InsertOpts treats it as a mail somebody waits for.
func (NoticeMailArgs) InsertOpts() river.InsertOpts { return mailOpts() }

// mailNotice has a notice mailed. A stranger can cause accountExists, so after five in an hour
// it silently does nothing.
func (s *Service) mailNotice(ctx context.Context, tx pgx.Tx, to uuid.UUID, n notice) error {
	if n == accountExists {
		err := s.countIn(ctx, tx, noticeTries(string(n), to))
		if isCode(err, "locked") {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return s.Queue.Insert(ctx, tx, NoticeMailArgs{UserID: to, Notice: n}, nil)
}

type noticeMailer struct {
	river.WorkerDefaults[NoticeMailArgs]
	s *Service
}

// Work sends the mail.
func (w *noticeMailer) Work(ctx context.Context, job *river.Job[NoticeMailArgs]) error {
	return w.s.MailNotice(ctx, job.Args)
}

// MailNotice tells a person something about their account.
func (s *Service) MailNotice(ctx context.Context, args NoticeMailArgs) error {
	u, err := s.userByID(ctx, args.UserID)
	if err != nil {
		return err
	}
	message, known := s.noticeText(u, args.Notice)
	if !known {
		return river.JobCancel(fmt.Errorf("mail notice %q: no such notice", args.Notice))
	}
	if err := s.Mail.Send(ctx, message); err != nil {
		return fmt.Errorf("mail notice %s to %s: %w", args.Notice, u.ID, err)
	}
	return nil
}

func (s *Service) noticeText(u user.User, n notice) (mail.Message, bool) {
	subject, body := "", ""
	switch n {
	case accountExists:
		subject = "You already have an Aerostic account"
		body = "somebody, probably you, signed up with this address, which has an account already. Nothing was changed.\n\nSign in: %[1]s/login\nForgot the password: %[1]s/forgot"
	case passwordChanged:
		subject = "Your Aerostic password was changed"
		body = "your password was changed and all other sessions were ended.\n\nIf it was not you, set a new one now: %[1]s/forgot"
	case twoFactorOn:
		subject = "Two-factor sign-in is on"
		body = "from now on, signing in to Aerostic needs a code of your authenticator app.\n\nIf it was not you, set a new password now: %[1]s/forgot"
	case twoFactorOff:
		subject = "Two-factor sign-in is off"
		body = "from now on, your password alone is enough to sign in to Aerostic.\n\nIf it was not you, set a new password now: %[1]s/forgot"
	default:
		return mail.Message{}, false
	}
	text := fmt.Sprintf("Hello %s,\n\n%s\n", u.Name, fmt.Sprintf(body, s.PublicURL))
	return mail.Message{To: u.Email, Subject: subject, Text: text}, true
}
