package campaign

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// counted waits for the job that counts Acme's templates, and returns their results by name.
func (b *bundle) counted(order template.Order) map[string]template.Performance {
	b.T.Helper()
	var asked *time.Time
	found := map[string]template.Performance{}
	b.Await("the templates are counted", func() bool {
		ranked, err := b.Templates.Performances(b.ann(), 30, order)
		b.Must(err)
		for _, p := range ranked.Items {
			found[p.Name+" "+p.Language] = p
		}
		asked = ranked.AsOf
		return asked != nil
	})
	return found
}

func TestTemplatesAreRankedByWhatBecameOfTheirMessages(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.work()
	b.people(12)
	stopped := b.Person("Stopped", 1050)
	c := b.draft()
	b.start(c)
	b.awaitCounts(c, "everybody has an outcome", func(k Counts) bool { return k.Read == 12 && k.Failed == 1 })
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error { return b.answer(ctx, tx, c, 5) })
	got := b.counted(template.ByReplyRate)["welcome en_US"]
	if got.Sent != 13 || got.Delivered != 12 || got.Read != 12 || got.Replied != 5 || got.Failed != 1 || got.Blocked != 1 {
		t.Errorf("results with %s stopped: %+v", stopped.Name, got.Results)
	}
	if k := b.get(c).Counts; got.Charged != k.Charged || got.CostPer.Reply == nil || *got.CostPer.Reply != got.Charged/5 {
		t.Errorf("charged %d, the campaign %d, per answer %v", got.Charged, k.Charged, got.CostPer)
	}
	course, err := b.Templates.Course(b.ann(), got.ID, 7)
	b.Must(err)
	if course.Total != got.Results || len(course.Days) != 1 {
		t.Errorf("the days: %+v", course)
	}
}

func TestTemplatesAreRankedByClicksAndConversions(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.work()
	b.people(6)
	c := b.draft()
	b.start(c)
	b.awaitRead(c, 6)
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into link_clickers (tenant_id, campaign_id, number, contact_id)
			select $1, $2, n, contact_id from generate_series(0, 1) n, (
				select contact_id from campaign_recipients where tenant_id = $1 and campaign_id = $2 order by contact_id limit 4) r`, b.Acme, c.ID)
		return err
	})
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into conversions (tenant_id, event_id, goal_id, contact_id, value, at, campaign_id, touched_at, received_at)
			select $1, 'order-' || row_number() over (), $3, contact_id, 990000, now(), $2, now(), now() from (
				select contact_id from campaign_recipients where tenant_id = $1 and campaign_id = $2 order by contact_id limit 2) r`, b.Acme, c.ID, ident.New())
		return err
	})
	got := b.counted(template.ByCostPerClick)["welcome en_US"]
	if got.Clicked != 4 || got.Converted != 2 || got.Value != 2*990000 {
		t.Errorf("what people did: %+v", got.Results)
	}
	if got.CostPer.Click == nil || *got.CostPer.Click != got.Charged/4 || got.CostPer.Conversion == nil || *got.CostPer.Conversion != got.Charged/2 {
		t.Errorf("per result: %+v of %d", got.CostPer, got.Charged)
	}
}

// answer stores a message from each of n people whom the campaign reached.
func (b *bundle) answer(ctx context.Context, tx pgx.Tx, c Campaign, n int) error {
	rows, err := tx.Query(ctx, `select contact_id, delivered_at from messages
		where tenant_id = $1 and campaign_id = $2 and delivered_at is not null order by contact_id limit $3`, b.Acme, c.ID, n)
	if err != nil {
		return err
	}
	type reached struct {
		Contact   [16]byte
		Delivered time.Time
	}
	people, err := pgx.CollectRows(rows, pgx.RowToStructByPos[reached])
	if err != nil {
		return err
	}
	for i, p := range people {
		for range 2 { // who writes twice has answered once
			_, err := tx.Exec(ctx, `insert into messages (tenant_id, id, channel_id, contact_id, direction, origin, kind, body, state, wamid, created_at)
				values ($1, $2, $3, $4, 'in', 'customer', 'text', '{}', 'received', $5, $6)`,
				b.Acme, ident.New(), b.Channel.ID, p.Contact, fmt.Sprintf("wamid.%d.%s", i, ident.New()), p.Delivered.Add(time.Minute))
			if err != nil {
				return err
			}
		}
	}
	return nil
}
