package app

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/auth"
	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/feature/user"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// demoPassword is everybody's in the demo data; it is printed at the start.
const demoPassword = "aerostic-demo-1"

// sampleRows is the size of the contact file a newcomer imports.
const sampleRows = 10000

// The customer of the first demo firm whose phone stands ready to play with.
const (
	demoCustomer     = "919845011001"
	demoCustomerName = "Asha Sharma"
)

// demoFirm is a workspace of the demo data.
type demoFirm struct {
	name, slug string
	account    int // of the simulator
	topup      money.Amount
	people     []demoPerson
}

type demoPerson struct {
	key, name, email string // key: of dev.json's logins
	role             tenant.Role
}

func demoFirms() []demoFirm {
	return []demoFirm{
		{name: "Acme Sarees", slug: "acme", account: 1, topup: 50_000 * money.Unit, people: []demoPerson{
			{"owner", "Priya Raman", "owner@acme.example", tenant.Owner},
			{"admin", "Arjun Mehta", "admin@acme.example", tenant.Admin},
			{"agent", "Fatima Sheikh", "agent@acme.example", tenant.Agent},
		}},
		{name: "Bloom & Co.", slug: "bloom", account: 2, topup: 5_000 * money.Unit, people: []demoPerson{
			{"other_owner", "Rahul Verma", "owner@bloom.example", tenant.Owner},
		}},
	}
}

func demoOperator() demoPerson {
	return demoPerson{key: "platform", name: "Olivia Operator", email: "operator@aerostic.example"}
}

// demoAccounts are the simulator's accounts behind the demo firms, and one to connect by hand.
func demoAccounts() []whatsappsim.WABASeed {
	names := []string{"Acme Sarees", "Bloom & Co.", "Your own business"}
	seeds := make([]whatsappsim.WABASeed, len(names))
	for i, name := range names {
		seeds[i] = whatsappsim.Fixture(i+1, name)
		seeds[i].Numbers[0].Throughput = 1000
	}
	return seeds
}

// seed makes the demo data, unless a start before did. A start that was killed in the
// middle is finished by the next: every step looks before it makes.
func (d *dev) seed(ctx context.Context, o DevOptions) error {
	d.info.Logins = demoLogins()
	c, err := Open(ctx, d.cfg, o.Log)
	if err != nil {
		return err
	}
	defer c.Close()
	if seeded, err := d.seeded(ctx, c); err != nil || seeded {
		return err
	}
	if _, err := c.person(ctx, demoOperator(), true); err != nil {
		return err
	}
	for _, firm := range demoFirms() {
		if err := c.seedFirm(ctx, firm, d.sim != nil); err != nil {
			return fmt.Errorf("%s: %w", firm.name, err)
		}
	}
	if err := writeSample(d.folder.path(fileSample)); err != nil {
		return err
	}
	return os.WriteFile(d.folder.path(fileSeeded), nil, 0o644)
}

// seeded says whether a start has finished the demo data in this very database: with
// DATABASE_URL, folder and database come and go apart.
func (d *dev) seeded(ctx context.Context, c *Core) (bool, error) {
	if _, err := os.Stat(d.folder.path(fileSeeded)); err != nil {
		return false, nil
	}
	_, found, err := c.Tenants.BySlug(ctx, demoFirms()[0].slug)
	return found, err
}

func demoLogins() map[string]Login {
	logins := make(map[string]Login)
	for _, firm := range demoFirms() {
		for _, p := range firm.people {
			logins[p.key] = Login{Email: p.email, Password: demoPassword, Tenant: firm.slug}
		}
	}
	op := demoOperator()
	logins[op.key] = Login{Email: op.email, Password: demoPassword}
	return logins
}

