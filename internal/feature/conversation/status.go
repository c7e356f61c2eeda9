package conversation

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// StatusChange is where people take a conversation.
type StatusChange struct {
	To     Status
	Until  time.Time // of a snooze
	Reason *uuid.UUID
	Note   string // closing note
}

const (
	longestSnooze = 365 * 24 * time.Hour
	longestNote   = 2000 // characters
)

// SetStatus opens, parks or resolves conversations.
func (s *Service) SetStatus(ctx context.Context, ids []uuid.UUID, to StatusChange) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		return s.SetStatusIn(ctx, tx, tenant, ids, to)
	})
}

// SetStatusIn is SetStatus in the caller's transaction.
func (s *Service) SetStatusIn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, to StatusChange) error {
	now := s.Clock.Now()
	set, err := settings(ctx, tx, tenant)
	if err != nil {
		return err
	}
	if err := to.check(now, set); err != nil {
		return err
	}
	if err := knownReason(ctx, tx, tenant, to.Reason); err != nil {
		return err
	}
	by := contact.ByOf(ctx)
	return s.moveIn(ctx, tx, tenant, ids, func(_ context.Context, _ pgx.Tx, _ uuid.UUID, w *work) error {
		return w.setStatus(to, now, by)
	})
}

func (to StatusChange) check(now time.Time, set Settings) error {
	switch {
	case to.To == Snoozed && (!to.Until.After(now) || to.Until.After(now.Add(longestSnooze))):
		return fault.Invalid("A conversation is snoozed until a time within the next year.").At("body.until", "Choose a time to come.")
	case to.To == Resolved && set.RequireReason && to.Reason == nil:
		return fault.Invalid("This workspace asks why a conversation is closed.").At("body.reasonId", "Choose a reason.").WithCode("reason_required")
	case utf8.RuneCountInString(to.Note) > longestNote:
		return fault.Invalid("A closing note has at most 2,000 characters.").At("body.note", "At most 2,000 characters.")
	}
	return nil
}

// setStatus takes the conversation where people want it. Where it is already, nothing happens.
func (w *work) setStatus(to StatusChange, now time.Time, by contact.By) error {
	c := &w.now
	if c.Status == to.To && to.To != Snoozed {
		return nil
	}
	if !slices.Contains(moves[c.Status], to.To) {
		return fault.Conflict("A resolved conversation is opened before it is parked.").WithCode("conversation_resolved")
	}
	c.SnoozedUntil = nil
	switch to.To {
	case Open:
		w.open(now, by)
	case Pending:
		c.Status = Pending
		w.event(IsPending, now, by, nil)
	case Snoozed:
		c.Status, c.SnoozedUntil = Snoozed, &to.Until
		w.event(IsSnoozed, now, by, map[string]any{"until": to.Until})
	case Resolved:
		w.resolve(to, now, by)
	}
	return nil
}

func (w *work) open(now time.Time, by contact.By) {
	if w.now.Status == Resolved {
		w.begin(byBusiness, now, now, by)
		return
	}
	w.now.Status = Open
	w.event(Reopened, now, by, nil)
}

// resolve closes the running case.
func (w *work) resolve(to StatusChange, now time.Time, by contact.By) {
	c, k := &w.now, w.running
	k.ResolvedAt, k.ResolvedBy, k.ReasonID, k.ClosingNote = &now, by.ID, to.Reason, to.Note
	w.closed, w.running = k, nil
	c.Status, c.CaseID, c.WaitingSince, c.Unread = Resolved, nil, nil, 0
	data := map[string]any{}
	if to.Reason != nil {
		data["reason"] = to.Reason
	}
	if to.Note != "" {
		data["note"] = to.Note
	}
	w.event(IsResolved, now, by, data)
}
