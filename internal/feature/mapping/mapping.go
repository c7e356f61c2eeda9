// Package mapping says where each slot of a template gets its value from, and fills the template for
// one person in the language they read.
//
// It owns no table: campaigns and steps of sequences keep their own mappings. It does not own what a
// template has (template), who a person is (contact) or where a tracked link leads (link).
package mapping

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/link"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Source says where the value of one template slot comes from: a fixed text, a field of the contact or
// a value of the event that began it, with a fallback for those who lack it, or a link of the contact's
// own.
type Source struct {
	Slot     string `json:"slot" doc:"The slot's key: body.1, header.media, button.0"`
	Text     string `json:"text,omitempty" doc:"A fixed value for everybody"`
	Field    string `json:"field,omitempty" doc:"name, firstName, phone, email, or a contact field's key"`
	Event    string `json:"event,omitempty" maxLength:"60" doc:"A value of the event, by its name; in sequences that an event starts"`
	Fallback string `json:"fallback,omitempty" doc:"Used when the contact's field, or the event's value, is empty"`
	Own      string `json:"own,omitempty" enum:"preferences" doc:"preferences: the contact's own page of choices; in a button, the end of its address"`

	Link *link.Target `json:"link,omitempty" doc:"A tracked link to there, each person's own, instead of a text or field"`
}

// empty says that nothing would ever come out of it.
func (s Source) empty() bool {
	return s.Link == nil && s.Own == "" && s.Field == "" && s.Event == "" && strings.TrimSpace(s.Text) == ""
}

// own is the address of the contact's preference page; a button's address begins with the page's,
// so the button gets what is left of it.
func (r *Renderer) own(slot string, c contact.Contact) string {
	if r.Preferences == nil {
		return ""
	}
	page := r.Preferences(c.ID)
	if strings.HasPrefix(slot, "button.") {
		return page[strings.LastIndexByte(page, '/')+1:]
	}
	return page
}

// value is what one contact gets of a text, a field or an event's value.
func (s Source) value(c contact.Contact, event map[string]string) string {
	v := ""
	switch {
	case s.Event != "":
		v = event[s.Event]
	case s.Field != "":
		v = fieldOf(c, s.Field)
	default:
		return s.Text
	}
	if v = strings.TrimSpace(v); v != "" {
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

// Renderer turns contacts into the parameters of a template.
type Renderer struct {
	Compiled *whatsapp.Compiled
	Tracker  *link.Tracker // of the tracked links; nil: there are none
	// Preferences is the address of a contact's preference page; nil: there is none.
	Preferences func(contact uuid.UUID) string

	sources []Source // one per slot, in the slots' order
}

// New matches a mapping to the template's slots; a slot that is required
// and has no source, or a source without a slot, is named.
func New(t *whatsapp.Compiled, sources []Source) (*Renderer, error) {
	bySlot := make(map[string]Source, len(sources))
	for _, s := range sources {
		bySlot[s.Slot] = s
	}
	r := &Renderer{Compiled: t}
	for _, slot := range t.Slots() {
		source, given := bySlot[slot.Key]
		if slot.Required && (!given || source.empty()) {
			return nil, fault.Invalid("Say what goes into every placeholder of the template.").
				At("body.mapping", fmt.Sprintf("%s has no value.", SlotName(slot.Key)))
		}
		if source.Link != nil && slot.Kind != whatsapp.SlotURL && slot.Kind != whatsapp.SlotText {
			return nil, fault.Invalid("Only a text or a button's web address can be a tracked link.").
				At("body.mapping", fmt.Sprintf("%s cannot.", SlotName(slot.Key)))
		}
		delete(bySlot, slot.Key)
		r.sources = append(r.sources, source)
	}
	for key := range bySlot {
		return nil, fault.Invalid("The mapping names a placeholder the template does not have.").
			At("body.mapping", fmt.Sprintf("%s is not in the template.", SlotName(key)))
	}
	return r, nil
}

// Params are a contact's values, and those of the event if one began it, cleaned as Meta wants them. An
// error names the place. Clicks on tracked links are those of the message of; for a sample, of is the
// campaign.
func (r *Renderer) Params(c contact.Contact, event map[string]string, of uuid.UUID) (whatsapp.Params, error) {
	params := make(whatsapp.Params, len(r.sources))
	for i, s := range r.sources {
		if s.Link != nil && r.Tracker != nil {
			params[i] = r.Tracker.Value(s.Slot, of)
			continue
		}
		if s.Own != "" {
			params[i] = r.own(s.Slot, c)
			continue
		}
		params[i] = whatsapp.Sanitise(s.value(c, event))
	}
	return params, r.Compiled.Check(params)
}

// Placed are the tracked links of a mapping, in the template's order.
func (r *Renderer) Placed() (placed []link.Placed) {
	for i, slot := range r.Compiled.Slots() {
		if target := r.sources[i].Link; target != nil {
			placed = append(placed, link.Placed{Slot: slot.Key, Target: *target, Before: slot.Before})
		}
	}
	return placed
}

// SlotName is how a person reads a slot's key.
func SlotName(key string) string {
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
