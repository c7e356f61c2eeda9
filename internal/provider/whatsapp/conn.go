package whatsapp

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

var (
	errNotAbsolute = errors.New("need an absolute http or https url")
	errSealed      = errors.New("connection given up before the request was written")
)

// newTransport is tuned for many small POSTs to one host. HTTP/1.1 alone, on purpose: one
// connection carries one request, so a broken one puts one message in doubt and the count
// of its writes tells whether anything of it left. Compression would cost more than the
// 200-byte replies are worth.
func newTransport(conns int) *http.Transport {
	if conns <= 0 {
		conns = defaultConnsPerHost
	}
	dialer := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         countedDial(dialer),
		DialTLSContext:      countedDialTLS(dialer),
		MaxIdleConns:        conns,
		MaxIdleConnsPerHost: conns,
		MaxConnsPerHost:     conns,
		IdleConnTimeout:     60 * time.Second,
		TLSHandshakeTimeout: 10 * time.Second,
		DisableCompression:  true,
		TLSNextProto:        map[string]func(string, *tls.Conn) http.RoundTripper{},
	}
}

type dialFunc func(ctx context.Context, network, addr string) (net.Conn, error)

func countedDial(dialer *net.Dialer) dialFunc {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return &countedConn{Conn: conn}, nil
	}
}

// countedDialTLS wraps outside of TLS, so the handshake's bytes are not counted.
func countedDialTLS(dialer *net.Dialer) dialFunc {
	secure := &tls.Dialer{NetDialer: dialer, Config: &tls.Config{MinVersion: tls.VersionTLS12}}
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := secure.DialContext(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return &countedConn{Conn: conn}, nil
	}
}

// countedConn counts the writes that may have put bytes on the wire.
type countedConn struct {
	net.Conn
	writes atomic.Int64
	sealed atomic.Bool
}

// Write counts before it looks at the seal, and seal looks at the count after sealing:
// whichever comes first, a write is either counted or refused.
func (c *countedConn) Write(p []byte) (int, error) {
	c.writes.Add(1)
	if c.sealed.Load() {
		return 0, errSealed
	}
	n, err := c.Conn.Write(p)
	if n == 0 && err != nil {
		c.writes.Add(-1)
	}
	return n, err
}

// seal refuses all later writes and tells whether none began since mark.
func (c *countedConn) seal(mark int64) (untouched bool) {
	c.sealed.Store(true)
	return c.writes.Load() == mark
}

// attempt watches one request through httptrace to prove whether anything of it left.
type attempt struct {
	trace httptrace.ClientTrace
	conn  *countedConn
	mark  int64
	left  bool
}

func (a *attempt) watch(ctx context.Context) context.Context {
	a.trace.GotConn = a.gotConn
	return httptrace.WithClientTrace(ctx, &a.trace)
}

// gotConn runs again when the transport found the first connection dead before writing.
func (a *attempt) gotConn(info httptrace.GotConnInfo) {
	if a.conn != nil && a.conn.writes.Load() != a.mark {
		a.left = true
	}
	conn, ok := info.Conn.(*countedConn)
	if !ok {
		a.left = true
		return
	}
	a.conn, a.mark = conn, conn.writes.Load()
}

// mayHaveLeft is asked after a failure. False is a proof: the connection is sealed first,
// so no write can follow the answer.
func (a *attempt) mayHaveLeft() bool {
	if a.conn != nil && !a.conn.seal(a.mark) {
		a.left = true
	}
	return a.left
}
