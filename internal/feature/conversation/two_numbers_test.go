package conversation

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// onTwoNumbers is a person who wrote to two numbers, an hour and a day ago.
func (b *bundle) onTwoNumbers() (asha, other uuid.UUID) {
	b.t.Helper()
	asha, other = b.person("Asha", "+919845011001"), ident.New()
	b.writes(asha, "नमस्ते", time.Hour)
	at := b.clock.Now().Add(-25 * time.Hour)
	b.receive(message.Receipt{ID: ident.At(at), ChannelID: other, ContactID: asha, Kind: "text", Text: "Hi", At: at})
	return asha, other
}

// The window is open on the number that they wrote to, and on no other.
func TestEachNumberHasItsWindow(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asha, other := b.onTwoNumbers()
	b.inTenant(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		for number, want := range map[uuid.UUID]time.Duration{b.number: 23 * time.Hour, other: -time.Hour} {
			found, err := b.s.Windows(ctx, tx, b.acme, number, []uuid.UUID{asha})
			b.must(err)
			if got := found[asha].Sub(b.clock.Now()); len(found) != 1 || got != want {
				t.Errorf("the window of a number is open for %s, want %s", got, want)
			}
		}
		found, err := b.s.Windows(ctx, tx, b.acme, ident.New(), []uuid.UUID{asha})
		if err != nil || len(found) != 0 {
			t.Errorf("a number nobody wrote to has windows: %v, %v", found, err)
		}
		return nil
	})
	rows := b.list(Filter{})
	if len(rows) != 2 {
		t.Fatalf("%d conversations", len(rows))
	}
	for _, row := range rows {
		open := row.WindowUntil != nil && row.WindowUntil.After(b.clock.Now())
		if open != (row.ChannelID == b.number) {
			t.Errorf("the row of %s says %v", row.ChannelID, row.WindowUntil)
		}
	}
}

// Ticks are told in the conversation of the message, not in that of the same person on another number.
func TestTicksAreToldOnTheirNumber(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asha, other := b.onTwoNumbers()
	here, there := ident.New(), ident.New()
	b.inTenant(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		list, err := ticks(ctx, tx, b.acme, []uuid.UUID{asha}, map[pair][]uuid.UUID{{asha, b.number}: {here}, {asha, other}: {there}})
		b.must(err)
		told := map[uuid.UUID][]string{}
		for _, n := range list {
			of := n.Payload.(news)
			told[*of.Message] = append(told[*of.Message], n.Topic)
		}
		for _, row := range b.list(Filter{}) {
			m := there
			if row.ChannelID == b.number {
				m = here
			}
			if got := told[m]; len(got) != 2 || got[0] != Topic(row.ID) || got[1] != TopicList {
				t.Errorf("ticks of a message on %s are told on %v, want those of %s", row.ChannelID, got, row.ID)
			}
		}
		return nil
	})
}
