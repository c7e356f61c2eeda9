package webtest

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
)

// QueuedJobs returns a World.Jobs that reads what was queued in d since its last call.
func QueuedJobs(t *testing.T, d *db.DB) func() []Job {
	t.Helper()
	var last int64
	return func() []Job {
		var jobs []Job
		err := d.AsSystem(t.Context(), "read the jobs a story queued", func(ctx context.Context, tx pgx.Tx) error {
			rows, err := tx.Query(ctx, `select id, kind, queue, args from river.river_job where id > $1 order by id`, last)
			if err != nil {
				return err
			}
			var id int64
			var job Job
			var args []byte
			_, err = pgx.ForEachRow(rows, []any{&id, &job.Kind, &job.Queue, &args}, func() error {
				last = id
				jobs = append(jobs, job)
				return json.Unmarshal(args, &jobs[len(jobs)-1].Args)
			})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return jobs
	}
}
