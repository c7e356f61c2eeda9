package campaign

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/link"
	"github.com/aerostic/aerostic/internal/feature/mapping"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Start starts a draft now, or at a time.
func (s *Service) Start(ctx context.Context, id uuid.UUID, at time.Time) (Campaign, error) {
	if at.IsZero() {
		return s.Begin(ctx, id, Schedule{})
	}
	return s.Begin(ctx, id, Schedule{At: &at})
}

// launch sets the campaign running and queues the freeze that feeds it.
func (s *Service) launch(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c *Campaign) error {
	now := s.Clock.Now()
	if err := s.placeLinks(ctx, tx, tenant, *c); err != nil {
		return err
	}
	c.StartedAt = &now
	if err := s.fixAudience(ctx, tx, tenant, c, now); err != nil {
		return err
	}
	if err := s.move(ctx, tx, tenant, c, Running); err != nil {
		return err
	}
	if c.RetryDays > 0 {
		until := now.AddDate(0, 0, c.RetryDays)
		c.RetryUntil = &until
		if err := setRetryUntil(ctx, tx, tenant, *c); err != nil {
			return err
		}
	}
	if err := openVariants(ctx, tx, tenant, *c); err != nil {
		return err
	}
	return s.Queue.Insert(ctx, tx, FreezeArgs{TenantID: tenant, CampaignID: c.ID}, nil)
}

// fixAudience keeps whom the segments mean at the start: what is edited later, and days that pass
// while recipients are frozen, change nothing.
func (s *Service) fixAudience(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c *Campaign, now time.Time) error {
	fixed, err := contact.Fix(ctx, tx, tenant, c.Audience, now)
	if err != nil || fixed.Fixed == nil {
		return err
	}
	c.Audience = fixed
	return update(ctx, tx, tenant, *c)
}

// complete checks that nothing is missing before people are written to.
func (s *Service) complete(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) error {
	if c.ChannelID == (uuid.UUID{}) {
		return fault.Invalid("Choose the number to send from.").At("body.channelId", "No number is chosen.")
	}
	if !c.hasTemplates() {
		return fault.Invalid("Choose a template.").At("body.templateId", "No template is chosen.")
	}
	if c.Audience.Nobody() {
		return fault.Invalid("Choose who gets the campaign.").At("body.audience", "The audience is empty.")
	}
	if _, err := contact.Fix(ctx, tx, tenant, c.Audience, s.Clock.Now()); err != nil {
		return err
	}
	if _, _, err := paceOf(ctx, tx, tenant, c.ChannelID); err != nil {
		return err
	}
	if err := s.worded(ctx, tx, tenant, c); err != nil {
		return err
	}
	return s.checkRoute(ctx, tx, tenant, c)
}

// worded checks that every version can be sent and is filled.
func (s *Service) worded(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) error {
	var first []link.Placed
	for variant := range int16(c.variants()) {
		l, err := s.wording(ctx, tx, tenant, c.as(variant+1))
		if err != nil {
			return inVariant(err, c, variant+1)
		}
		placed := l.Chosen.Placed()
		if variant == 0 {
			first = placed
			if err := c.clickable(placed); err != nil {
				return err
			}
		}
		if !slices.EqualFunc(first, placed, sameLink) {
			return inVariant(errOtherLinks, c, variant+1)
		}
	}
	return nil
}

// clickable refuses a test that clicks decide where there is nothing to click.
func (c Campaign) clickable(placed []link.Placed) error {
	if e := c.Experiment; e == nil || e.Winner == nil || e.Winner.Metric != MetricClicked || len(placed) > 0 {
		return nil
	}
	return fault.Invalid("The winner is to be chosen by clicks, but the message has no tracked link.").
		At("body.experiment.winner", "Put a tracked link in the message, or choose another measure.")
}

// errOtherLinks refuses a version with tracked links of its own: a campaign's links are counted
// by their places.
var errOtherLinks = fault.Invalid("Every version must have the same tracked links in the same places.").At("body.experiment", "Other links than version A.")

func sameLink(a, b link.Placed) bool {
	one, _ := a.Target.Address()
	two, _ := b.Target.Address()
	return a.Slot == b.Slot && one == two
}

// hasTemplates says whether every version has a template.
func (c Campaign) hasTemplates() bool {
	for variant := range int16(c.variants()) {
		if c.as(variant+1).TemplateID == (uuid.UUID{}) {
			return false
		}
	}
	return true
}

// inVariant names the version that a fault is in, where there are several.
func inVariant(err error, c Campaign, variant int16) error {
	if f, known := fault.As(err); known && c.variants() > 1 {
		return &fault.Error{Kind: f.Kind, Code: f.Code, Sentence: "Version " + variantName(variant) + ": " + f.Sentence, Fields: f.Fields}
	}
	return err
}

// wording loads the campaign's template in the languages it is sent in, ready to be filled.
func (s *Service) wording(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) (*mapping.Languages, error) {
	r, t, err := s.renderer(ctx, tx, tenant, c)
	if err != nil {
		return nil, err
	}
	return s.languagesOf(ctx, tx, tenant, c, t, r)
}

