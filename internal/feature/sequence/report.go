package sequence

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// Report is how many people are where.
type Report struct {
	Entered  int64        `json:"entered"`
	Waiting  int64        `json:"waiting" doc:"Inside now"`
	Finished int64        `json:"finished"`
	Exited   int64        `json:"exited"`
	Exits    []Exit       `json:"exits" doc:"Why people left, whenever they did"`
	Before   int64        `json:"before" doc:"Of the exited, those who left before the first step"`
	Charged  money.Amount `json:"charged" doc:"Ten-thousandths"`
	Steps    []StepReport `json:"steps" doc:"Of the live version, in their order, then those of earlier versions"`
}

// Exit is how many left for one reason.
type Exit struct {
	Reason string `json:"reason"`
	Note
	People int64 `json:"people"`
}

// StepReport is what became of a step's messages. Sent includes what was delivered, delivered what was read.
type StepReport struct {
	StepID    uuid.UUID    `json:"stepId"`
	Live      bool         `json:"live" doc:"The live version has it"`
	Reached   int64        `json:"reached" doc:"People whose turn it was"`
	Queued    int64        `json:"queued" doc:"Not yet handed to WhatsApp"`
	Sent      int64        `json:"sent"`
	Delivered int64        `json:"delivered"`
	Read      int64        `json:"read"`
	Failed    int64        `json:"failed" doc:"WhatsApp did not deliver it"`
	Refused   int64        `json:"refused" doc:"Not sent, for a reason of ours"`
	Cancelled int64        `json:"cancelled" doc:"Not sent: they left in between"`
	Unsure    int64        `json:"unsure" doc:"Not known whether it left"`
	Replied   int64        `json:"replied"`
	Left      []Exit       `json:"left" doc:"Who left after this step, and why"`
	Charged   money.Amount `json:"charged" doc:"Ten-thousandths"`
}

// outcomes are the states a number of a step stands for.
var outcomes = map[string][]message.State{
	"reached":   message.States(),
	"queued":    {message.Queued, message.Sending},
	"sent":      {message.Accepted, message.Sent, message.Delivered, message.Read},
	"delivered": {message.Delivered, message.Read},
	"read":      {message.Read},
	"failed":    {message.Failed, message.Expired},
	"refused":   {message.Refused},
	"cancelled": {message.Cancelled, message.Duplicate},
	"unsure":    {message.InDoubt, message.Unknown},
}

// Report counts a sequence's people.
func (s *Service) Report(ctx context.Context, id uuid.UUID) (r Report, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		q, err := byID(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		c, err := numbers(ctx, tx, tenant, id)
		if err != nil {
			return fmt.Errorf("read counts: %w", err)
		}
		r = reportOf(q, c)
		return nil
	})
	return r, err
}

func reportOf(q Sequence, c counts) Report {
	r := Report{Entered: c[numberOf(q.ID, uuid.Nil, countEntered)], Finished: c[numberOf(q.ID, uuid.Nil, countFinished)], Steps: []StepReport{}}
	all := map[string]int64{}
	var steps []uuid.UUID
	if q.Published != nil {
		for _, step := range q.Published.Steps {
			steps = append(steps, step.ID)
		}
	}
	live := len(steps)
	for k, n := range c {
		if reason, isExit := strings.CutPrefix(k.what, countExit); isExit {
			all[reason] += n
			r.Exited += n
		}
		if k.step != uuid.Nil && !slices.Contains(steps, k.step) {
			steps = append(steps, k.step)
		}
	}
	slices.SortFunc(steps[live:], compareIDs)
	for i, id := range steps {
		step := stepReport(q.ID, id, c)
		step.Live = i < live
		r.Charged += step.Charged
		r.Steps = append(r.Steps, step)
	}
	for _, e := range exitsOf(q.ID, uuid.Nil, c) {
		r.Before += e.People
	}
	r.Exits, r.Waiting = inWords(all), r.Entered-r.Finished-r.Exited
	return r
}

func stepReport(sequence, id uuid.UUID, c counts) StepReport {
	of := func(name string) (n int64) {
		for _, state := range outcomes[name] {
			n += c[numberOf(sequence, id, string(state))]
		}
		return n
	}
	return StepReport{StepID: id, Reached: of("reached"), Queued: of("queued"), Sent: of("sent"), Delivered: of("delivered"), Read: of("read"),
		Failed: of("failed"), Refused: of("refused"), Cancelled: of("cancelled"), Unsure: of("unsure"),
		Replied: c[numberOf(sequence, id, countReplied)], Left: exitsOf(sequence, id, c), Charged: money.Amount(c[numberOf(sequence, id, countCharged)])}
}

func exitsOf(sequence, step uuid.UUID, c counts) []Exit {
	found := map[string]int64{}
	for reason := range exits {
		if n := c[numberOf(sequence, step, countExit+reason)]; n > 0 {
			found[reason] = n
		}
	}
	return inWords(found)
}

// inWords lists reasons, the most frequent first.
func inWords(of map[string]int64) []Exit {
	list := []Exit{}
	for reason, n := range of {
		list = append(list, Exit{reason, exits[reason], n})
	}
	slices.SortFunc(list, func(a, b Exit) int {
		if a.People != b.People {
			return int(b.People - a.People)
		}
		return strings.Compare(a.Reason, b.Reason)
	})
	return list
}

// explain puts a step's reason in plain words: the gate's, or Meta's code.
func explain(reason string) message.Explanation {
	if code, isMeta := strings.CutPrefix(reason, "meta:"); isMeta {
		n, _ := strconv.Atoi(code)
		return message.Explain("", n)
	}
	return message.Explain(reason, 0)
}
