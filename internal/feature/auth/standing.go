package auth

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/platform/realtime"
)

const (
	// Bell is rung with a person's id when their sessions, roles or operator flag changed.
	Bell = "session"
	// How long a standing is believed when the bell was not heard, as while the listening
	// connection was down.
	standingLife = 10 * time.Second
	// One entry is about 300 bytes.
	mostStandings = 20_000
)

// standing is what is true now of a session in one workspace, whatever its tokens say.
type standing struct {
	UserID       uuid.UUID
	Email        string
	Platform     bool
	TokenVersion int
	Role         tenant.Role // empty outside a workspace
	Open         bool        // the session lives, the person is a member, the workspace is active
}

type standingKey struct{ session, tenant uuid.UUID }

type cachedStanding struct {
	standing
	until time.Time
}

// standings remembers what Authenticate would otherwise ask the database for every request.
type standings struct {
	mu sync.Mutex
	// Raised by forget: what was being read at that moment is not kept.
	generation uint64
	entries    map[standingKey]cachedStanding
}

func newStandings() *standings {
	return &standings{entries: map[standingKey]cachedStanding{}}
}

func (c *standings) get(key standingKey, now time.Time) (found standing, ok bool, generation uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	entry, ok := c.entries[key]
	return entry.standing, ok && now.Before(entry.until), c.generation
}

func (c *standings) put(key standingKey, s standing, now time.Time, generation uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if generation != c.generation {
		return
	}
	if len(c.entries) >= mostStandings {
		clear(c.entries)
	}
	c.entries[key] = cachedStanding{standing: s, until: now.Add(standingLife)}
}

func (c *standings) forget(user uuid.UUID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.generation++
	for key, entry := range c.entries {
		if entry.UserID == user {
			delete(c.entries, key)
		}
	}
}

func (c *standings) forgetAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.generation++
	clear(c.entries)
}

// Forget drops what this process remembers of a person, by the text of their id. The wiring
// hands it to the listener for Bell, so that a log-out everywhere counts in every process. An
// empty id, rung when rings may have been missed, drops everybody.
func (s *Service) Forget(userID string) {
	id, err := uuid.Parse(userID)
	if err != nil {
		s.standings.forgetAll()
		return
	}
	s.standings.forget(id)
}

// Bells are the doorbells this feature listens to, for the process's one listener.
func (s *Service) Bells() map[string]func(id string) {
	return map[string]func(id string){Bell: s.Forget}
}

// changed tells every process, after the commit, that a person's standing is another.
func changed(ctx context.Context, tx pgx.Tx, user uuid.UUID) error {
	return realtime.Ring(ctx, tx, Bell, user.String())
}

// ended is changed for somebody who lost a session: their websockets are closed as well.
func ended(ctx context.Context, tx pgx.Tx, user uuid.UUID) error {
	if err := realtime.Kick(ctx, tx, user); err != nil {
		return err
	}
	return changed(ctx, tx, user)
}

func (s *Service) standing(ctx context.Context, c claims) (standing, error) {
	key, now := standingKey{session: c.SessionID, tenant: c.TenantID}, s.Clock.Now()
	known, ok, generation := s.standings.get(key, now)
	if ok {
		return known, nil
	}
	read, err := s.readStanding(ctx, c, now)
	if err != nil {
		return standing{}, err
	}
	s.standings.put(key, read, now, generation)
	return read, nil
}

func (s *Service) readStanding(ctx context.Context, c claims, now time.Time) (read standing, err error) {
	if c.TenantID == uuid.Nil {
		err = s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
			read, err = standingOf(ctx, tx, c.SessionID, now)
			return err
		})
		return read, err
	}
	err = s.DB.InTenant(ctx, c.TenantID, func(ctx context.Context, tx pgx.Tx) error {
		if read, err = standingOf(ctx, tx, c.SessionID, now); err != nil || !read.Open {
			return err
		}
		read.Role, read.Open, err = roleInActive(ctx, tx, c.TenantID, read.UserID)
		return err
	})
	return read, err
}
