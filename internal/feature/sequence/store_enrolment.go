package sequence

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

const (
	// Whom another worker has, or a claim asks about at this moment, is left to the next look.
	sqlLockDue = `
select e.id, e.version, e.contact_id, e.step, e.last_step, e.event from sequence_enrolments e
where e.tenant_id = $1 and e.sequence_id = $2 and e.next_due <= $3
order by e.next_due, e.id limit $4 for update skip locked`
	sqlQueued = `
select coalesce((select sum(k.n) from sequence_counts k where k.tenant_id = $1 and k.sequence_id = $2 and k.what = $3), 0)::bigint`
	// The unique key of enrolment and number is what makes a step one message.
	sqlInsertSends = `
insert into sequence_sends (tenant_id, message_id, enrolment_id, sequence_id, step_id, number, contact_id)
select $1, u.message_id, u.enrolment_id, $2, u.step_id, u.number, u.contact_id
from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::smallint[], $7::uuid[]) as u(message_id, enrolment_id, step_id, number, contact_id)
returning message_id`
	sqlSetSteps = `
update sequence_enrolments e set version = u.version, step = u.step, last_step = u.last_step, next_due = u.next_due,
    state = case when u.finished then 'finished' else e.state end, ended_at = case when u.finished then $2::timestamptz end
from unnest($3::uuid[], $4::integer[], $5::smallint[], $6::uuid[], $7::timestamptz[], $8::boolean[]) as u(id, version, step, last_step, next_due, finished)
where e.tenant_id = $1 and e.id = u.id`
)

func lockDue(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, now time.Time, limit int) ([]enrolment, error) {
	rows, err := tx.Query(ctx, sqlLockDue, tenant, id, now, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[enrolment])
}

// The messages of the steps that were taken last; those that never left hold nothing up.
const sqlLastLeft = `
select x.enrolment_id, case when m.state = 'queued' then $4::timestamptz else m.claimed_at end
from unnest($2::uuid[], $3::smallint[]) as u(enrolment_id, number)
join sequence_sends x on x.tenant_id = $1 and x.enrolment_id = u.enrolment_id and x.number = u.number
join messages m on m.tenant_id = $1 and m.id = x.message_id
where m.state = 'queued' or m.claimed_at is not null`

func lastLeft(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []enrolment, now time.Time) (map[uuid.UUID]time.Time, error) {
	ids, numbers := make([]uuid.UUID, len(list)), make([]int16, len(list))
	for i, e := range list {
		ids[i], numbers[i] = e.ID, int16(e.Step)
	}
	rows, err := tx.Query(ctx, sqlLastLeft, tenant, ids, numbers, now)
	if err != nil {
		return nil, err
	}
	left := make(map[uuid.UUID]time.Time, len(list))
	var id uuid.UUID
	var at time.Time
	_, err = pgx.ForEachRow(rows, []any{&id, &at}, func() error { left[id] = at; return nil })
	return left, err
}

func insertSends(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, sends []send) error {
	if len(sends) == 0 {
		return nil
	}
	var messages, enrolments, steps, contacts []uuid.UUID
	var numbers []int16
	for _, x := range sends {
		messages, enrolments, steps, contacts = append(messages, x.message), append(enrolments, x.enrolment), append(steps, x.step), append(contacts, x.contact)
		numbers = append(numbers, int16(x.number))
	}
	_, err := tx.Exec(ctx, sqlInsertSends, tenant, id, messages, enrolments, steps, numbers, contacts)
	return err
}

func setSteps(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, now time.Time, list []stepped) error {
	if len(list) == 0 {
		return nil
	}
	var ids []uuid.UUID
	var versions []int32
	var steps []int16
	var last []*uuid.UUID
	var due []*time.Time
	var finished []bool
	for _, x := range list {
		ids, versions, steps = append(ids, x.id), append(versions, int32(x.version)), append(steps, int16(x.step))
		last, due, finished = append(last, x.last), append(due, x.due), append(finished, x.finished)
	}
	_, err := tx.Exec(ctx, sqlSetSteps, tenant, now, ids, versions, steps, last, due, finished)
	return err
}

// Who may not come in now is left out: in sequences for once, whoever was in; in those for one at a time,
// whoever is. The unique keys keep that between two who ask at the same moment.
const sqlEnrol = `
insert into sequence_enrolments (tenant_id, id, sequence_id, version, contact_id, entry, state, next_due, event_id, event, entered_at)
select $1, u.id, $2, $3, u.contact_id, $4, 'waiting', $5, $6, $7, $8 from unnest($9::uuid[], $10::uuid[]) as u(id, contact_id)
where $4 = 'every' or not exists (select 1 from sequence_enrolments x
    where x.tenant_id = $1 and x.sequence_id = $2 and x.contact_id = u.contact_id and ($4 = 'once' or x.ended_at is null))
on conflict do nothing returning contact_id, id`

// entering is who comes into a sequence, and with what.
type entering struct {
	people []uuid.UUID
	event  string // its id; empty: none
	values map[string]string
}

// enrol lets people in, in the caller's transaction, which holds merges back, and returns who came in by
// what enrolment.
func (s *Service) enrol(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, q Sequence, in entering) (map[uuid.UUID]uuid.UUID, error) {
	zone, err := s.zone(ctx, tx, tenant)
	if err != nil || len(in.people) == 0 {
		return nil, err
	}
	now, d := s.Clock.Now(), *q.Published
	ids := make([]uuid.UUID, len(in.people))
	for i := range ids {
		ids[i] = ident.New()
	}
	if in.values == nil {
		in.values = map[string]string{}
	}
	rows, err := tx.Query(ctx, sqlEnrol, tenant, q.ID, q.Live, d.Entry, d.Steps[0].due(now, zone), orNull(in.event), in.values, now, ids, in.people)
	if err != nil {
		return nil, err
	}
	entered := make(map[uuid.UUID]uuid.UUID, len(ids))
	var person, id uuid.UUID
	if _, err = pgx.ForEachRow(rows, []any{&person, &id}, func() error { entered[person] = id; return nil }); err != nil || len(entered) == 0 {
		return nil, err
	}
	return entered, counts{numberOf(q.ID, uuid.Nil, countEntered): int64(len(entered))}.write(ctx, tx, tenant)
}

// zone is the workspace's own.
func (s *Service) zone(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (*time.Location, error) {
	quiet, err := s.Messages.Quiet(ctx, tx, tenant)
	return quiet.Zone(), err
}

func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

const sqlTriggered = `
select ` + columns + `
from sequences q join sequence_versions v on v.tenant_id = $1 and v.sequence_id = q.id and v.number = q.live
where q.tenant_id = $1 and q.trigger_kind = $2 and q.trigger_key = any($3) and q.status in ('active', 'paused') order by q.id for share of q`

// triggered are the sequences that something brings people into, kept as they are until the transaction
// ends. Those paused let them in, to wait.
func triggered(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, kind TriggerKind, keys ...string) ([]Sequence, error) {
	rows, err := tx.Query(ctx, sqlTriggered, tenant, kind, keys)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scan)
}
