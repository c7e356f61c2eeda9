package whatsapp

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aerostic/aerostic/internal/platform/money"
)

// Bill is what a person is asked to pay inside WhatsApp, to the business's own payment gateway. Amounts
// are in paise. What it comes to is always counted from its parts.
//
// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/payments-in/pg.
// For goods outside a catalogue that page also names their origin and importer; goods that need them are
// sold from a catalogue.
type Bill struct {
	Items     []BillItem `json:"items" doc:"1 to 20 things to pay for"`
	Tax       int64      `json:"tax,omitempty" doc:"Paise"`
	Delivery  int64      `json:"delivery,omitempty" doc:"Paise"`
	Discount  int64      `json:"discount,omitempty" doc:"Paise, taken off"`
	Goods     string     `json:"goods,omitempty" enum:"digital-goods,physical-goods" doc:"Without one: digital-goods, which services are too"`
	Gateway   string     `json:"gateway" enum:"razorpay,payu,billdesk,zaakpay" doc:"Of the payment configuration"`
	Config    string     `json:"configuration" doc:"Name of the payment configuration in WhatsApp Manager"`
	ExpiresAt *time.Time `json:"expiresAt,omitempty" doc:"Cannot be paid afterwards; at least five minutes ahead"`
}

// BillItem is one thing to pay for.
type BillItem struct {
	Name     string `json:"name"`
	Price    int64  `json:"price" doc:"Of one, in paise"`
	Quantity int64  `json:"quantity"`
}

const (
	// BillCurrency is the only one that WhatsApp takes money in, in India.
	BillCurrency = "INR"
	// billOffset is how many paise a rupee has.
	billOffset = 100
	// mostBilled is the most that we ask for at once, in paise: one crore rupees.
	mostBilled = 1_00_00_000 * billOffset
	// mostByUPI is the most that goes by UPI; beyond it the gateway's own page must take the money.
	mostByUPI = 5_00_000 * billOffset
	// BillAhead is how far ahead a bill must expire, at least.
	BillAhead = 300 * time.Second
)

// Subtotal is what the items cost, in paise.
func (b *Bill) Subtotal() (sum int64) {
	for _, item := range b.Items {
		sum += item.Price * item.Quantity
	}
	return sum
}

// Total is what the person pays, in paise.
func (b *Bill) Total() int64 { return b.Subtotal() + b.Tax + b.Delivery - b.Discount }

// Asks is the total as people write it: ₹1,250.50.
func (b *Bill) Asks() string { return money.Format(money.FromMinor(b.Total()), BillCurrency) }

// BillReference is the id by which a bill is known to Meta and the gateway: that of the message, without
// what Meta takes none of (letters, digits, dots and _ of at most 35). It is unique as messages' ids are.
func BillReference(callbackData string) string {
	kept := strings.Map(func(r rune) rune {
		if r < 0x80 && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '.' || r == '_') {
			return r
		}
		return -1
	}, callbackData)
	return kept[:min(len(kept), 35)]
}

// amountOf is an amount as Meta writes it.
func amountOf(paise int64) object { return object{"value": paise, "offset": billOffset} }

// action is the button that shows the bill and lets the person pay.
func (b *Bill) action(reference string) object {
	goods := b.Goods
	if goods == "" {
		goods = "digital-goods"
	}
	gateway := object{"type": b.Gateway, "configuration_name": b.Config}
	if b.Total() > mostByUPI {
		gateway["enabled_payment_options"] = []string{"web"}
	}
	return object{"name": "review_and_pay", "parameters": object{
		"reference_id": reference, "type": goods, "currency": BillCurrency, "total_amount": amountOf(b.Total()), "order": b.order(),
		"payment_settings": []object{{"type": "payment_gateway", "payment_gateway": gateway}},
	}}
}

func (b *Bill) order() object {
	items := make([]object, len(b.Items))
	for n, item := range b.Items {
		items[n] = object{"retailer_id": "item-" + strconv.Itoa(n+1), "name": item.Name, "amount": amountOf(item.Price), "quantity": item.Quantity}
	}
	out := object{"status": "pending", "items": items, "subtotal": amountOf(b.Subtotal()), "tax": amountOf(b.Tax)}
	if b.Delivery > 0 {
		out["shipping"] = amountOf(b.Delivery)
	}
	if b.Discount > 0 {
		out["discount"] = amountOf(b.Discount)
	}
	if b.ExpiresAt != nil {
		out["expiration"] = object{"timestamp": strconv.FormatInt(b.ExpiresAt.Unix(), 10), "description": "This request can no longer be paid."}
	}
	return out
}

func (k *checker) bill(b *Bill) {
	const place = partOf + "bill"
	if k.missing(place, b == nil) {
		return
	}
	k.count(place+".items", "items", len(b.Items), 1, 20)
	for n, item := range b.Items {
		k.billItem(fmt.Sprintf("%s.items[%d]", place, n), item)
	}
	k.paise(place+".tax", b.Tax, 0)
	k.paise(place+".delivery", b.Delivery, 0)
	k.paise(place+".discount", b.Discount, 0)
	k.length(place+".configuration", b.Config, 1, 60)
	if strings.Contains(b.Config, "/") {
		k.say(place+".configuration", "A configuration's name has no slash.") // it is part of an address at Meta
	}
	k.oneOf(place+".gateway", b.Gateway, Gateways())
	k.oneOf(place+".goods", b.Goods, []string{"", "digital-goods", "physical-goods"})
	if len(k.problems) == 0 && (b.Total() <= 0 || b.Total() > mostBilled) {
		k.say(place, "Ask for at least one paisa and at most ₹1,00,00,000.")
	}
}

func (k *checker) billItem(place string, item BillItem) {
	k.length(place+".name", item.Name, 1, 60)
	k.paise(place+".price", item.Price, 1)
	if item.Quantity < 1 || item.Quantity > 9999 {
		k.say(place+".quantity", "Choose 1 to 9,999.")
	}
}

// paise wants an amount from low to the most that is asked for.
func (k *checker) paise(place string, amount, low int64) {
	if amount < low || amount > mostBilled {
		k.say(place, "Enter an amount up to ₹1,00,00,000.")
	}
}

func (k *checker) oneOf(place, value string, known []string) {
	if !slices.Contains(known, value) {
		k.say(place, "This is not one of those that WhatsApp knows.")
	}
}

// Gateways are the payment gateways that WhatsApp lets people in India pay through.
func Gateways() []string { return []string{"razorpay", "payu", "billdesk", "zaakpay"} }
