package sequence

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
)

// A claim keeps how a step stands until it is committed: who leaves, or a pause, waits for it.
const sqlStanding = `
select x.message_id, q.status, e.state from sequence_sends x
join sequences q on q.tenant_id = $1 and q.id = x.sequence_id
join sequence_enrolments e on e.tenant_id = $1 and e.id = x.enrolment_id
where x.tenant_id = $1 and x.message_id = any($2) order by q.id, e.id for share of q, e`

// Standing says whether queued messages may still go. It is message.Hooks.Step.
func (s *Service) Standing(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, messages []uuid.UUID) (map[uuid.UUID]message.Standing, error) {
	rows, err := tx.Query(ctx, sqlStanding, tenant, messages)
	if err != nil {
		return nil, err
	}
	standings := make(map[uuid.UUID]message.Standing, len(messages))
	var id uuid.UUID
	var status Status
	var state State
	_, err = pgx.ForEachRow(rows, []any{&id, &status, &state}, func() error {
		standings[id] = stands(status, state)
		return nil
	})
	return standings, err
}

func stands(status Status, state State) message.Standing {
	switch {
	case status == Archived:
		return message.Standing{Cancelled: true, Reason: message.ReasonSequenceArchived}
	case state == Exited:
		return message.Standing{Cancelled: true, Reason: message.ReasonSequenceLeft}
	}
	return message.Standing{Runs: status == Active}
}

const sqlSequencesOf = `
select distinct x.sequence_id from sequence_sends x where x.tenant_id = $1 and x.message_id = any($2) order by 1`

// Halted pauses the sequences of messages that there is no credit for. It is message.Hooks.StepHalted.
func (s *Service) Halted(ctx context.Context, tenant uuid.UUID, messages []uuid.UUID, halt message.Halt) error {
	var found []uuid.UUID
	err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlSequencesOf, tenant, messages)
		if err != nil {
			return err
		}
		found, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		return err
	})
	for _, id := range found {
		if err == nil {
			err = s.halt(ctx, tenant, id, halt.Reason)
		}
	}
	return err
}

// Moved lets people in who came into a stage. It is contact.Service.Moved.
func (s *Service) Moved(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, steps []contact.Move) error {
	into := map[string][]uuid.UUID{}
	var stages []string
	for _, m := range steps {
		if m.What != contact.StageMoved || m.To == nil {
			continue
		}
		key := m.To.String()
		if into[key] == nil {
			stages = append(stages, key)
		}
		into[key] = append(into[key], m.Contact)
	}
	if len(stages) == 0 {
		return nil
	}
	found, err := triggered(ctx, tx, tenant, ByStage, stages...)
	if err != nil {
		return fmt.Errorf("find sequences of a stage: %w", err)
	}
	for _, q := range found {
		people := into[q.Published.Trigger.key()]
		slices.SortFunc(people, compareIDs)
		entered, err := s.enrol(ctx, tx, tenant, q, entering{people: people})
		if err != nil {
			return fmt.Errorf("enrol who came into a stage: %w", err)
		}
		if len(entered) > 0 {
			if err := s.publish(ctx, tx, tenant, q.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

func compareIDs(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) }
