package whatsappsim

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
	"time"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// typingFor is how long the business is shown as writing.
const typingFor = 25 * time.Second

// keepSent keeps a send for the person's phone, if there is one. What fails never gets there.
func (s *Sim) keepSent(req *sendRequest, plan *delivery) {
	found := s.chats.find(plan.number, plan.who)
	if found == nil || plan.fail != 0 {
		return
	}
	if req.kind == "reaction" {
		s.react(found, "business", req.body.Get("message_id").Text(), req.body.Get("emoji").Text())
		return
	}
	plan.kept = true
	message := &chatMessage{ID: string(s.appendMessageID(nil, plan.who, plan.seq)), At: s.now().UnixMilli(), Type: req.kind, Quote: req.quoted.Text()}
	if req.template != nil {
		message.Content = shown(req.template.snapshot(), req.body.Get("components"))
	} else {
		message.Content = append(json.RawMessage(nil), req.body...)
	}
	found.edit(func() {
		plan.phone = found.played
		message.plan = *plan
		found.add(message)
	})
}

// entryFor is how long everything is free once the business has answered somebody who came from
// an ad; it must answer within a day.
const entryFor = 72 * time.Hour

// freeEntry tells whether a send is free for that reason.
func (s *Sim) freeEntry(from *number, who uint64, now time.Time) bool {
	found := s.chats.find(from, who)
	if found == nil {
		return false
	}
	found.mu.Lock()
	defer found.mu.Unlock()
	if !found.referred.IsZero() && now.Sub(found.referred) < day*time.Second {
		found.entry = now.Add(entryFor)
	}
	found.referred = time.Time{}
	return now.Before(found.entry)
}

// react puts an emoji on a message, or takes it away.
func (s *Sim) react(on *chat, by, id, emoji string) {
	on.edit(func() {
		target := on.message(id)
		if target == nil {
			return
		}
		// A new map: those who look may still write the old one.
		reactions := map[string]string{by: emoji}
		for other, theirs := range target.Reactions {
			if other != by {
				reactions[other] = theirs
			}
		}
		if emoji == "" {
			delete(reactions, by)
		}
		target.Reactions, target.version = reactions, on.version
	})
}

// gone tells whether a reaction is to a message that its writer has deleted.
func (s *Sim) gone(from *number, req *sendRequest) bool {
	found := s.chats.find(from, req.who)
	if found == nil {
		return false
	}
	found.mu.Lock()
	defer found.mu.Unlock()
	target := found.message(req.body.Get("message_id").Text())
	return target != nil && target.Revoked
}

// arrive puts a message on a phone that is on.
func (s *Sim) arrive(d *delivery) {
	found := s.chats.find(d.number, d.who)
	if found == nil {
		return
	}
	found.edit(func() {
		message := found.message(string(s.appendMessageID(nil, d.who, d.seq)))
		if message == nil || found.off || found.blocked {
			return
		}
		found.typing = time.Time{}
		found.show(message)
	})
}

// show needs the lock.
func (c *chat) show(m *chatMessage) {
	m.arrived, m.version, m.Order = true, c.version, c.version
}

// phoneStep is the step that follows the one just told, by what the phone does: nothing is
// delivered while it is off, and nothing is read until somebody looks.
func (s *Sim) phoneStep(d *delivery, otherwise func() status) status {
	found := s.chats.find(d.number, d.who)
	if found == nil {
		return otherwise()
	}
	found.mu.Lock()
	defer found.mu.Unlock()
	message := found.message(string(s.appendMessageID(nil, d.who, d.seq)))
	if message == nil {
		return statusNone
	}
	message.told = d.status
	switch {
	case d.status == statusSent && message.arrived:
		return statusDelivered
	case d.status == statusDelivered && message.read:
		return statusRead
	}
	return statusNone
}

// readByPhone is what happens when somebody looks at the conversation.
func (s *Sim) readByPhone(c *chat) {
	var due []delivery
	c.mu.Lock()
	for _, message := range c.messages {
		if message.Mine || !message.arrived || message.read {
			continue
		}
		if message.read = true; message.told == statusDelivered {
			due = append(due, message.plan.at(statusRead))
		}
	}
	c.mu.Unlock()
	s.tellSteps(due)
}

// switchPhone turns a phone on or off; once on it gets what came meanwhile.
func (s *Sim) switchPhone(c *chat, off bool) {
	var due []delivery
	c.edit(func() {
		if c.off = off; off || c.blocked {
			return
		}
		for _, message := range c.messages {
			if message.Mine || message.arrived {
				continue
			}
			if c.show(message); message.told == statusSent {
				due = append(due, message.plan.at(statusDelivered))
			}
		}
	})
	s.tellSteps(due)
}

// block refuses all that the business sends from now on, and forgets what is on its way.
func (s *Sim) block(c *chat, blocked bool) {
	c.edit(func() {
		if c.blocked = blocked; !blocked {
			return
		}
		var arrived []*chatMessage
		for _, message := range c.messages {
			if message.Mine || message.arrived {
				arrived = append(arrived, message)
			}
		}
		c.messages = arrived
	})
}

// at is a delivery at a later step.
func (d delivery) at(step status) delivery {
	d.status, d.step = step, uint8(step)-1
	d.single = step != statusDelivered
	return d
}

func (s *Sim) tellSteps(due []delivery) {
	hook := &s.config.Load().Webhook
	for _, d := range due {
		if hook.Enabled {
			s.timeline.add(s.now(), d)
		}
	}
}

// playedByPhone tells that a voice note was listened to, the first time.
func (s *Sim) playedByPhone(c *chat, id string) {
	c.mu.Lock()
	message := c.message(id)
	first := message != nil && !message.Mine && message.arrived && !message.played &&
		message.Type == "audio" && jsonscan.Value(message.Content).Get("voice").True()
	if first {
		message.played = true
	}
	c.mu.Unlock()
	if first {
		s.tellSteps([]delivery{message.plan.at(statusPlayed)})
	}
}

// readByBusiness turns the ticks of all up to a message blue, and shows the business writing.
func (s *Sim) readByBusiness(from *number, req *sendRequest) {
	found := s.chatOf(from, req.readID.Text())
	if found == nil {
		return
	}
	found.edit(func() {
		last := found.message(req.readID.Text())
		if last == nil {
			return
		}
		for _, message := range found.messages {
			if message.Mine && message.State != "read" {
				message.State, message.version = "read", found.version
			}
			if message == last {
				break
			}
		}
		if req.typing {
			found.typing = s.now().Add(typingFor)
		}
	})
}

// chatOf finds the conversation of a message: its id tells the person.
func (s *Sim) chatOf(n *number, wamid string) *chat {
	if s.chats.kept.Load() == 0 || len(wamid) < len("wamid.") {
		return nil
	}
	raw, err := base64.StdEncoding.DecodeString(wamid[len("wamid."):])
	if err != nil || len(raw) < 3 || len(raw) < 3+int(raw[2]) {
		return nil
	}
	who, err := strconv.ParseUint(string(raw[3:3+int(raw[2])]), 10, 64)
	if err != nil {
		return nil
	}
	if found := s.chats.find(n, who); found != nil {
		return found
	}
	return s.chats.find(n, who|foreignPerson)
}
