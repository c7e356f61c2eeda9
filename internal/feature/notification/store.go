package notification

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// listener is a member as they may be told.
type listener struct {
	preferences Preferences
	zone        string // the workspace's
	device      bool   // has a browser that takes pushes
}

const sqlListeners = `
select m.user_id, p.choices, t.timezone, exists (
    select 1 from push_devices d where d.tenant_id = $1 and d.user_id = m.user_id)
from members m
join tenants t on t.tenant_id = m.tenant_id
left join notification_preferences p on p.tenant_id = m.tenant_id and p.user_id = m.user_id
where m.tenant_id = $1 and m.user_id = any($2)`

// listeners are those of the people who are members.
func listeners(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, people []uuid.UUID) (map[uuid.UUID]listener, error) {
	found := map[uuid.UUID]listener{}
	if len(people) == 0 {
		return found, nil
	}
	rows, err := tx.Query(ctx, sqlListeners, tenant, people)
	if err != nil {
		return nil, fmt.Errorf("read whom to tell: %w", err)
	}
	var user uuid.UUID
	var choices []byte
	var l listener
	_, err = pgx.ForEachRow(rows, []any{&user, &choices, &l.zone, &l.device}, func() error {
		l.preferences, err = chosen(choices)
		found[user] = l
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read whom to tell: %w", err)
	}
	return found, nil
}

// chosen reads what a person chose; nothing: what is usual.
func chosen(raw []byte) (p Preferences, err error) {
	if raw == nil {
		return usual(), nil
	}
	return p, json.Unmarshal(raw, &p)
}

// The same item again changes nothing; another one counts up, while the person has not read the first.
const sqlInsertNotifications = `
insert into notifications (tenant_id, user_id, id, event, subject, item, actor, n, app, at, push_due, mail_due)
select $1, r.user_id, r.id, r.event, r.subject, r.item, r.actor, r.n, r.app, $2, r.push_due, r.mail_due
from unnest($3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::uuid[], $8::uuid[], $9::int[], $10::bool[], $11::timestamptz[], $12::timestamptz[])
    as r (user_id, id, event, subject, item, actor, n, app, push_due, mail_due)
on conflict (tenant_id, user_id, subject, event) where read_at is null do update
set item = excluded.item, actor = excluded.actor, n = notifications.n + excluded.n, app = excluded.app, at = excluded.at,
    push_due = excluded.push_due, mail_due = coalesce(notifications.mail_due, excluded.mail_due)
where notifications.item <> excluded.item
returning user_id, app, push_due`

// announced is a notification that was made or counted up.
type announced struct {
	User uuid.UUID
	App  bool
	Push *time.Time
}

func insertNotifications(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, rows []row) ([]announced, error) {
	n := len(rows)
	users, ids, events, subjects, items, actors := make([]uuid.UUID, n), make([]uuid.UUID, n), make([]string, n), make([]uuid.UUID, n), make([]uuid.UUID, n), make([]*uuid.UUID, n)
	counts, apps, pushes, mails := make([]int, n), make([]bool, n), make([]*time.Time, n), make([]*time.Time, n)
	for i, r := range rows {
		users[i], ids[i], events[i], subjects[i], items[i], actors[i] = r.user, r.id, string(r.event), r.subject, r.item, r.actor
		counts[i], apps[i], pushes[i], mails[i] = r.n, r.app, r.push, r.mail
	}
	found, err := tx.Query(ctx, sqlInsertNotifications, tenant, rows[0].at, users, ids, events, subjects, items, actors, counts, apps, pushes, mails)
	if err != nil {
		return nil, fmt.Errorf("write notifications: %w", err)
	}
	told, err := pgx.CollectRows(found, pgx.RowToStructByPos[announced])
	if err != nil {
		return nil, fmt.Errorf("write notifications: %w", err)
	}
	return told, nil
}

const columns = `id, event, subject, item, actor, n, at, read_at`

const sqlList = `
select ` + columns + ` from notifications
where tenant_id = $1 and user_id = $2 and app and (at, id) < ($3, $4)
order by at desc, id desc limit $5`

// listFor reads a person's notifications that come after a place in the list; its zero: from the start.
func listFor(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID, after page, limit int) ([]Notification, error) {
	if after.At.IsZero() {
		after = page{At: endOfTime, ID: uuid.Max}
	}
	rows, err := tx.Query(ctx, sqlList, tenant, user, after.At, after.ID, limit)
	if err != nil {
		return nil, fmt.Errorf("list notifications: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Notification])
}

// endOfTime is after everything that happens.
var endOfTime = time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)

// most is how far unread is counted: "99+" needs no more.
const most = 100

const sqlUnread = `
select count(*) from (select 1 from notifications where tenant_id = $1 and user_id = $2 and read_at is null and app limit $3) n`

func countUnread(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) (n int, err error) {
	if err = tx.QueryRow(ctx, sqlUnread, tenant, user, most).Scan(&n); err != nil {
		err = fmt.Errorf("count unread notifications: %w", err)
	}
	return n, err
}

// What is read is neither pushed nor mailed any more.
const sqlMarkRead = `
update notifications set read_at = $3, push_due = null, mail_due = null
where tenant_id = $1 and user_id = $2 and read_at is null and ($4::uuid[] is null or id = any($4))`

func markRead(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID, ids []uuid.UUID, now time.Time) (int64, error) {
	tag, err := tx.Exec(ctx, sqlMarkRead, tenant, user, now, ids)
	if err != nil {
		return 0, fmt.Errorf("mark notifications read: %w", err)
	}
	return tag.RowsAffected(), nil
}

const sqlMarkSubjectRead = `
update notifications set read_at = $3, push_due = null, mail_due = null
where tenant_id = $1 and user_id = $2 and subject = $4 and read_at is null`

func markSubjectRead(ctx context.Context, tx pgx.Tx, tenant, user, subject uuid.UUID, now time.Time) (int64, error) {
	tag, err := tx.Exec(ctx, sqlMarkSubjectRead, tenant, user, now, subject)
	if err != nil {
		return 0, fmt.Errorf("mark a conversation's notifications read: %w", err)
	}
	return tag.RowsAffected(), nil
}

const sqlPreferences = `select choices from notification_preferences where tenant_id = $1 and user_id = $2`

func preferencesOf(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) (Preferences, error) {
	var raw []byte
	err := tx.QueryRow(ctx, sqlPreferences, tenant, user).Scan(&raw)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return Preferences{}, fmt.Errorf("read preferences: %w", err)
	}
	return chosen(raw)
}

const sqlSavePreferences = `
insert into notification_preferences (tenant_id, user_id, choices, updated_at) values ($1, $2, $3, $4)
on conflict (tenant_id, user_id) do update set choices = excluded.choices, updated_at = excluded.updated_at`

func savePreferences(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID, p Preferences, now time.Time) error {
	raw, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("save preferences: %w", err)
	}
	if _, err := tx.Exec(ctx, sqlSavePreferences, tenant, user, raw, now); err != nil {
		return fmt.Errorf("save preferences: %w", err)
	}
	return nil
}

