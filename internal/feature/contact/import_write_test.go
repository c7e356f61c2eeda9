package contact

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
)

// lock takes the rows of the contacts with a phone; skipping says to leave those that others hold.
func (b *bundle) lock(ctx context.Context, tx pgx.Tx, phone, how string) (rows int64) {
	b.t.Helper()
	return must(tx.Exec(ctx, "select id from contacts where tenant_id = $1 and phone = $2 for update "+how, b.acme, phone))(b.t).RowsAffected()
}

// Two chunks are written at a time. When the first is held up, the second has its rows written and
// steps back, so that whoever the first waits for can never wait for the second.
func TestAChunkThatOvertakesStepsBack(t *testing.T) {
	t.Parallel()
	b := setup(t)
	first, second := "+919000000000", "+919000006000" // rows of the first chunk and of the second
	b.importAll("name,phone\nA,9000000000\nB,9000006000\n", nil)
	imp := b.upload("people.csv", bigFile())
	must(b.Start(b.ctx, imp.ID, guessed(imp)))(t)

	ended := make(chan error, 1)
	err := b.db.InTenant(t.Context(), b.acme, func(ctx context.Context, tx pgx.Tx) error {
		equal(t, "the first chunk's contact", b.lock(ctx, tx, first, ""), 1)
		go func() {
			_, err := b.RunImport(b.ctx, b.acme, imp.ID, 0)
			ended <- err
		}()
		b.clock.BlockUntil(1) // the second chunk is written and waits for its turn
		equal(t, "free before it steps back", b.lock(ctx, tx, second, "skip locked"), 0)
		b.clock.Advance(overtakeGrace)
		equal(t, "free afterwards", b.lock(ctx, tx, second, ""), 1)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	equal(t, "counts", countsOf(must(b.GetImport(b.ctx, imp.ID, View{}))(t)),
		counts{rows: 12_000, created: 11_818, updated: 2, duplicate: 60, invalid: 120})
	b.honest()
}

func TestChunksThatMayTouchAreNotApart(t *testing.T) {
	t.Parallel()
	of := func(people ...person) *chunk {
		k := &chunk{people: people, byPhone: map[string]int{}, byBSUID: map[string]int{}}
		for i, p := range people {
			k.byPhone[p.phone] = i
			if p.bsuid != "" {
				k.byBSUID[p.bsuid] = i
			}
		}
		return k
	}
	asha := of(person{phone: "+919000000001"})
	for name, c := range map[string]struct {
		other *chunk
		apart bool
	}{
		"others":         {of(person{phone: "+919000000002"}), true},
		"the same phone": {of(person{phone: "+919000000002"}, person{phone: "+919000000001"}), false},
		"a user id":      {of(person{phone: "+919000000002", bsuid: "IN.1"}), false},
		"tags":           {of(person{phone: "+919000000002", tags: []string{"दिवाली"}}), false},
	} {
		equal(t, name, asha.apart(c.other), c.apart)
		equal(t, name+", the other way", c.other.apart(asha), c.apart)
	}
}
