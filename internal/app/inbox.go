package app

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/csat"
	"github.com/aerostic/aerostic/internal/feature/hours"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/notification"
	"github.com/aerostic/aerostic/internal/feature/sla"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// holidaysChanged tells who plans by the workspace's holidays.
func (c *Core) holidaysChanged(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	if err := c.Campaigns.HolidaysChanged(ctx, tx, tenant); err != nil {
		return err
	}
	return c.Promises.Recount(ctx, tx, tenant)
}

// sayAway queues away messages; the gate decides on each as on everything that leaves.
func (c *Core) sayAway(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, answers []hours.Answer) error {
	drafts := make([]message.Draft, len(answers))
	for i, a := range answers {
		drafts[i] = message.Draft{ID: a.ID, ChannelID: a.Channel, ContactID: a.Contact, Origin: message.OriginAway,
			Priority: message.PriorityReply, Text: a.Text}
	}
	return c.Messages.Send(ctx, tx, tenant, drafts)
}

// sayQueued tells who waits their place.
func (c *Core) sayQueued(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, of conversation.Conversation, text string) error {
	return c.Messages.Send(ctx, tx, tenant, []message.Draft{{ID: ident.New(), ChannelID: of.ChannelID, ContactID: of.ContactID,
		Origin: message.OriginAway, Priority: message.PriorityReply, Text: text}})
}

// askRating queues questions for ratings, and thanks.
func (c *Core) askRating(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, questions []csat.Question) error {
	drafts := make([]message.Draft, len(questions))
	for i, q := range questions {
		drafts[i] = message.Draft{ID: q.ID, ChannelID: q.Channel, ContactID: q.Contact, Origin: message.OriginRating,
			Priority: message.PriorityReply, Content: ratingContent(q)}
	}
	return c.Messages.Send(ctx, tx, tenant, drafts)
}

// lowRating is the highest that its case's person is told of.
const lowRating = 2

// rated counts ratings, and tells who looked after a case that somebody was not happy with.
func (c *Core) rated(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ratings []csat.Rating) error {
	for _, r := range ratings {
		if r.Score > lowRating || r.Assignee == nil {
			continue
		}
		if err := c.Notices.Tell(ctx, tx, tenant, notification.News{Event: notification.CSATLow, To: []uuid.UUID{*r.Assignee},
			Subject: r.Conversation, Item: r.Case}); err != nil {
			return err
		}
	}
	return c.Support.Rated(ctx, tx, tenant, ratings)
}

// breached tells that a promise was not kept, or soon will not be, to those who are to know.
func (c *Core) breached(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, alarms []sla.Alarm) error {
	var news []notification.News
	for _, a := range alarms {
		n := notification.News{Event: notification.SLABreached, Subject: a.Conversation, Item: a.ID}
		tell := c.blamed
		if a.Warning {
			n.Event, tell = notification.SLAWarning, c.warned
		}
		var err error
		if n.To, err = tell(ctx, tx, tenant, a); err != nil {
			return err
		}
		news = append(news, n)
	}
	return c.Notices.Tell(ctx, tx, tenant, news...)
}

// blamed are who looks after a conversation, and whom an escalation names.
func (c *Core) blamed(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, a sla.Alarm) ([]uuid.UUID, error) {
	to := a.Users
	if a.Assignee != nil {
		to = append(to, *a.Assignee)
	}
	if a.Team == nil {
		return to, nil
	}
	people, err := c.Desk.PeopleOf(ctx, tx, tenant, *a.Team)
	return append(to, people...), err
}

// warned is who looks after a conversation; where nobody does, its team, or everybody.
func (c *Core) warned(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, a sla.Alarm) ([]uuid.UUID, error) {
	switch {
	case a.Assignee != nil:
		return []uuid.UUID{*a.Assignee}, nil
	case a.Team != nil:
		return c.Desk.PeopleOf(ctx, tx, tenant, *a.Team)
	}
	return c.everybody(ctx, tx, tenant)
}

// ratingContent is a question with its choices: as a list where it has a button to open one, else as
// buttons; without choices, a text.
func ratingContent(q csat.Question) *whatsapp.Content {
	if len(q.Choices) == 0 {
		return whatsapp.NewText(q.Text)
	}
	if q.Button == "" {
		buttons := make([]whatsapp.ReplyButton, len(q.Choices))
		for i, choice := range q.Choices {
			buttons[i] = whatsapp.ReplyButton{ID: choice.ID, Title: choice.Title}
		}
		return &whatsapp.Content{Type: whatsapp.TypeButton, Interactive: &whatsapp.Interactive{Body: q.Text, Buttons: buttons}}
	}
	rows := make([]whatsapp.ListRow, len(q.Choices))
	for i, choice := range q.Choices {
		rows[i] = whatsapp.ListRow{ID: choice.ID, Title: choice.Title}
	}
	list := &whatsapp.ReplyList{Button: q.Button, Sections: []whatsapp.ListSection{{Rows: rows}}}
	return &whatsapp.Content{Type: whatsapp.TypeList, Interactive: &whatsapp.Interactive{Body: q.Text, List: list}}
}

const (
	sqlChannelNames = `select id, coalesce(nullif(verified_name, ''), display_phone) from channels where tenant_id = $1`
	sqlTeamNames    = `select id, name from teams where tenant_id = $1`
)

// supportNames are what the rows of a report are called.
func (c *Core) supportNames(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, by string) (map[uuid.UUID]string, error) {
	names := map[uuid.UUID]string{}
	switch by {
	case "person":
		members, err := c.Tenants.MembersIn(ctx, tx, tenant)
		for _, m := range members {
			names[m.UserID] = m.Name
		}
		return names, err
	case "team":
		return c.named(ctx, tx, sqlTeamNames, tenant)
	case "channel":
		return c.named(ctx, tx, sqlChannelNames, tenant)
	}
	return names, nil
}

// named reads ids with their names.
func (c *Core) named(ctx context.Context, tx pgx.Tx, sql string, tenant uuid.UUID) (map[uuid.UUID]string, error) {
	names := map[uuid.UUID]string{}
	rows, err := tx.Query(ctx, sql, tenant)
	if err != nil {
		return nil, err
	}
	var id uuid.UUID
	var name string
	_, err = pgx.ForEachRow(rows, []any{&id, &name}, func() error { names[id] = name; return nil })
	return names, err
}
