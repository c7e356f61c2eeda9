package tenant_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

type bundle struct {
	t  *testing.T
	db *db.DB
	s  *tenant.Service
	at time.Time
}

func setup(t *testing.T) *bundle {
	t.Helper()
	t.Parallel()
	b := &bundle{t: t, db: dbtest.New(t), at: time.Date(2026, 3, 14, 9, 30, 0, 0, time.UTC)}
	b.s = tenant.New(tenant.Deps{DB: b.db, Clock: clock.NewFake(b.at), BaseHosts: []string{"aerostic.example"}})
	return b
}

func (b *bundle) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// person inserts the part of a person that this package reads.
func (b *bundle) person(name string) uuid.UUID {
	b.t.Helper()
	id := ident.New()
	b.must(b.db.Global(b.t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			insert into users (id, email, name, password_hash, created_at, updated_at)
			values ($1, $2, $3, '', $4, $4)`, id, name+"@acme.example", name, b.at)
		return err
	}))
	return id
}

func (b *bundle) workspace(n tenant.NewTenant) (tenant.Tenant, error) {
	b.t.Helper()
	n.ID, n.At = ident.New(), b.at
	n, err := n.Check()
	b.must(err)
	var made tenant.Tenant
	err = b.db.InTenant(b.t.Context(), n.ID, func(ctx context.Context, tx pgx.Tx) error {
		made, err = tenant.Create(ctx, tx, n)
		return err
	})
	return made, err
}

func (b *bundle) create(name, slug string, owner uuid.UUID) tenant.Tenant {
	b.t.Helper()
	made, err := b.workspace(tenant.NewTenant{Name: name, Slug: slug, Owner: owner})
	b.must(err)
	return made
}

func (b *bundle) join(t tenant.Tenant, user uuid.UUID, role tenant.Role) {
	b.t.Helper()
	b.must(b.db.InTenant(b.t.Context(), t.ID, func(ctx context.Context, tx pgx.Tx) error {
		return tenant.AddMember(ctx, tx, tenant.Member{TenantID: t.ID, UserID: user, Role: role, Since: b.at})
	}))
}

func (b *bundle) as(t tenant.Tenant, user uuid.UUID, role tenant.Role) context.Context {
	return actor.With(b.t.Context(), actor.Actor{Kind: actor.User, UserID: user, TenantID: t.ID, Role: string(role)})
}

func TestHostsFindTheirWorkspace(t *testing.T) {
	b := setup(t)
	acme := b.create("Acme", "acme", b.person("ann"))
	b.must(b.s.AddHost(t.Context(), acme.ID, "Chat.Acme.Example:443"))
	for host, want := range map[string]bool{
		"acme.localhost:8080":        true,
		"ACME.localhost":             true,
		"acme.aerostic.example":      true,
		"acme.aerostic.example.":     true,
		"chat.acme.example":          true,
		"chat.acme.example:8443":     true,
		"localhost:8080":             false,
		"aerostic.example":           false,
		"globex.localhost:8080":      false,
		"deep.acme.aerostic.example": false,
		"acme.evil.example":          false,
		"127.0.0.1:8080":             false,
		"[::1]:8080":                 false,
		"":                           false,
	} {
		id, found, err := b.s.ByHost(t.Context(), host)
		if err != nil || found != want || (want && id != acme.ID) {
			t.Errorf("ByHost(%q) = %s, %v, %v, want found %v", host, id, found, err, want)
		}
	}
	globex := b.create("Globex", "globex", b.person("bob"))
	if err := b.s.AddHost(t.Context(), globex.ID, "chat.acme.example"); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("a second owner of a host: %v", err)
	}
	for _, host := range []string{"acme.localhost", "aerostic.example", "localhost", "10.0.0.1", "intranet"} {
		if err := b.s.AddHost(t.Context(), globex.ID, host); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("AddHost(%q) = %v, want invalid", host, err)
		}
	}
}

func TestSlugsAreUnique(t *testing.T) {
	b := setup(t)
	ann := b.person("ann")
	b.create("Acme", "acme", ann)
	if _, err := b.workspace(tenant.NewTenant{Name: "Other", Slug: "acme", Owner: ann}); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("a taken slug: %v", err)
	}
	again, err := b.workspace(tenant.NewTenant{Name: "Acme", Owner: ann})
	if err != nil || again.Slug == "acme" || again.Slug[:5] != "acme-" {
		t.Errorf("slug = %q, %v, want acme with a tail", again.Slug, err)
	}
}

func TestSettingsRoundTrip(t *testing.T) {
	b := setup(t)
	ann := b.person("ann")
	acme := b.create("Acme", "acme", ann)
	ctx := b.as(acme, ann, tenant.Owner)
	quiet, frequency, zone := &tenant.QuietHours{From: 21 * 60, To: 9 * 60}, &tenant.FrequencyCap{Messages: 2, Days: 3}, "Asia/Dubai"
	_, err := b.s.Update(ctx, tenant.Patch{Timezone: &zone, Quiet: &quiet, Frequency: &frequency})
	b.must(err)
	got, err := b.s.Get(t.Context(), acme.ID)
	b.must(err)
	if *got.Quiet != *quiet || *got.Frequency != *frequency || got.Location().String() != zone || got.Name != "Acme" {
		t.Errorf("tenant = %+v", got)
	}
	var noQuiet *tenant.QuietHours
	got, err = b.s.Update(ctx, tenant.Patch{Quiet: &noQuiet})
	if err != nil || got.Quiet != nil || got.Frequency == nil {
		t.Errorf("tenant = %+v, %v, want the cap alone", got, err)
	}
}

func TestLastOwnerStays(t *testing.T) {
	b := setup(t)
	ann, bob := b.person("ann"), b.person("bob")
	acme := b.create("Acme", "acme", ann)
	ctx := b.as(acme, ann, tenant.Owner)
	if err := b.s.Remove(ctx, ann); !lastOwner(err) {
		t.Errorf("remove the last owner: %v", err)
	}
	if _, err := b.s.ChangeRole(ctx, ann, tenant.Agent); !lastOwner(err) {
		t.Errorf("demote the last owner: %v", err)
	}
	b.join(acme, bob, tenant.Owner)
	_, err := b.s.ChangeRole(ctx, ann, tenant.Agent)
	b.must(err)
	if err := b.s.Remove(b.as(acme, bob, tenant.Owner), bob); !lastOwner(err) {
		t.Errorf("remove the owner who is left: %v", err)
	}
}

func lastOwner(err error) bool {
	f, ok := fault.As(err)
	return ok && f.Code == "last_owner"
}

// Two owners who demote each other at the same moment leave one.
func TestOwnersCannotDemoteEachOtherAtOnce(t *testing.T) {
	b := setup(t)
	ann, bob := b.person("ann"), b.person("bob")
	acme := b.create("Acme", "acme", ann)
	b.join(acme, bob, tenant.Owner)
	for round := range 10 {
		var results [2]error
		var both sync.WaitGroup
		both.Go(func() { _, results[0] = b.s.ChangeRole(b.as(acme, ann, tenant.Owner), bob, tenant.Admin) })
		both.Go(func() { results[1] = b.s.Remove(b.as(acme, bob, tenant.Owner), ann) })
		both.Wait()
		refused := slices.DeleteFunc(results[:], func(err error) bool { return err == nil })
		if len(refused) != 1 || !lastOwner(refused[0]) {
			t.Fatalf("round %d: results = %v, want one refused for the last owner", round, results)
		}
		b.join(acme, ann, tenant.Owner)
		b.must(b.promote(acme, ann, bob))
	}
}

// promote makes both owners again, whoever of them is one.
func (b *bundle) promote(acme tenant.Tenant, people ...uuid.UUID) error {
	for _, user := range people {
		if _, err := b.s.ChangeRole(b.as(acme, user, tenant.Owner), user, tenant.Owner); err != nil {
			return err
		}
	}
	return nil
}

func TestAdminsDoNotTouchOwners(t *testing.T) {
	b := setup(t)
	ann, bob, eve := b.person("ann"), b.person("bob"), b.person("eve")
	acme := b.create("Acme", "acme", ann)
	b.join(acme, bob, tenant.Admin)
	b.join(acme, eve, tenant.Owner)
	admin := b.as(acme, bob, tenant.Admin)
	_, demote := b.s.ChangeRole(admin, eve, tenant.Agent)
	_, promote := b.s.ChangeRole(admin, bob, tenant.Owner)
	_, invite := b.s.Invite(admin, "mallory@acme.example", tenant.Owner)
	for what, err := range map[string]error{"demote": demote, "promote": promote, "invite": invite, "remove": b.s.Remove(admin, eve)} {
		if fault.KindOf(err) != fault.KindForbidden {
			t.Errorf("%s: %v, want forbidden", what, err)
		}
	}
}

func TestMembershipsSpanWorkspaces(t *testing.T) {
	b := setup(t)
	ann, bob := b.person("ann"), b.person("bob")
	acme, globex := b.create("Acme", "acme", ann), b.create("Globex", "globex", bob)
	b.join(globex, ann, tenant.Agent)
	all, err := b.s.MembershipsOf(t.Context(), ann)
	b.must(err)
	if len(all) != 2 || all[0].Tenant.ID != acme.ID || all[0].Role != tenant.Owner || all[1].Role != tenant.Agent {
		t.Errorf("memberships = %+v", all)
	}
	b.must(b.s.Remove(b.as(globex, bob, tenant.Owner), ann))
	if all, err = b.s.MembershipsOf(t.Context(), ann); err != nil || len(all) != 1 {
		t.Errorf("memberships = %+v, %v, want Acme alone", all, err)
	}
}

// The database itself keeps tenants apart, even when a statement names another's id.
func TestOneTenantNeverSeesAnother(t *testing.T) {
	b := setup(t)
	ann := b.person("ann")
	acme, globex := b.create("Acme", "acme", ann), b.create("Globex", "globex", b.person("bob"))
	b.must(b.db.InTenant(t.Context(), globex.ID, func(ctx context.Context, tx pgx.Tx) error {
		if _, err := tenant.ByID(ctx, tx, acme.ID); fault.KindOf(err) != fault.KindNotFound {
			t.Errorf("read Acme from Globex: %v", err)
		}
		if _, found, err := tenant.RoleOf(ctx, tx, acme.ID, ann); err != nil || found {
			t.Errorf("a role of Acme from Globex: %v, %v", found, err)
		}
		return nil
	}))
	err := b.db.InTenant(t.Context(), globex.ID, func(ctx context.Context, tx pgx.Tx) error {
		return tenant.AddMember(ctx, tx, tenant.Member{TenantID: acme.ID, UserID: ann, Role: tenant.Owner, Since: b.at})
	})
	if err == nil {
		t.Error("Globex writes a member of Acme")
	}
}

func TestListsPageByKeyset(t *testing.T) {
	b := setup(t)
	ann := b.person("ann")
	acme := b.create("Acme", "acme", ann)
	for i := range 5 {
		b.join(acme, b.person(fmt.Sprint("agent", i)), tenant.Agent)
		b.create("Same Name", "", ann)
	}
	ctx := b.as(acme, ann, tenant.Owner)
	seen := map[uuid.UUID]bool{}
	for after := uuid.Nil; ; {
		page, err := b.s.Members(ctx, after, 2)
		b.must(err)
		if len(page) == 0 {
			break
		}
		for _, m := range page {
			seen[m.UserID] = true
		}
		after = page[len(page)-1].UserID
	}
	if len(seen) != 6 {
		t.Errorf("%d members on all pages, want 6", len(seen))
	}
	for _, order := range []tenant.Order{tenant.ByName, tenant.ByNewest} {
		if got := b.walk(order); len(got) != 6 {
			t.Errorf("by %s: %d tenants on all pages, want 6", order, len(got))
		}
	}
}

func (b *bundle) walk(order tenant.Order) map[uuid.UUID]bool {
	b.t.Helper()
	seen, after := map[uuid.UUID]bool{}, tenant.TenantCursor{}
	for {
		page, err := b.s.All(b.t.Context(), order, after, 2)
		b.must(err)
		if len(page) == 0 {
			return seen
		}
		for _, t := range page {
			seen[t.ID] = true
			after = tenant.TenantCursor{Name: t.Name, CreatedAt: t.CreatedAt, ID: t.ID}
		}
	}
}
