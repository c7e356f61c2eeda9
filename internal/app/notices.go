package app

import (
	"context"
	netmail "net/mail"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/campaign"
	"github.com/aerostic/aerostic/internal/feature/conversation"
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
	var campaigns, talks []uuid.UUID
	for _, n := range list {
		if n.Event.Campaign() {
			campaigns = append(campaigns, n.Subject)
		} else {
			talks = append(talks, n.Subject)
		}
	}
	names, err := c.Campaigns.Names(ctx, tx, tenant, campaigns)
	if err != nil {
		return nil, err
	}
	glimpses, err := c.Conversations.Glimpses(ctx, tx, tenant, talks)
	words := make(map[uuid.UUID]notification.Words, len(list))
	for _, n := range list {
		if n.Event.Campaign() {
			words[n.ID] = notification.Words{Name: names[n.Subject]}
			continue
		}
		w := notification.Words{Name: glimpses[n.Subject].Name}
		if n.Event == notification.Message || n.Event == notification.Unassigned {
			w.Preview = glimpses[n.Subject].Preview
		}
		words[n.ID] = w
	}
	return words, err
}

// tellOfConversations tells people what is theirs to know, and reads what they have seen.
func (c *Core) tellOfConversations(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, changes []conversation.Change) error {
	var news []notification.News
	var opened []conversation.Change
	for _, ch := range changes {
		if ch.What == conversation.WasRead && ch.By.ID != nil && ch.Now.Unread == 0 {
			if err := c.Notices.SubjectRead(ctx, tx, tenant, *ch.By.ID, ch.Now.ID); err != nil {
				return err
			}
			continue
		}
		if ch.What == conversation.Opened && ch.Now.AssigneeID == nil && ch.Now.Unread > 0 {
			opened = append(opened, ch)
		}
		if n := newsOf(ch); len(n.To) > 0 {
			news = append(news, n)
		}
	}
	unassigned, err := c.unassigned(ctx, tx, tenant, opened)
	if err != nil {
		return err
	}
	return c.Notices.Tell(ctx, tx, tenant, append(news, unassigned...)...)
}

// newsOf is what a change tells whoever looks after the conversation, or is named in it.
func newsOf(ch conversation.Change) notification.News {
	n := notification.News{Subject: ch.Now.ID, Item: ch.EntryID}
	if ch.MessageID != uuid.Nil {
		n.Item = ch.MessageID
	}
	if ch.By.ID != nil {
		n.Actor = *ch.By.ID
	}
	mine := ch.Now.AssigneeID
	switch {
	case ch.What == conversation.Noted:
		n.Event, n.To = notification.Mention, ch.Mentions
	case mine == nil:
	case ch.What == conversation.Assigned && (ch.Was.AssigneeID == nil || *ch.Was.AssigneeID != *mine):
		n.Event, n.To = notification.Assigned, []uuid.UUID{*mine}
	case ch.What == conversation.Received && ch.Now.Unread > ch.Was.Unread:
		n.Event, n.To = notification.Message, []uuid.UUID{*mine}
	case ch.What == conversation.Paid || ch.What == conversation.PaidOther:
		n.Event, n.To = notification.PaymentReceived, []uuid.UUID{*mine}
	case ch.What == conversation.Woken && ch.Now.Unread == ch.Was.Unread: // a customer's message tells of itself
		n.Event, n.To = notification.SnoozeOver, []uuid.UUID{*mine}
	}
	return n
}

// unassigned tells of conversations that opened and that nobody was given: the people of their team, or
// everybody.
func (c *Core) unassigned(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, opened []conversation.Change) (news []notification.News, err error) {
	if len(opened) == 0 {
		return nil, nil
	}
	ids := make([]uuid.UUID, len(opened))
	for i, ch := range opened {
		ids[i] = ch.Now.ID
	}
	teams, err := c.Conversations.Nobodys(ctx, tx, tenant, ids)
	if err != nil || len(teams) == 0 {
		return nil, err
	}
	people := map[uuid.UUID][]uuid.UUID{}
	for _, ch := range opened {
		team, nobodys := teams[ch.Now.ID]
		if !nobodys {
			continue
		}
		if _, known := people[team]; !known {
			if people[team], err = c.peopleOf(ctx, tx, tenant, team); err != nil {
				return nil, err
			}
		}
		news = append(news, notification.News{Event: notification.Unassigned, To: people[team], Subject: ch.Now.ID, Item: ch.EntryID})
	}
	return news, nil
}

// peopleOf are the members of a team; of none: everybody.
func (c *Core) peopleOf(ctx context.Context, tx pgx.Tx, tenant, team uuid.UUID) ([]uuid.UUID, error) {
	if team != uuid.Nil {
		return c.Desk.PeopleOf(ctx, tx, tenant, team)
	}
	return c.everybody(ctx, tx, tenant)
}

// everybody are the people of a workspace.
func (c *Core) everybody(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]uuid.UUID, error) {
	members, err := c.Tenants.MembersIn(ctx, tx, tenant)
	ids := make([]uuid.UUID, len(members))
	for i, m := range members {
		ids[i] = m.UserID
	}
	return ids, err
}
