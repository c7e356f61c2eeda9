package conversation

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// Filter is which conversations a list shows. Empty parts let everything through.
type Filter struct {
	Statuses   []Status
	Assignee   *uuid.UUID
	Unassigned bool
	Team       *uuid.UUID
	Label      *uuid.UUID
	Channel    *uuid.UUID
	Contact    *uuid.UUID
	Handler    string
	Unread     bool
	Mentioned  *uuid.UUID // a member who is mentioned and has not looked
	Waiting    bool       // nobody has answered; who waits longest comes first
	Due        *Due       // a promise of theirs falls due then
}

// Due is a stretch of time: after From, and not after To.
type Due struct{ From, To time.Time }

// Promise is what was promised to a conversation next.
type Promise struct {
	Kind     string    `json:"kind" enum:"first,next,resolution"`
	DueAt    time.Time `json:"dueAt"`
	Breached bool      `json:"breached"`
	Raised   bool      `json:"raised,omitempty" doc:"An escalation marked it"`
}

// Row is a conversation as the list shows it.
type Row struct {
	ID            uuid.UUID   `json:"id"`
	Contact       Person      `json:"contact"`
	ChannelID     uuid.UUID   `json:"channelId"`
	Status        Status      `json:"status" enum:"open,pending,snoozed,resolved"`
	AssigneeID    *uuid.UUID  `json:"assigneeId,omitempty" doc:"User id of the member who looks after it"`
	TeamID        *uuid.UUID  `json:"teamId,omitempty"`
	Handler       string      `json:"handler" enum:"people,bot"`
	Unread        int         `json:"unread"`
	Mentioned     bool        `json:"mentioned,omitempty" doc:"The reader is mentioned in a note and has not looked"`
	LastAt        time.Time   `json:"lastAt"`
	LastMessageID *uuid.UUID  `json:"lastMessageId,omitempty"`
	LastDirection string      `json:"lastDirection,omitempty" enum:"in,out"`
	LastKind      string      `json:"lastKind,omitempty" doc:"As WhatsApp names it: text, image, template …"`
	LastState     string      `json:"lastState,omitempty" doc:"Of the last message, when it is the workspace's"`
	Preview       string      `json:"preview" doc:"The first words of the last message"`
	Labels        []uuid.UUID `json:"labels"`
	WaitingSince  *time.Time  `json:"waitingSince,omitempty" doc:"When the first message came that nobody has answered"`
	SnoozedUntil  *time.Time  `json:"snoozedUntil,omitempty"`
	WindowUntil   *time.Time  `json:"windowUntil,omitempty" doc:"Until then anything may be written; later only templates"`
	Blocked       bool        `json:"blocked,omitempty"`
	SLA           *Promise    `json:"sla,omitempty" doc:"What falls due next; absent: nothing does"`
}

// Person is the contact of a conversation, in short.
type Person struct {
	ID    uuid.UUID `json:"id"`
	Name  string    `json:"name"`
	Phone string    `json:"phone,omitempty"`
}

type place struct {
	At time.Time `json:"at"`
	ID uuid.UUID `json:"id"`
}

// List returns conversations by their last message, the latest first, or those that wait, the longest first.
func (s *Service) List(ctx context.Context, f Filter, p web.PageQuery) (page web.Page[Row], err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		page, err = s.listIn(ctx, tx, tenant, f, p)
		return err
	}, db.PlanAnew)
	return page, err
}

func (s *Service) listIn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, f Filter, p web.PageQuery) (web.Page[Row], error) {
	from := f.start()
	if err := web.DecodeCursor(p.After, &from); err != nil {
		return web.Page[Row]{}, err
	}
	rows, err := listRows(ctx, tx, tenant, f, from, p.Limit+1)
	if err != nil {
		return web.Page[Row]{}, err
	}
	page := web.PageOf(rows, p.Limit, func(r Row) any {
		if f.Waiting && r.WaitingSince != nil {
			return place{*r.WaitingSince, r.ID}
		}
		return place{r.LastAt, r.ID}
	})
	return page, s.complete(ctx, tx, tenant, page.Items)
}

// endOfTime is later than any message.
var endOfTime = time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)

// start is before the first row of the list.
func (f Filter) start() place {
	if f.Waiting {
		return place{}
	}
	return place{At: endOfTime, ID: uuid.Max}
}

// complete adds to rows what stands in other tables, for the actor.
func (s *Service) complete(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, rows []Row) error {
	return s.fillRows(ctx, tx, tenant, actor.Must(ctx).UserID, rows)
}

// fillRows adds to rows what stands in other tables, for a reader; for the nil one, for all of them.
func (s *Service) fillRows(ctx context.Context, tx pgx.Tx, tenant, reader uuid.UUID, rows []Row) error {
	ids := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	labels, err := labelsOf(ctx, tx, tenant, ids)
	if err != nil {
		return err
	}
	var mentioned map[uuid.UUID]bool
	if reader != uuid.Nil {
		if mentioned, err = mentionedIn(ctx, tx, tenant, reader, ids); err != nil {
			return err
		}
	}
	promises, err := s.promises(ctx, tx, tenant, ids)
	if err != nil {
		return err
	}
	states, err := statesOf(ctx, tx, tenant, rows)
	for i := range rows {
		r := &rows[i]
		if r.Labels = labels[r.ID]; r.Labels == nil {
			r.Labels = []uuid.UUID{}
		}
		r.Mentioned = mentioned[r.ID]
		if p, ok := promises[r.ID]; ok {
			r.SLA = &p
		}
		if r.LastMessageID != nil {
			r.LastState = states[*r.LastMessageID]
		}
	}
	return err
}

// Rows are some conversations as the list shows them to the actor; those that are gone are left out.
func (s *Service) Rows(ctx context.Context, ids []uuid.UUID) (rows []Row, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if rows, err = rowsByID(ctx, tx, tenant, ids); err != nil {
			return err
		}
		return s.complete(ctx, tx, tenant, rows)
	})
	return rows, err
}

func (s *Service) promises(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]Promise, error) {
	if s.Hooks.Promises == nil || len(ids) == 0 {
		return nil, nil
	}
	return s.Hooks.Promises(ctx, tx, tenant, ids)
}
