package conversation

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// speaks are the origins whose messages are part of a talk. What sequences, campaigns and consent send by
// themselves is seen in the thread and moves nothing.
func speaks(origin string) bool {
	switch origin {
	case message.OriginReply, message.OriginAgent, message.OriginWorkflow, message.OriginAPI:
		return true
	}
	return false
}

// Queued notes what the workspace says. It is part of message.Hooks.Queued. A message for later is noted
// when it goes.
func (s *Service) Queued(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, drafts []message.Draft) error {
	now := s.Clock.Now()
	var said []message.Draft
	var fresh []Conversation
	for _, d := range drafts {
		if speaks(d.Origin) && !d.DueAt.After(now) {
			said = append(said, d)
			fresh = append(fresh, Conversation{ID: ident.New(), ContactID: d.ContactID, ChannelID: d.ChannelID, LastAt: now})
		}
	}
	if len(said) == 0 {
		return nil
	}
	set, err := settings(ctx, tx, tenant)
	if err != nil {
		return err
	}
	byPair, err := lockedWorks(ctx, tx, tenant, fresh, now)
	if err != nil {
		return fmt.Errorf("find conversations: %w", err)
	}
	by := contact.ByOf(ctx)
	for _, d := range said {
		if w := byPair[pair{d.ContactID, d.ChannelID}]; w != nil {
			w.reply(d, by, set, now)
		}
	}
	return s.settle(ctx, tx, tenant, values(byPair))
}

// reply is what a message of the workspace does to its conversation.
func (w *work) reply(d message.Draft, by contact.By, set Settings, now time.Time) {
	c := &w.now
	kind, line, words := "template", "", ""
	if content := d.FreeForm(); content != nil {
		kind, line, words = content.Type.Kind(), content.Line(), content.Words()
	}
	w.last(d.ID, now, "out", kind, firstWords(line, previewLength))
	w.say(d.ID, "message", words)
	w.happened = append(w.happened, happening{what: Replied, message: d.ID, at: now, by: by})
	c.WaitingSince, c.Unread = nil, 0
	if c.Status == Resolved {
		w.begin(byBusiness, now, now, by)
		c.Status = Pending
	}
	w.running.MessagesOut++
	if d.Origin == message.OriginReply {
		w.answered(by, set, now)
	}
}

// answered is a person's answer: the first one of the case, and perhaps whose conversation it becomes.
func (w *work) answered(by contact.By, set Settings, now time.Time) {
	if by.Kind != string(actor.User) {
		return
	}
	if w.running.FirstReplyAt == nil {
		w.running.FirstReplyAt, w.running.FirstReplyBy = &now, by.ID
	}
	if w.now.AssigneeID == nil && set.AssignOnReply {
		w.assign(Assignment{Assignee: &by.ID}, now, by)
	}
}

// firstWords are the first n characters of a text on one line.
func firstWords(text string, n int) string {
	text = strings.Join(strings.Fields(text), " ")
	for i := range text {
		if n == 0 {
			return text[:i] + "…"
		}
		n--
	}
	return text
}
