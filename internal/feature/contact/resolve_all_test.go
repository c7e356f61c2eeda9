package contact

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

func (b *bundle) resolveAll(list ...Identity) (out []Resolved) {
	b.t.Helper()
	for i := range list {
		list[i].At = b.clock.Now()
	}
	b.tx(func(ctx context.Context, tx pgx.Tx) (err error) {
		out, err = ResolveAll(ctx, tx, b.acme, list)
		return err
	})
	return out
}

func TestResolveAll(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ann, gone := b.person("Ann", "9876543210"), b.person("Gone", "9876543211")
	if err := b.Delete(b.ctx, gone.ID); err != nil {
		t.Fatal(err)
	}
	hidden, _ := b.resolve(Identity{BSUID: "IN.9", Name: "Zoya"})
	got := b.resolveAll(
		Identity{WAID: "919876543210"},                              // 0: Ann
		Identity{WAID: "919876543212"},                              // 1: a stranger without a name
		Identity{BSUID: "IN.9"},                                     // 2: Zoya
		Identity{WAID: "919876543212", Name: "आशा"},                 // 3: the stranger, with a name
		Identity{WAID: "919876543211"},                              // 4: lives again
		Identity{WAID: "919876543212", BSUID: "IN.3"},               // 5: the stranger, with both addresses
		Identity{BSUID: "IN.3"},                                     // 6: the stranger, with the other one
		Identity{WAID: "919876543210", BSUID: "IN.1", Name: "अन्न"}, // 7: Ann, with a new address
		Identity{WAID: "447911123456", BSUID: "IN.9"},               // 8: Zoya, with a phone
	)
	ids := make([]uuid.UUID, len(got))
	strangers := ""
	for i, r := range got {
		ids[i] = r.Contact.ID
		if r.Stranger {
			strangers += fmt.Sprint(i)
		}
	}
	asha := ids[5]
	equal(t, "who they are", ids, []uuid.UUID{ann.ID, asha, hidden.ID, asha, gone.ID, asha, asha, ann.ID, hidden.ID})
	equal(t, "once each", len(strangers), 2)
	equal(t, "Asha", []any{must(b.Get(b.ctx, asha))(t).Phone, must(b.Get(b.ctx, asha))(t).BSUID}, []any{"+919876543212", "IN.3"})
	equal(t, "Ann", []any{must(b.Get(b.ctx, ann.ID))(t).Name, must(b.Get(b.ctx, ann.ID))(t).BSUID}, []any{"Ann", "IN.1"})
	equal(t, "Zoya", must(b.Get(b.ctx, hidden.ID))(t).Phone, "+447911123456")
	b.honest()
	again := b.resolveAll(Identity{WAID: "919876543212"}, Identity{BSUID: "IN.1"})
	equal(t, "again", []any{again[0].Contact.ID, again[0].Stranger, again[1].Contact.ID}, []any{asha, false, ann.ID})
}

func TestResolveAllConcurrently(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var group sync.WaitGroup
	results := make([][]Resolved, 6)
	for n := range results {
		group.Go(func() {
			var list []Identity
			for i := range 40 {
				number := (i*7 + n*13) % 40
				who := Identity{WAID: fmt.Sprintf("9198765%05d", number), Name: "Ann"}
				if number%3 == 0 {
					who.BSUID = "IN." + who.WAID
				}
				list = append(list, who)
			}
			results[n] = b.resolveAll(list...)
		})
	}
	group.Wait()
	strangers, ids := 0, map[string]uuid.UUID{}
	for _, list := range results {
		for _, r := range list {
			if r.Stranger {
				strangers++
			}
			if id := ids[r.Contact.Phone]; id != uuid.Nil && id != r.Contact.ID {
				t.Errorf("%s is two contacts", r.Contact.Phone)
			}
			ids[r.Contact.Phone] = r.Contact.ID
		}
	}
	equal(t, "strangers", []int{strangers, len(ids)}, []int{40, 40})
	b.honest()
}
