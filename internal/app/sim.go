package app

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// SimOptions is how `aerostic sim` runs.
type SimOptions struct {
	Addr      string
	Webhook   string // callback URL; empty: none
	AppSecret string
	Accounts  int // ready accounts
	Out       io.Writer
}

// Sim runs the simulator of Meta alone, until ctx ends.
func Sim(ctx context.Context, o SimOptions) error {
	config := whatsappsim.DefaultConfig()
	config.Webhook.URL, config.Webhook.Secret = o.Webhook, o.AppSecret
	var accounts []whatsappsim.WABASeed
	for n := 1; n <= o.Accounts; n++ {
		accounts = append(accounts, whatsappsim.Fixture(n, fmt.Sprintf("Business %d", n)))
	}
	sim := whatsappsim.New(whatsappsim.Options{Config: &config, WABAs: accounts})
	defer sim.Close()
	listener, err := net.Listen("tcp", o.Addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", o.Addr, err)
	}
	server := &http.Server{Handler: sim.Handler()}
	fmt.Fprintf(o.Out, "The WhatsApp simulator is at http://%s (a customer's phone under /phone/, control under /_sim/)\n", listener.Addr())
	go func() { <-ctx.Done(); _ = server.Close() }()
	return ignoreClosed(server.Serve(listener))
}
