package campaign

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// clicked writes what a click of a tracked link leaves behind, and tells of it.
func (b *bundle) clicked(c Campaign, people ...contact.Contact) {
	b.T.Helper()
	ids := make([]uuid.UUID, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into link_clickers (tenant_id, campaign_id, number, contact_id) select $1, $2, 0, u from unnest($3::uuid[]) u`, b.Acme, c.ID, ids)
		if err != nil {
			return err
		}
		return b.s.Clicked(ctx, tx, b.Acme, map[uuid.UUID][]uuid.UUID{c.ID: ids})
	})
}

// converted writes a conversion that counts for a campaign.
func (b *bundle) converted(c Campaign, event string, who contact.Contact) {
	b.T.Helper()
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into conversions (tenant_id, event_id, goal_id, contact_id, value, at, campaign_id, received_at)
			values ($1, $2, $3, $4, 0, $5, $6, $5)`, b.Acme, event, uuid.New(), who.ID, b.Clock.Now(), c.ID)
		return err
	})
}

// ofVersion are the people of a test who got a version.
func ofVersion(c Campaign, people []contact.Contact, version int16) (list []contact.Contact) {
	for _, p := range people {
		if state, variant := c.assign(p.ID); state == statePending && variant == version {
			list = append(list, p)
		}
	}
	return list
}

// TestClicksAndConversionsAreToldByVersion: the version with more clicks is the winner, whatever people
// converted.
func TestClicksAndConversionsAreToldByVersion(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Seed: shopping})
	later := b.ahead()
	b.work()
	people := b.people(60)
	rule := WinnerRule{Metric: MetricClicked, TestPercent: 40, AfterMinutes: 60}
	c := b.draft(b.sale("sale"), func(ch *Change) {
		ch.Experiment = &Experiment{Weight: 1, Winner: &rule, Others: []Variant{{TemplateID: *ch.TemplateID, Mapping: *ch.Mapping, Weight: 1}}}
	})
	b.start(c)
	first, second := ofVersion(c, people, 1), ofVersion(c, people, 2)
	b.awaitRead(c, int64(len(first)+len(second)))
	b.clicked(c, first[0], second[0])
	b.clicked(c, second[1:]...) // all of them: however many chance gave each version, theirs is the higher share
	clicks := int64(1 + len(second))
	b.converted(c, "order 1", first[0])
	b.converted(c, "order 2", first[0])
	b.converted(c, "order 3", first[1])
	report := b.variants(c)
	if one, two := report[0].Result, report[1].Result; one.Clicked != 1 || two.Clicked != clicks-1 || one.Converted != 2 || two.Converted != 0 || one.PerClick == nil {
		t.Errorf("by version: %+v", report)
	}
	b.Must(b.s.TendDue(t.Context()))
	later.to(61 * time.Minute)
	b.Must(b.s.TendDue(t.Context()))
	b.awaitStatus(c, Completed)
	if got := b.get(c); got.Winner != 2 || got.Counts.Clicked != clicks {
		t.Errorf("the winner: %+v", got)
	}
	b.adds(c, 60)
	compared, err := b.s.Compare(b.ann(), []uuid.UUID{c.ID})
	b.Must(err)
	if r := resultOf(compared[0].Counts); r.Clicked != clicks || r.Converted != 2 {
		t.Errorf("of the campaign: %+v", r)
	}
}

func TestClicksCannotDecideWhereThereIsNothingToClick(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.people(3)
	c := b.draft(b.against(1, 1, &WinnerRule{Metric: MetricClicked, TestPercent: 50, AfterMinutes: 60}))
	_, err := b.s.Start(b.ann(), c.ID, time.Time{})
	if f, ok := fault.As(err); !ok || f.Kind != fault.KindInvalid || !strings.Contains(f.Sentence, "no tracked link") {
		t.Errorf("start: %v", err)
	}
}
