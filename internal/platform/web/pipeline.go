package web

import (
	"context"
	"net/http"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// pipeline is what every operation passes, cheapest refusal first: rate by address, who calls,
// may they, rate by actor, size, deadline, idempotency.
func (a *API) pipeline(op Op, next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		info, _ := r.Context().Value(infoKey{}).(*Info)
		info.name(op)
		apiHeaders(w.Header(), a.cfg.HSTS)
		if err := a.limitAddress(w, op, info); err != nil {
			a.WriteError(w, r, err)
			return
		}
		ctx, err := a.authorize(r, op, info)
		if err == nil {
			err = a.limitActor(w, op, ctx)
		}
		if err == nil && r.ContentLength > op.BodyLimit {
			err = tooLarge(op.BodyLimit)
		}
		if err != nil {
			a.WriteError(w, r, err)
			return
		}
		a.run(w, r.WithContext(ctx), op, next)
	})
}

func (a *API) run(w http.ResponseWriter, r *http.Request, op Op, next http.HandlerFunc) {
	if op.Timeout > 0 {
		ctx, cancel := context.WithTimeout(r.Context(), op.Timeout)
		defer cancel()
		r = r.WithContext(ctx)
	}
	// One byte more than allowed, so that huma, which counts too, sees the excess.
	r.Body = http.MaxBytesReader(w, r.Body, op.BodyLimit+1)
	if op.Idempotent && a.cfg.Idempotency != nil && r.Header.Get(idempotencyHeader) != "" {
		a.once(w, r, op, next)
		return
	}
	next(w, r)
}

// authorize finds who calls and whether they may. On a public operation credentials are
// optional: good ones make the actor known, bad ones change nothing.
func (a *API) authorize(r *http.Request, op Op, info *Info) (context.Context, error) {
	ctx := r.Context()
	if op.Permission == Public && r.Header.Get("Authorization") == "" {
		return ctx, nil
	}
	act, err := a.cfg.Authenticate(ctx, r)
	if op.Permission == Public && err != nil {
		return ctx, nil
	}
	if err != nil {
		return ctx, err
	}
	info.actedBy(act)
	ctx = actor.With(ctx, act)
	if !a.may(act, op.Permission) {
		return ctx, fault.Forbidden("Your role does not allow this. Ask an owner or admin of the workspace.")
	}
	return ctx, nil
}

func (a *API) may(act actor.Actor, p actor.Permission) bool {
	switch p {
	case Public, SignedIn:
		return true
	case Platform:
		return act.Platform
	default:
		return a.cfg.Allows(act, p)
	}
}

func refuse(context.Context, *http.Request) (actor.Actor, error) {
	return actor.Actor{}, fault.Unauthenticated("Sign in to continue.")
}
