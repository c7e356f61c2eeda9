package web

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// statusClientGone is nginx's code for a caller who left before the answer.
const statusClientGone = 499

// Info is what an operation may know about the request besides its input.
type Info struct {
	ID        string     // request id: ours, or the caller's X-Request-Id
	Host      string     // lower case, without port: acme.example.com
	Scheme    string     // http or https, as the caller's browser sees it
	IP        netip.Addr // of the caller, behind trusted proxies
	UserAgent string     // at most 300 bytes
	Origin    string     // the Origin header
	Site      string     // the Sec-Fetch-Site header
	operation string
	actor     string
	quiet     bool
}

type infoKey struct{}

func withInfo(ctx context.Context, info *Info) context.Context {
	return context.WithValue(ctx, infoKey{}, info)
}

// Request returns what is known of the request being served; zero outside of one.
func Request(ctx context.Context) Info {
	if info, ok := ctx.Value(infoKey{}).(*Info); ok {
		return *info
	}
	return Info{}
}

// Host returns the host the caller asked for, lower case and without port: the hint by which a
// workspace is found before anybody is signed in.
func Host(ctx context.Context) string { return Request(ctx).Host }

// RequestID returns the id under which the request is logged.
func RequestID(ctx context.Context) string { return Request(ctx).ID }

// SameOrigin refuses a request that a page of another site made. Operations that act on a
// cookie alone (refresh, logout) call it; those with a bearer token need not.
func SameOrigin(ctx context.Context) error {
	info := Request(ctx)
	if info.Site != "" && info.Site != "same-origin" && info.Site != "none" {
		return crossSite()
	}
	if info.Origin == "" {
		return nil
	}
	origin, err := url.Parse(info.Origin)
	if err != nil || hostOnly(origin.Host) != info.Host {
		return crossSite()
	}
	return nil
}

func crossSite() error {
	return fault.Forbidden("This request came from another site.").WithCode("cross_site")
}

func (a *API) requestInfo(r *http.Request) *Info {
	info := &Info{
		ID: requestID(r), Host: hostOnly(r.Host), Scheme: "http", IP: remoteIP(r),
		UserAgent: clip(r.UserAgent(), 300), Origin: r.Header.Get("Origin"),
		Site: r.Header.Get("Sec-Fetch-Site"), operation: "unmatched",
	}
	if r.TLS != nil {
		info.Scheme = "https"
	}
	if a.trusted(info.IP) {
		a.believeProxy(r, info)
	}
	return info
}

// believeProxy takes the nearest address that is not one of our proxies, and what they say of
// the host and scheme.
func (a *API) believeProxy(r *http.Request, info *Info) {
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		ip, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		info.IP = ip.Unmap()
		if !a.trusted(info.IP) {
			break
		}
	}
	if host := r.Header.Get("X-Forwarded-Host"); host != "" {
		info.Host = hostOnly(host)
	}
	if scheme := r.Header.Get("X-Forwarded-Proto"); scheme == "https" || scheme == "http" {
		info.Scheme = scheme
	}
}

func (a *API) trusted(ip netip.Addr) bool {
	for _, prefix := range a.cfg.TrustedProxies {
		if prefix.Contains(ip) {
			return true
		}
	}
	return false
}

func remoteIP(r *http.Request) netip.Addr {
	addr, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return addr.Addr().Unmap()
}

func hostOnly(hostport string) string {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
}

// requestID keeps a caller's id when it cannot hurt a log line.
func requestID(r *http.Request) string {
	id := r.Header.Get("X-Request-Id")
	if len(id) < 8 || len(id) > 64 || strings.ContainsFunc(id, notIDRune) {
		return rand.Text()
	}
	return id
}

func notIDRune(r rune) bool { return notAlphanumeric(r) && r != '-' && r != '_' }

// clip shortens s to at most n bytes without cutting a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}

func (i *Info) name(op Op) { i.operation, i.quiet = op.ID, op.Quiet }

func (i *Info) actedBy(act actor.Actor) { i.actor = string(act.Kind) + ":" + act.UserID.String() }

func (a *API) logAccess(r *http.Request, info *Info, w *recorder, took time.Duration) {
	level := slog.LevelInfo
	if info.quiet && w.code() < http.StatusInternalServerError {
		level = slog.LevelDebug
	}
	a.cfg.Logger.LogAttrs(r.Context(), level, "request", slog.String("request_id", info.ID),
		slog.String("operation", info.operation), slog.String("method", r.Method), slog.String("path", r.URL.Path),
		slog.Int("status", w.code()), slog.Int64("bytes", w.written), slog.Duration("took", took),
		slog.String("ip", info.IP.String()), slog.String("actor", info.actor))
}
