package conversation

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/realtime"
)

// What features above tell in the thread. They move nothing by themselves.
const (
	Breached  What = "sla_breached"  // event: a promise fell due
	Escalated What = "escalated"     // event: and nobody has kept it since
	Rated     What = "csat_answered" // event: the customer rated a case
	Paid      What = "paid"          // event: the customer paid what they were asked for
	PaidOther What = "paid_other"    // event: the customer paid, but another amount
)

// Record is something to tell in a thread.
type Record struct {
	Conversation uuid.UUID
	What         What
	Data         map[string]any
}

// LockIn locks conversations in the order of their ids, with the cases that run in them. Who is to lock
// rows that follow a conversation locks it first.
func (s *Service) LockIn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]Conversation, map[uuid.UUID]*Case, error) {
	list, err := lockAll(ctx, tx, tenant, ids)
	if err != nil {
		return nil, nil, err
	}
	found := make(map[uuid.UUID]Conversation, len(list))
	for _, c := range list {
		found[c.ID] = c
	}
	cases, err := casesOf(ctx, tx, tenant, list)
	return found, cases, err
}

// ShowIn has browsers show a message of a thread anew, in the caller's transaction: what stands beside it
// changed.
func (s *Service) ShowIn(ctx context.Context, tx pgx.Tx, tenant, conversation, message uuid.UUID) error {
	return realtime.PublishAll(ctx, tx, tenant, []realtime.News{{Topic: Topic(conversation), Payload: news{ID: conversation, What: Ticks, Message: &message}}})
}

// RecordIn tells events in threads, in the caller's transaction.
func (s *Service) RecordIn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Record) error {
	of, ids := map[uuid.UUID][]Record{}, []uuid.UUID{}
	for _, r := range list {
		of[r.Conversation] = append(of[r.Conversation], r)
		ids = append(ids, r.Conversation)
	}
	now, by := s.Clock.Now(), contact.ByOf(ctx)
	return s.moveIn(ctx, tx, tenant, ids, func(_ context.Context, _ pgx.Tx, _ uuid.UUID, w *work) error {
		for _, r := range of[w.now.ID] {
			w.event(r.What, now, by, r.Data)
		}
		return nil
	})
}
