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
