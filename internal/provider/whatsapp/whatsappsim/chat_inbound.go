package whatsappsim

import (
	"encoding/json"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// keepInbound shows on the person's phone what they did, and gives what to do once the callback
// has it.
func (s *Sim) keepInbound(to *number, who uint64, request InboundRequest, content any) (acked func(), err error) {
	raw, err := json.Marshal(content)
	if err != nil {
		return nil, err
	}
	found := s.chats.keep(to, who, request.Name)
	message := &chatMessage{ID: request.ID, Mine: true, At: request.At * 1000, Type: request.Type, Content: raw, Quote: request.ReplyTo,
		State: "sent", Forwarded: request.Forwarded || request.FrequentlyForwarded, arrived: true}
	if request.Referral != nil {
		found.edit(func() { found.referred = s.now() })
	}
	if s.apply(found, "me", message) {
		return nil, nil
	}
	found.edit(func() { found.add(message) })
	return func() {
		found.edit(func() {
			if message.State == "sent" {
				message.State, message.version = "delivered", found.version
			}
		})
	}, nil
}

// keepEcho shows what the merchant wrote in the phone app, if a phone looks.
func (s *Sim) keepEcho(from *number, who uint64, told map[string]any) error {
	found := s.chats.find(from, who)
	if found == nil {
		return nil
	}
	kind, _ := told["type"].(string)
	id, _ := told["id"].(string)
	raw, err := json.Marshal(told[kind])
	if err != nil {
		return err
	}
	message := &chatMessage{ID: id, At: s.now().UnixMilli(), Type: kind, Content: raw, arrived: true, read: true}
	if !s.apply(found, "business", message) {
		found.edit(func() { found.add(message) })
	}
	return nil
}

// apply does what a message says about another one; false for a message of its own.
func (s *Sim) apply(to *chat, by string, m *chatMessage) bool {
	content := jsonscan.Value(m.Content)
	switch m.Type {
	case "reaction":
		s.react(to, by, content.Get("message_id").Text(), content.Get("emoji").Text())
	case "edit":
		edited := content.Get("message")
		kind := edited.Get("type").Text()
		to.change(content.Get("original_message_id").Text(), func(old *chatMessage) {
			old.Type, old.Content, old.Edited = kind, append(json.RawMessage(nil), edited.Get(kind)...), true
		})
	case "revoke":
		to.change(content.Get("original_message_id").Text(), func(old *chatMessage) { old.Content, old.Revoked = nil, true })
	case "system", "request_welcome":
	default:
		return false
	}
	return true
}

// change edits one message, if it is kept.
func (c *chat) change(id string, edit func(*chatMessage)) {
	c.edit(func() {
		if message := c.message(id); message != nil {
			edit(message)
			message.version = c.version
		}
	})
}
