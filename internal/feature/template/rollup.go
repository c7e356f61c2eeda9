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

// What people did after the messages of one day: the campaigns that ran on it, those of their people who
// clicked or converted, and the message each of them got. What a click leads to and what a conversion
// counts for is decided by link and goal; here it is counted.
const sqlCountResponses = `
update template_days d set clicked = x.clicked, converted = x.converted, value = x.value
from (
    select t.template_id, coalesce(k.clicked, 0) as clicked, coalesce(v.converted, 0) as converted, coalesce(v.value, 0) as value
    from template_days t
    left join (
        select m.template_id, count(*) as clicked
        from campaigns g
        join link_clickers o on o.tenant_id = $1 and o.campaign_id = g.id and o.number = 0
        join campaign_recipients r on r.tenant_id = $1 and r.campaign_id = o.campaign_id and r.contact_id = o.contact_id
        join messages m on m.tenant_id = $1 and m.id = r.message_id and m.id >= $3 and m.id < $4
        where g.tenant_id = $1 and g.started_at < $5 and (g.finished_at is null or g.finished_at >= $2::date)
        group by 1) k on k.template_id = t.template_id
    left join (
        select m.template_id, count(*) as converted, sum(c.value)::bigint as value
        from campaigns g
        join conversions c on c.tenant_id = $1 and c.campaign_id = g.id
        join campaign_recipients r on r.tenant_id = $1 and r.campaign_id = c.campaign_id and r.contact_id = c.contact_id
        join messages m on m.tenant_id = $1 and m.id = r.message_id and m.id >= $3 and m.id < $4
        where g.tenant_id = $1 and g.started_at < $5 and (g.finished_at is null or g.finished_at >= $2::date)
        group by 1) v on v.template_id = t.template_id
    where t.tenant_id = $1 and t.day = $2::date) x
where d.tenant_id = $1 and d.day = $2::date and d.template_id = x.template_id
    and (d.clicked, d.converted, d.value) is distinct from (x.clicked, x.converted, x.value)`

// countResponses counts what people did after the messages of one day.
func countResponses(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, of time.Time) error {
	_, err := tx.Exec(ctx, sqlCountResponses, tenant, of, ident.At(of), ident.At(of.Add(day)), of.Add(day))
	return err
}

// The days of the messages for which conversions came lately: a shop may report one months after the
// message, and each is looked at again for days. The first 48 bits of an id are its milliseconds.
const sqlDaysOfConversions = `
select distinct ('x' || substr(replace(r.message_id::text, '-', ''), 1, 12))::bit(48)::bigint / 86400000 as day
from conversions c cross join lateral (
    select x.message_id from campaign_recipients x
    where x.tenant_id = $1 and x.campaign_id = c.campaign_id and x.contact_id = c.contact_id limit 1) r
where c.tenant_id = $1 and c.received_at >= $2 and c.campaign_id is not null
order by day limit 400`

// convertedDays are the days before oldest whose messages' conversions may have moved.
func convertedDays(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, since, oldest time.Time) (days []time.Time, err error) {
	rows, err := tx.Query(ctx, sqlDaysOfConversions, tenant, since)
	if err != nil {
		return nil, err
	}
	var n int64
	_, err = pgx.ForEachRow(rows, []any{&n}, func() error {
		if of := time.Unix(n*86_400, 0).UTC(); of.Before(oldest) {
			days = append(days, of)
		}
		return nil
	})
	return days, err
}

// What moves whenever a template's results do: the days' own counts, kept by the batches that change
// messages, and who clicked and converted.
const sqlMark = `
select coalesce(sum(accepted + delivered + read + failed + inbound + charged), 0)::text || ' ' || coalesce(sum(spend_base + spend_markup), 0)::text
    || ' ' || (select coalesce(sum(k.clicked), 0)::text from campaign_counters k where k.tenant_id = $1)
    || ' ' || (select count(*)::text || ' ' || coalesce(sum(c.value), 0)::text from conversions c
        where c.tenant_id = $1 and c.received_at >= $2 and c.campaign_id is not null)
from tenant_daily_metrics where tenant_id = $1 and day >= $2::date`

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
		if err := s.countOne(ctx, tenant, of, countDay, countResponses); err != nil {
			return err
		}
	}
	if changed {
		if err := s.countLate(ctx, tenant, oldest); err != nil {
			return err
		}
	}
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlPutCounted, tenant, mark, s.Clock.Now())
		return err
	})
}

// countOne counts one day in a transaction of its own.
func (s *Service) countOne(ctx context.Context, tenant uuid.UUID, of time.Time, steps ...func(context.Context, pgx.Tx, uuid.UUID, time.Time) error) error {
	err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		for _, step := range steps {
			if err := step(ctx, tx, tenant, of); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("count %s: %w", of.Format(time.DateOnly), err)
	}
	return nil
}

// countLate counts the conversions again of days whose messages are counted no more.
func (s *Service) countLate(ctx context.Context, tenant uuid.UUID, oldest time.Time) error {
	var late []time.Time
	err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
		late, err = convertedDays(ctx, tx, tenant, oldest.AddDate(0, 0, -1), oldest)
		return err
	})
	if err != nil {
		return fmt.Errorf("find late conversions: %w", err)
	}
	for _, of := range late {
		if err := s.countOne(ctx, tenant, of, countResponses); err != nil {
			return err
		}
	}
	return nil
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
