package link

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/secret"
)

// Path is where tracked links stand on a host.
const Path = "/l/"

// Deps is what the service works with.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Logger   *slog.Logger
	Keys     *secret.Keyring
	Tenants  *tenant.Service
	Resolver *net.Resolver // asks for domains' TXT records; nil: the system's
}

// Service is the use cases of tracked links and link domains.
type Service struct {
	Deps
	// Clicked hears who clicked a link of a campaign for the first time, by campaign, in the
	// transaction that records them. Set once by the wiring.
	Clicked func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, people map[uuid.UUID][]uuid.UUID) error

	known known
}

// New makes the service.
func New(d Deps) *Service {
	if d.Resolver == nil {
		d.Resolver = net.DefaultResolver
	}
	return &Service{Deps: d}
}

// Sync makes the tracked links of a campaign those given, numbered in their order. The caller
// holds the campaign and knows that nothing of it was sent. It is a fault when one cannot be.
func (s *Service) Sync(ctx context.Context, tx pgx.Tx, tenant, campaign uuid.UUID, placed []Placed) error {
	if len(placed) > Most {
		return fault.Invalid("A campaign has at most 63 tracked links.").At("body.mapping", "Too many links.")
	}
	slots, urls := make([]string, len(placed)), make([]string, len(placed))
	for i, p := range placed {
		address, err := p.Target.Address()
		if err != nil {
			return err
		}
		slots[i], urls[i] = p.Slot, address
	}
	if err := replaceLinks(ctx, tx, tenant, campaign, slots, urls); err != nil {
		return fmt.Errorf("store links of campaign %s: %w", campaign, err)
	}
	return nil
}

// Tracker writes the addresses of one campaign's tracked links.
type Tracker struct {
	tokens tokens
	bases  []Base
	placed map[string]trackedSlot
}

type trackedSlot struct {
	number int
	suffix bool // the template has the address up to the token
}

// Tracker makes what writes the addresses of these links, numbered as Sync does. It is a fault
// when a button opens another site than one of the workspace's link domains, or when there is no
// such domain.
func (s *Service) Tracker(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, placed []Placed) (*Tracker, error) {
	if len(placed) == 0 {
		return nil, nil
	}
	bases, err := s.bases(ctx, tx, tenant)
	if err != nil {
		return nil, err
	}
	if len(bases) == 0 {
		return nil, fault.Invalid("There is no domain that tracked links can stand on yet. Add one in the settings.").
			At("body.mapping", "No link domain.").WithCode("no_link_domain")
	}
	t := &Tracker{bases: bases, placed: make(map[string]trackedSlot, len(placed))}
	if err := t.Check(placed); err != nil {
		return nil, err
	}
	for i, p := range placed {
		t.placed[p.Slot] = trackedSlot{number: i + 1, suffix: p.Before != ""}
	}
	t.tokens, err = s.tokensOf(ctx, tx, tenant)
	return t, err
}

// Check is a fault when one of these, in another version of the template, cannot be tracked: its
// button opens another site.
func (t *Tracker) Check(placed []Placed) error {
	for _, p := range placed {
		if p.Before != "" && !isBase(t.bases, p.Before) {
			return fault.Invalid("A button can only be tracked when the template's address is "+t.bases[0].URL+"{{1}}.").
				At("body.mapping", "It opens "+p.Before).WithCode("link_domain")
		}
	}
	return nil
}

// Value is what goes into a slot: the token where the template has the address before it, else
// the whole address. of is the message's id, or the campaign's for a sample, whose clicks lead
// on and are nobody's.
func (t *Tracker) Value(slot string, of uuid.UUID) string {
	p := t.placed[slot]
	token := t.tokens.write(of, p.number)
	if p.suffix {
		return token
	}
	return t.bases[0].URL + token
}

func isBase(bases []Base, address string) bool {
	for _, b := range bases {
		if strings.EqualFold(strings.TrimPrefix(address, "http://"), strings.TrimPrefix(b.URL, "http://")) {
			return true
		}
	}
	return false
}

// tokensOf reads the workspace's key; the first to ask makes it, and one sealed with a key that
// is going is sealed anew.
func (s *Service) tokensOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (tokens, error) {
	sealed, err := keyOf(ctx, tx, tenant)
	if errors.Is(err, pgx.ErrNoRows) {
		sealed, err = s.makeKey(ctx, tx, tenant)
	}
	if err != nil {
		return tokens{}, fmt.Errorf("read link key: %w", err)
	}
	key, err := s.Keys.Open(tenant, keyPlace, tenant, sealed)
	if err != nil {
		return tokens{}, err
	}
	if s.Keys.Stale(sealed) {
		if err := s.reseal(ctx, tx, tenant, key); err != nil {
			return tokens{}, err
		}
	}
	return newTokens(key)
}

// keyPlace is what the key is sealed for.
const keyPlace = "link_keys.key"

func (s *Service) makeKey(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]byte, error) {
	key := make([]byte, keySize)
	_, _ = rand.Read(key)
	sealed, err := s.Keys.Seal(tenant, keyPlace, tenant, key)
	if err != nil {
		return nil, err
	}
	if err := insertKey(ctx, tx, tenant, sealed, s.Clock.Now()); err != nil {
		return nil, err
	}
	return keyOf(ctx, tx, tenant)
}

func (s *Service) reseal(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, key []byte) error {
	sealed, err := s.Keys.Seal(tenant, keyPlace, tenant, key)
	if err != nil {
		return err
	}
	return updateKey(ctx, tx, tenant, sealed)
}

// inTenant runs fn in the actor's workspace.
func (s *Service) inTenant(ctx context.Context, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	id, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	return s.DB.InTenant(ctx, id, func(ctx context.Context, tx pgx.Tx) error { return fn(ctx, tx, id) })
}
