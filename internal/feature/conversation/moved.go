package conversation

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/realtime"
)

// Ticks is what happens to a message of the workspace that is in the thread already.
const Ticks What = "ticks"

const (
	sqlConversationsOf = `select id, contact_id, channel_id from conversations where tenant_id = $1 and contact_id = any($2)`
	sqlKnownPair       = `
select exists (select 1 from contacts where tenant_id = $1 and id = $2 and deleted_at is null),
    exists (select 1 from channels where tenant_id = $1 and id = $3)`
)

func (s *Service) publishMoved(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, changes []message.Change) error {
	moved, contacts := map[pair][]uuid.UUID{}, []uuid.UUID{}
	for _, ch := range changes {
		if ch.CampaignID == uuid.Nil && ch.From != ch.To {
			of := pair{ch.ContactID, ch.ChannelID}
			moved[of] = append(moved[of], ch.MessageID)
			contacts = append(contacts, ch.ContactID)
		}
	}
	if len(moved) == 0 {
		return nil
	}
	list, err := ticks(ctx, tx, tenant, contacts, moved)
	if err != nil {
		return err
	}
	return realtime.PublishAll(ctx, tx, tenant, list)
}

// ticks is the news of messages that moved, in the conversation of each: people may have several, one per
// number.
func ticks(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID, moved map[pair][]uuid.UUID) (list []realtime.News, err error) {
	rows, err := tx.Query(ctx, sqlConversationsOf, tenant, contacts)
	if err != nil {
		return nil, err
	}
	var id uuid.UUID
	var of pair
	_, err = pgx.ForEachRow(rows, []any{&id, &of.contact, &of.channel}, func() error {
		for _, m := range moved[of] {
			n := news{ID: id, What: Ticks, Message: &m}
			list = append(list, realtime.News{Topic: Topic(id), Payload: n}, realtime.News{Topic: TopicList, Payload: n})
		}
		return nil
	})
	return list, err
}

func knownPair(ctx context.Context, tx pgx.Tx, tenant, contact, channel uuid.UUID) error {
	var known, ours bool
	err := tx.QueryRow(ctx, sqlKnownPair, tenant, contact, channel).Scan(&known, &ours)
	switch {
	case err != nil:
		return err
	case !known:
		return fault.NotFound("This contact does not exist.").WithCode("contact_not_found")
	case !ours:
		return fault.Invalid("This number is not one of the workspace.").At("body.channelId", "Choose a connected number.")
	}
	return nil
}