// seedFirm makes one workspace with its people, money, number, templates and contacts.
func (c *Core) seedFirm(ctx context.Context, firm demoFirm, simulated bool) error {
	owner, err := c.person(ctx, firm.people[0], false)
	if err != nil {
		return err
	}
	id, found, err := c.Tenants.BySlug(ctx, firm.slug)
	if err != nil {
		return err
	}
	if !found {
		t, err := c.Auth.CreateWorkspace(ctx, tenant.NewTenant{Name: firm.name, Slug: firm.slug, Owner: owner.ID})
		if err != nil {
			return err
		}
		id = t.ID
	}
	if err := c.seedPeople(ctx, id, firm.people[1:]); err != nil {
		return err
	}
	if _, err := c.Billing.Topup(ctx, id, billing.Topup{Amount: firm.topup, Currency: "INR", Reason: "Welcome credit", Key: "demo-" + firm.slug}); err != nil {
		return err
	}
	as := actor.With(ctx, actor.ForTenant(id))
	if simulated {
		if err := c.seedNumber(as, firm.account); err != nil {
			return err
		}
	}
	return c.seedContacts(as)
}

func (c *Core) seedPeople(ctx context.Context, id uuid.UUID, people []demoPerson) error {
	for _, p := range people {
		u, err := c.person(ctx, p, false)
		if err != nil {
			return err
		}
		if _, member, err := c.Tenants.MembershipIn(ctx, id, u.ID); err != nil || member {
			if err != nil {
				return err
			}
			continue
		}
		if err := c.Auth.AddMember(ctx, id, u.ID, p.role); err != nil {
			return err
		}
	}
	return nil
}

// person finds or makes somebody.
func (c *Core) person(ctx context.Context, p demoPerson, platform bool) (u user.User, err error) {
	u, err = c.Auth.CreatePerson(ctx, auth.Person{Name: p.name, Email: p.email, Password: demoPassword, Platform: platform})
	if fault.KindOf(err) != fault.KindConflict {
		return u, err
	}
	err = c.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		u, err = c.Users.ByEmail(ctx, tx, p.email)
		return err
	})
	return u, err
}

// seedNumber connects the firm's simulated number; a job then reads its templates.
func (c *Core) seedNumber(ctx context.Context, account int) error {
	fixture := whatsappsim.Fixture(account, "")
	_, _, err := c.Channels.Connect(ctx, channel.Connection{WABAID: fixture.ID, PhoneNumberID: fixture.Numbers[0].ID, AccessToken: fixture.Token})
	if err != nil && fault.KindOf(err) != fault.KindConflict {
		return fmt.Errorf("connect number: %w", err)
	}
	return nil
}

// demoContacts are a few people to look at; the sample file brings the many.
func demoContacts() []struct{ name, phone, city string } {
	return []struct{ name, phone, city string }{
		{demoCustomerName, demoCustomer, "Pune"}, {"रवि कुमार", "919845011002", "जयपुर"},
		{"Meera Iyer 🌿", "919845011003", "Kochi"}, {"عائشة خان", "971501234567", "دبي"},
		{"Imran Khan", "919845011005", "Delhi"}, {"Kavya Nair", "919845011006", "Bengaluru"},
		{"देव पटेल", "919845011007", "Surat"}, {"Zoya Das", "919845011008", "Kolkata"},
		{"Ananya Rao", "919845012001", "Bengaluru"}, {"Tara Reddy", "919845012002", "Hyderabad"},
		{"Kabir Pillai", "919845012003", "Thrissur"}, {"Leela Kapoor", "919845012004", "Nagpur"},
	}
}

// demoName is what a contact of the demo data calls themselves.
func demoName(phone string) string {
	for _, p := range demoContacts() {
		if p.phone == phone {
			return p.name
		}
	}
	return ""
}

func (c *Core) seedContacts(ctx context.Context) error {
	for _, p := range demoContacts() {
		phone := "+" + p.phone
		change := contact.Change{Name: &p.name, Phone: &phone, Fields: map[string]string{"city": p.city},
			OptIn: &contact.Consent{State: contact.OptInGiven, Source: "Demo data"}}
		if _, err := c.Contacts.Create(ctx, change, nil); err != nil && fault.KindOf(err) != fault.KindConflict {
			return fmt.Errorf("add contact: %w", err)
		}
	}
	return nil
}

func writeSample(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(contact.WriteSample(f, sampleRows), f.Close())
}
