package message

import (
	"context"
	"encoding/hex"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/upload"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// The file a message of ours shows is there from the start: threads show it as they show customers'.
const sqlShowFile = `
insert into message_media (tenant_id, message_id, channel_id, kind, mime, size, sha256, filename, voice, state, blob, created_at, uploaded)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'stored', $10, $11, true)
on conflict (tenant_id, message_id) do nothing`

// showFile keeps the file of a message that is one.
func (s *Service) showFile(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, d Draft, content *whatsapp.Content) error {
	uses := content.Media()
	if content.Type.Interactive() || len(uses) != 1 {
		return nil
	}
	id, _ := uuid.Parse(uses[0].Upload) // the zero one is nobody's
	found, err := s.Uploads.ByID(ctx, tx, tenant, []uuid.UUID{id})
	if err != nil {
		return err
	}
	file, there := found[id]
	if !there {
		return nil // the job ends the message with that reason
	}
	return keepShown(ctx, tx, tenant, d, uses[0], file, s.Clock.Now())
}

func keepShown(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, d Draft, use whatsapp.MediaUse, file upload.Upload, now time.Time) error {
	_, err := tx.Exec(ctx, sqlShowFile, tenant, d.ID, d.ChannelID, use.As, file.MIMEType, file.Size, hex.EncodeToString(file.SHA256),
		orElse(use.Filename, file.Filename), use.Voice, file.Key(tenant), now)
	return err
}

// A reaction of ours is seen at once, as its writer sees it; one that never got there is taken away.
const (
	sqlReactOurs = `
insert into message_reactions (tenant_id, message_id, by, emoji, at, place) values ($1, $2, 'business', $3, $4, $5)
on conflict (tenant_id, message_id, by) do update set emoji = excluded.emoji, at = excluded.at, place = excluded.place`
	sqlUnreact = `
delete from message_reactions r using messages m, messages t
where m.tenant_id = $1 and m.id = any($2) and m.id between $3 and $4 and m.kind = 'reaction' and m.direction = 'out'
    and t.tenant_id = $1 and t.wamid = m.body->'reaction'->>'messageId'
    and r.tenant_id = $1 and r.message_id = t.id and r.by = 'business' and r.place = m.id`
)

// React notes that a draft puts an emoji to a message.
func (s *Service) React(ctx context.Context, tx pgx.Tx, tenant, target uuid.UUID, d Draft) error {
	_, err := tx.Exec(ctx, sqlReactOurs, tenant, target, d.Content.Reaction.Emoji, s.Clock.Now(), d.ID)
	return err
}

// Unreact takes away the reactions of messages that did not get there.
func (s *Service) Unreact(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) error {
	low, high := bounds(ids)
	_, err := tx.Exec(ctx, sqlUnreact, tenant, ids, low, high)
	return err
}

const sqlStillShown = `select distinct blob from message_media where tenant_id = $1 and blob = any($2) and uploaded`

// withoutShared leaves out those of some erased messages' files that other messages show still, and forgets
// the uploads of the rest.
func (s *Service) withoutShared(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, blobs []string) ([]string, error) {
	if !slices.ContainsFunc(blobs, upload.IsKey) {
		return blobs, nil
	}
	rows, err := tx.Query(ctx, sqlStillShown, tenant, blobs)
	if err != nil {
		return nil, err
	}
	shown, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, err
	}
	gone := slices.DeleteFunc(blobs, func(key string) bool { return slices.Contains(shown, key) })
	return gone, s.Uploads.Forget(ctx, tx, tenant, gone)
}
