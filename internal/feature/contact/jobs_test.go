package contact

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

func job[T river.JobArgs](args T, attempt int) *river.Job[T] {
	return &river.Job[T]{JobRow: &rivertype.JobRow{Attempt: attempt, MaxAttempts: 15}, Args: args}
}

func TestImportJobHandsOnAfterItsSlice(t *testing.T) {
	t.Parallel()
	b := setup(t)
	imp := b.upload("people.csv", bigFile())
	must(b.Start(b.ctx, imp.ID, guessed(imp)))(t)
	b.Service.clock = sluggish{b.clock}
	worker := &importWorker{s: b.Service}
	runs := 0
	for jobs := take[importArgs](b.jobs); len(jobs) > 0; jobs = take[importArgs](b.jobs) {
		equal(t, "one job at a time", len(jobs), 1)
		if err := worker.Work(t.Context(), job(jobs[0], 1)); err != nil {
			t.Fatal(err)
		}
		if runs++; runs > 5 {
			t.Fatal("does not end")
		}
	}
	if runs < 2 { // three chunks, of which a run may write two side by side
		t.Errorf("%d run, which did not hand on", runs)
	}
	equal(t, "rows", must(b.GetImport(b.ctx, imp.ID, View{}))(t).Rows, int64(12_000))
}

// sluggish is a clock by which every chunk takes longer than a job's slice.
type sluggish struct{ *clock.Fake }

func (c sluggish) Now() time.Time {
	c.Advance(importSlice)
	return c.Fake.Now()
}

func TestImportJobGivesUp(t *testing.T) {
	t.Parallel()
	b := setup(t)
	imp := b.upload("people.csv", "phone\n9876543210\n")
	must(b.Start(b.ctx, imp.ID, guessed(imp)))(t)
	b.forgetFile(b.ctx, b.acme, imp.ID)
	worker := &importWorker{s: b.Service}
	if err := worker.Work(t.Context(), job(importArgs{b.acme, imp.ID}, 1)); err != nil {
		t.Fatal(err)
	}
	got := must(b.GetImport(b.ctx, imp.ID, View{}))(t)
	equal(t, "state", got.State, ImportFailed)
	equal(t, "it says why", got.Reason != "", true)

	imp = b.upload("people.csv", "phone,x\n9876543210,1\n12,2\n")
	must(b.Start(b.ctx, imp.ID, guessed(imp)))(t)
	b.Service.blobs = &killer{b.blobs, 0, func() {}}
	for _, attempt := range []int{1, 15} {
		if err := worker.Work(t.Context(), job(importArgs{b.acme, imp.ID}, attempt)); err == nil {
			t.Fatal("the job did not fail")
		}
		want := map[int]ImportState{1: ImportRunning, 15: ImportFailed}[attempt]
		equal(t, fmt.Sprint("state after attempt ", attempt), must(b.GetImport(b.ctx, imp.ID, View{}))(t).State, want)
	}
}

func TestForgottenUploadsAreCleared(t *testing.T) {
	t.Parallel()
	b := setup(t)
	imp := b.upload("people.csv", "phone\n9876543210\n")
	b.clock.Advance(23 * time.Hour)
	kept := b.upload("later.csv", "phone\n9876543211\n")
	b.clock.Advance(2 * time.Hour)
	if err := b.sweepUploads(t.Context()); err != nil {
		t.Fatal(err)
	}
	equal(t, "state", must(b.GetImport(b.ctx, imp.ID, View{}))(t).State, ImportCancelled)
	if _, _, err := b.blobs.Open(t.Context(), fileKey(b.acme, imp.ID)); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("the file is still there: %v", err)
	}
	equal(t, "the other waits", must(b.GetImport(b.ctx, kept.ID, View{}))(t).State, ImportUploaded)
}

// People write while two files with them are imported: whoever loses a lock tries again, and the
// numbers add up.
func TestImportsAndMessagesAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var wait sync.WaitGroup
	for range 2 {
		wait.Go(func() {
			imp := b.importAll(bigFile(), func(o *Options) { o.List = "Everybody" })
			if imp.State != ImportDone || imp.Rows != 12_000 {
				t.Errorf("%s after %d rows", imp.State, imp.Rows)
			}
		})
	}
	for i := range 50 {
		b.tx(func(ctx context.Context, tx pgx.Tx) error {
			_, _, err := Resolve(ctx, tx, b.acme, Identity{WAID: fmt.Sprint(91_9_000_000_000 + i*7), BSUID: fmt.Sprint("IN.", i), At: b.clock.Now()})
			return err
		})
	}
	wait.Wait()
	b.honest()
}
