package sequence

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/goal"
	"github.com/aerostic/aerostic/internal/feature/mapping"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/platform/web/webtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// bundle is the world of sending with sequences in it. The steps' clock is the test's to move.
type bundle struct {
	*messagetest.World
	s       *Service
	goals   *goal.Service
	clock   *clock.Fake
	inbound int // messages customers wrote
}

func setup(t *testing.T, o messagetest.Options) *bundle {
	t.Helper()
	w := messagetest.New(t, o)
	b := &bundle{World: w, clock: clock.NewFake(w.Clock.Now())}
	log := slog.New(slog.DiscardHandler)
	b.s = New(Deps{DB: w.DB, Clock: b.clock, Logger: log, Queue: w.Jobs, Messages: w.Messages, Templates: w.Templates, Contacts: w.Contacts})
	b.goals = goal.New(goal.Deps{DB: w.DB, Clock: w.Clock, Queue: w.Jobs, Logger: log})
	w.Hooks.Step, w.Hooks.StepHalted, w.Hooks.Changed, w.Hooks.Received = b.s.Standing, b.s.Halted, b.s.Changed, b.s.Received
	w.Messages.Hooks = *w.Hooks
	w.Contacts.Moved, b.goals.Recorded = b.s.Moved, b.s.Converted
	w.Contacts.Keep(contact.Keeper{Table: "sequence_enrolments", Read: KeptEnrolments, Forget: b.forget, Carry: b.s.Carry, Return: Return},
		contact.Keeper{Table: "sequence_events", Read: KeptEvents, Carry: CarryEvents, Return: ReturnEvents})
	w.Consents.Hooks.Change = func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, changes ...consent.Change) error {
		if err := contact.ChangeConsent(ctx, tx, tenant, ids, changes...); err != nil {
			return err
		}
		return b.s.ConsentChanged(ctx, tx, tenant, ids, changes...)
	}
	return b
}

func (b *bundle) forget(ctx context.Context, tenant uuid.UUID, e contact.Erasure) error {
	return errors.Join(b.s.ForgetEnrolments(ctx, tenant, e.Contacts), b.s.ForgetEvents(ctx, tenant, e.Contacts))
}

func (b *bundle) ann() context.Context { return b.As(b.Acme) }

// greeting is a step with nothing to fill in.
func (b *bundle) greeting(days int) Step {
	welcome := b.Template("welcome").ID
	return Step{Wait: Wait{days, Days}, TemplateID: &welcome, Mapping: []mapping.Source{}}
}

// offer is a step that says an event's value.
func (b *bundle) offer(days int) Step {
	id := b.Template("diwali_offer").ID
	return Step{Wait: Wait{days, Days}, TemplateID: &id, Mapping: []mapping.Source{
		{Slot: "body.1", Field: "name", Fallback: "friend"}, {Slot: "body.2", Event: "discount", Fallback: "10%"}}}
}

// twoSteps sends a greeting at once and another a day later, to people let in by hand.
func (b *bundle) twoSteps(change ...func(*Definition)) Definition {
	d := Definition{ChannelID: &b.Channel.ID, Trigger: Trigger{Kind: ByHand}, Entry: Alone, Exits: Exits{Reply: true},
		Steps: []Step{b.greeting(0), b.greeting(1)}}
	for _, alter := range change {
		alter(&d)
	}
	return d
}

// onOrder is a triggered campaign: one step by the event order.paid, every time.
func (b *bundle) onOrder(d *Definition) {
	d.Trigger, d.Entry, d.Steps = Trigger{Kind: ByEvent, Event: "order.paid"}, Every, []Step{b.offer(0)}
}

func (b *bundle) published(d Definition) Sequence {
	b.T.Helper()
	name := "Welcome स्वागत 🙏"
	q, err := b.s.Create(b.ann(), Change{Name: &name, Definition: &d})
	b.Must(err)
	q, err = b.s.Publish(b.ann(), q.ID, false)
	b.Must(err)
	return q
}

// letAllIn lets every contact of Acme in.
func (b *bundle) letAllIn(q Sequence) {
	b.T.Helper()
	in, err := b.s.LetIn(b.ann(), q.ID, contact.Audience{All: true})
	b.Must(err)
	done, err := b.s.letIn(b.T.Context(), b.Acme, in.ID)
	b.Must(err)
	if !done {
		b.T.Fatal("the intake is not done")
	}
}

func (b *bundle) step() {
	b.T.Helper()
	b.Must(b.s.StepDue(b.T.Context()))
}

func (b *bundle) report(q Sequence) Report {
	b.T.Helper()
	r, err := b.s.Report(b.ann(), q.ID)
	b.Must(err)
	return r
}

