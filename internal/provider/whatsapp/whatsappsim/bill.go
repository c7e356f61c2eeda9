package whatsappsim

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// PaymentSeed is a payment configuration of an account, as set up in WhatsApp Manager.
type PaymentSeed struct {
	Name     string `json:"configuration_name"`
	Provider string `json:"provider_name"`
	MID      string `json:"provider_mid"`
	// Status is Active, Needs_Connecting or Needs_Testing.
	Status string `json:"status"`
}

// bill is one order_details message that was taken, and the tries to pay it.
type bill struct {
	reference, configuration, gateway, message string
	who                                        uint64
	total                                      int64
	expires                                    time.Time // zero: never

	mu       sync.Mutex
	captured bool
	tries    []try
}

// bills are those of one number, by their reference.
type bills struct {
	mu          sync.Mutex
	byReference map[string]*bill
}

// claim keeps a bill unless one with its reference is there.
func (b *bills) claim(made *bill) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.byReference == nil {
		b.byReference = map[string]*bill{}
	}
	if b.byReference[made.reference] != nil {
		return false
	}
	b.byReference[made.reference] = made
	return true
}

// find gives a bill by its reference, or by the message it came with.
func (b *bills) find(reference, message string) *bill {
	b.mu.Lock()
	defer b.mu.Unlock()
	if found := b.byReference[reference]; found != nil {
		return found
	}
	for _, one := range b.byReference {
		if message != "" && one.message == message {
			return one
		}
	}
	return nil
}

func (b *bills) clear() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.byReference = nil
}

// payment finds a payment configuration by its name.
func (w *waba) payment(name string) (PaymentSeed, bool) {
	for _, one := range *w.payments.Load() {
		if one.Name == name {
			return one, true
		}
	}
	return PaymentSeed{}, false
}

// listPayments is GET /{waba}/payment_configurations.
func (s *Sim) listPayments(w http.ResponseWriter, c *call) *metaError {
	account, refused := s.limited(w, c)
	if refused != nil {
		return refused
	}
	list := make([]map[string]any, 0)
	for _, one := range *account.payments.Load() {
		list = append(list, map[string]any{"configuration_name": one.Name, "provider_name": one.Provider, "provider_mid": one.MID, "status": one.Status,
			"merchant_category_code": map[string]string{"code": "5399", "description": "Retail"},
			"purpose_code":           map[string]string{"code": "00", "description": "Default"}})
	}
	writeJSON(w, http.StatusOK, map[string]any{"data": []any{map[string]any{"payment_configurations": list}}})
	return nil
}

// checkBill holds an order_details message against what Meta says of it, and readies the bill to be kept.
func (s *Sim) checkBill(from *number, req *sendRequest, action jsonscan.Value) *metaError {
	set := action.Get("parameters")
	order := set.Get("order")
	if refused := firstRefusal(named("review_and_pay")(from, action), needs("parameters", set, "reference_id", "type", "payment_settings", "currency", "total_amount", "order"),
		needs("order", order, "status", "items", "subtotal", "tax")); refused != nil {
		return refused
	}
	switch {
	case country(parseDigits(from.digits)) != "IN" || country(req.who) != "IN":
		return invalid("Payments are for businesses and people in India")
	case !isReference(set.Get("reference_id").Text()):
		return invalid("reference_id takes 1 to 35 letters, digits, underscores, dashes and dots")
	case !oneOf(set.Get("type"), "digital-goods physical-goods"):
		return invalid("Param type must be one of {digital-goods, physical-goods}")
	case set.Get("currency").Text() != whatsapp.BillCurrency:
		return invalid("Param currency must be INR")
	case order.Get("status").Text() != "pending":
		return invalid("Param order['status'] must be pending")
	}
	made := &bill{reference: set.Get("reference_id").Text(), who: req.who}
	if refused := firstRefusal(made.readPayment(from, set.Get("payment_settings")), made.readExpiry(s.now(), order.Get("expiration")), made.readSums(set, order)); refused != nil {
		return refused
	}
	if from.bills.find(made.reference, "") != nil {
		return errReference
	}
	req.bill = made
	return nil
}

var errReference = invalid("reference_id must be unique for each order_details message")

func isReference(text string) bool {
	return len(text) >= 1 && len(text) <= 35 && !strings.ContainsFunc(text, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("_.-", r))
	})
}

