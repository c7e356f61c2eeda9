package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

const problemType = "application/problem+json"

// Problem is the body of every error (RFC 9457). Detail is for the person; Kind and Code are
// for the program; RequestID finds the log lines.
type Problem struct {
	Type      string  `json:"type" doc:"Always about:blank: kind and code tell errors apart"`
	Title     string  `json:"title" doc:"The status in words"`
	Status    int     `json:"status"`
	Detail    string  `json:"detail" doc:"A sentence to show to the user"`
	Kind      string  `json:"kind" doc:"What can be done: invalid, not_found, conflict, forbidden, unauthenticated, too_many, payment_required, gone, unavailable, too_large, internal, method_not_allowed"`
	Code      string  `json:"code,omitempty" doc:"Names this very error for programs, such as email_taken"`
	RequestID string  `json:"requestId"`
	Errors    []Place `json:"errors,omitempty" doc:"What is wrong where"`
}

// Place is one thing wrong with the input.
type Place struct {
	Location string `json:"location" doc:"Such as body.phone or query.limit"`
	Message  string `json:"message"`
}

// Error, GetStatus and ContentType make a Problem an error that huma writes as it is.
func (p *Problem) Error() string { return p.Detail }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is problem+json whatever was negotiated.
func (p *Problem) ContentType(string) string { return problemType }

// problem turns an error into what the caller may read, and logs what they may not.
func (a *API) problem(ctx context.Context, err error) *Problem {
	p := describe(ctx, err)
	if p.Status == http.StatusInternalServerError {
		info := Request(ctx)
		a.cfg.Logger.ErrorContext(ctx, "request failed", "request_id", info.ID, "operation", info.operation, "error", err.Error())
	}
	return a.complete(ctx, p)
}

func (a *API) complete(ctx context.Context, p Problem) *Problem {
	p.Type, p.Title, p.RequestID = "about:blank", http.StatusText(p.Status), RequestID(ctx)
	if p.Status == statusClientGone {
		p.Title = "Client Closed Request"
	}
	return &p
}

func describe(ctx context.Context, err error) Problem {
	var ready *Problem
	if errors.As(err, &ready) {
		return *ready
	}
	if f, ok := fault.As(err); ok && f.Kind != fault.KindInternal {
		p := Problem{Status: statusOf(f.Kind), Kind: string(f.Kind), Detail: f.Sentence, Code: f.Code}
		for _, field := range f.Fields {
			p.Errors = append(p.Errors, Place{Location: field.Location, Message: field.Sentence})
		}
		return p
	}
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return Problem{Status: statusClientGone, Kind: string(fault.KindUnavailable), Detail: "The request was cancelled."}
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return Problem{Status: http.StatusServiceUnavailable, Kind: string(fault.KindUnavailable),
			Detail: "This took too long and was stopped. Try again in a moment.", Code: "timeout"}
	}
	return internalProblem()
}

func internalProblem() Problem {
	return Problem{Status: http.StatusInternalServerError, Kind: string(fault.KindInternal),
		Detail: "Something went wrong on our side. Try again; if it stays, tell us the request id."}
}

func tooLarge(limit int64) error {
	return fault.TooLarge("The request is larger than the " + size(limit) + " allowed here.")
}

func size(n int64) string {
	if n >= 1<<20 {
		return strconv.FormatInt(n>>20, 10) + " MB"
	}
	return strconv.FormatInt(max(1, n>>10), 10) + " kB"
}

func statusOf(kind fault.Kind) int {
	switch kind {
	case fault.KindInvalid:
		return http.StatusUnprocessableEntity
	case fault.KindNotFound:
		return http.StatusNotFound
	case fault.KindConflict:
		return http.StatusConflict
	case fault.KindForbidden:
		return http.StatusForbidden
	case fault.KindUnauthenticated:
		return http.StatusUnauthorized
	case fault.KindTooMany:
		return http.StatusTooManyRequests
	case fault.KindPaymentRequired:
		return http.StatusPaymentRequired
	case fault.KindGone:
		return http.StatusGone
	case fault.KindUnavailable:
		return http.StatusServiceUnavailable
	case fault.KindTooLarge:
		return http.StatusRequestEntityTooLarge
	default:
		return http.StatusInternalServerError
	}
}

// WriteError answers a raw request with the problem for err.
func (a *API) WriteError(w http.ResponseWriter, r *http.Request, err error) {
	a.write(w, r, *a.problem(r.Context(), err))
}

func (a *API) write(w http.ResponseWriter, r *http.Request, p Problem) {
	apiHeaders(w.Header(), a.cfg.HSTS)
	w.Header().Set("Content-Type", problemType)
	if p.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(a.complete(r.Context(), p))
}

// WriteJSON answers a raw request with v.
func WriteJSON(w http.ResponseWriter, status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, err = w.Write(append(body, '\n'))
	return err
}

// transform replaces huma's error model, which echoes the submitted values, and sends [] where
// a handler left a list nil.
func (a *API) transform(ctx huma.Context, _ string, v any) (any, error) {
	switch v := v.(type) {
	case *Problem:
		return v, nil
	case *huma.ErrorModel:
		return a.complete(ctx.Context(), a.fromHuma(v)), nil
	default:
		return emptyLists(v), nil
	}
}
