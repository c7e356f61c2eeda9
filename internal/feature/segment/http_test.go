package segment

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/platform/web/webtest"
)

func TestHTTP(t *testing.T) {
	t.Parallel()
	webtest.Run(t, "testdata/story_*.json", func(t *testing.T) webtest.World {
		b := setup(t)
		for _, p := range b.people(2) {
			b.exec(`update contacts set name = 'आशा', fields = '{"city":"पुणे"}' where tenant_id = $1 and id = $2`, b.acme, p.id)
		}
		b.bob()
		b.exec(`insert into contact_fields (tenant_id, key, label, created_at) values ($1, 'city', 'City', $2)`, b.acme, b.clock.Now())
		return webtest.World{Handler: b.api().Handler(), As: map[string]string{"ann": "ann"}, Known: map[string]string{"acme": b.acme.String()}}
	})
}

// api serves the feature for Ann.
func (b *bundle) api() *web.API {
	ann, _ := actor.From(b.ctx)
	api := web.New(web.Config{Clock: b.clock, LimitsOff: true,
		Authenticate: func(_ context.Context, r *http.Request) (actor.Actor, error) {
			if r.Header.Get("Authorization") != "ann" {
				return actor.Actor{}, fault.Unauthenticated("Sign in to continue.")
			}
			return ann, nil
		},
		Allows: func(actor.Actor, actor.Permission) bool { return true },
	})
	b.Routes(api)
	return api
}

// bob adds Bob, who is in no city.
func (b *bundle) bob() {
	b.insert(person{id: uuid.Max, name: "Bob", phone: "+919800000000", optIn: "in", market: "India", created: b.clock.Now()})
}

// Every route asks for a permission on contacts.
func TestRoutesNeedPermissions(t *testing.T) {
	t.Parallel()
	api := web.New(web.Config{})
	New(Deps{}).Routes(api)
	equal(t, "routes", len(api.Operations()), 7)
	for _, op := range api.Operations() {
		if !strings.HasPrefix(string(op.Permission), "contact.") {
			t.Errorf("%s %s needs %q", op.Method, op.Path, op.Permission)
		}
	}
}
