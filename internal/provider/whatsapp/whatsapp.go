// Package whatsapp speaks Meta's WhatsApp Cloud API.
//
// It owns the wire: the HTTP client and the proof of what left it, the bodies of messages
// and templates, Meta's error codes and what each asks of us (errors_table.go), the lint
// rules for templates, and the decoding of webhooks. It knows no tenants, no database and
// no money; tokens are passed with each call and never kept.
//
// It does not own when a message may be sent (the send gate in feature/message), nor the
// simulator of the other end (whatsappsim).
//
// Life cycle: one Client serves the whole process, from New to Close, and is safe for
// concurrent use. Compiled templates and Params are values: a Compiled is read-only after
// CompileTemplate and may be shared.
//
// Source of the behaviour: https://developers.facebook.com/docs/whatsapp/cloud-api, Graph
// v25.0.
package whatsapp

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aerostic/aerostic/internal/platform/clock"
)

// Defaults of Config.
const (
	DefaultBaseURL      = "https://graph.facebook.com"
	DefaultGraphVersion = "v25.0"
	DefaultTimeout      = 20 * time.Second
)

// managingIdle is how many connections wait for the next call that manages.
const managingIdle = 16

var errNotAbsolute = errors.New("need an absolute http or https url")

// Config says where Meta is. Every zero value is usable.
type Config struct {
	// BaseURL is scheme, host and port without the version; DefaultBaseURL when empty.
	BaseURL string
	// GraphVersion is the path's first element; DefaultGraphVersion when empty.
	GraphVersion string
	// Timeout bounds one call from dialling to the reply's last byte; DefaultTimeout when 0.
	Timeout time.Duration
	// MaxConns bounds the connections on which messages are sent; 512 when 0.
	MaxConns int
	// Clock is what connections age by, the machine's when nil. Deadlines of sockets go by the machine's.
	Clock clock.Clock
}

// Client calls one Meta endpoint. It holds no token.
type Client struct {
	base     *url.URL
	sending  *conns
	managing *http.Transport // everything but sends
	timeout  time.Duration
}

// New makes a client. It fails only for a BaseURL that is not an absolute URL.
func New(cfg Config) (*Client, error) {
	base, err := baseURL(cfg)
	if err != nil {
		return nil, err
	}
	if cfg.Clock == nil {
		cfg.Clock = clock.System()
	}
	c := &Client{base: base, timeout: cfg.Timeout, managing: newTransport(), sending: newConns(cfg.MaxConns, cfg.Clock, dialer(base, &tls.Config{MinVersion: tls.VersionTLS12}))}
	if c.timeout <= 0 {
		c.timeout = DefaultTimeout
	}
	return c, nil
}

// Timeout is the longest a call can take; a sender's lease must outlive it.
func (c *Client) Timeout() time.Duration { return c.timeout }

// Close drops the idle connections.
func (c *Client) Close() {
	c.sending.close()
	c.managing.CloseIdleConnections()
}

// newTransport is for calls that manage: they may be repeated, so nothing has to be proved of them.
func newTransport() *http.Transport {
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment, DialContext: (&net.Dialer{Timeout: dialTimeout, KeepAlive: keepAlive}).DialContext,
		DisableCompression: true, MaxIdleConnsPerHost: managingIdle, IdleConnTimeout: idleTimeout, TLSHandshakeTimeout: handshakeTimeout,
	}
}

func baseURL(cfg Config) (*url.URL, error) {
	raw, version := cfg.BaseURL, cfg.GraphVersion
	if raw == "" {
		raw = DefaultBaseURL
	}
	if version == "" {
		version = DefaultGraphVersion
	}
	base, err := url.Parse(strings.TrimRight(raw, "/") + "/" + strings.Trim(version, "/"))
	if err != nil {
		return nil, err
	}
	if base.Host == "" || (base.Scheme != "http" && base.Scheme != "https") {
		return nil, &url.Error{Op: "parse", URL: raw, Err: errNotAbsolute}
	}
	return base, nil
}
