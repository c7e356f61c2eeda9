package whatsappsim

import (
	"container/list"
	"encoding/json"
	"sync"
	"sync/atomic"
	"time"
)

// What is kept for phones: so many conversations, the least recently used goes first, and so
// many messages of each.
const (
	chatsMost  = 256
	chatLength = 200
)

// chatKey is one person's conversation with one business number.
type chatKey struct {
	number *number
	who    uint64
}

// chats are the conversations that people can look at on a phone: of those whose phone was
// opened, and of those who wrote. A send to anybody else costs one atomic read, or one look
// into a map while there are any.
type chats struct {
	kept atomic.Int32

	mu    sync.RWMutex
	byKey map[chatKey]*chat
	used  *list.List // of *chat, the last used in front
}

// chat is one conversation as the person's phone shows it.
type chat struct {
	key  chatKey
	used *list.Element // under the lock of chats

	mu   sync.Mutex // guards what follows
	name string
	// played: a phone was opened. It then says what is delivered and read, no longer chance.
	played       bool
	off, blocked bool
	typing       time.Time // until when the business is shown as writing
	// The person came from an ad, and what is free since the business answered.
	referred, entry time.Time
	version         int
	messages        []*chatMessage
	changed         chan struct{} // closed at the next change
}

// chatMessage is one message on a phone.
type chatMessage struct {
	ID string `json:"id"`
	// Mine: the person wrote it, not the business.
	Mine bool `json:"mine"`
	// At is Unix milliseconds; Order rises as messages arrive.
	At    int64  `json:"at"`
	Order int    `json:"order"`
	Type  string `json:"type"`
	// Content is the member named by Type; of a template, what it looks like.
	Content json.RawMessage `json:"content,omitempty"`
	Quote   string          `json:"quote,omitempty"`
	// State of the person's own: sent, delivered (the callback took it), read.
	State     string            `json:"state,omitempty"`
	Edited    bool              `json:"edited,omitempty"`
	Revoked   bool              `json:"revoked,omitempty"`
	Forwarded bool              `json:"forwarded,omitempty"`
	Reactions map[string]string `json:"reactions,omitempty"` // me and business → emoji
	// Payment of a bill: pending, failed, captured; "" while nobody has tried.
	Payment string `json:"payment,omitempty"`

	version int
	arrived bool // on the phone
	read    bool
	played  bool
	told    status   // the last step told to the business
	plan    delivery // of the business's messages
}

// find gives a conversation that is kept, or nil.
func (c *chats) find(n *number, who uint64) *chat {
	if c.kept.Load() == 0 {
		return nil
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.byKey[chatKey{n, who}]
}

// keep finds or makes a conversation and forgets the one that was not used for longest.
func (c *chats) keep(n *number, who uint64, name string) *chat {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := chatKey{n, who}
	found := c.byKey[key]
	if found == nil {
		found = &chat{key: key, changed: make(chan struct{})}
		if c.byKey == nil {
			c.byKey, c.used = map[chatKey]*chat{}, list.New()
		}
		c.byKey[key], found.used = found, c.used.PushFront(found)
	}
	c.used.MoveToFront(found.used)
	for len(c.byKey) > chatsMost {
		c.drop(c.used.Back().Value.(*chat))
	}
	c.kept.Store(int32(len(c.byKey)))
	if name != "" {
		found.edit(func() { found.name = name })
	}
	return found
}

// drop needs the lock. Who watches is woken to see that it is gone.
func (c *chats) drop(gone *chat) {
	c.used.Remove(gone.used)
	delete(c.byKey, gone.key)
	gone.edit(func() {})
}

// clear forgets all.
func (c *chats) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, gone := range c.byKey {
		c.drop(gone)
	}
	c.kept.Store(0)
}

// move hands a conversation on to the person's new number.
func (c *chats) move(n *number, old, now uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found := c.byKey[chatKey{n, old}]
	if found == nil {
		return
	}
	if other := c.byKey[chatKey{n, now}]; other != nil {
		c.drop(other)
	}
	moved := &chat{key: chatKey{n, now}, changed: make(chan struct{})}
	found.mu.Lock()
	moved.name, moved.played, moved.off, moved.version, moved.messages = found.name, found.played, found.off, found.version, found.messages
	moved.referred, moved.entry = found.referred, found.entry
	found.mu.Unlock()
	c.drop(found)
	c.byKey[moved.key], moved.used = moved, c.used.PushFront(moved)
	c.kept.Store(int32(len(c.byKey)))
}

// of lists a number's conversations, the last used first.
func (c *chats) of(n *number) (found []*chat) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.used == nil {
		return nil
	}
	for at := c.used.Front(); at != nil; at = at.Next() {
		if one := at.Value.(*chat); one.key.number == n {
			found = append(found, one)
		}
	}
	return found
}

// edit changes a conversation and wakes those who look.
func (c *chat) edit(change func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.version++
	change()
	close(c.changed)
	c.changed = make(chan struct{})
}

// message needs the lock.
func (c *chat) message(id string) *chatMessage {
	for i := len(c.messages) - 1; i >= 0; i-- {
		if c.messages[i].ID == id {
			return c.messages[i]
		}
	}
	return nil
}

// add needs the lock. A message told twice is one.
func (c *chat) add(m *chatMessage) {
	if c.message(m.ID) != nil {
		return
	}
	m.version, m.Order = c.version, c.version
	if c.messages = append(c.messages, m); len(c.messages) > chatLength {
		c.messages = append([]*chatMessage(nil), c.messages[len(c.messages)-chatLength:]...)
	}
}
