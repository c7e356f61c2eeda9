package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

const (
	demoPatience = time.Minute            // for what was written to reach the inbox
	demoGlance   = 100 * time.Millisecond // between two looks
)

// work waits until the conversations are there and does with each what was to be done; one with a label was
// done before.
func (in *demoInbox) work(ctx context.Context) error {
	rows, err := in.rows(ctx)
	if err != nil {
		return err
	}
	for _, talk := range demoTalks() {
		row := rows[talk.phone]
		if len(row.Labels) > 0 {
			continue
		}
		as := in.people[talk.by]
		err := in.DB.InTenant(as, in.tenant, func(ctx context.Context, tx pgx.Tx) error { return in.act(ctx, tx, talk, row.ID) })
		if err != nil {
			return fmt.Errorf("work on %s: %w", row.Contact.Name, err)
		}
	}
	return nil
}

// rows waits for the conversations and gives them by their customers' phones.
func (in *demoInbox) rows(ctx context.Context) (map[string]conversation.Row, error) {
	ctx, cancel := context.WithTimeout(ctx, demoPatience)
	defer cancel()
	for {
		page, err := in.Conversations.List(in.people["owner"], conversation.Filter{}, web.PageQuery{Limit: 200})
		if err != nil {
			return nil, err
		}
		rows := map[string]conversation.Row{}
		for _, row := range page.Items {
			rows[strings.TrimPrefix(row.Contact.Phone, "+")] = row
		}
		if in.whole(rows) {
			return rows, nil
		}
		if err := clock.Sleep(ctx, in.Clock, demoGlance); err != nil {
			return nil, fmt.Errorf("what the demo customers wrote has not arrived: %w", err)
		}
	}
}

// whole says whether every customer's last message is there.
func (in *demoInbox) whole(rows map[string]conversation.Row) bool {
	for _, talk := range demoTalks() {
		row, ok := rows[talk.phone]
		last := talk.said[len(talk.said)-1]
		if !ok || len(row.Labels) == 0 && in.Clock.Now().Sub(row.LastAt) > last.ago+demoPatience {
			return false
		}
	}
	return true
}

// act is everything that is done with one conversation, in one transaction.
func (in *demoInbox) act(ctx context.Context, tx pgx.Tx, talk demoTalk, id uuid.UUID) error {
	ids, now := []uuid.UUID{id}, in.Clock.Now()
	if err := in.Conversations.SetLabelsIn(ctx, tx, in.tenant, ids, []uuid.UUID{in.labels[talk.label]}, nil); err != nil {
		return err
	}
	if !talk.nobody {
		user := actor.Must(ctx).UserID
		me := &user
		if err := in.Conversations.AssignIn(ctx, tx, in.tenant, ids, conversation.Assignment{Assignee: &me}); err != nil {
			return err
		}
	}
	if talk.reply != "" {
		if _, err := in.Conversations.SendIn(ctx, tx, in.tenant, id, conversation.Answer{ID: ident.New(), Content: whatsapp.NewText(talk.reply)}); err != nil {
			return err
		}
	}
	if talk.note != "" {
		if err := in.Conversations.AddNoteIn(ctx, tx, in.tenant, id, ident.New(), talk.note, []uuid.UUID{in.owner}); err != nil {
			return err
		}
	}
	if talk.status == "" {
		return nil
	}
	to := conversation.StatusChange{To: talk.status}
	if talk.status == conversation.Snoozed {
		to.Until = now.Add(18 * time.Hour)
	}
	return in.Conversations.SetStatusIn(ctx, tx, in.tenant, ids, to)
}

// rate asks those whose case has ended, and has them answer a second later: WhatsApp tells whole seconds.
func (in *demoInbox) rate(ctx context.Context) error {
	if err := in.Ratings.AskDue(ctx); err != nil {
		return err
	}
	for i, talk := range demoTalks() {
		if talk.rating == "" {
			continue
		}
		if err := in.say(ctx, talk.phone, fmt.Sprintf("wamid.demo.%d.rating", i), demoSaid{text: talk.rating, ago: -time.Second}); err != nil {
			return err
		}
	}
	return nil
}
