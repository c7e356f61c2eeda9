package bench

import (
	"context"
	"os"
	"time"

	"github.com/aerostic/aerostic/internal/app"
	"github.com/aerostic/aerostic/internal/feature/contact"
)

// importBench imports a file through a worker of its own, beside a bare COPY of the same
// file, and a tenth of it before, to see what memory the number of rows costs.
func importBench(ctx context.Context, o Options) (Result, error) {
	w, err := newWorld(ctx, o)
	if err != nil {
		return nil, err
	}
	defer w.close()
	worker, err := w.spawnWorker(ctx)
	if err != nil {
		return nil, err
	}
	small, err := w.importBy(ctx, worker, 1, max(1, o.Recipients/10))
	if err != nil {
		return nil, err
	}
	large, err := w.importBy(ctx, worker, 2, o.Recipients)
	if err != nil {
		return nil, err
	}
	bareTook, err := w.copyBare(ctx, large.path)
	if err != nil {
		return nil, err
	}
	return Result{
		{"rows", o.Recipients}, {"per_second", per(o.Recipients, large.took)}, {"bare_copy_per_second", per(o.Recipients, bareTook)},
		{"upload_s", round(large.upload.Seconds())}, {"created", large.imp.Created}, {"lost", int64(o.Recipients) - large.people},
		{"rss_mb", large.memory}, {"rss_growth_mb", round(large.memory - small.memory)},
	}, nil
}

func (w *world) spawnWorker(ctx context.Context) (*child, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	return w.spawn(ctx, "worker", addr, app.RoleWorker)
}

// imported is one import's run.
type imported struct {
	path         string
	imp          contact.Import
	upload, took time.Duration
	memory       float64 // the worker's peak so far, MB
	people       int64   // contacts afterwards
}

// importBy imports rows into a tenant of its own and waits for the worker to end it.
func (w *world) importBy(ctx context.Context, worker *child, n, rows int) (run imported, err error) {
	f, err := w.addFirm(ctx, n, -1)
	if err != nil {
		return run, err
	}
	if run.path, err = w.writeSample(rows); err != nil {
		return run, err
	}
	began := time.Now()
	if run.imp, err = w.upload(f, run.path); err != nil {
		return run, err
	}
	uploaded := time.Now()
	if run.imp, err = w.startImport(f, run.imp, "Everybody"); err != nil {
		return run, err
	}
	if run.imp, err = w.importEnd(ctx, f, run.imp); err != nil {
		return run, err
	}
	run.upload, run.took = uploaded.Sub(began), time.Since(uploaded)
	if run.memory, err = worker.peakMemory(); err != nil {
		return run, err
	}
	return run, w.super.QueryRow(ctx, `select count(*) from contacts where tenant_id = $1`, f.tenant).Scan(&run.people)
}

// copyBare loads the same file into a table without keys: what Postgres takes at best.
func (w *world) copyBare(ctx context.Context, path string) (time.Duration, error) {
	if _, err := w.super.Exec(ctx, `create temporary table bare (name text, phone text, email text, city text, order_id text)`); err != nil {
		return 0, err
	}
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	started := time.Now()
	_, err = w.super.PgConn().CopyFrom(ctx, file, `copy bare from stdin with (format csv, header)`)
	return time.Since(started), err
}
