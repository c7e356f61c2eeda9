package conversation

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Detail is a conversation as its own page shows it.
type Detail struct {
	Row
	Case     *CaseBody `json:"case,omitempty" doc:"The one that runs"`
	Draft    *Draft    `json:"draft,omitempty" doc:"What the reader has begun to write"`
	Settings Settings  `json:"settings"`
	MayReply bool      `json:"mayReply" doc:"False where only the assignee may answer, and the reader is another"`
}

// CaseBody is a case as people see it.
type CaseBody struct {
	ID           uuid.UUID  `json:"id"`
	OpenedBy     string     `json:"openedBy" enum:"customer,business"`
	OpenedAt     time.Time  `json:"openedAt"`
	FirstReplyAt *time.Time `json:"firstReplyAt,omitempty"`
	MessagesIn   int        `json:"messagesIn"`
	MessagesOut  int        `json:"messagesOut"`
	AssigneeID   *uuid.UUID `json:"assigneeId,omitempty"`
	TeamID       *uuid.UUID `json:"teamId,omitempty"`
	ResolvedAt   *time.Time `json:"resolvedAt,omitempty"`
	ResolvedBy   *uuid.UUID `json:"resolvedBy,omitempty"`
	ReasonID     *uuid.UUID `json:"reasonId,omitempty"`
	ClosingNote  string     `json:"closingNote,omitempty"`
}

func (k Case) body() CaseBody {
	return CaseBody{k.ID, k.OpenedBy, k.OpenedAt, k.FirstReplyAt, k.MessagesIn, k.MessagesOut, k.AssigneeID, k.TeamID, k.ResolvedAt, k.ResolvedBy, k.ReasonID, k.ClosingNote}
}

// Get returns a conversation.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (d Detail, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		d, err = s.detail(ctx, tx, tenant, id)
		return err
	})
	return d, err
}

func (s *Service) detail(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (d Detail, err error) {
	rows, err := rowsByID(ctx, tx, tenant, []uuid.UUID{id})
	if err == nil && len(rows) == 0 {
		err = notFound(pgx.ErrNoRows)
	}
	if err != nil {
		return d, err
	}
	if err := s.complete(ctx, tx, tenant, rows); err != nil {
		return d, err
	}
	d.Row = rows[0]
	if d.Settings, err = settings(ctx, tx, tenant); err != nil {
		return d, err
	}
	user := actor.Must(ctx).UserID
	d.MayReply = mayReply(d.Settings, d.AssigneeID, user)
	if d.Draft, err = draftOf(ctx, tx, tenant, user, id); err != nil {
		return d, err
	}
	list, err := casesBefore(ctx, tx, tenant, id, uuid.Max, 1)
	if err == nil && len(list) == 1 && list[0].ResolvedAt == nil {
		k := list[0].body()
		d.Case = &k
	}
	return d, err
}

// mayReply says whether somebody may answer: where only assignees do, anybody may take an unassigned one.
func mayReply(set Settings, assignee *uuid.UUID, user uuid.UUID) bool {
	return !set.AssigneeOnly || assignee == nil || *assignee == user
}

const sqlCasesBefore = `
select ` + caseColumns + ` from conversation_cases k
where k.tenant_id = $1 and k.conversation_id = $2 and k.id < $3 order by k.id desc limit $4`

func casesBefore(ctx context.Context, tx pgx.Tx, tenant, conversation, before uuid.UUID, limit int) ([]Case, error) {
	rows, err := tx.Query(ctx, sqlCasesBefore, tenant, conversation, before, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanCase)
}

const earlierCases = 50

// Cases lists a conversation's cases, the latest first, at most fifty.
func (s *Service) Cases(ctx context.Context, id uuid.UUID) (list []CaseBody, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := byID(ctx, tx, tenant, id); err != nil {
			return err
		}
		found, err := casesBefore(ctx, tx, tenant, id, uuid.Max, earlierCases)
		for _, k := range found {
			list = append(list, k.body())
		}
		return err
	})
	return list, err
}

// Counts are the badges of the inbox for the actor.
func (s *Service) Counts(ctx context.Context) (n Counts, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		me := actor.Must(ctx).UserID
		if n, err = counts(ctx, tx, tenant, me); err != nil {
			return err
		}
		list, err := views(ctx, tx, tenant, me)
		if err != nil {
			return err
		}
		n.ByView, err = countViews(ctx, tx, tenant, me, s.Clock.Now(), list)
		return err
	}, db.PlanAnew)
	return n, err
}

// Begin returns the conversation with a contact on a number, making it if there is none yet.
func (s *Service) Begin(ctx context.Context, contact, channel uuid.UUID) (id uuid.UUID, err error) {
	now := s.Clock.Now()
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if err := knownPair(ctx, tx, tenant, contact, channel); err != nil {
			return err
		}
		found, err := lockPairs(ctx, tx, tenant, []Conversation{{ID: ident.New(), ContactID: contact, ChannelID: channel, LastAt: now}}, now)
		if len(found) > 0 {
			id = found[0].ID
		}
		return err
	})
	return id, err
}

// Moved publishes how the workspace's messages in conversations stand, and notes scheduled ones when they go. It is part of message.Hooks.Changed;
// a campaign's messages are not followed here.
func (s *Service) Moved(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, changes []message.Change) error {
	if err := s.gone(ctx, tx, tenant, changes); err != nil {
		return err
	}
	if err := s.lost(ctx, tx, tenant, changes); err != nil {
		return err
	}
	return s.publishMoved(ctx, tx, tenant, changes)
}
