package template

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Create checks a draft, submits it to Meta and keeps it with Meta's first word, usually
// pending. Faults: invalid with the places that break a rule, conflict for a name and language
// in use, unavailable when Meta did not answer; then a synchronisation finds out whether it
// took effect.
func (s *Service) Create(ctx context.Context, d Draft) (Template, error) {
	if err := s.fillSamples(ctx, &d); err != nil {
		return Template{}, err
	}
	if err := refuse(Lint(d)); err != nil {
		return Template{}, err
	}
	sender, err := s.senderFor(ctx, d)
	if err != nil {
		return Template{}, err
	}
	m := d.meta()
	created, err := s.WhatsApp.CreateTemplate(ctx, sender.Token, sender.WABAID, m)
	if err != nil {
		return Template{}, s.createRefused(ctx, sender.Channel, err)
	}
	var kept Template
	err = s.inTenant(ctx, "keep template", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		kept, err = s.keepCreated(ctx, tx, sender.Channel, d, created)
		return err
	})
	return kept, err
}

// senderFor finds the account that shall own the draft and refuses a name in use there.
func (s *Service) senderFor(ctx context.Context, d Draft) (sender channel.Sender, err error) {
	m := d.meta()
	err = s.inTenant(ctx, "check template name", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		sender, err = s.usable(ctx, tx, tenant, d.ChannelID)
		if err != nil {
			return err
		}
		known, err := lockByName(ctx, tx, tenant, sender.WABAID, m.Name, m.Language)
		if errors.Is(err, pgx.ErrNoRows) || (err == nil && known.Status == Deleted) {
			return s.refuseTwin(ctx, tx, sender, d)
		}
		if err != nil {
			return err
		}
		return fault.Conflict("A template of this name and language exists already. Choose another name.").
			At("body.name", "is in use").WithCode("name_taken")
	})
	return sender, err
}

// refuseTwin refuses a text and footer that another template of the account has: Meta takes it
// for a duplicate.
func (s *Service) refuseTwin(ctx context.Context, tx pgx.Tx, sender channel.Sender, d Draft) error {
	if d.Category == Authentication || len(d.Cards) > 0 {
		return nil
	}
	twin, err := twinOf(ctx, tx, sender.TenantID, sender.WABAID, strings.TrimSpace(d.Name), d.Body, d.Footer)
	if err != nil || twin == "" {
		return err
	}
	return fault.Invalid("Meta refuses a template with the text and footer of another: "+twin+" has the same.").
		At("body.body", "is the text of "+twin).WithCode("template.duplicate")
}

// usable opens the named number's account for calls. Pausing a number holds back messages,
// not its templates.
func (s *Service) usable(ctx context.Context, tx pgx.Tx, tenant, channelID uuid.UUID) (channel.Sender, error) {
	unknown := fault.Invalid("Choose one of your connected numbers.").At("body.channelId", "is not a number of this workspace")
	numbers, err := s.Channels.InUse(ctx, tx, tenant)
	if err != nil {
		return channel.Sender{}, err
	}
	for _, c := range numbers {
		if c.ID != channelID {
			continue
		}
		sender, err := s.Channels.OfWABA(ctx, tx, tenant, c.WABAID)
		if errors.Is(err, pgx.ErrNoRows) {
			return sender, fault.Conflict("This number cannot be used now: " + channel.Advise(c).Reason).WithCode("no_number")
		}
		return sender, err
	}
	return channel.Sender{}, unknown
}

// createRefused words the refusal. Without an answer Meta may have taken the template.
func (s *Service) createRefused(ctx context.Context, c channel.Channel, refusal error) error {
	if _, answered := errors.AsType[*whatsapp.Error](refusal); answered {
		return refusedBy(refusal)
	}
	err := s.inTenant(ctx, "request synchronisation", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		return s.requestSync(ctx, tx, tenant, c.WABAID, causeAsked)
	})
	return errors.Join(refusedBy(refusal), err)
}

// keepCreated writes the submitted template. A deleted one of the same name and language
// gives its row; a synchronisation may have been faster.
func (s *Service) keepCreated(ctx context.Context, tx pgx.Tx, c channel.Channel, d Draft, created whatsapp.CreatedTemplate) (Template, error) {
	m := d.meta()
	before, err := lockByName(ctx, tx, c.TenantID, c.WABAID, m.Name, m.Language)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return Template{}, err
	}
	if err == nil && before.MetaID == created.ID {
		return before, nil
	}
	after, err := s.fresh(c, m, created)
	if err != nil {
		return Template{}, err
	}
	after.Samples = d.samples()
	if before.ID != uuid.Nil {
		after.ID, after.CreatedAt = before.ID, before.CreatedAt
	}
	changes := []change{{before: before, after: after, submitted: true}}
	err = s.keep(ctx, tx, c.TenantID, changes)
	return changes[0].after, err
}

func (s *Service) fresh(c channel.Channel, m whatsapp.Template, created whatsapp.CreatedTemplate) (Template, error) {
	components, err := json.Marshal(m.Components)
	if err != nil {
		return Template{}, fmt.Errorf("write components: %w", err)
	}
	now := s.Clock.Now()
	t := Template{
		TenantID: c.TenantID, ID: ident.New(), WABAID: c.WABAID, MetaID: created.ID,
		Name: m.Name, Language: m.Language, Category: Category(m.Category), Quality: "UNKNOWN",
		ParameterFormat: m.ParameterFormat, Components: components,
		Status:   Status(or(strings.ToUpper(created.Status), string(Pending))),
		SyncedAt: now, CreatedAt: now,
	}
	if m.TTLSeconds != 0 {
		t.TTLSeconds = &m.TTLSeconds
	}
	t.setCategory(Category(strings.ToUpper(created.Category)))
	return t, nil
}
