package contact

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func page(n int) web.PageQuery { return web.PageQuery{Limit: n} }

// bulk starts one and works it to its end.
func (b *bundle) bulk(action BulkAction, f Filter) Bulk {
	b.t.Helper()
	started := must(b.StartBulk(b.ctx, action, nil, &f))(b.t)
	b.drain()
	return must(b.GetBulk(b.ctx, started.ID))(b.t)
}

// member adds somebody to Acme.
func (b *bundle) member() uuid.UUID {
	b.t.Helper()
	user := ident.New()
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into members (tenant_id, user_id, role, created_at, updated_at) values ($1, $2, 'agent', $3, $3)`, b.acme, user, b.clock.Now())
		return err
	})
	return user
}

func (b *bundle) stage(name string) uuid.UUID {
	b.t.Helper()
	for _, stage := range must(b.Stages(b.ctx))(b.t).Items {
		if stage.Name == name {
			return stage.ID
		}
	}
	b.t.Fatalf("no stage %s", name)
	return uuid.Nil
}

// listed is how many a filter lets through, counted as the list does.
func (b *bundle) listed(f Filter) int64 {
	b.t.Helper()
	names, total := b.walk(f, Newest, 5000)
	if total >= 0 && total != int64(len(names)) {
		b.t.Errorf("%+v: %d listed, %d told", f, len(names), total)
	}
	return int64(len(names))
}

// crowd is bigFile's people, 11,820 of them.
func (b *bundle) crowd() {
	b.importAll(bigFile(), func(o *Options) { o.List = "Everybody" })
}

const crowded = 11_820

func TestBulkOverEverything(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.crowd()
	list := must(b.Tags(b.ctx))(t)[0]
	vip, ravi, customer := b.tagNamed("VIP", PlainTag), b.member(), b.stage("Customer")
	done := b.bulk(BulkAction{Kind: BulkTags, Add: []uuid.UUID{vip.ID}}, Filter{Q: "व्यक्ति 11"})
	equal(t, "by name", []any{done.State, done.Changed, *done.Total}, []any{BulkDone, b.count(Audience{Tags: []uuid.UUID{vip.ID}}), done.Seen})
	all := b.bulk(BulkAction{Kind: BulkTags, Add: []uuid.UUID{vip.ID}, Remove: []uuid.UUID{list.ID}}, Filter{})
	equal(t, "everybody", []int64{all.Seen, all.Changed}, []int64{crowded, crowded})
	equal(t, "twice is once", b.bulk(BulkAction{Kind: BulkTags, Add: []uuid.UUID{vip.ID}}, Filter{}).Changed, int64(0))
	b.bulk(BulkAction{Kind: BulkStage, Stage: &customer}, Filter{Q: "व्यक्ति 1"})
	customers := b.listed(Filter{Stage: customer.String()})
	equal(t, "the rest", b.listed(Filter{Stage: none}), crowded-customers)
	b.bulk(BulkAction{Kind: BulkOwner, Owner: &ravi}, Filter{Stage: customer.String()})
	equal(t, "Ravi's", b.listed(Filter{Owner: ravi.String()}), customers)
	equal(t, "of stage and owner", b.listed(Filter{Owner: ravi.String(), Stage: customer.String()}), customers)
	b.field("Spent", NumberField)
	equal(t, "filled", b.bulk(BulkAction{Kind: BulkField, Field: "spent", Value: "1,200"}, Filter{Tag: vip.ID}).Changed, int64(crowded))
	equal(t, "opted out", b.bulk(BulkAction{Kind: BulkOptOut, Reason: "asked at the counter"}, Filter{Owner: ravi.String()}).Changed, customers)
	equal(t, "out", b.listed(Filter{OptIn: OptInRefused, Owner: ravi.String()}), customers)
	b.honest()
	equal(t, "deleted", b.bulk(BulkAction{Kind: BulkDelete}, Filter{Stage: customer.String()}).Changed, customers)
	equal(t, "left", b.listed(Filter{}), crowded-customers)
	equal(t, "value", must(b.List(b.ctx, Filter{}, Newest, page(1)))(t).Items[0].Fields["spent"], "1200")
	b.honest()
}

// A worker dies in the middle, another goes on where it stopped, and nobody is changed twice.
func TestAKilledBulkGoesOn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.crowd()
	interested := b.stage("Interested")
	moved := map[uuid.UUID]int{}
	kill, die := context.WithCancel(t.Context())
	b.Moved = func(_ context.Context, _ pgx.Tx, _ uuid.UUID, moves []Move) error {
		for _, m := range moves {
			moved[m.Contact]++
		}
		if len(moved) > bulkChunk && kill.Err() == nil {
			for _, m := range moves {
				moved[m.Contact]-- // this chunk will not be committed
			}
			die()
		}
		return nil
	}
	started := must(b.StartBulk(b.ctx, BulkAction{Kind: BulkStage, Stage: &interested}, nil, &Filter{}))(t)
	if _, err := b.RunBulk(kill, b.acme, started.ID, 0); err == nil {
		t.Fatal("the worker did not die")
	}
	equal(t, "half-way", must(b.GetBulk(b.ctx, started.ID))(t).Seen, int64(bulkChunk))
	// A dead worker does not give up its claim by itself: as if its release was lost, too.
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update contact_bulks set claim = $2, claimed_until = $3 where tenant_id = $1`, b.acme, ident.New(), b.clock.Now().Add(bulkLease))
		return err
	})
	equal(t, "held by the dead", must(b.RunBulk(t.Context(), b.acme, started.ID, 0))(t), false)
	take[bulkArgs](b.jobs)
	b.clock.Advance(2 * bulkLease)
	if err := b.SweepBulks(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.drain()
	end := must(b.GetBulk(b.ctx, started.ID))(t)
	equal(t, "end", []any{end.State, end.Seen, end.Changed}, []any{BulkDone, int64(crowded), int64(crowded)})
	for id, n := range moved {
		if n != 1 {
			t.Fatalf("%s was moved %d times", id, n)
		}
	}
	equal(t, "moved", len(moved), crowded)
	b.honest()
}

