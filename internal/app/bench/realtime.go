package bench

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
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
	used, err := l.storm(ctx)
	if err != nil {
		return nil, err
	}
	seen, err := l.judge(ctx)
	return append(seen, used...), err
}

// live is the bench's state.
type live struct {
	w        *world
	firms    []*audience
	servers  []string // addresses of the api processes
	posts    []*writing
	browsers []*browser
	roles    []role
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
	if err := l.startRoles(ctx); err != nil {
		return nil, err
	}
	if err := w.sim.configure(ctx, quiet()); err != nil {
		return nil, err
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
		b := newBrowser(l, i%len(l.firms), i/len(l.firms)%len(l.servers))
		l.browsers = append(l.browsers, b)
		group.Go(func() error { return b.start(ctx) })
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("connect browsers: %w", err)
	}
	return nil
}

// storm posts the messages at their rate, cuts some lines half-way, and waits for what is on its way. It
// says what that took of whom.
func (l *live) storm(ctx context.Context) (Result, error) {
	stopProfile, err := l.w.profile()
	if err != nil {
		return nil, err
	}
	defer stopProfile()
	before, err := l.usage(ctx)
	if err != nil {
		return nil, err
	}
	if l.w.o.Statements {
		if _, err := l.w.super.Exec(ctx, "select pg_stat_statements_reset()"); err != nil {
			return nil, err
		}
		before.statements = 0
	}
	l.began = time.Now()
	half := time.AfterFunc(time.Duration(l.w.o.Seconds)*time.Second/2, l.cut)
	defer half.Stop()
	if err := l.post(ctx); err != nil {
		return nil, err
	}
	l.took = time.Since(l.began)
	if _, _, err := progress(ctx, 0, l.w.waiting(ctx)); err != nil {
		return nil, fmt.Errorf("wait for deliveries to be applied: %w", err)
	}
	after, err := l.usage(ctx)
	if err != nil {
		return nil, err
	}
	if l.w.o.Statements {
		if err := l.w.topStatements(ctx); err != nil {
			return nil, err
		}
	}
	return l.used(before, after), pause(ctx, liveDrain)
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
	if _, _, err := progress(ctx, 0, l.w.waiting(ctx)); err != nil {
		return err
	}
	_, err := l.w.super.Exec(ctx, "vacuum (analyze)") // as a database that has run for a minute
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