// everybody lists all ways through a sequence, the latest first.
func (b *bundle) everybody(q Sequence) []Person {
	b.T.Helper()
	found, err := b.s.People(b.ann(), q.ID, People{}, uuid.Max, 1000)
	b.Must(err)
	return found
}

// sent is how many messages Meta took.
func (b *bundle) sent() (n int) {
	for _, k := range b.Sent() {
		n += k
	}
	return n
}

// awaitRead waits until the messages of a step were read.
func (b *bundle) awaitRead(q Sequence, step int, n int64) {
	b.T.Helper()
	b.Await(fmt.Sprintf("%d have read step %d", n, step+1), func() bool { return len(b.report(q).Steps) > step && b.report(q).Steps[step].Read == n })
}

// writes posts a customer's message.
func (b *bundle) writes(from contact.Contact, text string) {
	b.T.Helper()
	b.inbound++
	b.Post(fmt.Sprintf(`{"object":"whatsapp_business_account","entry":[{"id":%q,"changes":[{"field":"messages","value":{"messaging_product":"whatsapp",
		"metadata":{"display_phone_number":"1","phone_number_id":%q},"contacts":[{"profile":{"name":"x"},"wa_id":%q}],
		"messages":[{"from":%q,"id":"wamid.in.%d","timestamp":"%d","type":"text","text":{"body":%q}}]}}]}]}`,
		b.Account.ID, b.Account.Numbers[0].ID, from.WAID, from.WAID, b.inbound, b.Clock.Now().Unix(), text))
}

// messages are the states of all messages of steps, by how many there are.
func (b *bundle) messages() map[string]int {
	b.T.Helper()
	found := map[string]int{}
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select m.state || coalesce(':' || m.reason, '') from messages m where m.tenant_id = $1 and m.origin = 'sequence'`, b.Acme)
		if err != nil {
			return err
		}
		states, err := pgx.CollectRows(rows, pgx.RowTo[string])
		for _, state := range states {
			found[state]++
		}
		return err
	})
	return found
}

// counted checks that the counts are what the rows say.
func (b *bundle) counted(q Sequence) {
	b.T.Helper()
	r, states := b.report(q), map[State]int64{}
	for _, p := range b.everybody(q) {
		states[p.State]++
	}
	if r.Waiting != states[Waiting] || r.Finished != states[Finished] || r.Exited != states[Exited] {
		b.T.Errorf("the report says %d waiting, %d finished, %d exited; the rows %v", r.Waiting, r.Finished, r.Exited, states)
	}
	for _, step := range r.Steps {
		for outcome, want := range map[string]int64{"reached": step.Reached, "sent": step.Sent, "read": step.Read, "failed": step.Failed,
			"refused": step.Refused, "cancelled": step.Cancelled, "replied": step.Replied, "queued": step.Queued} {
			found, err := b.s.People(b.ann(), q.ID, People{StepID: step.StepID, Outcome: outcome}, uuid.Max, 1000)
			b.Must(err)
			if int64(len(found)) != want {
				b.T.Errorf("%s of a step: the report says %d, %d people are listed", outcome, want, len(found))
			}
		}
	}
	b.Verified()
}

// world is where golden stories play: Ann of Acme, Bob of Lotus.
func (b *bundle) world() webtest.World {
	lotus := dbtest.Tenant(b.T, b.DB, "lotus")
	api := web.New(web.Config{
		Clock: b.Clock,
		Authenticate: func(_ context.Context, r *http.Request) (actor.Actor, error) {
			tenant, ok := map[string]uuid.UUID{"acme": b.Acme, "lotus": lotus}[r.Header.Get("Authorization")]
			if !ok {
				return actor.Actor{}, fault.Unauthenticated("Sign in to continue.")
			}
			return actor.Actor{Kind: actor.User, TenantID: tenant, UserID: tenant, Role: "owner"}, nil
		},
		Allows: func(actor.Actor, actor.Permission) bool { return true },
	})
	b.s.Routes(api)
	jobs := webtest.QueuedJobs(b.T.(*testing.T), b.DB)
	jobs()
	asha := b.Person("आशा 🙂", 100)
	return webtest.World{Handler: api.Handler(), Jobs: jobs, As: map[string]string{"ann": "acme", "bob": "lotus"},
		Known: map[string]string{"acme": b.Acme.String(), "lotus": lotus.String(), "number": b.Channel.ID.String(), "asha": asha.ID.String(),
			"offer": b.Template("diwali_offer").ID.String(), "welcome": b.Template("welcome").ID.String()}}
}
