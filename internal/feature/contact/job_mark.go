package contact

import (
	"context"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/queue"
)

// markArgs is where a change of tags over a filter stands.
type markArgs struct {
	Tenant  uuid.UUID `json:"tenant"`
	Marking Marking   `json:"marking"`
	After   position  `json:"after"`
	Done    int64     `json:"done"`
}

func (markArgs) Kind() string { return "contact_mark" }
func (markArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Campaign, Priority: 2}
}

type markWorker struct {
	river.WorkerDefaults[markArgs]
	s *Service
}

// Work goes on with the pages; running one twice changes nothing. A tag deleted meanwhile ends it.
func (w *markWorker) Work(ctx context.Context, job *river.Job[markArgs]) error {
	_, err := w.s.markFiltered(ctx, job.Args, markPages)
	if fault.KindOf(err) == fault.KindNotFound {
		return nil
	}
	return err
}
