package contact

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/platform/web/webtest"
)

func TestHTTP(t *testing.T) {
	t.Parallel()
	webtest.Run(t, "testdata/*.json", world)
}

// world is Acme with its owner Ann and its agent Bob, and Gus, who owns another workspace. Import
// jobs are worked as soon as they are queued.
func world(t *testing.T) webtest.World {
	b := setup(t)
	globex := dbtest.Tenant(t, b.db, "globex")
	actors := map[string]actor.Actor{
		"ann": {Kind: actor.User, UserID: uuid.New(), TenantID: b.acme, Role: "owner", Email: "ann@acme.test"},
		"bob": {Kind: actor.User, UserID: uuid.New(), TenantID: b.acme, Role: "agent", Email: "bob@acme.test"},
		"gus": {Kind: actor.User, UserID: uuid.New(), TenantID: globex, Role: "owner", Email: "gus@globex.test"},
	}
	api := web.New(web.Config{
		Clock: b.clock, LimitsOff: true,
		Authenticate: func(_ context.Context, r *http.Request) (actor.Actor, error) {
			if a, ok := actors[r.Header.Get("Authorization")]; ok {
				return a, nil
			}
			return actor.Actor{}, fault.Unauthenticated("Sign in to continue.")
		},
		Allows: func(a actor.Actor, p actor.Permission) bool {
			return a.Role == "owner" || p != importContacts && p != manageContacts
		},
	})
	b.Routes(api)
	return webtest.World{
		Handler: api.Handler(),
		As:      map[string]string{"ann": "ann", "bob": "bob", "gus": "gus"},
		Known:   map[string]string{"acme": b.acme.String()},
		Jobs:    b.work,
	}
}

// work lists the jobs queued and works the imports and undos among them.
func (b *bundle) work() []webtest.Job {
	b.jobs.mu.Lock()
	queued := b.jobs.args
	b.jobs.args = nil
	b.jobs.mu.Unlock()
	var jobs []webtest.Job
	for _, args := range queued {
		job := webtest.Job{Kind: args.Kind(), Args: args}
		if o, ok := args.(interface{ InsertOpts() river.InsertOpts }); ok {
			job.Queue = o.InsertOpts().Queue
		}
		jobs = append(jobs, job)
		switch run := args.(type) {
		case importArgs:
			must(b.RunImport(b.ctx, run.Tenant, run.Import, 0))(b.t)
		case bulkArgs:
			must(b.RunBulk(b.ctx, run.Tenant, run.Bulk, 0))(b.t)
		case undoArgs:
			must(b.RunUndo(b.ctx, run.Tenant, run.Import, 0))(b.t)
		}
	}
	return jobs
}

// Every route asks for a permission of this feature.
func TestRoutesNeedPermissions(t *testing.T) {
	t.Parallel()
	api := web.New(web.Config{})
	New(Deps{}).Routes(api)
	ops := api.Operations()
	equal(t, "routes", len(ops), 47)
	for _, op := range ops {
		if !strings.HasPrefix(string(op.Permission), "contact.") {
			t.Errorf("%s %s needs %q", op.Method, op.Path, op.Permission)
		}
	}
}
