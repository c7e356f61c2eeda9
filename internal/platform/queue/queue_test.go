package queue_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/queue"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

type greetArgs struct {
	Contact uuid.UUID `json:"contact"`
	Name    string    `json:"name"`
}

func (greetArgs) Kind() string { return "greet" }

func (greetArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: queue.Campaign} }

type greeter struct {
	river.WorkerDefaults[greetArgs]
	work func(context.Context, *river.Job[greetArgs]) error
}

func (g *greeter) Work(ctx context.Context, job *river.Job[greetArgs]) error { return g.work(ctx, job) }

func (g *greeter) NextRetry(*river.Job[greetArgs]) time.Time { return time.Now() }

type bundle struct {
	db     *db.DB
	acme   uuid.UUID
	client *queue.Client
	logs   *syncBuffer
	seen   chan queue.Observation
}

// setup starts a client whose greet jobs do work.
func setup(t *testing.T, work func(context.Context, *river.Job[greetArgs]) error) *bundle {
	t.Helper()
	b := &bundle{db: dbtest.New(t), logs: &syncBuffer{}, seen: make(chan queue.Observation, 100)}
	b.acme = dbtest.Tenant(t, b.db, "acme")
	workers := river.NewWorkers()
	river.AddWorker(workers, &greeter{work: work})
	client, err := queue.New(queue.Config{
		DB: b.db, Workers: workers, Queues: map[string]int{queue.Campaign: 2},
		Logger:  slog.New(slog.NewTextHandler(b.logs, nil)),
		Observe: func(o queue.Observation) { b.seen <- o },
	})
	if err != nil {
		t.Fatal(err)
	}
	b.client = client
	if err := client.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Stop(context.Background()) })
	return b
}

func (b *bundle) insert(t *testing.T, args greetArgs, opts *river.InsertOpts, fail error) error {
	t.Helper()
	return b.db.InTenant(t.Context(), b.acme, func(ctx context.Context, tx pgx.Tx) error {
		if err := b.client.Insert(ctx, tx, args, opts); err != nil {
			t.Fatal(err)
		}
		return fail
	})
}

func (b *bundle) observed(t *testing.T) queue.Observation {
	t.Helper()
	select {
	case o := <-b.seen:
		return o
	case <-time.After(20 * time.Second):
		t.Fatalf("no job ran; log:\n%s", b.logs)
		return queue.Observation{}
	}
}

func TestJobRunsOnlyWhenItsTransactionCommits(t *testing.T) {
	t.Parallel()
	ran := make(chan greetArgs, 10)
	b := setup(t, func(_ context.Context, job *river.Job[greetArgs]) error {
		ran <- job.Args
		return nil
	})
	undone := errors.New("undone")
	if err := b.insert(t, greetArgs{Name: "phantom"}, nil, undone); !errors.Is(err, undone) {
		t.Fatal(err)
	}
	priya := greetArgs{Contact: uuid.New(), Name: "प्रिया"}
	if err := b.insert(t, priya, nil, nil); err != nil {
		t.Fatal(err)
	}
	if o := b.observed(t); o.Kind != "greet" || o.Queue != queue.Campaign || o.Failed {
		t.Errorf("observed %+v", o)
	}
	if got := <-ran; got != priya {
		t.Errorf("ran %+v, want %+v: the rolled-back job ran first", got, priya)
	}
}

func TestInserterInsertsForOthersToWork(t *testing.T) {
	t.Parallel()
	ran := make(chan string, 10)
	b := setup(t, func(_ context.Context, job *river.Job[greetArgs]) error {
		ran <- job.Args.Name
		return nil
	})
	inserter, err := queue.NewInserter(queue.Config{DB: b.db})
	if err != nil {
		t.Fatal(err)
	}
	err = b.db.AsSystem(t.Context(), "queue several greetings", func(ctx context.Context, tx pgx.Tx) error {
		if err := inserter.InsertMany(ctx, tx, nil); err != nil {
			return err
		}
		return inserter.InsertMany(ctx, tx, []river.InsertManyParams{{Args: greetArgs{Name: "Ann"}}, {Args: greetArgs{Name: "Bob"}}})
	})
	if err != nil {
		t.Fatal(err)
	}
	b.observed(t)
	b.observed(t)
	if names := []string{<-ran, <-ran}; names[0] == names[1] {
		t.Errorf("ran %v", names)
	}
	if err := inserter.Start(t.Context()); err == nil {
		t.Error("an inserter started working")
	}
}

