package notification

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/mail"
)

// mailDue mails a person what they have not read, in one mail.
func (s *Service) mailDue(ctx context.Context, tenant, user uuid.UUID) error {
	m, done, err := s.written(ctx, tenant, user)
	if err != nil || len(done) == 0 {
		return err
	}
	if m.To != "" {
		if err := s.Mail.Send(ctx, m); err != nil {
			return fmt.Errorf("mail notifications: %w", err)
		}
	}
	return s.mailed(ctx, tenant, user, done)
}

// written is the mail and what it tells; without an address for who is no member any more.
func (s *Service) written(ctx context.Context, tenant, user uuid.UUID) (m mail.Message, done []delivered, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		list, err := dueFor(ctx, tx, sqlMailDue, tenant, user, s.Clock.Now())
		if err != nil || len(list) == 0 {
			return err
		}
		for _, n := range list {
			done = append(done, delivered{n.ID, n.Item})
		}
		shown, err := s.show(ctx, tx, tenant, list)
		if err != nil {
			return err
		}
		members, err := people(ctx, tx, tenant, []uuid.UUID{user})
		if err != nil {
			return err
		}
		p, err := preferencesOf(ctx, tx, tenant, user)
		m = s.compose(members[user], shown, p.Preview)
		return err
	})
	return m, done, err
}

func (s *Service) compose(to Person, list []Shown, preview bool) mail.Message {
	m := mail.Message{To: to.Email, Subject: list[0].Title}
	if len(list) > 1 {
		m.Subject = fmt.Sprintf("%d things wait for you on Aerostic", len(list))
	}
	var text strings.Builder
	fmt.Fprintf(&text, "Hello %s,\n", to.Name)
	for _, n := range list {
		fmt.Fprintf(&text, "\n%s\n", n.Title)
		if preview && n.Preview != "" {
			fmt.Fprintf(&text, "  %s\n", shorten(n.Preview, longestPreview))
		}
		fmt.Fprintf(&text, "%s%s\n", s.PublicURL, n.Path)
	}
	fmt.Fprintf(&text, "\nChoose what is mailed to you:\n%s/settings/notifications\n", s.PublicURL)
	m.Text = text.String()
	return m
}

const sqlMailDue = `
select ` + columns + ` from notifications
where tenant_id = $1 and user_id = $2 and read_at is null and mail_due <= $3
order by at, id limit $4`

// A mail tells of what is unread; the same is mailed again only when it happens again.
const sqlMailed = `
update notifications set mail_due = null where tenant_id = $1 and user_id = $2 and id = any($3)`

func (s *Service) mailed(ctx context.Context, tenant, user uuid.UUID, done []delivered) error {
	ids, _ := unzip(done)
	err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlMailed, tenant, user, ids)
		return err
	})
	if err != nil {
		return fmt.Errorf("take note of a mail: %w", err)
	}
	return nil
}
