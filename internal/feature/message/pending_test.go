package message_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// playedCampaign stands for a campaign whose recipients claims feed.
type playedCampaign struct {
	id      uuid.UUID
	waits   []message.Pending
	runs    bool
	taken   bool // by somebody else, between the gate and the claim
	changes []message.Change
}

// campaignOf makes Acme's hooks those of a running campaign with a pending recipient per person.
func (b bundle) campaignOf(people ...contact.Contact) *playedCampaign {
	f := &playedCampaign{id: ident.New(), runs: true}
	for _, p := range people {
		f.waits = append(f.waits, message.Pending{MessageID: ident.New(), ContactID: p.ID, CampaignID: f.id,
			TemplateID: b.Template("welcome").ID, Params: []byte(`[]`), Variant: 2})
	}
	h := &b.Messages.Hooks
	h.Pending = func(_ context.Context, _ pgx.Tx, _, _ uuid.UUID, room message.Room) ([]message.Pending, error) {
		return f.waits[:min(len(f.waits), room.Free)], nil
	}
	h.Feed = func(_ context.Context, _ pgx.Tx, _ uuid.UUID, list []message.Pending) (bool, error) {
		if f.taken {
			return false, nil
		}
		f.waits = slices.DeleteFunc(f.waits, func(p message.Pending) bool {
			return slices.ContainsFunc(list, func(q message.Pending) bool { return p.MessageID == q.MessageID })
		})
		return true, nil
	}
	h.Standing = func(context.Context, pgx.Tx, uuid.UUID, []uuid.UUID) (map[uuid.UUID]message.Standing, error) {
		return map[uuid.UUID]message.Standing{f.id: {Runs: f.runs}}, nil
	}
	h.Changed = func(_ context.Context, _ pgx.Tx, _ uuid.UUID, changes []message.Change) error {
		f.changes = append(f.changes, changes...)
		return nil
	}
	return f
}

// messages counts Acme's rows.
func (b bundle) messages() (n int) {
	b.T.Helper()
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from messages where tenant_id = $1`, b.Acme).Scan(&n)
	})
	return n
}

func TestAClaimKnowsWhatItWroteOfThoseItFed(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	f := b.campaignOf(b.Person("Ann", 100), b.Person("Bob 🙂", 100))
	n, differs, err := b.Messages.WrittenAsStored(t.Context(), b.Channel.ID)
	b.Must(err)
	if n != 2 || differs != "" || len(f.waits) != 0 {
		t.Fatalf("fed and claimed %d, %d wait; %s", n, len(f.waits), differs)
	}
	for _, c := range f.changes {
		if c.From != "" || c.To != message.Sending || c.Variant != 2 || c.Committed == 0 {
			t.Errorf("counted as %+v", c)
		}
	}
	b.Verified()
}

func TestAClaimTakesNobodyWhoWasFedMeanwhile(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	f := b.campaignOf(b.Person("Ann", 100), b.Person("Bob", 100))
	n, err := b.Messages.ClaimAfter(t.Context(), b.Channel.ID, func() { f.taken = true })
	if err == nil || b.messages() != 0 {
		t.Errorf("claimed %d and wrote %d messages", n, b.messages())
	}
	f.taken = false
	n, err = b.Messages.ClaimAfter(t.Context(), b.Channel.ID, func() {})
	b.Must(err)
	if n != 2 {
		t.Errorf("the next look claimed %d", n)
	}
	b.Verified()
}

func TestWhoIsPendingStaysSoWhileTheirCampaignDoesNotRun(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	gone := b.Person("Bob", 100)
	f := b.campaignOf(b.Person("Ann", 100), gone)
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		return contact.Stop(ctx, tx, b.Acme, []uuid.UUID{gone.ID}, time.Now(), consent.ByWhatsApp, "stop")
	})
	n, err := b.Messages.ClaimAfter(t.Context(), b.Channel.ID, func() { f.runs = false })
	b.Must(err)
	if n != 0 || b.messages() != 0 || len(f.waits) != 2 {
		t.Errorf("claimed %d, wrote %d, %d wait", n, b.messages(), len(f.waits))
	}
}

// TestAStopBetweenTheGateAndTheClaimThatFeeds: she stays pending, and the next look refuses her.
func TestAStopBetweenTheGateAndTheClaimThatFeeds(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	ann := b.Person("Ann", 100)
	f := b.campaignOf(ann, b.Person("Bob", 100))
	first := f.waits[0].MessageID
	n, err := b.Messages.ClaimAfter(t.Context(), b.Channel.ID, func() {
		b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
			return contact.Stop(ctx, tx, b.Acme, []uuid.UUID{ann.ID}, time.Now(), consent.ByWhatsApp, "stop")
		})
	})
	b.Must(err)
	if n != 1 || b.messages() != 1 || len(f.waits) != 1 || f.waits[0].MessageID != first {
		t.Fatalf("claimed %d, wrote %d, %d wait", n, b.messages(), len(f.waits))
	}
	f.changes = nil
	n, err = b.Messages.ClaimAfter(t.Context(), b.Channel.ID, func() {})
	b.Must(err)
	if m := b.look(first)[first]; n != 0 || m.State != message.Refused || m.Reason != message.ReasonOptedOut {
		t.Errorf("claimed %d; Ann's is %s: %s", n, m.State, m.Reason)
	}
	var moves []string
	for _, c := range f.changes {
		moves = append(moves, fmt.Sprintf("%s→%s", c.From, c.To))
	}
	if fmt.Sprint(moves) != "[→queued queued→refused]" {
		t.Errorf("counted %v", moves)
	}
}
