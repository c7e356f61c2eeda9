package message

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

const (
	mediaBatch   = 10              // files claimed at once
	mediaLease   = 5 * time.Minute // a claimed file is nobody else's for that long
	mediaTimeout = 10 * time.Minute
	mediaSweep   = time.Minute
)

// mediaWait is until the next try: 15 s, doubled each time up to six hours.
func mediaWait(attempts int) time.Duration {
	return min(15*time.Second<<min(attempts, 12), 6*time.Hour)
}

// awaited is a file to fetch.
type awaited struct {
	MessageID uuid.UUID
	ChannelID uuid.UUID
	ContactID uuid.UUID
	Kind      string
	MediaID   string
	MIME      string
	SHA256    string
	Attempts  int
	KeepUntil *time.Time
	CreatedAt time.Time
}

const sqlClaimMedia = `
update message_media m set next_at = $3, attempts = m.attempts + 1
from (
    select message_id from message_media where tenant_id = $1 and next_at <= $2
    order by next_at, message_id limit $4 for update skip locked) due
where m.tenant_id = $1 and m.message_id = due.message_id
returning m.message_id, m.channel_id, m.kind, m.media_id, m.mime, m.sha256, m.attempts, m.keep_until, m.created_at`

func (s *Service) claimMedia(ctx context.Context, tenant uuid.UUID) (list []awaited, err error) {
	now := s.Clock.Now()
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlClaimMedia, tenant, now, now.Add(mediaLease), mediaBatch)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (a awaited, err error) {
			return a, r.Scan(&a.MessageID, &a.ChannelID, &a.Kind, &a.MediaID, &a.MIME, &a.SHA256, &a.Attempts, &a.KeepUntil, &a.CreatedAt)
		})
		return err
	})
	return list, err
}

// FetchMedia fetches the files that a workspace waits for, as many as are due.
func (s *Service) FetchMedia(ctx context.Context, tenant uuid.UUID) error {
	for {
		list, err := s.claimMedia(ctx, tenant)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, a := range list {
			if err := s.fetchOne(ctx, tenant, a); err != nil {
				return fmt.Errorf("fetch the file of message %s: %w", a.MessageID, err)
			}
		}
	}
}

// fetchOne fetches a file, keeps it and notes what became of it. Its errors are the database's; those of
// Meta and of the file are noted with the message.
func (s *Service) fetchOne(ctx context.Context, tenant uuid.UUID, a awaited) error {
	file, err := s.download(ctx, tenant, a)
	if err == nil {
		key := mediaFolder(tenant) + a.MessageID.String()
		if err = s.Blobs.Put(ctx, key, bytes.NewReader(file.content), int64(len(file.content)), file.mime); err == nil {
			return s.stored(ctx, tenant, a, file, key)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err() // its lease ends, and somebody else fetches it
	}
	var bad *badFile
	now := s.Clock.Now()
	switch {
	case errors.As(err, &bad):
		return s.settleMedia(ctx, tenant, a, MediaRefused, bad.sentence, nil)
	case a.KeepUntil != nil && !now.Before(*a.KeepUntil):
		return s.settleMedia(ctx, tenant, a, MediaFailed, "The file could not be fetched from WhatsApp within the seven days that it keeps files. Ask the customer to send it again.", nil)
	}
	s.Logger.WarnContext(ctx, "media cannot be fetched, trying again", "message", a.MessageID, "attempts", a.Attempts, "error", err)
	next := now.Add(mediaWait(a.Attempts))
	if a.KeepUntil != nil && next.After(*a.KeepUntil) {
		next = *a.KeepUntil
	}
	return s.settleMedia(ctx, tenant, a, MediaPending, "", &next)
}

// errNoToken says that a number is not connected now; it may be again while Meta keeps the file.
var errNoToken = errors.New("the number is not connected")

// fetched is a file as it came.
type fetched struct {
	content []byte
	mime    string
	sha256  string
}

func (s *Service) download(ctx context.Context, tenant uuid.UUID, a awaited) (fetched, error) {
	var at channel.Sender
	err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
		at, err = s.Channels.Readable(ctx, tx, tenant, a.ChannelID)
		return err
	})
	if err != nil || at.Token == "" {
		return fetched{}, cmp.Or(err, errNoToken)
	}
	info, err := s.WhatsApp.MediaInfo(ctx, at.Token, a.MediaID, at.PhoneNumberID)
	if err != nil {
		return fetched{}, err
	}
	limit := mediaLimits()[a.Kind]
	if info.Size > limit {
		return fetched{}, tooLarge(a.Kind, limit)
	}
	content, err := s.WhatsApp.DownloadMedia(ctx, at.Token, info.URL, limit)
	if errors.Is(err, whatsapp.ErrMediaTooLarge) {
		return fetched{}, tooLarge(a.Kind, limit)
	}
	if err != nil {
		return fetched{}, err
	}
	sum := sha256.Sum256(content)
	got := hex.EncodeToString(sum[:])
	if a.SHA256 != "" && a.SHA256 != got {
		return fetched{}, errors.New("the file is not the one that WhatsApp told of")
	}
	mime, err := checkedType(a.Kind, a.MIME, content)
	return fetched{content, mime, got}, err
}

