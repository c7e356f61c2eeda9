package conversation

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
)

func TestALabelListsInTheOrderOfConversations(t *testing.T) {
	t.Parallel()
	b := setup(t)
	label, err := b.s.AddLabel(b.as(b.ann), "Diwali", "info")
	b.must(err)
	asha, ravi, zoya := b.person("Asha", "+919845011001"), b.person("Ravi", "+919845011002"), b.person("Zoya", "+919845011003")
	for i, who := range []uuid.UUID{asha, ravi, zoya} {
		b.writes(who, "hello", time.Duration(3-i)*time.Hour)
		if who != zoya {
			b.must(b.s.SetLabels(b.as(b.ann), []uuid.UUID{b.only(Filter{Contact: &who}).ID}, []uuid.UUID{label.ID}, nil))
		}
	}
	names := func(f Filter) (list []string) {
		f.Label = &label.ID
		for _, r := range b.list(f) {
			list = append(list, r.Contact.Name)
		}
		return list
	}
	expect := func(what string, got []string, want ...string) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, not %v", what, got, want)
		}
	}
	expect("as labelled", names(Filter{}), "Ravi", "Asha")
	b.writes(asha, "and now?", time.Minute)
	expect("after a message", names(Filter{Statuses: []Status{Open}}), "Asha", "Ravi")
	b.must(b.s.SetStatus(b.as(b.ann), []uuid.UUID{b.only(Filter{Contact: &asha}).ID}, StatusChange{To: Resolved}))
	expect("open", names(Filter{Statuses: []Status{Open}}), "Ravi")
	expect("resolved", names(Filter{Statuses: []Status{Resolved}}), "Asha")
	expect("of all, unread", names(Filter{Unread: true}), "Ravi")
	expect("of nobody's", names(Filter{Unassigned: true, Statuses: []Status{Open}}), "Ravi")
	expect("who wait", names(Filter{Waiting: true}), "Ravi")
}
