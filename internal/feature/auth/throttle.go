package auth

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// tries bounds how often something may be guessed: free tries cost nothing, each one after
// them locks for twice as long as the one before, from first up to longest.
type tries struct {
	key     []byte // a hash: the table tells nobody which addresses were tried
	free    int
	first   time.Duration
	longest time.Duration
	// forget is the pause after which counting starts anew.
	forget time.Duration
	// shared keys serve many people, so one success does not clear them.
	shared bool
}

// passwordTries are the bounds on an account from one place, on the account from anywhere, and
// on one place over all accounts. A locked account opens by itself: nobody can lock another
// out for long.
func passwordTries(email, ip string) []tries {
	return []tries{
		{key: triesKey("account", email, ip), free: 5, first: 30 * time.Second, longest: time.Hour, forget: 24 * time.Hour},
		{key: triesKey("account", email), free: 50, first: time.Minute, longest: 15 * time.Minute, forget: time.Hour},
		{key: triesKey("place", ip), free: 200, first: time.Minute, longest: 15 * time.Minute, forget: 15 * time.Minute, shared: true},
	}
}

// codeTries bound the guessing of a person's six digits by somebody who has the password.
func codeTries(user uuid.UUID) []tries {
	return []tries{{key: triesKey("code", user.String()), free: 5, first: 30 * time.Second, longest: time.Hour, forget: 24 * time.Hour}}
}

// noticeTries bound mails that a stranger can cause.
func noticeTries(purpose string, user uuid.UUID) []tries {
	return []tries{{key: triesKey("mail", purpose, user.String()), free: 5, first: time.Hour, longest: time.Hour, forget: time.Hour}}
}

func triesKey(parts ...string) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", parts))
	return sum[:]
}

// attempt is the row of one key.
type attempt struct {
	Failures    int
	LockedUntil *time.Time
	UpdatedAt   time.Time
}

// after counts one more try at now. It is not allowed while locked, and then not counted.
func (t tries) after(a attempt, now time.Time) (attempt, bool) {
	if a.LockedUntil != nil && now.Before(*a.LockedUntil) {
		return a, false
	}
	if now.Sub(a.UpdatedAt) > t.forget {
		a.Failures = 0
	}
	a.Failures++
	a.LockedUntil, a.UpdatedAt = nil, now
	if beyond := a.Failures - t.free; beyond > 0 {
		until := now.Add(t.lock(beyond))
		a.LockedUntil = &until
	}
	return a, true
}

func (t tries) lock(beyond int) time.Duration {
	lock := t.first
	for range beyond - 1 {
		if lock >= t.longest {
			break
		}
		lock *= 2
	}
	return min(lock, t.longest)
}

// count counts a try before it is made, so that a thousand at the same moment cannot all pass
// before the first has failed. Locked: a fault of kind too many, with the time to wait.
func (s *Service) count(ctx context.Context, bounds []tries) error {
	return s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		return s.countIn(ctx, tx, bounds)
	})
}

func (s *Service) countIn(ctx context.Context, tx pgx.Tx, bounds []tries) error {
	now := s.Clock.Now()
	for _, bound := range inLockOrder(bounds) {
		before, err := lockAttempt(ctx, tx, bound.key, now)
		if err != nil {
			return err
		}
		after, allowed := bound.after(before, now)
		if !allowed {
			return tooManyTries(before.LockedUntil.Sub(now))
		}
		if err := updateAttempt(ctx, tx, bound.key, after); err != nil {
			return err
		}
	}
	return nil
}

// inLockOrder sorts bounds by key: whoever takes several rows takes them in this order.
func inLockOrder(bounds []tries) []tries {
	return slices.SortedFunc(slices.Values(bounds), func(a, b tries) int { return bytes.Compare(a.key, b.key) })
}

// forgive takes counted tries back after a success.
func (s *Service) forgive(ctx context.Context, bounds []tries) error {
	return s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		for _, bound := range inLockOrder(bounds) {
			if err := clearAttempt(ctx, tx, bound.key, bound.shared); err != nil {
				return err
			}
		}
		return nil
	})
}

func tooManyTries(wait time.Duration) error {
	text := fmt.Sprintf("%d seconds", int(wait.Round(time.Second)/time.Second))
	if wait > 2*time.Minute {
		text = fmt.Sprintf("%d minutes", int((wait+time.Minute-1)/time.Minute))
	}
	return fault.TooMany("Too many wrong tries. Wait " + text + " and try again.").WithCode("locked")
}
