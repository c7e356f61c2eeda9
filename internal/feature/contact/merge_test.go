package contact

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func (b *bundle) merge(stays, goes Contact, take ...string) Contact {
	b.t.Helper()
	return must(b.Merge(b.ctx, stays.ID, Merging{OtherID: goes.ID, Take: take}))(b.t)
}

// mergeID is the merge that a contact's timeline tells last.
func (b *bundle) mergeID(id uuid.UUID) uuid.UUID {
	b.t.Helper()
	for _, e := range must(b.Timeline(b.ctx, id, []EntryKind{EntryMerge}, web.PageQuery{Limit: 10}))(b.t).Items {
		if e.MergeID != nil {
			return *e.MergeID
		}
	}
	b.t.Fatal("no merge is told")
	return uuid.Nil
}

func tagNames(c Contact) (names []string) {
	for _, tag := range c.Tags {
		names = append(names, tag.Name)
	}
	return names
}

func TestMergeAndBack(t *testing.T) {
	t.Parallel()
	b := setup(t)
	vip, new := b.tagNamed("VIP", PlainTag), b.tagNamed("नया", ListTag)
	ann := must(b.Create(b.ctx, Change{Name: ptr("Ann"), Phone: ptr("9876543210"), Email: ptr("ann@example.com"), Fields: map[string]string{"city": "पुणे"}}, []uuid.UUID{vip.ID}))(t)
	zoya := must(b.Create(b.ctx, Change{Name: ptr("आशा देवी"), BSUID: ptr("IN.2"), Fields: map[string]string{"city": "Delhi", "shoe": "38"}, OptIn: &Consent{State: OptInRefused, Source: "call"}}, []uuid.UUID{vip.ID, new.ID}))(t)
	must(b.AddNote(b.ctx, zoya.ID, "from the other"))(t)
	b.clock.Advance(time.Minute)

	one := b.merge(ann, zoya, "name")
	equal(t, "values", []any{one.Name, one.Phone, one.BSUID, one.Email, one.Fields}, []any{"आशा देवी", "+919876543210", "IN.2", "ann@example.com", map[string]string{"city": "पुणे", "shoe": "38"}})
	equal(t, "the strictest consent", one.OptIn.State, OptInRefused)
	equal(t, "tags", tagNames(one), []string{"VIP", "नया"})
	if _, err := b.Get(b.ctx, zoya.ID); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("the other is still there: %v", err)
	}
	equal(t, "both pasts", b.timeline(ann.ID, EntryNote, EntryMerge), []string{
		"merge: Merged with आशा देवी [bsuid →IN.2] [field:shoe →38] [name Ann→आशा देवी] [optIn unknown→out] [optIn.source →call]", "note: Note | from the other",
	})
	c, stranger := b.resolve(Identity{BSUID: "IN.2", WAID: "919876543210"})
	equal(t, "who writes is one person", []any{c.ID, stranger}, []any{ann.ID, false})
	b.honest()

	must(b.Edit(b.ctx, ann.ID, Change{Fields: map[string]string{"shoe": "40"}}))(t)
	out := must(b.UndoMerge(b.ctx, b.mergeID(ann.ID)))(t)
	equal(t, "Ann again", []any{out.Contact.Name, out.Contact.BSUID, out.Contact.OptIn.State, tagNames(out.Contact), out.Contact.Fields["shoe"]}, []any{"Ann", "", OptInUnknown, []string{"VIP"}, "40"})
	equal(t, "the other again", []any{out.Other.Name, out.Other.BSUID, out.Other.OptIn.State, tagNames(out.Other), out.Other.Fields}, []any{"आशा देवी", "IN.2", OptInRefused, []string{"VIP", "नया"}, zoya.Fields})
	equal(t, "kept", out.Kept, []string{"“field:shoe” was changed since, and stays as it is."})
	equal(t, "its note", b.timeline(zoya.ID, EntryNote), []string{"note: Note | from the other"})
	if _, err := b.UndoMerge(b.ctx, uuid.New()); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("no such merge: %v", err)
	}
	b.honest()
}

