package message

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// windows asks until when the people of a batch's free-form messages may be written to freely on its
// number. A batch without any costs nothing.
func (s *Service) windows(ctx context.Context, tx pgx.Tx, tenant, channel uuid.UUID, list []candidate) (map[uuid.UUID]time.Time, error) {
	var people []uuid.UUID
	for _, c := range list {
		if c.templateID == (uuid.UUID{}) {
			people = append(people, c.contactID)
		}
	}
	if len(people) == 0 || s.Hooks.Windows == nil {
		return nil, nil
	}
	return s.Hooks.Windows(ctx, tx, tenant, channel, people)
}
