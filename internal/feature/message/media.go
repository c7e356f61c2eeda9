package message

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/queue"
)

// MediaState is where the file of a message is.
type MediaState string

// The states.
const (
	MediaPending MediaState = "pending" // being fetched from Meta
	MediaStored  MediaState = "stored"
	MediaFailed  MediaState = "failed"  // could not be fetched while Meta had it
	MediaRefused MediaState = "refused" // is not what it says, or too large
	MediaErased  MediaState = "erased"
)

// mediaKept is how long Meta keeps an inbound file.
const mediaKept = 7 * 24 * time.Hour

// mediaFolder is where a workspace's fetched files lie.
func mediaFolder(tenant uuid.UUID) string { return tenant.String() + "/media/" }

const sqlInsertMedia = `
insert into message_media (tenant_id, message_id, channel_id, kind, media_id, mime, sha256, filename, voice, animated, state, next_at, keep_until, created_at)
select $1, u.message_id, u.channel_id, u.kind, u.media_id, u.mime, u.sha256, u.filename, u.voice, u.animated, 'pending', $2, u.keep_until, $2
from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::boolean[], $11::boolean[], $12::timestamptz[])
    as u(message_id, channel_id, kind, media_id, mime, sha256, filename, voice, animated, keep_until)
on conflict (tenant_id, message_id) do nothing`

// expectMedia notes the files of messages just stored, and rings for them to be fetched.
func (s *Service) expectMedia(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []arriving) error {
	var ids, channels []uuid.UUID
	var kinds, media, mimes, hashes, names []string
	var voices, animated []bool
	var until []time.Time
	for _, a := range list {
		m := a.Media
		if m == nil {
			continue
		}
		ids, channels, until = append(ids, a.id), append(channels, a.channel), append(until, a.at.Add(mediaKept))
		kinds, media, mimes = append(kinds, m.Kind), append(media, m.ID), append(mimes, m.MIME)
		hashes, names = append(hashes, m.SHA256), append(names, m.Filename)
		voices, animated = append(voices, m.Voice), append(animated, m.Animated)
	}
	if len(ids) == 0 {
		return nil
	}
	if _, err := tx.Exec(ctx, sqlInsertMedia, tenant, s.Clock.Now(), ids, channels, kinds, media, mimes, hashes, names, voices, animated, until); err != nil {
		return err
	}
	return s.Queue.Insert(ctx, tx, mediaArgs{Tenant: tenant}, nil)
}

// mediaArgs asks for a workspace's files to be fetched: a doorbell, whatever waits is in the table.
type mediaArgs struct {
	Tenant uuid.UUID `json:"tenant"`
}

// Kind names the job.
func (mediaArgs) Kind() string { return "message_media" }

// InsertOpts puts it on the webhook queue; the sweeper is its retry.
func (mediaArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Webhook, MaxAttempts: 3}
}

// mediaEraseArgs asks for files to be deleted whose messages are erased.
type mediaEraseArgs struct {
	Tenant uuid.UUID `json:"tenant"`
	Blobs  []string  `json:"blobs"`
}

// Kind names the job.
func (mediaEraseArgs) Kind() string { return "message_media_erase" }

// InsertOpts puts it on the webhook queue.
func (mediaEraseArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: queue.Webhook} }

const sqlEraseMedia = `
update message_media m set state = 'erased', reason = '', media_id = '', sha256 = '', filename = '', blob = '', next_at = null
from (select message_id, blob from message_media where tenant_id = $1 and message_id = any($2) for update) old
where m.tenant_id = $1 and m.message_id = old.message_id
returning old.blob`

// eraseMedia forgets the files of messages; the bytes go after the commit. Those of a file that was sent are
// an upload's, which other messages may show too.
func (s *Service) eraseMedia(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) error {
	rows, err := tx.Query(ctx, sqlEraseMedia, tenant, ids)
	if err != nil {
		return err
	}
	var blobs []string
	var key string
	if _, err := pgx.ForEachRow(rows, []any{&key}, func() error {
		if strings.HasPrefix(key, mediaFolder(tenant)) {
			blobs = append(blobs, key)
		}
		return nil
	}); err != nil {
		return err
	}
	if blobs, err = s.withoutShared(ctx, tx, tenant, blobs); err != nil || len(blobs) == 0 {
		return err
	}
	return s.Queue.Insert(ctx, tx, mediaEraseArgs{Tenant: tenant, Blobs: blobs}, nil)
}
