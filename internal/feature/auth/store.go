package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/tenant"
)

func exec(ctx context.Context, tx pgx.Tx, operation, sql string, args ...any) error {
	if _, err := tx.Exec(ctx, sql, args...); err != nil {
		return fmt.Errorf("%s: %w", operation, err)
	}
	return nil
}

func insertSession(ctx context.Context, tx pgx.Tx, s session, c Client) error {
	return exec(ctx, tx, "insert a session", `
		insert into sessions (id, user_id, tenant_id, user_agent, ip, created_at, last_used_at, expires_at)
		values ($1, $2, $3, $4, $5, $6, $6, $7)`,
		s.ID, s.UserID, s.TenantID, c.UserAgent, c.IP, s.CreatedAt, s.ExpiresAt)
}

func insertRefreshToken(ctx context.Context, tx pgx.Tx, hash []byte, session uuid.UUID, at, until time.Time) error {
	return exec(ctx, tx, "insert a refresh token", `
		insert into refresh_tokens (token_hash, session_id, issued_at, expires_at)
		values ($1, $2, $3, $4)`, hash, session, at, until)
}

// lockRefreshToken reads a token with its session, both locked; false when nobody ever had it.
func lockRefreshToken(ctx context.Context, tx pgx.Tx, hash []byte) (r refreshToken, found bool, err error) {
	err = tx.QueryRow(ctx, `
		select r.expires_at, r.replaced_at, s.id, s.user_id, s.tenant_id, s.created_at, s.expires_at, s.revoked_at
		from refresh_tokens r join sessions s on s.id = r.session_id
		where r.token_hash = $1 for update`, hash).Scan(
		&r.ExpiresAt, &r.ReplacedAt, &r.ID, &r.UserID, &r.TenantID, &r.CreatedAt, &r.session.ExpiresAt, &r.RevokedAt)
	if errors.Is(err, pgx.ErrNoRows) {
		return refreshToken{}, false, nil
	}
	if err != nil {
		return refreshToken{}, false, fmt.Errorf("read a refresh token: %w", err)
	}
	return r, true, nil
}

func replaceRefreshToken(ctx context.Context, tx pgx.Tx, hash []byte, at time.Time) error {
	return exec(ctx, tx, "replace a refresh token", `
		update refresh_tokens set replaced_at = $2 where token_hash = $1`, hash, at)
}

func touchSession(ctx context.Context, tx pgx.Tx, id uuid.UUID, at time.Time) error {
	return exec(ctx, tx, "touch a session", `update sessions set last_used_at = $2 where id = $1`, id, at)
}

func moveSession(ctx context.Context, tx pgx.Tx, id, tenant uuid.UUID, at time.Time) error {
	return exec(ctx, tx, "move a session", `
		update sessions set tenant_id = $2, last_used_at = $3 where id = $1`, id, tenant, at)
}

func revokeSession(ctx context.Context, tx pgx.Tx, id uuid.UUID, why string, at time.Time) error {
	return exec(ctx, tx, "revoke a session", `
		update sessions set revoked_at = $2, revoked_why = $3
		where id = $1 and revoked_at is null`, id, at, why)
}

// revokeSessions ends a person's sessions but one; uuid.Nil spares none.
func revokeSessions(ctx context.Context, tx pgx.Tx, user, but uuid.UUID, why string, at time.Time) error {
	return exec(ctx, tx, "revoke a person's sessions", `
		update sessions set revoked_at = $3, revoked_why = $4
		where user_id = $1 and id <> $2 and revoked_at is null`, user, but, at, why)
}

func revokeSessionsIn(ctx context.Context, tx pgx.Tx, user, tenant uuid.UUID, why string, at time.Time) error {
	return exec(ctx, tx, "revoke a person's sessions in a tenant", `
		update sessions set revoked_at = $3, revoked_why = $4
		where user_id = $1 and tenant_id = $2 and revoked_at is null`, user, tenant, at, why)
}

// lastTenant is the workspace of a person's latest session; false when there was none.
func lastTenant(ctx context.Context, tx pgx.Tx, user uuid.UUID) (uuid.UUID, bool, error) {
	var id uuid.UUID
	err := tx.QueryRow(ctx, `
		select tenant_id from sessions
		where user_id = $1 and tenant_id is not null
		order by last_used_at desc limit 1`, user).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return uuid.Nil, false, nil
	}
	if err != nil {
		return uuid.Nil, false, fmt.Errorf("read the last tenant: %w", err)
	}
	return id, true, nil
}

// standingOf reads an open session's person; a zero standing when it is not open.
func standingOf(ctx context.Context, tx pgx.Tx, session uuid.UUID, at time.Time) (s standing, err error) {
	err = tx.QueryRow(ctx, `
		select u.id, u.email, u.platform, u.token_version
		from sessions s join users u on u.id = s.user_id
		where s.id = $1 and s.revoked_at is null and s.expires_at > $2`, session, at).
		Scan(&s.UserID, &s.Email, &s.Platform, &s.TokenVersion)
	if errors.Is(err, pgx.ErrNoRows) {
		return standing{}, nil
	}
	if err != nil {
		return standing{}, fmt.Errorf("read a session's standing: %w", err)
	}
	s.Open = true
	return s, nil
}

// roleInActive reads a role; false for somebody who is not a member or whose workspace is
// suspended.
func roleInActive(ctx context.Context, tx pgx.Tx, id, user uuid.UUID) (tenant.Role, bool, error) {
	var role tenant.Role
	var status tenant.Status
	err := tx.QueryRow(ctx, `
		select m.role, t.status
		from members m join tenants t on t.tenant_id = m.tenant_id and t.tenant_id = $1
		where m.tenant_id = $1 and m.user_id = $2`, id, user).Scan(&role, &status)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("read a role: %w", err)
	}
	return role, status == tenant.Active, nil
}

// lockAttempt returns the row of key, made at need.
func lockAttempt(ctx context.Context, tx pgx.Tx, key []byte, now time.Time) (a attempt, err error) {
	err = exec(ctx, tx, "open a count of tries", `
		insert into login_attempts (key, failures, updated_at) values ($1, 0, $2)
		on conflict (key) do nothing`, key, now)
	if err != nil {
		return attempt{}, err
	}
	err = tx.QueryRow(ctx, `
		select failures, locked_until, updated_at from login_attempts where key = $1 for update`, key).
		Scan(&a.Failures, &a.LockedUntil, &a.UpdatedAt)
	if err != nil {
		return attempt{}, fmt.Errorf("read a count of tries: %w", err)
	}
	return a, nil
}

func updateAttempt(ctx context.Context, tx pgx.Tx, key []byte, a attempt) error {
	return exec(ctx, tx, "count a try", `
		update login_attempts set failures = $2, locked_until = $3, updated_at = $4
		where key = $1`, key, a.Failures, a.LockedUntil, a.UpdatedAt)
}

func clearAttempt(ctx context.Context, tx pgx.Tx, key []byte, shared bool) error {
	if shared {
		return exec(ctx, tx, "take a try back", `
			update login_attempts set failures = failures - 1, locked_until = null
			where key = $1 and failures > 0`, key)
	}
	// Not deleted: another try at this moment has found the row and is about to lock it.
	return exec(ctx, tx, "clear a count of tries", `
		update login_attempts set failures = 0, locked_until = null where key = $1`, key)
}
