package bench

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/aerostic/aerostic/internal/app"
)

const inboxConversations = 1_000_000 // at scale 1, with twenty messages each

// inboxBench opens the inbox over one large tenant by HTTP as a browser does: its list in all orders, views,
// conversations, searches, and what stands around them; and the same over a tenth of it, to show how the
// cost grows.
func inboxBench(ctx context.Context, o Options) (Result, error) {
	if o.Scale <= 0 {
		o.Scale = 1
	}
	n := int(inboxConversations * o.Scale)
	var sizes [2]measured
	for i, size := range []int{max(100, n/10), max(1000, n)} {
		var err error
		if sizes[i], err = measureInbox(ctx, o, size); err != nil {
			return nil, err
		}
	}
	small, large := sizes[0], sizes[1]
	result := Result{{"conversations", n}, {"messages", n * talkLength}, {"seed_s", round(large.seeded.Seconds())}, {"database_gb", large.gigabytes}}
	for _, kind := range slices.Sorted(maps.Keys(large.took)) {
		result = append(result, Figure{kind + "_p50_ms", quantile(large.took[kind], 50)}, Figure{kind + "_p95_ms", quantile(large.took[kind], 95)},
			Figure{kind + "_tenth_p50_ms", quantile(small.took[kind], 50)}, Figure{kind + "_tenth_p95_ms", quantile(small.took[kind], 95)})
	}
	return append(result, Figure{"p95_ms", large.p95()}, Figure{"search_p95_ms", quantile(large.took["search"], 95)},
		Figure{"tenth_p95_ms", small.p95()}, Figure{"slowest", large.slowest()}), nil
}

// measured is how long calls took, by their kind and by their call.
type measured struct {
	seeded    time.Duration
	gigabytes float64
	took      map[string][]time.Duration
	byCall    map[Slowest][]time.Duration
}

// p95 is over everything but the search.
func (m measured) p95() float64 {
	var all []time.Duration
	for kind, took := range m.took {
		if !strings.HasPrefix(kind, "search") {
			all = append(all, took...)
		}
	}
	return quantile(all, 95)
}

func (m measured) slowest() (list []Slowest) {
	for at, took := range m.byCall {
		at.MS = quantile(took, 95)
		list = append(list, at)
	}
	slices.SortFunc(list, func(a, b Slowest) int { return int(1000 * (b.MS - a.MS)) })
	return list[:min(12, len(list))]
}

func measureInbox(ctx context.Context, o Options, conversations int) (m measured, err error) {
	home, err := o.home(fmt.Sprintf("inbox-%d", conversations))
	if err != nil {
		return m, err
	}
	defer home.close()
	m = measured{took: map[string][]time.Duration{}, byCall: map[Slowest][]time.Duration{}}
	if m.seeded, err = fillInbox(ctx, home.options(forSeeding), conversations); err != nil {
		return m, fmt.Errorf("seed: %w", err)
	}
	return m, m.openInbox(ctx, home.options(nil))
}

func fillInbox(ctx context.Context, o Options, conversations int) (time.Duration, error) {
	w, err := newWorld(ctx, o)
	if err != nil {
		return 0, err
	}
	defer w.close()
	return w.seedInbox(ctx, conversations)
}

func (m *measured) openInbox(ctx context.Context, o Options) error {
	w, err := newWorld(ctx, o)
	if err != nil {
		return err
	}
	defer w.close()
	s, err := w.seededInbox(ctx)
	if err != nil {
		return err
	}
	if err := w.super.QueryRow(ctx, `select round(pg_database_size(current_database()) / 1e9, 1)::float8`).Scan(&m.gigabytes); err != nil {
		return err
	}
	if _, err := w.super.Exec(ctx, seedChannels, s.tenant); err != nil {
		return err
	}
	if err := w.start(ctx, app.RoleAPI, app.RoleWebhook, app.RoleWorker); err != nil {
		return err
	}
	v, err := w.visit(ctx, s.deck())
	if err != nil {
		return err
	}
	for round := range o.Rounds {
		if err := m.walk(ctx, v, round, inboxCalls()); err != nil {
			return err
		}
	}
	return m.openWhileArriving(ctx, w, s, v, o.Rounds)
}

// inboxCalls are what the inbox asks for, by what somebody does.
func inboxCalls() map[string][]call {
	path, talk := listPath, "/api/conversations/{talk}"
	return map[string][]call{
		"list":   listCalls(),
		"search": searchCalls(),
		"view": {list(path + "&team={team}"), list(path + "&team={team}&status=all&label={label}"), list(path + "&label={label}"), list(path + "&view={view}"),
			list(path + "&status=pending&assignee={member}"), list(path + "&status=resolved&label={label}&assignee={member}"),
			list(path + "&status=all&label={rare_label}"), list(path + "&status=all&label={old_label}"), list(path + "&label={old_label}"),
			list(path + "&team={team}&status=all&label={old_label}"), list(path + "&team={rare_team}&assignee={member}&status=all"),
			list(path + "&status=all&channel={rare_channel}"), list(path + "&status=all&handler=bot"), list(path + "&status=all&unread=true&team={rare_team}"),
			list(path + "&waiting=true&label={rare_label}"), list(path + "&status=resolved&assignee=none"), list(path + "&status=all&assignee=none&team={rare_team}")},
		"conversation": {get(talk), list(talk + "/thread?limit=50"), get(talk + "/cases"), list("/api/conversations/{longest}/thread?limit=50"), list(path + "&status=all&contact={talk}")},
		"around":       {get("/api/conversations/counts"), get("/api/desk/queue"), get("/api/desk/members"), get("/api/sla/breaches"), get("/api/conversation-views"), get("/api/support/report?from={from}&to={to}&by=day")},
	}
}

const listPath = "/api/conversations?limit=50"

func listCalls() []call {
	path := listPath
	return []call{list(path), list(path + "&status=all"), list(path + "&status=resolved"), list(path + "&assignee=me"), list(path + "&assignee=none"),
		list(path + "&status=all&unread=true"), list(path + "&status=all&mentions=true"), list(path + "&waiting=true"), list(path + "&sla=breached"), list(path + "&sla=due_soon")}
}

func searchCalls() []call {
	search := "/api/conversations/search?limit=20&q="
	return []call{list(search + "{common}"), list(search + "{rare}"), list(search + "{two}"), list(search + "{begun}"), get(search + "{never}"),
		get(search + "{order}"), get(search + "{order_begun}"), get(search + "{order_never}"), get(search + "{rare_two}"), get(search + "{rare_begun}"),
		get(search + "{letter}"), list(search + "{hindi}"), list(search + "{arabic}"), list(search + "{emoji}")}
}

func (m measured) walk(ctx context.Context, v *visitor, round int, of map[string][]call) error {
	for _, kind := range slices.Sorted(maps.Keys(of)) {
		calls := of[kind]
		for i, c := range calls {
			v.took = nil
			if err := v.make(ctx, page{route: kind}, c, round, round*len(calls)+i); err != nil {
				return fmt.Errorf("%s: %w", kind, err)
			}
			at := Slowest{Page: kind, Call: c.path}
			for _, t := range v.took {
				m.took[kind], m.byCall[at] = append(m.took[kind], t.took), append(m.byCall[at], t.took)
			}
		}
	}
	return nil
}
