package message

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

const (
	// filesWait is when a message whose files Meta lacks is looked at again by itself: the job that gives
	// them to Meta makes it due at once.
	filesWait = 15 * time.Minute
	// filesAttempts is how often giving them is tried, over some minutes.
	filesAttempts = 6
	filesTimeout  = 10 * time.Minute
)

// FilesArgs asks that Meta is given the files of a message, which then goes.
type FilesArgs struct {
	TenantID  uuid.UUID `json:"tenant_id"`
	MessageID uuid.UUID `json:"message_id"`
}

// Kind names the job.
func (FilesArgs) Kind() string { return "message_files" }

// InsertOpts asks once however often it is asked for.
func (FilesArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Automation, MaxAttempts: filesAttempts,
		UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled}}}
}

type filesWorker struct {
	river.WorkerDefaults[FilesArgs]
	s *Service
}

// Timeout is long: a file may have 100 MB.
func (w *filesWorker) Timeout(*river.Job[FilesArgs]) time.Duration { return filesTimeout }

// Work gives the files to Meta. It may run twice: that sends nothing.
func (w *filesWorker) Work(ctx context.Context, job *river.Job[FilesArgs]) error {
	return w.s.giveFiles(ctx, job.Args, job.Attempt >= job.MaxAttempts)
}

// Workers registers the work of this feature's jobs.
func (s *Service) Workers(w *river.Workers) {
	river.AddWorker(w, &filesWorker{s: s})
	s.mediaWorkers(w)
}

// awaitFiles holds back those of queued messages whose files Meta lacks, and asks for them to be given.
func (s *Service) awaitFiles(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, drafts []Draft) error {
	for _, d := range drafts {
		content := d.FreeForm()
		if content == nil || len(content.Uploads()) == 0 {
			continue
		}
		if err := s.showFile(ctx, tx, tenant, d, content); err != nil {
			return fmt.Errorf("keep what file a message shows: %w", err)
		}
		known, err := s.handles(ctx, tx, tenant, d.ChannelID, []*whatsapp.Content{content})
		if err != nil {
			return fmt.Errorf("look for files at Meta: %w", err)
		}
		if !known.lack(content) {
			continue
		}
		if until := s.Clock.Now().Add(filesWait); until.After(d.DueAt) {
			if err := delay(ctx, tx, tenant, []uuid.UUID{d.ID}, []time.Time{until}); err != nil {
				return err
			}
		}
		if err := s.Queue.Insert(ctx, tx, FilesArgs{tenant, d.ID}, nil); err != nil {
			return fmt.Errorf("ask for files to be given: %w", err)
		}
	}
	return nil
}

// known are Meta's ids of our files.
type known map[uuid.UUID]string

// of is Meta's id of a file of ours; the zero id is nobody's.
func (k known) of(file string) string {
	id, _ := uuid.Parse(file)
	return k[id]
}

// lack says whether Meta lacks a file of a message.
func (k known) lack(c *whatsapp.Content) bool {
	return slices.ContainsFunc(c.Uploads(), func(file string) bool { return k.of(file) == "" })
}

// fill puts Meta's ids in.
func (k known) fill(c *whatsapp.Content) {
	for _, use := range c.Media() {
		if use.Upload != "" {
			use.ID = k.of(use.Upload)
		}
	}
}

// handles asks for Meta's ids of the files of some messages. Without files it costs nothing.
func (s *Service) handles(ctx context.Context, tx pgx.Tx, tenant, channel uuid.UUID, list []*whatsapp.Content) (known, error) {
	var ids []uuid.UUID
	for _, c := range list {
		for _, file := range c.Uploads() {
			id, _ := uuid.Parse(file)
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return s.Uploads.Handles(ctx, tx, tenant, channel, ids)
}

// readyFiles fills the files of a batch, and asks for what Meta has let go since the message was queued.
func (s *Service) readyFiles(ctx context.Context, tx pgx.Tx, tenant, channel uuid.UUID, list []candidate) (lacking map[uuid.UUID]bool, err error) {
	var contents []*whatsapp.Content
	for _, c := range list {
		if c.content != nil {
			contents = append(contents, c.content)
		}
	}
	at, err := s.handles(ctx, tx, tenant, channel, contents)
	if err != nil {
		return nil, err
	}
	lacking = make(map[uuid.UUID]bool)
	for _, c := range list {
		if c.content == nil {
			continue
		}
		if at.fill(c.content); !at.lack(c.content) {
			continue
		}
		lacking[c.id] = true
		if err := s.Queue.Insert(ctx, tx, FilesArgs{tenant, c.id}, nil); err != nil {
			return nil, err
		}
	}
	return lacking, nil
}

// giveFiles gives a queued message's files to Meta and makes it due. What can never be given, or was
// tried often enough, ends the message with why.
func (s *Service) giveFiles(ctx context.Context, args FilesArgs, last bool) error {
	m, err := s.queuedContent(ctx, args)
	if err != nil || m.content == nil {
		return err
	}
	for _, text := range m.content.Uploads() {
		id, _ := uuid.Parse(text)
		if err := s.Uploads.Hand(ctx, args.TenantID, m.channel, id); err != nil {
			reason := fileProblem(err)
			if reason == "" && !last {
				return fmt.Errorf("give file %s to Meta: %w", id, err)
			}
			return s.endQueued(ctx, args.TenantID, args.MessageID, orElse(reason, ReasonFileNotGiven))
		}
	}
	return s.makeDue(ctx, args.TenantID, m.channel, args.MessageID)
}

// fileProblem is why a file can never be given; empty where trying again may do.
func fileProblem(err error) string {
	if refusal, ok := errors.AsType[*whatsapp.Error](err); ok {
		if refusal.Repeatable() || refusal.Advice().Class == whatsapp.ClassAuth {
			return "" // the number may be connected again
		}
		return ReasonFileRefused
	}
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Kind == fault.KindNotFound {
		return ReasonFileGone
	}
	return ""
}
