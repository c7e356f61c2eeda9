package message

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Marketing messages that contacts got or may have got within the cap's period.
const sqlTouches = `
select t.contact_id, count(*)
from marketing_touches t join messages m on m.tenant_id = $1 and m.id = t.message_id
where t.tenant_id = $1 and t.contact_id = any($2) and t.message_id >= $3 and m.id >= $3
    and m.state in ('sending', 'in_doubt', 'accepted', 'sent', 'delivered', 'read')
group by t.contact_id`

const sqlAddTouches = `
insert into marketing_touches (tenant_id, contact_id, message_id)
select $1, u.contact_id, u.message_id from unnest($2::uuid[], $3::uuid[]) as u(contact_id, message_id)
on conflict (tenant_id, contact_id, message_id) do nothing`

// touches counts the marketing messages of contacts since a time, where the workspace
// has a frequency cap; they are counted from when the cap is set.
func touches(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID, since time.Time) (map[uuid.UUID]int, error) {
	rows, err := tx.Query(ctx, sqlTouches, tenant, contacts, ident.At(since))
	if err != nil {
		return nil, err
	}
	counts := make(map[uuid.UUID]int)
	var contact uuid.UUID
	var n int
	_, err = pgx.ForEachRow(rows, []any{&contact, &n}, func() error {
		counts[contact] = n
		return nil
	})
	return counts, err
}

// The last marketing message that each contact got or may have got.
const sqlLastOffers = `
select distinct on (t.contact_id) t.contact_id, t.message_id
from marketing_touches t join messages m on m.tenant_id = $1 and m.id = t.message_id
where t.tenant_id = $1 and t.contact_id = any($2)
    and m.state in ('sending', 'in_doubt', 'accepted', 'sent', 'delivered', 'read')
order by t.contact_id, t.message_id desc`

// lastOffers finds the last marketing of contacts who chose a frequency. It is counted from when
// they chose, or from when the workspace set a cap.
func lastOffers(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) (map[uuid.UUID]time.Time, error) {
	rows, err := tx.Query(ctx, sqlLastOffers, tenant, contacts)
	if err != nil {
		return nil, err
	}
	last := make(map[uuid.UUID]time.Time)
	var contact, message uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&contact, &message}, func() error {
		last[contact] = ident.Time(message)
		return nil
	})
	return last, err
}

// addTouches notes the marketing messages of a claim.
func addTouches(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, items []gated) error {
	var contacts, messages []uuid.UUID
	for _, g := range items {
		if g.category == CategoryMarketing {
			contacts, messages = append(contacts, g.contactID), append(messages, g.id)
		}
	}
	if len(contacts) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, sqlAddTouches, tenant, contacts, messages)
	return err
}