const sqlStoreMedia = `
update message_media set state = 'stored', reason = '', mime = $3, size = $4, sha256 = $5, blob = $6, next_at = null
where tenant_id = $1 and message_id = $2 and state = 'pending'`

// stored notes that a file is here; one whose message was erased meanwhile goes again.
func (s *Service) stored(ctx context.Context, tenant uuid.UUID, a awaited, file fetched, key string) error {
	erased := false
	err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, sqlStoreMedia, tenant, a.MessageID, file.mime, len(file.content), file.sha256, key)
		if erased = err == nil && tag.RowsAffected() == 0; err != nil || erased {
			return err
		}
		return s.tellFetched(ctx, tx, tenant, a)
	})
	if err == nil && erased {
		return s.dropUnlessStored(ctx, tenant, a.MessageID, key)
	}
	return err
}

const sqlMediaState = `select state from message_media where tenant_id = $1 and message_id = $2`

// dropUnlessStored deletes a file that nobody refers to. Another worker may have stored it after this
// one's lease ended.
func (s *Service) dropUnlessStored(ctx context.Context, tenant, id uuid.UUID, key string) error {
	var state MediaState
	err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlMediaState, tenant, id).Scan(&state)
	})
	if err != nil && !errors.Is(err, pgx.ErrNoRows) || state == MediaStored {
		return err
	}
	return s.Blobs.Delete(ctx, key)
}

const sqlSettleMedia = `
update message_media set state = $3, reason = $4, next_at = $5 where tenant_id = $1 and message_id = $2 and state = 'pending'`

func (s *Service) settleMedia(ctx context.Context, tenant uuid.UUID, a awaited, state MediaState, reason string, next *time.Time) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, sqlSettleMedia, tenant, a.MessageID, state, reason, next)
		if err != nil || state == MediaPending || tag.RowsAffected() == 0 {
			return err
		}
		return s.tellFetched(ctx, tx, tenant, a)
	})
}

const sqlContactOf = `select contact_id from messages where tenant_id = $1 and id = $2`

func (s *Service) tellFetched(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, a awaited) error {
	done := Amendment{MessageID: a.MessageID, ChannelID: a.ChannelID, What: Fetched, At: s.Clock.Now()}
	if err := tx.QueryRow(ctx, sqlContactOf, tenant, a.MessageID).Scan(&done.ContactID); err != nil {
		return err
	}
	return s.tellAmended(ctx, tx, tenant, []Amendment{done})
}

type mediaWorker struct {
	river.WorkerDefaults[mediaArgs]
	s *Service
}

// Timeout is of all that a workspace waits for.
func (w *mediaWorker) Timeout(*river.Job[mediaArgs]) time.Duration { return mediaTimeout }

// Work fetches a workspace's files.
func (w *mediaWorker) Work(ctx context.Context, job *river.Job[mediaArgs]) error {
	return w.s.FetchMedia(ctx, job.Args.Tenant)
}

// mediaSweepArgs asks for files that wait without a job.
type mediaSweepArgs struct{}

// Kind names the job.
func (mediaSweepArgs) Kind() string { return "message_media_sweep" }

// InsertOpts puts it on the metrics queue.
func (mediaSweepArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Metrics, MaxAttempts: 1}
}

const systemDueMedia = `select distinct tenant_id from message_media where next_at <= $1`

// SweepMedia rings for the workspaces whose files are due.
func (s *Service) SweepMedia(ctx context.Context) error {
	var tenants []uuid.UUID
	err := s.DB.AsSystem(ctx, "find media to fetch", func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, systemDueMedia, s.Clock.Now())
		if err != nil {
			return err
		}
		tenants, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		return err
	})
	for _, tenant := range tenants {
		err = errors.Join(err, s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
			return s.Queue.Insert(ctx, tx, mediaArgs{Tenant: tenant}, nil)
		}))
	}
	return err
}

// mediaWorkers registers the work of these jobs.
func (s *Service) mediaWorkers(w *river.Workers) {
	river.AddWorker(w, &mediaWorker{s: s})
	river.AddWorker(w, river.WorkFunc(func(ctx context.Context, _ *river.Job[mediaSweepArgs]) error { return s.SweepMedia(ctx) }))
	river.AddWorker(w, river.WorkFunc(func(ctx context.Context, job *river.Job[mediaEraseArgs]) error {
		var err error
		for _, key := range job.Args.Blobs {
			err = errors.Join(err, s.Blobs.Delete(ctx, key))
		}
		return err
	}))
}

// Periodic are the jobs that come round by themselves.
func (s *Service) Periodic() []*river.PeriodicJob {
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(mediaSweep),
		func() (river.JobArgs, *river.InsertOpts) { return mediaSweepArgs{}, nil }, nil)}
}
