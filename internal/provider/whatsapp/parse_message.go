package whatsapp

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

func (p *parser) message(origin Origin, contacts, item jsonscan.Value) {
	event := InboundMessage{Origin: origin, Raw: bytes.Clone(item)}
	for key, value := range item.Fields() {
		event.readField(key, value)
	}
	event.readContact(contacts)
	p.keep(event, item)
}

// keep takes a message whose sender is known.
func (p *parser) keep(event InboundMessage, item jsonscan.Value) {
	switch {
	case item.Kind() != jsonscan.Object:
		p.bad(event.Origin, item, "the message is not an object")
	case event.ID == "":
		p.bad(event.Origin, item, "the message has no id")
	case event.From == "" && event.FromUserID == "":
		p.bad(event.Origin, item, "the message has no sender")
	case event.At.IsZero():
		p.bad(event.Origin, item, "the message has no time")
	default:
		event.readContent(item.Get(event.Type))
		event.Place = len(p.out.Messages)
		p.out.Messages = append(p.out.Messages, event)
	}
}

// echoes reads what the business wrote on its phone; each is to its customer.
func (p *parser) echoes(origin Origin, value jsonscan.Value) {
	list := value.Get("message_echoes")
	if list.Kind() != jsonscan.Array {
		p.out.Unknown = append(p.out.Unknown, UnknownItem{origin, bytes.Clone(value)})
		return
	}
	for item := range list.Items() {
		event := InboundMessage{Origin: origin, Raw: bytes.Clone(item)}
		for key, member := range item.Fields() {
			event.readField(key, member)
		}
		event.Source, event.Ours = SourceEcho, true
		event.From, event.FromUserID = textOf(item.Get("to")), textOf(item.Get("to_user_id"))
		event.readContact(value.Get("contacts"))
		p.keep(event, item)
	}
}

// history reads what was written before the number was connected. A business that does not share it
// sends an error instead.
func (p *parser) history(origin Origin, value jsonscan.Value) {
	for chunk := range value.Get("history").Items() {
		for item := range chunk.Get("errors").Items() {
			p.out.Errors = append(p.out.Errors, NumberError{origin, readError(item)})
		}
		for thread := range chunk.Get("threads").Items() {
			for item := range thread.Get("messages").Items() {
				p.past(origin, textOf(thread.Get("id")), value.Get("contacts"), item)
			}
		}
	}
	for item := range value.Get("messages").Items() {
		p.past(origin, "", value.Get("contacts"), item)
	}
}

// past reads a message of history, which is in the thread with a customer.
func (p *parser) past(origin Origin, customer string, contacts, item jsonscan.Value) {
	event := InboundMessage{Origin: origin, Source: SourceHistory, Raw: bytes.Clone(item)}
	for key, member := range item.Fields() {
		event.readField(key, member)
	}
	to := textOf(item.Get("to"))
	ours := origin.DisplayPhoneNumber != "" && digits(event.From) == digits(origin.DisplayPhoneNumber)
	switch {
	case customer == "" && ours:
		customer = to
	case customer == "":
		customer = event.From
	}
	event.Ours = ours || event.From != "" && digits(event.From) != digits(customer)
	event.Status = Status(strings.ToLower(textOf(item.Get("history_context").Get("status"))))
	if strings.Contains(customer, ".") {
		event.From, event.FromUserID = "", customer
	} else {
		event.From = digits(customer)
	}
	event.readContact(contacts)
	p.keep(event, item)
}

// digits are those of a phone number, however it is written.
func digits(phone string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, phone)
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
		if !same && (contacts.Len() > 1 || m.Source != SourceLive) {
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

// readContent reads what a person would read, whatever the type, and what the type means for others.
func (m *InboundMessage) readContent(content jsonscan.Value) {
	switch m.Type {
	case "":
		m.Type = "unknown"
	case "interactive":
		content = firstOf(content, "button_reply", "list_reply", "nfm_reply")
	case "reaction":
		m.Target = textOf(content.Get("message_id"))
	case "edit", "revoke":
		m.Target = textOf(content.Get("original_message_id"))
		content = content.Get("message")
		content = content.Get(textOf(content.Get("type")))
	case "system":
		m.readMove(content)
	case "image", "video", "audio", "document", "sticker":
		m.readMedia(content)
	}
	m.Text = textOf(firstOf(content, "body", "caption", "text", "title", "emoji"))
	m.Payload = textOf(firstOf(content, "payload", "id", "response_json"))
	if m.Type != "button" && m.Type != "interactive" {
		m.Payload = ""
	}
}

// readMove reads a customer's new number or user id.
func (m *InboundMessage) readMove(content jsonscan.Value) {
	moved := Moved{WAID: digits(textOf(content.Get("wa_id"))), UserID: textOf(content.Get("user_id"))}
	if moved != (Moved{}) {
		m.Moved = &moved
	}
}

func (m *InboundMessage) readMedia(content jsonscan.Value) {
	media := InboundMedia{Kind: m.Type, ID: textOf(content.Get("id")), MIME: textOf(content.Get("mime_type")), SHA256: hexOf(textOf(content.Get("sha256"))),
		Filename: textOf(content.Get("filename")), Voice: content.Get("voice").True(), Animated: content.Get("animated").True()}
	if media.ID != "" {
		m.Media = &media
	}
}

// hexOf reads a hash that Meta writes in base64 here and in hex there.
func hexOf(hash string) string {
	if raw, err := base64.StdEncoding.DecodeString(hash); err == nil && len(raw) == 32 {
		return hex.EncodeToString(raw)
	}
	if raw, err := hex.DecodeString(hash); err == nil && len(raw) == 32 {
		return strings.ToLower(hash)
	}
	return ""
}

func firstOf(value jsonscan.Value, names ...string) jsonscan.Value {
	for _, name := range names {
		if member := value.Get(name); member != nil {
			return member
		}
	}
	return nil
}