// The number that was not chosen still names the person: in a message, in a file, by hand.
func TestTheFormerNumberIsRecognised(t *testing.T) {
	t.Parallel()
	b := setup(t)
	list := b.tagNamed("L", ListTag)
	ann, old := b.person("Ann", "9876543210"), b.person("Old Ann", "9876543211")
	one := b.merge(ann, old, "phone")
	equal(t, "the number chosen", []string{one.Phone, one.WAID}, []string{"+919876543211", "919876543211"})
	c, stranger := b.resolve(Identity{WAID: "919876543210", BSUID: "IN.7"})
	equal(t, "by the former", []any{c.ID, stranger, c.Phone, c.BSUID}, []any{ann.ID, false, "+919876543211", "IN.7"})
	imp := b.importAll("name,phone\nOther,9876543210\n", func(o *Options) { o.Tags = []uuid.UUID{list.ID} })
	equal(t, "left alone", countsOf(imp), counts{rows: 1, duplicate: 1})
	equal(t, "and given the list", tagNames(must(b.Get(b.ctx, ann.ID))(t)), []string{"L"})
	if _, err := b.Create(b.ctx, Change{Phone: ptr("9876543210")}, nil); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("added by the former number: %v", err)
	}
	b.honest()
	out := must(b.UndoMerge(b.ctx, b.mergeID(ann.ID)))(t)
	equal(t, "back", []string{out.Contact.Phone, out.Other.Phone}, []string{"+919876543210", "+919876543211"})
	equal(t, "nothing is kept but what came since", out.Contact.BSUID, "IN.7")
	b.honest()
}

// News of Meta's about the former contact's messages reaches the one it is now.
func TestConsentFollowsTheMerge(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ann, old := b.person("Ann", "9876543210"), b.person("Old", "9876543211")
	b.merge(ann, old)
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		return Stop(ctx, tx, b.acme, []uuid.UUID{old.ID}, b.clock.Now(), ByWhatsApp, "131050")
	})
	equal(t, "stopped", must(b.Get(b.ctx, ann.ID))(t).OptIn.State, OptInRefused)
	out := must(b.UndoMerge(b.ctx, b.mergeID(ann.ID)))(t)
	equal(t, "both", []OptIn{out.Contact.OptIn.State, out.Other.OptIn.State}, []OptIn{OptInRefused, OptInRefused})
}

func TestMergeOfMerged(t *testing.T) {
	t.Parallel()
	b := setup(t)
	a, c, d := b.person("A", "9876543210"), b.person("C", "9876543211"), b.person("D", "9876543212")
	b.merge(c, d)
	first := b.mergeID(c.ID)
	b.merge(a, c)
	if _, err := b.UndoMerge(b.ctx, first); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("an inner merge was undone first: %v", err)
	}
	found, _ := b.resolve(Identity{WAID: "919876543212"})
	equal(t, "the first of the chain", found.ID, a.ID)
	for name, err := range map[string]error{
		"itself": second(b.Merge(b.ctx, a.ID, Merging{OtherID: a.ID})), "a merged one": second(b.Merge(b.ctx, a.ID, Merging{OtherID: c.ID})),
		"nobody": second(b.Merge(b.ctx, a.ID, Merging{OtherID: uuid.New()})),
	} {
		if k := fault.KindOf(err); k != fault.KindInvalid && k != fault.KindNotFound {
			t.Errorf("merged with %s: %v", name, err)
		}
	}
	b.honest()
}

func second[T any](_ T, err error) error { return err }

func TestDuplicatesAreFound(t *testing.T) {
	t.Parallel()
	b := setup(t)
	mail := func(name, phone, email string) Contact {
		return must(b.Create(b.ctx, Change{Name: &name, Phone: &phone, Email: &email}, nil))(t)
	}
	ann, anne := mail("Ann", "9876543210", "Ann@Example.com"), mail("Anne", "9876543211", "ann@example.com")
	mail("Bob", "9876543212", "bob@example.com")
	b.person("Ana", "+5511987654321")
	b.exec(`insert into contacts (tenant_id, id, phone, wa_id, created_at, updated_at) values ($1, $2, '+551187654321', '551187654321', $3, $3)`, uuid.New(), b.clock.Now())
	if err := (&findDuplicatesWorker{s: b.Service}).Work(b.ctx, jobOf(findDuplicatesArgs{Tenant: b.acme})); err != nil {
		t.Fatal(err)
	}
	var sources []string
	page := must(b.Duplicates(b.ctx, web.PageQuery{Limit: 10}))(t)
	for _, d := range page.Items {
		sources = append(sources, d.Source)
	}
	slices.Sort(sources)
	equal(t, "found", sources, []string{"email", "phone"})
	if err := b.Dismiss(b.ctx, anne.ID, ann.ID); err != nil {
		t.Fatal(err)
	}
	if err := b.Dismiss(b.ctx, anne.ID, ann.ID); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("dismissed twice: %v", err)
	}
	if err := (&findDuplicatesWorker{s: b.Service}).Work(b.ctx, jobOf(findDuplicatesArgs{Tenant: b.acme})); err != nil {
		t.Fatal(err)
	}
	equal(t, "left", len(must(b.Duplicates(b.ctx, web.PageQuery{Limit: 10}))(t).Items), 1)
}
