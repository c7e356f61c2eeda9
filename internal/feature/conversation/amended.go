package conversation

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/fulltext"
	"github.com/aerostic/aerostic/internal/platform/realtime"
)

const (
	sqlConversationsOfPairs = `
select distinct c.id, u.message_id from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as u(contact_id, channel_id, message_id)
join conversations c on c.tenant_id = $1 and c.contact_id = u.contact_id and c.channel_id = u.channel_id
where c.tenant_id = $1`
	sqlAmendPreview = `update conversations set preview = $4 where tenant_id = $1 and id = $2 and last_message_id = $3`
)

// Amended lets the list and the search follow what became of messages, and tells who looks. It is
// message.Hooks.Amended.
func (s *Service) Amended(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []message.Amendment) error {
	found, err := conversationsOfPairs(ctx, tx, tenant, list)
	if err != nil {
		return err
	}
	var all []realtime.News
	for _, a := range list {
		id, known := found[a.MessageID]
		if !known {
			continue
		}
		if err := amendWords(ctx, tx, tenant, id, a); err != nil {
			return err
		}
		n := news{ID: id, What: What(a.What), Message: &a.MessageID}
		all = append(all, realtime.News{Topic: Topic(id), Payload: n}, realtime.News{Topic: TopicList, Payload: n})
	}
	return realtime.PublishAll(ctx, tx, tenant, all)
}

// amendWords replaces what the list shows of a message and what the search finds it by.
func amendWords(ctx context.Context, tx pgx.Tx, tenant, conversation uuid.UUID, a message.Amendment) error {
	switch a.What {
	case message.Edited:
		if err := store(ctx, tx, tenant, nil, nil, nil, []text{{a.MessageID, conversation, "message", fulltext.Words(a.Text)}}); err != nil {
			return err
		}
	case message.Revoked:
		if _, err := tx.Exec(ctx, sqlDropTexts, tenant, []uuid.UUID{a.MessageID}); err != nil {
			return err
		}
	default:
		return nil
	}
	_, err := tx.Exec(ctx, sqlAmendPreview, tenant, conversation, a.MessageID, firstWords(a.Text, previewLength))
	return err
}

// conversationsOfPairs are the conversations that messages stand in, by message.
func conversationsOfPairs(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []message.Amendment) (map[uuid.UUID]uuid.UUID, error) {
	contacts, channels, messages := make([]uuid.UUID, len(list)), make([]uuid.UUID, len(list)), make([]uuid.UUID, len(list))
	for i, a := range list {
		contacts[i], channels[i], messages[i] = a.ContactID, a.ChannelID, a.MessageID
	}
	rows, err := tx.Query(ctx, sqlConversationsOfPairs, tenant, contacts, channels, messages)
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID]uuid.UUID, len(list))
	var id, of uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&id, &of}, func() error { found[of] = id; return nil })
	return found, err
}
