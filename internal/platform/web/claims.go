package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// keptFor is how long an answer is replayed.
const keptFor = 24 * time.Hour

// Claims is the IdempotencyStore in Postgres. A claim is committed before the operation runs
// and its answer after: when the process dies in between, the key can be used again once the
// attempt's lease is over.
type Claims struct {
	db    *db.DB
	clock clock.Clock
}

// NewClaims keeps idempotency keys in d.
func NewClaims(d *db.DB, c clock.Clock) *Claims { return &Claims{db: d, clock: c} }

// Begin implements IdempotencyStore.
func (s *Claims) Begin(ctx context.Context, c Claim) (reply *Reply, err error) {
	now := s.clock.Now()
	err = s.in(ctx, c.Tenant, func(ctx context.Context, tx pgx.Tx) error {
		if err := forget(ctx, tx, c.Tenant, now.Add(-keptFor)); err != nil {
			return err
		}
		claimed, err := insertClaim(ctx, tx, c, now)
		if err != nil || claimed {
			return err
		}
		reply, err = takeOver(ctx, tx, c, now)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim idempotency key: %w", err)
	}
	return reply, nil
}

// Finish implements IdempotencyStore.
func (s *Claims) Finish(ctx context.Context, c Claim, r Reply) error {
	err := s.in(ctx, c.Tenant, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			update idempotency_keys
			set status = $5, content_type = $6, location = $7, reply = $8
			where tenant_id = $1 and scope = $2 and key = $3 and attempt = $4`,
			c.Tenant, c.Scope, c.Key, c.Attempt, r.Status, r.ContentType, r.Location, r.Body)
		return err
	})
	if err != nil {
		return fmt.Errorf("store answer of idempotency key: %w", err)
	}
	return nil
}

// Abandon implements IdempotencyStore.
func (s *Claims) Abandon(ctx context.Context, c Claim) error {
	err := s.in(ctx, c.Tenant, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			delete from idempotency_keys
			where tenant_id = $1 and scope = $2 and key = $3 and attempt = $4`,
			c.Tenant, c.Scope, c.Key, c.Attempt)
		return err
	})
	if err != nil {
		return fmt.Errorf("free idempotency key: %w", err)
	}
	return nil
}

func (s *Claims) in(ctx context.Context, tenant uuid.UUID, fn func(context.Context, pgx.Tx) error) error {
	if tenant == uuid.Nil {
		return s.db.AsSystem(ctx, "idempotency key of a caller without a workspace", fn)
	}
	return s.db.InTenant(ctx, tenant, fn)
}

func forget(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, before time.Time) error {
	_, err := tx.Exec(ctx, `delete from idempotency_keys where tenant_id = $1 and started_at < $2`, tenant, before)
	return err
}

func insertClaim(ctx context.Context, tx pgx.Tx, c Claim, now time.Time) (bool, error) {
	tag, err := tx.Exec(ctx, `
		insert into idempotency_keys (tenant_id, scope, key, request, attempt, started_at, locked_until)
		values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (tenant_id, scope, key) do nothing`,
		c.Tenant, c.Scope, c.Key, c.Body, c.Attempt, now, now.Add(c.Lease))
	return tag.RowsAffected() == 1, err
}

// takeOver reads the claim in the way: its answer, or a conflict, or, when its attempt has
// crashed, the key itself.
func takeOver(ctx context.Context, tx pgx.Tx, c Claim, now time.Time) (*Reply, error) {
	var request, body []byte
	var lockedUntil time.Time
	var status *int
	var reply Reply
	err := tx.QueryRow(ctx, `
		select request, locked_until, status, content_type, location, reply
		from idempotency_keys
		where tenant_id = $1 and scope = $2 and key = $3
		for update`, c.Tenant, c.Scope, c.Key).
		Scan(&request, &lockedUntil, &status, &reply.ContentType, &reply.Location, &body)
	switch {
	case errors.Is(err, pgx.ErrNoRows): // abandoned this instant
		return nil, inProgress()
	case err != nil:
		return nil, err
	case !bytes.Equal(request, c.Body):
		return nil, fault.Conflict("This Idempotency-Key was used for a different request.").WithCode("idempotency_key_reused")
	case status != nil:
		reply.Status, reply.Body = *status, body
		return &reply, nil
	case lockedUntil.After(now):
		return nil, inProgress()
	}
	_, err = tx.Exec(ctx, `
		update idempotency_keys set attempt = $4, locked_until = $5
		where tenant_id = $1 and scope = $2 and key = $3`,
		c.Tenant, c.Scope, c.Key, c.Attempt, now.Add(c.Lease))
	return nil, err
}

func inProgress() error {
	return fault.Conflict("The same request is being worked on. Wait a moment and look again.").WithCode("idempotency_key_in_use")
}
