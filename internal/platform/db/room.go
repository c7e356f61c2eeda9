package db

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Room is the setting that GiveRoom makes: this package's own, wherever it is asked for.
const Room = "set local work_mem = '32MB'"

// GiveRoom lets what follows in the transaction join some hundred thousand rows in memory. It is for
// counts that somebody waits for; the room is per step of a plan and taken only where it is needed.
func GiveRoom(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, Room); err != nil {
		return fmt.Errorf("give room: %w", err)
	}
	return nil
}
