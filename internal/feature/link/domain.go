package link

import (
	"context"
	"errors"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/secret"
)

// Base is what the addresses of tracked links begin with.
type Base struct {
	URL string `json:"url" doc:"https://go.example.com/l/"`
	Own bool   `json:"own" doc:"On a domain of the workspace's own"`
}

// Domain is a domain of a workspace's own. Its owner proves it by a TXT record.
type Domain struct {
	ID         uuid.UUID  `json:"id"`
	Host       string     `json:"host"`
	RecordName string     `json:"recordName" doc:"Name of the TXT record that proves the domain"`
	Record     string     `json:"record" doc:"What the record must say"`
	VerifiedAt *time.Time `json:"verifiedAt,omitempty"`
	InUse      bool       `json:"inUse" doc:"New links stand on it"`
	CheckedAt  *time.Time `json:"checkedAt,omitempty"`
	Problem    string     `json:"problem,omitempty" doc:"Why the last check did not prove it, and what to do"`
	CreatedAt  time.Time  `json:"createdAt"`
}

const (
	mostDomains = 10
	recordLabel = "_aerostic."
	recordStart = "aerostic-verify="
	lookupTime  = 5 * time.Second
)

// Settings is where a workspace's links may stand. The first of Bases is where new ones do.
type Settings struct {
	Bases   []Base   `json:"bases"`
	Domains []Domain `json:"domains"`
}

// Settings returns where the workspace's links stand.
func (s *Service) Settings(ctx context.Context) (out Settings, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, id uuid.UUID) error {
		if out.Bases, err = s.bases(ctx, tx, id); err != nil {
			return err
		}
		out.Domains, err = domains(ctx, tx, id)
		return err
	})
	return out, err
}

// bases lists where links may stand: the domain in use, the other proven ones, and the
// workspace's address at the installation, if it has one.
func (s *Service) bases(ctx context.Context, tx pgx.Tx, id uuid.UUID) (bases []Base, err error) {
	own, err := domains(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	t, err := tenant.ByID(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if home := s.Tenants.Home(t.Slug); home != "" {
		bases = append(bases, Base{URL: home + Path})
	}
	for _, d := range own {
		base := Base{URL: "https://" + d.Host + Path, Own: true}
		switch {
		case d.InUse:
			bases = slices.Insert(bases, 0, base)
		case d.VerifiedAt != nil:
			bases = append(bases, base)
		}
	}
	return bases, nil
}

// AddDomain notes a domain to be proven.
func (s *Service) AddDomain(ctx context.Context, host string) (d Domain, err error) {
	host, err = cleanHost(host)
	if err != nil {
		return Domain{}, err
	}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, id uuid.UUID) error {
		known, err := domains(ctx, tx, id)
		if err != nil {
			return err
		}
		if len(known) >= mostDomains {
			return fault.Invalid("A workspace has at most 10 link domains. Remove one first.").At("body.host", "Too many domains.")
		}
		if slices.ContainsFunc(known, func(d Domain) bool { return d.Host == host }) {
			return fault.Conflict("This domain is on the list already.").At("body.host", "Already there.").WithCode("domain_exists")
		}
		d = shown(Domain{ID: ident.New(), Host: host, Record: recordStart + secret.Token(), CreatedAt: s.Clock.Now()})
		return insertDomain(ctx, tx, id, d)
	})
	return d, err
}

// cleanHost reads a domain as people paste it, a whole address included.
func cleanHost(text string) (string, error) {
	host := strings.ToLower(strings.TrimSpace(text))
	if u, err := url.Parse(host); err == nil && u.Host != "" {
		host = u.Hostname()
	}
	host = strings.TrimSuffix(strings.TrimSuffix(host, "/"), ".")
	bad := func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '.' }
	dots := strings.Count(host, ".")
	if dots == 0 || len(host) > 200 || strings.ContainsFunc(host, bad) || strings.Contains(host, "..") || strings.HasPrefix(host, ".") || net.ParseIP(host) != nil {
		return "", fault.Invalid("Enter a domain of your own, such as go.example.com.").At("body.host", "Not a domain.")
	}
	return host, nil
}

