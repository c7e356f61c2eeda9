package whatsappsim

import (
	"net/http"
	"time"
)

// setThroughput allows rate messages per second; 0 is the standard 80, negative unlimited.
func (n *number) setThroughput(rate, burst int) {
	if rate == 0 {
		rate = 80
	}
	if burst <= 0 {
		burst = rate
	}
	n.throughput.Store(int64(rate))
	n.bucket.set(rate, burst, time.Second)
}

func (n *number) level() string {
	if rate := n.throughput.Load(); rate < 0 || rate >= 1000 {
		return "HIGH"
	}
	return "STANDARD"
}

// wire is the number as Meta shows it.
func (n *number) wire() map[string]any {
	n.waba.mu.RLock()
	defer n.waba.mu.RUnlock()
	status := n.state
	if !n.registered.Load() {
		status = "DISCONNECTED"
	}
	return map[string]any{
		"id": n.id, "display_phone_number": n.display, "verified_name": n.verifiedName, "status": status,
		"quality_rating": n.quality, "code_verification_status": "VERIFIED", "name_status": n.nameStatus,
		"platform_type": "CLOUD_API", "account_mode": "LIVE", "throughput": map[string]string{"level": n.level()},
		"whatsapp_business_manager_messaging_limit": tierOf(n.waba.portfolio.limit.Load()),
		"is_official_business_account":              false, "last_onboarded_time": "2026-11-01T10:00:00+0000",
	}
}

func tierOf(limit int64) string {
	switch {
	case limit == 0:
		return "TIER_UNLIMITED"
	case limit <= 250:
		return "TIER_250"
	case limit <= 2000:
		return "TIER_2K"
	case limit <= 10000:
		return "TIER_10K"
	default:
		return "TIER_100K"
	}
}

func (s *Sim) listNumbers(w http.ResponseWriter, c *call) *metaError {
	account, refused := s.limited(w, c)
	if refused != nil {
		return refused
	}
	account.mu.RLock()
	numbers := append([]*number{}, account.numbers...)
	account.mu.RUnlock()
	from, to, paging, refused := pageOf(c, len(numbers))
	if refused != nil {
		return refused
	}
	page := make([]map[string]any, 0, to-from)
	for _, n := range numbers[from:to] {
		page = append(page, n.wire())
	}
	writePage(w, page, paging)
	return nil
}

func (s *Sim) numberNode(w http.ResponseWriter, c *call, n *number) *metaError {
	switch c.Method {
	case http.MethodGet:
		writeJSON(w, http.StatusOK, n.wire())
	case http.MethodPost:
		return s.setPIN(w, c, n)
	default:
		return notFound(c.id)
	}
	return nil
}

func (s *Sim) setPIN(w http.ResponseWriter, c *call, n *number) *metaError {
	var body struct {
		PIN string `json:"pin"`
	}
	if refused := readJSON(c, &body); refused != nil {
		return refused
	}
	n.waba.mu.Lock()
	defer n.waba.mu.Unlock()
	if body.PIN != "" {
		n.pin = body.PIN
	}
	writeSuccess(w)
	return nil
}

var errPIN = fail(400, 133005, "Two step verification PIN Mismatch", "The two-step verification PIN is not correct")

func (s *Sim) register(w http.ResponseWriter, c *call) *metaError {
	n, refused := s.number(c.id, c.token)
	if refused != nil {
		return refused
	}
	var body struct {
		Product string `json:"messaging_product"`
		PIN     string `json:"pin"`
	}
	if refused := readJSON(c, &body); refused != nil {
		return refused
	}
	if body.Product != "whatsapp" {
		return errNoProduct
	}
	if len(body.PIN) != 6 || !isDigits(body.PIN) {
		return param("Param pin must be 6 characters long.")
	}
	n.waba.mu.Lock()
	defer n.waba.mu.Unlock()
	if n.pin != "" && n.pin != body.PIN {
		return errPIN
	}
	n.pin = body.PIN
	n.registered.Store(true)
	writeSuccess(w)
	return nil
}

func (s *Sim) deregister(w http.ResponseWriter, c *call) *metaError {
	n, refused := s.number(c.id, c.token)
	if refused != nil {
		return refused
	}
	n.registered.Store(false)
	writeSuccess(w)
	return nil
}
