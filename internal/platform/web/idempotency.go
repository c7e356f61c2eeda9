package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

const (
	idempotencyHeader = "Idempotency-Key"
	// replayLimit is the largest answer kept for replay, in bytes.
	replayLimit = 256 << 10
)

// IdempotencyStore remembers answers by key. Claims is its implementation in Postgres.
type IdempotencyStore interface {
	// Begin claims the key for this attempt. It returns the stored answer when there is one, a
	// fault of kind conflict when the key was used for another body or is in use now.
	Begin(ctx context.Context, c Claim) (*Reply, error)
	// Finish stores the answer of the attempt.
	Finish(ctx context.Context, c Claim, r Reply) error
	// Abandon frees the key: the attempt changed nothing.
	Abandon(ctx context.Context, c Claim) error
}

// Claim is one attempt under a key. Tenant is nil for actors without a workspace; Scope tells
// apart who calls what, so that nobody reads another's answer.
type Claim struct {
	Tenant  uuid.UUID
	Scope   string // actor and operation
	Key     string // as the caller chose it
	Body    []byte // SHA-256 of the request's path, query and body
	Attempt uuid.UUID
	Lease   time.Duration // after this an attempt counts as crashed
}

// Reply is an answer as it was sent.
type Reply struct {
	Status      int
	ContentType string
	Location    string
	Body        []byte
}

// once runs the operation at most once per key: success is remembered and replayed, anything
// else changed nothing (an operation is one transaction) and frees the key.
func (a *API) once(w http.ResponseWriter, r *http.Request, op Op, next http.HandlerFunc) {
	claim, err := newClaim(r, op)
	if err != nil {
		a.WriteError(w, r, err)
		return
	}
	reply, err := a.cfg.Idempotency.Begin(r.Context(), claim)
	if err != nil {
		w.Header().Set("Retry-After", "1")
		a.WriteError(w, r, err)
		return
	}
	if reply != nil {
		replay(w, *reply)
		return
	}
	a.attempt(w, r, claim, next)
}

func (a *API) attempt(w http.ResponseWriter, r *http.Request, claim Claim, next http.HandlerFunc) {
	rec := &recorder{ResponseWriter: w, keep: replayLimit}
	// The outcome is stored even when the caller has gone: they will ask again.
	ctx := context.WithoutCancel(r.Context())
	finished := false
	defer func() {
		if !finished {
			a.logStore(ctx, a.cfg.Idempotency.Abandon(ctx, claim))
		}
	}()
	next(rec, r)
	if rec.code() >= http.StatusMultipleChoices || rec.spilled {
		return
	}
	finished = true
	a.logStore(ctx, a.cfg.Idempotency.Finish(ctx, claim, Reply{
		Status: rec.code(), ContentType: rec.Header().Get("Content-Type"),
		Location: rec.Header().Get("Location"), Body: rec.kept,
	}))
}

func (a *API) logStore(ctx context.Context, err error) {
	if err != nil {
		a.cfg.Logger.ErrorContext(ctx, "idempotency key not stored", "request_id", RequestID(ctx), "error", err.Error())
	}
}

func newClaim(r *http.Request, op Op) (Claim, error) {
	key := r.Header.Get(idempotencyHeader)
	if len(key) > 255 || strings.ContainsFunc(key, notVisible) {
		return Claim{}, fault.Invalid("The Idempotency-Key must be at most 255 visible ASCII characters.").
			At("header."+idempotencyHeader, "Use a UUID.")
	}
	body, err := io.ReadAll(r.Body)
	if err != nil || int64(len(body)) > op.BodyLimit {
		return Claim{}, tooLarge(op.BodyLimit)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	sum := sha256.New()
	_, _ = io.WriteString(sum, r.URL.RequestURI()+"\n")
	sum.Write(body)
	claim := Claim{Key: key, Body: sum.Sum(nil), Attempt: uuid.New(), Lease: 2 * time.Minute}
	if op.Timeout > 0 {
		claim.Lease = op.Timeout + 30*time.Second
	}
	claim.Scope = "address " + address(Request(r.Context()).IP) + " " + op.ID
	if act, ok := actor.From(r.Context()); ok {
		claim.Tenant, claim.Scope = act.TenantID, string(act.Kind)+" "+act.UserID.String()+" "+op.ID
	}
	return claim, nil
}

func notVisible(r rune) bool { return r < '!' || r > '~' }

func replay(w http.ResponseWriter, reply Reply) {
	if reply.ContentType != "" {
		w.Header().Set("Content-Type", reply.ContentType)
	}
	if reply.Location != "" {
		w.Header().Set("Location", reply.Location)
	}
	w.Header().Set("Idempotent-Replayed", "true")
	w.WriteHeader(reply.Status)
	_, _ = w.Write(reply.Body)
}
