package app

import (
	"fmt"
	"net"
	"net/http"
	"net/url"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// simulatorConfig says what the stand-in for Meta serves.
type simulatorConfig struct {
	webhook  string // where signed webhooks are posted
	secret   string // signs them
	state    string // file that keeps templates and media over a restart
	accounts []whatsappsim.WABASeed
}

// simulator is the stand-in for Meta on a loopback port.
type simulator struct {
	sim  *whatsappsim.Sim
	http *http.Server
	url  string
}

func startSimulator(c simulatorConfig) (*simulator, error) {
	config := whatsappsim.DefaultConfig()
	config.Webhook.URL, config.Webhook.Secret = c.webhook, c.secret
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("start simulator: %w", err)
	}
	sim := whatsappsim.New(whatsappsim.Options{Config: &config, WABAs: c.accounts, StateFile: c.state})
	s := &simulator{sim: sim, http: &http.Server{Handler: sim.Handler()}, url: "http://" + listener.Addr().String()}
	go func() { _ = s.http.Serve(listener) }()
	return s, nil
}

// demoPhone readies the demo customer's phone and gives its address.
func (s *simulator) demoPhone() (string, error) {
	number := demoAccounts()[0].Numbers[0].ID
	if err := s.sim.OpenPhone(number, demoCustomer, demoCustomerName); err != nil {
		return "", fmt.Errorf("ready the demo customer's phone: %w", err)
	}
	where := url.Values{"number": {number}, "from": {demoCustomer}, "name": {demoCustomerName}}
	return s.url + "/phone/?" + where.Encode(), nil
}

func (s *simulator) close() {
	_ = s.http.Close()
	s.sim.Close()
}
