package conversation

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Assignment is who shall look after a conversation. Each part is left as it is when nil, and taken away
// when what it points at is nil.
type Assignment struct {
	Assignee **uuid.UUID
	Team     **uuid.UUID
	Handler  *string // People or Bot
	Bot      *uuid.UUID
	Why      string // of what assigns by itself: a rule's name
}

const sqlMember = `select exists (select 1 from members where tenant_id = $1 and user_id = $2)`

// Assign gives conversations to a person, a team or a bot.
func (s *Service) Assign(ctx context.Context, ids []uuid.UUID, a Assignment) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		return s.AssignIn(ctx, tx, tenant, ids, a)
	})
}

// AssignIn is Assign in the caller's transaction.
func (s *Service) AssignIn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, a Assignment) error {
	if err := knownMember(ctx, tx, tenant, a.Assignee); err != nil {
		return err
	}
	by, now := contact.ByOf(ctx), s.Clock.Now()
	return s.moveIn(ctx, tx, tenant, ids, func(_ context.Context, _ pgx.Tx, _ uuid.UUID, w *work) error {
		w.assign(a, now, by)
		return nil
	})
}

func knownMember(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, user **uuid.UUID) error {
	if user == nil || *user == nil {
		return nil
	}
	var known bool
	if err := tx.QueryRow(ctx, sqlMember, tenant, **user).Scan(&known); err != nil || known {
		return err
	}
	return fault.Invalid("This person is not a member of the workspace.").At("body.assigneeId", "Choose a member.").WithCode("not_a_member")
}

// assign changes who looks after the conversation, and tells only what is different.
func (w *work) assign(a Assignment, now time.Time, by contact.By) {
	c := &w.now
	data := map[string]any{}
	if a.Why != "" {
		data["why"] = a.Why
	}
	if a.Team != nil && !same(c.TeamID, *a.Team) {
		c.TeamID = *a.Team
		w.event(Teamed, now, by, with(data, "team", c.TeamID))
	}
	handler, bot := c.Handler, c.BotID
	if a.Handler != nil {
		handler, bot = *a.Handler, a.Bot
	}
	assignee := c.AssigneeID
	if a.Assignee != nil {
		assignee = *a.Assignee
	}
	if same(assignee, c.AssigneeID) && handler == c.Handler && same(bot, c.BotID) {
		return
	}
	c.AssigneeID, c.Handler, c.BotID = assignee, handler, bot
	w.event(Assigned, now, by, with(with(data, "assignee", assignee), "handler", handler))
}

func same(a, b *uuid.UUID) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

func with(data map[string]any, key string, value any) map[string]any {
	more := map[string]any{key: value}
	for k, v := range data {
		more[k] = v
	}
	return more
}
