package conversation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

const (
	// farthest is how far ahead a message may be scheduled: Meta keeps its files a little longer.
	farthest = 28 * 24 * time.Hour
	// longestOutbox is how long a browser without a line may keep a message before it sends it, and
	// fastClock how fast its clock may be: a message's place in the thread is the time of its id.
	longestOutbox = 7 * 24 * time.Hour
	fastClock     = 10 * time.Minute
)

// Answer is a message that a member writes: free-form or a template.
type Answer struct {
	ID       uuid.UUID // made by the client: the same twice is one message
	Content  *whatsapp.Content
	Template *Letter
	Quote    *uuid.UUID // a message of the conversation
	DueAt    time.Time  // zero: now
}

// Letter is a template with the values of its places, by the places' keys.
type Letter struct {
	ID     uuid.UUID         `json:"id"`
	Values map[string]string `json:"values,omitempty" doc:"What stands in its places, by their keys: body.1, header.media …"`
}

// Send queues a member's message in a conversation and returns it as the thread shows it. The same id with
// the same words is the same message; with others it is a conflict.
func (s *Service) Send(ctx context.Context, id uuid.UUID, a Answer) (item Item, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		item, err = s.SendIn(ctx, tx, tenant, id, a)
		return err
	})
	return item, err
}

// SendIn is Send in the caller's transaction.
func (s *Service) SendIn(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, a Answer) (item Item, err error) {
	if err := a.check(s.Clock.Now()); err != nil {
		return item, err
	}
	c, err := s.mayWrite(ctx, tx, tenant, id)
	if err != nil {
		return item, err
	}
	d, err := s.draft(ctx, tx, tenant, c, a)
	if err != nil {
		return item, err
	}
	if err := s.queue(ctx, tx, tenant, d); err != nil {
		return item, err
	}
	if err := s.react(ctx, tx, tenant, a, d); err != nil {
		return item, err
	}
	return itemOf(ctx, tx, tenant, d.ID)
}

// check holds an answer against what can be told of it alone.
func (a *Answer) check(now time.Time) error {
	if made := ident.Time(a.ID); a.ID.Version() != 7 || made.Before(now.Add(-longestOutbox)) || made.After(now.Add(fastClock)) {
		return fault.Invalid("The message's id is not of this time. Set this device's clock and send again.").At("body.id", "Make a UUIDv7 when the message is written.")
	}
	if !a.DueAt.After(now) {
		a.DueAt = time.Time{}
	}
	switch {
	case (a.Content == nil) == (a.Template == nil):
		return fault.Invalid("A message is free-form or a template.").At("body", "Give content or template.")
	case a.DueAt.After(now.Add(farthest)):
		return fault.Invalid("A message can be scheduled for the next 28 days.").At("body.dueAt", "Choose an earlier time.")
	case a.Content != nil:
		if problems := a.Content.Validate(); len(problems) > 0 {
			return wrongContent(problems)
		}
		return a.expires(later(&now, a.DueAt))
	}
	return nil
}

// expires wants a bill to be payable for a while from when it goes.
func (a *Answer) expires(goes *time.Time) error {
	if a.Content.Type != whatsapp.TypeOrderDetails {
		return nil
	}
	if at := a.Content.Interactive.Bill.ExpiresAt; at != nil && at.Before(goes.Add(whatsapp.BillAhead)) {
		return fault.Invalid("A payment request must be payable for at least five minutes after it goes.").
			At("body.content.interactive.bill.expiresAt", "Choose a later time.")
	}
	return nil
}

// wrongContent names everything that WhatsApp would refuse.
func wrongContent(problems []whatsapp.ContentProblem) error {
	if len(problems) == 0 {
		return nil
	}
	f := fault.Invalid("WhatsApp would not take this message: " + problems[0].Sentence)
	for _, p := range problems {
		f = f.At("body.content."+p.Place, p.Sentence)
	}
	return f
}

// mayWrite reads a conversation that the actor may answer in.
func (s *Service) mayWrite(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Conversation, error) {
	c, err := byID(ctx, tx, tenant, id)
	if err != nil {
		return c, err
	}
	set, err := settings(ctx, tx, tenant)
	switch {
	case err != nil:
		return c, err
	case !mayReply(set, c.AssigneeID, actor.Must(ctx).UserID):
		return c, fault.Forbidden("Only the assignee answers in this workspace. Take the conversation over first.").WithCode("not_assignee")
	case c.BlockedAt != nil:
		return c, fault.Conflict("This person is blocked. Unblock them to write to them.").WithCode("blocked")
	}
	return c, nil
}

