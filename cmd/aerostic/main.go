// Command aerostic is the whole product: every role, the simulators, the benches and
// the tools of an operator.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/aerostic/aerostic/internal/app/command"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the process at once
	err := command.Run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	var code command.ExitCode
	switch {
	case err == nil:
	case errors.As(err, &code):
		os.Exit(int(code))
	default:
		fmt.Fprintln(os.Stderr, "aerostic:", err)
		os.Exit(1)
	}
}
