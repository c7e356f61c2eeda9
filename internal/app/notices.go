package app

import (
	"context"
	netmail "net/mail"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/campaign"
	"github.com/aerostic/aerostic/internal/feature/notification"
	"github.com/aerostic/aerostic/internal/platform/mail"
	"github.com/aerostic/aerostic/internal/platform/outbound"
	"github.com/aerostic/aerostic/internal/platform/secret"
)

// newNotices makes the service that tells people.
func (c *Core) newNotices(mailer mail.Sender, keys *secret.Keyring) *notification.Service {
	return notification.New(notification.Deps{DB: c.DB, Clock: c.Clock, Queue: c.Queue, Mail: mailer, Keys: keys, Logger: c.Log,
		PublicURL: c.Cfg.publicURL(), Subject: c.pushSubject(), Outbound: outbound.New(outbound.Config{Private: c.Cfg.OutboundPrivate}), Reachable: c.reachable()})
}

// pushSubject is whom push services may write to.
func (c *Core) pushSubject() string {
	if c.Cfg.PushContact != "" {
		return c.Cfg.PushContact
	}
	if strings.HasPrefix(c.Cfg.PublicURL, "https://") {
		return c.Cfg.publicURL()
	}
	if from, err := netmail.ParseAddress(c.Cfg.MailFrom); err == nil {
		return from.Address
	}
	return "no-reply@localhost"
}

// reachable judges the push services that browsers name.
func (c *Core) reachable() func(context.Context, string) error {
	if c.Cfg.OutboundPrivate {
		return nil
	}
	return outbound.Check
}

// campaignEnded tells whoever started a campaign that it went out, or was stopped by something else than
// a person.
func (c *Core) campaignEnded(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e campaign.Ending) error {
	event := notification.CampaignFinished
	if e.Halted {
		event = notification.CampaignFailed
	}
	return c.Notices.Tell(ctx, tx, tenant, notification.News{Event: event, To: e.Starters, Subject: e.ID, Item: e.Occasion})
}

// describe reads what notifications say of their subjects.
func (c *Core) describe(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []notification.Notification) (map[uuid.UUID]notification.Words, error) {
	var campaigns []uuid.UUID
	for _, n := range list {
		if n.Event.Campaign() {
			campaigns = append(campaigns, n.Subject)
		}
	}
	names, err := c.Campaigns.Names(ctx, tx, tenant, campaigns)
	if err != nil {
		return nil, err
	}
	words := make(map[uuid.UUID]notification.Words, len(list))
	for _, n := range list {
		if name, known := names[n.Subject]; known {
			words[n.ID] = notification.Words{Name: name}
		}
	}
	return words, nil
}