// draft is the message as it is queued: what it names is looked up.
func (s *Service) draft(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Conversation, a Answer) (d message.Draft, err error) {
	d = message.Draft{ID: a.ID, ChannelID: c.ChannelID, ContactID: c.ContactID, Origin: message.OriginReply, Priority: message.PriorityReply,
		UserID: actor.Must(ctx).UserID, DueAt: a.DueAt}
	if a.Template != nil {
		d.TemplateID = a.Template.ID
		d.Params, err = s.Messages.Letter(ctx, tx, tenant, a.Template.ID, a.Template.Values)
		return d, err
	}
	if a.DueAt.IsZero() && (c.WindowUntil == nil || !s.Clock.Now().Before(*c.WindowUntil)) {
		e := message.Explain(message.ReasonWindowClosed, 0)
		return d, fault.Conflict(e.Title + " " + e.Advice).WithCode(message.ReasonWindowClosed)
	}
	content := *a.Content
	d.Content = &content
	if a.Quote != nil {
		if d.ReplyTo, err = wamidIn(ctx, tx, tenant, c, *a.Quote, "body.quote"); err != nil {
			return d, err
		}
	}
	if content.Reaction != nil {
		if err := s.aim(ctx, tx, tenant, c, &content); err != nil {
			return d, err
		}
	}
	return d, s.fit(ctx, tx, tenant, &content)
}

// aim puts Meta's id of the message that is reacted to in the place of ours.
func (s *Service) aim(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Conversation, content *whatsapp.Content) error {
	const place = "body.content.reaction.messageId"
	id, err := uuid.Parse(content.Reaction.MessageID)
	if err != nil {
		return fault.Invalid("This message is not one of the conversation.").At(place, "Name a message of the thread.")
	}
	reaction := *content.Reaction
	content.Reaction = &reaction
	reaction.MessageID, err = wamidIn(ctx, tx, tenant, c, id, place)
	return err
}

const sqlWAMIDIn = `
select coalesce(wamid, '') from messages where tenant_id = $1 and id = $2 and channel_id = $3 and contact_id = any($4)`

// wamidIn is Meta's id of a message of the conversation.
func wamidIn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Conversation, id uuid.UUID, place string) (wamid string, err error) {
	lives, err := livesOf(ctx, tx, tenant, c.ContactID)
	if err != nil {
		return "", err
	}
	err = tx.QueryRow(ctx, sqlWAMIDIn, tenant, id, c.ChannelID, lives).Scan(&wamid)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return "", fault.Invalid("This message is not one of the conversation.").At(place, "Name a message of the thread.")
	case err == nil && wamid == "":
		return "", fault.Conflict("WhatsApp does not have this message yet, so it cannot be answered or reacted to.").At(place, "Wait until it was sent.")
	}
	return wamid, err
}

// fit checks that the files are there and are what they are shown as.
func (s *Service) fit(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, content *whatsapp.Content) error {
	uses := content.Media()
	ids := make([]uuid.UUID, 0, len(uses))
	for _, use := range uses {
		if id, err := uuid.Parse(use.Upload); err == nil {
			ids = append(ids, id)
		}
	}
	files, err := s.Uploads.ByID(ctx, tx, tenant, ids)
	if err != nil {
		return fmt.Errorf("read uploads: %w", err)
	}
	for _, use := range uses {
		if use.Upload == "" {
			continue
		}
		id, _ := uuid.Parse(use.Upload)
		file, there := files[id]
		switch {
		case !there:
			return fault.Invalid("A file of this message is not in the workspace. Attach it again.").At("body.content", "Upload the file first.")
		case !file.Fits(use):
			return fault.Invalid(fmt.Sprintf("This file is of kind %s and cannot be sent so. Send it as that, or as a document.", file.Kind)).At("body.content", "Send it as another kind.")
		case use.As == whatsapp.TypeDocument && use.Filename == "":
			use.Filename = file.Filename
		}
	}
	return nil
}

// queue sends a draft through the gate, and refuses an id that was another message's.
func (s *Service) queue(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, d message.Draft) error {
	if err := s.Messages.Send(ctx, tx, tenant, []message.Draft{d}); err != nil {
		return fmt.Errorf("queue answer: %w", err)
	}
	same, err := s.Messages.Same(ctx, tx, tenant, d)
	if err == nil && !same {
		return fault.Conflict("Another message has this id already.").WithCode("message_id_taken").At("body.id", "Make a new id for a new message.")
	}
	return err
}

// react shows a reaction on the message it is for.
func (s *Service) react(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, a Answer, d message.Draft) error {
	if d.Content == nil || d.Content.Reaction == nil {
		return nil
	}
	target, err := uuid.Parse(a.Content.Reaction.MessageID)
	if err != nil {
		return err
	}
	return s.Messages.React(ctx, tx, tenant, target, d)
}

// itemOf is a message as the thread shows it.
func itemOf(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Item, error) {
	rows, err := messageRows(ctx, tx, tenant, []uuid.UUID{id})
	if err != nil {
		return Item{}, err
	}
	if len(rows) == 0 {
		return Item{}, fault.NotFound("There is no such message in this conversation.")
	}
	asked, err := payments(ctx, tx, tenant, rows)
	return rows[0].itemWith(asked), err
}
