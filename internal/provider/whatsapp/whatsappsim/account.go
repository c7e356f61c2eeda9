package whatsappsim

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
)

// waba is one account.
type waba struct {
	id, name, currency string
	portfolio          *portfolio
	subscribed         atomic.Bool
	callback           atomic.Pointer[string] // override of the app's URL
	management         bucket
	marketing          atomic.Pointer[MarketingSeed]
	payments           atomic.Pointer[[]PaymentSeed]

	mu        sync.RWMutex // guards the lists
	numbers   []*number
	templates map[string]*template // by name and language
	listed    []*template          // in order of creation
}

// portfolio shares one daily limit between its numbers.
type portfolio struct {
	id    string
	limit atomic.Int64 // unique people per 24 h, 0 for unlimited

	mu      sync.Mutex
	started map[uint64]int64 // person → Unix seconds of the last conversation we began
	expired int64            // Unix seconds of the last sweep
}

// number is one business phone number.
type number struct {
	id, display, digits string
	waba                *waba
	bucket              bucket
	seen                [personShards]personShard
	service             atomic.Int64 // free service messages used
	bills               bills

	throughput atomic.Int64
	registered atomic.Bool
	banned     atomic.Bool

	// Under the account's lock.
	state, quality, nameStatus, verifiedName, pin string
}

// token grants some accounts; no list means all.
type token struct {
	value string
	wabas map[string]bool
	state string // "" is good, else the subcode's name
}

func (t *token) grants(id string) bool { return t.wabas == nil || t.wabas[id] }

// authorise finds the caller's token; nil with the refusal otherwise.
func (s *Sim) authorise(r *http.Request) (*token, *metaError) {
	value := bearer(r)
	if value == "" {
		return nil, errNoToken
	}
	if found := s.token(value); found != nil {
		if found.state != "" {
			return nil, errTokenExpired
		}
		return found, nil
	}
	if s.opts.OnUnknownToken != nil {
		if seed, ok := s.opts.OnUnknownToken(value); ok {
			seed.Token = value
			s.AddWABA(seed)
			return s.token(value), nil
		}
	}
	return nil, errBadToken
}

func (s *Sim) token(value string) *token {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.tokens[value]
}

func bearer(r *http.Request) string {
	header := r.Header.Get("Authorization")
	for _, scheme := range [...]string{"Bearer ", "OAuth "} {
		if strings.HasPrefix(header, scheme) {
			return strings.TrimSpace(header[len(scheme):])
		}
	}
	if r.URL.RawQuery != "" {
		return r.URL.Query().Get("access_token")
	}
	return ""
}

// number finds a number the token may use.
func (s *Sim) number(id string, by *token) (*number, *metaError) {
	s.mu.RLock()
	found := s.numbers[id]
	s.mu.RUnlock()
	if found == nil || !by.grants(found.waba.id) {
		return nil, notFound(id)
	}
	return found, nil
}

func (s *Sim) waba(id string, by *token) (*waba, *metaError) {
	s.mu.RLock()
	found := s.wabas[id]
	s.mu.RUnlock()
	if found == nil || !by.grants(id) {
		return nil, notFound(id)
	}
	return found, nil
}
