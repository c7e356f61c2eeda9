package auth

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/feature/user"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Person is somebody to create without the steps of a sign-up: demo data, the first operator.
type Person struct {
	Name     string
	Email    string
	Password string
	Platform bool // operator of the installation
}

// CreatePerson stores a person whose address counts as verified. An address that has an account
// is a fault of kind conflict, code email_taken. It checks no permission: it is for programs
// on the server.
func (s *Service) CreatePerson(ctx context.Context, p Person) (u user.User, err error) {
	n := user.NewUser{Verified: true, Platform: p.Platform, At: s.Clock.Now()}
	if n.Name, err = user.CleanName(p.Name); err != nil {
		return user.User{}, err
	}
	if n.Email, err = user.CleanEmail(p.Email); err != nil {
		return user.User{}, err
	}
	if err = user.CheckPassword(p.Password, n.Email); err != nil {
		return user.User{}, err
	}
	if n.PasswordHash, err = s.Users.Hasher.Hash(ctx, p.Password); err != nil {
		return user.User{}, err
	}
	err = s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		u, err = s.Users.Create(ctx, tx, n)
		return err
	})
	return u, err
}

// CreateWorkspace stores a workspace with its owner; the zero values of n are filled. It checks
// no permission: it is for programs on the server.
func (s *Service) CreateWorkspace(ctx context.Context, n tenant.NewTenant) (t tenant.Tenant, err error) {
	if n.ID == uuid.Nil {
		n.ID = ident.New()
	}
	if n.At.IsZero() {
		n.At = s.Clock.Now()
	}
	if n, err = n.Check(); err != nil {
		return tenant.Tenant{}, err
	}
	err = s.DB.InTenant(ctx, n.ID, func(ctx context.Context, tx pgx.Tx) error {
		t, err = s.found(ctx, tx, n)
		return err
	})
	return t, err
}

// AddMember puts a person into a workspace without an invitation. It checks no permission: it
// is for programs on the server.
func (s *Service) AddMember(ctx context.Context, in uuid.UUID, who uuid.UUID, role tenant.Role) error {
	return s.DB.InTenant(ctx, in, func(ctx context.Context, tx pgx.Tx) error {
		return tenant.AddMember(ctx, tx, tenant.Member{TenantID: in, UserID: who, Role: role, Since: s.Clock.Now()})
	})
}

// SetPlatform makes the person with an address an operator of the installation, or ends it.
func (s *Service) SetPlatform(ctx context.Context, address string, platform bool) error {
	email, err := user.CleanEmail(address)
	if err != nil {
		return err
	}
	return s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		u, err := s.Users.ByEmail(ctx, tx, email)
		if err != nil {
			return err
		}
		defer s.standings.forget(u.ID)
		if err := s.Users.SetPlatform(ctx, tx, u.ID, platform, s.Clock.Now()); err != nil {
			return err
		}
		return changed(ctx, tx, u.ID)
	})
}
