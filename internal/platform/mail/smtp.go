package mail

import (
	"context"
	"fmt"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/aerostic/aerostic/internal/platform/clock"
)

// SMTPConfig is how a mail server is reached. Host and From are required.
type SMTPConfig struct {
	Host     string
	Port     int    // 0: 587, or 465 with TLS "implicit"
	User     string // empty: no authentication
	Password string
	From     string      // "Aerostic <no-reply@example.com>"
	TLS      string      // "starttls" (default, required), "implicit", or "none" for a local relay
	Clock    clock.Clock // nil: the system's
}

type smtp struct {
	cfg    SMTPConfig
	client *gomail.Client
}

// SMTP sends over a mail server, one connection per mail.
func SMTP(cfg SMTPConfig) (Sender, error) {
	if cfg.Clock == nil {
		cfg.Clock = clock.System()
	}
	options := []gomail.Option{gomail.WithTimeout(20 * time.Second)}
	port := 587
	switch cfg.TLS {
	case "", "starttls":
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case "implicit":
		port = 465
		options = append(options, gomail.WithSSL())
	case "none":
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		return nil, fmt.Errorf("mail over SMTP: TLS is starttls, implicit or none, not %q", cfg.TLS)
	}
	if cfg.Port != 0 {
		port = cfg.Port
	}
	options = append(options, gomail.WithPort(port))
	if cfg.User != "" {
		options = append(options, gomail.WithUsername(cfg.User), gomail.WithPassword(cfg.Password),
			gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover))
	}
	client, err := gomail.NewClient(cfg.Host, options...)
	if err != nil {
		return nil, fmt.Errorf("mail over SMTP: %w", err)
	}
	return &smtp{cfg: cfg, client: client}, nil
}

// Send implements Sender.
func (s *smtp) Send(ctx context.Context, m Message) error {
	msg, err := compose(s.cfg.From, m, s.cfg.Clock.Now())
	if err != nil {
		return err
	}
	if err := s.client.DialAndSendWithContext(ctx, msg); err != nil {
		return fmt.Errorf("send mail over %s: %w", s.cfg.Host, err)
	}
	return nil
}
