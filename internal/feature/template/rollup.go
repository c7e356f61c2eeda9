package template

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/queue"
)

const (
	day = 24 * time.Hour
	// countedDays are counted again: reports on older messages are rare, and their days stay.
	countedDays = 8
	// countAge is how old a count may be before somebody who looks asks for a new one.
	countAge = time.Minute
)

// blockedCodes are Meta's errors that say the person wants no more of this.
var blockedCodes = []int32{131050}

// The messages of one day by their ids' time, and what their contacts wrote after them: one range of
// one index and one sort, however they are spread. No join: which of two plans for one is right
// depends on how many answered. Tests are left out.
const sqlCountDay = `
insert into template_days (tenant_id, template_id, day, sent, delivered, read, replied, failed, blocked, charged)
select $1, o.template_id, $5::date,
    count(*) filter (where o.accepted_at is not null), count(*) filter (where o.delivered_at is not null or o.read_at is not null),
    count(*) filter (where o.read_at is not null),
    count(*) filter (where o.answered_at > o.delivered_at and o.answered_at < o.delivered_at + $7::interval),
    count(*) filter (where o.state in ('failed', 'expired')), count(*) filter (where o.error_code = any($6)), sum(o.charged)::bigint
from (
    select m.template_id, m.direction, m.origin, m.state, m.error_code, m.accepted_at, m.delivered_at, m.read_at,
        m.posted_base + m.posted_markup as charged,
        min(m.created_at) filter (where m.direction = 'in') over (
            partition by m.contact_id order by coalesce(m.delivered_at, m.created_at) desc, m.id
            rows between unbounded preceding and 1 preceding) as answered_at
    from messages m
    where m.tenant_id = $1 and m.id >= $2 and m.id < $4
        and (m.direction = 'in' or m.template_id is not null and m.id < $3)) o
where o.direction = 'out' and o.origin <> 'test'
group by o.template_id
on conflict (tenant_id, template_id, day) do update set sent = excluded.sent, delivered = excluded.delivered, read = excluded.read,
    replied = excluded.replied, failed = excluded.failed, blocked = excluded.blocked, charged = excluded.charged`

// countDay counts the messages made on one day.
func countDay(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, of time.Time) error {
	_, err := tx.Exec(ctx, sqlCountDay, tenant, ident.At(of), ident.At(of.Add(day)), ident.At(of.Add(day+replyWithin+day)),
		of, blockedCodes, replyWithin)
	return err
}

// What moves whenever a template's results do; the days' own counts are kept by the batches that
// change messages.
const sqlMark = `
select coalesce(sum(accepted + delivered + read + failed + inbound + charged), 0)::text || ' ' || coalesce(sum(spend_base + spend_markup), 0)::text
from tenant_daily_metrics where tenant_id = $1 and day >= $2`

const sqlCounted = `select mark, counted_at from template_counts where tenant_id = $1`

const sqlPutCounted = `
insert into template_counts (tenant_id, mark, counted_at) values ($1, $2, $3)
on conflict (tenant_id) do update set mark = excluded.mark, counted_at = excluded.counted_at`

// counted is when a tenant's templates were last counted, and what its days were then.
type counted struct {
	mark string
	at   *time.Time
}

func countedOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (c counted, err error) {
	err = tx.QueryRow(ctx, sqlCounted, tenant).Scan(&c.mark, &c.at)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return c, err
}

// freshen asks for a new count when the last one is old, and says how old it is.
func (s *Service) freshen(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (*time.Time, error) {
	c, err := countedOf(ctx, tx, tenant)
	if err != nil {
		return nil, fmt.Errorf("read count: %w", err)
	}
	if c.at == nil || s.Clock.Now().Sub(*c.at) > countAge {
		err = s.Queue.Insert(ctx, tx, CountArgs{tenant, causeAsked}, jobOptions(queue.Metrics))
	}
	return c.at, err
}

// count counts a tenant's last days again, a day per transaction, if anything happened since.
func (s *Service) count(ctx context.Context, tenant uuid.UUID) error {
	today := s.Clock.Now().UTC().Truncate(day)
	oldest := today.AddDate(0, 0, 1-countedDays)
	mark, changed, err := s.moved(ctx, tenant, oldest)
	if err != nil {
		return err
	}
	for of := oldest; changed && !of.After(today); of = of.AddDate(0, 0, 1) {
		err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return countDay(ctx, tx, tenant, of) })
		if err != nil {
			return fmt.Errorf("count %s: %w", of.Format(time.DateOnly), err)
		}
	}
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlPutCounted, tenant, mark, s.Clock.Now())
		return err
	})
}

// moved says whether the tenant's days since oldest differ from those last counted.
func (s *Service) moved(ctx context.Context, tenant uuid.UUID, oldest time.Time) (mark string, changed bool, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		last, err := countedOf(ctx, tx, tenant)
		if err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, sqlMark, tenant, oldest.AddDate(0, 0, -1)).Scan(&mark); err != nil {
			return err
		}
		mark = oldest.Format(time.DateOnly) + " " + mark
		changed = mark != last.mark
		return nil
	})
	if err != nil {
		return "", false, fmt.Errorf("look for changes: %w", err)
	}
	return mark, changed, nil
}
