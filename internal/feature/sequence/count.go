package sequence

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// What is counted beside the states of messages.
const (
	countEntered  = "entered"
	countFinished = "finished"
	countReplied  = "replied"
	countCharged  = "charged" // ten-thousandths
	countExit     = "exit:"   // and the reason, at the step they got last; the nil step: before the first
)

// number names one count of a sequence or a step of it.
type number struct {
	sequence, step uuid.UUID
	what           string
}

func numberOf(sequence, step uuid.UUID, what string) number { return number{sequence, step, what} }

// counts are what a transaction adds.
type counts map[number]int64

const sqlCount = `
insert into sequence_counts (tenant_id, sequence_id, step_id, what, n)
select $1, u.sequence_id, u.step_id, u.what, u.n from unnest($2::uuid[], $3::uuid[], $4::text[], $5::bigint[]) as u(sequence_id, step_id, what, n)
on conflict (tenant_id, sequence_id, step_id, what) do update set n = sequence_counts.n + excluded.n`

// write adds the counts, in the one order in which everybody locks them.
func (c counts) write(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	var sequences, steps []uuid.UUID
	var what []string
	var n []int64
	for _, k := range slices.SortedFunc(maps.Keys(c), compareNumbers) {
		if c[k] == 0 {
			continue
		}
		sequences, steps, what, n = append(sequences, k.sequence), append(steps, k.step), append(what, k.what), append(n, c[k])
	}
	if len(n) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, sqlCount, tenant, sequences, steps, what, n)
	return err
}

func compareNumbers(a, b number) int {
	if d := bytes.Compare(a.sequence[:], b.sequence[:]); d != 0 {
		return d
	}
	if d := bytes.Compare(a.step[:], b.step[:]); d != 0 {
		return d
	}
	return strings.Compare(a.what, b.what)
}

const sqlCounts = `
select step_id, what, n from sequence_counts where tenant_id = $1 and sequence_id = $2`

// numbers reads all counts of a sequence.
func numbers(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (counts, error) {
	rows, err := tx.Query(ctx, sqlCounts, tenant, id)
	if err != nil {
		return nil, err
	}
	found := counts{}
	k, n := number{sequence: id}, int64(0)
	_, err = pgx.ForEachRow(rows, []any{&k.step, &k.what, &n}, func() error {
		found[k] = n
		return nil
	})
	return found, err
}
