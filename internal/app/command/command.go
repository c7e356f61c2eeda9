// Package command is the command line: it reads flags and calls app and the benches.
package command

import (
	"context"
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/aerostic/aerostic/internal/app"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/secret"
	"github.com/aerostic/aerostic/internal/platform/telemetry"
)

// ExitCode is an error that was reported already; the process ends with it.
type ExitCode int

// Error says the code.
func (e ExitCode) Error() string { return "exit " + strconv.Itoa(int(e)) }

// call is one run of a command.
type call struct {
	args     []string
	out, err io.Writer
}

type entry struct {
	name, summary string
	run           func(context.Context, call) error
}

// commands is the table of contents of the binary.
func commands() []entry {
	return []entry{
		{"dev", "run everything on this machine with demo data [--data DIR --addr HOST:PORT --fresh]", dev},
		{"serve", "run roles against DATABASE_URL [--role api,webhook,worker --addr HOST:PORT]", serve},
		{"migrate", "bring the database's schema up to date", migrate},
		{"sim", "run the simulator of Meta alone [--addr HOST:PORT --webhook URL --app-secret S]", sim},
		{"bench", "measure a hot path beside its physical limit [campaign|lifecycle|webhook|import|rate|chaos|launch|fair|cost]", benchmark},
		{"doctor", "say what is missing or wrong and how to mend it", doctor},
		{"check-config", "list every setting with its value and default", checkConfig},
		{"ledger", "ledger verify: prove that the money adds up", ledger},
		{"openapi", "print the API's OpenAPI document", openAPI},
		{"key", "make a key for AEROSTIC_SECRET_KEYS", key},
		{"version", "print the version", version},
	}
}

// Run runs the command that args name.
func Run(ctx context.Context, args []string, out, errOut io.Writer) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		usage(out)
		return nil
	}
	for _, e := range commands() {
		if e.name == args[0] {
			return e.run(ctx, call{args[1:], out, errOut})
		}
	}
	usage(errOut)
	return fmt.Errorf("there is no command %q", args[0])
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "aerostic: WhatsApp marketing and support for many tenants\n\nCommands:")
	for _, e := range commands() {
		fmt.Fprintf(w, "  %-13s %s\n", e.name, e.summary)
	}
}

// flags makes a flag set that reports its own mistakes.
func (c call) flags(name string) *flag.FlagSet {
	f := flag.NewFlagSet("aerostic "+name, flag.ContinueOnError)
	f.SetOutput(c.err)
	return f
}

func dev(ctx context.Context, c call) error {
	f := c.flags("dev")
	o := app.DevOptions{Out: c.out}
	f.StringVar(&o.Dir, "data", ".dev", "data folder")
	f.StringVar(&o.Addr, "addr", "127.0.0.1:8080", "where to serve; a busy port moves to the next free one")
	f.BoolVar(&o.Fresh, "fresh", false, "forget the data folder's content")
	level := f.String("log", "warn", "log level: debug, info, warn, error")
	if err := f.Parse(c.args); err != nil {
		return ExitCode(2)
	}
	var err error
	if o.Log, err = telemetry.NewLogger(c.err, *level, "text"); err != nil {
		return err
	}
	return app.Dev(ctx, o)
}

func serve(ctx context.Context, c call) error {
	cfg, err := app.ReadConfig()
	if err != nil {
		return err
	}
	f := c.flags("serve")
	roles := f.String("role", strings.Join(cfg.Roles, ","), "roles of this process: api, webhook, worker")
	f.StringVar(&cfg.Addr, "addr", cfg.Addr, "where to serve")
	if err := f.Parse(c.args); err != nil {
		return ExitCode(2)
	}
	cfg.Roles = strings.Split(*roles, ",")
	log, err := telemetry.NewLogger(c.err, cfg.LogLevel, cfg.LogFormat)
	if err != nil {
		return err
	}
	return app.Serve(ctx, cfg, log)
}

func migrate(ctx context.Context, c call) error {
	cfg, err := app.ReadConfig()
	if err != nil {
		return err
	}
	if cfg.DatabaseURL == "" {
		return fmt.Errorf("DATABASE_URL is not set")
	}
	if err := db.Migrate(ctx, cfg.DatabaseURL); err != nil {
		return err
	}
	fmt.Fprintln(c.out, "The schema is up to date.")
	return nil
}

func sim(ctx context.Context, c call) error {
	f := c.flags("sim")
	o := app.SimOptions{Out: c.out}
	f.StringVar(&o.Addr, "addr", "127.0.0.1:8090", "where to serve")
	f.StringVar(&o.Webhook, "webhook", "", "callback URL for webhooks")
	f.StringVar(&o.AppSecret, "app-secret", "", "signs webhooks")
	f.IntVar(&o.Accounts, "accounts", 10, "ready accounts, with tokens EAASIM000001 and so on")
	if err := f.Parse(c.args); err != nil {
		return ExitCode(2)
	}
	return app.Sim(ctx, o)
}

func openAPI(_ context.Context, c call) error {
	spec, err := app.Spec()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "%s\n", spec)
	return err
}

func key(_ context.Context, c call) error {
	f := c.flags("key")
	id := f.String("id", "k1", "name of the key, different from those in use")
	if err := f.Parse(c.args); err != nil {
		return ExitCode(2)
	}
	fmt.Fprintln(c.out, secret.NewKey(*id))
	return nil
}

func version(_ context.Context, c call) error {
	fmt.Fprintln(c.out, app.Version)
	return nil
}
