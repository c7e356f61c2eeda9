package realtime

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"
)

const (
	fillEvery = 30 * time.Millisecond
	// fillWithin is how long browsers wait for whole news before they get the ids.
	fillWithin = 2 * time.Second
	// fillAtOnce is how many tenants are filled at a time, so that a burst leaves connections to requests.
	fillAtOnce = 4
	// mostPending is how much news waits at most; beyond it ids alone go out.
	mostPending = 20_000
)

// Heard is news as it was published on a topic of one tenant.
type Heard struct {
	Topic string
	Data  json.RawMessage
}

// FillFunc completes news of one tenant: the answer is what browsers get, one for one.
type FillFunc func(ctx context.Context, tenant uuid.UUID, news []Heard) ([]json.RawMessage, error)

// filler gathers news that is to be filled. Of one channel it goes out in the order in which it came.
type filler struct {
	node *Node
	wake chan struct{}

	mu      sync.Mutex
	pending map[uuid.UUID][]Heard
	n       int
}

func newFiller(n *Node) *filler {
	return &filler{node: n, wake: make(chan struct{}, 1), pending: map[uuid.UUID][]Heard{}}
}

// take keeps news to be filled; false: it goes out as it is.
func (f *filler) take(channel string, data json.RawMessage) bool {
	tenant, topic, ok := parse(channel)
	if !ok || f.fillOf(topic) == nil {
		return false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.n >= mostPending {
		return false
	}
	f.pending[tenant] = append(f.pending[tenant], Heard{Topic: topic, Data: data})
	f.n++
	select {
	case f.wake <- struct{}{}:
	default:
	}
	return true
}

// parse takes a channel apart.
func parse(channel string) (tenant uuid.UUID, topic string, ok bool) {
	rest, ok := strings.CutPrefix(channel, "tenant:")
	if !ok {
		return tenant, "", false
	}
	id, topic, ok := strings.Cut(rest, ":")
	if !ok {
		return tenant, "", false
	}
	tenant, err := uuid.Parse(id)
	return tenant, topic, err == nil
}

func (f *filler) fillOf(topic string) FillFunc {
	for prefix, fill := range f.node.cfg.Fill {
		if topic == prefix || strings.HasSuffix(prefix, ":") && strings.HasPrefix(topic, prefix) {
			return fill
		}
	}
	return nil
}

// run fills what comes until ctx ends.
func (f *filler) run(ctx context.Context) {
	every := f.node.cfg.FillEvery
	if every == 0 {
		every = fillEvery
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-f.wake:
		}
		timer := f.node.cfg.Clock.NewTimer(every)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C():
		}
		f.round(ctx)
	}
}

// round fills all that waits, a tenant at a time, and ends when all of it is out: so nothing of a channel
// overtakes what came before.
func (f *filler) round(ctx context.Context) {
	f.mu.Lock()
	pending := f.pending
	f.pending, f.n = map[uuid.UUID][]Heard{}, 0
	f.mu.Unlock()
	var group errgroup.Group
	group.SetLimit(fillAtOnce)
	for tenant, news := range pending {
		group.Go(func() error {
			f.fill(ctx, tenant, news)
			return nil
		})
	}
	_ = group.Wait()
}

// fill completes the news of a tenant, kind by kind. News nobody hears in this process is not worth a
// query: it enters the history as ids, and who comes back for it reads.
func (f *filler) fill(ctx context.Context, tenant uuid.UUID, news []Heard) {
	news = latest(news)
	whole := make([]json.RawMessage, len(news))
	for prefix, fill := range f.node.cfg.Fill {
		var at []int
		var part []Heard
		for i, n := range news {
			if (n.Topic == prefix || strings.HasSuffix(prefix, ":") && strings.HasPrefix(n.Topic, prefix)) && f.heard(tenant, n.Topic) {
				at, part = append(at, i), append(part, n)
			}
		}
		for i, data := range f.ask(ctx, tenant, fill, part) {
			whole[at[i]] = data
		}
	}
	for i, n := range news {
		if whole[i] == nil {
			whole[i] = n.Data
		}
		f.node.publish(Channel(tenant, n.Topic), whole[i])
	}
}

func (f *filler) heard(tenant uuid.UUID, topic string) bool {
	return f.node.node.Hub().NumSubscribers(Channel(tenant, topic)) > 0
}

// ask fills part of a tenant's news; nothing when that fails.
func (f *filler) ask(ctx context.Context, tenant uuid.UUID, fill FillFunc, part []Heard) []json.RawMessage {
	if len(part) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, fillWithin)
	defer cancel()
	whole, err := fill(ctx, tenant, part)
	if err != nil || len(whole) != len(part) {
		f.node.cfg.Logger.WarnContext(ctx, "news goes out as ids", "tenant", tenant, "news", len(part), "error", err)
		return nil
	}
	return whole
}

// latest leaves out what is said again later, word for word: the later one carries what is true then.
func latest(news []Heard) []Heard {
	seen := make(map[string]bool, len(news))
	kept := news[:0:0]
	for _, n := range slices.Backward(news) {
		if key := n.Topic + " " + string(n.Data); !seen[key] {
			seen[key] = true
			kept = append(kept, n)
		}
	}
	slices.Reverse(kept)
	return kept
}
