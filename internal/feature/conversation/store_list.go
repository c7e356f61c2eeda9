package conversation

import (
	"bytes"
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// The contact is looked up for the rows shown: where a plan does not know how many those are, a join
// is made with all.
const rowColumns = `c.id, c.contact_id, coalesce((select p.name from contacts p where p.tenant_id = $1 and p.id = c.contact_id), ''),
    coalesce((select p.phone from contacts p where p.tenant_id = $1 and p.id = c.contact_id), ''), c.channel_id, c.status, c.assignee_id, c.team_id, c.handler, c.unread,
    c.last_at, c.last_message_id, c.last_direction, c.last_kind, c.preview, c.waiting_since, c.snoozed_until, c.window_until, c.blocked_at is not null`

func scanRow(row pgx.CollectableRow) (r Row, err error) {
	return r, row.Scan(&r.ID, &r.Contact.ID, &r.Contact.Name, &r.Contact.Phone, &r.ChannelID, &r.Status, &r.AssigneeID, &r.TeamID, &r.Handler, &r.Unread,
		&r.LastAt, &r.LastMessageID, &r.LastDirection, &r.LastKind, &r.Preview, &r.WaitingSince, &r.SnoozedUntil, &r.WindowUntil, &r.Blocked)
}

// A list is read along the index of its order and one filter, and the others are asked of each row on the
// way; or, where few rows pass one of the others, along that one's, and sorted. Which is chosen for the very
// values (db.PlanAnew). A label's rows keep the order: what carries one may lie far down in every other list.
const (
	listFrom = `
select ` + rowColumns + `
from conversations c`
	listFilters = `
    and ($5::text[] is null or c.status = any($5)) and ($6::uuid is null or c.channel_id = $6) and ($7::uuid is null or c.team_id = $7)
    and ($8::uuid is null or c.assignee_id = $8) and (not $9::bool or c.assignee_id is null) and (not $10::bool or c.unread > 0)
    and ($11::text is null or c.handler = $11) and ($12::uuid is null or c.contact_id = $12)`
	listLabelled = `
    and ($13::uuid is null or exists (select 1 from conversation_labels l where l.tenant_id = $1 and l.label_id = $13 and l.conversation_id = c.id))`
	listWhere = `
where c.tenant_id = $1 and (c.last_at, c.id) < ($2, $3)` + listFilters + listLabelled
	listOrder = `
order by c.last_at desc, c.id desc limit $4`

	sqlListAll        = listFrom + listWhere + listOrder
	sqlListStatus     = listFrom + listWhere + ` and c.status = $14` + listOrder
	sqlListAssignee   = listFrom + listWhere + ` and c.assignee_id = $8 and c.status = $14` + listOrder
	sqlListUnassigned = listFrom + listWhere + ` and c.assignee_id is null and c.status = $14` + listOrder
	sqlListTeam       = listFrom + listWhere + ` and c.team_id = $7 and c.status = $14` + listOrder
	sqlListUnread     = listFrom + listWhere + ` and c.unread > 0` + listOrder
	sqlListContact    = listFrom + listWhere + ` and c.contact_id = $12` + listOrder
	sqlListLabel      = listFrom + listLabel
	listLabel         = `
join conversation_labels l on l.tenant_id = $1 and l.conversation_id = c.id
where c.tenant_id = $1 and c.status = $14 and l.label_id = $13 and l.status = $14 and (l.last_at, l.conversation_id) < ($2, $3)` + listFilters + `
order by l.last_at desc, l.conversation_id desc limit $4`
	sqlListMentioned = listFrom + `
    join (select distinct n.conversation_id from conversation_mentions n where n.tenant_id = $1 and n.user_id = $14 and n.read_at is null) n
    on n.conversation_id = c.id` + listWhere + listOrder
	// Along the list where much is due, along the clocks where little is.
	sqlListDue = listFrom + listDue
	listDue    = listWhere + ` and c.status = $14 and exists (select 1 from sla_clocks k
        where k.tenant_id = $1 and k.conversation_id = c.id and k.stopped_at is null and k.due_at > $15 and k.due_at <= $16)` + listOrder
	listWaiting      = waitingWhere + listLabelled + waitingOrder
	listWaitingLabel = `
join conversation_labels l on l.tenant_id = $1 and l.conversation_id = c.id and l.label_id = $13` + waitingWhere
	waitingWhere = `
where c.tenant_id = $1 and (c.waiting_since, c.id) > ($2, $3) and c.waiting_since is not null` + listFilters
	waitingOrder = `
order by c.waiting_since, c.id limit $4`
	sqlListWaiting      = listFrom + listWaiting
	sqlListWaitingLabel = listFrom + listWaitingLabel + waitingOrder

	sqlRowsByID = listFrom + `
where c.tenant_id = $1 and c.id = any($2)`
)

func listRows(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, f Filter, from place, limit int) ([]Row, error) {
	if sql, each := f.byStatus(); each {
		return mergedByStatus(ctx, tx, sql, tenant, f, from, limit)
	}
	sql, more := f.plain()
	return collectRows(ctx, tx, sql, append(f.args(tenant, from, limit), more...))
}

// byStatus says which statement reads the list status by status, because its index does.
func (f Filter) byStatus() (sql string, each bool) {
	switch {
	case f.Waiting || f.Mentioned != nil || f.Contact != nil:
		return "", false
	case f.Due != nil:
		return sqlListDue, true
	case f.Label != nil:
		return sqlListLabel, true
	case f.Unread:
		return "", false
	case f.Assignee != nil:
		return sqlListAssignee, true
	case f.Unassigned:
		return sqlListUnassigned, true
	case f.Team != nil:
		return sqlListTeam, true
	case len(f.Statuses) > 0:
		return sqlListStatus, true
	}
	return "", false
}

func (f Filter) plain() (sql string, more []any) {
	switch {
	case f.Waiting && f.Label != nil:
		return sqlListWaitingLabel, nil
	case f.Waiting:
		return sqlListWaiting, nil
	case f.Mentioned != nil:
		return sqlListMentioned, []any{*f.Mentioned}
	case f.Contact != nil:
		return sqlListContact, nil
	case f.Unread:
		return sqlListUnread, nil
	}
	return sqlListAll, nil
}

func (f Filter) args(tenant uuid.UUID, from place, limit int) []any {
	var statuses []string
	for _, st := range f.Statuses {
		statuses = append(statuses, string(st))
	}
	var handler *string
	if f.Handler != "" {
		handler = &f.Handler
	}
	return []any{tenant, from.At, from.ID, limit, statuses, f.Channel, f.Team, f.Assignee, f.Unassigned, f.Unread, handler, f.Contact, f.Label}
}

// argsOf are those of a statement about one status. It is said once: of two conditions on the status the
// planner takes the second to thin out what the first has left.
func (f Filter) argsOf(st Status, tenant uuid.UUID, from place, limit int) []any {
	f.Statuses = nil
	args := append(f.args(tenant, from, limit), string(st))
	if f.Due != nil {
		args = append(args, f.Due.From, f.Due.To)
	}
	return args
}

// mergedByStatus reads each status in its order and merges: an index with the status before the time
// cannot give several statuses in the order of time.
func mergedByStatus(ctx context.Context, tx pgx.Tx, sql string, tenant uuid.UUID, f Filter, from place, limit int) ([]Row, error) {
	statuses := f.Statuses
	if len(statuses) == 0 {
		statuses = []Status{Open, Pending, Snoozed, Resolved}
	}
	if f.Due != nil {
		statuses = unresolved(statuses) // what is resolved owes nothing, and is much to look through
	}
	var all []Row
	for _, st := range statuses {
		rows, err := collectRows(ctx, tx, sql, f.argsOf(st, tenant, from, limit))
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	slices.SortFunc(all, func(a, b Row) int {
		if !a.LastAt.Equal(b.LastAt) {
			return b.LastAt.Compare(a.LastAt)
		}
		return bytes.Compare(b.ID[:], a.ID[:])
	})
	return all[:min(limit, len(all))], nil
}

func collectRows(ctx context.Context, tx pgx.Tx, sql string, args []any) ([]Row, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanRow)
}

func rowsByID(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) ([]Row, error) {
	return collectRows(ctx, tx, sqlRowsByID, []any{tenant, ids})
}

const (
	sqlMentionedIn = `
select conversation_id from conversation_mentions
where tenant_id = $1 and user_id = $2 and conversation_id = any($3) and read_at is null`
	sqlStates = `select id, state from messages where tenant_id = $1 and id = any($2) and id between $3 and $4`
)

func mentionedIn(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]bool, error) {
	rows, err := tx.Query(ctx, sqlMentionedIn, tenant, user, ids)
	if err != nil {
		return nil, err
	}
	found := map[uuid.UUID]bool{}
	var id uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&id}, func() error {
		found[id] = true
		return nil
	})
	return found, err
}

