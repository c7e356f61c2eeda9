package app

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/telemetry"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// internalServer serves what only the operator's machines may read.
type internalServer struct {
	listener net.Listener
	http     *http.Server
}

// mountHealth serves /healthz and the brief /readyz to everybody. Metrics and what is
// behind /readyz go to the internal address when there is one, else to this machine.
func (s *server) mountHealth(api *web.API) error {
	c := s.core
	health := telemetry.NewHealth(c.Log, c.Cfg.Roles...)
	health.Add("database", c.DB.Ping)
	metrics := c.metrics.Handler()
	api.Raw(http.MethodGet, "/healthz", web.Public, health.Live)
	if c.Cfg.InternalAddr == "" {
		api.Raw(http.MethodGet, "/readyz", web.Public, choose(isLocal, health.Ready, health.ReadyBrief))
		api.Raw(http.MethodGet, "/metrics", web.Public, choose(isLocal, metrics.ServeHTTP, func(w http.ResponseWriter, r *http.Request) {
			api.WriteError(w, r, fault.NotFound("There is nothing here."))
		}))
		return nil
	}
	api.Raw(http.MethodGet, "/readyz", web.Public, health.ReadyBrief)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", health.Live)
	mux.HandleFunc("GET /readyz", health.Ready)
	mux.Handle("GET /metrics", metrics)
	return s.openInternal(mux)
}

func (s *server) openInternal(handler http.Handler) error {
	addr := s.core.Cfg.InternalAddr
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("listen on AEROSTIC_INTERNAL_ADDR %s: %w", addr, err)
	}
	s.internal = &internalServer{listener: listener, http: web.Server(addr, handler)}
	return nil
}

func (i *internalServer) serve() error { return ignoreClosed(i.http.Serve(i.listener)) }
func (i *internalServer) close() error { return i.http.Close() }

func choose(when func(*http.Request) bool, yes, no http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if when(r) {
			yes(w, r)
			return
		}
		no(w, r)
	}
}

// isLocal says whether a request was made on this machine. One that a proxy passed on was
// not, wherever the proxy is.
func isLocal(r *http.Request) bool {
	for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if r.Header.Get(header) != "" {
			return false
		}
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && from.Addr().Unmap().IsLoopback()
}
