package queue

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// FailedJob is a job that failed for good and waits for somebody to decide.
type FailedJob struct {
	ID       int64
	Kind     string
	Queue    string
	Attempts int
	Reason   string // the error of the last attempt
	FailedAt time.Time
}

// Failed lists jobs that failed for good, newest first, at most limit of them with an id under
// before (0: from the newest).
func (c *Client) Failed(ctx context.Context, before int64, limit int) ([]FailedJob, error) {
	params := river.NewJobListParams().States(rivertype.JobStateDiscarded).
		OrderBy(river.JobListOrderByID, river.SortOrderDesc).First(limit)
	if before > 0 {
		params = params.Where("id < @before", river.NamedArgs{"before": before})
	}
	list, err := c.river.JobList(ctx, params)
	if err != nil {
		return nil, fmt.Errorf("list failed jobs: %w", err)
	}
	failed := make([]FailedJob, 0, len(list.Jobs))
	for _, job := range list.Jobs {
		failed = append(failed, asFailed(job))
	}
	return failed, nil
}

// Replay makes a job that failed for good run again now. Any other job is a fault of kind
// conflict, an unknown one of kind not found.
func (c *Client) Replay(ctx context.Context, id int64) error {
	job, err := c.river.JobGet(ctx, id)
	if errors.Is(err, rivertype.ErrNotFound) {
		return fault.NotFound("There is no such job any more.")
	}
	if err != nil {
		return fmt.Errorf("replay job %d: %w", id, err)
	}
	if job.State != rivertype.JobStateDiscarded && job.State != rivertype.JobStateCancelled {
		return fault.Conflict("This job is still being worked on.")
	}
	if _, err := c.river.JobRetry(ctx, id); err != nil {
		return fmt.Errorf("replay job %d: %w", id, err)
	}
	return nil
}

func asFailed(job *rivertype.JobRow) FailedJob {
	failed := FailedJob{ID: job.ID, Kind: job.Kind, Queue: job.Queue, Attempts: job.Attempt}
	if job.FinalizedAt != nil {
		failed.FailedAt = *job.FinalizedAt
	}
	if n := len(job.Errors); n > 0 {
		failed.Reason = job.Errors[n-1].Error
	}
	return failed
}
