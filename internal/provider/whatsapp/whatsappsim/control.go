package whatsappsim

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// control is /_sim/: how tests, the demo and curious people steer and judge the simulator.
func (s *Sim) control(w http.ResponseWriter, r *http.Request, path string) {
	what, rest, _ := strings.Cut(path, "/")
	var err error
	switch r.Method + " " + what {
	case "GET recipients":
		s.writeRecipients(w, r)
		return
	case "GET bodies":
		s.writeBodies(w, r)
		return
	case "GET stats":
		writeJSON(w, http.StatusOK, s.Stats())
		return
	case "GET config":
		writeJSON(w, http.StatusOK, s.Config())
		return
	case "POST config":
		err = s.controlConfig(r)
	case "POST wabas":
		err = decodeInto(r, s.AddWABA)
	case "POST numbers":
		err = s.controlNumber(r)
	case "POST inbound":
		s.controlInbound(w, r)
		return
	case "POST echo":
		s.controlTold(w, r, func(raw []byte) (what occurrence, err error) {
			var request EchoRequest
			if err = json.Unmarshal(raw, &request); err == nil {
				request.host = r.Host
				what, err = s.echo(request)
			}
			return what, err
		})
		return
	case "POST history":
		s.controlTold(w, r, func(raw []byte) (what occurrence, err error) {
			var request HistoryRequest
			if err = json.Unmarshal(raw, &request); err == nil {
				what, err = s.history(request)
			}
			return what, err
		})
		return
	case "POST payments":
		s.controlPay(w, r)
		return
	case "POST batch":
		s.controlBatch(w, r)
		return
	case "POST media":
		s.controlMedia(w, r)
		return
	case "GET phone", "POST phone":
		s.phone(w, r, rest)
		return
	case "POST users":
		err = s.controlUser(r)
	case "POST template":
		err = s.controlTemplate(r, rest)
	case "POST account":
		err = s.controlAccount(r, rest)
	case "POST reset":
		s.Reset()
	default:
		http.NotFound(w, r)
		return
	}
	if err != nil {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": err.Error()})
		return
	}
	s.save()
	writeSuccess(w)
}

// controlTold reads a request and tells by webhook what it makes happen.
func (s *Sim) controlTold(w http.ResponseWriter, r *http.Request, read func([]byte) (occurrence, error)) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxControlBody))
	var what occurrence
	if err == nil {
		what, err = read(raw)
	}
	if err == nil {
		err = s.happen(what)
	}
	writeID(w, what.id, err)
}

// maxControlBody bounds a control request; a big account has a few thousand templates.
const maxControlBody = 16 << 20

func decodeInto[T any](r *http.Request, use func(T)) error {
	var value T
	if err := json.NewDecoder(io.LimitReader(r.Body, maxControlBody)).Decode(&value); err != nil {
		return err
	}
	use(value)
	return nil
}

func (s *Sim) controlConfig(r *http.Request) error {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxControlBody))
	if err != nil {
		return err
	}
	config, err := s.merge(raw)
	if err != nil {
		return err
	}
	if hook := config.Webhook; hook.URL != s.Config().Webhook.URL && hook.VerifyToken != "" {
		if err := s.challenge(r.Context(), hook.URL, hook.VerifyToken); err != nil {
			return err
		}
	}
	return s.SetConfig(config)
}

// numberRequest makes a number, or changes the limits and state of one.
type numberRequest struct {
	NumberSeed
	WABAID string `json:"waba_id"`
	// DailyLimit is the portfolio's; nil leaves it.
	DailyLimit *int `json:"daily_limit"`
	// Quality and State change an existing number; "" leaves them.
	Quality string `json:"quality"`
	State   string `json:"state"`
}

func (s *Sim) controlNumber(r *http.Request) error {
	var request numberRequest
	if err := decodeInto(r, func(given numberRequest) { request = given }); err != nil {
		return err
	}
	s.mu.RLock()
	found, account := s.numbers[request.ID], s.wabas[request.WABAID]
	s.mu.RUnlock()
	switch {
	case found == nil && account == nil:
		return errors.New("name a waba_id that exists, or the id of a number that exists")
	case found == nil:
		found = s.addNumber(account, request.NumberSeed)
	case request.Throughput != 0:
		found.setThroughput(request.Throughput, request.Burst)
	}
	if request.DailyLimit != nil {
		found.waba.portfolio.limit.Store(int64(*request.DailyLimit))
		s.notify(found.waba, "business_capability_update", map[string]any{"max_daily_conversations_per_business": tierOf(int64(*request.DailyLimit)), "max_phone_numbers_per_business": 20})
	}
	s.changeNumber(found, request)
	return nil
}

