package contact

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
)

// What a Move is a step of.
const (
	StageMoved = "stage"
	OwnerMoved = "owner"
)

// Move is a contact's step from one stage or owner to another; nil is none.
type Move struct {
	Contact uuid.UUID
	What    string // StageMoved or OwnerMoved
	From    *uuid.UUID
	To      *uuid.UUID
	Since   *time.Time // when it came into the stage it leaves
	At      time.Time
	By      uuid.UUID // the member who did it; zero for the system
}

// Each changes those it does not find there already, and returns what was before.
const (
	sqlMoveStage = `
update contacts c set stage_id = $3, stage_at = case when $3::uuid is null then null else $4::timestamptz end, updated_at = $4
from (select x.id, x.stage_id, x.stage_at from contacts x
    where x.tenant_id = $1 and x.id = any($2) and x.deleted_at is null and x.stage_id is distinct from $3
    order by x.id for update) o
where c.tenant_id = $1 and c.id = o.id
returning c.id, o.stage_id, o.stage_at`
	sqlMoveOwner = `
update contacts c set owner_id = $3, updated_at = $4
from (select x.id, x.owner_id from contacts x
    where x.tenant_id = $1 and x.id = any($2) and x.deleted_at is null and x.owner_id is distinct from $3
    order by x.id for update) o
where c.tenant_id = $1 and c.id = o.id
returning c.id, o.owner_id, null::timestamptz`
)

// moveAll puts contacts into a stage or gives them an owner, which must be held, and tells
// whoever keeps their history. It returns how many changed.
func (s *Service) moveAll(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, what string, ids []uuid.UUID, to *uuid.UUID, by uuid.UUID) (int64, error) {
	sql, now := sqlMoveStage, s.clock.Now()
	if what == OwnerMoved {
		sql = sqlMoveOwner
	}
	rows, err := tx.Query(ctx, sql, tenant, ids, to, now)
	if err != nil {
		return 0, err
	}
	t := tally{}
	moves, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Move, error) {
		m := Move{What: what, To: to, At: now, By: by}
		err := row.Scan(&m.Contact, &m.From, &m.Since)
		t.move(m.From, to)
		return m, err
	})
	if err != nil {
		return 0, err
	}
	if err := t.write(ctx, tx, tenant); err != nil {
		return 0, err
	}
	return int64(len(moves)), s.tell(ctx, tx, tenant, moves)
}

// tell puts moves into the timelines of contacts and hands them to whoever else listens.
func (s *Service) tell(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, moves []Move) error {
	if len(moves) == 0 {
		return nil
	}
	if err := s.appendMoves(ctx, tx, tenant, moves); err != nil {
		return err
	}
	if s.Moved == nil {
		return nil
	}
	return s.Moved(ctx, tx, tenant, moves)
}

// movesOf compares a contact before and after it was written.
func movesOf(before, after Contact, by uuid.UUID) []Move {
	var moves []Move
	if !sameID(before.StageID, after.StageID) {
		moves = append(moves, Move{after.ID, StageMoved, before.StageID, after.StageID, before.StageAt, after.UpdatedAt, by})
	}
	if !sameID(before.OwnerID, after.OwnerID) {
		moves = append(moves, Move{after.ID, OwnerMoved, before.OwnerID, after.OwnerID, nil, after.UpdatedAt, by})
	}
	return moves
}

func sameID(a, b *uuid.UUID) bool {
	return a == b || a != nil && b != nil && *a == *b
}

// userOf is the member who acts, zero for anybody else.
func userOf(ctx context.Context) uuid.UUID {
	a, _ := actor.From(ctx)
	return a.UserID
}

// MemberLeft makes the contacts of somebody who left the workspace unowned, in the transaction
// that ends the membership: a bulk does the work.
func (s *Service) MemberLeft(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error {
	_, err := s.startBulk(ctx, tx, tenant, BulkAction{Kind: BulkDisown}, Filter{Owner: user.String()})
	return err
}
