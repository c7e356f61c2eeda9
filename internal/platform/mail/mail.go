// Package mail sends transactional mail: into a folder in development, over SMTP elsewhere.
//
// It owns the message, its two ways out, and how an address is cleaned. It does not own any
// text, nor retries: mails are sent from jobs, and a job that fails runs again.
package mail

import (
	"context"
	"fmt"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Message is one mail to one person. Text is required; HTML is shown instead where it can be.
type Message struct {
	To      string
	Subject string
	Text    string
	HTML    string
}

// Sender sends a message or says why not. Folder and SMTP are the two there are.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// compose makes the MIME message. Headers are encoded and checked by go-mail, so a subject with
// a line break cannot smuggle a header in.
func compose(from string, m Message, at time.Time) (*gomail.Msg, error) {
	msg := gomail.NewMsg()
	if err := msg.From(from); err != nil {
		return nil, fmt.Errorf("mail sender %q: %w", from, err)
	}
	if err := msg.To(m.To); err != nil {
		return nil, fmt.Errorf("mail recipient: %w", err)
	}
	msg.Subject(m.Subject)
	msg.SetMessageID()
	msg.SetDateWithValue(at)
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return msg, nil
}
