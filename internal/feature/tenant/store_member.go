package tenant

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

func insertMember(ctx context.Context, tx pgx.Tx, m Member) error {
	_, err := tx.Exec(ctx, `
		insert into members (tenant_id, user_id, role, created_at, updated_at)
		values ($1, $2, $3, $4, $4)
		on conflict (tenant_id, user_id) do nothing`, m.TenantID, m.UserID, m.Role, m.Since)
	if err != nil {
		return fmt.Errorf("insert a member: %w", err)
	}
	return nil
}

func insertUserTenant(ctx context.Context, tx pgx.Tx, m Member) error {
	_, err := tx.Exec(ctx, `
		insert into user_tenants (user_id, tenant_id, created_at) values ($1, $2, $3)
		on conflict (user_id, tenant_id) do nothing`, m.UserID, m.TenantID, m.Since)
	if err != nil {
		return fmt.Errorf("insert a person's tenant: %w", err)
	}
	return nil
}

func deleteMember(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error {
	_, err := tx.Exec(ctx, `delete from members where tenant_id = $1 and user_id = $2`, tenant, user)
	if err != nil {
		return fmt.Errorf("delete a member: %w", err)
	}
	_, err = tx.Exec(ctx, `delete from user_tenants where user_id = $1 and tenant_id = $2`, user, tenant)
	if err != nil {
		return fmt.Errorf("delete a person's tenant: %w", err)
	}
	return nil
}

func updateRole(ctx context.Context, tx pgx.Tx, m Member, at time.Time) error {
	_, err := tx.Exec(ctx, `
		update members set role = $3, updated_at = $4
		where tenant_id = $1 and user_id = $2`, m.TenantID, m.UserID, m.Role, at)
	if err != nil {
		return fmt.Errorf("update a role: %w", err)
	}
	return nil
}

// lockOwners locks every owner's row, in one order, and counts those that are still owners.
func lockOwners(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (int, error) {
	rows, err := tx.Query(ctx, `
		select user_id from members where tenant_id = $1 and role = 'owner'
		order by user_id for update`, tenant)
	if err != nil {
		return 0, fmt.Errorf("lock the owners: %w", err)
	}
	owners, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return 0, fmt.Errorf("lock the owners: %w", err)
	}
	return len(owners), nil
}

// lockMember locks the row alone and reads the person after it: on Citus a locking read stays
// on one shard.
func lockMember(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) (Member, error) {
	_, err := tx.Exec(ctx, `
		select 1 from members where tenant_id = $1 and user_id = $2 for update`, tenant, user)
	if err != nil {
		return Member{}, fmt.Errorf("lock a member: %w", err)
	}
	rows, err := tx.Query(ctx, `
		select m.tenant_id, m.user_id, m.role, m.created_at, u.name, u.email, u.totp_secret is not null
		from members m join users u on u.id = m.user_id
		where m.tenant_id = $1 and m.user_id = $2`, tenant, user)
	if err != nil {
		return Member{}, fmt.Errorf("read a member: %w", err)
	}
	m, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Member])
	if errors.Is(err, pgx.ErrNoRows) {
		return Member{}, notMember()
	}
	if err != nil {
		return Member{}, fmt.Errorf("read a member: %w", err)
	}
	return m, nil
}

func listMembers(ctx context.Context, tx pgx.Tx, tenant, after uuid.UUID, limit int) ([]Member, error) {
	rows, err := tx.Query(ctx, `
		select m.tenant_id, m.user_id, m.role, m.created_at, u.name, u.email, u.totp_secret is not null
		from members m join users u on u.id = m.user_id
		where m.tenant_id = $1 and m.user_id > $2
		order by m.user_id limit $3`, tenant, after, limit)
	if err != nil {
		return nil, fmt.Errorf("list members: %w", err)
	}
	members, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Member])
	if err != nil {
		return nil, fmt.Errorf("list members: %w", err)
	}
	return members, nil
}

func roleOf(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) (Role, bool, error) {
	var role Role
	err := tx.QueryRow(ctx, `
		select role from members where tenant_id = $1 and user_id = $2`, tenant, user).Scan(&role)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("read a role: %w", err)
	}
	return role, true, nil
}

func isMember(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, email string) (bool, error) {
	var member bool
	err := tx.QueryRow(ctx, `
		select exists (
			select 1 from members m join users u on u.id = m.user_id
			where m.tenant_id = $1 and u.email = $2)`, tenant, email).Scan(&member)
	if err != nil {
		return false, fmt.Errorf("look for a member: %w", err)
	}
	return member, nil
}

func tenantsOfUser(ctx context.Context, tx pgx.Tx, user uuid.UUID, limit int) ([]uuid.UUID, error) {
	rows, err := tx.Query(ctx, `
		select tenant_id from user_tenants where user_id = $1
		order by created_at, tenant_id limit $2`, user, limit)
	if err != nil {
		return nil, fmt.Errorf("list a person's tenants: %w", err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return nil, fmt.Errorf("list a person's tenants: %w", err)
	}
	return ids, nil
}

func membership(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) (Membership, bool, error) {
	var r tenantRow
	var m Membership
	err := tx.QueryRow(ctx, `
		select `+tenantColumns+`, m.role, m.created_at
		from members m join tenants t on t.tenant_id = m.tenant_id and t.tenant_id = $1
		where m.tenant_id = $1 and m.user_id = $2`, tenant, user).
		Scan(append(r.targets(), &m.Role, &m.Since)...)
	if errors.Is(err, pgx.ErrNoRows) {
		return Membership{}, false, nil
	}
	if err != nil {
		return Membership{}, false, fmt.Errorf("read a membership: %w", err)
	}
	m.Tenant = r.tenant()
	return m, true, nil
}
