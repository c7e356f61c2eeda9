package campaign

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/link"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/secret"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/platform/web/webtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// bundle is the world of sending with campaigns in it.
type bundle struct {
	*messagetest.World
	s       *Service
	inbound int // messages customers wrote
}

func setup(t *testing.T, o messagetest.Options) *bundle {
	t.Helper()
	w := messagetest.New(t, o)
	b := &bundle{World: w, s: New(Deps{DB: w.DB, Clock: w.Clock, Logger: slog.New(slog.DiscardHandler), Queue: w.Jobs,
		Messages: w.Messages, Templates: w.Templates, Billing: w.Billing, Links: links(w)})}
	b.s.Links.Clicked = b.s.Clicked
	*w.Hooks = message.Hooks{Standing: b.s.Standing, Changed: b.s.Changed, Received: b.s.Received, Halt: b.s.Halt, Refill: b.s.Refill, Pending: b.s.Pending, Feed: b.s.Feed,
		Waiting: b.s.Waiting, Uncapped: b.s.Uncapped}
	w.Messages.Hooks = *w.Hooks
	w.Templates.Unsendable = func(ctx context.Context, tx pgx.Tx, t template.Template, _ string) error {
		return b.s.TemplateUnsendable(ctx, tx, t)
	}
	w.Templates.Recategorised, w.Templates.Filled = b.s.TemplateRecategorised, b.s.TemplateFilled
	w.Contacts.Hooks = contact.Hooks{Merging: b.s.Merging}
	erased := func(forget func(context.Context, uuid.UUID, []uuid.UUID) error) func(context.Context, uuid.UUID, contact.Erasure) error {
		return func(ctx context.Context, tenant uuid.UUID, e contact.Erasure) error {
			return forget(ctx, tenant, e.Contacts)
		}
	}
	w.Contacts.Keep(contact.Keeper{Table: "campaign_recipients", Forget: erased(b.s.Forget), Carry: b.s.Carry, Return: b.s.Return},
		contact.Keeper{Table: "messages", Forget: erased(w.Messages.ForgetLoose)})
	return b
}

// links are tracked links on acme.localhost.
func links(w *messagetest.World) *link.Service {
	keys, err := secret.ParseKeys(secret.NewKey("k1"))
	w.Must(err)
	tenants := tenant.New(tenant.Deps{DB: w.DB, Clock: w.Clock, PublicURL: "http://localhost:8080"})
	return link.New(link.Deps{DB: w.DB, Clock: w.Clock, Logger: slog.New(slog.DiscardHandler), Keys: keys, Tenants: tenants})
}

// work runs the campaigns' jobs and one worker.
func (b *bundle) work() *messagetest.Worker {
	b.Work(b.s.Workers, b.Templates.Workers)
	return b.Start(b.Messages)
}

func (b *bundle) ann() context.Context { return b.As(b.Acme) }

// people adds contacts with names from three scripts.
func (b *bundle) people(n int) (people []contact.Contact) {
	names := []string{"आशा", "مريم", "Bob 🙂"}
	for i := range n {
		people = append(people, b.Person(fmt.Sprintf("%s %d", names[i%3], i), 100))
	}
	return people
}

// draft makes a campaign to everybody with the template welcome.
func (b *bundle) draft(change ...func(*Change)) Campaign {
	b.T.Helper()
	name, welcome := "Diwali दिवाली 🪔", b.Template("welcome").ID
	c := Change{Name: &name, ChannelID: &b.Channel.ID, TemplateID: &welcome, Audience: &contact.Audience{All: true}}
	for _, alter := range change {
		alter(&c)
	}
	made, err := b.s.Create(b.ann(), c)
	b.Must(err)
	return made
}

func (b *bundle) get(c Campaign) Campaign {
	b.T.Helper()
	found, err := b.s.Get(b.ann(), c.ID)
	b.Must(err)
	return found
}

func (b *bundle) awaitStatus(c Campaign, status Status) {
	b.T.Helper()
	b.Await("the campaign is "+string(status), func() bool { return b.get(c).Status == status })
}

// awaitCounts waits until the counts are as wanted, and complete.
func (b *bundle) awaitCounts(c Campaign, what string, holds func(Counts) bool) {
	b.T.Helper()
	b.Await(what, func() bool { return holds(b.get(c).Counts) })
}

// adds checks that everybody is in exactly one outcome, by the counters and by the rows.
func (b *bundle) adds(c Campaign, total int64) {
	b.T.Helper()
	k := b.get(c).Counts
	if k.Total != total || k.Pending < 0 {
		b.T.Errorf("counts: %+v, not %d", k, total)
	}
	wrong, err := b.s.Miscounted(b.ann(), b.Acme)
	b.Must(err)
	if wrong != 0 {
		b.T.Errorf("the counters of %d campaigns are not what their rows say", wrong)
	}
	amiss, err := b.s.Amiss(b.ann(), b.Acme)
	b.Must(err)
	if amiss != 0 {
		b.T.Errorf("%d recipients have an attempt that should not count", amiss)
	}
	b.Verified()
}

// world is where golden stories play: Ann and Chandra of Acme, Bob of Lotus.
func (b *bundle) world() webtest.World {
	lotus := dbtest.Tenant(b.T, b.DB, "lotus")
	api := web.New(web.Config{
		Clock: b.Clock,
		Authenticate: func(_ context.Context, r *http.Request) (actor.Actor, error) {
			tenants := map[string]uuid.UUID{"acme": b.Acme, "acme2": b.Acme, "lotus": lotus}
			tenant, ok := tenants[r.Header.Get("Authorization")]
			if !ok {
				return actor.Actor{}, fault.Unauthenticated("Sign in to continue.")
			}
			user := uuid.NewSHA1(tenant, []byte(r.Header.Get("Authorization")))
			return actor.Actor{Kind: actor.User, TenantID: tenant, UserID: user, Role: "owner"}, nil
		},
		Allows: func(actor.Actor, actor.Permission) bool { return true },
	})
	b.s.Routes(api)
	jobs := webtest.QueuedJobs(b.T.(*testing.T), b.DB)
	jobs()
	return webtest.World{
		Handler: api.Handler(), Jobs: jobs, As: map[string]string{"ann": "acme", "chandra": "acme2", "bob": "lotus"},
		Known: map[string]string{"acme": b.Acme.String(), "lotus": lotus.String(), "number": b.Channel.ID.String(),
			"welcome": b.Template("welcome").ID.String(), "offer": b.Template("diwali_offer").ID.String()},
	}
}

// freezeAll writes recipients and counts them.
func (b *bundle) freezeAll(c Campaign, chunk []frozen) {
	b.T.Helper()
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		t, err := freeze(ctx, tx, b.Acme, c.ID, chunk)
		if err != nil {
			return err
		}
		return count(ctx, tx, b.Acme, c.ID, t)
	})
}
