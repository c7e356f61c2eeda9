package whatsappsim

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// InboundRequest injects something a customer sends.
type InboundRequest struct {
	PhoneNumberID string `json:"phone_number_id"`
	// From is the customer's number.
	From string `json:"from"`
	Name string `json:"name"`
	// Type is "text" when empty; Text is its body.
	Type string `json:"type"`
	Text string `json:"text"`
	// Content is the member named by Type, for every type but text.
	Content json.RawMessage `json:"content"`
	// ReplyTo is the wamid of a quoted message.
	ReplyTo string `json:"reply_to"`
}

func (s *Sim) controlInbound(w http.ResponseWriter, r *http.Request) {
	var request InboundRequest
	err := json.NewDecoder(io.LimitReader(r.Body, maxControlBody)).Decode(&request)
	id := ""
	if err == nil {
		id, err = s.Inbound(request)
	}
	if err != nil {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": err.Error()})
		return
	}
	writeJSON(w, http.StatusOK, map[string]string{"id": id})
}

// Inbound sends a customer's message by webhook, opens the 24-hour window and gives the
// message's id.
func (s *Sim) Inbound(request InboundRequest) (wamid string, err error) {
	s.mu.RLock()
	to := s.numbers[request.PhoneNumberID]
	s.mu.RUnlock()
	who, ok := parsePhone([]byte(request.From))
	if to == nil || !ok {
		return "", errors.New("need a known phone_number_id and a number in from")
	}
	to.update(who, func(p *person) bool {
		p.window = s.now().Unix()
		return true
	})
	wamid = string(s.appendMessageID(nil, who, s.seq.Add(1)))
	s.notify(to.waba, "messages", s.inboundValue(to, who, wamid, request))
	return wamid, nil
}

func (s *Sim) inboundValue(to *number, who uint64, wamid string, request InboundRequest) map[string]any {
	userID := string(s.appendUserID(nil, who))
	profile := map[string]any{"name": orElse(request.Name, firstNames[mix(who, 3)%uint64(len(firstNames))])}
	contact := map[string]any{"profile": profile, "user_id": userID}
	message := map[string]any{"from_user_id": userID, "id": wamid, "timestamp": strconv.FormatInt(s.now().Unix(), 10)}
	if username := s.people.username(who); username != "" {
		profile["username"] = username
	} else {
		contact["wa_id"], message["from"] = strconv.FormatUint(who, 10), strconv.FormatUint(who, 10)
	}
	kind := orElse(request.Type, "text")
	message["type"], message[kind] = kind, request.Content
	if kind == "text" && len(request.Content) == 0 {
		message[kind] = map[string]string{"body": request.Text}
	}
	if request.ReplyTo != "" {
		message["context"] = map[string]string{"from": to.digits, "id": request.ReplyTo}
	}
	return map[string]any{
		"messaging_product": "whatsapp", "metadata": to.metadata(),
		"contacts": []any{contact}, "messages": []any{message},
	}
}

func (n *number) metadata() map[string]string {
	return map[string]string{"display_phone_number": n.digits, "phone_number_id": n.id}
}

func (s *Sim) notifyPreference(to *number, who uint64, value string) {
	id, userID := strconv.FormatUint(who, 10), string(s.appendUserID(nil, who))
	s.notify(to.waba, "user_preferences", map[string]any{
		"messaging_product": "whatsapp", "metadata": to.metadata(),
		"contacts": []any{map[string]any{"profile": map[string]string{"name": "Asha"}, "wa_id": id, "user_id": userID}},
		"user_preferences": []any{map[string]any{"wa_id": id, "user_id": userID, "category": "marketing_messages", "value": value,
			"detail": fmt.Sprintf("User requested to %s marketing messages", value), "timestamp": s.now().Unix()}},
	})
}
