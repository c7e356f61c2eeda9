// Package outbound makes requests to addresses that somebody outside the installation chose: the push
// service of a browser, a webhook of a customer.
//
// It owns which addresses may be reached: public ones, over HTTPS. Names are resolved first and the
// address that is really dialled is judged, so that a name which leads inside leads nowhere. It follows
// no redirect and uses no proxy. It does not own what is sent. Life cycle: one Client per process.
package outbound

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// ErrPrivate means that an address is not one of the public internet, or not HTTPS.
var ErrPrivate = errors.New("not a public address")

const (
	dialTimeout = 5 * time.Second
	idlePerHost = 4
)

// Config says how a client behaves.
type Config struct {
	Timeout time.Duration // of a whole request; 0: 10 seconds
	// Private allows plain HTTP and every address: for stand-ins on the same machine.
	Private bool
}

// New makes a client for addresses that are not ours.
func New(c Config) *http.Client {
	if c.Timeout == 0 {
		c.Timeout = 10 * time.Second
	}
	dialer := &net.Dialer{Timeout: dialTimeout}
	if !c.Private {
		dialer.Control = refusePrivate
	}
	return &http.Client{
		Timeout:       c.Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &guard{private: c.Private, next: &http.Transport{
			DialContext: dialer.DialContext, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: idlePerHost,
			TLSHandshakeTimeout: dialTimeout, ResponseHeaderTimeout: c.Timeout, MaxResponseHeaderBytes: 64 << 10,
		}},
	}
}

// guard refuses what is not HTTPS before a connection is thought of.
type guard struct {
	private bool
	next    http.RoundTripper
}

// RoundTrip passes on what may leave.
func (g *guard) RoundTrip(r *http.Request) (*http.Response, error) {
	if !g.private && r.URL.Scheme != "https" {
		return nil, fmt.Errorf("request to %s: %w", r.URL.Host, ErrPrivate)
	}
	return g.next.RoundTrip(r)
}

// refusePrivate judges the address that is about to be dialled, after resolution.
func refusePrivate(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("dial %s: %w", address, err)
	}
	if !Public(at.Addr()) {
		return fmt.Errorf("dial %s: %w", address, ErrPrivate)
	}
	return nil
}

// Check refuses a URL that a Client would: another scheme, names that resolve to no public address. It
// saves people from keeping what can never be reached; the Client judges again each time.
func Check(ctx context.Context, raw string) error {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return ErrPrivate
	}
	addresses, err := net.DefaultResolver.LookupNetIP(ctx, "ip", u.Hostname())
	if err != nil {
		return fmt.Errorf("resolve %s: %w", u.Hostname(), err)
	}
	for _, a := range addresses {
		if !Public(a) {
			return fmt.Errorf("%s: %w", u.Hostname(), ErrPrivate)
		}
	}
	return nil
}

// Public says whether an address belongs to the public internet: none of the registry's special purposes
// (https://www.iana.org/assignments/iana-ipv4-special-registry and its IPv6 sister).
func Public(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.Zone() != "" {
		return false
	}
	for _, p := range special() {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// special are the ranges that netip's own words leave out.
func special() []netip.Prefix {
	var list []netip.Prefix
	for _, p := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
	} {
		list = append(list, netip.MustParsePrefix(p))
	}
	return list
}
