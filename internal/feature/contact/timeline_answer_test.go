package contact

import (
	"slices"
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// Clicks and conversions are told, and paged without leaving out or doubling those of one instant.
func TestTimelineTellsClicksAndConversions(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ann := b.person("Ann", "9876543210")
	campaign, _ := b.campaignTo("Diwali", ann.ID)
	b.exec(`insert into links (tenant_id, campaign_id, number, slot, url) select $1, $2, n, 'button.' || n, 'https://acme.test/sale/' || n || '/?utm_source=wa' from generate_series(1, 4) n`, campaign)
	goal, at := ident.New(), b.clock.Now().Add(-time.Hour).Truncate(10*time.Second)
	b.exec(`insert into goals (tenant_id, id, key, name, touch, window_days, created_at, updated_at) values ($1, $2, 'bought', 'Bought', 'clicked', 7, $3, $3)`, goal, at)
	for number := range 4 { // at one instant
		b.exec(`insert into link_clicks (tenant_id, campaign_id, contact_id, number, at) values ($1, $2, $3, $4, $5)`, campaign, ann.ID, number+1, at)
	}
	for i, after := range []time.Duration{0, time.Microsecond, 2 * time.Microsecond, time.Minute} { // in one millisecond, and later
		b.exec(`insert into conversions (tenant_id, event_id, goal_id, contact_id, value, at, campaign_id, received_at) values ($1, 'order ' || $2::int, $3, $4, 14990000, $5, $6, $5)`,
			i, goal, ann.ID, at.Add(after), campaign)
	}
	told := b.timeline(ann.ID, EntryClick, EntryGoal)
	equal(t, "all", len(told), 8)
	equal(t, "the latest", told[0], "goal: Reached the goal Bought with ₹1,499.00 | Counts for the campaign Diwali.")
	if !slices.Contains(told, "click: Clicked the link acme.test/sale/3 in the campaign Diwali | https://acme.test/sale/3/?utm_source=wa") {
		t.Errorf("clicks: %q", told)
	}
	for limit := 1; limit <= 9; limit++ {
		var paged []string
		for q := (web.PageQuery{Limit: limit}); ; {
			page := must(b.Timeline(b.ctx, ann.ID, []EntryKind{EntryClick, EntryGoal}, q))(t)
			for _, e := range page.Items {
				line := string(e.Kind) + ": " + e.Title + " | " + e.Text
				paged = append(paged, line)
			}
			if q.After = page.Next; q.After == "" {
				break
			}
		}
		equal(t, "by pages", paged, told)
	}
	b.clock.Advance(time.Minute)
	b.exec(`insert into contact_notes (tenant_id, contact_id, id, body, created_at) values ($1, $2, $3, 'Called', $4)`, ann.ID, ident.New(), b.clock.Now())
	equal(t, "only notes", len(b.timeline(ann.ID, EntryNote)), 1)
}
