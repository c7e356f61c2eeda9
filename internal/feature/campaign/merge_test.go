package campaign

import (
	"context"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// claimedOf counts the messages of a campaign to two contacts that somebody claimed.
func claimedOf(ctx context.Context, tx pgx.Tx, tenant, campaign, a, b uuid.UUID) (n int, err error) {
	const claimed = `select count(*) from messages where tenant_id = $1 and campaign_id = $2 and contact_id in ($3, $4)
and state not in ('queued', 'duplicate', 'cancelled', 'refused')`
	return n, tx.QueryRow(ctx, claimed, tenant, campaign, a, b).Scan(&n)
}

// Pairs are merged while their campaign is being sent: nobody gets two that had not got them
// before, and nobody is left out.
func TestMergingWhileSending(t *testing.T) {
	t.Parallel()
	b := setup(t, slowly(25))
	b.Work(b.s.Workers, b.Templates.Workers)
	people := b.people(80)
	c := b.draft()
	var mu sync.Mutex
	before := map[uuid.UUID]int{} // by the contact that stays
	var sending sync.Once         // from the first merge on, however slow the machine is
	b.Contacts.Hooks.Merging = func(ctx context.Context, tx pgx.Tx, tenant, stays, goes uuid.UUID) error {
		if err := b.s.Merging(ctx, tx, tenant, stays, goes); err != nil {
			return err
		}
		sending.Do(func() { b.Start(b.Messages) })
		n, err := claimedOf(ctx, tx, tenant, c.ID, stays, goes)
		mu.Lock()
		defer mu.Unlock()
		before[stays] = n
		return err
	}
	b.start(c)
	b.Await("all are collected", func() bool { return b.get(c).Frozen })
	var merging sync.WaitGroup
	for worker := range 3 {
		merging.Go(func() {
			for i := worker * 2; i+1 < len(people); i += 6 {
				if _, err := b.Contacts.Merge(b.ann(), people[i].ID, contact.Merging{OtherID: people[i+1].ID}); err != nil {
					t.Errorf("merge %d: %v", i, err)
				}
				b.Await("some are sent", func() bool { return len(b.Sent()) >= 3 })
			}
		})
	}
	merging.Wait()
	b.awaitStatus(c, Completed)
	b.awaitCounts(c, "all reports are in", func(k Counts) bool { return k.Read+k.Duplicate == k.Total })
	closed := 0
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		for i := 0; i+1 < len(people); i += 2 {
			n, err := claimedOf(ctx, tx, b.Acme, c.ID, people[i].ID, people[i+1].ID)
			if err != nil {
				return err
			}
			if want := max(1, before[people[i].ID]); n != want {
				t.Errorf("pair %d: %d messages, %d were claimed when it was merged", i, n, before[people[i].ID])
			}
			closed += 2 - n
		}
		return nil
	})
	if closed == 0 {
		t.Fatal("everything was sent before the merges: the test shows nothing")
	}
	if k := b.get(c).Counts; k.Duplicate != int64(closed) {
		t.Errorf("%d duplicates, counted %d", closed, k.Duplicate)
	}
	b.adds(c, 80)
}

// What waits follows the contact that stays: fed or not, of a campaign or alone.
func TestWhatWaitsFollows(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.Work(b.s.Workers)
	vip, err := b.Contacts.CreateTag(b.ann(), "VIP", contact.ListTag)
	b.Must(err)
	old := b.Person("पुरानी आशा", 100, vip.ID)
	now := b.Person("आशा", 100)
	c := b.draft(func(ch *Change) { ch.Audience = &contact.Audience{Tags: []uuid.UUID{vip.ID}} })
	b.start(c)
	b.Await("it is frozen", func() bool { return b.get(c).Frozen })
	loose := uuid.Must(uuid.NewV7())
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		return b.Messages.Send(ctx, tx, b.Acme, []message.Draft{{ID: loose, ChannelID: b.Channel.ID, ContactID: old.ID,
			Origin: message.OriginAPI, Priority: message.PriorityReply, TemplateID: b.Template("welcome").ID}})
	})
	_, err = b.Contacts.Merge(b.ann(), now.ID, contact.Merging{OtherID: old.ID})
	b.Must(err)
	b.Start(b.Messages)
	b.awaitRead(c, 1)
	b.awaitStatus(c, Completed)
	b.Await("both came", func() bool { return b.Sent()[now.WAID] == 2 })
	if n := b.Sent()[old.WAID]; n != 0 {
		t.Errorf("%d went to the former number", n)
	}
	b.adds(c, 1)
}

// A campaign that is not frozen yet holds a merge back: the one that stays may be behind it
// already.
func TestNoMergeWhileFreezing(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	people := b.people(2)
	b.start(b.draft())
	_, err := b.Contacts.Merge(b.ann(), people[0].ID, contact.Merging{OtherID: people[1].ID})
	if f, ok := fault.As(err); !ok || f.Code != "campaign_freezing" {
		t.Errorf("merged: %v", err)
	}
}

// An erasure leaves the counts and the money as they were, and nothing of what was said.
func TestErasureKeepsTheLedger(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.work()
	people := b.people(3)
	c := b.draft()
	b.start(c)
	b.awaitRead(c, 3)
	r, err := b.Contacts.Erase(b.ann(), people[0].ID)
	b.Must(err)
	b.Must(b.Contacts.RunRequest(b.ann(), b.Acme, r.ID))
	r, err = b.Contacts.GetRequest(b.ann(), r.ID)
	b.Must(err)
	if r.State != "done" || r.Done != r.Total {
		t.Errorf("the request is %+v", r)
	}
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		var said int
		const left = `select (select count(*) from messages where tenant_id = $1 and contact_id = $2 and (params <> '[]' or body is not null))
+ (select count(*) from campaign_recipients where tenant_id = $1 and contact_id = $2 and params <> '[]')`
		err := tx.QueryRow(ctx, left, b.Acme, people[0].ID).Scan(&said)
		if said != 0 {
			t.Errorf("%d rows still say something", said)
		}
		return err
	})
	b.adds(c, 3)
}