func (s *Sim) changeNumber(n *number, request numberRequest) {
	n.waba.mu.Lock()
	defer n.waba.mu.Unlock()
	if request.State != "" {
		n.state = request.State
		n.banned.Store(n.state == stateBanned)
	}
	if request.Quality == "" || request.Quality == n.quality {
		return
	}
	n.quality = request.Quality
	event := "UNFLAGGED"
	if n.quality == "RED" {
		event = "FLAGGED"
	}
	s.notify(n.waba, "phone_number_quality_update", map[string]any{"display_phone_number": n.digits, "event": event, "max_daily_conversations_per_business": tierOf(n.waba.portfolio.limit.Load())})
}

// controlUser adopts a username (hiding the number) or gives it up, and stops or resumes
// marketing.
func (s *Sim) controlUser(r *http.Request) error {
	var request struct {
		WAID     string  `json:"wa_id"`
		Username *string `json:"username"`
		NumberID string  `json:"phone_number_id"`
		// Marketing is "stop" or "resume"; "" leaves it.
		Marketing string `json:"marketing"`
		// MovedTo is the person's new number, told to the business as Meta does.
		MovedTo string `json:"moved_to"`
	}
	if err := json.NewDecoder(io.LimitReader(r.Body, maxControlBody)).Decode(&request); err != nil {
		return err
	}
	who, ok := parsePhone([]byte(request.WAID))
	if !ok {
		return errors.New("wa_id is not a number")
	}
	if request.Username != nil {
		s.people.setUsername(who, *request.Username)
	}
	s.mu.RLock()
	number := s.numbers[request.NumberID]
	s.mu.RUnlock()
	if on := s.chats.find(number, who); on != nil {
		defer on.edit(func() {}) // its phone shows the change
	}
	if request.MovedTo != "" {
		return s.move(number, who, request.MovedTo)
	}
	if request.Marketing == "" {
		return nil
	}
	if number == nil || (request.Marketing != "stop" && request.Marketing != "resume") {
		return errors.New("marketing is stop or resume and needs a phone_number_id")
	}
	s.people.setStopped(who, request.Marketing == "stop")
	s.notifyPreference(number, who, request.Marketing)
	return nil
}

// move gives a person a new number: a system message in the old name, and the new id.
func (s *Sim) move(of *number, who uint64, phone string) error {
	now, ok := parsePhone([]byte(phone))
	if of == nil || !ok {
		return errors.New("moved_to is the new number and needs a phone_number_id")
	}
	content, err := json.Marshal(map[string]string{"type": "user_changed_number", "wa_id": strconv.FormatUint(now, 10)})
	if err != nil {
		return err
	}
	if _, err := s.Inbound(InboundRequest{PhoneNumberID: of.id, From: s.nameOf(who), Type: "system", Content: content}); err != nil {
		return err
	}
	s.notifyUserID(of, who, now)
	s.chats.move(of, who, now)
	return nil
}

func (p *people) setUsername(who uint64, username string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.hidden == nil {
		p.hidden = map[uint64]string{}
	}
	if p.hidden[who] = username; username == "" {
		delete(p.hidden, who)
	}
}

func (p *people) setStopped(who uint64, stopped bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped == nil {
		p.stopped = map[uint64]bool{}
	}
	p.stopped[who] = stopped
}

