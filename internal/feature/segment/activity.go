package segment

import (
	"bytes"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Mark is what happened to a contact with a message, as bits that add up.
type Mark int16

// The marks. Written is of any message we sent; the others are of a campaign's.
const (
	Written Mark = 1 << iota
	Sent
	Delivered
	Read
	Failed
)

// News is marks on a contact.
type News struct {
	Contact uuid.UUID
	Marks   Mark
}

const sqlNote = `
insert into contact_activity_log (tenant_id, id, at, contacts, marks) values ($1, $2, $3, $4, $5)`

// Note keeps a batch of news in one row, in the transaction that made them true: receipts come by
// the million, and a row per contact would cost more than storing the receipt. Fold spreads them.
func (s *Service) Note(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, news []News) error {
	contacts, marks := make([]uuid.UUID, 0, len(news)), make([]int16, 0, len(news))
	for _, n := range news {
		if n.Marks != 0 {
			contacts, marks = append(contacts, n.Contact), append(marks, int16(n.Marks))
		}
	}
	if len(contacts) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, sqlNote, tenant, ident.New(), s.Clock.Now(), contacts, marks)
	return err
}

const systemUnfolded = `select distinct tenant_id from contact_activity_log limit 1000`

// Fold spreads what was noted over the contacts it concerns. What is asked of campaigns and
// messages is as old as the last fold.
func (s *Service) Fold(ctx context.Context) error {
	noted := db.Waiting{Reason: "find tenants with news of contacts", SQL: systemUnfolded}
	return db.SweepAsSystem(ctx, s.DB, noted, pgx.RowTo[uuid.UUID], s.foldTenant)
}

// foldTenant folds batches until none is left.
func (s *Service) foldTenant(ctx context.Context, tenant uuid.UUID) error {
	for more := true; more; {
		err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
			latest, taken, err := takeNews(ctx, tx, tenant)
			more = taken == foldRows
			if err != nil || taken == 0 {
				return err
			}
			return latest.write(ctx, tx, tenant)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// foldRows is how many rows of the log one transaction folds, about 10,000 contacts.
const foldRows = 50

const sqlTakeNews = `
delete from contact_activity_log where tenant_id = $1 and id = any(
    select l.id from contact_activity_log l where l.tenant_id = $1 order by l.id limit $2 for update skip locked)
returning at, contacts, marks`

// latest is the last time of each mark by contact, in the marks' order.
type latest map[uuid.UUID]*[5]*time.Time

func takeNews(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (latest, int, error) {
	rows, err := tx.Query(ctx, sqlTakeNews, tenant, foldRows)
	if err != nil {
		return nil, 0, err
	}
	found, taken := latest{}, 0
	var at time.Time
	var contacts []uuid.UUID
	var marks []int16
	_, err = pgx.ForEachRow(rows, []any{&at, &contacts, &marks}, func() error {
		taken++
		for i, id := range contacts {
			found.add(id, Mark(marks[i]), at)
		}
		return nil
	})
	return found, taken, err
}

func (l latest) add(id uuid.UUID, marks Mark, at time.Time) {
	times := l[id]
	if times == nil {
		times = new([5]*time.Time)
		l[id] = times
	}
	for bit := range times {
		if marks&(1<<bit) != 0 && (times[bit] == nil || times[bit].Before(at)) {
			times[bit] = &at
		}
	}
}

// Rows are written in the order of their ids, so that two folds never wait for each other in a ring
// and the table lies as it is read.
const sqlWriteActivity = `
insert into contact_activity (tenant_id, contact_id, written_at, sent_at, delivered_at, read_at, failed_at)
select $1, u.contact_id, u.written_at, u.sent_at, u.delivered_at, u.read_at, u.failed_at
from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[])
    as u(contact_id, written_at, sent_at, delivered_at, read_at, failed_at)
on conflict (tenant_id, contact_id) do update set
    written_at = greatest(contact_activity.written_at, excluded.written_at),
    sent_at = greatest(contact_activity.sent_at, excluded.sent_at),
    delivered_at = greatest(contact_activity.delivered_at, excluded.delivered_at),
    read_at = greatest(contact_activity.read_at, excluded.read_at),
    failed_at = greatest(contact_activity.failed_at, excluded.failed_at)`

func (l latest) write(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	ids := make([]uuid.UUID, 0, len(l))
	for id := range l {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	var times [5][]*time.Time
	for _, id := range ids {
		for bit := range times {
			times[bit] = append(times[bit], l[id][bit])
		}
	}
	_, err := tx.Exec(ctx, sqlWriteActivity, tenant, ids, times[0], times[1], times[2], times[3], times[4])
	return err
}
