package sequence

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
)

// asked are the outcomes whose people are listed from the steps' own index.
var asked = map[message.State]bool{
	message.Failed: true, message.Refused: true, message.Unknown: true, message.InDoubt: true,
	message.Expired: true, message.Cancelled: true, message.Duplicate: true,
}

// final are refusals of the gate after which nothing more of a sequence is wanted.
var final = map[string]string{
	message.ReasonSuppressed: exitSuppressed, message.ReasonLeft: exitOptedOut, message.ReasonOptedOut: exitOptedOut,
	message.ReasonStopped: exitOptedOut, message.ReasonContactGone: exitGone,
}

const sqlSends = `
select x.message_id, x.enrolment_id, x.sequence_id, x.step_id, x.number from sequence_sends x
where x.tenant_id = $1 and x.message_id = any($2)`

// sent is a step's message as the steps know it.
type sent struct {
	Message, Enrolment, Sequence, Step uuid.UUID
	Number                             int
}

// Changed counts messages of steps that moved, in the transaction that moved them: it ends the ways of
// those whose last message was handed over, and of those the gate refuses for good. Messages of campaigns
// cost nothing here. It is part of message.Hooks.Changed.
func (s *Service) Changed(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, changes []message.Change) error {
	var loose []uuid.UUID
	for _, c := range changes {
		if c.CampaignID == uuid.Nil {
			loose = append(loose, c.MessageID)
		}
	}
	if len(loose) == 0 {
		return nil
	}
	rows, err := tx.Query(ctx, sqlSends, tenant, loose)
	if err != nil {
		return err
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[sent])
	if err != nil || len(found) == 0 {
		return err
	}
	byMessage := make(map[uuid.UUID]sent, len(found))
	for _, x := range found {
		byMessage[x.Message] = x
	}
	n := news{counts: counts{}}
	for _, c := range changes {
		if x, ok := byMessage[c.MessageID]; ok {
			n.note(c, x)
		}
	}
	return n.write(ctx, tx, tenant, s)
}

// news is what a batch of moved messages says about their steps.
type news struct {
	counts   counts
	outcomes struct {
		ids           []uuid.UUID
		what, reasons []string
	}
	handed struct { // over to Meta, or ended before
		ids     []uuid.UUID
		numbers []int16
	}
	refused map[uuid.UUID]string // enrolment → why it ends
}

func (n *news) note(c message.Change, x sent) {
	if c.Charged != 0 {
		n.counts[numberOf(x.Sequence, x.Step, countCharged)] += int64(c.Charged)
	}
	if c.From == c.To {
		return
	}
	n.counts[numberOf(x.Sequence, x.Step, string(c.From))]--
	n.counts[numberOf(x.Sequence, x.Step, string(c.To))]++
	if asked[c.From] || asked[c.To] {
		outcome, reason := "", ""
		if asked[c.To] {
			outcome, reason = string(c.To), c.Reason
		}
		if c.ErrorCode != 0 && outcome != "" {
			reason = fmt.Sprintf("meta:%d", c.ErrorCode)
		}
		n.outcomes.ids, n.outcomes.what, n.outcomes.reasons = append(n.outcomes.ids, x.Message), append(n.outcomes.what, outcome), append(n.outcomes.reasons, reason)
	}
	if why := final[c.Reason]; c.To == message.Refused && why != "" {
		if n.refused == nil {
			n.refused = map[uuid.UUID]string{}
		}
		n.refused[x.Enrolment] = why
		return
	}
	if c.To != message.Sending && c.To != message.Queued && c.To != message.InDoubt {
		n.handed.ids, n.handed.numbers = append(n.handed.ids, x.Enrolment), append(n.handed.numbers, int16(x.Number))
	}
}

const (
	sqlOutcomes = `
update sequence_sends x set outcome = u.outcome, reason = u.reason
from unnest($2::uuid[], $3::text[], $4::text[]) as u(message_id, outcome, reason)
where x.tenant_id = $1 and x.message_id = u.message_id`
	sqlLeaveRefused = `
select e.id, e.sequence_id, e.last_step from sequence_enrolments e
where e.tenant_id = $1 and e.id = any($2) and e.ended_at is null order by e.id for update`
	// Only who waits for nothing but this message.
	sqlFinish = `
update sequence_enrolments e set state = 'finished', ended_at = $2
from (select w.id from unnest($3::uuid[], $4::smallint[]) as u(id, number)
    join sequence_enrolments w on w.tenant_id = $1 and w.id = u.id and w.step = u.number
    where w.tenant_id = $1 and w.ended_at is null and w.next_due is null order by w.id for update of w) o
where e.tenant_id = $1 and e.id = o.id returning e.sequence_id`
)

func (n *news) write(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, s *Service) error {
	if len(n.outcomes.ids) > 0 {
		if _, err := tx.Exec(ctx, sqlOutcomes, tenant, n.outcomes.ids, n.outcomes.what, n.outcomes.reasons); err != nil {
			return fmt.Errorf("write outcomes of steps: %w", err)
		}
	}
	if err := n.end(ctx, tx, tenant, s); err != nil {
		return err
	}
	if len(n.handed.ids) > 0 {
		rows, err := tx.Query(ctx, sqlFinish, tenant, s.Clock.Now(), n.handed.ids, n.handed.numbers)
		if err != nil {
			return fmt.Errorf("finish: %w", err)
		}
		var id uuid.UUID
		if _, err = pgx.ForEachRow(rows, []any{&id}, func() error {
			n.counts[numberOf(id, uuid.Nil, countFinished)]++
			return nil
		}); err != nil {
			return fmt.Errorf("finish: %w", err)
		}
	}
	return n.counts.write(ctx, tx, tenant)
}

// end lets those go whom the gate refuses for good.
func (n *news) end(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, s *Service) error {
	if len(n.refused) == 0 {
		return nil
	}
	ids := make([]uuid.UUID, 0, len(n.refused))
	for id := range n.refused {
		ids = append(ids, id)
	}
	list, err := collectLeaving(ctx, tx, sqlLeaveRefused, tenant, ids)
	if err != nil {
		return fmt.Errorf("find who is refused for good: %w", err)
	}
	for i := range list {
		list[i].reason = n.refused[list[i].ID]
	}
	return exit(ctx, tx, tenant, s.Clock.Now(), list, n.counts)
}
