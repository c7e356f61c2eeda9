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
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Defaults of Config.
const (
	DefaultBaseURL      = "https://graph.facebook.com"
	DefaultGraphVersion = "v25.0"
	DefaultTimeout      = 20 * time.Second
	defaultConnsPerHost = 512
)

// Config says where Meta is. Every zero value is usable.
type Config struct {
	// BaseURL is scheme, host and port without the version; DefaultBaseURL when empty.
	BaseURL string
	// GraphVersion is the path's first element; DefaultGraphVersion when empty.
	GraphVersion string
	// Timeout bounds one call from dialling to the reply's last byte; DefaultTimeout when 0.
	Timeout time.Duration
	// MaxConnsPerHost bounds the open connections; 512 when 0.
	MaxConnsPerHost int
	// Transport replaces the tuned one. Over a foreign transport a failure after a
	// connection was found counts as Left, because no one counted its writes.
	Transport http.RoundTripper
}

// Client calls one Meta endpoint. It holds no token.
type Client struct {
	base      *url.URL
	transport http.RoundTripper
	timeout   time.Duration
}

// New makes a client. It fails only for a BaseURL that is not an absolute URL.
func New(cfg Config) (*Client, error) {
	base, err := baseURL(cfg)
	if err != nil {
		return nil, err
	}
	c := &Client{base: base, transport: cfg.Transport, timeout: cfg.Timeout}
	if c.timeout <= 0 {
		c.timeout = DefaultTimeout
	}
	if c.transport == nil {
		c.transport = newTransport(cfg.MaxConnsPerHost)
	}
	return c, nil
}

// Timeout is the longest a call can take; a sender's lease must outlive it.
func (c *Client) Timeout() time.Duration { return c.timeout }

// Close drops the idle connections.
func (c *Client) Close() {
	if t, ok := c.transport.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
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
