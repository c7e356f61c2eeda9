package command

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"text/tabwriter"

	"github.com/aerostic/aerostic/internal/app"
)

// checkConfig lists the settings, and what a deployment still needs.
func checkConfig(_ context.Context, c call) error {
	cfg, err := app.ReadConfig()
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "SETTING\tVALUE\tDEFAULT\tMEANING")
	for _, s := range cfg.Settings() {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", s.Name, s.Value, s.Default, s.Doc)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if err := cfg.Check(); err != nil {
		fmt.Fprintf(c.out, "\nTo serve, this is missing:\n%v\n", err)
		return ExitCode(1)
	}
	fmt.Fprintln(c.out, "\nComplete: `aerostic serve` can start with this.")
	return nil
}

// doctor looks at the machine and at what is configured.
func doctor(ctx context.Context, c call) error {
	f := c.flags("doctor")
	dir := f.String("data", ".dev", "data folder of `aerostic dev`")
	if err := f.Parse(c.args); err != nil {
		return ExitCode(2)
	}
	cfg, err := app.ReadConfig()
	if err != nil {
		return err
	}
	wrong := false
	for _, d := range app.Diagnose(ctx, cfg, *dir) {
		mark := "ok  "
		if d.Mend != "" {
			mark, wrong = "BAD ", true
		}
		fmt.Fprintf(c.out, "%s %s: %s\n", mark, d.What, d.Found)
		if d.Mend != "" {
			fmt.Fprintf(c.out, "     → %s\n", d.Mend)
		}
	}
	if wrong {
		return ExitCode(1)
	}
	return nil
}

// ledger verifies the money of a database.
func ledger(ctx context.Context, c call) error {
	if len(c.args) == 0 || c.args[0] != "verify" {
		return fmt.Errorf("say `ledger verify`")
	}
	cfg, err := app.ReadConfig()
	if err != nil {
		return err
	}
	f := c.flags("ledger verify")
	f.StringVar(&cfg.DatabaseURL, "database-url", cfg.DatabaseURL, "the database; default: DATABASE_URL")
	asJSON := f.Bool("json", false, "print one JSON object")
	if err := f.Parse(c.args[1:]); err != nil {
		return ExitCode(2)
	}
	if cfg.DatabaseURL == "" {
		return fmt.Errorf("give --database-url, or set DATABASE_URL")
	}
	report, err := app.VerifyLedger(ctx, cfg.ForTools(), slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	if *asJSON {
		return json.NewEncoder(c.out).Encode(report)
	}
	for _, check := range report.Checks {
		mark := "ok "
		if !check.OK {
			mark = "BAD"
		}
		fmt.Fprintln(c.out, strings.TrimSpace(mark+" "+strings.ReplaceAll(check.Name, "_", " ")+" "+check.Detail))
	}
	if !report.OK {
		return ExitCode(1)
	}
	fmt.Fprintln(c.out, "The ledger verifies.")
	return nil
}