// readPayment wants one gateway with a configuration that is set up and active.
func (b *bill) readPayment(from *number, settings jsonscan.Value) *metaError {
	if settings.Len() != 1 {
		return invalid("payment_settings takes one setting")
	}
	for setting := range settings.Items() {
		gateway := setting.Get("payment_gateway")
		b.gateway, b.configuration = gateway.Get("type").Text(), gateway.Get("configuration_name").Text()
		found, known := from.waba.payment(b.configuration)
		switch {
		case setting.Get("type").Text() != "payment_gateway":
			return invalid("Param payment_settings['type'] must be payment_gateway")
		case !oneOf(gateway.Get("type"), strings.Join(whatsapp.Gateways(), " ")):
			return invalid("Param payment_gateway['type'] is not supported")
		case !known || !strings.EqualFold(found.Provider, b.gateway):
			return invalid("The payment configuration " + b.configuration + " does not exist")
		case found.Status != "Active":
			return invalid("The payment configuration " + b.configuration + " is not active")
		}
	}
	return nil
}

// readExpiry wants at least five minutes.
func (b *bill) readExpiry(now time.Time, v jsonscan.Value) *metaError {
	if v == nil {
		return nil
	}
	seconds, ok := v.Get("timestamp").Int()
	switch {
	case !ok || v.Get("timestamp").Kind() != jsonscan.String:
		return invalid("Param expiration['timestamp'] must be UTC seconds as a string")
	case seconds < now.Add(whatsapp.BillAhead).Unix():
		return invalid("Param expiration['timestamp'] must be at least 300 seconds ahead")
	case longer(v.Get("description").Bytes(), 120):
		return invalid("Param expiration['description'] must be at most 120 characters long.")
	}
	b.expires = time.Unix(seconds, 0)
	return nil
}

// readSums adds the bill up.
func (b *bill) readSums(set, order jsonscan.Value) *metaError {
	var sum int64
	for item := range order.Get("items").Items() {
		price, ok := paise(item.Get("amount"))
		quantity, whole := item.Get("quantity").Int()
		switch {
		case length("Item name", item.Get("name"), 60) != nil:
			return length("Item name", item.Get("name"), 60)
		case !ok || !whole || quantity < 1:
			return invalid("An item needs an amount with offset 100 and a whole quantity")
		}
		sum += price * quantity
	}
	subtotal, ok1 := paise(order.Get("subtotal"))
	tax, ok2 := paise(order.Get("tax"))
	total, ok3 := paise(set.Get("total_amount"))
	shipping, ok4 := optionalPaise(order.Get("shipping"))
	discount, ok5 := optionalPaise(order.Get("discount"))
	switch {
	case !ok1 || !ok2 || !ok3 || !ok4 || !ok5:
		return invalid("Amounts are a value that is not negative and an offset of 100")
	case order.Get("items").Len() == 0 || subtotal != sum:
		return invalid(fmt.Sprintf("subtotal must be the sum of the items, %d", sum))
	case total != subtotal+tax+shipping-discount || total <= 0:
		return invalid("total_amount must be subtotal + tax + shipping - discount, and more than nothing")
	}
	b.total = total
	return nil
}

func paise(v jsonscan.Value) (int64, bool) {
	value, ok := v.Get("value").Int()
	offset, whole := v.Get("offset").Int()
	return value, ok && whole && offset == 100 && value >= 0 && !longer(v.Get("description").Bytes(), 60)
}

func optionalPaise(v jsonscan.Value) (int64, bool) {
	if v == nil {
		return 0, true
	}
	return paise(v)
}

// lookUpPayment is GET /{number}/payments/{configuration}/{reference}.
func (s *Sim) lookUpPayment(w http.ResponseWriter, c *call) *metaError {
	from, refused := s.number(c.id, c.token)
	if refused != nil {
		return refused
	}
	configuration, reference, _ := strings.Cut(strings.TrimPrefix(c.edge, paymentsEdge), "/")
	found := from.bills.find(reference, "")
	if found == nil || found.configuration != configuration {
		return invalid("No payment with this reference_id")
	}
	found.mu.Lock()
	defer found.mu.Unlock()
	payment := map[string]any{"reference_id": found.reference, "status": found.status(), "currency": whatsapp.BillCurrency, "amount": amount(found.paid())}
	if len(found.tries) > 0 {
		payment["transactions"] = found.transactions()
	}
	writeJSON(w, http.StatusOK, map[string]any{"payments": []any{payment}})
	return nil
}

const paymentsEdge = "payments/"

func amount(paise int64) map[string]int64 { return map[string]int64{"value": paise, "offset": 100} }

// status needs the lock: Meta says pending until the money is there.
func (b *bill) status() string {
	if b.captured {
		return "captured"
	}
	return "pending"
}

// keepBill keeps a bill that was checked, once.
func (s *Sim) keepBill(from *number, req *sendRequest) *metaError {
	if req.bill == nil || from.bills.claim(req.bill) {
		return nil
	}
	return errReference
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
