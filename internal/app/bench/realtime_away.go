package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"
)

// comeBack is the least a browser waits before it tries its line again, and up to twice that at random: the
// product's own client does so, for all of them lose their line together when a process ends.
const comeBack = 500 * time.Millisecond

// gap is a time without a line.
type gap struct {
	from, to time.Time // to: zero while it lasts
	why      string
}

// stay reads, and comes back whenever the line ends, until the browser is closed.
func (b *browser) stay(ctx context.Context) {
	defer close(b.done)
	for {
		err := b.read(ctx, b.conn)
		if !b.leave(err) {
			return
		}
		for again := true; again; {
			_ = pause(ctx, comeBack+rand.N(comeBack))
			again = b.open(ctx) != nil && !b.over()
		}
		if b.over() {
			return
		}
	}
}

// leave notes that the line ended; false: the browser was closed.
func (b *browser) leave(err error) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ended {
		return false
	}
	why := "cut"
	if !b.cutting {
		why = err.Error()
		b.dropped++
	}
	b.gaps = append(b.gaps, gap{from: time.Now(), why: why})
	if b.elsewhere {
		b.server = (b.server + 1) % len(b.live.servers)
	}
	b.cutting, b.elsewhere = false, false
	return true
}

func (b *browser) over() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.ended
}

// cut ends the line without a word; the browser comes back to the same process or the next one.
func (b *browser) cut(elsewhere bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cutting, b.elsewhere = true, elsewhere
	_ = b.conn.CloseNow()
}

func (b *browser) back(now time.Time) { b.gaps[len(b.gaps)-1].to = now }

// onItsWay is how long news of a stored message may be on its way when a line ends.
const onItsWay = time.Second

// away says whether news of a message came while there was no line: it was stored after the line ended, or
// just before, and accepted before there was one again.
func (b *browser) away(accepted, stored time.Time) bool {
	for _, g := range b.gaps {
		if stored.After(g.from.Add(-onItsWay)) && (g.to.IsZero() || accepted.Before(g.to)) {
			return true
		}
	}
	return false
}

// story tells a browser's gaps.
func (b *browser) story(began time.Time) string {
	var told []string
	for _, g := range b.gaps {
		told = append(told, fmt.Sprintf("%.1f-%.1f s: %s", g.from.Sub(began).Seconds(), g.to.Sub(began).Seconds(), g.why))
	}
	return strings.Join(told, "; ")
}

// refetch reads what a screen shows: the list, and the thread that is open.
func (b *browser) refetch(ctx context.Context) error {
	ids, err := b.list(ctx)
	if err != nil || len(ids) == 0 {
		return err
	}
	return b.thread(ctx, ids[0], func(uuid.UUID) {})
}

// look opens all threads in the browsers that had to read afresh: what their screens would show of the
// time for which they had no line.
func (l *live) look(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(4)
	for _, b := range l.browsers {
		if b.refetched > 0 {
			group.Go(func() error { return b.look(ctx) })
		}
	}
	return group.Wait()
}

func (b *browser) look(ctx context.Context) error {
	ids, err := b.list(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := b.thread(ctx, id, func(message uuid.UUID) { b.opened[message] = true }); err != nil {
			return err
		}
	}
	return nil
}

func (b *browser) list(ctx context.Context) ([]uuid.UUID, error) {
	var list struct{ Items []struct{ ID uuid.UUID } }
	if err := b.get(ctx, "/api/conversations?status=all&limit=100", &list); err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(list.Items))
	for i, c := range list.Items {
		ids[i] = c.ID
	}
	return ids, nil
}

func (b *browser) thread(ctx context.Context, id uuid.UUID, each func(message uuid.UUID)) error {
	var thread struct {
		Items []struct {
			ID   uuid.UUID
			Type string
		}
	}
	if err := b.get(ctx, "/api/conversations/"+id.String()+"/thread?limit=50", &thread); err != nil {
		return err
	}
	for _, item := range thread.Items {
		if item.Type == "message" {
			each(item.ID)
		}
	}
	return nil
}

func (b *browser) get(ctx context.Context, path string, into any) error {
	return callJSON(ctx, http.MethodGet, b.live.servers[b.server], path, b.audience().bears, nil, into)
}
