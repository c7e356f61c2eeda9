package bench

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// tick is the kernel's unit in /proc/PID/stat (USER_HZ, 100 on Linux everywhere).
const tick = 10 * time.Millisecond

// cost is what a stretch of work took: CPU of this process and of Postgres, and
// statements that Postgres ran.
type cost struct {
	cpu        time.Duration
	statements int64
}

func (c cost) minus(before cost) cost {
	return cost{c.cpu - before.cpu, c.statements - before.statements}
}

// perMessage is the CPU of one message of n in milliseconds.
func (c cost) perMessage(n int) float64 {
	return round(float64(c.cpu.Microseconds()) / 1000 / float64(n))
}

// cost reads the counters. Statements are zero where pg_stat_statements is missing.
func (w *world) cost(ctx context.Context) (cost, error) {
	own, err := ownCPU()
	if err != nil {
		return cost{}, err
	}
	pg := time.Duration(0)
	if w.postgres != nil {
		if pg, err = treeCPU(w.postgres.Pid()); err != nil {
			return cost{}, err
		}
	}
	var statements *int64
	_, err = w.super.Exec(ctx, "create extension if not exists pg_stat_statements")
	if err == nil {
		err = w.super.QueryRow(ctx, "select sum(calls)::bigint from pg_stat_statements").Scan(&statements)
	}
	c := cost{cpu: own + pg}
	if err == nil && statements != nil {
		c.statements = *statements
	}
	return c, nil
}

// ownCPU is the CPU of this process.
func ownCPU() (time.Duration, error) {
	var usage syscall.Rusage
	err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()), err
}

// treeCPU sums the CPU of a process, its living children and those it has reaped.
func treeCPU(root int) (time.Duration, error) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return 0, fmt.Errorf("read CPU times: %w", err)
	}
	total := time.Duration(0)
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		stat, err := os.ReadFile("/proc/" + e.Name() + "/stat")
		if err != nil {
			continue // it ended meanwhile
		}
		_, rest, _ := strings.Cut(string(stat), ") ")
		f := strings.Fields(rest)
		if len(f) < 15 || pid != root && f[1] != strconv.Itoa(root) {
			continue
		}
		total += ticks(f[11]) + ticks(f[12])
		if pid == root {
			total += ticks(f[13]) + ticks(f[14])
		}
	}
	return total, nil
}

func ticks(text string) time.Duration {
	n, _ := strconv.ParseInt(text, 10, 64)
	return time.Duration(n) * tick
}

// topStatements says which statements took most of Postgres's time, for --statements.
func (w *world) topStatements(ctx context.Context) error {
	rows, err := w.super.Query(ctx, `
		select calls, round(total_exec_time::numeric, 1)::text, round((total_exec_time / calls)::numeric, 2)::text, rows, left(regexp_replace(query, '\s+', ' ', 'g'), 110)
		from pg_stat_statements order by total_exec_time desc limit 18`)
	if err != nil {
		return err
	}
	var calls, n int64
	var total, mean, query string
	_, err = pgx.ForEachRow(rows, []any{&calls, &total, &mean, &n, &query}, func() error {
		fmt.Fprintf(w.o.Out, "%8d calls %10s ms %8s ms each %9d rows  %s\n", calls, total, mean, n, query)
		return nil
	})
	return err
}
