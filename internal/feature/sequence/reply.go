package sequence

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// replyWindow is how long after a step's message what the person writes counts as a reply.
const replyWindow = 7 * 24 * time.Hour

// Of each sequence, the last step whose message Meta took before the reply; counted once.
const sqlReplied = `
with last as (
    select distinct on (x.sequence_id) x.message_id, x.replied_at
    from sequence_sends x join messages m on m.tenant_id = $1 and m.id = x.message_id and m.id >= $3
    where x.tenant_id = $1 and x.contact_id = $2 and x.message_id >= $3 and m.accepted_at < $4
    order by x.sequence_id, x.message_id desc)
update sequence_sends x set replied_at = $4 from last
where x.tenant_id = $1 and x.message_id = last.message_id and last.replied_at is null
returning x.sequence_id, x.step_id`

func (s *Service) countReplies(ctx context.Context, tx pgx.Tx, tenant, contact uuid.UUID, at time.Time) error {
	rows, err := tx.Query(ctx, sqlReplied, tenant, contact, ident.At(at.Add(-replyWindow)), at)
	if err != nil {
		return err
	}
	c := counts{}
	k := number{what: countReplied}
	if _, err = pgx.ForEachRow(rows, []any{&k.sequence, &k.step}, func() error { c[k]++; return nil }); err != nil {
		return err
	}
	return c.write(ctx, tx, tenant)
}
