package actor_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

func TestActorTravelsInContext(t *testing.T) {
	t.Parallel()
	ann := actor.Actor{Kind: actor.User, UserID: uuid.New(), TenantID: uuid.New(), Role: "owner", Email: "ann@acme.test"}
	ctx := actor.With(t.Context(), ann)
	if got := actor.Must(ctx); got != ann {
		t.Fatalf("Must = %+v, want %+v", got, ann)
	}
	tenant, err := actor.Tenant(ctx)
	if err != nil || tenant != ann.TenantID {
		t.Fatalf("Tenant = %v, %v; want %v", tenant, err, ann.TenantID)
	}
}

func TestTenantSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	operator := actor.With(t.Context(), actor.Actor{Kind: actor.Platform, Platform: true})
	for name, c := range map[string]struct {
		ctx  context.Context
		kind string
	}{
		"nobody":       {t.Context(), "unauthenticated"},
		"no workspace": {operator, "forbidden"},
	} {
		if _, err := actor.Tenant(c.ctx); string(fault.KindOf(err)) != c.kind {
			t.Errorf("%s: %v is of kind %q, want %q", name, err, fault.KindOf(err), c.kind)
		}
	}
}

func TestSystemActsForOneTenant(t *testing.T) {
	t.Parallel()
	acme := uuid.New()
	tenant, err := actor.Tenant(actor.With(t.Context(), actor.ForTenant(acme)))
	if err != nil || tenant != acme {
		t.Fatalf("Tenant = %v, %v; want %v", tenant, err, acme)
	}
}

func TestMustPanicsWhenNobodyActs(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Fatal("Must did not panic")
		}
	}()
	actor.Must(t.Context())
}
