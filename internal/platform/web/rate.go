package web

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Limit is a rate limit class. An operation names one; Config.Limits sets its rate, and may add
// classes of its own.
type Limit string

// The classes known without configuration.
const (
	LimitActor     Limit = "actor"     // default of operations with an actor: per actor
	LimitAnonymous Limit = "anonymous" // default of public operations: per address
	LimitLogin     Limit = "login"     // guessing secrets: per address and operation
	LimitNone      Limit = "none"      // no limit: webhooks that the vendor paces
)

// Rate is a token bucket: Events per Per on average, Burst at once.
type Rate struct {
	Events int
	Per    time.Duration
	Burst  int
}

func defaultRates() map[Limit]Rate {
	return map[Limit]Rate{
		LimitActor:     {Events: 1200, Per: time.Minute, Burst: 300},
		LimitAnonymous: {Events: 300, Per: time.Minute, Burst: 100},
		LimitLogin:     {Events: 10, Per: time.Minute, Burst: 20},
	}
}

// limiter holds the buckets of this process. A full bucket is the same as none, so idle ones
// are dropped and memory stays with the callers of the last minutes.
type limiter struct {
	rates map[Limit]Rate
	off   bool
	clock clock.Clock

	mu      sync.Mutex
	buckets map[string]*rate.Limiter
	swept   time.Time
}

func newLimiter(cfg Config) *limiter {
	rates := defaultRates()
	for class, r := range cfg.Limits {
		rates[class] = r
	}
	return &limiter{rates: rates, off: cfg.LimitsOff, clock: cfg.Clock, buckets: map[string]*rate.Limiter{}}
}

// limitAddress applies before anybody is known: to public operations and to login ones.
func (a *API) limitAddress(w http.ResponseWriter, op Op, info *Info) error {
	class := op.Limit
	if class == "" && op.Permission == Public {
		class = LimitAnonymous
	}
	if class == LimitLogin {
		return a.limiter.take(w, class, address(info.IP)+" "+op.ID)
	}
	if op.Permission != Public {
		return nil
	}
	return a.limiter.take(w, class, address(info.IP))
}

func (a *API) limitActor(w http.ResponseWriter, op Op, ctx context.Context) error {
	act, ok := actor.From(ctx)
	if !ok || op.Permission == Public || op.Limit == LimitLogin {
		return nil
	}
	class := op.Limit
	if class == "" {
		class = LimitActor
	}
	return a.limiter.take(w, class, act.TenantID.String()+act.UserID.String()+act.SessionID.String())
}

// take spends one token and says in the headers what is left.
func (l *limiter) take(w http.ResponseWriter, class Limit, key string) error {
	if l.off || class == LimitNone {
		return nil
	}
	r, now := l.rates[class], l.clock.Now()
	bucket := l.bucket(string(class)+" "+key, r, now)
	allowed := bucket.AllowN(now, 1)
	left := math.Max(0, bucket.TokensAt(now))
	perToken := r.Per / time.Duration(max(1, r.Events))
	h := w.Header()
	h.Set("RateLimit-Limit", strconv.Itoa(r.Burst))
	h.Set("RateLimit-Remaining", strconv.Itoa(int(left)))
	h.Set("RateLimit-Reset", seconds(time.Duration((float64(r.Burst)-left)*float64(perToken))))
	if allowed {
		return nil
	}
	wait := seconds(perToken)
	h.Set("Retry-After", wait)
	return fault.TooMany(fmt.Sprintf("Too many requests. Try again in %s s.", wait))
}

func (l *limiter) bucket(key string, r Rate, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.swept) > time.Minute {
		l.sweep(now)
	}
	b, ok := l.buckets[key]
	if !ok {
		b = rate.NewLimiter(rate.Limit(float64(r.Events)/r.Per.Seconds()), r.Burst)
		l.buckets[key] = b
	}
	return b
}

func (l *limiter) sweep(now time.Time) {
	l.swept = now
	for key, b := range l.buckets {
		if b.TokensAt(now) >= float64(b.Burst()) {
			delete(l.buckets, key)
		}
	}
}

// address keys IPv6 callers by their /64: one customer owns all of it.
func address(ip netip.Addr) string {
	if ip.Is6() {
		if prefix, err := ip.Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return ip.String()
}

func seconds(d time.Duration) string {
	return strconv.Itoa(int(math.Ceil(d.Seconds())))
}
