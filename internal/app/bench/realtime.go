package bench

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"github.com/aerostic/aerostic/internal/app"
)

const (
	liveFirms    = 50
	liveBrowsers = 2000
	livePeople   = 20              // customers who write to each firm
	liveRate     = 500             // messages a second, unless the options say otherwise
	liveDrain    = 5 * time.Second // after the last delivery was applied
	liveCut      = 10              // one browser in so many loses its line half-way
	livePosters  = 64
)

// realtimeBench lets customers write to many workspaces while browsers of each look at their inbox: from
// the webhook's 200 until a browser of the right workspace has the row of the list. Two api processes
// serve the browsers; half-way some of them lose their line, and half of those come back to the other
// process.
func realtimeBench(ctx context.Context, o Options) (Result, error) {
	if o.Rate == 0 {
		o.Rate = liveRate
	}
	w, err := newWorld(ctx, o)
	if err != nil {
		return nil, err
	}
	defer w.close()
	l, err := w.openLive(ctx)
	if err != nil {
		return nil, err
	}
	defer l.close()
	if err := l.meet(ctx); err != nil {
		return nil, fmt.Errorf("let customers write once: %w", err)
	}
	if err := l.connect(ctx); err != nil {
		return nil, err
	}
	if err := l.storm(ctx); err != nil {
		return nil, err
	}
	return l.judge(ctx)
}

// live is the bench's state.
type live struct {
	w        *world
	firms    []*audience
	servers  []string // addresses of the api processes
	posts    []*writing
	browsers []*browser
	began    time.Time
	took     time.Duration
}

// audience is a firm with its browsers' way in.
type audience struct {
	firm
	token string // of a realtime connection
	bears string // of calls
	topic string
}

// writing is a customer's message.
type writing struct {
	firm     int
	wamid    string
	request  []byte
	accepted time.Time // zero: not answered 200
}

func (w *world) openLive(ctx context.Context) (*live, error) {
	l := &live{w: w}
	if err := w.start(ctx, app.RoleWebhook, app.RoleWorker); err != nil {
		return nil, err
	}
	if err := w.sim.configure(ctx, quiet()); err != nil {
		return nil, err
	}
	for n := range 2 {
		addr, err := freeAddr()
		if err != nil {
			return nil, err
		}
		if _, err := w.spawn(ctx, fmt.Sprintf("api-%d", n+1), addr, app.RoleAPI); err != nil {
			return nil, err
		}
		l.servers = append(l.servers, addr)
	}
	for n := range liveFirms {
		f, err := w.addFirm(ctx, n+1, -1)
		if err != nil {
			return nil, err
		}
		a := &audience{firm: f, topic: "tenant:" + f.tenant.String() + ":conversations"}
		if err := a.signIn(ctx, l.servers[0], n+1); err != nil {
			return nil, err
		}
		l.firms = append(l.firms, a)
	}
	l.write()
	return l, nil
}

// signIn gets the tokens of the firm's owner.
func (a *audience) signIn(ctx context.Context, addr string, n int) error {
	var session struct{ AccessToken string }
	login := map[string]string{"email": fmt.Sprintf("ann%d@bench.example", n), "password": "a long bench password"}
	if err := callJSON(ctx, http.MethodPost, addr, "/api/auth/login", "", login, &session); err != nil {
		return err
	}
	a.bears = session.AccessToken
	var realtime struct{ Token string }
	err := callJSON(ctx, http.MethodPost, addr, "/api/auth/realtime-token", a.bears, nil, &realtime)
	a.token = realtime.Token
	return err
}

// write makes all messages, firm after firm in turn, each of a customer in turn.
func (l *live) write() {
	for i := range l.w.o.Rate * l.w.o.Seconds {
		n := i % len(l.firms)
		f := l.firms[n]
		person := personOf(n, i/len(l.firms))
		wamid := fmt.Sprintf("wamid.bench.%d", i)
		l.posts = append(l.posts, &writing{firm: n, wamid: wamid, request: l.w.signed(inboundBody(f.firm, wamid, person, i))})
	}
}

// inboundBody is a customer's message as Meta writes it.
func inboundBody(f firm, wamid, person string, n int) []byte {
	return fmt.Appendf(nil, `{"object":"whatsapp_business_account","entry":[{"id":%q,"changes":[{"field":"messages","value":{`+
		`"messaging_product":"whatsapp","metadata":{"display_phone_number":%q,"phone_number_id":%q},`+
		`"contacts":[{"profile":{"name":"Person %s"},"wa_id":%q}],"messages":[{"from":%q,"id":%q,"timestamp":"%d","type":"text","text":{"body":"Hello %d"}}]}}]}]}`,
		f.channel.WABAID, f.channel.DisplayPhone, f.channel.PhoneNumberID, person, person, person, wamid, time.Now().Unix(), n)
}

