package message_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// again queues a new attempt at a message that failed.
func (b bundle) again(id uuid.UUID) uuid.UUID {
	b.T.Helper()
	next := ident.New()
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		made, err := b.Messages.Resend(ctx, tx, b.Acme, []message.Resend{{Of: id, ID: next}})
		if len(made) != 1 {
			b.T.Errorf("%d new attempts", len(made))
		}
		return err
	})
	return next
}

// attempts sends to somebody whom Meta holds back, again and again; the last attempt is queued, and
// with it a first message to Ann. Nobody works.
func (b bundle) attempts(n int) (to contact.Contact, tries []uuid.UUID, ann uuid.UUID) {
	b.T.Helper()
	worker := b.Start(b.Messages)
	to = b.Person("Capped", 1049)
	tries = b.send(to)
	for len(tries) < n {
		last := tries[len(tries)-1]
		b.awaitAll(message.Failed, last)
		if len(tries) == n-1 {
			worker.Stop()
		}
		tries = append(tries, b.again(last))
	}
	return to, tries, b.send(b.Person("Ann", 100))[0]
}

// slow keeps a lane longer than any test looks between the gate and the claim.
var slow = messagetest.Options{Config: message.Config{Lease: time.Minute}}

// TestAnEarlierAttemptArrivesBetweenTheGateAndTheClaim: the first of three arrives while the third
// is about to leave, and it does not.
func TestAnEarlierAttemptArrivesBetweenTheGateAndTheClaim(t *testing.T) {
	t.Parallel()
	b := setup(t, slow)
	_, tries, ann := b.attempts(3)
	n, err := b.Messages.ClaimAfter(t.Context(), b.Channel.ID, func() {
		b.Start(b.NewMessages("worker-2"))
		b.statuses(statusJSON("wamid.late", "delivered", tries[0].String()))
		b.awaitAll(message.Delivered, tries[0])
	})
	b.Must(err)
	if n != 1 {
		t.Errorf("claimed %d, not Ann's alone", n)
	}
	seen := b.look(append(tries, ann)...)
	if m := seen[tries[2]]; m.State != message.Refused || m.Reason != message.ReasonArrived {
		t.Errorf("the third attempt: %+v", m)
	}
	if seen[tries[1]].State != message.Failed {
		t.Errorf("the others: %+v", seen)
	}
	b.Verified()
}

const (
	arrives = `update messages set state = 'delivered' where tenant_id = $1 and id = $2`
	waiting = `select count(*) from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()`
)

// somebodyWaits for a lock; a transaction of its own sees it anew.
func (b bundle) somebodyWaits() bool {
	var n int
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error { return tx.QueryRow(ctx, waiting).Scan(&n) })
	return n > 0
}

// TestAClaimWaitsForWhatIsBeingMerged: a merge that has not committed yet counts too.
func TestAClaimWaitsForWhatIsBeingMerged(t *testing.T) {
	t.Parallel()
	b := setup(t, slow)
	_, tries, _ := b.attempts(3)
	var merge sync.WaitGroup
	n, err := b.Messages.ClaimAfter(t.Context(), b.Channel.ID, func() {
		held := make(chan struct{})
		merge.Go(func() {
			b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
				_, err := tx.Exec(ctx, arrives, b.Acme, tries[0])
				close(held)
				b.Await("the claim waits", b.somebodyWaits)
				return err
			})
		})
		<-held
	})
	b.Must(err)
	merge.Wait()
	if m := b.look(tries...)[tries[2]]; n != 1 || m.State != message.Refused || m.Reason != message.ReasonArrived {
		t.Errorf("claimed %d; the third attempt: %+v", n, m)
	}
}

// TestTheAttemptThatArrivedStands: the first of three, not the one just before.
func TestTheAttemptThatArrivedStands(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	to, tries, ann := b.attempts(3)
	sent := b.Sent()[to.WAID]
	b.statuses(statusJSON("wamid.late", "read", tries[0].String()))
	b.Start(b.NewMessages("worker-2"))
	b.awaitAll(message.Read, tries[0], ann)
	b.awaitAll(message.Refused, tries[2])
	if now := b.Sent()[to.WAID]; now != sent {
		t.Errorf("%d more requests", now-sent)
	}
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		back, err := b.Messages.Restore(ctx, tx, b.Acme, []message.Resend{{Of: tries[1], ID: tries[2]}})
		if len(back) != 1 || back[0] != (message.Restored{ID: tries[0], Retry: tries[2], State: message.Read}) {
			t.Errorf("restored: %+v", back)
		}
		return err
	})
	b.Verified()
}