// Verify looks for the domain's record. What is missing is told in Problem; it is no fault. A
// domain that is proven is the workspace's alone.
func (s *Service) Verify(ctx context.Context, id uuid.UUID) (Domain, error) {
	d, err := s.domain(ctx, id)
	if err != nil || d.VerifiedAt != nil {
		return d, err
	}
	if d.Problem = s.prove(ctx, d); d.Problem == "" {
		if err := s.claim(ctx, d.Host); err != nil {
			return d, err
		}
	}
	return s.changeDomain(ctx, id, func(_ context.Context, _ pgx.Tx, _ uuid.UUID, now *Domain) error {
		at := s.Clock.Now()
		now.CheckedAt, now.Problem = &at, d.Problem
		if d.Problem == "" {
			now.VerifiedAt = &at
		}
		return nil
	})
}

// claim makes the host the workspace's address. One that it is already, by an attempt that ended
// here, is fine.
func (s *Service) claim(ctx context.Context, host string) error {
	owner, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	taken := s.Tenants.AddHost(ctx, owner, host)
	if fault.KindOf(taken) != fault.KindConflict {
		return taken
	}
	if by, _, err := s.Tenants.ByHost(ctx, host); err != nil || by == owner {
		return err
	}
	return taken
}

// prove asks the domain's name servers. It returns what is wrong, for the user.
func (s *Service) prove(ctx context.Context, d Domain) string {
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	records, err := s.Resolver.LookupTXT(ctx, d.RecordName)
	var lookup *net.DNSError
	switch {
	case slices.ContainsFunc(records, func(r string) bool { return strings.TrimSpace(r) == d.Record }):
		return ""
	case err == nil:
		return "The record " + d.RecordName + " says something else. Copy the value again."
	case errors.As(err, &lookup) && lookup.IsNotFound:
		return "There is no TXT record " + d.RecordName + " yet. New records can take an hour to be seen."
	}
	return "The domain's name servers did not answer. Try again in a few minutes."
}

// Use makes a proven domain the one that new links stand on, or no longer.
func (s *Service) Use(ctx context.Context, id uuid.UUID, inUse bool) (Domain, error) {
	return s.changeDomain(ctx, id, func(ctx context.Context, tx pgx.Tx, owner uuid.UUID, d *Domain) error {
		if d.VerifiedAt == nil && inUse {
			return fault.Conflict("Prove that the domain is yours first.").WithCode("domain_unverified")
		}
		d.InUse = inUse
		return clearInUse(ctx, tx, owner)
	})
}

// RemoveDomain takes a domain off the list that is not proven. Links in people's chats stand on
// one that is, so it stays.
func (s *Service) RemoveDomain(ctx context.Context, id uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, owner uuid.UUID) error {
		d, err := domainByID(ctx, tx, owner, id)
		if err != nil {
			return noDomain(err)
		}
		if d.VerifiedAt != nil {
			return fault.Conflict("Links in messages stand on this domain, so it stays. You can stop using it for new links.").WithCode("domain_verified")
		}
		return deleteDomain(ctx, tx, owner, id)
	})
}

func (s *Service) domain(ctx context.Context, id uuid.UUID) (d Domain, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, owner uuid.UUID) error {
		d, err = domainByID(ctx, tx, owner, id)
		return noDomain(err)
	})
	return d, err
}

func (s *Service) changeDomain(ctx context.Context, id uuid.UUID, change func(context.Context, pgx.Tx, uuid.UUID, *Domain) error) (d Domain, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, owner uuid.UUID) error {
		if d, err = domainByID(ctx, tx, owner, id); err != nil {
			return noDomain(err)
		}
		if err := change(ctx, tx, owner, &d); err != nil {
			return err
		}
		return updateDomain(ctx, tx, owner, d)
	})
	return d, err
}

func noDomain(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.NotFound("There is no link domain with this id.")
	}
	return err
}

func shown(d Domain) Domain {
	d.RecordName = recordLabel + d.Host
	return d
}
