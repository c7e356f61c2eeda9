package user

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

func insertUser(ctx context.Context, tx pgx.Tx, u User) error {
	_, err := tx.Exec(ctx, `
		insert into users (id, email, name, password_hash, email_verified_at, platform, created_at, updated_at)
		values ($1, $2, $3, $4, $5, $6, $7, $7)`,
		u.ID, u.Email, u.Name, u.PasswordHash, u.EmailVerifiedAt, u.Platform, u.CreatedAt)
	if db.IsUnique(err, "users_email") {
		return fault.Conflict("Somebody with this e-mail address exists already.").WithCode("email_taken").Wrap(err)
	}
	if err != nil {
		return fmt.Errorf("insert a user: %w", err)
	}
	return nil
}

const userColumns = `id, email, name, password_hash, email_verified_at, token_version, platform,
	totp_secret, totp_pending, totp_last_step, created_at`

func userByID(ctx context.Context, tx pgx.Tx, id uuid.UUID) (User, error) {
	return scanUser(tx.QueryRow(ctx, `select `+userColumns+` from users where id = $1`, id))
}

func lockUser(ctx context.Context, tx pgx.Tx, id uuid.UUID) (User, error) {
	return scanUser(tx.QueryRow(ctx, `select `+userColumns+` from users where id = $1 for update`, id))
}

func userByEmail(ctx context.Context, tx pgx.Tx, email string) (User, error) {
	return scanUser(tx.QueryRow(ctx, `select `+userColumns+` from users where email = $1`, email))
}

func scanUser(row pgx.Row) (u User, err error) {
	err = row.Scan(
		&u.ID, &u.Email, &u.Name, &u.PasswordHash, &u.EmailVerifiedAt, &u.TokenVersion, &u.Platform,
		&u.TOTPSecret, &u.TOTPPending, &u.TOTPLastStep, &u.CreatedAt)
	if errors.Is(err, pgx.ErrNoRows) {
		return User{}, notFound()
	}
	if err != nil {
		return User{}, fmt.Errorf("read a user: %w", err)
	}
	return u, nil
}

// A new password ends every access token, since whoever had the old one may hold some.
func updatePassword(ctx context.Context, tx pgx.Tx, id uuid.UUID, hash string, at time.Time) (version int, err error) {
	err = tx.QueryRow(ctx, `
		update users set password_hash = $2, token_version = token_version + 1, updated_at = $3
		where id = $1 returning token_version`, id, hash, at).Scan(&version)
	return version, changed(err, "update a password")
}

func raiseTokenVersion(ctx context.Context, tx pgx.Tx, id uuid.UUID, at time.Time) (version int, err error) {
	err = tx.QueryRow(ctx, `
		update users set token_version = token_version + 1, updated_at = $2
		where id = $1 returning token_version`, id, at).Scan(&version)
	return version, changed(err, "raise a token version")
}

func changed(err error, operation string) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return notFound()
	}
	if err != nil {
		return fmt.Errorf("%s: %w", operation, err)
	}
	return nil
}

func markVerified(ctx context.Context, tx pgx.Tx, id uuid.UUID, at time.Time) error {
	return update(ctx, tx, "mark a user verified", `
		update users set email_verified_at = coalesce(email_verified_at, $2), updated_at = $2
		where id = $1`, id, at)
}

func rename(ctx context.Context, tx pgx.Tx, id uuid.UUID, name string, at time.Time) error {
	return update(ctx, tx, "rename a user", `
		update users set name = $2, updated_at = $3 where id = $1`, id, name, at)
}

func setPlatform(ctx context.Context, tx pgx.Tx, id uuid.UUID, platform bool, at time.Time) error {
	return update(ctx, tx, "set the operator flag", `
		update users set platform = $2, updated_at = $3 where id = $1`, id, platform, at)
}

func setPending(ctx context.Context, tx pgx.Tx, id uuid.UUID, sealed []byte, at time.Time) error {
	return update(ctx, tx, "start a second factor", `
		update users set totp_pending = $2, updated_at = $3 where id = $1`, id, sealed, at)
}

func activateTwoFactor(ctx context.Context, tx pgx.Tx, id uuid.UUID, sealed []byte, step int64, at time.Time) error {
	return update(ctx, tx, "activate a second factor", `
		update users set totp_secret = $2, totp_pending = null, totp_last_step = $3, updated_at = $4
		where id = $1`, id, sealed, step, at)
}

func clearTwoFactor(ctx context.Context, tx pgx.Tx, id uuid.UUID, at time.Time) error {
	return update(ctx, tx, "remove a second factor", `
		update users set totp_secret = null, totp_pending = null, totp_last_step = 0, updated_at = $2
		where id = $1`, id, at)
}

func setLastStep(ctx context.Context, tx pgx.Tx, id uuid.UUID, step int64, at time.Time) error {
	return update(ctx, tx, "spend a code", `
		update users set totp_last_step = $2, updated_at = $3 where id = $1`, id, step, at)
}

func update(ctx context.Context, tx pgx.Tx, operation, sql string, args ...any) error {
	tag, err := tx.Exec(ctx, sql, args...)
	if err != nil {
		return fmt.Errorf("%s: %w", operation, err)
	}
	if tag.RowsAffected() == 0 {
		return notFound()
	}
	return nil
}

func insertRecoveryCodes(ctx context.Context, tx pgx.Tx, id uuid.UUID, hashes [][]byte, at time.Time) error {
	_, err := tx.Exec(ctx, `
		insert into recovery_codes (user_id, code_hash, created_at)
		select $1, code_hash, $3 from unnest($2::bytea[]) as given (code_hash)
		on conflict (user_id, code_hash) do nothing`, id, hashes, at)
	if err != nil {
		return fmt.Errorf("insert recovery codes: %w", err)
	}
	return nil
}

func deleteRecoveryCodes(ctx context.Context, tx pgx.Tx, id uuid.UUID) error {
	if _, err := tx.Exec(ctx, `delete from recovery_codes where user_id = $1`, id); err != nil {
		return fmt.Errorf("delete recovery codes: %w", err)
	}
	return nil
}

func useRecoveryCode(ctx context.Context, tx pgx.Tx, id uuid.UUID, hash []byte, at time.Time) (bool, error) {
	tag, err := tx.Exec(ctx, `
		update recovery_codes set used_at = $3
		where user_id = $1 and code_hash = $2 and used_at is null`, id, hash, at)
	if err != nil {
		return false, fmt.Errorf("use a recovery code: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}
