package conversation

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// A view is counted along the index that its list is read along, up to badgeLimit.
const (
	countFrom = `
select count(*) from (select c.id from conversations c`
	countEnd = `) x`

	sqlCountStatus     = countFrom + listWhere + ` and c.status = $14` + listOrder + countEnd
	sqlCountAssignee   = countFrom + listWhere + ` and c.assignee_id = $8 and c.status = $14` + listOrder + countEnd
	sqlCountUnassigned = countFrom + listWhere + ` and c.assignee_id is null and c.status = $14` + listOrder + countEnd
	sqlCountTeam       = countFrom + listWhere + ` and c.team_id = $7 and c.status = $14` + listOrder + countEnd
	sqlCountUnread     = countFrom + listWhere + ` and c.unread > 0` + listOrder + countEnd
	sqlCountLabel      = countFrom + listLabel + countEnd
	sqlCountMentioned  = countFrom + `
    join (select distinct n.conversation_id from conversation_mentions n where n.tenant_id = $1 and n.user_id = $14 and n.read_at is null) n
    on n.conversation_id = c.id` + listWhere + listOrder + countEnd
	sqlCountDue          = countFrom + listDue + countEnd
	sqlCountWaiting      = countFrom + listWaiting + countEnd
	sqlCountWaitingLabel = countFrom + listWaitingLabel + ` limit $4` + countEnd
)

// counting is the statement that counts what a filter shows, and the arguments of each of its runs.
func (f Filter) counting(tenant uuid.UUID) (sql string, runs [][]any) {
	once := func(more ...any) [][]any { return [][]any{append(f.args(tenant, f.start(), badgeLimit), more...)} }
	switch {
	case f.Waiting && f.Label != nil:
		return sqlCountWaitingLabel, once()
	case f.Waiting:
		return sqlCountWaiting, once()
	case f.Mentioned != nil:
		return sqlCountMentioned, once(*f.Mentioned)
	case f.Due != nil:
		sql = sqlCountDue
	case f.Label != nil:
		sql = sqlCountLabel
	case f.Unread:
		return sqlCountUnread, once()
	case f.Assignee != nil:
		sql = sqlCountAssignee
	case f.Unassigned:
		sql = sqlCountUnassigned
	case f.Team != nil:
		sql = sqlCountTeam
	default:
		sql = sqlCountStatus
	}
	for _, st := range f.Statuses {
		runs = append(runs, f.argsOf(st, tenant, f.start(), badgeLimit))
	}
	return sql, runs
}

// countViews counts what is not resolved in each view, up to badgeLimit, in one go. What is resolved is
// a history that only grows: it is looked up, not counted.
func countViews(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID, now time.Time, list []View) (map[uuid.UUID]int, error) {
	found := make(map[uuid.UUID]int, len(list))
	batch := &pgx.Batch{}
	for _, v := range list {
		f, err := v.Filter.filter(user, now)
		if err != nil {
			return nil, err
		}
		if f.Statuses = unresolved(f.Statuses); len(f.Statuses) == 0 {
			continue
		}
		sql, runs := f.counting(tenant)
		for _, args := range runs {
			batch.Queue(sql, args...).QueryRow(func(row pgx.Row) error {
				var n int
				err := row.Scan(&n)
				found[v.ID] = min(found[v.ID]+n, badgeLimit)
				return err
			})
		}
	}
	if batch.Len() == 0 {
		return found, nil
	}
	return found, tx.SendBatch(ctx, batch).Close()
}

// unresolved are those of some statuses that a conversation at work has; none asks for all of them.
func unresolved(list []Status) []Status {
	if len(list) == 0 {
		return []Status{Open, Pending, Snoozed}
	}
	return slices.DeleteFunc(slices.Clone(list), func(st Status) bool { return st == Resolved })
}
