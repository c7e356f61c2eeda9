package sla

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const sqlPolicies = `
select id, name, active, definition, created_at, updated_at from sla_policies where tenant_id = $1 order by position, created_at, id`

func policies(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Policy, error) {
	rows, err := tx.Query(ctx, sqlPolicies, tenant)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p Policy, err error) {
		return p, row.Scan(&p.ID, &p.Name, &p.Active, &p.Definition, &p.CreatedAt, &p.UpdatedAt)
	})
}

const (
	sqlInsertPolicy = `
insert into sla_policies (tenant_id, id, name, position, active, definition, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $7)`
	sqlUpdatePolicy = `
update sla_policies set name = $3, active = $4, definition = $5, updated_at = $6 where tenant_id = $1 and id = $2 returning created_at`
	sqlDeletePolicy = `delete from sla_policies where tenant_id = $1 and id = $2`
	sqlOrder        = `
update sla_policies p set position = u.position from unnest($2::uuid[], $3::int[]) as u(id, position)
where p.tenant_id = $1 and p.id = u.id`
)

func insertPolicy(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, p Policy, position int) error {
	definition, err := json.Marshal(p.Definition)
	if err == nil {
		_, err = tx.Exec(ctx, sqlInsertPolicy, tenant, p.ID, p.Name, position, p.Active, definition, p.CreatedAt)
	}
	return err
}

func updatePolicy(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, p Policy) (created time.Time, err error) {
	definition, err := json.Marshal(p.Definition)
	if err != nil {
		return created, err
	}
	return created, tx.QueryRow(ctx, sqlUpdatePolicy, tenant, p.ID, p.Name, p.Active, definition, p.UpdatedAt).Scan(&created)
}

const columns = `k.id, k.case_id, k.conversation_id, k.channel_id, k.team_id, k.kind, k.policy_id, k.minutes, k.started_at, k.pauses, k.due_at,
    k.look_at, k.breached_at, k.level, k.raised, k.stopped_at, k.outcome`

func scan(row pgx.CollectableRow) (*Clock, error) {
	k := &Clock{}
	return k, row.Scan(&k.ID, &k.CaseID, &k.ConversationID, &k.ChannelID, &k.TeamID, &k.Kind, &k.PolicyID, &k.Minutes, &k.StartedAt, &k.Pauses,
		&k.DueAt, &k.LookAt, &k.BreachedAt, &k.Level, &k.Raised, &k.StoppedAt, &k.Outcome)
}

// Clocks are read under their conversations' locks.
const sqlOfCases = `select ` + columns + ` from sla_clocks k where k.tenant_id = $1 and k.case_id = any($2) order by k.id`

func ofCases(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, cases []uuid.UUID) (map[uuid.UUID][]*Clock, error) {
	rows, err := tx.Query(ctx, sqlOfCases, tenant, cases)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, scan)
	found := map[uuid.UUID][]*Clock{}
	for _, k := range list {
		found[k.CaseID] = append(found[k.CaseID], k)
	}
	return found, err
}

const sqlPut = `
insert into sla_clocks (tenant_id, id, case_id, conversation_id, channel_id, team_id, kind, policy_id, minutes, started_at, pauses, due_at,
    look_at, breached_at, level, raised, stopped_at, outcome)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
on conflict (tenant_id, id) do update set team_id = excluded.team_id, policy_id = excluded.policy_id, minutes = excluded.minutes,
    pauses = excluded.pauses, due_at = excluded.due_at, look_at = excluded.look_at, breached_at = excluded.breached_at,
    level = excluded.level, raised = excluded.raised, stopped_at = excluded.stopped_at, outcome = excluded.outcome`

// put stores clocks, in one round trip. Those that stop go first: the next one of their kind may start.
func put(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []*Clock) error {
	if len(list) == 0 {
		return nil
	}
	var batch pgx.Batch
	for _, stopped := range []bool{true, false} {
		for _, k := range list {
			if stopped == k.running() {
				continue
			}
			if k.Pauses == nil {
				k.Pauses = []time.Time{}
			}
			batch.Queue(sqlPut, tenant, k.ID, k.CaseID, k.ConversationID, k.ChannelID, k.TeamID, k.Kind, k.PolicyID, k.Minutes, k.StartedAt,
				k.Pauses, k.DueAt, k.LookAt, k.BreachedAt, k.Level, k.Raised, k.StoppedAt, k.Outcome)
		}
	}
	return tx.SendBatch(ctx, &batch).Close()
}

const sqlLabels = `
select conversation_id, array_agg(label_id) from conversation_labels where tenant_id = $1 and conversation_id = any($2) group by conversation_id`

func labelsOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, conversations []uuid.UUID) (map[uuid.UUID][]uuid.UUID, error) {
	rows, err := tx.Query(ctx, sqlLabels, tenant, conversations)
	if err != nil {
		return nil, err
	}
	found := map[uuid.UUID][]uuid.UUID{}
	var id uuid.UUID
	var labels []uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&id, &labels}, func() error {
		found[id] = labels
		labels = nil
		return nil
	})
	return found, err
}