// connect opens all browsers, in turn on the processes.
func (l *live) connect(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(64)
	for i := range liveBrowsers {
		b := &browser{live: l, firm: i % len(l.firms), server: i / len(l.firms) % len(l.servers), seen: map[uuid.UUID]time.Time{}}
		l.browsers = append(l.browsers, b)
		group.Go(func() error { return b.open(ctx) })
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("connect browsers: %w", err)
	}
	return nil
}

// storm posts the messages at their rate, cuts some lines half-way, and waits for what is on its way.
func (l *live) storm(ctx context.Context) error {
	stopProfile, err := l.w.profile()
	if err != nil {
		return err
	}
	defer stopProfile()
	l.began = time.Now()
	half := time.AfterFunc(time.Duration(l.w.o.Seconds)*time.Second/2, l.cut)
	defer half.Stop()
	if err := l.post(ctx); err != nil {
		return err
	}
	l.took = time.Since(l.began)
	if _, _, err := progress(ctx, 0, l.w.waiting(ctx)); err != nil {
		return fmt.Errorf("wait for deliveries to be applied: %w", err)
	}
	return pause(ctx, liveDrain)
}

// meet lets every customer write once, so that those of the storm are known, as most are.
func (l *live) meet(ctx context.Context) error {
	var posts [][]byte
	for n, f := range l.firms {
		for i := range livePeople {
			posts = append(posts, l.w.signed(inboundBody(f.firm, fmt.Sprintf("wamid.bench.first.%d.%d", n, i), personOf(n, i), i)))
		}
	}
	if _, err := post(ctx, l.w.cfg.Addr, posts, livePosters); err != nil {
		return err
	}
	_, _, err := progress(ctx, 0, l.w.waiting(ctx))
	return err
}

// personOf is the number of a firm's i-th customer.
func personOf(firm, i int) string { return fmt.Sprintf("9190%08d", firm*livePeople+i%livePeople) }

// cut ends lines without a word, as a phone in a tunnel does.
func (l *live) cut() {
	for i, b := range l.browsers {
		if i%liveCut == 0 {
			b.cut(i/liveCut%2 == 0)
		}
	}
}

func (l *live) close() {
	var closing sync.WaitGroup
	for _, b := range l.browsers {
		closing.Go(b.close)
	}
	closing.Wait()
}

// judge holds what browsers have seen against what was accepted.
func (l *live) judge(ctx context.Context) (Result, error) {
	l.close() // nothing is seen any more
	ids, owners, err := l.messages(ctx)
	if err != nil {
		return nil, err
	}
	applied, err := l.applied(ctx)
	if err != nil {
		return nil, err
	}
	v := sightings{}
	for _, b := range l.browsers {
		v.misdelivered += b.strange(owners)
		v.recovered += b.recovered
		v.refetched += b.refetched
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
		for _, b := range perFirm[p.firm] {
			v.shown(b, ids[p.wamid], p.accepted)
		}
	}
	return Result{
		{"browsers", len(l.browsers)}, {"tenants", len(l.firms)}, {"api_processes", len(l.servers)}, {"messages", len(l.posts)},
		{"accepted", v.accepted}, {"per_second", per(v.accepted, l.took)}, {"shown", len(v.took)},
		{"stored_p50_ms", percentile(applied, 0.50)}, {"stored_p99_ms", percentile(applied, 0.99)},
		{"p50_ms", percentile(v.took, 0.50)}, {"p99_ms", percentile(v.took, 0.99)}, {"max_ms", percentile(v.took, 1)},
		{"reconnected", v.recovered + v.refetched}, {"recovered", v.recovered}, {"refetched", v.refetched},
		{"shown_after_gap", v.late}, {"lost", v.lost}, {"misdelivered", v.misdelivered},
	}, nil
}

// sightings count what browsers saw.
type sightings struct {
	accepted, lost, misdelivered int
	recovered, refetched         int
	late                         int // shown by recovery or by reading afresh
	took                         []time.Duration
}

// shown judges one message in one browser. What came while its line was cut counts as shown when it was
// recovered or read; how long that took says how long the line was cut, so it is no sample of ours.
func (v *sightings) shown(b *browser, id uuid.UUID, accepted time.Time) {
	at, seen := b.seen[id]
	switch {
	case !seen:
		v.lost++
	case b.gap(accepted):
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

// applied is how long deliveries of the storm waited until their messages were stored: the part of the way
// before any browser.
func (l *live) applied(ctx context.Context) ([]time.Duration, error) {
	rows, err := l.w.super.Query(ctx, `
		select extract(epoch from applied_at - received_at)::float8 from webhook_deliveries
		where applied_at is not null and received_at >= $1`, l.began)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (time.Duration, error) {
		var seconds float64
		err := row.Scan(&seconds)
		return time.Duration(seconds * float64(time.Second)), err
	})
}