// statesOf are the states of the workspace's messages that are the last of their conversations.
func statesOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Row) (map[uuid.UUID]string, error) {
	var ids []uuid.UUID
	for _, r := range list {
		if r.LastDirection == "out" && r.LastMessageID != nil {
			ids = append(ids, *r.LastMessageID)
		}
	}
	found := map[uuid.UUID]string{}
	if len(ids) == 0 {
		return found, nil
	}
	low, high := bounds(ids)
	rows, err := tx.Query(ctx, sqlStates, tenant, ids, low, high)
	if err != nil {
		return nil, err
	}
	var id uuid.UUID
	var state string
	_, err = pgx.ForEachRow(rows, []any{&id, &state}, func() error {
		found[id] = state
		return nil
	})
	return found, err
}

// bounds are the lowest and highest of some ids, which prune partitions.
func bounds(ids []uuid.UUID) (low, high uuid.UUID) {
	byBytes := func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }
	return slices.MinFunc(ids, byBytes), slices.MaxFunc(ids, byBytes)
}

// Badges count up to badgeLimit: beyond, a list is long whatever its number.
const (
	badgeLimit = 1000
	sqlCounts  = `
select (select count(*) from (select 1 from conversations c where c.tenant_id = $1 and c.status = 'open' limit $3) x),
    (select count(*) from (select 1 from conversations c where c.tenant_id = $1 and c.assignee_id = $2 and c.status = 'open' limit $3) x),
    (select count(*) from (select 1 from conversations c where c.tenant_id = $1 and c.assignee_id is null and c.status = 'open' limit $3) x),
    (select count(*) from (select 1 from conversations c where c.tenant_id = $1 and c.unread > 0 limit $3) x),
    (select count(*) from (select 1 from conversations c where c.tenant_id = $1 and c.assignee_id = $2 and c.unread > 0 and c.status <> 'resolved' limit $3) x),
    (select count(distinct n.conversation_id) from conversation_mentions n where n.tenant_id = $1 and n.user_id = $2 and n.read_at is null)`
)

// Counts are the badges of the inbox, for the actor. Each counts up to 1,000.
type Counts struct {
	Open       int `json:"open"`
	Mine       int `json:"mine" doc:"Open and assigned to the reader"`
	Unassigned int `json:"unassigned"`
	Unread     int `json:"unread"`
	MineUnread int `json:"mineUnread"`
	Mentions   int `json:"mentions" doc:"Conversations with a mention of the reader that they have not seen"`

	ByView map[uuid.UUID]int `json:"byView" doc:"What is not resolved in each view; of what is resolved nothing is counted"`
}

func counts(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) (n Counts, err error) {
	err = tx.QueryRow(ctx, sqlCounts, tenant, user, badgeLimit).Scan(&n.Open, &n.Mine, &n.Unassigned, &n.Unread, &n.MineUnread, &n.Mentions)
	return n, err
}
