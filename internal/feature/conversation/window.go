package conversation

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const sqlWindows = `
select contact_id, window_until from conversations
where tenant_id = $1 and contact_id = any($3) and channel_id = $2 and window_until is not null`

// Windows says until when people may be written to freely on a number: for 24 hours after they last wrote
// to it. It is message.Hooks.Windows.
func (s *Service) Windows(ctx context.Context, tx pgx.Tx, tenant, channel uuid.UUID, contacts []uuid.UUID) (map[uuid.UUID]time.Time, error) {
	rows, err := tx.Query(ctx, sqlWindows, tenant, channel, contacts)
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID]time.Time, len(contacts))
	var contact uuid.UUID
	var until time.Time
	_, err = pgx.ForEachRow(rows, []any{&contact, &until}, func() error {
		found[contact] = until
		return nil
	})
	return found, err
}
