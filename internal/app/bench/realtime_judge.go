package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// judge holds what browsers have seen against what was accepted.
func (l *live) judge(ctx context.Context) (Result, error) {
	l.close() // nothing comes any more
	if err := l.look(ctx); err != nil {
		return nil, fmt.Errorf("open the threads that browsers did not recover: %w", err)
	}
	ids, owners, err := l.messages(ctx)
	if err != nil {
		return nil, err
	}
	stored, err := l.stored(ctx)
	if err != nil {
		return nil, err
	}
	var applied []time.Duration
	v := sightings{losers: map[*browser]int{}}
	for _, b := range l.browsers {
		v.misdelivered += b.strange(owners)
		v.recovered += b.recovered
		v.refetched += b.refetched
		v.dropped += b.dropped
	}
	perFirm := make([][]*browser, len(l.firms))
	for _, b := range l.browsers {
		perFirm[b.firm] = append(perFirm[b.firm], b)
	}
	for _, p := range l.posts {
		if p.accepted.IsZero() {
			continue
		}
		v.accepted++
		applied = append(applied, stored[p.wamid].Sub(p.accepted))
		for _, b := range perFirm[p.firm] {
			v.shown(b, ids[p.wamid], p.accepted, stored[p.wamid])
		}
	}
	l.explain(v)
	return Result{
		{"browsers", len(l.browsers)}, {"tenants", len(l.firms)}, {"api_processes", len(l.servers)}, {"messages", len(l.posts)},
		{"accepted", v.accepted}, {"per_second", per(v.accepted, l.took)}, {"shown", len(v.took)},
		{"stored_p50_ms", percentile(applied, 0.50)}, {"stored_p99_ms", percentile(applied, 0.99)},
		{"p50_ms", percentile(v.took, 0.50)}, {"p99_ms", percentile(v.took, 0.99)}, {"max_ms", percentile(v.took, 1)},
		{"reconnected", v.recovered + v.refetched}, {"recovered", v.recovered}, {"refetched", v.refetched},
		{"dropped", v.dropped}, {"shown_after_gap", v.late}, {"lost", v.lost}, {"misdelivered", v.misdelivered},
	}, nil
}

// sightings count what browsers saw.
type sightings struct {
	accepted, lost, misdelivered int
	recovered, refetched         int
	dropped                      int // lines that the server or the network ended by itself
	late                         int // shown by recovery or by reading afresh
	took                         []time.Duration
	losers                       map[*browser]int
}

// shown judges one message in one browser. What came while its line was cut counts as shown when it was
// recovered or read; how long that took says how long the line was cut, so it is no sample of ours.
func (v *sightings) shown(b *browser, id uuid.UUID, accepted, stored time.Time) {
	at, seen := b.seen[id]
	gap := b.away(accepted, stored)
	switch {
	case !seen && !(gap && b.opened[id]):
		v.lost++
		v.losers[b]++
	case gap:
		v.late++
	default:
		v.took = append(v.took, max(0, at.Sub(accepted)))
	}
}

// messages maps Meta's ids to ours, and ours to the firms they belong to.
func (l *live) messages(ctx context.Context) (ids map[string]uuid.UUID, owners map[uuid.UUID]uuid.UUID, err error) {
	ids, owners = map[string]uuid.UUID{}, map[uuid.UUID]uuid.UUID{}
	rows, err := l.w.super.Query(ctx, `select tenant_id, id, wamid from messages where direction = 'in'`)
	if err != nil {
		return nil, nil, err
	}
	var tenant, id uuid.UUID
	var wamid string
	_, err = pgx.ForEachRow(rows, []any{&tenant, &id, &wamid}, func() error {
		ids[wamid], owners[id] = id, tenant
		return nil
	})
	return ids, owners, err
}

// stored is when messages of the storm were stored, by Meta's id: what comes before is no browser's doing.
func (l *live) stored(ctx context.Context) (map[string]time.Time, error) {
	rows, err := l.w.super.Query(ctx, `
		select substring(convert_from(body, 'UTF8') from '"id":"(wamid[.]bench[.][0-9]+)"'), applied_at from webhook_deliveries
		where applied_at is not null and received_at >= $1`, l.began)
	if err != nil {
		return nil, err
	}
	found := make(map[string]time.Time, len(l.posts))
	var wamid string
	var at time.Time
	_, err = pgx.ForEachRow(rows, []any{&wamid, &at}, func() error { found[wamid] = at; return nil })
	return found, err
}

// explain tells which browsers lost something, and what had happened to their lines.
func (l *live) explain(v sightings) {
	for b, n := range v.losers {
		l.w.o.Log.Error("a browser lost messages", "firm", b.firm, "process", b.server, "lost", n, "of", len(b.seen)+n,
			"recovered", b.recovered, "refetched", b.refetched, "gaps", b.story(l.began))
	}
}
