package whatsappsim

import (
	"encoding/json"
	"net/http"
	"sync"
)

// bodies are the latest sends as they were written, for those who look at what people get. None
// are kept unless Config.Keep says so.
type bodies struct {
	mu     sync.Mutex
	latest []sentBody
}

// sentBody is one accepted send.
type sentBody struct {
	PhoneNumberID string          `json:"phone_number_id"`
	Body          json.RawMessage `json:"body"`
}

// keep adds a body and forgets those beyond the latest most.
func (b *bodies) keep(id string, body []byte, most int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.latest = append(b.latest, sentBody{id, append(json.RawMessage(nil), body...)})
	if extra := len(b.latest) - most; extra > 0 {
		b.latest = append([]sentBody(nil), b.latest[extra:]...)
	}
}

// writeBodies is GET /_sim/bodies?phone_number_id=…: the bodies of one number, the oldest first.
func (s *Sim) writeBodies(w http.ResponseWriter, r *http.Request) {
	s.bodies.mu.Lock()
	defer s.bodies.mu.Unlock()
	found := []json.RawMessage{}
	for _, sent := range s.bodies.latest {
		if sent.PhoneNumberID == r.URL.Query().Get("phone_number_id") {
			found = append(found, sent.Body)
		}
	}
	writeJSON(w, http.StatusOK, map[string]any{"bodies": found})
}
