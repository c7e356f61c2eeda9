package segment

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// TestCompiledCountsEqualTheReference asks random queries about random people, of the database
// and of reference_test.go, which knows nothing of SQL. Whole, in pages, and probing.
func TestCompiledCountsEqualTheReference(t *testing.T) {
	t.Parallel()
	b := setup(t)
	w := b.world(250)
	r := rand.New(rand.NewPCG(3, 14))
	matched := 0
	for range 60 {
		q := w.query(r, 3)
		var want []uuid.UUID
		for _, p := range w.people {
			if w.holds(q, p) {
				want = append(want, p.id)
			}
		}
		matched += min(len(want), 1)
		text, _ := json.Marshal(q)
		b.tx(func(ctx context.Context, tx pgx.Tx) error {
			c, err := Compile(ctx, tx, b.acme, q, b.clock.Now(), nil, "q")
			if err != nil {
				return fmt.Errorf("%s: %w", text, err)
			}
			n, err := c.Count(ctx, tx, b.acme)
			equal(t, "count of "+string(text), n, int64(len(want)))
			return err
		})
		equal(t, "pages of "+string(text), b.pages(q, false), want)
		equal(t, "probed pages of "+string(text), b.pages(q, true), want)
	}
	if matched < 25 {
		t.Errorf("only %d queries let anybody through: they prove little", matched)
	}
}

// pages reads a query's contacts in pages by id, as the freeze does.
func (b *bundle) pages(q Query, probe bool) (ids []uuid.UUID) {
	b.t.Helper()
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		after := uuid.Nil
		for {
			c, err := Compile(ctx, tx, b.acme, q, b.clock.Now(), &Span{Op: ">", From: after, Probe: probe}, "q")
			if err != nil {
				return err
			}
			sql, args := statement(b.acme, write("select c.id from contacts c"), c.Joins,
				write("\nwhere c.tenant_id = $1 and c.deleted_at is null and c.id > ? and ", after), c.Where, write("\norder by c.id limit 60"))
			rows, err := tx.Query(ctx, sql, append([]any{pgx.QueryExecModeCacheDescribe}, args...)...)
			if err != nil {
				return err
			}
			page, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
			if err != nil || len(page) == 0 {
				return err
			}
			ids, after = append(ids, page...), page[len(page)-1]
		}
	})
	return ids
}

// query makes a random query of this world.
func (w *world) query(r *rand.Rand, depth int) Query {
	if depth > 0 && r.IntN(3) > 0 {
		inner := make([]Query, 1+r.IntN(3))
		for i := range inner {
			inner[i] = w.query(r, depth-1)
		}
		switch r.IntN(3) {
		case 0:
			return Query{All: inner}
		case 1:
			return Query{Any: inner}
		}
		return Query{Not: &inner[0]}
	}
	return w.leaf(r)
}

func (w *world) leaf(r *rand.Rand) Query {
	all := subjects()
	n := r.IntN(len(all) + len(w.fields))
	on, k := "", kind{}
	if n < len(all) {
		on, k = all[n].on, all[n].kind
	} else {
		f := w.fields[n-len(all)]
		on, k = "field:"+f.Key, fieldKind(f.Type)
	}
	o := k.ops[r.IntN(len(k.ops))]
	q := Query{On: on, Op: o.name, Seed: 0}
	if most := min(o.takes.most, 5); most > 0 {
		for range o.takes.least + r.IntN(most-o.takes.least+1) {
			q.Values = append(q.Values, w.value(r, on, o.takes))
		}
	}
	if o.takes.days == daysNeeded || o.takes.days == daysMay && r.IntN(2) == 0 {
		q.Days = 1 + r.IntN(60)
	}
	if on == "random" {
		q.Seed = r.Int64()
	}
	return q
}

func (w *world) value(r *rand.Rand, on string, t takes) string {
	switch t.of {
	case "number":
		return strconv.Itoa(r.IntN(40)-20) + map[int]string{0: ".5", 1: ""}[r.IntN(2)]
	case "date":
		return w.now.AddDate(0, 0, r.IntN(80)-60).Format(time.DateOnly)
	case "percent":
		return strconv.Itoa(1 + r.IntN(100))
	case "word":
		return t.words[r.IntN(len(t.words))]
	case "id":
		ids := w.ids[on]
		return ids[r.IntN(len(ids))].String()
	}
	words := w.words[on]
	if len(words) == 0 {
		words = []string{"pune", "पुणे", "M", "दिल्ली", "القاهرة", "a", "%", "'"}
	}
	return words[r.IntN(len(words))]
}
