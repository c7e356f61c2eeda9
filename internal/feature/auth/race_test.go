package auth_test

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// holdSession locks every session until release, so that requests pile up behind it.
func (b *bundle) holdSession() (held *sync.WaitGroup, release func()) {
	b.t.Helper()
	held = &sync.WaitGroup{}
	locked, done := make(chan struct{}), make(chan struct{})
	held.Go(func() {
		err := b.db.AsSystem(b.t.Context(), "hold the sessions", func(ctx context.Context, tx pgx.Tx) error {
			_, err := tx.Exec(ctx, `select 1 from sessions for update`)
			close(locked)
			<-done
			return err
		})
		if err != nil {
			b.t.Error(err)
		}
	})
	<-locked
	release = sync.OnceFunc(func() { close(done) })
	b.t.Cleanup(release)
	return held, release
}

// waitForWaiters returns when so many statements wait for a lock in this database.
func (b *bundle) waitForWaiters(want int) {
	b.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) {
		var waiting int
		err := b.db.AsSystem(b.t.Context(), "count who waits", func(ctx context.Context, tx pgx.Tx) error {
			return tx.QueryRow(ctx, `
				select count(distinct l.pid) from pg_locks l join pg_stat_activity a on a.pid = l.pid
				where a.datname = current_database() and not l.granted`).Scan(&waiting)
		})
		b.must(err)
		if waiting >= want {
			return
		}
	}
	b.t.Fatalf("%d statements never waited", want)
}
