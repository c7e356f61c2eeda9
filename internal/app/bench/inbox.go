package bench

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/aerostic/aerostic/internal/app"
)

const (
	inboxConversations = 1_000_000 // at scale 1, with twenty messages each
	inboxRounds        = 12        // the first warms up and does not count
)

// inboxBench opens the inbox over one large tenant by HTTP as a browser does: its list in all orders, a
// view, a conversation, and a search; and the same over a tenth of it, to show how the cost grows.
func inboxBench(ctx context.Context, o Options) (Result, error) {
	if o.Scale <= 0 {
		o.Scale = 1
	}
	n := int(inboxConversations * o.Scale)
	small, err := measureInbox(ctx, o, max(100, n/10))
	if err != nil {
		return nil, err
	}
	large, err := measureInbox(ctx, o, max(1000, n))
	if err != nil {
		return nil, err
	}
	result := Result{{"conversations", n}, {"messages", n * talkLength}, {"seed_s", round(large.seeded.Seconds())}}
	for _, kind := range slices.Sorted(maps.Keys(large.took)) {
		result = append(result, Figure{kind + "_p50_ms", quantile(large.took[kind], 50)}, Figure{kind + "_p95_ms", quantile(large.took[kind], 95)},
			Figure{kind + "_tenth_p50_ms", quantile(small.took[kind], 50)}, Figure{kind + "_tenth_p95_ms", quantile(small.took[kind], 95)})
	}
	return append(result, Figure{"p95_ms", large.p95()}, Figure{"search_p95_ms", quantile(large.took["search"], 95)},
		Figure{"tenth_p95_ms", small.p95()}, Figure{"slowest", large.slowest()}), nil
}

// measured is how long calls took, by their kind and by their path.
type measured struct {
	seeded time.Duration
	took   map[string][]time.Duration
	byCall map[string][]time.Duration
}

// p95 is over everything but the search.
func (m measured) p95() float64 {
	var all []time.Duration
	for kind, took := range m.took {
		if kind != "search" {
			all = append(all, took...)
		}
	}
	return quantile(all, 95)
}

func (m measured) slowest() (list []Slowest) {
	for path, took := range m.byCall {
		list = append(list, Slowest{Call: path, MS: quantile(took, 95)})
	}
	slices.SortFunc(list, func(a, b Slowest) int { return int(1000 * (b.MS - a.MS)) })
	return list[:min(6, len(list))]
}

func measureInbox(ctx context.Context, o Options, conversations int) (m measured, err error) {
	w, err := newWorld(ctx, o)
	if err != nil {
		return m, err
	}
	defer w.close()
	began := time.Now()
	s, err := w.seedInbox(ctx, conversations)
	if err != nil {
		return m, fmt.Errorf("seed: %w", err)
	}
	m = measured{seeded: time.Since(began), took: map[string][]time.Duration{}, byCall: map[string][]time.Duration{}}
	if err := w.start(ctx, app.RoleAPI); err != nil {
		return m, err
	}
	v, err := w.visit(ctx, s.deck())
	if err != nil {
		return m, err
	}
	for round := range inboxRounds {
		if err := m.walk(ctx, v, round); err != nil {
			return m, err
		}
	}
	return m, nil
}

// inboxCalls are what the inbox asks for, by what somebody does.
func inboxCalls() map[string][]call {
	path := "/api/conversations?limit=50"
	return map[string][]call{
		"list": {list(path), list(path + "&status=all"), list(path + "&status=resolved"), list(path + "&assignee=me"), list(path + "&assignee=none"),
			list(path + "&status=all&unread=true"), list(path + "&status=all&mentions=true"), get("/api/conversations/counts")},
		"view": {list(path + "&team={team}"), list(path + "&team={team}&status=all&label={label}"), list(path + "&label={label}"), list(path + "&waiting=true"),
			list(path + "&status=pending&assignee={member}"), list(path + "&status=resolved&label={label}&assignee={member}")},
		"conversation": {get("/api/conversations/{talk}"), list("/api/conversations/{talk}/thread?limit=50"), get("/api/conversations/{talk}/cases")},
		"search": {list("/api/conversations/search?limit=20&q={common}"), list("/api/conversations/search?limit=20&q={rare}"), list("/api/conversations/search?limit=20&q={two}"),
			list("/api/conversations/search?limit=20&q={begun}"), get("/api/conversations/search?limit=20&q={never}")},
	}
}

func (s inboxSeed) deck() deck {
	d := deck{"talk": s.talks, "never": {"zzzq", "अआइई"}}
	for _, id := range s.teams {
		d["team"] = append(d["team"], id.String())
	}
	for _, id := range s.labels {
		d["label"] = append(d["label"], id.String())
	}
	for _, id := range s.members {
		d["member"] = append(d["member"], id.String())
	}
	n := len(s.words)
	for i := range 10 {
		d["common"], d["rare"] = append(d["common"], s.words[i]), append(d["rare"], s.words[n-1-7*i])
		d["two"] = append(d["two"], s.words[i]+" "+s.words[n/2+i])
		d["begun"] = append(d["begun"], string([]rune(s.words[20*i])[:3]))
	}
	return d
}

func (m measured) walk(ctx context.Context, v *visitor, round int) error {
	for _, kind := range slices.Sorted(maps.Keys(inboxCalls())) {
		calls := inboxCalls()[kind]
		for i, c := range calls {
			v.took = nil
			if err := v.make(ctx, page{route: kind}, c, round, round*len(calls)+i); err != nil {
				return fmt.Errorf("%s: %w", kind, err)
			}
			for _, t := range v.took {
				m.took[kind], m.byCall[c.path] = append(m.took[kind], t.took), append(m.byCall[c.path], t.took)
			}
		}
	}
	return nil
}
