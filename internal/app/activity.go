package app

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/segment"
)

// changed tells everybody who follows messages that some moved.
func (c *Core) changed(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, changes []message.Change) error {
	if err := c.Campaigns.Changed(ctx, tx, tenant, changes); err != nil {
		return err
	}
	if err := c.Sequences.Changed(ctx, tx, tenant, changes); err != nil {
		return err
	}
	news := make([]segment.News, 0, len(changes))
	for _, change := range changes {
		if marks := marksOf(change); marks != 0 {
			news = append(news, segment.News{Contact: change.ContactID, Marks: marks})
		}
	}
	if err := c.Segments.Note(ctx, tx, tenant, news); err != nil {
		return err
	}
	return c.Conversations.Moved(ctx, tx, tenant, changes)
}

// marksOf is what a message's move says about its contact. Nothing before WhatsApp's receipts
// does, so the batches that send write nothing here.
func marksOf(c message.Change) segment.Mark {
	var marks segment.Mark
	if c.From == c.To {
		return 0
	}
	if left(c.To) && !left(c.From) {
		marks |= segment.Written | segment.Sent
	}
	if reached(c.To) && !reached(c.From) {
		marks |= segment.Delivered
	}
	switch c.To {
	case message.Read:
		marks |= segment.Read
	case message.Failed:
		marks |= segment.Failed
	}
	if c.CampaignID == (uuid.UUID{}) {
		marks &= segment.Written
	}
	return marks
}

// left says that WhatsApp has confirmed a message.
func left(s message.State) bool { return s == message.Sent || reached(s) }

// reached says that a message was on the phone.
func reached(s message.State) bool { return s == message.Delivered || s == message.Read }
