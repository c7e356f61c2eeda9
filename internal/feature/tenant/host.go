package tenant

import (
	"context"
	"net"
	"net/url"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// BySlug returns the id of the workspace with an address label; false when there is none.
func (s *Service) BySlug(ctx context.Context, slug string) (id uuid.UUID, found bool, err error) {
	err = s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		id, found, err = tenantOfSlug(ctx, tx, strings.ToLower(slug))
		return err
	})
	return id, found, err
}

// ByHost returns the id of the workspace that a host names: a label before one of the base
// hosts (acme.localhost:8080), or a workspace's own host. Case and port do not matter; false
// when the host names none, as the base host itself.
func (s *Service) ByHost(ctx context.Context, host string) (id uuid.UUID, found bool, err error) {
	host = cleanHost(host)
	if slug, below := s.label(host); below {
		return s.BySlug(ctx, slug)
	}
	if s.isBase(host) || !strings.Contains(host, ".") {
		return uuid.Nil, false, nil
	}
	err = s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		id, found, err = tenantOfHost(ctx, tx, host)
		return err
	})
	return id, found, err
}

// AddHost makes host an address of the workspace. A host that any workspace has is a fault of
// kind conflict.
func (s *Service) AddHost(ctx context.Context, tenant uuid.UUID, host string) error {
	host = cleanHost(host)
	if _, below := s.label(host); below || s.isBase(host) || !strings.Contains(host, ".") {
		return invalid("body.host", "Enter a domain of your own, such as chat.example.com.")
	}
	return s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		added, err := insertHost(ctx, tx, host, tenant, s.Clock.Now())
		if err == nil && !added {
			err = fault.Conflict("A workspace has this domain already.").WithCode("host_taken")
		}
		return err
	})
}

// Home is the address of the workspace with that slug at this installation, without a slash at
// the end: https://acme.example.com. It is empty where workspaces have none: no base hosts are
// configured, and the installation is not on this machine alone.
func (s *Service) Home(slug string) string {
	public, err := url.Parse(s.PublicURL)
	if err != nil || slug == "" {
		return ""
	}
	base := ""
	switch {
	case len(s.BaseHosts) > 0:
		base = s.BaseHosts[0]
	case s.isBase(public.Hostname()):
		base = "localhost"
	default:
		return ""
	}
	if port := public.Port(); port != "" {
		base = net.JoinHostPort(base, port)
	}
	return public.Scheme + "://" + slug + "." + base
}

func cleanHost(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

func (s *Service) label(host string) (slug string, below bool) {
	for _, base := range s.bases() {
		if slug, found := strings.CutSuffix(host, "."+base); found && !strings.Contains(slug, ".") {
			return slug, true
		}
	}
	return "", false
}

func (s *Service) isBase(host string) bool {
	for _, base := range s.bases() {
		if host == base {
			return true
		}
	}
	return net.ParseIP(host) != nil
}

func (s *Service) bases() []string {
	return append([]string{"localhost"}, s.BaseHosts...)
}
