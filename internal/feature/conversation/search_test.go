package conversation

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func (b *bundle) search(q string) Found {
	b.t.Helper()
	f, err := b.s.Search(b.as(b.ann), q, web.PageQuery{Limit: 50})
	b.must(err)
	return f
}

func TestWhatWasSaidIsFoundInAnyScript(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asha, omar := b.person("आशा शर्मा", "+919845011001"), b.person("عمر", "+919845011002")
	b.writes(asha, "मेरा ऑर्डर कहाँ है? 📦", 40*24*time.Hour)
	b.writes(asha, "It's order BL-20418, for Mysuru", time.Hour)
	b.writes(omar, "اَلسَّلامُ عَلَيْكُم، أين طلبي؟", time.Minute)
	row := b.list(Filter{Contact: &asha})[0]
	b.must(b.s.AddNote(b.as(b.ann), row.ID, ident.New(), "Warehouse: the order is packed", nil))
	b.answers(b.ann, asha, "Your order has left")
	for q, want := range map[string]int{
		"ऑर्डर": 1, "कहाँ ऑर्ड": 1, "📦": 1, "ORDER": 3, "order bl-20418": 1, "20418": 1, "mys": 1, "السلام عليكم": 1, "طلب": 1,
		"order left": 1, "packed": 1, "order nowhere": 0, "rder": 0,
	} {
		if got := b.search(q).Said.Items; len(got) != want {
			t.Errorf("%q found %d, not %d: %+v", q, len(got), want, got)
		}
	}
	f := b.search("packed")
	if h := f.Said.Items[0]; h.Type != "note" || h.Text != "Warehouse: the order is packed" || h.Conversation.Contact.Name != "आशा शर्मा" {
		t.Errorf("a note is found as %+v", h)
	}
	if people := b.search("आशा").People; len(people) != 1 || people[0].ID != row.ID {
		t.Errorf("people by name: %+v", people)
	}
	if _, err := b.s.Search(b.as(b.ann), " …? ", web.PageQuery{Limit: 5}); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("a search for nothing: %v", err)
	}
}

func TestASearchPagesBackwardsAndStaysInItsTenant(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asha := b.person("Asha", "+919845011001")
	for i := range 30 {
		b.writes(asha, "refund please", time.Duration(i)*50*time.Hour)
	}
	seen, q := map[uuid.UUID]bool{}, web.PageQuery{Limit: 7}
	last := uuid.Max
	for {
		f, err := b.s.Search(b.as(b.ann), "refund", q)
		b.must(err)
		for _, h := range f.Said.Items {
			if h.ID.String() >= last.String() {
				t.Fatalf("%s comes after %s", h.ID, last)
			}
			last, seen[h.ID] = h.ID, true
		}
		if q.After = f.Said.Next; q.After == "" {
			break
		}
	}
	if len(seen) != 30 {
		t.Errorf("%d of 30 were found", len(seen))
	}
	before := web.EncodeCursor(ident.At(time.Unix(0, 0))) // what was there then has been erased since
	if f, err := b.s.Search(b.as(b.ann), "refund", web.PageQuery{Limit: 5, After: before}); err != nil || len(f.Said.Items) != 0 {
		t.Errorf("before all there is: %+v, %v", f, err)
	}
	lotus := dbtest.Tenant(t, b.s.DB, "lotus")
	other := actor.With(t.Context(), actor.Actor{Kind: actor.User, TenantID: lotus, UserID: b.ann, Role: "owner"})
	if f, err := b.s.Search(other, "refund", web.PageQuery{Limit: 5}); err != nil || len(f.Said.Items) != 0 {
		t.Errorf("another tenant finds %+v, %v", f, err)
	}
}

func TestASearchGoesOnBehindTheLatestTexts(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asha := b.person("Asha", "+919845011001")
	for i := range 12 {
		b.writes(asha, "refund 4711 please", time.Duration(i)*80*time.Hour)
	}
	row := b.only(Filter{Contact: &asha})
	b.exec(`insert into conversation_texts (tenant_id, id, conversation_id, kind, words)
		select $1, (substr(id_floor($3::timestamptz - interval '1 second' * i)::text, 1, 14) || '7' || substr(gen_random_uuid()::text, 16))::uuid, $2, 'message', array_to_tsvector(array['noise'])
		from generate_series(1, 2 * $4::int) i`, row.ID, b.clock.Now(), nearTexts)
	for q, want := range map[string]int{"refund": 12, "ref": 12, "4711 p": 12, "refund 4": 12, "nowhere p": 0, "refund x": 0} {
		seen, page := map[uuid.UUID]bool{}, web.PageQuery{Limit: 5}
		for page.After = ""; ; {
			f, err := b.s.Search(b.as(b.ann), q, page)
			b.must(err)
			for _, h := range f.Said.Items {
				seen[h.ID] = true
			}
			if page.After = f.Said.Next; page.After == "" {
				break
			}
		}
		if len(seen) != want {
			t.Errorf("%q found %d, not %d", q, len(seen), want)
		}
	}
}