// renderer loads the campaign's template, checks that it can be sent and that the
// mapping fills it.
func (s *Service) renderer(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) (*mapping.Renderer, template.Template, error) {
	t, err := s.template(ctx, tx, tenant, c)
	if err != nil {
		return nil, t, err
	}
	if !t.Sendable() {
		return nil, t, fault.Conflict("The template is not approved at WhatsApp, so nothing can be sent with it.").
			At("body.templateId", "Status "+string(t.Status)+".").WithCode("template_unavailable")
	}
	compiled, err := s.Templates.Compiled(t)
	if err != nil {
		return nil, t, fault.Invalid("This template has a part that cannot be filled in yet.").At("body.templateId", err.Error())
	}
	r, err := s.rendererOf(tenant, compiled, c.Mapping)
	if err == nil {
		err = s.track(ctx, tx, tenant, c, r)
	}
	return r, t, err
}

// placeLinks gives a campaign that starts its tracked links: a run of a series was never a draft.
func (s *Service) placeLinks(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) error {
	if !slices.ContainsFunc(c.Mapping, func(s Source) bool { return s.Link != nil }) {
		return nil
	}
	_, _, err := s.renderer(ctx, tx, tenant, c)
	return err
}

// track gives the renderer the campaign's tracked links. Those of a draft follow its mapping;
// once it has started they stand still.
func (s *Service) track(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, r *mapping.Renderer) (err error) {
	placed := r.Placed()
	if r.Tracker, err = s.Links.Tracker(ctx, tx, tenant, placed); err != nil || c.StartedAt != nil {
		return err
	}
	return s.Links.Sync(ctx, tx, tenant, c.ID, placed)
}

// rendererOf is mapping.New with the pages of the tenant's contacts.
func (s *Service) rendererOf(tenant uuid.UUID, t *whatsapp.Compiled, sources []Source) (*mapping.Renderer, error) {
	if slices.ContainsFunc(sources, func(s Source) bool { return s.Event != "" }) {
		return nil, fault.Invalid("Only a sequence that an event starts has an event's values.").At("body.mapping", "An event's value.")
	}
	r, err := mapping.New(t, sources)
	if err == nil && s.Preferences != nil {
		r.Preferences = func(contact uuid.UUID) string { return s.Preferences(tenant, contact) }
	}
	return r, err
}

// template reads the campaign's template; one that is no more, or another tenant's, is a fault.
func (s *Service) template(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) (template.Template, error) {
	t, err := s.Templates.ByID(ctx, tx, tenant, c.TemplateID)
	if errors.Is(err, pgx.ErrNoRows) {
		return t, fault.Invalid("The template was deleted. Choose another.").At("body.templateId", "Deleted.")
	}
	if err != nil {
		return t, fmt.Errorf("read template: %w", err)
	}
	return t, nil
}

// Pause stops everything not yet claimed. What was handed to WhatsApp goes on.
func (s *Service) Pause(ctx context.Context, id uuid.UUID) (c Campaign, err error) {
	err = s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, found Campaign) error {
		c = found
		return s.move(ctx, tx, tenant, &c, Paused)
	})
	return c, err
}

// Resume goes on at the next recipient not yet handed over. Messages parked
// meanwhile are fed again first.
func (s *Service) Resume(ctx context.Context, id uuid.UUID) (c Campaign, err error) {
	err = s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, found Campaign) error {
		c = found
		if err := s.complete(ctx, tx, tenant, c); err != nil {
			return err
		}
		if err := s.versionsSendable(ctx, tx, tenant, c); err != nil {
			return err
		}
		if c.agreed, err = s.comingCategory(ctx, tx, tenant, c); err != nil {
			return err
		}
		return s.goOn(ctx, tx, tenant, &c)
	})
	return c, err
}

// goOn runs a paused campaign again, and sets its lane to work. One that never started waits for its
// time, or starts when that has passed.
func (s *Service) goOn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c *Campaign) error {
	switch {
	case c.StartedAt == nil && c.ScheduledAt != nil && c.ScheduledAt.After(s.Clock.Now()):
		return s.move(ctx, tx, tenant, c, Scheduled)
	case c.StartedAt == nil:
		return s.launch(ctx, tx, tenant, c)
	}
	if err := s.move(ctx, tx, tenant, c, Running); err != nil {
		return err
	}
	if err := wait(ctx, tx, tenant, c.ID, nil); err != nil {
		return err
	}
	return s.Messages.Ring(ctx, tx, c.ChannelID)
}

// Cancel ends the campaign. Whoever was not handed to WhatsApp is not written to.
func (s *Service) Cancel(ctx context.Context, id uuid.UUID) (c Campaign, err error) {
	err = s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, found Campaign) error {
		c = found
		now := s.Clock.Now()
		c.FinishedAt = &now
		if c.Status == Repeating {
			return s.stopSeries(ctx, tx, tenant, &c)
		}
		if err := s.move(ctx, tx, tenant, &c, Cancelled); err != nil {
			return err
		}
		return s.Queue.Insert(ctx, tx, CloseArgs{TenantID: tenant, CampaignID: c.ID}, nil)
	})
	return c, err
}

// Unschedule takes a planned start back; the campaign is a draft again.
func (s *Service) Unschedule(ctx context.Context, id uuid.UUID) (c Campaign, err error) {
	err = s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, found Campaign) error {
		c = found
		c.ScheduledAt, c.LocalAt = nil, nil
		return s.move(ctx, tx, tenant, &c, Draft)
	})
	return c, err
}
