package campaign

import (
	"context"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

const sqlSetUncapped = `update campaigns set uncapped = $3, updated_at = $4 where tenant_id = $1 and id = $2`

// OverrideCap sends a campaign beyond the workspace's frequency cap, or within it again. Who did it
// and why is recorded.
func (s *Service) OverrideCap(ctx context.Context, id uuid.UUID, override bool, reason string) (c Campaign, err error) {
	reason, err = checkComment(reason, "body.reason")
	if err != nil {
		return c, err
	}
	if override && strings.TrimSpace(reason) == "" {
		return c, fault.Invalid("Say why these people may get more than the cap allows.").At("body.reason", "Needed.")
	}
	err = s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, found Campaign) error {
		c = found
		if c.Status == Completed || c.Status == Cancelled {
			return fault.Conflict("The campaign is over.").WithCode("status")
		}
		if c.Uncapped == override {
			return nil
		}
		c.Uncapped, c.UpdatedAt = override, s.Clock.Now()
		if _, err := tx.Exec(ctx, sqlSetUncapped, tenant, id, override, c.UpdatedAt); err != nil {
			return err
		}
		kind := "cap_kept"
		if override {
			kind = "cap_overridden"
		}
		if err := s.note(ctx, tx, tenant, id, kind, reason); err != nil {
			return err
		}
		return s.publish(ctx, tx, tenant, id)
	})
	return c, err
}

const sqlUncapped = `select id from campaigns where tenant_id = $1 and id = any($2) and uncapped`

// Uncapped says which campaigns the frequency cap does not hold for. It is message.Hooks.Uncapped.
func (s *Service) Uncapped(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]bool, error) {
	found, err := collectIDs(tx.Query(ctx, sqlUncapped, tenant, ids))
	uncapped := make(map[uuid.UUID]bool, len(found))
	for _, id := range found {
		uncapped[id] = true
	}
	return uncapped, err
}
