package whatsappsim

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed phone
var phoneFiles embed.FS

// phonePolicy lets the page load its own files alone; pictures and films that a business named by
// their address may come from there, as on a phone.
const phonePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: http: https:; " +
	"media-src 'self' blob: http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// servePhone serves the page, a customer's phone, and its files.
func servePhone(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/phone" {
		http.Redirect(w, r, "/phone/?"+r.URL.RawQuery, http.StatusFound)
		return
	}
	files, err := fs.Sub(phoneFiles, "phone")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", phonePolicy)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("Cache-Control", "no-cache")
	http.StripPrefix("/phone/", http.FileServerFS(files)).ServeHTTP(w, r)
}

// phoneRequest names a conversation, and what to do on its phone. What is nil stays.
type phoneRequest struct {
	PhoneNumberID string `json:"phone_number_id"`
	From          string `json:"from"`
	Name          string `json:"name"`
	// Off: nothing is delivered. Blocked: nothing of this business ever is.
	Off     *bool `json:"off"`
	Blocked *bool `json:"blocked"`
	// Played is the id of a voice note that was listened to.
	Played string `json:"played"`
}

// phone is what the page asks, and what a test may ask in its place:
//
//	GET  phone/numbers                        the businesses
//	GET  phone/people?phone_number_id=        who wrote to one, or has a phone open
//	GET  phone/events?phone_number_id=&from=  opens a phone and streams what is on it
//	GET  phone/media/{id}                     the bytes of a file
//	POST phone/open                           {phone_number_id, from, name}: opens a phone
//	POST phone/read                           somebody looks at the conversation
//	POST phone/state                          {…, off, blocked, played}
func (s *Sim) phone(w http.ResponseWriter, r *http.Request, path string) {
	what, rest, _ := strings.Cut(path, "/")
	switch r.Method + " " + what {
	case "GET numbers":
		writeJSON(w, http.StatusOK, s.phoneNumbers())
	case "GET people":
		s.writePeople(w, r)
	case "GET events":
		s.streamPhone(w, r)
	case "GET media":
		s.writePhoneMedia(w, r, rest)
	case "POST open", "POST read", "POST state":
		s.usePhone(w, r, what)
	default:
		http.NotFound(w, r)
	}
}

func (s *Sim) usePhone(w http.ResponseWriter, r *http.Request, what string) {
	var request phoneRequest
	err := json.NewDecoder(io.LimitReader(r.Body, maxControlBody)).Decode(&request)
	var on *chat
	if err == nil {
		on, err = s.openPhone(request)
	}
	if err != nil {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": err.Error()})
		return
	}
	switch what {
	case "read":
		s.readByPhone(on)
	case "state":
		s.setPhone(on, request)
	}
	writeSuccess(w)
}

// openPhone finds or makes a conversation whose phone somebody holds.
func (s *Sim) openPhone(request phoneRequest) (*chat, error) {
	n, who, err := s.between(request.PhoneNumberID, request.From)
	if err != nil {
		return nil, errors.New("choose a business and give a phone number with its country code")
	}
	if n.digits == strconv.FormatUint(who, 10) {
		return nil, errors.New("this is the business's own number")
	}
	on := s.chats.keep(n, who, request.Name)
	on.edit(func() { on.played = true })
	return on, nil
}

// OpenPhone readies a person's phone, as opening the page does: from now on it keeps what they get.
func (s *Sim) OpenPhone(phoneNumberID, phone, name string) error {
	_, err := s.openPhone(phoneRequest{PhoneNumberID: phoneNumberID, From: phone, Name: name})
	return err
}

func (s *Sim) setPhone(on *chat, request phoneRequest) {
	if request.Blocked != nil {
		s.block(on, *request.Blocked)
	}
	if request.Off != nil {
		s.switchPhone(on, *request.Off)
	}
	if request.Played != "" {
		s.playedByPhone(on, request.Played)
	}
}

type phoneNumber struct {
	ID    string `json:"id"`
	Phone string `json:"phone"`
	Name  string `json:"name"`
}

func (s *Sim) phoneNumbers() []phoneNumber {
	s.mu.RLock()
	list := []phoneNumber{}
	for _, n := range s.numbers {
		list = append(list, n.onPhones())
	}
	s.mu.RUnlock()
	slices.SortFunc(list, func(a, b phoneNumber) int { return strings.Compare(a.ID, b.ID) })
	return list
}

// onPhones is a business as people see it.
func (n *number) onPhones() phoneNumber {
	n.waba.mu.RLock()
	defer n.waba.mu.RUnlock()
	return phoneNumber{n.id, n.digits, orElse(n.verifiedName, n.waba.name)}
}

type phonePerson struct {
	From string `json:"from"`
	Name string `json:"name"`
}

func (s *Sim) writePeople(w http.ResponseWriter, r *http.Request) {
	s.mu.RLock()
	of := s.numbers[r.URL.Query().Get("phone_number_id")]
	s.mu.RUnlock()
	list := []phonePerson{}
	for _, one := range s.chats.of(of) {
		one.mu.Lock()
		list = append(list, phonePerson{s.nameOf(one.key.who), s.profileName(one.key.who, one.name)})
		one.mu.Unlock()
	}
	writeJSON(w, http.StatusOK, list)
}

// profileName is the name a person gave, or the one the simulator gives them.
func (s *Sim) profileName(who uint64, given string) string {
	return orElse(given, firstNames[mix(who, 3)%uint64(len(firstNames))])
}

// writePhoneMedia serves a file to the page. Only what a browser plays is shown; the rest is a
// download, and nothing in it runs.
func (s *Sim) writePhoneMedia(w http.ResponseWriter, r *http.Request, id string) {
	file, ok := s.media.get(id, s.now())
	if !ok || file.content == nil {
		http.NotFound(w, r)
		return
	}
	header := w.Header()
	header.Set("Content-Type", file.mime)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	if kind, _, _ := strings.Cut(file.mime, "/"); kind != "image" && kind != "audio" && kind != "video" || strings.Contains(file.mime, "svg") {
		header.Set("Content-Disposition", "attachment")
	}
	// With ranges, or a player does not know how long a recording is.
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(file.content))
}