func TestABulkIsWorkedInSlicesAndCancelled(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.crowd()
	vip := b.tagNamed("VIP", PlainTag)
	started := must(b.StartBulk(b.ctx, BulkAction{Kind: BulkTags, Add: []uuid.UUID{vip.ID}}, nil, &Filter{}))(t)
	b.Moved = nil
	args := take[bulkArgs](b.jobs)[0]
	run := &bulkRun{s: b.Service, tenant: b.acme, id: args.Bulk, claim: ident.New(), started: b.clock.Now()}
	equal(t, "taken", must(run.take(t.Context()))(t), true)
	if err := run.put(t.Context()); err != nil {
		t.Fatal(err)
	}
	equal(t, "cancelled", must(b.CancelBulk(b.ctx, started.ID))(t).State, BulkCancelled)
	if err := run.put(t.Context()); err != errBulkLost {
		t.Errorf("went on after it was cancelled: %v", err)
	}
	equal(t, "changed so far", b.count(Audience{Tags: []uuid.UUID{vip.ID}}), int64(bulkChunk))
	if _, err := b.CancelBulk(b.ctx, started.ID); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("cancelled twice: %v", err)
	}
	b.honest()
}

func TestABulkFailsWithAReason(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.person("Ann", "9876543210")
	vip := b.tagNamed("VIP", PlainTag)
	started := must(b.StartBulk(b.ctx, BulkAction{Kind: BulkTags, Add: []uuid.UUID{vip.ID}}, nil, &Filter{}))(t)
	if err := b.DeleteTag(b.ctx, vip.ID); err != nil {
		t.Fatal(err)
	}
	work := &bulkWorker{s: b.Service}
	if err := work.Work(t.Context(), &river.Job[bulkArgs]{Args: bulkArgs{b.acme, started.ID}}); err != nil {
		t.Fatal(err)
	}
	end := must(b.GetBulk(b.ctx, started.ID))(t)
	equal(t, "end", []any{end.State, end.Reason}, []any{BulkFailed, "This tag or list does not exist, or was deleted."})
	for name, action := range map[string]BulkAction{
		"nothing": {}, "inner": {Kind: BulkDropField, Field: "city"}, "no tags": {Kind: BulkTags},
		"no such field": {Kind: BulkField, Field: "city", Value: "x"}, "no such owner": {Kind: BulkOwner, Owner: &vip.ID},
	} {
		if _, err := b.StartBulk(b.ctx, action, nil, &Filter{}); fault.KindOf(err) != fault.KindInvalid && fault.KindOf(err) != fault.KindNotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAMembersContactsAreUnownedWhenTheyLeave(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ravi, ann := b.member(), b.person("Ann", "9876543210")
	c := must(b.Edit(b.ctx, ann.ID, Change{Owner: ptr(ravi.String())}))(t)
	equal(t, "owner", *c.OwnerID, ravi)
	b.tx(func(ctx context.Context, tx pgx.Tx) error { return b.MemberLeft(ctx, tx, b.acme, ravi) })
	b.drain()
	equal(t, "nobody", must(b.Get(b.ctx, ann.ID))(t).OwnerID, nil)
	if _, err := b.Edit(b.ctx, ann.ID, Change{Owner: ptr(uuid.NewString())}); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("owned by a stranger: %v", err)
	}
	b.honest()
}

func TestStages(t *testing.T) {
	t.Parallel()
	b := setup(t)
	first := must(b.Stages(b.ctx))(t)
	equal(t, "usual", []any{len(first.Items), first.Items[0].Name, first.None}, []any{4, "New", int64(0)})
	ann, bob := b.person("Ann", "9876543210"), b.person("आशा", "9876543211")
	lead := must(b.CreateStage(b.ctx, StageChange{Name: ptr("संभावित")}))(t)
	if _, err := b.CreateStage(b.ctx, StageChange{Name: ptr("संभावित")}); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("made twice: %v", err)
	}
	if _, err := b.EditStage(b.ctx, lead.ID, StageChange{Name: ptr("new")}); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("two of one name: %v", err)
	}
	ids := []uuid.UUID{lead.ID}
	for _, stage := range first.Items {
		ids = append(ids, stage.ID)
	}
	equal(t, "ordered", must(b.OrderStages(b.ctx, ids))(t).Items[0].Name, "संभावित")
	if _, err := b.OrderStages(b.ctx, ids[1:]); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("ordered some: %v", err)
	}
	var told []Move
	b.Moved = func(_ context.Context, _ pgx.Tx, _ uuid.UUID, moves []Move) error {
		told = append(told, moves...)
		return nil
	}
	c := must(b.Edit(b.ctx, ann.ID, Change{Stage: ptr(lead.ID.String())}))(t)
	equal(t, "since", c.StageAt.Equal(b.clock.Now()), true)
	b.clock.Advance(time.Hour)
	equal(t, "the same stage again", *must(b.Edit(b.ctx, ann.ID, Change{Stage: ptr(lead.ID.String())}))(t).StageAt, *c.StageAt)
	must(b.Edit(b.ctx, bob.ID, Change{Stage: ptr(lead.ID.String())}))(t)
	names, total := b.walk(Filter{Stage: lead.ID.String()}, Newest, 1)
	equal(t, "who came last first", fmt.Sprint(names, total), "[आशा Ann] 2")
	if err := b.DeleteStage(b.ctx, lead.ID, &first.Items[2].ID); err != nil {
		t.Fatal(err)
	}
	b.drain()
	after := must(b.Stages(b.ctx))(t)
	equal(t, "moved", []any{len(after.Items), after.Items[2].Contacts, after.None}, []any{4, int64(2), int64(0)})
	equal(t, "told", len(told), 4)
	equal(t, "since and by", []any{told[0].By, told[2].From, told[2].Since != nil}, []any{actor.Must(b.ctx).UserID, &lead.ID, true})
	b.honest()
}
