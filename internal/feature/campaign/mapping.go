package campaign

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/link"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Source says where the value of one template slot comes from: a fixed text, a field of the
// contact with a fallback for those who lack it, or a link of the contact's own.
type Source struct {
	Slot     string `json:"slot" doc:"The slot's key: body.1, header.media, button.0"`
	Text     string `json:"text,omitempty" doc:"A fixed value for everybody"`
	Field    string `json:"field,omitempty" doc:"name, firstName, phone, email, or a contact field's key"`
	Fallback string `json:"fallback,omitempty" doc:"Used when the contact's field is empty"`
	Own      string `json:"own,omitempty" enum:"preferences" doc:"preferences: the contact's own page of choices; in a button, the end of its address"`

	Link *link.Target `json:"link,omitempty" doc:"A tracked link to there, each person's own, instead of a text or field"`
}

// empty says that nothing would ever come out of it.
func (s Source) empty() bool {
	return s.Link == nil && s.Own == "" && s.Field == "" && strings.TrimSpace(s.Text) == ""
}

// own is the address of the contact's preference page; a button's address begins with the page's,
// so the button gets what is left of it.
func (r *renderer) own(slot string, c contact.Contact) string {
	if r.preferences == nil {
		return ""
	}
	page := r.preferences(c.ID)
	if strings.HasPrefix(slot, "button.") {
		return page[strings.LastIndexByte(page, '/')+1:]
	}
	return page
}

// value is what one contact gets of a text or a field.
func (s Source) value(c contact.Contact) string {
	if s.Field == "" {
		return s.Text
	}
	if v := strings.TrimSpace(fieldOf(c, s.Field)); v != "" {
		return v
	}
	return s.Fallback
}

func fieldOf(c contact.Contact, key string) string {
	switch key {
	case "name":
		return c.Name
	case "firstName":
		first, _, _ := strings.Cut(strings.TrimSpace(c.Name), " ")
		return first
	case "phone":
		return c.Phone
	case "email":
		return c.Email
	}
	return c.Fields[key]
}

// renderer turns contacts into the parameters of a template.
type renderer struct {
	compiled *whatsapp.Compiled
	sources  []Source // one per slot, in the slots' order
	tracker  *link.Tracker
	// preferences is the address of a contact's preference page; nil: there is none.
	preferences func(contact uuid.UUID) string
}

// newRenderer matches a mapping to the template's slots; a slot that is required
// and has no source, or a source without a slot, is named.
func newRenderer(t *whatsapp.Compiled, mapping []Source) (*renderer, error) {
	bySlot := make(map[string]Source, len(mapping))
	for _, s := range mapping {
		bySlot[s.Slot] = s
	}
	r := &renderer{compiled: t}
	for _, slot := range t.Slots() {
		source, given := bySlot[slot.Key]
		if slot.Required && (!given || source.empty()) {
			return nil, fault.Invalid("Say what goes into every placeholder of the template.").
				At("body.mapping", fmt.Sprintf("%s has no value.", slotName(slot.Key)))
		}
		if source.Link != nil && slot.Kind != whatsapp.SlotURL && slot.Kind != whatsapp.SlotText {
			return nil, fault.Invalid("Only a text or a button's web address can be a tracked link.").
				At("body.mapping", fmt.Sprintf("%s cannot.", slotName(slot.Key)))
		}
		delete(bySlot, slot.Key)
		r.sources = append(r.sources, source)
	}
	for key := range bySlot {
		return nil, fault.Invalid("The mapping names a placeholder the template does not have.").
			At("body.mapping", fmt.Sprintf("%s is not in the template.", slotName(key)))
	}
	return r, nil
}

// params are a contact's values, cleaned as Meta wants them. An error names the place. Clicks on
// tracked links are those of the message of; for a sample, of is the campaign.
func (r *renderer) params(c contact.Contact, of uuid.UUID) (whatsapp.Params, error) {
	params := make(whatsapp.Params, len(r.sources))
	for i, s := range r.sources {
		if s.Link != nil && r.tracker != nil {
			params[i] = r.tracker.Value(s.Slot, of)
			continue
		}
		if s.Own != "" {
			params[i] = r.own(s.Slot, c)
			continue
		}
		params[i] = whatsapp.Sanitise(s.value(c))
	}
	return params, r.compiled.Check(params)
}

// placed are the tracked links of a mapping, in the template's order.
func (r *renderer) placed() (placed []link.Placed) {
	for i, slot := range r.compiled.Slots() {
		if target := r.sources[i].Link; target != nil {
			placed = append(placed, link.Placed{Slot: slot.Key, Target: *target, Before: slot.Before})
		}
	}
	return placed
}

// slotName is how a person reads a slot's key.
func slotName(key string) string {
	part, rest, _ := strings.Cut(key, ".")
	switch part {
	case "body":
		return "{{" + rest + "}} in the body"
	case "header":
		return "The header"
	case "button":
		return "Button " + rest
	case "carousel":
		return whatsapp.PlaceName(key)
	}
	return key
}
