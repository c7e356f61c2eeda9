package contact

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
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
