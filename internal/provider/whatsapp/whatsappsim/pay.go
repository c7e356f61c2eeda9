package whatsappsim

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// PayRequest is what a person does with a bill they got.
type PayRequest struct {
	PhoneNumberID string `json:"phone_number_id"`
	// Reference or Message names the bill: by its reference_id, or by the message's id.
	Reference string `json:"reference_id"`
	Message   string `json:"message"`
	// Outcome is captured, pending or failed; captured when empty.
	Outcome string `json:"outcome"`
	// Method is upi, card, wallet or netbanking; upi when empty.
	Method string `json:"method"`
	// Reason is why it failed.
	Reason string `json:"reason"`
	// Value is what is told to have been paid, in paise; 0: what was asked.
	Value int64 `json:"value"`
	// Untold: the webhook is lost; only a look-up tells.
	Untold bool `json:"untold"`
	// Again tells the webhook of the latest try once more.
	Again bool `json:"again"`
	// Late lets an expired bill be paid, as a payment begun in time may end.
	Late bool `json:"late"`
}

// try is one attempt to pay a bill.
type try struct {
	status, method, reason string
	value                  int64
	at                     time.Time
}

func (s *Sim) controlPay(w http.ResponseWriter, r *http.Request) {
	var request PayRequest
	err := json.NewDecoder(io.LimitReader(r.Body, maxControlBody)).Decode(&request)
	if err == nil {
		err = s.Pay(request)
	}
	writeID(w, request.Reference, err)
}

// Pay pays a bill, or tries to, and tells the business by webhook.
func (s *Sim) Pay(request PayRequest) error {
	s.mu.RLock()
	to := s.numbers[request.PhoneNumberID]
	s.mu.RUnlock()
	if to == nil {
		return errWhere
	}
	found := to.bills.find(request.Reference, request.Message)
	if found == nil {
		return errors.New("no bill with this reference_id or message")
	}
	event, err := found.pay(request, s.now())
	if err != nil {
		return err
	}
	s.showPaid(to, found, event.status)
	if request.Untold {
		return nil
	}
	return s.tellPayment(to, found, event)
}

// paid is what the webhook says of a try.
type paid struct {
	status string
	try    map[string]any
	value  int64
}

func (b *bill) pay(request PayRequest, now time.Time) (paid, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !request.Again {
		if err := b.attempt(request, now); err != nil {
			return paid{}, err
		}
	}
	if len(b.tries) == 0 {
		return paid{}, errors.New("nobody has tried to pay this bill")
	}
	last := b.tries[len(b.tries)-1]
	event := paid{status: "pending", try: b.transactions()[len(b.tries)-1], value: last.value}
	if last.status == "success" {
		event.status = "captured"
	}
	return event, nil
}

// attempt needs the lock.
func (b *bill) attempt(request PayRequest, now time.Time) error {
	made := try{method: orElse(request.Method, "upi"), value: request.Value, at: now}
	if made.value == 0 {
		made.value = b.total
	}
	switch orElse(request.Outcome, "captured") {
	case "captured":
		made.status = "success"
	case "pending":
		made.status = "pending"
	case "failed":
		made.status, made.reason = "failed", orElse(request.Reason, "payment_cancelled")
	default:
		return errors.New("outcome is captured, pending or failed")
	}
	switch {
	case b.captured:
		return errors.New("this bill is paid already")
	case !b.expires.IsZero() && now.After(b.expires) && !request.Late:
		return errors.New("this request has expired")
	}
	b.captured = made.status == "success"
	// What waits ends by the next answer; another try is made after one that failed.
	if n := len(b.tries); n > 0 && b.tries[n-1].status == "pending" {
		b.tries[n-1] = made
	} else {
		if n > 0 && made.at.Before(b.tries[n-1].at.Add(time.Second)) {
			made.at = b.tries[n-1].at.Add(time.Second) // people take longer, and Meta tells whole seconds
		}
		b.tries = append(b.tries, made)
	}
	return nil
}

// paid needs the lock: the amount of the try that succeeded, else what was asked.
func (b *bill) paid() int64 {
	for _, one := range b.tries {
		if one.status == "success" {
			return one.value
		}
	}
	return b.total
}

// transactions needs the lock.
func (b *bill) transactions() []map[string]any {
	list := make([]map[string]any, len(b.tries))
	for n, one := range b.tries {
		list[n] = map[string]any{"id": "order_" + b.reference, "pg_transaction_id": fmt.Sprintf("pay_%s_%d", b.reference, n+1), "type": b.gateway, "status": one.status,
			"created_timestamp": one.at.Unix(), "updated_timestamp": one.at.Unix(), "method": map[string]string{"type": one.method}}
		if one.status == "failed" {
			list[n]["error"] = map[string]string{"code": "BAD_REQUEST_ERROR", "reason": one.reason}
		}
	}
	return list
}

// tellPayment is the webhook of a payment: among the statuses, with an id of its own.
func (s *Sim) tellPayment(of *number, b *bill, event paid) error {
	status := map[string]any{"id": fmt.Sprintf("gBGG%012x", mix(s.seed, s.seq.Add(1))&0xffffffffffff), "type": "payment", "status": event.status,
		"timestamp": itoa(s.now().Unix()), "payment": map[string]any{"reference_id": b.reference, "amount": amount(event.value),
			"currency": whatsapp.BillCurrency, "transaction": event.try}}
	for key, value := range s.shownPhone(b.who, "recipient_id") {
		status[key] = value
	}
	value := map[string]any{"messaging_product": "whatsapp", "metadata": of.metadata(), "contacts": []any{s.contactOf(b.who, "")}, "statuses": []any{status}}
	return s.happen(occurrence{waba: of.waba, number: of, field: "messages", value: value})
}

// showPaid lets the person's phone show where the payment stands.
func (s *Sim) showPaid(of *number, b *bill, status string) {
	on := s.chats.find(of, b.who)
	if on == nil {
		return
	}
	b.mu.Lock()
	last := b.tries[len(b.tries)-1]
	b.mu.Unlock()
	if last.status == "failed" {
		status = last.status
	}
	on.edit(func() {
		if message := on.message(b.message); message != nil {
			message.Payment, message.version = status, on.version
		}
	})
}
