package queue

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Backlog is how many jobs of a queue are in a state: available, scheduled, retryable, running
// or discarded.
type Backlog struct {
	Queue string
	State string
	Jobs  int64
}

// Backlogs counts the jobs that are not done, for metrics. Finished ones are not counted: there
// may be millions.
func (c *Client) Backlogs(ctx context.Context) ([]Backlog, error) {
	rows, err := c.cfg.DB.System().Query(ctx, `
		select queue, state::text as state, count(*) as jobs
		from river.river_job
		where state in ('available', 'scheduled', 'retryable', 'running', 'discarded')
		group by queue, state
		order by queue, state`)
	if err != nil {
		return nil, fmt.Errorf("count jobs: %w", err)
	}
	backlogs, err := pgx.CollectRows(rows, pgx.RowToStructByName[Backlog])
	if err != nil {
		return nil, fmt.Errorf("count jobs: %w", err)
	}
	return backlogs, nil
}
