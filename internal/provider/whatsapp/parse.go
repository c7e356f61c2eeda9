package whatsapp

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// ParseWebhook takes a body apart. It fails only for a body that is not a JSON object;
// everything smaller that is wrong becomes a BadItem and its neighbours go on. The result
// shares no memory with raw.
func ParseWebhook(raw []byte) (*Webhook, error) {
	root, err := jsonscan.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("parse webhook: %w", err)
	}
	if root.Kind() != jsonscan.Object {
		return nil, fmt.Errorf("parse webhook: %w: not an object", jsonscan.ErrSyntax)
	}
	p := parser{out: &Webhook{Object: root.Get("object").Text()}}
	entries := root.Get("entry")
	if entries.Kind() != jsonscan.Array {
		p.bad(Origin{}, root, "the body has no list of entries")
	}
	for entry := range entries.Items() {
		p.entry(entry)
	}
	return p.out, nil
}

// parser carries the result while the body is walked.
type parser struct {
	out *Webhook
}

func (p *parser) entry(entry jsonscan.Value) {
	origin := Origin{WABAID: textOf(entry.Get("id")), At: timeOf(entry.Get("time"))}
	changes := entry.Get("changes")
	if changes.Kind() != jsonscan.Array {
		p.bad(origin, entry, "the entry has no list of changes")
		return
	}
	for change := range changes.Items() {
		p.change(origin, change)
	}
}

func (p *parser) change(origin Origin, change jsonscan.Value) {
	field, value := change.Get("field"), change.Get("value")
	// Some of Meta's own examples have the field one level deeper.
	if field == nil {
		field = value.Get("field")
	}
	origin.Field = textOf(field)
	if value.Kind() != jsonscan.Object {
		p.bad(origin, change, "the change has no value")
		return
	}
	if origin.Field == "messages" || origin.Field == "" && value.Get("metadata") != nil {
		p.messages(origin, value)
		return
	}
	if metadata := value.Get("metadata"); metadata != nil {
		readMetadata(&origin, metadata)
	}
	switch origin.Field {
	case "smb_message_echoes":
		p.echoes(origin, value)
		return
	case "history":
		p.history(origin, value)
		return
	}
	if !p.account(origin, value) {
		p.out.Unknown = append(p.out.Unknown, UnknownItem{origin, bytes.Clone(change)})
	}
}

func readMetadata(origin *Origin, metadata jsonscan.Value) {
	for key, value := range metadata.Fields() {
		switch string(key) {
		case "phone_number_id":
			origin.PhoneNumberID = textOf(value)
		case "display_phone_number":
			origin.DisplayPhoneNumber = textOf(value)
		}
	}
}

// messageValue is what a change of the field "messages" can hold.
type messageValue struct {
	metadata, contacts, messages, statuses, errors jsonscan.Value
}

func (p *parser) messages(origin Origin, value jsonscan.Value) {
	var v messageValue
	known := v.read(value)
	readMetadata(&origin, v.metadata)
	for item := range v.statuses.Items() {
		p.status(origin, item)
	}
	for item := range v.messages.Items() {
		p.message(origin, v.contacts, item)
	}
	for item := range v.errors.Items() {
		p.out.Errors = append(p.out.Errors, NumberError{origin, readError(item)})
	}
	if !known {
		p.out.Unknown = append(p.out.Unknown, UnknownItem{origin, bytes.Clone(value)})
	}
}

func (v *messageValue) read(value jsonscan.Value) (known bool) {
	for key, member := range value.Fields() {
		switch string(key) {
		case "metadata":
			v.metadata = member
		case "contacts":
			v.contacts = member
		case "messages":
			v.messages, known = member, member.Kind() == jsonscan.Array
		case "statuses":
			v.statuses, known = member, member.Kind() == jsonscan.Array
		case "errors":
			v.errors, known = member, member.Kind() == jsonscan.Array
		}
	}
	return known
}

func (p *parser) status(origin Origin, item jsonscan.Value) {
	event, payment := StatusEvent{Origin: origin}, false
	for key, value := range item.Fields() {
		event.readField(key, value)
		payment = payment || tellsOfPayment(key, value)
	}
	switch {
	case item.Kind() != jsonscan.Object:
		p.bad(origin, item, "the status is not an object")
	case payment:
		p.payment(origin, item)
	case event.ID == "":
		p.bad(origin, item, "the status has no message id")
	case event.Status == "":
		p.bad(origin, item, "the status says no status")
	case event.At.IsZero():
		p.bad(origin, item, "the status has no time")
	default:
		p.out.Statuses = append(p.out.Statuses, event)
	}
}

func (e *StatusEvent) readField(key []byte, value jsonscan.Value) {
	switch string(key) {
	case "id":
		e.ID = textOf(value)
	case "status":
		e.Status = statusOf(value)
	case "timestamp":
		e.At = timeOf(value)
	case "recipient_id":
		e.RecipientID = textOf(value)
	case "recipient_user_id":
		e.RecipientUserID = textOf(value)
	case "biz_opaque_callback_data":
		e.CallbackData = textOf(value)
	case "pricing":
		e.Pricing = readPricing(value)
	case "errors":
		e.Errors = readErrors(value)
	}
}

// statusOf spares the copy for the statuses of every day.
func statusOf(value jsonscan.Value) Status {
	for _, status := range [...]Status{StatusSent, StatusDelivered, StatusRead, StatusFailed, StatusPlayed} {
		if string(value.Bytes()) == string(status) {
			return status
		}
	}
	return Status(textOf(value))
}

func readPricing(value jsonscan.Value) *Pricing {
	if value.Kind() != jsonscan.Object {
		return nil
	}
	pricing := &Pricing{Billable: true}
	for key, member := range value.Fields() {
		switch string(key) {
		case "type":
			pricing.Type = textOf(member)
		case "category":
			pricing.Category = textOf(member)
		case "pricing_model":
			pricing.Model = textOf(member)
		case "billable":
			pricing.Billable = member.True()
		}
	}
	return pricing
}

func readErrors(list jsonscan.Value) []EventError {
	var errors []EventError
	for item := range list.Items() {
		errors = append(errors, readError(item))
	}
	return errors
}

func readError(item jsonscan.Value) EventError {
	return EventError{Code: intOf(item.Get("code")), Title: textOf(item.Get("title")),
		Message: textOf(item.Get("message")), Details: textOf(item.Get("error_data").Get("details"))}
}

func (p *parser) bad(origin Origin, raw jsonscan.Value, reason string) {
	p.out.Bad = append(p.out.Bad, BadItem{origin, bytes.Clone(raw), reason})
}

// textOf reads a text without NUL, which no database stores.
func textOf(value jsonscan.Value) string {
	text := value.Text()
	if strings.IndexByte(text, 0) >= 0 {
		return strings.ReplaceAll(text, "\x00", "")
	}
	return text
}

// timeOf reads Unix seconds, a number or a string; zero when there are none.
func timeOf(value jsonscan.Value) time.Time {
	const year10000 = 253402300800
	seconds, ok := value.Int()
	if !ok || seconds <= 0 || seconds >= year10000 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}
