package campaign

import (
	"context"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// TestRareOutcomesAreReadInBoundedPages: one delivery behind more people than a page looks at is
// found by reading on, and nobody is shown twice.
func TestRareOutcomesAreReadInBoundedPages(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.people(3)
	c := b.draft()
	rare := ident.New()
	b.Must(b.DB.InTenant(t.Context(), b.Acme, func(ctx context.Context, tx pgx.Tx) error {
		const many = `
insert into campaign_recipients (tenant_id, campaign_id, contact_id, message_id, state)
select $1::uuid, $2::uuid, ('018' || lpad(to_hex(i), 9, '0') || '70008000000000000000')::uuid, gen_random_uuid(), 'fed' from generate_series(1, $3::int) i
union all select $1::uuid, $2::uuid, $4::uuid, $4::uuid, 'fed'
on conflict do nothing`
		if _, err := tx.Exec(ctx, many, b.Acme, c.ID, 2*lookedAt, rare); err != nil {
			return err
		}
		const arrived = `
insert into messages (tenant_id, id, channel_id, contact_id, campaign_id, origin, kind, state, created_at) values ($1, $2, $2, $2, $3, 'campaign', 'template', 'delivered', now())
returning 1`
		_, err := tx.Exec(ctx, arrived, b.Acme, rare, c.ID)
		return err
	}))
	for outcome, want := range map[string]int{"delivered": 1, "read": 0} {
		found, pages := b.pagesOf(c, People{Outcome: outcome})
		if len(found) != want || pages != 3 {
			t.Errorf("%d %s in %d pages", len(found), outcome, pages)
		}
		if want == 1 && found[0].ContactID != rare {
			t.Errorf("%s is %v", outcome, found[0])
		}
	}
	first, err := b.s.RecipientsPage(b.ann(), c.ID, People{}, uuid.UUID{}, 100)
	b.Must(err)
	if len(first.Items) != 100 || first.Next == "" {
		t.Errorf("everybody: %d on the first page", len(first.Items))
	}
}

// pagesOf reads all pages of some people.
func (b *bundle) pagesOf(c Campaign, p People) (found []Recipient, pages int) {
	var after uuid.UUID
	for {
		page, err := b.s.RecipientsPage(b.ann(), c.ID, p, after, 100)
		b.Must(err)
		found, pages = append(found, page.Items...), pages+1
		if page.Next == "" {
			return found, pages
		}
		b.Must(web.DecodeCursor(page.Next, &after))
	}
}
