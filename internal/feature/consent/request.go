package consent

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// RequestState is where a request to be left alone is.
type RequestState string

// The states: open waits for a person; acted was sure and acted on, and may be undone.
const (
	RequestOpen      RequestState = "open"
	RequestActed     RequestState = "acted"
	RequestStopped   RequestState = "stopped"
	RequestLeft      RequestState = "left"
	RequestDismissed RequestState = "dismissed"
	RequestUndone    RequestState = "undone"
)

// Request is a message that asks to be left alone, or may.
type Request struct {
	ID          uuid.UUID    `json:"id"`
	ContactID   uuid.UUID    `json:"contactId"`
	ContactName string       `json:"contactName"`
	Phone       string       `json:"phone,omitempty"`
	MessageID   uuid.UUID    `json:"messageId"`
	Words       string       `json:"words" doc:"What the person wrote"`
	Score       float64      `json:"score" doc:"How sure we are, 0 to 1"`
	State       RequestState `json:"state" enum:"open,acted,stopped,left,dismissed,undone"`
	Before      State        `json:"before" enum:"unknown,pending,in,out" doc:"The opt-in before"`
	DecidedBy   string       `json:"decidedBy,omitempty"`
	DecidedAt   *time.Time   `json:"decidedAt,omitempty"`
	CreatedAt   time.Time    `json:"createdAt"`
}

// Decision is what a person makes of a request.
type Decision string

// The decisions: stop marketing, stop everything, it asked for something else, take back.
const (
	DecideStop    Decision = "stop"
	DecideLeave   Decision = "leave"
	DecideDismiss Decision = "dismiss"
	DecideUndo    Decision = "undo"
)

// moves is the table of what may be decided, and what the request is then.
func moves(from RequestState, d Decision) (RequestState, bool) {
	table := map[RequestState]map[Decision]RequestState{
		RequestOpen:  {DecideStop: RequestStopped, DecideLeave: RequestLeft, DecideDismiss: RequestDismissed},
		RequestActed: {DecideLeave: RequestLeft, DecideUndo: RequestUndone},
	}
	to, ok := table[from][d]
	return to, ok
}

// One open request per person: the first stays.
const sqlInsertRequest = `
insert into consent_requests (tenant_id, id, contact_id, message_id, words, score, state, before, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`

func insertRequest(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, r Request) error {
	_, err := tx.Exec(ctx, sqlInsertRequest, tenant, r.ID, r.ContactID, r.MessageID, r.Words, float32(r.Score), r.State, r.Before, r.CreatedAt)
	return err
}

const requestColumns = `r.id, r.contact_id, coalesce(c.name, ''), coalesce(c.phone, ''), r.message_id, r.words, r.score, r.state, r.before,
    r.decided_by, r.decided_at, r.created_at
from consent_requests r left join contacts c on c.tenant_id = $1 and c.id = r.contact_id`

const (
	sqlOpenRequests = `select ` + requestColumns + `
where r.tenant_id = $1 and r.state = 'open' and r.id < $2 order by r.id desc limit $3`
	sqlPastRequests = `select ` + requestColumns + `
where r.tenant_id = $1 and r.state <> 'open' and r.id < $2 order by r.id desc limit $3`
	sqlRequestLocked = `select ` + requestColumns + ` where r.tenant_id = $1 and r.id = $2 for update of r`
	sqlDecideRequest = `
update consent_requests set state = $3, decided_by = $4, decided_at = $5 where tenant_id = $1 and id = $2`
)

func scanRequest(row pgx.CollectableRow) (Request, error) {
	var r Request
	var score float32
	err := row.Scan(&r.ID, &r.ContactID, &r.ContactName, &r.Phone, &r.MessageID, &r.Words, &score, &r.State, &r.Before,
		&r.DecidedBy, &r.DecidedAt, &r.CreatedAt)
	r.Score = float64(score)
	return r, err
}

// Requests lists those that wait for a decision, or the others, the newest first.
func (s *Service) Requests(ctx context.Context, open bool, p web.PageQuery) (page web.Page[Request], err error) {
	before := uuid.Max
	if err := web.DecodeCursor(p.After, &before); err != nil {
		return page, err
	}
	sql := sqlPastRequests
	if open {
		sql = sqlOpenRequests
	}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		rows, err := tx.Query(ctx, sql, tenant, before, p.Limit+1)
		if err != nil {
			return err
		}
		found, err := pgx.CollectRows(rows, scanRequest)
		page = web.PageOf(found, p.Limit, func(r Request) any { return r.ID })
		return err
	})
	return page, err
}

// Decide settles a request: an open one, or, to undo it or to go further, one that was acted on.
func (s *Service) Decide(ctx context.Context, id uuid.UUID, d Decision) (r Request, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		rows, err := tx.Query(ctx, sqlRequestLocked, tenant, id)
		if err != nil {
			return err
		}
		if r, err = pgx.CollectExactlyOneRow(rows, scanRequest); errors.Is(err, pgx.ErrNoRows) {
			return fault.NotFound("This request does not exist.").WithCode("request_not_found")
		} else if err != nil {
			return err
		}
		to, ok := moves(r.State, d)
		if !ok {
			return fault.Conflict("Somebody decided on this already.").WithCode("request_decided")
		}
		now := s.Clock.Now()
		if err := s.Hooks.Change(ctx, tx, tenant, []uuid.UUID{r.ContactID}, r.changes(d, who(ctx), now)...); err != nil {
			return err
		}
		r.State, r.DecidedBy, r.DecidedAt = to, who(ctx), &now
		_, err = tx.Exec(ctx, sqlDecideRequest, tenant, id, r.State, r.DecidedBy, now)
		return err
	})
	return r, err
}

// changes are what a decision does to the person's consent.
func (r Request) changes(d Decision, by string, now time.Time) []Change {
	change := func(p Purpose, state State) Change {
		return Change{Purpose: p, State: state, Via: ViaDecided, Source: "WhatsApp", By: by, Evidence: r.Words, MessageID: r.MessageID, At: now}
	}
	switch d {
	case DecideStop:
		return []Change{change(Marketing, Out)}
	case DecideLeave:
		return []Change{change(Marketing, Out), change(All, Out)}
	case DecideUndo:
		return []Change{change(Marketing, r.Before)}
	}
	return nil
}

// who names the actor for the record.
func who(ctx context.Context) string {
	if a, ok := actor.From(ctx); ok {
		return a.Email
	}
	return ""
}
