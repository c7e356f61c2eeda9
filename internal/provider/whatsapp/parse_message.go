package whatsapp

import (
	"bytes"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

func (p *parser) message(origin Origin, contacts, item jsonscan.Value) {
	event := InboundMessage{Origin: origin, Raw: bytes.Clone(item)}
	for key, value := range item.Fields() {
		event.readField(key, value)
	}
	switch {
	case item.Kind() != jsonscan.Object:
		p.bad(origin, item, "the message is not an object")
	case event.ID == "":
		p.bad(origin, item, "the message has no id")
	case event.From == "" && event.FromUserID == "":
		p.bad(origin, item, "the message has no sender")
	case event.At.IsZero():
		p.bad(origin, item, "the message has no time")
	default:
		event.readContact(contacts)
		event.readContent(item.Get(event.Type))
		event.Place = len(p.out.Messages)
		p.out.Messages = append(p.out.Messages, event)
	}
}

func (m *InboundMessage) readField(key []byte, value jsonscan.Value) {
	switch string(key) {
	case "id":
		m.ID = textOf(value)
	case "from":
		m.From = textOf(value)
	case "from_user_id":
		m.FromUserID = textOf(value)
	case "type":
		m.Type = textOf(value)
	case "timestamp":
		m.At = timeOf(value)
	case "context":
		m.ReplyTo = textOf(value.Get("id"))
	case "errors":
		m.Errors = readErrors(value)
	}
}

// readContact takes the name from the contact with the same id, or the only one.
func (m *InboundMessage) readContact(contacts jsonscan.Value) {
	for contact := range contacts.Items() {
		waID, userID := textOf(contact.Get("wa_id")), textOf(contact.Get("user_id"))
		same := waID != "" && waID == m.From || userID != "" && userID == m.FromUserID
		if !same && contacts.Len() > 1 {
			continue
		}
		profile := contact.Get("profile")
		m.ProfileName, m.Username = textOf(profile.Get("name")), textOf(profile.Get("username"))
		if m.FromUserID == "" {
			m.FromUserID = userID
		}
		return
	}
}

// readContent reads what a person would read, whatever the type.
func (m *InboundMessage) readContent(content jsonscan.Value) {
	if m.Type == "interactive" {
		content = firstOf(content, "button_reply", "list_reply", "nfm_reply")
	}
	m.Text = textOf(firstOf(content, "body", "caption", "text", "title", "emoji"))
	m.Payload = textOf(firstOf(content, "payload", "id", "response_json"))
	if m.Type != "button" && m.Type != "interactive" {
		m.Payload = ""
	}
}

func firstOf(value jsonscan.Value, names ...string) jsonscan.Value {
	for _, name := range names {
		if member := value.Get(name); member != nil {
			return member
		}
	}
	return nil
}
