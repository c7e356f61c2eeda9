package message_test

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// firms connects the numbers of some workspaces and returns whose they are.
func (b bundle) firms(numbers ...string) map[uuid.UUID]string {
	b.T.Helper()
	of := make(map[uuid.UUID]string)
	for _, number := range numbers {
		tenant := dbtest.Tenant(b.T, b.DB, "firm-"+number)
		of[tenant] = number
		b.Must(b.DB.AsSystem(b.T.Context(), "connect the test's number", func(ctx context.Context, tx pgx.Tx) error {
			_, err := tx.Exec(ctx, `insert into channel_owners (phone_number_id, tenant_id, channel_id, created_at) values ($1, $2, $3, $4)`,
				number, tenant, ident.New(), time.Now())
			return err
		}))
	}
	return of
}

// said delivers one message to each of some numbers, in one body.
func (b bundle) said(wamid string, numbers ...string) {
	b.T.Helper()
	values := make([]string, len(numbers))
	for i, number := range numbers {
		values[i] = value(number, `"messages":[`+item("wamid."+wamid+"."+number, asha, time.Now().Add(-time.Minute), text("नमस्ते"))+`]`)
	}
	b.Post(hook("waba", "messages", values...))
}

// ingested applies a batch, and returns how many deliveries it began with and what each number has by then.
func (b bundle) ingested(s *message.Service, firms map[uuid.UUID]string) (n int, stored map[string]int) {
	b.T.Helper()
	n, err := s.IngestOnce(b.T.Context())
	b.Must(err)
	stored = make(map[string]int)
	b.Must(b.DB.AsSystem(b.T.Context(), "count the test's messages", func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select tenant_id, count(*) from messages where direction = 'in' group by tenant_id`)
		if err != nil {
			return err
		}
		var tenant uuid.UUID
		var count int
		_, err = pgx.ForEachRow(rows, []any{&tenant, &count}, func() error { stored[firms[tenant]] = count; return nil })
		return err
	}))
	return n, stored
}

func TestWhatComesForAWorkspaceJoinsTheBatchUntilItsTurn(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Sim: silent})
	now := clock.NewFake(time.Now())
	b.Clock = now
	numbers := strings.Fields("1 2 3 4 5 6") // the last ones wait for a turn
	if message.TenantsAtOnce != len(numbers)-2 {
		t.Fatalf("%d workspaces have their turn at once", message.TenantsAtOnce)
	}
	firms := b.firms(numbers...)
	for _, number := range numbers {
		b.said("first", number)
	}
	var meanwhile sync.Once
	b.Hooks.Received = func(context.Context, pgx.Tx, uuid.UUID, []message.Receipt) error {
		meanwhile.Do(func() {
			b.said("late", "1")
			b.said("joins", "6")
			b.said("both", "6", "1")
			b.said("nobodys", "7")
			now.Advance(message.GrowEvery)
		})
		return nil
	}
	s := b.NewMessages("worker-2")
	n, stored := b.ingested(s, firms)
	if want := map[string]int{"1": 1, "2": 1, "3": 1, "4": 1, "5": 1, "6": 2}; n != len(numbers) || !maps.Equal(stored, want) {
		t.Errorf("%d deliveries, stored %v", n, stored)
	}
	n, stored = b.ingested(s, firms)
	if want := map[string]int{"1": 3, "2": 1, "3": 1, "4": 1, "5": 1, "6": 3}; n != 2 || !maps.Equal(stored, want) {
		t.Errorf("then %d deliveries, stored %v", n, stored)
	}
	if n, _ := b.ingested(s, firms); n != 0 {
		t.Errorf("%d deliveries are left", n)
	}
	if asides := b.setAsides(); len(asides) != 1 || !strings.Contains(asides[0].Reason, "No workspace") {
		t.Errorf("set aside: %s", fmt.Sprint(asides))
	}
}
