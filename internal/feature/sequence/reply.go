package sequence

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// replyWindow is how long after a step's message what the person writes counts as a reply.
const replyWindow = 7 * 24 * time.Hour

// Of each sequence, the last step whose message Meta took before a reply; counted once, at the first of
// the replies it is the last step for.
const sqlReplied = `
with last as (
    select distinct on (u.n, x.sequence_id) x.message_id, x.replied_at, u.at
    from unnest($2::uuid[], $3::timestamptz[], $4::uuid[]) with ordinality as u(contact_id, at, first, n)
    join sequence_sends x on x.tenant_id = $1 and x.contact_id = u.contact_id and x.message_id >= u.first
    join messages m on m.tenant_id = $1 and m.id = x.message_id and m.id >= $5
    where x.tenant_id = $1 and m.accepted_at < u.at
    order by u.n, x.sequence_id, x.message_id desc),
first as (
    select l.message_id, min(l.at) as at from last l where l.replied_at is null group by l.message_id)
update sequence_sends x set replied_at = first.at from first
where x.tenant_id = $1 and x.message_id = first.message_id
returning x.sequence_id, x.step_id`

func (s *Service) countReplies(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID, at []time.Time) error {
	oldest, from := make([]uuid.UUID, len(at)), slices.MinFunc(at, time.Time.Compare).Add(-replyWindow)
	for i, t := range at {
		oldest[i] = ident.At(t.Add(-replyWindow))
	}
	rows, err := tx.Query(ctx, sqlReplied, tenant, contacts, at, oldest, ident.At(from))
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
