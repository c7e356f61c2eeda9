package whatsapp

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// PaymentState is where a payment stands.
type PaymentState string

// The states. Meta itself says pending until the money is there; whether a try failed stands in the try.
const (
	PaymentNew      PaymentState = "new"      // nobody has tried
	PaymentPending  PaymentState = "pending"  // tried, and not known yet
	PaymentFailed   PaymentState = "failed"   // the latest try failed; another may follow
	PaymentCaptured PaymentState = "captured" // the business has the money
)

// Payment is what became of one bill, told by a webhook or looked up.
type Payment struct {
	Reference string
	Status    string // as Meta says: pending, captured, failed
	Value     int64  // in Offset-ths of the currency
	Offset    int64
	Currency  string
	Try       PaymentTry // the one that succeeded, else the latest; zero: nobody has tried
}

// PaymentTry is one attempt to pay.
type PaymentTry struct {
	ID        string // of the gateway's order
	PaymentID string // of the gateway's payment, by which a business finds it there
	Gateway   string
	Status    string // pending, success, failed
	Method    string // upi, card, wallet, netbanking; "" when it is not told
	ErrorCode string
	Error     string // the gateway's reason
	UpdatedAt time.Time
}

// State is where the payment stands.
func (p Payment) State() PaymentState {
	switch {
	case p.Status == "captured":
		return PaymentCaptured
	case p.Status == "failed", p.Try.Status == "failed":
		return PaymentFailed
	case p.Try.ID == "" && p.Try.Status == "":
		return PaymentNew
	}
	return PaymentPending
}

// Paise is the amount in paise; false: it is none that can be written so.
func (p Payment) Paise() (int64, bool) { return p.Value, p.Offset == billOffset && p.Value >= 0 }

// PaymentEvent is news of a payment. Its ID is the webhook's, not a message's: who was asked is told by the
// payment's reference alone.
type PaymentEvent struct {
	Origin
	ID          string
	RecipientID string
	At          time.Time
	Payment
}

// tellsOfPayment says whether a member of a status makes it one of a payment: it may say "failed", and
// must never be taken for the message's.
func tellsOfPayment(key []byte, value jsonscan.Value) bool {
	switch string(key) {
	case "type":
		return string(value.Bytes()) == "payment"
	case "payment":
		return true
	}
	return false
}

func (p *parser) payment(origin Origin, item jsonscan.Value) {
	event := PaymentEvent{Origin: origin, ID: textOf(item.Get("id")), RecipientID: textOf(item.Get("recipient_id")), At: timeOf(item.Get("timestamp"))}
	event.Payment = readPayment(item.Get("payment"))
	event.Status = textOf(item.Get("status"))
	event.Try = readTry(item.Get("payment").Get("transaction"))
	switch {
	case event.Reference == "":
		p.bad(origin, item, "the payment names no reference")
	case event.Status == "":
		p.bad(origin, item, "the payment says no status")
	case event.At.IsZero():
		p.bad(origin, item, "the payment has no time")
	default:
		p.out.Payments = append(p.out.Payments, event)
	}
}

func readPayment(v jsonscan.Value) Payment {
	p := Payment{Reference: textOf(v.Get("reference_id")), Status: textOf(v.Get("status")), Currency: textOf(v.Get("currency"))}
	p.Value, _ = v.Get("amount").Get("value").Int()
	p.Offset, _ = v.Get("amount").Get("offset").Int()
	return p
}

func readTry(v jsonscan.Value) PaymentTry {
	return PaymentTry{ID: textOf(v.Get("id")), PaymentID: textOf(v.Get("pg_transaction_id")), Gateway: strings.ToLower(textOf(v.Get("type"))),
		Status: textOf(v.Get("status")), Method: textOf(v.Get("method").Get("type")), ErrorCode: textOf(v.Get("error").Get("code")),
		Error: textOf(v.Get("error").Get("reason")), UpdatedAt: timeOf(v.Get("updated_timestamp"))}
}

// PaymentConfiguration is a way to take money that was set up in WhatsApp Manager.
type PaymentConfiguration struct {
	Name string `json:"configuration_name"`
	// Provider is razorpay, payu, billdesk, zaakpay; upi_vpa has no gateway and is not one of them.
	Provider string `json:"provider_name"`
	// Status is Active, Needs_Connecting or Needs_Testing; Meta also writes the latter two with a space.
	Status string `json:"status"`
}

// Active says whether it can take money.
func (c PaymentConfiguration) Active() bool { return c.Status == "Active" }

// PaymentConfigurations lists those of an account. Source: the page "Onboarding APIs" beside that of Bill.
func (c *Client) PaymentConfigurations(ctx context.Context, token, wabaID string) ([]PaymentConfiguration, error) {
	var reply struct {
		Data []struct {
			List []PaymentConfiguration `json:"payment_configurations"`
		} `json:"data"`
	}
	if err := c.get(ctx, token, wabaID+"/payment_configurations", nil, &reply); err != nil {
		return nil, fmt.Errorf("list payment configurations: %w", err)
	}
	var all []PaymentConfiguration
	for _, part := range reply.Data {
		for _, one := range part.List {
			one.Provider = strings.ToLower(one.Provider) // Meta writes RazorPay here and razorpay elsewhere
			all = append(all, one)
		}
	}
	return all, nil
}

// Payment looks up where a bill stands. found is false when Meta knows of none.
func (c *Client) Payment(ctx context.Context, token, phoneNumberID, configuration, reference string) (p Payment, found bool, err error) {
	var raw json.RawMessage
	path := phoneNumberID + "/payments/" + configuration + "/" + reference
	if err := c.get(ctx, token, path, nil, &raw); err != nil {
		return p, false, fmt.Errorf("look up payment: %w", err)
	}
	root, err := jsonscan.Parse(raw)
	if err != nil {
		return p, false, fmt.Errorf("look up payment: %w", err)
	}
	for item := range root.Get("payments").Items() {
		if p = readPayment(item); p.Reference == reference {
			p.Try = tellingTry(item.Get("transactions"))
			return p, true, nil
		}
	}
	return Payment{}, false, nil
}

// tellingTry is the try that succeeded, else the latest.
func tellingTry(list jsonscan.Value) (last PaymentTry) {
	for item := range list.Items() {
		try := readTry(item)
		if try.Status == "success" {
			return try
		}
		if last.ID == "" || !try.UpdatedAt.Before(last.UpdatedAt) {
			last = try
		}
	}
	return last
}
