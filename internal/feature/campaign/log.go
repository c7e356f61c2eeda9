package campaign

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// LogEntry is one decision about a campaign, by a person or by Aerostic: append-only.
type LogEntry struct {
	At     time.Time `json:"at"`
	By     *Person   `json:"by,omitempty"`
	Kind   string    `json:"kind" enum:"approval_requested,approval_approved,approval_rejected,approval_withdrawn,approval_void,cap_overridden,cap_kept,started,paused,halted,resumed,cancelled"`
	Detail string    `json:"detail,omitempty"`
}

const sqlInsertLog = `
insert into campaign_log (tenant_id, campaign_id, id, at, user_id, kind, detail) values ($1, $2, $3, $4, $5, $6, $7)`

// note records what the actor did.
func (s *Service) note(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, kind, detail string) error {
	a, _ := actor.From(ctx)
	_, err := tx.Exec(ctx, sqlInsertLog, tenant, id, ident.New(), s.Clock.Now(), optional(a.UserID), kind, detail)
	if err != nil {
		return fmt.Errorf("record %s: %w", kind, err)
	}
	return nil
}

const sqlLog = `
select l.at, l.user_id, coalesce(u.name, ''), l.kind, l.detail
from campaign_log l left join users u on u.id = l.user_id
where l.tenant_id = $1 and l.campaign_id = $2
order by l.id desc limit 200`

// moved names a change of status that belongs on record, with why where it was not a person.
func moved(from Status, c Campaign) (kind, detail string) {
	switch {
	case c.Status == Paused && c.PauseReason != "":
		return "halted", pauseNote(c).Title
	case c.Status == Paused:
		return "paused", ""
	case c.Status == Running && from == Paused:
		return "resumed", ""
	case c.Status == Running:
		return "started", ""
	case c.Status == Cancelled:
		return "cancelled", ""
	}
	return "", ""
}

// Log lists the decisions about a campaign, the latest first.
func (s *Service) Log(ctx context.Context, id uuid.UUID) (entries []LogEntry, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := byID(ctx, tx, tenant, id); err != nil {
			return notFound(err)
		}
		rows, err := tx.Query(ctx, sqlLog, tenant, id)
		if err != nil {
			return err
		}
		entries, err = pgx.CollectRows(rows, scanLog)
		return err
	})
	return entries, err
}

func scanLog(r pgx.CollectableRow) (e LogEntry, err error) {
	var by *uuid.UUID
	var name string
	err = r.Scan(&e.At, &by, &name, &e.Kind, &e.Detail)
	if by != nil {
		e.By = &Person{*by, name}
	}
	return e, err
}
