package template

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Meta pauses a template for three hours, then six; a third time disables it.
const (
	firstPause  = 3 * time.Hour
	secondPause = 6 * time.Hour
	// categoryNotice is how long ahead Meta announces a change of category.
	categoryNotice = 24 * time.Hour
)

// The Apply functions take the receiving side's transaction in the tenant. They find the
// template by Meta's id first, then by name and language. One that we do not know, and an
// event that does not fit what we know, queue a synchronisation: that asks Meta what is true.
// An event older than the last one applied changes nothing; of two in the same second, which is what Meta
// tells the time by, nobody knows which was the later one, so Meta is asked once that second is over.

// ApplyStatus applies an approval, rejection, pause, disabling or deletion.
func (s *Service) ApplyStatus(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e whatsapp.TemplateStatusEvent) error {
	return s.apply(ctx, tx, tenant, e.Origin, e.TemplateRef, func(t *Template, at time.Time) bool {
		return t.follow(e, at)
	})
}

// ApplyQuality applies a change of Meta's rating.
func (s *Service) ApplyQuality(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e whatsapp.TemplateQualityEvent) error {
	return s.apply(ctx, tx, tenant, e.Origin, e.TemplateRef, func(t *Template, _ time.Time) bool {
		t.Quality = or(strings.ToUpper(e.Current), "UNKNOWN")
		return true
	})
}

// ApplyCategory applies a change of category, or notes one that Meta announces.
func (s *Service) ApplyCategory(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e whatsapp.TemplateCategoryEvent) error {
	return s.apply(ctx, tx, tenant, e.Origin, e.TemplateRef, func(t *Template, at time.Time) bool {
		if e.Announced {
			until := at.Add(categoryNotice)
			t.NextCategory, t.NextCategoryAt = Category(strings.ToUpper(e.Correct)), &until
			return true
		}
		t.setCategory(Category(strings.ToUpper(e.Current)))
		return true
	})
}

// ApplyComponents reads a template again whose text was edited at Meta: the event carries only parts
// of it.
func (s *Service) ApplyComponents(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e whatsapp.TemplateComponentsEvent) error {
	return s.requestSync(ctx, tx, tenant, e.WABAID, causeEvent)
}

// apply changes the template an event names. fn returns false for what does not fit.
func (s *Service) apply(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, o whatsapp.Origin, ref whatsapp.TemplateRef, fn func(*Template, time.Time) bool) error {
	before, err := find(ctx, tx, tenant, o.WABAID, ref)
	if errors.Is(err, pgx.ErrNoRows) {
		return s.requestSync(ctx, tx, tenant, o.WABAID, causeEvent)
	}
	if err != nil {
		return fmt.Errorf("find template %s: %w", ref.Name, err)
	}
	at := o.At
	if at.IsZero() {
		at = s.Clock.Now()
	}
	if before.EventAt != nil && before.EventAt.After(at) {
		return nil
	}
	after := before
	if !fn(&after, at) {
		return s.requestSync(ctx, tx, tenant, o.WABAID, causeEvent)
	}
	if before.EventAt != nil && before.EventAt.Equal(at) && before.Status != after.Status {
		if err := s.checkAfterTie(ctx, tx, before, at); err != nil {
			return err
		}
	}
	after.EventAt = &at
	return s.keep(ctx, tx, tenant, []change{{before: before, after: after}})
}

func find(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, waba string, ref whatsapp.TemplateRef) (Template, error) {
	if ref.ID != "" {
		t, err := lockByMetaID(ctx, tx, tenant, ref.ID)
		if !errors.Is(err, pgx.ErrNoRows) {
			return t, err
		}
	}
	return lockByName(ctx, tx, tenant, waba, ref.Name, normalLanguage(ref.Language))
}

// follow moves the template as a status event says; false when the table has no such move.
func (t *Template) follow(e whatsapp.TemplateStatusEvent, at time.Time) bool {
	to, ok := statusOf(e.Status)
	if !ok {
		return false
	}
	if to != t.Status && !t.Status.CanBecome(to) {
		return false
	}
	t.setStatus(to)
	t.StatusNote = noteOf(e)
	t.RejectedReason, t.PausedUntil = "", nil
	switch to {
	case Rejected:
		t.RejectedReason = reasonCode(e.Reason)
	case Paused:
		t.PausedUntil = pauseUntil(e.Title, at)
	case Approved:
		t.setCategory(Category(strings.ToUpper(e.Category)))
	}
	return true
}

// statusOf turns an event into the status it leads to. FLAGGED warns only: the template can
// still be sent.
func statusOf(event string) (Status, bool) {
	switch e := Status(strings.ToUpper(event)); e {
	case "REINSTATED", "UNARCHIVED", "UNPAUSED", "FLAGGED":
		return Approved, true
	default:
		_, known := moves[e]
		return e, known
	}
}

// noteOf joins Meta's words to an event.
func noteOf(e whatsapp.TemplateStatusEvent) string {
	var parts []string
	for _, part := range []string{e.Description, e.Recommendation} {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " ")
}

// pauseUntil is when a pause ends by itself; nil for one that somebody must end.
func pauseUntil(title string, at time.Time) *time.Time {
	length := map[string]time.Duration{"FIRST_PAUSE": firstPause, "SECOND_PAUSE": secondPause}[strings.ToUpper(title)]
	if length == 0 {
		return nil
	}
	until := at.Add(length)
	return &until
}
