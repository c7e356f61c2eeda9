package conversation

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

func (b *bundle) owner() context.Context {
	return actor.With(b.t.Context(), actor.Actor{Kind: actor.User, TenantID: b.acme, UserID: b.ann, Role: "owner"})
}

func (b *bundle) view(ctx context.Context, d ViewDraft) View {
	b.t.Helper()
	v, err := b.s.SaveView(ctx, uuid.Nil, d)
	b.must(err)
	return v
}

func (b *bundle) viewNames(ctx context.Context) (names string) {
	b.t.Helper()
	list, err := b.s.Views(ctx)
	b.must(err)
	for _, v := range list {
		names += v.Name + ","
	}
	return names
}

func TestAViewShowsEachReaderTheirOwn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asha, ravi := b.person("Asha", "+919845011001"), b.person("Ravi", "+919845011002")
	b.writes(asha, "hi", 2*time.Minute)
	b.writes(ravi, "hi", time.Minute)
	of := b.only(Filter{Contact: &asha})
	to := &b.bob
	b.must(b.s.Assign(b.owner(), []uuid.UUID{of.ID}, Assignment{Assignee: &to}))
	mine := b.view(b.owner(), ViewDraft{Name: "Mine", Filter: ViewFilter{Assignee: "me"}})
	unread := b.view(b.owner(), ViewDraft{Name: "Unread", Filter: ViewFilter{Status: "all", Unread: true}})
	done := b.view(b.owner(), ViewDraft{Name: "Done", Filter: ViewFilter{Status: "resolved"}})
	everything := b.view(b.as(b.bob), ViewDraft{Name: "Everything", Personal: true, Filter: ViewFilter{Status: "all"}})
	for _, c := range []struct {
		who  uuid.UUID
		view View
		want int
	}{{b.bob, mine, 1}, {b.ann, mine, 0}, {b.ann, unread, 2}, {b.bob, everything, 2}} {
		f, err := b.s.viewFilter(b.as(c.who), c.view.ID)
		b.must(err)
		n, err := b.s.Counts(b.as(c.who))
		b.must(err)
		if rows := b.list(f); len(rows) != c.want || n.ByView[c.view.ID] != c.want {
			t.Errorf("%s has %d and counts %d, not %d", c.view.Name, len(rows), n.ByView[c.view.ID], c.want)
		}
		if _, counted := n.ByView[done.ID]; counted {
			t.Error("what is resolved is counted")
		}
	}
	if _, err := b.s.viewFilter(b.as(b.ann), everything.ID); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("another's view: %v", err)
	}
}

func TestViewsAreArrangedByThoseWhoMay(t *testing.T) {
	t.Parallel()
	b := setup(t)
	one, two := b.view(b.owner(), ViewDraft{Name: "One"}), b.view(b.owner(), ViewDraft{Name: "Two"})
	own := b.view(b.as(b.bob), ViewDraft{Name: "Own", Personal: true})
	b.must(b.s.OrderViews(b.owner(), false, []uuid.UUID{two.ID, one.ID}))
	if names := b.viewNames(b.as(b.bob)); names != "Two,One,Own," {
		t.Errorf("Bob sees %s", names)
	}
	for _, err := range []error{b.s.OrderViews(b.as(b.bob), false, []uuid.UUID{one.ID, two.ID}), b.s.RemoveView(b.as(b.bob), one.ID)} {
		if fault.KindOf(err) != fault.KindForbidden {
			t.Errorf("an agent arranges everybody's: %v", err)
		}
	}
	if _, err := b.s.SaveView(b.as(b.bob), one.ID, ViewDraft{Name: "Stolen", Personal: true}); fault.KindOf(err) != fault.KindForbidden {
		t.Errorf("an agent takes everybody's: %v", err)
	}
	if err := b.s.OrderViews(b.owner(), false, []uuid.UUID{one.ID}); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("half an order: %v", err)
	}
	if _, err := b.s.SaveView(b.owner(), own.ID, ViewDraft{Name: "Theirs"}); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("another's: %v", err)
	}
	_, err := b.s.SaveView(b.owner(), two.ID, ViewDraft{Name: "Due", Filter: ViewFilter{Waiting: true}})
	b.must(err)
	b.must(b.s.RemoveView(b.owner(), one.ID))
	b.inTenant(t.Context(), func(ctx context.Context, tx pgx.Tx) error { return b.s.MemberLeft(ctx, tx, b.acme, b.bob) })
	if names := b.viewNames(b.as(b.bob)); names != "Due," {
		t.Errorf("left: %s", names)
	}
}
