package contact

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// walk reads a list to its end in pages of size.
func (b *bundle) walk(f Filter, sort Sort, size int) (names []string, total int64) {
	b.t.Helper()
	p := web.PageQuery{Limit: size}
	for {
		page := must(b.List(b.ctx, f, sort, p))(b.t)
		if p.After == "" {
			total = -1
			if page.Total != nil {
				total = *page.Total
			}
		}
		for _, c := range page.Items {
			names = append(names, c.Name)
		}
		if p.After = page.Next; p.After == "" {
			return names, total
		}
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	b := setup(t)
	vip := b.tagNamed("VIP", PlainTag)
	b.person("Bob", "9876543210", vip.ID)
	b.person("आशा", "9876543211")
	b.person("ann", "+447911123456", vip.ID)
	out := b.person("Ann", "9123456789")
	must(b.Edit(b.ctx, out.ID, Change{Email: ptr("Ann@Example.com"), OptIn: &Consent{State: OptInRefused}}))(t)
	must(b.SuppressOne(b.ctx, out.ID, "asked"))(t)
	yes, no := true, false
	cases := []struct {
		name string
		f    Filter
		sort Sort
		want string
	}{
		{"newest", Filter{}, Newest, "Ann ann आशा Bob"},
		{"by name", Filter{}, ByName, "ann Ann Bob आशा"},
		{"tag", Filter{Tag: vip.ID}, Newest, "ann Bob"},
		{"tag by name", Filter{Tag: vip.ID}, ByName, "ann Bob"},
		{"name", Filter{Q: "AN"}, Newest, "ann Ann"},
		{"Hindi name", Filter{Q: "आ"}, Newest, "आशा"},
		{"name and tag", Filter{Q: "an", Tag: vip.ID}, Newest, "ann"},
		{"national number", Filter{Q: "98765 4321"}, Newest, "Bob आशा"},
		{"with the 0", Filter{Q: "098765"}, Newest, "Bob आशा"},
		{"international or national", Filter{Q: "91"}, Newest, "Ann Bob आशा"},
		{"with the plus", Filter{Q: "+44"}, Newest, "ann"},
		{"Hindi digits", Filter{Q: "९१२३"}, Newest, "Ann"},
		{"e-mail", Filter{Q: "ANN@example.com"}, Newest, "Ann"},
		{"opted out", Filter{OptIn: OptInRefused}, Newest, "Ann"},
		{"unknown", Filter{OptIn: OptInUnknown}, Newest, "ann आशा Bob"},
		{"suppressed", Filter{Suppressed: &yes}, Newest, "Ann"},
		{"not suppressed", Filter{Suppressed: &no}, Newest, "ann आशा Bob"},
		{"nobody", Filter{Q: "zz"}, Newest, ""},
	}
	for _, c := range cases {
		for size := 1; size < 5; size++ {
			got, total := b.walk(c.f, c.sort, size)
			equal(t, fmt.Sprint(c.name, " by ", size), strings.Join(got, " "), c.want)
			equal(t, c.name+" total", total, int64(len(got)))
		}
	}
	if _, err := b.List(b.ctx, Filter{}, Newest, web.PageQuery{Limit: 10, After: "nonsense"}); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("bad cursor: %v", err)
	}
}

func TestTenantsSeeTheirOwn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ann := b.person("Ann", "9876543210")
	imp := b.importAll("phone\n9876543211\n", nil)
	globex := as(t.Context(), dbtest.Tenant(t, b.db, "globex"), "owner", "gus@globex.test")
	if _, err := b.Get(globex, ann.ID); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("Globex read Ann: %v", err)
	}
	if _, err := b.Edit(globex, ann.ID, Change{Name: ptr("x")}); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("Globex changed Ann: %v", err)
	}
	if _, err := b.ErrorFile(globex, imp.ID); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("Globex read Acme's import: %v", err)
	}
	page := must(b.List(globex, Filter{}, Newest, web.PageQuery{Limit: 10}))(t)
	equal(t, "contacts", len(page.Items), 0)
	same := must(b.Create(globex, Change{Phone: ptr("9876543210")}, nil))(t)
	equal(t, "the same person at both", same.ID != ann.ID, true)
}

// Each read of a list and of an audience is served by an index: with a million contacts it must
// not look at all of them.
func TestReadsUseIndexes(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.importAll(bigFile(), func(o *Options) { o.List = "Everybody" })
	list := must(b.Tags(b.ctx))(t)[0].ID
	yes := true
	after := position{Key: "व्यक्ति 5", ID: uuid.Max}
	since := position{Key: "2026-11-23T09:00:00Z", ID: uuid.Max} // in a stage
	queries := map[string]*query{}
	for name, f := range map[string]Filter{"newest": {}, "tag": {Tag: list}, "name": {Q: "व्यक्ति 11"}, "e-mail": {Q: "a@b.in"}, "opt-in": {OptIn: OptInRefused}, "suppressed": {Suppressed: &yes},
		"stage": {Stage: ident.New().String()}, "no stage": {Stage: none}, "owner": {Owner: ident.New().String()}, "nobody's": {Owner: none}} {
		l := newListing(f, Newest, "IN")
		queries[name] = l.rows(b.acme, "")
		from := after
		if l.order == "stage" {
			from = since
		}
		l.page(queries[name], from, 50)
	}
	phone := newListing(Filter{Q: "+91900000"}, Newest, "IN")
	queries["phone"] = phone.rows(b.acme, phone.prefixes[0])
	phone.page(queries["phone"], position{Key: "+919000000500", ID: uuid.Max}, 50)
	queries["everybody"] = newQuery(b.acme)
	Audience{All: true, ExcludeTags: []uuid.UUID{uuid.New()}}.page(queries["everybody"], columns, span{"asc", ">", uuid.Nil}, 50)
	queries["members"] = newQuery(b.acme)
	Audience{Tags: []uuid.UUID{list}, ExcludeTags: []uuid.UUID{uuid.New()}}.page(queries["members"], columns, span{"asc", ">", uuid.Nil}, 50)
	queries["members of several"] = newQuery(b.acme)
	Audience{Tags: []uuid.UUID{list, uuid.New()}}.page(queries["members of several"], columns, span{"asc", ">", uuid.Nil}, 50)
	b.analyze()
	b.tx(func(ctx context.Context, tx pgx.Tx) (err error) {
		for name, q := range queries {
			rows, planErr := tx.Query(ctx, "explain "+q.String(), q.args...)
			plan, readErr := pgx.CollectRows(rows, pgx.RowTo[string])
			err = errors.Join(err, planErr, readErr)
			if text := strings.Join(plan, "\n"); strings.Contains(text, "Seq Scan on contact") || strings.Contains(text, "Sort") && !strings.HasPrefix(name, "members") {
				t.Errorf("%s:\n%s", name, text)
			}
		}
		return err
	})
}

// analyze does what autovacuum would have done by now; only the owner may.
func (b *bundle) analyze() {
	b.t.Helper()
	cfg := b.db.App().Config().ConnConfig.Copy()
	delete(cfg.RuntimeParams, "role")
	conn := must(pgx.ConnectConfig(b.t.Context(), cfg))(b.t)
	defer conn.Close(context.Background())
	if _, err := conn.Exec(b.t.Context(), "analyze contacts, contact_tags"); err != nil {
		b.t.Fatal(err)
	}
}