// controlTemplate is POST /_sim/template/{id}/{action}.
func (s *Sim) controlTemplate(r *http.Request, rest string) error {
	id, action, _ := strings.Cut(rest, "/")
	s.mu.RLock()
	found := s.templates[id]
	s.mu.RUnlock()
	if found == nil {
		return errors.New("no template " + id)
	}
	query := r.URL.Query()
	switch action {
	case "approve":
		s.setStatus(found, statusApproved, "NONE", "")
	case "reject":
		s.setStatus(found, statusRejected, orElse(query.Get("reason"), "INVALID_FORMAT"), "")
	case "pause":
		s.setStatus(found, statusPaused, "NONE", "FIRST_PAUSE")
	case "unpause":
		s.setStatus(found, statusApproved, "NONE", "UNPAUSED")
	case "disable":
		s.setStatus(found, statusDisabled, "NONE", "DISABLED")
	case "recategorise":
		s.recategorise(found, orElse(query.Get("category"), "MARKETING"))
	case "announce":
		s.announce(found, orElse(query.Get("category"), "MARKETING"))
	case "quality":
		s.setQuality(found, orElse(query.Get("score"), "YELLOW"))
	case "hold":
		found.mu.Lock()
		found.holding = true
		found.mu.Unlock()
	case "release":
		s.release(found, 0)
	case "drop":
		s.release(found, codeDropped)
		s.setStatus(found, statusPaused, "NONE", "RATE_LIMITING_PAUSE")
	default:
		return errors.New("no action " + action)
	}
	return nil
}

func orElse(value, other string) string {
	if value == "" {
		return other
	}
	return value
}

// controlAccount is POST /_sim/account/{waba}: its body is the value of an account_update.
func (s *Sim) controlAccount(r *http.Request, id string) error {
	s.mu.RLock()
	found := s.wabas[id]
	s.mu.RUnlock()
	if found == nil {
		return errors.New("no account " + id)
	}
	return decodeInto(r, func(value map[string]any) { s.notify(found, "account_update", value) })
}

// Reset forgets sends, windows, limits and counters; accounts, templates and the
// configuration stay. With nothing sent since, running webhooks are forgotten too.
func (s *Sim) Reset() {
	s.timeline.clear()
	s.chats.clear()
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, n := range s.numbers {
		for i := range n.seen {
			n.seen[i].mu.Lock()
			n.seen[i].byID = nil
			n.seen[i].mu.Unlock()
		}
		n.bucket.full.Store(0)
		n.service.Store(0)
		n.bills.clear()
	}
	for _, p := range s.portfolios {
		p.mu.Lock()
		p.started = map[uint64]int64{}
		p.mu.Unlock()
	}
	s.stats.reset()
}

// Recipients counts the recorded sends per recipient, those above least only. The key is
// the number's digits, or the business-scoped id of people without one.
func (s *Sim) Recipients(phoneNumberID string, least int) map[string]int {
	counts := map[string]int{}
	for who, n := range s.counts(phoneNumberID) {
		if int(n) >= least {
			counts[s.nameOf(who)] = int(n)
		}
	}
	return counts
}

func (s *Sim) nameOf(who uint64) string {
	if who&foreignPerson == 0 {
		return strconv.FormatUint(who, 10)
	}
	return string(s.appendUserID(nil, who))
}

func (s *Sim) counts(phoneNumberID string) map[uint64]uint32 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	counts := map[uint64]uint32{}
	for id, n := range s.numbers {
		if phoneNumberID != "" && id != phoneNumberID {
			continue
		}
		n.each(func(who uint64, p person) {
			if p.sends > 0 {
				counts[who] += p.sends
			}
		})
	}
	return counts
}

// writeRecipients streams the counts: a million of them are 20 MB.
func (s *Sim) writeRecipients(w http.ResponseWriter, r *http.Request) {
	least := 1
	if r.URL.Query().Get("duplicates") != "" {
		least = 2
	}
	w.Header()["Content-Type"] = jsonContent
	out := bufio.NewWriterSize(w, 64<<10)
	// A caller who went away needs no answer; nothing else can fail here.
	defer func() { _ = out.Flush() }()
	_, _ = out.WriteString(`{"recipients":{`)
	total, unique := uint64(0), 0
	var line []byte
	for who, n := range s.counts(r.URL.Query().Get("phone_number_id")) {
		total += uint64(n)
		if int(n) < least {
			continue
		}
		line = line[:0]
		if unique++; unique > 1 {
			line = append(line, ',')
		}
		line = strconv.AppendQuote(line, s.nameOf(who))
		line = strconv.AppendUint(append(line, ':'), uint64(n), 10)
		_, _ = out.Write(line)
	}
	_, _ = out.WriteString(`},"unique":` + strconv.Itoa(unique) + `,"total":` + strconv.FormatUint(total, 10) + `}`)
}
