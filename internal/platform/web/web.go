// Package web serves the HTTP API: huma on the standard mux, described by OpenAPI 3.1.
//
// It owns what every route shares: request ids, the access log, panics, problem+json errors,
// body and rate limits, deadlines, idempotency keys, who may call what (deny by default),
// security headers and the embedded pages. It does not own any route, nor how an actor is
// proved, nor which role holds which permission: those come in through Config.
//
// Life cycle: New at start, features Register their operations, Handler is served. Registering
// after the first request is a mistake.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"go.opentelemetry.io/otel/trace"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
)

// Config says how the API meets the world. Every zero value works; without Authenticate and
// Allows only public operations answer.
type Config struct {
	Title   string // of the OpenAPI document; "Aerostic" when empty
	Version string // of the OpenAPI document; "dev" when empty

	// Authenticate proves who calls. A request without credentials is a fault of kind
	// unauthenticated.
	Authenticate func(context.Context, *http.Request) (actor.Actor, error)
	// Allows says whether the actor's role holds the permission.
	Allows func(actor.Actor, actor.Permission) bool

	Idempotency    IdempotencyStore // nil: the Idempotency-Key header is ignored
	Clock          clock.Clock      // nil: the system's
	Logger         *slog.Logger     // nil: discards
	Tracer         trace.Tracer     // nil: no spans
	Observe        func(Observation)
	BodyLimit      int64          // bytes; 0: 1 MiB
	Timeout        time.Duration  // of one operation; 0: 30 s
	Limits         map[Limit]Rate // overrides the default rates by class
	LimitsOff      bool           // for load runs on one machine
	TrustedProxies []netip.Prefix // whose X-Forwarded-For and -Host are believed
	HSTS           bool           // send Strict-Transport-Security
}

// Observation is one answered request, for metrics. Operation is the OpenAPI operation id, or
// "page" and "unmatched".
type Observation struct {
	Operation string
	Method    string
	Status    int
	Took      time.Duration
}

// API collects operations and serves them.
type API struct {
	cfg     Config
	mux     *http.ServeMux
	huma    huma.API
	pages   http.Handler
	limiter *limiter
	ops     []Op
	spec    sync.Once
	specDoc []byte
	names   *namer
	words   []wording
	settle  sync.Mutex
	settled int // how many operations the schemas were settled for
}

// New makes an API without operations.
func New(cfg Config) *API {
	cfg = cfg.withDefaults()
	a := &API{cfg: cfg, mux: http.NewServeMux(), names: &namer{}, words: wordings()}
	a.limiter = newLimiter(cfg)
	a.huma = huma.NewAPI(a.humaConfig(), adapter{a})
	a.mux.HandleFunc("GET /openapi.json", a.serveSpec)
	return a
}

// Pages sets what answers every path that no operation has and that is not the API's own
// (/api, /webhooks, /connection): the web apps.
func (a *API) Pages(h http.Handler) { a.pages = h }

// Operations lists what was registered, in order, for the test that walks every route.
func (a *API) Operations() []Op { return append([]Op(nil), a.ops...) }

func (c Config) withDefaults() Config {
	if c.Title == "" {
		c.Title = "Aerostic"
	}
	if c.Version == "" {
		c.Version = "dev"
	}
	if c.Authenticate == nil {
		c.Authenticate = refuse
	}
	if c.Allows == nil {
		c.Allows = func(actor.Actor, actor.Permission) bool { return false }
	}
	if c.Clock == nil {
		c.Clock = clock.System()
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Observe == nil {
		c.Observe = func(Observation) {}
	}
	if c.BodyLimit == 0 {
		c.BodyLimit = 1 << 20
	}
	if c.Timeout == 0 {
		c.Timeout = 30 * time.Second
	}
	return c
}
