package whatsappsim

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Template states a send cares about; the others are Meta's words.
const (
	statusApproved = "APPROVED"
	statusPending  = "PENDING"
	statusRejected = "REJECTED"
	statusPaused   = "PAUSED"
	statusDisabled = "DISABLED"
)

// template is one language of a template in an account.
type template struct {
	id    string
	waba  *waba
	shape atomic.Pointer[shape]

	mu      sync.RWMutex // guards what follows
	wire    whatsapp.Template
	holding bool
	held    []delivery
	edits   []time.Time // while approved, the last 30 days
}

func templateKey(name, language string) string { return name + "\x00" + language }

// template finds a template without making strings of what the request says.
func (w *waba) template(name, language []byte) *template {
	var room [128]byte
	key := append(append(append(room[:0], name...), 0), language...)
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.templates[string(key)]
}

func (t *template) status() string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.wire.Status
}

func (t *template) snapshot() whatsapp.Template {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.wire
}

// change edits the template under its lock and works its shape out again.
func (t *template) change(edit func(*whatsapp.Template)) whatsapp.Template {
	t.mu.Lock()
	defer t.mu.Unlock()
	edit(&t.wire)
	t.shape.Store(shapeOf(&t.wire))
	return t.wire
}

func (t *template) categoryCode() category {
	t.mu.RLock()
	defer t.mu.RUnlock()
	switch t.wire.Category {
	case "UTILITY":
		return categoryUtility
	case "AUTHENTICATION":
		return categoryAuthentication
	default:
		return categoryMarketing
	}
}

// hold keeps a message back while the template's quality is assessed.
func (t *template) hold(d delivery) bool {
	t.mu.RLock()
	holding := t.holding
	t.mu.RUnlock()
	if !holding {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.holding {
		t.held = append(t.held, d)
	}
	return t.holding
}

// release ends the assessment; fail is the code all held messages fail with, 0 for none.
func (s *Sim) release(t *template, fail int) {
	t.mu.Lock()
	held := t.held
	t.held, t.holding = nil, false
	t.mu.Unlock()
	for _, d := range held {
		if fail != 0 {
			d.fail = fail
		}
		s.schedule(d, s.config.Load())
	}
}
