package whatsappsim

import (
	"encoding/json"
	"errors"
	"maps"
	"strconv"
)

// EchoRequest is something the merchant did in the WhatsApp Business app of a number that is
// used there too: field smb_message_echoes.
type EchoRequest struct {
	PhoneNumberID string `json:"phone_number_id"`
	// To is the customer's number.
	To string `json:"to"`
	// Type, Text, Content, ID and At are as in InboundRequest; "edit" and "revoke" too.
	Type    string          `json:"type"`
	Text    string          `json:"text"`
	Content json.RawMessage `json:"content"`
	ID      string          `json:"id"`
	At      int64           `json:"at"`

	host string
}

func (s *Sim) echo(request EchoRequest) (occurrence, error) {
	from, who, err := s.between(request.PhoneNumberID, request.To)
	if err != nil {
		return occurrence{}, err
	}
	message, err := s.told(who, InboundRequest{Type: orElse(request.Type, "text"), Text: request.Text, Content: request.Content,
		ID: request.ID, At: request.At, host: request.host})
	if err != nil {
		return occurrence{}, err
	}
	message["from"], message["to_user_id"] = from.digits, string(s.appendUserID(nil, who))
	maps.Copy(message, s.shownPhone(who, "to"))
	id, _ := message["id"].(string)
	if err := s.keepEcho(from, who, message); err != nil {
		return occurrence{}, err
	}
	return occurrence{waba: from.waba, number: from, field: "smb_message_echoes", id: id, value: map[string]any{
		"messaging_product": "whatsapp", "metadata": from.metadata(), "message_echoes": []any{message}}}, nil
}

// told is a message without its two ends.
func (s *Sim) told(who uint64, request InboundRequest) (map[string]any, error) {
	content, err := s.inboundContent(request)
	if err != nil {
		return nil, err
	}
	if request.ID == "" {
		request.ID = string(s.appendMessageID(nil, who, s.seq.Add(1)))
	}
	if request.At == 0 {
		request.At = s.now().Unix()
	}
	message := map[string]any{"id": request.ID, "timestamp": strconv.FormatInt(request.At, 10), "type": request.Type}
	if content != nil {
		message[request.Type] = content
	}
	return message, nil
}

// HistoryRequest is one part of the past of a number that was used in the WhatsApp Business
// app before: field history.
type HistoryRequest struct {
	PhoneNumberID string `json:"phone_number_id"`
	// Phase is 0 to 2, Progress 100 at the end.
	Phase      int             `json:"phase"`
	ChunkOrder int             `json:"chunk_order"`
	Progress   int             `json:"progress"`
	Threads    []HistoryThread `json:"threads"`
	// Declined: the merchant did not share the past.
	Declined bool `json:"declined"`
}

// HistoryThread is the past with one customer.
type HistoryThread struct {
	// ID is the customer's number.
	ID       string           `json:"id"`
	Messages []HistoryMessage `json:"messages"`
}

// HistoryMessage is one message of the past.
type HistoryMessage struct {
	// Mine: the merchant wrote it.
	Mine    bool            `json:"mine"`
	Type    string          `json:"type"`
	Text    string          `json:"text"`
	Content json.RawMessage `json:"content"`
	ID      string          `json:"id"`
	At      int64           `json:"at"`
	// Status is DELIVERED, READ …; READ when empty.
	Status string `json:"status"`
}

func (s *Sim) history(request HistoryRequest) (occurrence, error) {
	s.mu.RLock()
	of := s.numbers[request.PhoneNumberID]
	s.mu.RUnlock()
	if of == nil {
		return occurrence{}, errWhere
	}
	part := map[string]any{"errors": []any{map[string]any{"code": 2593109, "title": "History sync is turned off by the business from the WhatsApp Business App",
		"message": "History sync is turned off by the business from the WhatsApp Business App", "error_data": map[string]string{"details": "History sharing is turned off by the business"}}}}
	if !request.Declined {
		threads, err := s.threads(of, request.Threads)
		if err != nil {
			return occurrence{}, err
		}
		part = map[string]any{"threads": threads,
			"metadata": map[string]int{"phase": request.Phase, "chunk_order": request.ChunkOrder, "progress": request.Progress}}
	}
	return occurrence{waba: of.waba, number: of, field: "history", value: map[string]any{
		"messaging_product": "whatsapp", "metadata": of.metadata(), "history": []any{part}}}, nil
}

func (s *Sim) threads(of *number, wanted []HistoryThread) ([]any, error) {
	threads := []any{}
	for _, thread := range wanted {
		who, ok := parsePhone([]byte(thread.ID))
		if !ok {
			return nil, errors.New("a thread's id is the customer's number")
		}
		messages := []any{}
		for _, wanted := range thread.Messages {
			message, err := s.pastMessage(of, who, wanted)
			if err != nil {
				return nil, err
			}
			messages = append(messages, message)
		}
		threads = append(threads, map[string]any{"id": strconv.FormatUint(who, 10), "messages": messages})
	}
	return threads, nil
}

func (s *Sim) pastMessage(of *number, who uint64, wanted HistoryMessage) (map[string]any, error) {
	message, err := s.told(who, InboundRequest{Type: orElse(wanted.Type, "text"), Text: wanted.Text, Content: wanted.Content, ID: wanted.ID, At: wanted.At})
	if err != nil {
		return nil, err
	}
	message["from"], message["to"] = strconv.FormatUint(who, 10), of.digits
	if wanted.Mine {
		message["from"], message["to"] = of.digits, strconv.FormatUint(who, 10)
	}
	message["history_context"] = map[string]string{"status": orElse(wanted.Status, "READ")}
	return message, nil
}
