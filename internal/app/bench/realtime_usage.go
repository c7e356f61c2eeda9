package bench

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/aerostic/aerostic/internal/app"
)

// role is a process of the product under its name.
type role struct {
	name string
	pid  func() int
}

// startRoles starts the product as it is deployed: each role a process. With a profile, which is one
// process's, worker and webhook run in this one.
func (l *live) startRoles(ctx context.Context) error {
	if l.w.o.Profile != "" {
		if err := l.w.start(ctx, app.RoleWebhook, app.RoleWorker); err != nil {
			return err
		}
	} else {
		for _, name := range []string{app.RoleWebhook, app.RoleWorker} {
			addr := l.w.cfg.Addr
			if name == app.RoleWorker {
				var err error
				if addr, err = freeAddr(); err != nil {
					return err
				}
			}
			if err := l.startRole(ctx, name, addr, name); err != nil {
				return err
			}
		}
	}
	for n := range 2 {
		addr, err := freeAddr()
		if err != nil {
			return err
		}
		if err := l.startRole(ctx, fmt.Sprintf("api_%d", n+1), addr, app.RoleAPI); err != nil {
			return err
		}
		l.servers = append(l.servers, addr)
	}
	return nil
}

func (l *live) startRole(ctx context.Context, name, addr, of string) error {
	c, err := l.w.spawn(ctx, name, addr, of)
	if err == nil {
		l.roles = append(l.roles, role{name, c.pid})
	}
	return err
}

// usage is what each process and Postgres have used so far, and the statements that Postgres ran.
type usage struct {
	cpu        map[string]time.Duration
	statements int64
}

func (l *live) usage(ctx context.Context) (usage, error) {
	all, err := l.w.cost(ctx)
	if err != nil {
		return usage{}, err
	}
	u := usage{cpu: map[string]time.Duration{}, statements: all.statements}
	roles := append([]role{{"browsers", os.Getpid}}, l.roles...)
	if l.w.postgres != nil {
		roles = append(roles, role{"postgres", l.w.postgres.Pid})
	}
	for _, r := range roles {
		if r.name == "browsers" {
			u.cpu[r.name], err = ownCPU()
		} else {
			u.cpu[r.name], err = treeCPU(r.pid())
		}
		if err != nil {
			return u, err
		}
	}
	return u, nil
}

// used is what the storm took: of the machine's CPU, in per cent of one core, and of statements.
func (l *live) used(before, after usage) Result {
	var r Result
	for _, name := range append([]string{"browsers", "postgres"}, l.names()...) {
		r = append(r, Figure{"cpu_percent_" + name, round(100 * (after.cpu[name] - before.cpu[name]).Seconds() / l.took.Seconds())})
	}
	if n := after.statements - before.statements; n > 0 {
		r = append(r, Figure{"statements_per_message", round(float64(n) / float64(len(l.posts)))})
	}
	return r
}

func (l *live) names() []string {
	names := make([]string, len(l.roles))
	for i, r := range l.roles {
		names[i] = strings.ToLower(r.name)
	}
	return names
}
