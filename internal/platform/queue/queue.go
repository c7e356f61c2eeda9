// Package queue runs jobs kept in Postgres, through River.
//
// It owns how River is set up, the six queues, retries, the log of what went wrong, and the
// jobs that failed for good. It does not own any job: features declare arguments and workers
// beside their use cases, and app collects them.
//
// A job is inserted in the transaction that made it necessary, carries ids and no payload, and
// is idempotent: after a crash it runs again. Life cycle: New, Start, Stop; processes that only
// insert use NewInserter.
package queue

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"go.opentelemetry.io/otel/trace"

	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
)

// The queues. A kind of job names its own in InsertOpts.
const (
	Campaign   = "campaign"
	Automation = "automation"
	AI         = "ai"
	Webhook    = "webhook"
	Usage      = "usage"
	Metrics    = "metrics"
)

// schema is where River's tables live; platform/db migrates and grants it.
const schema = "river"

// MaxAttempts is how often a job is tried when its InsertOpts do not say: with Backoff about
// four hours.
const MaxAttempts = 15

// Config says what a client works. Zero Queues with Workers works all six at DefaultQueues.
type Config struct {
	DB       *db.DB
	Workers  *river.Workers
	Queues   map[string]int // workers per queue
	Periodic []*river.PeriodicJob
	Logger   *slog.Logger // nil: discards
	Clock    clock.Clock  // nil: the system's
	Tracer   trace.Tracer // nil: no spans
	Observe  func(Observation)
	// Timeout of one run for kinds whose worker sets none; 0: 1 minute. A job still running a
	// minute after its timeout counts as crashed and runs again.
	Timeout time.Duration
}

// Observation is one run of a job, for metrics.
type Observation struct {
	Kind   string
	Queue  string
	Failed bool
	Waited time.Duration // from when it was due until it started
	Took   time.Duration
}

// Client inserts jobs, and works them once started.
type Client struct {
	river *river.Client[pgx.Tx]
	cfg   Config
}

// DefaultQueues is how many jobs of each queue one process runs at a time.
func DefaultQueues() map[string]int {
	return map[string]int{Campaign: 4, Automation: 8, AI: 4, Webhook: 8, Usage: 2, Metrics: 1}
}

// New makes a client that works jobs after Start.
func New(cfg Config) (*Client, error) {
	if cfg.Workers == nil {
		return nil, errors.New("new queue client: no workers; use NewInserter to insert only")
	}
	if cfg.Queues == nil {
		cfg.Queues = DefaultQueues()
	}
	return build(cfg)
}

// NewInserter makes a client that only inserts, for roles that work no jobs.
func NewInserter(cfg Config) (*Client, error) {
	cfg.Workers, cfg.Queues, cfg.Periodic = nil, nil, nil
	return build(cfg)
}

// Insert adds a job to the caller's transaction, of either role: it runs if and only if the
// transaction commits.
func (c *Client) Insert(ctx context.Context, tx pgx.Tx, args river.JobArgs, opts *river.InsertOpts) error {
	if _, err := c.river.InsertTx(ctx, tx, args, opts); err != nil {
		return fmt.Errorf("insert job %s: %w", args.Kind(), err)
	}
	return nil
}

// InsertMany adds several jobs with one statement.
func (c *Client) InsertMany(ctx context.Context, tx pgx.Tx, jobs []river.InsertManyParams) error {
	if len(jobs) == 0 {
		return nil
	}
	if _, err := c.river.InsertManyTx(ctx, tx, jobs); err != nil {
		return fmt.Errorf("insert %d jobs %s: %w", len(jobs), jobs[0].Args.Kind(), err)
	}
	return nil
}

// Start works jobs until Stop; the end of ctx does not stop it, so that a signal leads to a
// graceful Stop and not to jobs cut short.
func (c *Client) Start(ctx context.Context) error {
	if err := c.river.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("start queue: %w", err)
	}
	return nil
}

// Stop takes no new jobs and waits for the running ones until ctx ends, then cancels them. A
// cancelled job is retried.
func (c *Client) Stop(ctx context.Context) error {
	err := c.river.Stop(ctx)
	if err == nil || ctx.Err() == nil {
		return err
	}
	hard, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := c.river.StopAndCancel(hard); err != nil {
		return fmt.Errorf("stop queue: %w", err)
	}
	return nil
}

func build(cfg Config) (*Client, error) {
	cfg = cfg.withDefaults()
	client, err := river.NewClient(riverpgxv5.New(cfg.DB.System()), cfg.river())
	if err != nil {
		return nil, fmt.Errorf("new queue client: %w", err)
	}
	return &Client{river: client, cfg: cfg}, nil
}
