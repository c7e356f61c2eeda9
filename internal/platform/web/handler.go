package web

import (
	"context"
	"errors"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Handler serves everything registered so far, and the pages.
func (a *API) Handler() http.Handler {
	a.settleSchemas()
	return http.HandlerFunc(a.serve)
}

// Server wraps h with the deadlines a public server needs. There is no write deadline: it would
// cut websockets and long downloads; operations have their own.
func Server(addr string, h http.Handler) *http.Server {
	return &http.Server{
		Addr: addr, Handler: h,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
}

func (a *API) serve(w http.ResponseWriter, r *http.Request) {
	info := a.requestInfo(r)
	rec := &recorder{ResponseWriter: w}
	rec.Header().Set("X-Request-Id", info.ID)
	ctx, end := a.span(r, info)
	r = r.WithContext(withInfo(ctx, info))
	started := a.cfg.Clock.Now()
	defer func() {
		a.recovered(rec, r, info, recover())
		took := a.cfg.Clock.Now().Sub(started)
		a.cfg.Observe(Observation{Operation: info.operation, Method: r.Method, Status: rec.code(), Took: took})
		a.logAccess(r, info, rec, took)
		end(rec.code())
	}()
	a.route(rec, r, info)
}

// route lets the mux answer what it knows; of the rest, the API's own paths get a problem and
// everything else is a page.
func (a *API) route(w *recorder, r *http.Request, info *Info) {
	handler, pattern := a.mux.Handler(r)
	if pattern != "" {
		a.mux.ServeHTTP(w, r)
		return
	}
	status, allow := probe(handler, r)
	if status == http.StatusNotFound && a.pages != nil && !ownPath(r.URL.Path) {
		info.operation, info.quiet = "page", true
		a.pages.ServeHTTP(w, r)
		return
	}
	a.writeUnmatched(w, r, status, allow)
}

func (a *API) writeUnmatched(w http.ResponseWriter, r *http.Request, status int, allow string) {
	if status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", allow)
		p := Problem{Status: status, Kind: "method_not_allowed", Detail: "This address does not take " + r.Method + " requests."}
		a.write(w, r, p)
		return
	}
	a.WriteError(w, r, fault.NotFound("There is nothing at this address."))
}

// probe asks the mux's own refusal for its status and Allow header, without its plain text.
func probe(h http.Handler, r *http.Request) (int, string) {
	rec := &recorder{ResponseWriter: discard{http.Header{}}}
	h.ServeHTTP(rec, r)
	return rec.code(), rec.Header().Get("Allow")
}

func ownPath(path string) bool {
	for _, prefix := range []string{"/api", "/webhooks", "/connection"} {
		if path == prefix || strings.HasPrefix(path, prefix+"/") {
			return true
		}
	}
	return false
}

// recovered answers a panic with a plain sentence and keeps the stack for the log.
func (a *API) recovered(w *recorder, r *http.Request, info *Info, cause any) {
	if cause == nil {
		return
	}
	if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		w.status = statusClientGone
		return
	}
	a.cfg.Logger.ErrorContext(r.Context(), "request panicked", "request_id", info.ID,
		"operation", info.operation, "panic", cause, "stack", string(debug.Stack()))
	if w.status == 0 {
		a.write(w, r, internalProblem())
	}
}

func (a *API) span(r *http.Request, info *Info) (ctx context.Context, end func(status int)) {
	if a.cfg.Tracer == nil {
		return r.Context(), func(int) {}
	}
	ctx, span := a.cfg.Tracer.Start(r.Context(), "http "+r.Method, trace.WithSpanKind(trace.SpanKindServer),
		trace.WithAttributes(attribute.String("http.request.method", r.Method), attribute.String("request_id", info.ID)))
	return ctx, func(status int) {
		span.SetName(r.Method + " " + info.operation)
		span.SetAttributes(attribute.Int("http.response.status_code", status))
		if status >= http.StatusInternalServerError {
			span.SetStatus(codes.Error, http.StatusText(status))
		}
		span.End()
	}
}
