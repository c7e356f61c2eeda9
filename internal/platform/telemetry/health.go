package telemetry

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// checkTimeout is how long a check may take before it counts as failing.
const checkTimeout = 2 * time.Second

// Check says what is wrong with something the process needs; nil is well.
type Check func(context.Context) error

// Health answers /healthz (the process runs) and /readyz (it can do its work).
type Health struct {
	roles  []string
	logger *slog.Logger

	mu     sync.Mutex
	names  []string
	checks map[string]Check
}

// NewHealth makes the health of a process that plays these roles, without checks.
func NewHealth(logger *slog.Logger, roles ...string) *Health {
	return &Health{roles: roles, logger: logger, checks: map[string]Check{}}
}

// Add makes readiness depend on check.
func (h *Health) Add(name string, check Check) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, known := h.checks[name]; !known {
		h.names = append(h.names, name)
	}
	h.checks[name] = check
}

type healthReply struct {
	Status string            `json:"status"` // ok or failing
	Roles  []string          `json:"roles,omitempty"`
	Checks map[string]string `json:"checks,omitempty"` // by name: ok or failing; the log says why
}

// Live serves /healthz.
func (h *Health) Live(w http.ResponseWriter, _ *http.Request) {
	writeHealth(w, http.StatusOK, healthReply{Status: "ok", Roles: h.roles})
}

// Ready serves /readyz: 200 when every check passes, 503 otherwise, with each check's name.
func (h *Health) Ready(w http.ResponseWriter, r *http.Request) {
	status, reply := h.ready(r.Context())
	writeHealth(w, status, reply)
}

// ReadyBrief is Ready for strangers: the status, without roles and checks.
func (h *Health) ReadyBrief(w http.ResponseWriter, r *http.Request) {
	status, reply := h.ready(r.Context())
	writeHealth(w, status, healthReply{Status: reply.Status})
}

func (h *Health) ready(ctx context.Context) (status int, reply healthReply) {
	status, reply = http.StatusOK, healthReply{Status: "ok", Roles: h.roles, Checks: map[string]string{}}
	for name, err := range h.run(ctx) {
		reply.Checks[name] = "ok"
		if err != nil {
			h.logger.WarnContext(ctx, "not ready", "check", name, "error", err.Error())
			reply.Checks[name], reply.Status, status = "failing", "failing", http.StatusServiceUnavailable
		}
	}
	return status, reply
}

// run does all checks at once.
func (h *Health) run(ctx context.Context) map[string]error {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	h.mu.Lock()
	names, checks := append([]string(nil), h.names...), make(map[string]Check, len(h.names))
	for name, check := range h.checks {
		checks[name] = check
	}
	h.mu.Unlock()
	results := make(map[string]error, len(names))
	var mu sync.Mutex
	var wait sync.WaitGroup
	for _, name := range names {
		wait.Go(func() {
			err := checks[name](ctx)
			mu.Lock()
			defer mu.Unlock()
			results[name] = err
		})
	}
	wait.Wait()
	return results
}

func writeHealth(w http.ResponseWriter, status int, reply healthReply) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(reply)
}
