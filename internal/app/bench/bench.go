// Package bench measures each hot path of the product beside its physical limit, in
// the same run and on the same machine. It starts what it needs (a private Postgres,
// the simulator as a process of its own, roles in this process or as children) in a
// temporary folder and removes it again. Duplicates and losses are counted at the
// simulator, from its own memory, not in our tables.
package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"
)

// Options is how a bench runs.
type Options struct {
	DatabaseURL string // empty: a private server in a temporary folder
	Recipients  int    // 0: the bench's own
	Contacts    int    // of the tenant whose pages are opened
	Campaigns   int
	Rounds      int // how often each page is opened, each time with other data; the first warms up and does not count
	Seconds     int
	Rate        int // messages per second that one number is allowed
	Concurrency int // requests in flight
	Kind        string
	Scale       float64 // of the inbox: 1 is a million conversations
	Experiment  bool    // campaigns compare two versions, hold a tenth out, track links and try failures again
	JSON        bool
	Data        string // a folder for databases that are kept and used again; empty: none is
	Keep        bool   // leave the temporary folder with the processes' logs
	Statements  bool   // list the statements that took most of Postgres's time
	Profile     string // a file for a CPU profile of this process; empty: none
	Out         io.Writer
	Log         *slog.Logger

	cluster  string            // where the private server's data is; empty: in the temporary folder
	settings map[string]string // over the private server's own
}

// Result is a bench's figures in the order to print them.
type Result []Figure

// Figure is one named number or verdict.
type Figure struct {
	Name  string
	Value any
}

// print writes a result as one JSON object or as lines.
func (r Result) print(o Options) error {
	if !o.JSON {
		for _, f := range r {
			fmt.Fprintf(o.Out, "%-28s %v\n", f.Name, shown(f.Value))
		}
		return nil
	}
	fields := make([]string, len(r))
	for i, f := range r {
		value, err := json.Marshal(f.Value)
		if err != nil {
			return err
		}
		fields[i] = fmt.Sprintf("%q:%s", f.Name, value)
	}
	_, err := fmt.Fprintf(o.Out, "{%s}\n", strings.Join(fields, ","))
	return err
}

func shown(v any) any {
	if f, ok := v.(float64); ok {
		return fmt.Sprintf("%.3f", f)
	}
	return v
}

// per rounds a rate to what is worth reading.
func per(n int, d time.Duration) float64 { return round(float64(n) / d.Seconds()) }

// round keeps three decimals.
func round(v float64) float64 { return float64(int64(v*1000+0.5)) / 1000 }

// Bench is one measurement with its own size.
type Bench struct {
	Run        func(context.Context, Options) (Result, error)
	Recipients int // messages or rows, unless the options say otherwise
}

// Benches is the table of contents.
func Benches() map[string]Bench {
	return map[string]Bench{
		"campaign":  {campaignBench, 20_000},
		"lifecycle": {lifecycleBench, 20_000},
		"webhook":   {webhookBench, 20_000},
		"import":    {importBench, 1_000_000},
		"launch":    {launchBench, 1_000_000},
		"segment":   {segmentBench, 1_000_000},
		"pages":     {pagesBench, 0}, // by its contacts and campaigns
		"inbox":     {inboxBench, 0}, // by its scale
		"rate":      {rateBench, 0},  // by its rate and time
		"cost":      {costBench, 200_000},
		"fair":      {fairBench, 100_000},
		"chaos":     {chaosBench, 0},    // by its time
		"realtime":  {realtimeBench, 0}, // by its rate and time
		"sim":       {simBench, 50_000},
	}
}

// Run runs one bench and prints its figures.
func Run(ctx context.Context, name string, o Options) error {
	b, known := Benches()[name]
	if !known {
		return fmt.Errorf("there is no bench %q", name)
	}
	if err := o.check(); err != nil {
		return fmt.Errorf("bench %s: %w", name, err)
	}
	if o.Recipients == 0 {
		o.Recipients = b.Recipients
	}
	result, err := b.Run(ctx, o)
	if err != nil {
		return fmt.Errorf("bench %s: %w", name, err)
	}
	return result.print(o)
}

// check refuses sizes at which there is nothing to measure.
func (o Options) check() error {
	for _, size := range []struct {
		flag        string
		value, from int
	}{{"recipients", o.Recipients, 0}, {"contacts", o.Contacts, 1}, {"campaigns", o.Campaigns, 1}, {"rounds", o.Rounds, 2},
		{"seconds", o.Seconds, 1}, {"rate", o.Rate, 0}, {"concurrency", o.Concurrency, 0}} {
		if size.value < size.from {
			return fmt.Errorf("--%s is %d, and has to be at least %d", size.flag, size.value, size.from)
		}
	}
	if o.Scale <= 0 {
		return fmt.Errorf("--scale is %v, and has to be more than 0", o.Scale)
	}
	return nil
}
