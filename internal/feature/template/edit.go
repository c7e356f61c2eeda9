package template

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Meta lets an approved template be edited once in 24 hours and ten times in 30 days; a rejected
// or paused one as often as its author likes.
const (
	editPause  = 24 * time.Hour
	editPeriod = 30 * 24 * time.Hour
	editMost   = 10
)

// Editing says whether a template may be edited now.
type Editing struct {
	Allowed bool       `json:"allowed"`
	WhyNot  string     `json:"whyNot,omitempty"`
	From    *time.Time `json:"from,omitempty" doc:"When it may be edited again"`
	Left    *int       `json:"left,omitempty" doc:"Edits left in these 30 days, of an approved template"`
}

// editing decides by the times of the edits of the last 30 days, oldest first.
func (t Template) editing(edits []time.Time, now time.Time) Editing {
	switch t.Status {
	case Rejected, Paused:
		return Editing{Allowed: true}
	case Approved:
	case Pending, InAppeal:
		return Editing{WhyNot: "Meta is still reviewing this template. It can be edited after the verdict."}
	default:
		return Editing{WhyNot: "Meta allows edits of approved, rejected and paused templates only. Make a copy instead."}
	}
	left := max(0, editMost-len(edits))
	e := Editing{Allowed: true, Left: &left}
	if n := len(edits); n > 0 && edits[n-1].Add(editPause).After(now) {
		e = e.until(edits[n-1].Add(editPause), "An approved template can be edited once in 24 hours.")
	}
	if left == 0 {
		e = e.until(edits[0].Add(editPeriod), "An approved template can be edited ten times in 30 days.")
	}
	return e
}

func (e Editing) until(from time.Time, why string) Editing {
	return Editing{WhyNot: why + " Make a copy if it cannot wait.", From: &from, Left: e.Left}
}

// The author's own edits; those in WhatsApp Manager count at Meta too.
const sqlEdits = `
select at from template_events
where tenant_id = $1 and template_id = $2 and kind = 'edited' and id >= $3 order by at`

func editsSince(ctx context.Context, tx pgx.Tx, tenant, id, since uuid.UUID) ([]time.Time, error) {
	rows, err := tx.Query(ctx, sqlEdits, tenant, id, since)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[time.Time])
}

// Edit submits a new content of a template to Meta, which reviews it again: until then nothing is
// sent with it. Name and language stay; the category of an approved one does too. Faults: conflict
// when Meta allows no edit now, or when a campaign in progress fills places that would change;
// else those of Create.
func (s *Service) Edit(ctx context.Context, id uuid.UUID, d Draft) (Template, error) {
	t, err := s.Get(ctx, id)
	if err != nil {
		return Template{}, err
	}
	d.Name, d.Language = t.Name, t.Language
	if t.Status == Approved {
		d.Category = t.Category
	}
	if err := s.fillSamples(ctx, &d); err != nil {
		return Template{}, err
	}
	if err := refuse(Lint(d)); err != nil {
		return Template{}, err
	}
	sender, err := s.senderToEdit(ctx, t, d)
	if err != nil {
		return Template{}, err
	}
	m := d.meta()
	edit := whatsapp.TemplateEdit{Components: m.Components, TTLSeconds: m.TTLSeconds}
	if m.Category != string(t.Category) {
		edit.Category = m.Category
	}
	if err := s.WhatsApp.EditTemplate(ctx, sender.Token, t.MetaID, edit); err != nil {
		return Template{}, s.createRefused(ctx, sender.Channel, err)
	}
	return s.keepEdited(ctx, t, d)
}

// senderToEdit checks that the template may be edited so, and opens its account.
func (s *Service) senderToEdit(ctx context.Context, t Template, d Draft) (sender channel.Sender, err error) {
	err = s.inTenant(ctx, "check edit", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		editing, err := s.editingOf(ctx, tx, t)
		if err != nil {
			return err
		}
		if !editing.Allowed {
			return fault.Conflict(editing.WhyNot).WithCode("edit_refused")
		}
		return s.keepsPlaces(ctx, tx, t, d)
	})
	if err != nil {
		return sender, err
	}
	return s.sender(ctx, t.TenantID, t.WABAID)
}

func (s *Service) editingOf(ctx context.Context, tx pgx.Tx, t Template) (Editing, error) {
	now := s.Clock.Now()
	edits, err := editsSince(ctx, tx, t.TenantID, t.ID, ident.At(now.Add(-editPeriod)))
	if err != nil {
		return Editing{}, fmt.Errorf("count edits: %w", err)
	}
	return t.editing(edits, now), nil
}

