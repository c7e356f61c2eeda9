package whatsappsim

import (
	"fmt"
	"strings"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// WABASeed is an account to make.
type WABASeed struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Currency string `json:"currency"`
	// PortfolioID groups accounts under one daily limit; the account's own when empty.
	PortfolioID string `json:"portfolio_id"`
	// DailyLimit is unique people per 24 hours, 0 for unlimited.
	DailyLimit int `json:"daily_limit"`
	// Token opens this account; more accounts may share one.
	Token     string              `json:"token"`
	Numbers   []NumberSeed        `json:"numbers"`
	Templates []whatsapp.Template `json:"templates"`
	// Marketing is how the account stands with the Marketing Messages API.
	Marketing MarketingSeed `json:"marketing"`
	// Payments are the account's payment configurations; nil leaves those there are.
	Payments []PaymentSeed `json:"payment_configurations"`
	// Unsubscribed: no webhooks until POST /{waba}/subscribed_apps.
	Unsubscribed bool `json:"unsubscribed"`
}

// NumberSeed is a number to make.
type NumberSeed struct {
	ID string `json:"id"`
	// Phone is the number's digits.
	Phone        string `json:"phone"`
	VerifiedName string `json:"verified_name"`
	// Throughput is messages per second, 80 when 0, unlimited when negative.
	Throughput int `json:"throughput"`
	// Burst is how many may come at once, one second's worth when 0.
	Burst int `json:"burst"`
	// Unregistered: sends answer 133010 until POST /{id}/register.
	Unregistered bool   `json:"unregistered"`
	PIN          string `json:"pin"`
}

// States of a number.
const (
	stateConnected = "CONNECTED"
	stateBanned    = "BANNED"
)

// AddWABA makes an account, or adds to it when the id is known; how it stands with the Marketing
// Messages API is as told last.
func (s *Sim) AddWABA(seed WABASeed) {
	s.mu.Lock()
	account := s.wabas[seed.ID]
	if account == nil {
		account = &waba{id: seed.ID, name: seed.Name, currency: seed.Currency, templates: map[string]*template{}}
		account.portfolio = s.portfolioLocked(seed)
		account.subscribed.Store(!seed.Unsubscribed)
		account.payments.Store(&[]PaymentSeed{})
		s.wabas[seed.ID] = account
	}
	account.marketing.Store(&seed.Marketing)
	if seed.Payments != nil {
		account.payments.Store(&seed.Payments)
	}
	s.grantLocked(seed.Token, seed.ID)
	s.mu.Unlock()
	for _, number := range seed.Numbers {
		s.addNumber(account, number)
	}
	for _, wire := range seed.Templates {
		if wire.Status == "" {
			wire.Status = statusApproved
		}
		s.addTemplate(account, wire)
	}
}

func (s *Sim) portfolioLocked(seed WABASeed) *portfolio {
	id := seed.PortfolioID
	if id == "" {
		id = "9" + seed.ID
	}
	found := s.portfolios[id]
	if found == nil {
		found = &portfolio{id: id, started: map[uint64]int64{}}
		s.portfolios[id] = found
	}
	found.limit.Store(int64(seed.DailyLimit))
	return found
}

func (s *Sim) grantLocked(value, wabaID string) {
	if value == "" {
		return
	}
	grant := &token{value: value, wabas: map[string]bool{wabaID: true}}
	if old := s.tokens[value]; old != nil {
		for id := range old.wabas {
			grant.wabas[id] = true
		}
	}
	s.tokens[value] = grant
}

func (s *Sim) addNumber(account *waba, seed NumberSeed) *number {
	made := &number{
		id: seed.ID, digits: strings.TrimPrefix(seed.Phone, "+"), waba: account, verifiedName: seed.VerifiedName,
		state: stateConnected, quality: "GREEN", nameStatus: statusApproved, pin: seed.PIN,
	}
	made.registered.Store(!seed.Unregistered)
	made.display = "+" + made.digits
	made.setThroughput(seed.Throughput, seed.Burst)
	account.mu.Lock()
	account.numbers = append(account.numbers, made)
	account.mu.Unlock()
	s.mu.Lock()
	s.numbers[made.id] = made
	s.mu.Unlock()
	return made
}

func (s *Sim) addTemplate(account *waba, wire whatsapp.Template) *template {
	if wire.ID == "" {
		wire.ID = s.newTemplateID(account, wire)
	}
	made := &template{id: wire.ID, waba: account}
	made.change(func(t *whatsapp.Template) { *t = wire })
	account.mu.Lock()
	account.templates[templateKey(wire.Name, wire.Language)] = made
	account.listed = append(account.listed, made)
	account.mu.Unlock()
	s.mu.Lock()
	s.templates[made.id] = made
	s.mu.Unlock()
	return made
}

// newTemplateID depends on what the template is, so a restart gives the same id.
func (s *Sim) newTemplateID(account *waba, wire whatsapp.Template) string {
	x := uint64(len(account.id))
	for _, c := range []byte(account.id + wire.Name + wire.Language) {
		x = mix(x, uint64(c))
	}
	for {
		id := fmt.Sprintf("%d", 100000000000000+x%899999999999999)
		s.mu.RLock()
		_, taken := s.templates[id]
		s.mu.RUnlock()
		if !taken {
			return id
		}
		x = mix(x, 7)
	}
}
