package webtest_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/platform/web/webtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

type sendArgs struct {
	Greeting uuid.UUID `json:"greeting"`
}

func (sendArgs) Kind() string { return "send" }

type greeting struct {
	ID     uuid.UUID `json:"id"`
	Text   string    `json:"text"`
	Tenant uuid.UUID `json:"tenant"`
	At     time.Time `json:"at"`
}

type reply struct{ Body greeting }

// world serves greetings of Acme, kept in memory; each queues a job.
func world(t *testing.T) webtest.World {
	d := dbtest.New(t)
	jobs, err := queue.NewInserter(queue.Config{DB: d})
	if err != nil {
		t.Fatal(err)
	}
	acme, kept := dbtest.Tenant(t, d, "acme"), map[uuid.UUID]greeting{}
	api := web.New(web.Config{
		Authenticate: func(_ context.Context, r *http.Request) (actor.Actor, error) {
			if r.Header.Get("Authorization") != "Bearer a" {
				return actor.Actor{}, fault.Unauthenticated("Sign in to continue.")
			}
			return actor.Actor{Kind: actor.User, TenantID: acme}, nil
		},
	})
	web.Register(api, web.Op{Method: "POST", Path: "/api/greetings", Permission: web.SignedIn, Status: 201},
		func(ctx context.Context, in *struct {
			Body struct {
				Text   string    `json:"text"`
				Tenant uuid.UUID `json:"tenant"`
			}
		}) (*reply, error) {
			g := greeting{uuid.New(), in.Body.Text, in.Body.Tenant, time.Now()}
			kept[g.ID] = g
			return &reply{g}, d.InTenant(ctx, acme, func(ctx context.Context, tx pgx.Tx) error {
				return jobs.Insert(ctx, tx, sendArgs{g.ID}, &river.InsertOpts{Queue: queue.Campaign})
			})
		})
	web.Register(api, web.Op{Method: "GET", Path: "/api/greetings/{id}", Permission: web.SignedIn},
		func(_ context.Context, in *struct {
			ID uuid.UUID `path:"id"`
		}) (*reply, error) {
			return &reply{kept[in.ID]}, nil
		})
	api.Pages(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }))
	return webtest.World{
		Handler: api.Handler(), As: map[string]string{"ann": "Bearer a"},
		Known: map[string]string{"acme": acme.String()}, Jobs: webtest.QueuedJobs(t, d),
	}
}

func TestStories(t *testing.T) {
	t.Parallel()
	webtest.Run(t, "testdata/*.json", world)
}

func TestStoriesHoldWhatMatters(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join("testdata", "greeting.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"id": "{{uuid1}}"`, `"tenant": "{{acme}}"`, `"at": "{{time1}}"`, `"greeting": "{{uuid1}}"`, `"status": 400`, `"reply": "<html>"`} {
		if !strings.Contains(string(raw), part) {
			t.Errorf("the story lacks %s", part)
		}
	}
}
