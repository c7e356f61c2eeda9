// Package whatsappsim is a stand-in for Meta's WhatsApp Cloud API over its own HTTP.
//
// It owns the other end of package whatsapp: accounts (WABA), numbers, tokens, templates
// with their approval, media, the validation and limits of sends, and the signed webhooks
// that follow. It counts every send it recorded, so that a test can judge us by what Meta
// saw and not by our own tables. It does not own any rule of Aerostic, and shares with
// package whatsapp only the wire types and the lint rules for templates.
//
// Life cycle: New starts the webhook workers, Handler serves Meta's paths and /_sim/
// (control.go), Close stops the workers and drops what they had not delivered. Everything
// is in memory. With the same Seed and the same order of requests the same messages fail.
//
// Under /_sim/ (JSON in and out, no token):
//
//	GET  recipients[?duplicates=1][&phone_number_id=]  sends recorded per recipient, and their total
//	GET  stats                                         Stats
//	GET  config, POST config                           Config; a POST may name some members only
//	POST wabas                                         WABASeed: make or extend an account
//	POST numbers                                       make a number, or change limits, quality, state
//	POST inbound                                       InboundRequest: a customer writes, reacts, edits, changes their number …
//	POST media?phone_number_id=[&filename=]            a customer's file; its id goes into inbound
//	POST echo                                          EchoRequest: the merchant wrote in the phone app
//	POST history                                       HistoryRequest: what was before the number was connected
//	POST payments                                      PayRequest: a customer pays a bill, or tries to
//	POST batch                                         BatchRequest: all of that in one webhook, mixed and doubled on demand
//	POST users                                         {wa_id, username | phone_number_id, marketing: stop|resume}
//	GET  phone/…, POST phone/…                         what the page /phone/ asks (phone.go)
//	POST template/{id}/{action}                        approve reject pause unpause disable recategorise
//	                                                   quality hold release drop
//	POST account/{waba}                                the value of an account_update webhook
//	POST reset                                         forget sends, windows, limits and counters
//
// /phone/ is a page: a customer's phone to play with.
//
// Source: https://developers.facebook.com/docs/whatsapp/cloud-api, Graph v25.0.
package whatsappsim

import (
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Options starts a simulator. Every zero value is usable.
type Options struct {
	// Seed makes runs alike; 0 takes a random one, so that two processes never give the
	// same message id.
	Seed uint64
	// Clock is the time limits and windows go by; time.Now when nil.
	Clock func() time.Time
	// Config is the behaviour to start with; nil takes DefaultConfig.
	Config *Config
	// WABAs are the accounts to start with.
	WABAs []WABASeed
	// StateFile keeps accounts, templates and media ids over restarts; "" keeps nothing.
	StateFile string
	// OnUnknownToken may make the account of a token on its first use, and tells whether
	// it did; nil refuses unknown tokens as Meta does.
	OnUnknownToken func(token string) (WABASeed, bool)
}

// Sim is one simulated Meta. Its methods are safe for concurrent use.
type Sim struct {
	opts   Options
	now    func() time.Time
	seed   uint64
	config atomic.Pointer[Config]

	mu         sync.RWMutex // guards the maps below
	wabas      map[string]*waba
	numbers    map[string]*number
	tokens     map[string]*token
	templates  map[string]*template
	portfolios map[string]*portfolio
	media      mediaStore

	people people
	seq    atomic.Uint64
	dice   atomic.Uint64
	stats  counters

	saving  sync.Mutex // one save at a time; guards saveErr
	saveErr error

	timeline *timeline
	outbox   *outbox
	bodies   bodies
	chats    chats
	stop     chan struct{}
	done     sync.WaitGroup
}

// New starts a simulator; Close it.
func New(opts Options) *Sim {
	s := &Sim{opts: opts, now: opts.Clock, seed: opts.Seed, stop: make(chan struct{})}
	if s.now == nil {
		s.now = time.Now
	}
	if s.seed == 0 {
		s.seed = rand.Uint64() | 1
	}
	config := DefaultConfig()
	if opts.Config != nil {
		config = *opts.Config
	}
	s.config.Store(&config)
	s.timeline, s.outbox = newTimeline(), newOutbox()
	s.empty()
	s.startWebhooks()
	s.restore()
	return s
}

// empty begins with the accounts to start with.
func (s *Sim) empty() {
	s.mu.Lock()
	s.wabas, s.numbers = map[string]*waba{}, map[string]*number{}
	s.tokens, s.templates = map[string]*token{}, map[string]*template{}
	s.portfolios = map[string]*portfolio{}
	s.media = newMediaStore()
	s.mu.Unlock()
	for _, seed := range s.opts.WABAs {
		s.AddWABA(seed)
	}
}

// Close stops the webhook workers. Deliveries not yet made are dropped. The error is that of
// the last save to StateFile.
func (s *Sim) Close() error {
	close(s.stop)
	s.outbox.close()
	s.done.Wait()
	s.saving.Lock()
	defer s.saving.Unlock()
	return s.saveErr
}

// Handler serves Meta's paths and /_sim/.
func (s *Sim) Handler() http.Handler { return http.HandlerFunc(s.serve) }

// serve routes by hand: a mux costs a tenth of a send.
func (s *Sim) serve(w http.ResponseWriter, r *http.Request) {
	path := strings.Trim(r.URL.Path, "/")
	first, rest, _ := strings.Cut(path, "/")
	switch first {
	case "_sim":
		s.control(w, r, rest)
		return
	case "phone":
		servePhone(w, r)
		return
	}
	version := ""
	if isVersion(first) {
		version, path = first, rest
	}
	id, edge, _ := strings.Cut(path, "/")
	if (edge == "messages" || edge == marketingEdge) && r.Method == http.MethodPost {
		s.send(w, r, id, edge == marketingEdge)
		return
	}
	s.manage(w, &call{Request: r, version: version, id: id, edge: edge})
}

// isVersion accepts v25.0 and its like.
func isVersion(s string) bool {
	if len(s) < 4 || s[0] != 'v' {
		return false
	}
	major, minor, ok := strings.Cut(s[1:], ".")
	return ok && isDigits(major) && isDigits(minor)
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// chance rolls one die: a number in [0,1) that depends on the seed and the roll alone.
func (s *Sim) chance() float64 { return unit(mix(s.seed, s.dice.Add(1))) }

// mix is splitmix64 over two words.
func mix(a, b uint64) uint64 {
	x := a + b*0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func unit(x uint64) float64 { return float64(x>>11) / (1 << 53) }
