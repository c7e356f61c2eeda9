package conversation

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/fulltext"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/realtime"
)

// work is a locked conversation on its way through one transaction: as it was, as it is by now, its
// running case, and what happened.
type work struct {
	was, now Conversation
	running  *Case // nil: none runs
	closed   *Case // the one that was resolved
	happened []happening
	texts    []text // said in it
}

// happening is one thing that happened to a conversation.
type happening struct {
	what     What
	message  uuid.UUID
	entry    uuid.UUID // of events and notes
	noted    bool      // its entry is stored already
	at       time.Time
	by       contact.By
	mentions []uuid.UUID
	asks     bool // of received: somebody has to see it
	data     map[string]any
}

// event happens and is told in the thread.
func (w *work) event(what What, at time.Time, by contact.By, data map[string]any) {
	w.happened = append(w.happened, happening{what: what, entry: ident.New(), at: at, by: by, data: data})
}

// say puts what a message or note says into the index.
func (w *work) say(id uuid.UUID, kind, said string) {
	w.texts = append(w.texts, text{id, w.now.ID, kind, fulltext.Words(said)})
}

// begin opens a case.
func (w *work) begin(openedBy string, at, now time.Time, by contact.By) {
	c := &w.now
	w.running = &Case{ID: ident.New(), ConversationID: c.ID, ContactID: c.ContactID, ChannelID: c.ChannelID, OpenedBy: openedBy, OpenedAt: at}
	c.CaseID, c.Status = &w.running.ID, Open
	w.event(Opened, now, by, map[string]any{"by": openedBy})
}

// works locks conversations and reads their running cases.
func works(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Conversation) ([]*work, error) {
	cases, err := casesOf(ctx, tx, tenant, list)
	if err != nil {
		return nil, fmt.Errorf("read running cases: %w", err)
	}
	all := make([]*work, len(list))
	for i, c := range list {
		all[i] = &work{was: c, now: c, running: cases[c.ID]}
	}
	return all, nil
}

// move locks conversations of the actor's workspace and lets do change each; what changed is stored,
// told to the hooks and published, in one transaction. do's error undoes everything.
func (s *Service) move(ctx context.Context, ids []uuid.UUID, do func(context.Context, pgx.Tx, uuid.UUID, *work) error) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		return s.moveIn(ctx, tx, tenant, ids, do)
	})
}

// moveIn is move in the caller's transaction.
func (s *Service) moveIn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, do func(context.Context, pgx.Tx, uuid.UUID, *work) error) error {
	found, err := lockAll(ctx, tx, tenant, ids)
	if err != nil {
		return err
	}
	if len(found) == 0 && len(ids) == 1 {
		return notFound(pgx.ErrNoRows)
	}
	all, err := works(ctx, tx, tenant, found)
	if err != nil {
		return err
	}
	for _, w := range all {
		if err := do(ctx, tx, tenant, w); err != nil {
			return err
		}
	}
	return s.settle(ctx, tx, tenant, all)
}

// settle stores what became of locked conversations, tells the hooks and publishes.
func (s *Service) settle(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, all []*work) error {
	var rows []Conversation
	var cases []*Case
	var entries []entry
	var changes []Change
	var texts []text
	for _, w := range all {
		if len(w.happened) == 0 {
			continue
		}
		rows, cases = append(rows, w.now), append(cases, w.cases()...)
		entries, changes, texts = append(entries, w.entries()...), append(changes, w.changes()...), append(texts, w.texts...)
	}
	if len(rows) == 0 {
		return nil
	}
	if err := store(ctx, tx, tenant, rows, cases, entries, texts); err != nil {
		return err
	}
	if s.Hooks.Changed != nil {
		if err := s.Hooks.Changed(ctx, tx, tenant, changes); err != nil {
			return err
		}
	}
	return realtime.PublishAll(ctx, tx, tenant, newsOf(changes))
}

// store writes what became of conversations, in one round trip.
func store(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, rows []Conversation, cases []*Case, entries []entry, texts []text) error {
	var batch pgx.Batch
	queueWrite(&batch, tenant, rows)
	queueCases(&batch, tenant, cases)
	queueEntries(&batch, tenant, entries)
	queueTexts(&batch, tenant, texts)
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return fmt.Errorf("store conversations: %w", err)
	}
	return nil
}

// cases are those to store: the one that runs, as its conversation is now, and the one that was closed.
func (w *work) cases() (list []*Case) {
	for _, k := range []*Case{w.closed, w.running} {
		if k != nil {
			k.AssigneeID, k.TeamID, k.Handler = w.now.AssigneeID, w.now.TeamID, w.now.Handler
			list = append(list, k)
		}
	}
	return list
}

func (w *work) entries() (list []entry) {
	for _, h := range w.happened {
		if h.entry != uuid.Nil && !h.noted {
			list = append(list, entry{ConversationID: w.now.ID, ID: h.entry, What: h.what, By: h.by, Data: h.data, CreatedAt: h.at})
		}
	}
	return list
}

func (w *work) changes() []Change {
	list := make([]Change, len(w.happened))
	for i, h := range w.happened {
		list[i] = Change{Was: w.was, Now: w.now, What: h.what, Case: w.running, MessageID: h.message, EntryID: h.entry, At: h.at, By: h.by, Mentions: h.mentions, Asks: h.asks}
		if w.running == nil {
			list[i].Case = w.closed
		}
	}
	return list
}

// TopicList is where the list's changes are published; Topic is a conversation's own, and TopicOne begins it.
const (
	TopicList = "conversations"
	TopicOne  = "conversation:"
)

// Topic is where news of one conversation is published.
func Topic(id uuid.UUID) string { return TopicOne + id.String() }

// news is what browsers and the process that fills it in hear: ids alone.
type news struct {
	ID      uuid.UUID  `json:"id"`
	What    What       `json:"what"`
	Message *uuid.UUID `json:"message,omitempty"`
	Entry   *uuid.UUID `json:"entry,omitempty"`
}

func newsOf(changes []Change) []realtime.News {
	list := make([]realtime.News, 0, 2*len(changes))
	for _, ch := range changes {
		n := news{ID: ch.Now.ID, What: ch.What, Message: idOrNull(ch.MessageID), Entry: idOrNull(ch.EntryID)}
		list = append(list, realtime.News{Topic: Topic(ch.Now.ID), Payload: n},
			realtime.News{Topic: TopicList, Payload: news{ID: ch.Now.ID, What: ch.What, Message: n.Message}})
	}
	return list
}

func idOrNull(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}