func TestJobThatFailsForGoodIsKeptAndReplayed(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	mended := false
	b := setup(t, func(_ context.Context, job *river.Job[greetArgs]) error {
		mu.Lock()
		defer mu.Unlock()
		if !mended {
			return errors.New("the number is paused")
		}
		return nil
	})
	args := greetArgs{Name: "Secret Name"}
	if err := b.insert(t, args, &river.InsertOpts{MaxAttempts: 2}, nil); err != nil {
		t.Fatal(err)
	}
	if first, second := b.observed(t), b.observed(t); !first.Failed || !second.Failed {
		t.Errorf("observed %+v, %+v", first, second)
	}
	failed := b.waitFailed(t, 1)[0]
	if failed.Kind != "greet" || failed.Attempts != 2 || failed.Reason != "the number is paused" || failed.FailedAt.IsZero() {
		t.Errorf("failed: %+v", failed)
	}
	if older, err := b.client.Failed(t.Context(), failed.ID, 10); err != nil || len(older) != 0 {
		t.Errorf("before the only failed job: %+v, %v", older, err)
	}
	if logs := b.logs.String(); !strings.Contains(logs, "job failed for good") || strings.Contains(logs, "Secret Name") {
		t.Errorf("log: %s", logs)
	}
	mu.Lock()
	mended = true
	mu.Unlock()
	if err := b.client.Replay(t.Context(), failed.ID); err != nil {
		t.Fatal(err)
	}
	if o := b.observed(t); o.Failed {
		t.Errorf("replayed: %+v", o)
	}
	b.waitFailed(t, 0)
}

func TestReplayRefusesJobsThatDidNotFail(t *testing.T) {
	t.Parallel()
	inside, leave := make(chan struct{}), make(chan struct{})
	b := setup(t, func(_ context.Context, _ *river.Job[greetArgs]) error {
		close(inside)
		<-leave
		return nil
	})
	if err := b.insert(t, greetArgs{}, nil, nil); err != nil {
		t.Fatal(err)
	}
	<-inside
	backlogs, err := b.client.Backlogs(t.Context())
	if err != nil || len(backlogs) != 1 || backlogs[0] != (queue.Backlog{Queue: queue.Campaign, State: "running", Jobs: 1}) {
		t.Errorf("backlog %+v, %v", backlogs, err)
	}
	if err := b.client.Replay(t.Context(), b.onlyJob(t)); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("a running job: %v", err)
	}
	if err := b.client.Replay(t.Context(), 1<<40); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("an unknown job: %v", err)
	}
	close(leave)
	b.observed(t)
}

func TestPanicIsAFailure(t *testing.T) {
	t.Parallel()
	b := setup(t, func(context.Context, *river.Job[greetArgs]) error { panic("index out of range") })
	if err := b.insert(t, greetArgs{}, &river.InsertOpts{MaxAttempts: 1}, nil); err != nil {
		t.Fatal(err)
	}
	if o := b.observed(t); !o.Failed {
		t.Errorf("observed %+v", o)
	}
	if failed := b.waitFailed(t, 1); !strings.Contains(failed[0].Reason, "index out of range") {
		t.Errorf("failed: %+v", failed)
	}
}

func TestStopWaitsForRunningJobs(t *testing.T) {
	t.Parallel()
	inside, leave := make(chan struct{}), make(chan struct{})
	var cancelled error
	b := setup(t, func(ctx context.Context, _ *river.Job[greetArgs]) error {
		close(inside)
		<-leave
		cancelled = ctx.Err()
		return nil
	})
	if err := b.insert(t, greetArgs{}, nil, nil); err != nil {
		t.Fatal(err)
	}
	<-inside
	stopped := make(chan error)
	go func() { stopped <- b.client.Stop(context.Background()) }()
	close(leave)
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
	if b.observed(t); cancelled != nil {
		t.Errorf("the job's context ended during a graceful stop: %v", cancelled)
	}
}

func TestStopCancelsWhatDoesNotEnd(t *testing.T) {
	t.Parallel()
	inside := make(chan struct{})
	b := setup(t, func(ctx context.Context, _ *river.Job[greetArgs]) error {
		close(inside)
		<-ctx.Done()
		return ctx.Err()
	})
	if err := b.insert(t, greetArgs{}, nil, nil); err != nil {
		t.Fatal(err)
	}
	<-inside
	patience, cancel := context.WithCancel(context.Background())
	cancel()
	if err := b.client.Stop(patience); err != nil {
		t.Fatal(err)
	}
	if o := b.observed(t); !o.Failed {
		t.Errorf("observed %+v", o)
	}
}

func TestBackoffGrowsToAnHour(t *testing.T) {
	t.Parallel()
	for failures, about := range map[int]time.Duration{0: time.Second, 1: time.Second, 2: 2 * time.Second, 5: 16 * time.Second, 12: 2048 * time.Second, 13: time.Hour, 40: time.Hour, 1000: time.Hour} {
		different := map[time.Duration]bool{}
		for range 20 {
			wait := queue.Backoff(failures)
			if wait < about*3/4 || wait > about*5/4 {
				t.Errorf("after %d failures %v, want about %v", failures, wait, about)
			}
			different[wait] = true
		}
		if len(different) < 2 {
			t.Errorf("after %d failures there is no jitter", failures)
		}
	}
}

// waitFailed polls until n jobs have failed for good: River writes outcomes after the run.
func (b *bundle) waitFailed(t *testing.T, n int) []queue.FailedJob {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		failed, err := b.client.Failed(t.Context(), 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(failed) == n {
			return failed
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d jobs failed for good, want %d", len(failed), n)
		}
		<-time.After(10 * time.Millisecond)
	}
}

func (b *bundle) onlyJob(t *testing.T) (id int64) {
	t.Helper()
	if err := b.db.System().QueryRow(t.Context(), `select id from river.river_job`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
