package conversation

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// serviceWindow is how long a customer's message lets the workspace answer freely, from the customer's
// own time.
const serviceWindow = 24 * time.Hour

// Received puts inbound messages into their conversations. It is part of message.Hooks.Received.
func (s *Service) Received(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []message.Receipt) error {
	if len(list) == 0 {
		return nil
	}
	now := s.Clock.Now()
	byPair, err := s.lockFor(ctx, tx, tenant, list, now)
	if err != nil {
		return fmt.Errorf("find conversations: %w", err)
	}
	silent := map[uuid.UUID]bool{}
	if s.Hooks.Silent != nil {
		if silent, err = s.Hooks.Silent(ctx, tx, tenant, list); err != nil {
			return err
		}
	}
	for _, r := range list {
		if w := byPair[pair{r.ContactID, r.ChannelID}]; w != nil {
			w.receive(r, silent[r.ID], now)
		}
	}
	return s.settle(ctx, tx, tenant, values(byPair))
}

// lockFor locks the conversations of some messages, making those there are not yet.
func (s *Service) lockFor(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []message.Receipt, now time.Time) (map[pair]*work, error) {
	fresh, seen := []Conversation{}, map[pair]bool{}
	for _, r := range list {
		p := pair{r.ContactID, r.ChannelID}
		if !seen[p] {
			seen[p] = true
			fresh = append(fresh, Conversation{ID: ident.New(), ContactID: r.ContactID, ChannelID: r.ChannelID, LastAt: r.At})
		}
	}
	return lockedWorks(ctx, tx, tenant, fresh, now)
}

func lockedWorks(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, fresh []Conversation, now time.Time) (map[pair]*work, error) {
	found, err := lockPairs(ctx, tx, tenant, fresh, now)
	if err != nil {
		return nil, err
	}
	all, err := works(ctx, tx, tenant, found)
	if err != nil {
		return nil, err
	}
	byPair := make(map[pair]*work, len(all))
	for _, w := range all {
		byPair[pair{w.now.ContactID, w.now.ChannelID}] = w
	}
	return byPair, nil
}

// receive is what an inbound message does to its conversation. What the business wrote on its phone, and
// history, are shown and do no more.
func (w *work) receive(r message.Receipt, silent bool, now time.Time) {
	c := &w.now
	direction := "in"
	if r.Ours {
		direction = "out"
	}
	w.last(r.ID, r.At, direction, r.Kind, firstWords(r.Text, previewLength))
	w.say(r.ID, "message", r.Words)
	wants := r.Source == message.Live && !silent && asks(r.Kind)
	w.happened = append(w.happened, happening{what: Received, message: r.ID, at: r.At, by: system(), asks: wants})
	if r.Source == message.Echo {
		c.WaitingSince, c.Unread = nil, 0
	}
	if r.Source != message.Live {
		return
	}
	if r.Kind != "system" { // it is WhatsApp that tells of a change
		c.WindowUntil = later(c.WindowUntil, r.At.Add(serviceWindow))
	}
	c.LastInboundAt = later(c.LastInboundAt, r.At)
	if c.LastInboundID == nil || bytes.Compare(r.ID[:], c.LastInboundID[:]) > 0 {
		c.LastInboundID = &r.ID
	}
	if wants {
		w.asked(r, now)
	}
}

// asked is a customer's message that somebody has to see.
func (w *work) asked(r message.Receipt, now time.Time) {
	c := &w.now
	c.Unread++
	if c.WaitingSince == nil {
		c.WaitingSince = &r.At
	}
	switch c.Status {
	case Resolved:
		w.begin(byCustomer, r.At, now, system())
	case Snoozed:
		c.Status, c.SnoozedUntil = Open, nil
		w.event(Woken, now, system(), map[string]any{"by": byCustomer})
	case Pending:
		c.Status = Open
	}
	w.running.MessagesIn++
	if w.running.FirstInboundAt == nil {
		w.running.FirstInboundAt = &r.At
	}
}

// last keeps what the list shows, if the message is the thread's latest.
func (w *work) last(id uuid.UUID, at time.Time, direction, kind, text string) {
	c := &w.now
	if c.LastMessageID != nil && bytes.Compare(id[:], c.LastMessageID[:]) < 0 {
		return
	}
	c.LastMessageID, c.LastAt, c.LastDirection, c.LastKind, c.Preview = &id, at, direction, kind, text
}

// asks says whether a message of the kind wants somebody to see it.
func asks(kind string) bool { return kind != "reaction" && kind != "system" }

func system() contact.By { return contact.By{Kind: string(actor.System)} }

func values[K comparable, V any](m map[K]V) []V {
	list := make([]V, 0, len(m))
	for _, v := range m {
		list = append(list, v)
	}
	return list
}
