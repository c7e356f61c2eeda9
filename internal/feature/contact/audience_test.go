package contact

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/segment"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func (b *bundle) members(a Audience, page int) (names []string) {
	b.t.Helper()
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		after := uuid.Nil
		for {
			some, err := AudiencePage(ctx, tx, b.acme, a, after, page)
			if err != nil || len(some) == 0 {
				return err
			}
			for _, c := range some {
				if bytes.Compare(c.ID[:], after[:]) <= 0 {
					b.t.Errorf("%s after %s", c.ID, after)
				}
				after = c.ID
				names = append(names, c.Name)
			}
		}
	})
	return names
}

func TestAudience(t *testing.T) {
	t.Parallel()
	b := setup(t)
	vip, diwali, staff := b.tagNamed("VIP", PlainTag), b.tagNamed("Diwali", ListTag), b.tagNamed("Staff", PlainTag)
	b.person("Ann", "9876543210", vip.ID, diwali.ID)
	b.person("Bob", "9876543211", diwali.ID, staff.ID)
	b.person("Cid", "9876543212")
	b.person("आशा", "9876543213", vip.ID)
	gone := b.person("Eve", "9876543214", vip.ID, diwali.ID)
	if err := b.Delete(b.ctx, gone.ID); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name string
		a    Audience
		want []string
	}{
		{"nobody", Audience{}, nil},
		{"everybody", Audience{All: true}, []string{"Ann", "Bob", "Cid", "आशा"}},
		{"one tag", Audience{Tags: []uuid.UUID{vip.ID}}, []string{"Ann", "आशा"}},
		{"any of two, nobody twice", Audience{Tags: []uuid.UUID{vip.ID, diwali.ID}}, []string{"Ann", "Bob", "आशा"}},
		{"everybody but", Audience{All: true, ExcludeTags: []uuid.UUID{staff.ID, vip.ID}}, []string{"Cid"}},
		{"a tag but", Audience{Tags: []uuid.UUID{diwali.ID}, ExcludeTags: []uuid.UUID{staff.ID}}, []string{"Ann"}},
		{"nobody is left", Audience{Tags: []uuid.UUID{staff.ID}, ExcludeTags: []uuid.UUID{diwali.ID}}, nil},
		{"a tag that is not", Audience{Tags: []uuid.UUID{uuid.New()}}, nil},
	}
	for _, c := range cases {
		for page := 1; page <= 5; page += 2 {
			equal(t, fmt.Sprint(c.name, " by ", page), b.members(c.a, page), c.want)
		}
		equal(t, "count of "+c.name, b.count(c.a), int64(len(c.want)))
	}
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into contact_activity (tenant_id, contact_id, written_at) select tenant_id, id, $2 from contacts where tenant_id = $1 and name = 'Bob'`,
			b.acme, b.clock.Now().AddDate(0, 0, -2))
		return err
	})
	for days, want := range map[int][]string{1: {"Ann", "Bob", "Cid", "आशा"}, 3: {"Ann", "Cid", "आशा"}} {
		equal(t, fmt.Sprint("not written to in days: ", days), b.members(Audience{All: true, ExcludeRecent: days}.AsOf(b.clock.Now()), 2), want)
		equal(t, fmt.Sprint("count of those: ", days), b.count(Audience{All: true, ExcludeRecent: days}.AsOf(b.clock.Now())), int64(len(want)))
	}
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		newest, err := Sample(ctx, tx, b.acme, Audience{All: true}, 2)
		equal(t, "sample", []string{newest[0].Name, newest[1].Name}, []string{"आशा", "Cid"})
		some, err2 := ByIDs(ctx, tx, b.acme, []uuid.UUID{newest[0].ID, gone.ID, uuid.New()})
		equal(t, "by ids", len(some), 1)
		return firstOf(err, err2)
	})
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestFoldTallies(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for i := range 60 {
		b.person("Ann", fmt.Sprint(9_000_000_000+i))
	}
	if err := b.FoldTallies(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		var rows int
		err := tx.QueryRow(ctx, `select count(*) from contact_tallies where tenant_id = $1`, b.acme).Scan(&rows)
		equal(t, "rows", rows, 1)
		return err
	})
	b.honest()
}

func TestDeleteTag(t *testing.T) {
	t.Parallel()
	b := setup(t)
	vip := b.tagNamed("VIP", PlainTag)
	ann := b.person("Ann", "9876543210", vip.ID)
	if err := b.DeleteTag(b.ctx, vip.ID); err != nil {
		t.Fatal(err)
	}
	equal(t, "gone at once", len(must(b.Get(b.ctx, ann.ID))(t).Tags), 0)
	again := b.tagNamed("vip", PlainTag)
	equal(t, "the name is free", again.Contacts, int64(0))
	jobs := take[dropTagArgs](b.jobs)
	equal(t, "jobs", jobs, []dropTagArgs{{b.acme, vip.ID}})
	if err := b.dropTag(t.Context(), jobs[0]); err != nil {
		t.Fatal(err)
	}
	equal(t, "joins", b.members(Audience{Tags: []uuid.UUID{vip.ID}}, 10), nil)
	b.honest()
}

// An audience may be made of tags, segments and conditions, and of what it leaves out.
func TestAudienceOfSegments(t *testing.T) {
	t.Parallel()
	b := setup(t)
	segments := segment.New(segment.Deps{DB: b.db, Clock: b.clock})
	vip := b.tagNamed("VIP", PlainTag)
	ann := b.person("Ann", "9876543210", vip.ID)
	b.person("Bob", "9876543211")
	b.person("आशा", "9876543212")
	named := func(name, starts string) uuid.UUID {
		return must(segments.Create(b.ctx, name, segment.Query{On: "name", Op: "starts", Values: []string{starts}}))(t).ID
	}
	bs, hindi := named("B", "b"), named("हिन्दी", "आ")
	notVIP := segment.Query{On: "tag", Op: "isnt", Values: []string{vip.ID.String()}}
	cases := []struct {
		name string
		a    Audience
		want []string
	}{
		{"a segment", Audience{Segments: []uuid.UUID{hindi}}, []string{"आशा"}},
		{"a tag or a segment", Audience{Tags: []uuid.UUID{vip.ID}, Segments: []uuid.UUID{bs}}, []string{"Ann", "Bob"}},
		{"everybody but a segment", Audience{All: true, ExcludeSegments: []uuid.UUID{bs}}, []string{"Ann", "आशा"}},
		{"conditions of its own", Audience{Filter: &notVIP, ExcludeSegments: []uuid.UUID{hindi}}, []string{"Bob"}},
		{"nobody is let in", Audience{ExcludeSegments: []uuid.UUID{hindi}}, nil},
	}
	for _, c := range cases {
		a := c.a.AsOf(b.clock.Now())
		equal(t, c.name, b.members(a, 1), c.want)
		equal(t, "count of "+c.name, b.count(a), int64(len(c.want)))
	}
	page := must(b.List(b.ctx, Filter{Segment: bs}, Newest, web.PageQuery{Limit: 10}))(t)
	equal(t, "list", []any{len(page.Items), page.Items[0].Name, *page.Total}, []any{1, "Bob", int64(1)})
	page = must(b.List(b.ctx, Filter{Tag: vip.ID, Where: &segment.Query{On: "name", Op: "is", Values: []string{"ANN"}}}, ByName, web.PageQuery{Limit: 10}))(t)
	equal(t, "list by name", page.Items[0].ID, ann.ID)
}

// What a segment meant at the start is meant until the last recipient, whatever happens to it.
func TestFixedAudience(t *testing.T) {
	t.Parallel()
	b := setup(t)
	segments := segment.New(segment.Deps{DB: b.db, Clock: b.clock})
	b.person("Ann", "9876543210")
	of := must(segments.Create(b.ctx, "A", segment.Query{On: "created", Op: "past", Days: 1}))(t).ID
	var fixed Audience
	b.tx(func(ctx context.Context, tx pgx.Tx) (err error) {
		fixed, err = Fix(ctx, tx, b.acme, Audience{Segments: []uuid.UUID{of}}, b.clock.Now())
		return err
	})
	if err := segments.Delete(b.ctx, of); err != nil {
		t.Fatal(err)
	}
	b.clock.Advance(5 * 24 * time.Hour)
	equal(t, "still", b.members(fixed.AsOf(b.clock.Now()), 10), []string{"Ann"})
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		_, err := CountAudience(ctx, tx, b.acme, fixed.Open().AsOf(b.clock.Now()))
		equal(t, "as chosen, the segment is gone", fault.KindOf(err), fault.KindInvalid)
		return nil
	})
}
