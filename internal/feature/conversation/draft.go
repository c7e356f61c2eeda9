package conversation

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Draft is what a member has begun to write in a conversation and not sent, as the composer keeps it.
type Draft struct {
	Body      json.RawMessage `json:"body"`
	UpdatedAt time.Time       `json:"updatedAt"`
}

const largestDraft = 64 << 10 // bytes

const (
	sqlDraft    = `select body, updated_at from conversation_drafts where tenant_id = $1 and user_id = $2 and conversation_id = $3`
	sqlPutDraft = `
insert into conversation_drafts (tenant_id, user_id, conversation_id, body, updated_at) values ($1, $2, $3, $4, $5)
on conflict (tenant_id, user_id, conversation_id) do update set body = excluded.body, updated_at = excluded.updated_at`
	sqlDropDraft = `delete from conversation_drafts where tenant_id = $1 and user_id = $2 and conversation_id = $3`
)

func draftOf(ctx context.Context, tx pgx.Tx, tenant, user, conversation uuid.UUID) (*Draft, error) {
	var d Draft
	err := tx.QueryRow(ctx, sqlDraft, tenant, user, conversation).Scan(&d.Body, &d.UpdatedAt)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return &d, err
}

// PutDraft keeps what the actor has begun to write; empty forgets it.
func (s *Service) PutDraft(ctx context.Context, conversation uuid.UUID, body json.RawMessage) error {
	if len(body) > largestDraft {
		return fault.Invalid("A draft has at most 64 KB.").WithCode("draft_too_large")
	}
	user := actor.Must(ctx).UserID
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := byID(ctx, tx, tenant, conversation); err != nil {
			return err
		}
		if len(body) == 0 || string(body) == "null" {
			_, err := tx.Exec(ctx, sqlDropDraft, tenant, user, conversation)
			return err
		}
		_, err := tx.Exec(ctx, sqlPutDraft, tenant, user, conversation, body, s.Clock.Now())
		return err
	})
}
