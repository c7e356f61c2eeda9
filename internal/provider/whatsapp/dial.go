package whatsapp

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"syscall"
	"time"
)

const (
	dialTimeout      = 5 * time.Second
	keepAlive        = 30 * time.Second
	handshakeTimeout = 10 * time.Second
)

// dialer opens connections to one server, through the proxy that the environment names for it. trust says
// whose certificates hold.
func dialer(base *url.URL, trust *tls.Config) func(context.Context) (*conn, error) {
	return func(ctx context.Context) (*conn, error) {
		wire, err := dialTCP(ctx, base)
		if err != nil {
			return nil, err
		}
		raw, err := wire.(syscall.Conn).SyscallConn()
		if err == nil && base.Scheme == "https" {
			wire, err = handshake(ctx, wire, base.Hostname(), trust)
		}
		if err != nil {
			_ = wire.Close()
			return nil, err
		}
		return newConn(wire, raw), nil
	}
}

func dialTCP(ctx context.Context, base *url.URL) (net.Conn, error) {
	proxy, err := http.ProxyFromEnvironment(&http.Request{URL: base})
	if err != nil {
		return nil, fmt.Errorf("proxy for %s: %w", base.Host, err)
	}
	to := net.Dialer{Timeout: dialTimeout, KeepAlive: keepAlive}
	if proxy == nil {
		return to.DialContext(ctx, "tcp", address(base))
	}
	if proxy.Scheme != "http" {
		return nil, fmt.Errorf("a proxy for messages must be an http:// one, not %s://", proxy.Scheme)
	}
	wire, err := to.DialContext(ctx, "tcp", address(proxy))
	if err != nil {
		return nil, err
	}
	if err := tunnel(ctx, wire, proxy, address(base)); err != nil {
		_ = wire.Close()
		return nil, fmt.Errorf("tunnel through proxy %s: %w", proxy.Host, err)
	}
	return wire, nil
}

// tunnel asks an HTTP proxy for a connection to a server.
func tunnel(ctx context.Context, wire net.Conn, proxy *url.URL, to string) error {
	defer context.AfterFunc(ctx, func() { _ = wire.Close() })()
	request := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: to}, Host: to, Header: http.Header{}}
	if user := proxy.User; user != nil {
		password, _ := user.Password()
		request.Header.Set("Proxy-Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(user.Username()+":"+password)))
	}
	if err := request.Write(wire); err != nil {
		return err
	}
	resp, err := http.ReadResponse(bufio.NewReaderSize(wire, 1), request)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the proxy answered %s", resp.Status)
	}
	return nil
}

func handshake(ctx context.Context, wire net.Conn, host string, trust *tls.Config) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, handshakeTimeout)
	defer cancel()
	settings := trust.Clone()
	settings.ServerName, settings.NextProtos = host, nil
	secure := tls.Client(wire, settings)
	return secure, secure.HandshakeContext(ctx)
}

// address is host and port of a URL, with the port that its scheme means.
func address(u *url.URL) string {
	if port := u.Port(); port != "" {
		return net.JoinHostPort(u.Hostname(), port)
	}
	if u.Scheme == "https" {
		return net.JoinHostPort(u.Hostname(), "443")
	}
	return net.JoinHostPort(u.Hostname(), "80")
}
