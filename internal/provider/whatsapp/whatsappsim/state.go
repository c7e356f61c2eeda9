package whatsappsim

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// state is what outlives a restart: Meta does not forget templates when we do. Sends,
// windows and webhooks on their way are not part of it.
type state struct {
	Accounts []savedAccount `json:"accounts"`
	Media    []savedMedia   `json:"media"`
}

type savedAccount struct {
	WABASeed
	Subscribed bool `json:"subscribed"`
}

// savedMedia is an upload without its content, which a send does not need.
type savedMedia struct {
	ID       string    `json:"id"`
	WABAID   string    `json:"waba_id"`
	NumberID string    `json:"number_id"`
	MIME     string    `json:"mime"`
	SHA256   string    `json:"sha256"`
	Size     int       `json:"size"`
	Expires  time.Time `json:"expires"`
}

// save writes the state file after a change, if there is one. A failed save is kept for
// Close to report: a change at Meta must not fail because our disk is full.
func (s *Sim) save() {
	if s.opts.StateFile == "" {
		return
	}
	s.saving.Lock()
	defer s.saving.Unlock()
	s.saveErr = s.writeState()
}

func (s *Sim) writeState() error {
	raw, err := json.Marshal(state{Accounts: s.savedAccounts(), Media: s.media.saved()})
	if err != nil {
		return fmt.Errorf("encode simulator state: %w", err)
	}
	// A rename replaces the file at once: a kill leaves the old or the new one.
	next := s.opts.StateFile + ".new"
	if err := os.WriteFile(next, raw, 0o600); err != nil {
		return fmt.Errorf("save simulator state: %w", err)
	}
	if err := os.Rename(next, s.opts.StateFile); err != nil {
		return fmt.Errorf("save simulator state: %w", err)
	}
	return nil
}

func (s *Sim) savedAccounts() []savedAccount {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var list []savedAccount
	for _, account := range s.wabas {
		saved := account.saved()
		for value, grant := range s.tokens {
			if grant.wabas[account.id] {
				saved.Token = value
			}
		}
		list = append(list, saved)
	}
	slices.SortFunc(list, func(a, b savedAccount) int { return strings.Compare(a.ID, b.ID) })
	return list
}

func (w *waba) saved() savedAccount {
	w.mu.RLock()
	defer w.mu.RUnlock()
	out := savedAccount{Subscribed: w.subscribed.Load(), WABASeed: WABASeed{
		ID: w.id, Name: w.name, Currency: w.currency, PortfolioID: w.portfolio.id, DailyLimit: int(w.portfolio.limit.Load()), Payments: *w.payments.Load()}}
	for _, n := range w.numbers {
		out.Numbers = append(out.Numbers, NumberSeed{ID: n.id, Phone: n.digits, VerifiedName: n.verifiedName,
			Throughput: int(n.throughput.Load()), Unregistered: !n.registered.Load(), PIN: n.pin})
	}
	for _, t := range w.listed {
		out.Templates = append(out.Templates, t.snapshot())
	}
	return out
}

func (m mediaStore) saved() []savedMedia {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var list []savedMedia
	for _, file := range m.byID {
		list = append(list, savedMedia{file.id, file.wabaID, file.numberID, file.mime, file.sha256, file.size, file.expires})
	}
	slices.SortFunc(list, func(a, b savedMedia) int { return strings.Compare(a.ID, b.ID) })
	return list
}

// restore reads the state file. What it knows wins over the accounts to start with; a file
// that is not there or cannot be read means a fresh start.
func (s *Sim) restore() {
	raw, err := os.ReadFile(s.opts.StateFile)
	if s.opts.StateFile == "" || errors.Is(err, fs.ErrNotExist) {
		return
	}
	var old state
	if err != nil || json.Unmarshal(raw, &old) != nil {
		return
	}
	for _, account := range old.Accounts {
		if started := s.forget(account.ID); account.Payments == nil && started != nil {
			account.Payments = *started.payments.Load() // written before there were any
		}
		account.Unsubscribed = !account.Subscribed
		s.AddWABA(account.WABASeed)
	}
	s.media.restore(old.Media)
	s.reviewPending()
}

// forget drops an account that the state file knows better, and returns it.
func (s *Sim) forget(wabaID string) *waba {
	s.mu.Lock()
	defer s.mu.Unlock()
	account := s.wabas[wabaID]
	if account == nil {
		return nil
	}
	for _, n := range account.numbers {
		delete(s.numbers, n.id)
	}
	for _, t := range account.listed {
		delete(s.templates, t.id)
	}
	delete(s.wabas, wabaID)
	return account
}

func (m mediaStore) restore(list []savedMedia) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, file := range list {
		m.byID[file.ID] = &mediaFile{id: file.ID, wabaID: file.WABAID, numberID: file.NumberID, mime: file.MIME,
			sha256: file.SHA256, size: file.Size, expires: file.Expires}
		if n := mediaNumber(file.ID); n > m.next {
			m.next = n
		}
	}
}

// reviewPending goes on with the reviews a stop interrupted.
func (s *Sim) reviewPending() {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, t := range s.templates {
		if t.status() == statusPending {
			s.review(t)
		}
	}
}

// Templates lists an account's templates as they are now.
func (s *Sim) Templates(wabaID string) []whatsapp.Template {
	s.mu.RLock()
	account := s.wabas[wabaID]
	s.mu.RUnlock()
	if account == nil {
		return nil
	}
	return account.saved().Templates
}
