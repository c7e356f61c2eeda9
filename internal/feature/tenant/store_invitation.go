package tenant

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const invitationColumns = `i.tenant_id, i.id, i.email, i.role, i.invited_by, u.name, t.name,
	i.expires_at, i.sent_at, i.created_at`

const invitationTables = `invitations i
	join tenants t on t.tenant_id = i.tenant_id and t.tenant_id = $1
	join users u on u.id = i.invited_by`

const invitationIsOpen = `i.accepted_at is null and i.revoked_at is null`

func insertInvitation(ctx context.Context, tx pgx.Tx, inv Invitation) error {
	_, err := tx.Exec(ctx, `
		insert into invitations (tenant_id, id, email, role, invited_by, expires_at, created_at)
		values ($1, $2, $3, $4, $5, $6, $7)`,
		inv.TenantID, inv.ID, inv.Email, inv.Role, inv.InviterID, inv.ExpiresAt, inv.CreatedAt)
	if err != nil {
		return fmt.Errorf("insert an invitation: %w", err)
	}
	return nil
}

// renewInvitation forgets the old link: the mail job writes the new one.
func renewInvitation(ctx context.Context, tx pgx.Tx, inv Invitation) error {
	_, err := tx.Exec(ctx, `
		update invitations set role = $3, invited_by = $4, expires_at = $5, token_hash = null, sent_at = null
		where tenant_id = $1 and id = $2 and accepted_at is null and revoked_at is null`,
		inv.TenantID, inv.ID, inv.Role, inv.InviterID, inv.ExpiresAt)
	if err != nil {
		return fmt.Errorf("renew an invitation: %w", err)
	}
	return nil
}

func openInvitationTo(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, email string) (Invitation, bool, error) {
	inv, err := readLocked(ctx, tx, tenant, `
		select i.id from invitations i
		where i.tenant_id = $1 and i.email = $2 and `+invitationIsOpen+` for update`, email)
	if errors.Is(err, pgx.ErrNoRows) {
		return Invitation{}, false, nil
	}
	return inv, err == nil, err
}

func lockInvitation(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Invitation, error) {
	inv, err := readLocked(ctx, tx, tenant, `
		select i.id from invitations i
		where i.tenant_id = $1 and i.id = $2 and `+invitationIsOpen+` for update`, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return Invitation{}, noInvitation()
	}
	return inv, err
}

func invitationByToken(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, hash []byte) (Invitation, error) {
	inv, err := readLocked(ctx, tx, tenant, `
		select i.id from invitations i
		where i.tenant_id = $1 and i.token_hash = $2 and `+invitationIsOpen+` for update`, hash)
	if errors.Is(err, pgx.ErrNoRows) {
		return Invitation{}, invitationGone()
	}
	return inv, err
}

// readLocked locks the one row that lock finds and then reads it with its names: on Citus a
// locking read stays on one shard.
func readLocked(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, lock string, arg any) (Invitation, error) {
	var id uuid.UUID
	if err := tx.QueryRow(ctx, lock, tenant, arg).Scan(&id); err != nil {
		return Invitation{}, fmt.Errorf("lock an invitation: %w", err)
	}
	rows, err := tx.Query(ctx, `
		select `+invitationColumns+` from `+invitationTables+` where i.tenant_id = $1 and i.id = $2`, tenant, id)
	if err != nil {
		return Invitation{}, fmt.Errorf("read an invitation: %w", err)
	}
	inv, err := pgx.CollectExactlyOneRow(rows, scanInvitation)
	if err != nil {
		return Invitation{}, fmt.Errorf("read an invitation: %w", err)
	}
	return inv, nil
}

func scanInvitation(row pgx.CollectableRow) (inv Invitation, err error) {
	err = row.Scan(&inv.TenantID, &inv.ID, &inv.Email, &inv.Role, &inv.InviterID, &inv.InvitedBy, &inv.Workspace,
		&inv.ExpiresAt, &inv.SentAt, &inv.CreatedAt)
	return inv, err
}

func listInvitations(ctx context.Context, tx pgx.Tx, tenant, before uuid.UUID, limit int) ([]Invitation, error) {
	if before == uuid.Nil {
		before = uuid.Max
	}
	rows, err := tx.Query(ctx, `
		select `+invitationColumns+` from `+invitationTables+`
		where i.tenant_id = $1 and i.id < $2 and `+invitationIsOpen+`
		order by i.id desc limit $3`, tenant, before, limit)
	if err != nil {
		return nil, fmt.Errorf("list invitations: %w", err)
	}
	list, err := pgx.CollectRows(rows, scanInvitation)
	if err != nil {
		return nil, fmt.Errorf("list invitations: %w", err)
	}
	return list, nil
}

// markSent writes the link's hash; false when the invitation is not open any more.
func markSent(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, hash []byte, at time.Time) (bool, error) {
	tag, err := tx.Exec(ctx, `
		update invitations set token_hash = $3, sent_at = $4
		where tenant_id = $1 and id = $2 and accepted_at is null and revoked_at is null`, tenant, id, hash, at)
	if err != nil {
		return false, fmt.Errorf("mark an invitation sent: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

func acceptInvitation(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, at time.Time) error {
	_, err := tx.Exec(ctx, `
		update invitations set accepted_at = $3 where tenant_id = $1 and id = $2`, tenant, id, at)
	if err != nil {
		return fmt.Errorf("accept an invitation: %w", err)
	}
	return nil
}

func revokeInvitation(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, at time.Time) error {
	_, err := tx.Exec(ctx, `
		update invitations set revoked_at = $3 where tenant_id = $1 and id = $2`, tenant, id, at)
	if err != nil {
		return fmt.Errorf("revoke an invitation: %w", err)
	}
	return nil
}
