package bench

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"github.com/aerostic/aerostic/internal/app"
	"github.com/aerostic/aerostic/internal/feature/campaign"
)

const (
	chaosFirms     = 3
	chaosCampaigns = 2 // of each firm, on one number
	chaosWorkers   = 2
	chaosPace      = 300 // recipients per second of the bench, over all campaigns

	// Short enough that doubts settle within the bench, and still: settle > lease +
	// timeout + the longest time a process is held.
	chaosLease   = 4 * time.Second
	chaosTimeout = 1500 * time.Millisecond
	chaosHeld    = 5 * time.Second
	chaosSettle  = 15 * time.Second
)

// chaos is the product under attack.
type chaos struct {
	w         *world
	firms     []chaosFirm
	processes []*child // workers first, then the webhook role
	customers []*customer

	kills, holds, terms, restarts int
}

// chaosFirm is a tenant with campaigns to people of their own.
type chaosFirm struct {
	firm
	campaigns []campaign.Campaign
	people    int // of each campaign
}

// chaosBench sends campaigns while roles are killed, Postgres ends, and the simulator
// throttles, fails, stays silent and tells things twice and out of order. Afterwards it
// compares what the simulator saw with what our report says of each person.
func chaosBench(ctx context.Context, o Options) (Result, error) {
	if o.Recipients == 0 {
		o.Recipients = o.Seconds * chaosPace
	}
	w, err := newWorld(ctx, o, func(c *app.Config) {
		c.Lease, c.WhatsAppTimeout, c.Settle = chaosLease, chaosTimeout, chaosSettle
	})
	if err != nil {
		return nil, err
	}
	defer w.close()
	c := &chaos{w: w}
	if err := c.prepare(ctx); err != nil {
		return nil, err
	}
	if err := c.rage(ctx); err != nil {
		return nil, err
	}
	calmed := time.Now()
	resumed, err := c.settle(ctx)
	if err != nil {
		return nil, err
	}
	v, err := c.judge(ctx)
	if err != nil {
		return nil, err
	}
	return c.result(ctx, v, resumed, time.Since(calmed))
}

// prepare starts the roles as processes and drafts the campaigns.
func (c *chaos) prepare(ctx context.Context) error {
	for i := range chaosWorkers {
		addr, err := freeAddr()
		if err != nil {
			return err
		}
		p, err := c.w.spawn(ctx, fmt.Sprintf("worker%d", i+1), addr, app.RoleWorker)
		if err != nil {
			return err
		}
		c.processes = append(c.processes, p)
	}
	p, err := c.w.spawn(ctx, "webhook", c.w.cfg.Addr, app.RoleWebhook)
	if err != nil {
		return err
	}
	c.processes = append(c.processes, p)
	if err := c.w.sim.configure(ctx, c.weather(nil)); err != nil {
		return err
	}
	each := max(1, c.w.o.Recipients/chaosFirms/chaosCampaigns)
	// A campaign takes about half the time, so that all of it is under attack.
	perSecond := max(10, 2*each/max(1, c.w.o.Seconds))
	for n := range chaosFirms {
		f, err := c.addFirm(ctx, n+1, perSecond, each)
		if err != nil {
			return err
		}
		c.firms = append(c.firms, f)
	}
	return nil
}

// addFirm makes a tenant whose campaigns go to disjoint lists.
func (c *chaos) addFirm(ctx context.Context, n, perSecond, each int) (chaosFirm, error) {
	base, err := c.w.addFirm(ctx, n, perSecond)
	if err != nil {
		return chaosFirm{}, err
	}
	f := chaosFirm{firm: base, people: each}
	files, err := c.w.splitSample(each, chaosCampaigns)
	if err != nil {
		return chaosFirm{}, err
	}
	for i, path := range files {
		var list uuid.UUID
		if list, err = c.w.importList(ctx, base, path, fmt.Sprintf("List %d", i+1)); err != nil {
			return chaosFirm{}, err
		}
		draft, err := c.w.draft(ctx, base, list)
		if err != nil {
			return chaosFirm{}, err
		}
		f.campaigns = append(f.campaigns, draft)
	}
	return f, nil
}

// splitSample makes files of n people each, nobody in two of them.
func (w *world) splitSample(n, files int) (paths []string, err error) {
	whole, err := w.writeSample(n * files)
	if err != nil {
		return nil, err
	}
	raw, err := os.ReadFile(whole)
	if err != nil {
		return nil, err
	}
	lines := strings.SplitAfter(string(raw), "\n")
	for i := range files {
		path := filepath.Join(w.dir, fmt.Sprintf("part-%d.csv", i+1))
		part := lines[0] + strings.Join(lines[1+i*n:1+(i+1)*n], "")
		if err := os.WriteFile(path, []byte(part), 0o600); err != nil {
			return nil, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// rage lets everything go wrong at once for the bench's time.
func (c *chaos) rage(ctx context.Context) error {
	over, end := context.WithTimeout(ctx, time.Duration(c.w.o.Seconds)*time.Second)
	defer end()
	var group errgroup.Group
	group.Go(func() error { return c.change(over) })
	group.Go(func() error { c.attack(over); return nil })
	group.Go(func() error { return c.shake(over) })
	group.Go(func() error { return c.use(over) })
	group.Go(func() error { return c.write(ctx, over) })
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// result draws up the figures.
func (c *chaos) result(ctx context.Context, v verdict, resumed int, took time.Duration) (Result, error) {
	stats, err := c.w.sim.stats(ctx)
	if err != nil {
		return nil, err
	}
	inbound, err := c.judgeInbound(ctx)
	if err != nil {
		return nil, err
	}
	ledger, err := c.w.core.VerifyLedger(ctx)
	if err != nil {
		return nil, err
	}
	var broken []string
	for _, check := range ledger.Checks {
		if !check.OK {
			broken = append(broken, check.Name)
		}
	}
	starts := 0
	for _, p := range c.processes {
		starts += int(p.started.Load())
	}
	return Result{
		{"seconds", c.w.o.Seconds}, {"recipients", v.expected}, {"duplicates", v.duplicates}, {"lost", v.lost()},
		{"lost_why", v.why}, {"in_doubt_left", v.outcomes["in_doubt"]}, {"unknown", v.outcomes["unknown"]},
		{"outcomes", v.outcomes}, {"ledger_ok", ledger.OK}, {"ledger_broken", broken}, {"set_aside", v.aside},
		{"kills", c.kills}, {"holds", c.holds}, {"terms", c.terms}, {"postgres_restarts", c.restarts},
		{"exits_by_itself", starts - len(c.processes) - c.kills - c.terms}, {"campaigns_resumed", resumed},
		{"sends", stats.Requests}, {"recorded", stats.Accepted}, {"throttled", stats.Throttled}, {"errors", stats.Errors},
		{"dropped", stats.Dropped}, {"hung", stats.Hung}, {"webhooks", stats.WebhooksAcked},
		{"inbound", inbound.sent}, {"inbound_lost", inbound.lost}, {"inbound_doubled", inbound.doubled}, {"inbound_misordered", inbound.misordered},
		{"webhooks_refused", stats.WebhooksFailed}, {"webhooks_given_up", stats.WebhooksGivenUp}, {"settle_s", round(took.Seconds())},
	}, nil
}
