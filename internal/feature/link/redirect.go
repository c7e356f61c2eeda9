package link

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/web"
)

// ClickRoutes mounts the links themselves. They are public and without a limit: half a country
// may click from behind one address.
func (c *Clicks) ClickRoutes(api *web.API) {
	api.Mount(web.Op{Method: http.MethodGet, Path: Path + "{token}", ID: "openLink", Summary: "Open a tracked link", Tag: "link",
		Permission: web.Public, Limit: web.LimitNone, Quiet: true, Timeout: -1}, c.ServeHTTP)
}

// ServeHTTP sends whoever opens a link on to where it leads, and records the click if it is a
// person's. The target comes from our own table alone: nothing in the request can change it.
func (c *Clicks) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	to, click, err := c.s.open(r.Context(), web.Host(r.Context()), r.PathValue("token"))
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Robots-Tag", "noindex")
	w.Header().Set("Referrer-Policy", "no-referrer")
	switch {
	case errors.Is(err, errNoLink):
		http.Error(w, "This link leads nowhere: it is incomplete, or was taken back.", http.StatusNotFound)
		return
	case err != nil:
		c.s.Logger.Error("open tracked link", "error", err)
		w.Header().Set("Retry-After", "1")
		http.Error(w, "This link cannot be opened at the moment. Try again shortly.", http.StatusServiceUnavailable)
		return
	}
	if click != nil && !isRobot(r) {
		c.record(r.Context(), *click)
	}
	http.Redirect(w, r, to, http.StatusFound)
}

var errNoLink = errors.New("no such link")

// open reads where a token leads, and whose click it would be: nil for a sample.
func (s *Service) open(ctx context.Context, host, token string) (to string, c *click, err error) {
	tenant, keys, err := s.at(ctx, host)
	if err != nil {
		return "", nil, err
	}
	now := s.Clock.Now()
	id, number, ok := keys.read(token, now)
	if !ok {
		return "", nil, errNoLink
	}
	var f found
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		f, err = resolve(ctx, tx, tenant, id, number)
		return err
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil, errNoLink
	}
	if err != nil || f.contact == nil {
		return f.url, nil, err
	}
	return f.url, &click{tenant: tenant, campaign: f.campaign, contact: *f.contact, number: int16(number), at: now}, nil
}

// known remembers for a while whose host a host is, and the tokens of its workspace.
type known struct {
	mu    sync.Mutex
	hosts map[string]knownHost
}

type knownHost struct {
	tenant uuid.UUID
	tokens tokens
	until  time.Time
}

const (
	knownFor  = time.Minute
	mostKnown = 10_000
)

func (k *known) get(host string, now time.Time) (knownHost, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	h, ok := k.hosts[host]
	return h, ok && now.Before(h.until)
}

func (k *known) put(host string, h knownHost) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.hosts == nil || len(k.hosts) >= mostKnown {
		k.hosts = make(map[string]knownHost)
	}
	k.hosts[host] = h
}

// at finds the workspace of a host and how to read its tokens.
func (s *Service) at(ctx context.Context, host string) (uuid.UUID, tokens, error) {
	now := s.Clock.Now()
	if h, ok := s.known.get(host, now); ok {
		return h.tenant, h.tokens, nil
	}
	tenant, found, err := s.Tenants.ByHost(ctx, host)
	if err == nil && !found {
		err = errNoLink
	}
	if err != nil {
		return tenant, tokens{}, err
	}
	h := knownHost{tenant: tenant, until: now.Add(knownFor)}
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		h.tokens, err = s.tokensOf(ctx, tx, tenant)
		return err
	})
	if err == nil {
		s.known.put(host, h)
	}
	return tenant, h.tokens, err
}
