package campaign

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
)

const sqlApprovalAbove = `select approval_above from tenants where tenant_id = $1`

func approvalAbove(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (limit *money.Amount, err error) {
	return scanned(tx.QueryRow(ctx, sqlApprovalAbove, tenant), limit)
}

// scanned reads one value that may be null.
func scanned[T any](row pgx.Row, into *T) (*T, error) {
	err := row.Scan(&into)
	return into, err
}

const sqlApprovedAmount = `
select amount from campaign_approvals where tenant_id = $1 and campaign_id = $2 and state = 'approved' order by id desc limit 1`

// approvedAmount is what was approved last and still holds; zero when nothing was.
func approvedAmount(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (amount money.Amount, err error) {
	err = tx.QueryRow(ctx, sqlApprovedAmount, tenant, id).Scan(&amount)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return amount, err
}

const sqlInsertApproval = `
insert into campaign_approvals (tenant_id, id, campaign_id, amount, schedule, note, state, requested_by, requested_at)
values ($1, $2, $3, $4, $5, $6, 'pending', $7, $8)`

func insertApproval(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, a Approval) error {
	_, err := tx.Exec(ctx, sqlInsertApproval, tenant, a.ID, a.campaignID, a.Amount, a.Schedule, a.Note, a.RequestedBy.ID, a.RequestedAt)
	if db.IsUnique(err, "campaign_approvals_pending") {
		return fault.Conflict("An approval is being waited for already.").WithCode("status")
	}
	return err
}

const approvalColumns = `
select a.id, a.campaign_id, a.amount, a.schedule, a.note, a.state, a.requested_by, coalesce(r.name, ''), a.requested_at,
    a.decided_by, coalesce(d.name, ''), a.decided_at, a.comment
from campaign_approvals a left join users r on r.id = a.requested_by left join users d on d.id = a.decided_by
`

const sqlApprovals = approvalColumns + `where a.tenant_id = $1 and a.campaign_id = $2 order by a.id desc limit 50`

const sqlApproval = approvalColumns + `where a.tenant_id = $1 and a.id = $2`

const sqlPendingApproval = `select id from campaign_approvals where tenant_id = $1 and campaign_id = $2 and state = 'pending' for update`

func scanApproval(r pgx.CollectableRow) (a Approval, err error) {
	var decidedBy *uuid.UUID
	var decider string
	err = r.Scan(&a.ID, &a.campaignID, &a.Amount, &a.Schedule, &a.Note, &a.State, &a.RequestedBy.ID, &a.RequestedBy.Name, &a.RequestedAt,
		&decidedBy, &decider, &a.DecidedAt, &a.Comment)
	if decidedBy != nil {
		a.DecidedBy = &Person{*decidedBy, decider}
	}
	return a, err
}

func listApprovals(ctx context.Context, tx pgx.Tx, tenant, campaign uuid.UUID) ([]Approval, error) {
	rows, err := tx.Query(ctx, sqlApprovals, tenant, campaign)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanApproval)
}

func approvalByID(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Approval, error) {
	rows, err := tx.Query(ctx, sqlApproval, tenant, id)
	if err != nil {
		return Approval{}, err
	}
	return pgx.CollectExactlyOneRow(rows, scanApproval)
}

// pendingApproval locks the request that waits for an answer; that there is none is a fault.
func pendingApproval(ctx context.Context, tx pgx.Tx, tenant, campaign uuid.UUID) (Approval, error) {
	var id uuid.UUID
	if err := tx.QueryRow(ctx, sqlPendingApproval, tenant, campaign).Scan(&id); err != nil {
		return Approval{}, noRequest(err)
	}
	return approvalByID(ctx, tx, tenant, id)
}

const sqlSetApproval = `
update campaign_approvals set state = $3, decided_by = $4, decided_at = $5, comment = $6
where tenant_id = $1 and id = $2 and state = 'pending'`

func setApproval(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, to ApprovalState, by uuid.UUID, at time.Time, comment string) error {
	_, err := tx.Exec(ctx, sqlSetApproval, tenant, id, to, optional(by), at, comment)
	return err
}

const sqlVoidApprovals = `
update campaign_approvals set state = 'void' where tenant_id = $1 and campaign_id = $2 and state in ('pending', 'approved')`

func voidApprovals(ctx context.Context, tx pgx.Tx, tenant, campaign uuid.UUID) (int64, error) {
	tag, err := tx.Exec(ctx, sqlVoidApprovals, tenant, campaign)
	return tag.RowsAffected(), err
}