// keepsPlaces refuses an edit of the places that a campaign in progress has filled: people would
// get values where they do not belong.
func (s *Service) keepsPlaces(ctx context.Context, tx pgx.Tx, t Template, d Draft) error {
	if slices.Equal(places(t.Meta()), places(d.meta(), nil)) {
		return nil
	}
	n, err := s.Filled(ctx, tx, t)
	if err != nil || n == 0 {
		return err
	}
	return fault.Conflict(fmt.Sprintf("%d campaigns in progress have filled this template's places. Keep the same variables, buttons and header, or wait until they are done.", n)).
		WithCode("in_use").At("body.body", "changes the places that campaigns filled")
}

// places are a template's slots in order; nil for one that cannot be filled, in which nothing is.
func places(m whatsapp.Template, err error) (keys []string) {
	compiled, compileErr := whatsapp.CompileTemplate(m)
	if err != nil || compileErr != nil {
		return nil
	}
	for _, slot := range compiled.Slots() {
		keys = append(keys, slot.Key+" "+string(slot.Kind))
	}
	return keys
}

// keepEdited writes the edit. Where an event came meanwhile, it is the newer knowledge of the
// status.
func (s *Service) keepEdited(ctx context.Context, read Template, d Draft) (Template, error) {
	m := d.meta()
	components, err := json.Marshal(m.Components)
	if err != nil {
		return Template{}, fmt.Errorf("write components: %w", err)
	}
	changes := make([]change, 1)
	err = s.inTenant(ctx, "keep edit", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		before, err := lockTemplate(ctx, tx, tenant, read.ID)
		if err != nil {
			return err
		}
		after := before
		after.Components, after.Samples, after.ParameterFormat = components, d.samples(), m.ParameterFormat
		after.TTLSeconds = nil
		if m.TTLSeconds != 0 {
			after.TTLSeconds = &m.TTLSeconds
		}
		after.setCategory(d.Category)
		if sameTime(before.EventAt, read.EventAt) {
			after.setStatus(Pending)
		}
		changes[0] = change{before: before, after: after, submitted: true}
		return s.keep(ctx, tx, tenant, changes)
	})
	return changes[0].after, err
}

func sameTime(a, b *time.Time) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Equal(*b)
}

// Unpause asks Meta to end a pause that does not end by itself. Meta's event tells that it has.
func (s *Service) Unpause(ctx context.Context, id uuid.UUID) error {
	t, err := s.Get(ctx, id)
	if err != nil {
		return err
	}
	if t.Status != Paused || t.PausedUntil != nil {
		return fault.Conflict("Only a pause without an end of its own can be ended; the others end by themselves.").WithCode("status")
	}
	sender, err := s.sender(ctx, t.TenantID, t.WABAID)
	if err != nil {
		return err
	}
	reason, err := s.WhatsApp.UnpauseTemplate(ctx, sender.Token, t.MetaID)
	if err != nil {
		return refusedBy(err)
	}
	if reason != "" {
		return fault.Conflict("Meta did not end the pause: " + reason + ".").WithCode("unpause_refused")
	}
	return s.inTenant(ctx, "request synchronisation", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		return s.requestSync(ctx, tx, tenant, t.WABAID, causeAsked)
	})
}

// mayDelete refuses what Meta does not delete.
func (t Template) mayDelete() error {
	switch t.Status {
	case Deleted:
		return fault.Gone("This template is deleted already.")
	case PendingDeletion:
		return fault.Conflict("Meta is deleting this template: it waits for messages on their way, at most 30 days.").WithCode("status")
	case Disabled:
		return fault.Conflict("Meta keeps a disabled template for good: it can be neither deleted nor used.").WithCode("status")
	}
	return nil
}

// ready is a template with all that its page says.
type ready struct {
	Template
	editing   Editing
	languages []Template
}

// open reads a template with its languages and whether it may be edited.
func (s *Service) open(ctx context.Context, id uuid.UUID) (r ready, err error) {
	err = s.inTenant(ctx, "read template", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if r.Template, err = templateByID(ctx, tx, tenant, id); err != nil {
			return err
		}
		if r.editing, err = s.editingOf(ctx, tx, r.Template); err != nil {
			return err
		}
		r.languages, err = s.Languages(ctx, tx, tenant, r.Template)
		return err
	})
	return r, err
}
