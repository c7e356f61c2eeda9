package whatsappsim

import (
	"encoding/json"
	"net/http"
	"time"
)

// phoneView is what changed on a phone since the page was told last.
type phoneView struct {
	// Fresh: these are all messages there are.
	Fresh    bool          `json:"fresh"`
	Business phoneNumber   `json:"business"`
	Me       phoneOwner    `json:"me"`
	Messages []chatMessage `json:"messages"`
}

// phoneOwner is the person, and how they stand with the business.
type phoneOwner struct {
	Phone    string `json:"phone"`
	UserID   string `json:"user_id"`
	Name     string `json:"name"`
	Username string `json:"username"` // they hide their number
	Off      bool   `json:"off"`
	Blocked  bool   `json:"blocked"`
	Stopped  bool   `json:"stopped"` // no marketing
	// Typing is how many milliseconds the business is still shown as writing.
	Typing int64 `json:"typing"`
}

// phoneBeat keeps proxies and browsers from taking a quiet stream for a dead one.
const phoneBeat = 20 * time.Second

// streamPhone opens a phone and tells the page what is on it, then each change, until the page
// goes or the conversation is forgotten.
func (s *Sim) streamPhone(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	on, err := s.openPhone(phoneRequest{PhoneNumberID: query.Get("phone_number_id"), From: query.Get("from"), Name: query.Get("name")})
	if err != nil {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": err.Error()})
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	beat := time.NewTicker(phoneBeat)
	defer beat.Stop()
	for seen := -1; s.chats.find(on.key.number, on.key.who) == on; {
		view, version, changed := s.look(on, seen)
		raw, err := json.Marshal(view)
		if err != nil || !writeEvent(w, out, raw) {
			return
		}
		seen = version
		for wait := true; wait; {
			select {
			case <-changed:
				wait = false
			case <-beat.C:
				if !writeEvent(w, out, nil) {
					return
				}
			case <-r.Context().Done():
				return
			case <-s.stop:
				return
			}
		}
	}
}

// writeEvent writes one event of a stream, a comment when there is nothing to tell.
func writeEvent(w http.ResponseWriter, out *http.ResponseController, raw []byte) bool {
	line := append(append([]byte("data: "), raw...), "\n\n"...)
	if raw == nil {
		line = []byte(": still here\n\n")
	}
	_, err := w.Write(line)
	return err == nil && out.Flush() == nil
}

// look gives what changed after a version, the version now, and what closes at the next change.
func (s *Sim) look(on *chat, seen int) (view phoneView, version int, changed <-chan struct{}) {
	n, who := on.key.number, on.key.who
	on.mu.Lock()
	defer on.mu.Unlock()
	view = phoneView{Fresh: seen < 0, Business: n.onPhones(), Messages: []chatMessage{}}
	view.Me = phoneOwner{Phone: s.nameOf(who), UserID: string(s.appendUserID(nil, who)), Name: s.profileName(who, on.name),
		Username: s.people.username(who), Off: on.off, Blocked: on.blocked, Stopped: s.people.hasStopped(who),
		Typing: max(0, on.typing.Sub(s.now()).Milliseconds())}
	for _, message := range on.messages {
		if message.arrived && message.version > seen {
			view.Messages = append(view.Messages, *message)
		}
	}
	return view, on.version, on.changed
}
