package app

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// somebody stands for the name of a person who has none.
const somebody = "there"

// canAsk says why a template cannot ask people to confirm that they opted in: it must be one that
// Meta takes as utility, of the number's account, with nothing to fill in but a name.
func (c *Core) canAsk(ctx context.Context, tx pgx.Tx, tenant, channel, id uuid.UUID) error {
	_, _, err := c.asking(ctx, tx, tenant, channel, id)
	return err
}

func (c *Core) asking(ctx context.Context, tx pgx.Tx, tenant, channel, id uuid.UUID) (template.Template, *whatsapp.Compiled, error) {
	sender, err := c.Channels.Sendable(ctx, tx, tenant, channel)
	if errors.Is(err, pgx.ErrNoRows) {
		return template.Template{}, nil, fault.Invalid("There is no such number.").At("body.confirming.channelId", "Choose a number.").WithCode("cannot_ask")
	}
	if err != nil {
		return template.Template{}, nil, err
	}
	t, err := c.Templates.ByID(ctx, tx, tenant, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return t, nil, cannotAsk("There is no such template.")
	}
	if err != nil {
		return t, nil, err
	}
	compiled, err := c.Templates.Compiled(t)
	switch {
	case err != nil:
		return t, nil, cannotAsk("This template cannot be sent.")
	case !t.Sendable():
		return t, nil, cannotAsk("Meta has not approved this template, or has paused it.")
	case t.Category != template.Utility:
		return t, nil, cannotAsk("A question about consent must be a utility template: marketing would be refused.")
	case t.WABAID != sender.WABAID:
		return t, nil, cannotAsk("This template belongs to another account than the number.")
	case !onlyAName(compiled.Slots()):
		return t, nil, cannotAsk("Choose a template with at most one value, the person's name.")
	}
	return t, compiled, nil
}

// onlyAName says that at most one value must be filled in, and that it is a text.
func onlyAName(slots []whatsapp.Slot) bool {
	names := 0
	for _, slot := range slots {
		switch {
		case !slot.Required:
		case slot.Kind == whatsapp.SlotText:
			names++
		default:
			return false
		}
	}
	return names <= 1
}

func cannotAsk(sentence string) error {
	return fault.Invalid(sentence).At("body.confirming.templateId", sentence).WithCode("cannot_ask")
}

// ask queues the questions; the gate decides on each as on everything that leaves.
func (c *Core) ask(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, questions []consent.Question) ([]string, error) {
	drafts, shown := make([]message.Draft, len(questions)), make([]string, len(questions))
	for i, q := range questions {
		d := message.Draft{ID: q.ID, ChannelID: q.ChannelID, ContactID: q.ContactID, Origin: message.OriginConsent,
			Priority: message.PriorityReply, Text: q.Text}
		shown[i] = q.Text
		if q.Template != uuid.Nil {
			_, compiled, err := c.asking(ctx, tx, tenant, q.ChannelID, q.Template)
			if err != nil {
				return nil, err
			}
			d.TemplateID, d.Params = q.Template, paramsOf(compiled, q.Name)
			shown[i] = compiled.Preview(d.Params).Body
		}
		drafts[i] = d
	}
	return shown, c.Messages.Send(ctx, tx, tenant, drafts)
}

// paramsOf fills the name in; what need not be filled, such as what a button carries, is left to the
// template: a button without it carries its text.
func paramsOf(compiled *whatsapp.Compiled, name string) []string {
	if name == "" {
		name = somebody
	}
	params := make([]string, len(compiled.Slots()))
	for i, slot := range compiled.Slots() {
		if slot.Required {
			params[i] = name
		}
	}
	return params
}