// Person is a member as they are named and written to.
type Person struct{ Name, Email string }

const sqlPeople = `
select m.user_id, u.name, u.email from members m join users u on u.id = m.user_id
where m.tenant_id = $1 and m.user_id = any($2)`

func people(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]Person, error) {
	found := map[uuid.UUID]Person{}
	if len(ids) == 0 {
		return found, nil
	}
	rows, err := tx.Query(ctx, sqlPeople, tenant, ids)
	if err != nil {
		return nil, fmt.Errorf("read people: %w", err)
	}
	var id uuid.UUID
	var p Person
	_, err = pgx.ForEachRow(rows, []any{&id, &p.Name, &p.Email}, func() error { found[id] = p; return nil })
	return found, err
}

const (
	sqlForgetNotifications = `delete from notifications where tenant_id = $1 and user_id = $2`
	sqlForgetPreferences   = `delete from notification_preferences where tenant_id = $1 and user_id = $2`
	sqlForgetDevices       = `delete from push_devices where tenant_id = $1 and user_id = $2`
)

func forgetMember(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error {
	for _, sql := range []string{sqlForgetNotifications, sqlForgetPreferences, sqlForgetDevices} {
		if _, err := tx.Exec(ctx, sql, tenant, user); err != nil {
			return fmt.Errorf("forget a member: %w", err)
		}
	}
	return nil
}
