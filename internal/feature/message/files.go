package message

import (
	"context"
	"errors"
	"fmt"
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
		lacking, err := s.fillFiles(ctx, tx, tenant, d.ChannelID, []*whatsapp.Content{content})
		if err != nil {
			return fmt.Errorf("look for files at Meta: %w", err)
		}
		if !lacking[content] {
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

// fillFiles puts Meta's ids of our files into contents, and says which contents have files that Meta
// lacks. One query; none without files.
func (s *Service) fillFiles(ctx context.Context, tx pgx.Tx, tenant, channel uuid.UUID, list []*whatsapp.Content) (lacking map[*whatsapp.Content]bool, err error) {
	var ids []uuid.UUID
	for _, c := range list {
		for _, text := range c.Uploads() {
			id, _ := uuid.Parse(text) // the zero one is nobody's
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	known, err := s.Uploads.Handles(ctx, tx, tenant, channel, ids)
	if err != nil {
		return nil, err
	}
	lacking = make(map[*whatsapp.Content]bool)
	for _, c := range list {
		for _, use := range c.Media() {
			if use.Upload == "" {
				continue
			}
			id, _ := uuid.Parse(use.Upload)
			use.ID = known[id]
			lacking[c] = lacking[c] || use.ID == ""
		}
	}
	return lacking, nil
}

// readyFiles fills the files of a batch, and asks for what Meta has let go since the message was queued.
func (s *Service) readyFiles(ctx context.Context, tx pgx.Tx, tenant, channel uuid.UUID, list []candidate) (lacking map[uuid.UUID]bool, err error) {
	var contents []*whatsapp.Content
	for _, c := range list {
		if c.content != nil {
			contents = append(contents, c.content)
		}
	}
	without, err := s.fillFiles(ctx, tx, tenant, channel, contents)
	if err != nil {
		return nil, err
	}
	lacking = make(map[uuid.UUID]bool, len(without))
	for _, c := range list {
		if !without[c.content] {
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
