package whatsappsim

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"
)

// InboundRequest injects something a customer sends.
type InboundRequest struct {
	PhoneNumberID string `json:"phone_number_id"`
	// From is the customer's number, or a business-scoped id for one who never showed theirs.
	From string `json:"from"`
	Name string `json:"name"`
	// Type is "text" when empty; Text is its body.
	Type string `json:"type"`
	Text string `json:"text"`
	// Content is the member named by Type, for every type but text. Media that was given to
	// POST /_sim/media needs no more than its id: type, hash and address are filled in.
	Content json.RawMessage `json:"content"`
	// ReplyTo is the wamid of a quoted message.
	ReplyTo string `json:"reply_to"`
	// Forwarded and FrequentlyForwarded say that it was written to somebody else first.
	Forwarded           bool `json:"forwarded"`
	FrequentlyForwarded bool `json:"frequently_forwarded"`
	// Product is the referred_product of a question about one.
	Product json.RawMessage `json:"referred_product"`
	// Referral is the ad that led the customer here.
	Referral json.RawMessage `json:"referral"`
	// Errors replace the content that cannot be shown.
	Errors json.RawMessage `json:"errors"`
	// ID is the wamid of a message told before; a new one when empty.
	ID string `json:"id"`
	// At is the customer's own time in Unix seconds, now when 0.
	At int64 `json:"at"`

	host string // of the caller, for the addresses of media
}

// occurrence is one thing to tell by webhook: a change of a field of an account.
type occurrence struct {
	waba   *waba
	number *number
	field  string
	value  map[string]any
	id     string // of the message, "" for others
	acked  func()
}

func (s *Sim) controlInbound(w http.ResponseWriter, r *http.Request) {
	var request InboundRequest
	err := json.NewDecoder(io.LimitReader(r.Body, maxControlBody)).Decode(&request)
	id := ""
	if err == nil {
		request.host = r.Host
		id, err = s.Inbound(request)
	}
	writeID(w, id, err)
}

func writeID(w http.ResponseWriter, id string, err error) {
	if err != nil {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": err.Error()})
		return
	}
	writeJSON(w, http.StatusOK, map[string]string{"id": id})
}

// Inbound sends a customer's message by webhook, opens the 24-hour window and gives the
// message's id.
func (s *Sim) Inbound(request InboundRequest) (wamid string, err error) {
	happened, err := s.inbound(request)
	if err != nil {
		return "", err
	}
	return happened.id, s.happen(happened)
}

// happen tells an occurrence by a webhook of its own.
func (s *Sim) happen(what occurrence) error {
	change, err := json.Marshal(map[string]any{"field": what.field, "value": what.value})
	if err != nil {
		return err
	}
	s.dispatchItem(outgoing{change: change, waba: what.waba, acked: what.acked})
	return nil
}

var errWhere = errors.New("need a known phone_number_id and a number in from")

// inbound takes the customer's message in and gives what is to be told of it.
func (s *Sim) inbound(request InboundRequest) (occurrence, error) {
	to, who, err := s.between(request.PhoneNumberID, request.From)
	if err != nil {
		return occurrence{}, err
	}
	request.Type = orElse(request.Type, "text")
	if request.ID == "" {
		request.ID = string(s.appendMessageID(nil, who, s.seq.Add(1)))
	}
	if request.At == 0 {
		request.At = s.now().Unix()
	}
	message, err := s.inboundMessage(to, who, request)
	if err != nil {
		return occurrence{}, err
	}
	acked, err := s.keepInbound(to, who, request, message[request.Type])
	if err != nil {
		return occurrence{}, err
	}
	if request.Type != "system" {
		to.update(who, func(p *person) bool {
			p.window = max(p.window, request.At)
			return true
		})
	}
	value := map[string]any{"messaging_product": "whatsapp", "metadata": to.metadata(), "messages": []any{message}}
	if request.Type != "system" {
		value["contacts"] = []any{s.contactOf(who, request.Name)}
	}
	return occurrence{waba: to.waba, number: to, field: "messages", value: value, id: request.ID, acked: acked}, nil
}

// between finds the number and the person of a conversation.
func (s *Sim) between(phoneNumberID, person string) (*number, uint64, error) {
	s.mu.RLock()
	to := s.numbers[phoneNumberID]
	s.mu.RUnlock()
	who, ok := parsePhone([]byte(person))
	if !ok && strings.Contains(person, ".") {
		who, ok = s.personOf(person), true
	}
	if to == nil || !ok {
		return nil, 0, errWhere
	}
	return to, who, nil
}

// contactOf is a person as a webhook shows them beside what they did.
func (s *Sim) contactOf(who uint64, name string) map[string]any {
	profile := map[string]any{"name": s.profileName(who, name)}
	contact := map[string]any{"profile": profile, "user_id": string(s.appendUserID(nil, who))}
	if username := s.people.username(who); username != "" {
		profile["username"] = username
	}
	maps.Copy(contact, s.shownPhone(who, "wa_id"))
	return contact
}

// shownPhone is a person's number under a key; nothing for people who hide it.
func (s *Sim) shownPhone(who uint64, key string) map[string]any {
	if who&foreignPerson != 0 || s.people.username(who) != "" {
		return nil
	}
	return map[string]any{key: strconv.FormatUint(who, 10)}
}

func (s *Sim) inboundMessage(to *number, who uint64, request InboundRequest) (map[string]any, error) {
	message := map[string]any{"from_user_id": string(s.appendUserID(nil, who)), "id": request.ID,
		"timestamp": strconv.FormatInt(request.At, 10), "type": request.Type}
	maps.Copy(message, s.shownPhone(who, "from"))
	if context := request.context(to); len(context) > 0 {
		message["context"] = context
	}
	content, err := s.inboundContent(request)
	if err != nil {
		return nil, err
	}
	if content != nil {
		message[request.Type] = content
	}
	if request.Referral != nil {
		message["referral"] = request.Referral
	}
	if request.Errors != nil {
		message["errors"] = request.Errors
	} else if request.Type == "unsupported" {
		message["errors"] = unsupportedErrors
	}
	return message, nil
}

func (request *InboundRequest) context(to *number) map[string]any {
	context := map[string]any{}
	if request.ReplyTo != "" {
		context["from"], context["id"] = to.digits, request.ReplyTo
	}
	if request.Forwarded || request.FrequentlyForwarded {
		context["forwarded"] = true
	}
	if request.FrequentlyForwarded {
		context["frequently_forwarded"] = true
	}
	if request.Product != nil {
		context["referred_product"] = request.Product
	}
	return context
}

func (n *number) metadata() map[string]string {
	return map[string]string{"display_phone_number": n.digits, "phone_number_id": n.id}
}
