package command

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aerostic/aerostic/internal/app/bench"
	"github.com/aerostic/aerostic/internal/platform/telemetry"
)

// benchmark runs one bench.
func benchmark(ctx context.Context, c call) error {
	names := slices.Sorted(maps.Keys(bench.Benches()))
	if len(c.args) == 0 {
		return fmt.Errorf("name a bench: %s", strings.Join(names, ", "))
	}
	f := c.flags("bench " + c.args[0])
	o := bench.Options{Out: c.out}
	f.StringVar(&o.DatabaseURL, "database-url", "", "use this server instead of a private one")
	f.IntVar(&o.Recipients, "recipients", 0, "messages of the campaign, or rows of the import; 0: the bench's own")
	f.IntVar(&o.Contacts, "contacts", 1_000_000, "contacts of the tenant whose pages are opened")
	f.IntVar(&o.Campaigns, "campaigns", 10_000, "its campaigns")
	f.IntVar(&o.Rounds, "rounds", 12, "how often each page is opened; the first warms up and does not count")
	f.IntVar(&o.Seconds, "seconds", 30, "how long, for benches that run for a time")
	f.IntVar(&o.Rate, "rate", 0, "messages per second that the number allows, or that come; 0: the bench's own")
	f.IntVar(&o.Concurrency, "concurrency", 0, "requests in flight; 0: the bench's own")
	f.Float64Var(&o.Scale, "scale", 1, "size of the inbox: 1 is 1,000,000 conversations with 20,000,000 messages")
	f.StringVar(&o.Kind, "kind", "status", "what webhooks carry: status or text")
	f.BoolVar(&o.Experiment, "experiment", false, "the campaign has two versions, a hold-out and tracked links, and tries failures again")
	f.StringVar(&o.Data, "data", "", "keep the inbox's databases in this folder, and use those that are there")
	f.BoolVar(&o.Keep, "keep", false, "leave the temporary folder, with the logs of processes")
	f.BoolVar(&o.JSON, "json", false, "print one JSON object")
	f.StringVar(&o.Profile, "profile", "", "write a CPU profile of this process to a file")
	f.BoolVar(&o.Statements, "statements", false, "list the statements that took most of Postgres's time")
	level := f.String("log", "error", "log level")
	if err := f.Parse(c.args[1:]); err != nil {
		return ExitCode(2)
	}
	var err error
	if o.Log, err = telemetry.NewLogger(c.err, *level, "text"); err != nil {
		return err
	}
	return bench.Run(ctx, c.args[0], o)
}
