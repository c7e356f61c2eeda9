package whatsappsim_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// billOf is an order_details message with one part of it put in the place of another.
func billOf(reference string, swap ...string) string {
	return strings.NewReplacer(swap...).Replace(interactive("order_details", text+`"action":{"name":"review_and_pay","parameters":{"reference_id":"`+reference+`","type":"digital-goods",
		"payment_settings":[{"type":"payment_gateway","payment_gateway":{"type":"razorpay","configuration_name":"acme-razorpay"}}],
		"currency":"INR","total_amount":{"value":21000,"offset":100},"order":{"status":"pending","expiration":{"timestamp":"4070944800","description":"Over"},
		"items":[{"retailer_id":"1","name":"Bread","amount":{"value":10000,"offset":100},"quantity":2}],
		"subtotal":{"value":20000,"offset":100},"tax":{"value":1500,"offset":100},"shipping":{"value":500,"offset":100},"discount":{"value":1000,"offset":100}}}}`))
}

func (b *bundle) writesFirst() {
	b.control("inbound", `{"phone_number_id":"`+b.acme.Numbers[0].ID+`","from":"919812345678","text":"Hi"}`)
}

func TestWrongBillsAreRefusedAsMetaDoes(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	b.sim.AddWABA(whatsappsim.WABASeed{ID: b.acme.ID, Payments: append(b.acme.Payments,
		whatsappsim.PaymentSeed{Name: "untested", Provider: "payu", Status: "Needs_Testing"})})
	b.writesFirst()
	soon := fmt.Sprint(time.Now().Add(4 * time.Minute).Unix())
	for name, body := range map[string]string{
		"no reference":         billOf("x", `"reference_id":"x",`, ""),
		"reference in Hindi":   billOf("आ"),
		"long reference":       billOf(strings.Repeat("x", 36)),
		"other button":         billOf("x", "review_and_pay", "pay_now"),
		"goods":                billOf("x", "digital-goods", "goods"),
		"dollars":              billOf("x", `"INR"`, `"USD"`),
		"captured already":     billOf("x", `"status":"pending"`, `"status":"captured"`),
		"unknown gateway":      billOf("x", `"type":"razorpay"`, `"type":"stripe"`),
		"another's gateway":    billOf("x", `"type":"razorpay"`, `"type":"payu"`),
		"no configuration":     billOf("x", "acme-razorpay", "globex-razorpay"),
		"untested":             billOf("x", "acme-razorpay", "untested", `"type":"razorpay"`, `"type":"payu"`),
		"offset":               billOf("x", `"total_amount":{"value":21000,"offset":100}`, `"total_amount":{"value":2100,"offset":10}`),
		"subtotal":             billOf("x", `"subtotal":{"value":20000`, `"subtotal":{"value":19999`),
		"total":                billOf("x", `"total_amount":{"value":21000`, `"total_amount":{"value":22000`),
		"no tax":               billOf("x", `"tax":{"value":1500,"offset":100},`, ""),
		"half a loaf":          billOf("x", `"quantity":2`, `"quantity":1.5`),
		"nothing":              billOf("x", `"items":[{"retailer_id":"1","name":"Bread","amount":{"value":10000,"offset":100},"quantity":2}]`, `"items":[]`),
		"long name":            billOf("x", "Bread", strings.Repeat("आ", 61)),
		"expires too soon":     billOf("x", "4070944800", soon),
		"expiry as a number":   billOf("x", `"timestamp":"4070944800"`, `"timestamp":4070944800`),
		"somebody in New York": billOf("x", "919812345678", "12125550100"),
	} {
		if out := b.raw(body); out.Kind != whatsapp.Failed || out.Err.Code != 131009 && out.Err.Code != 131008 {
			t.Errorf("%s: %v %v", name, out.Kind, out.Err)
		}
	}
	if out := b.raw(billOf("once")); out.Kind != whatsapp.Accepted {
		t.Fatalf("a right one: %+v %v", out, out.Err)
	}
	if out := b.raw(billOf("once")); out.Kind != whatsapp.Failed || out.Err.Code != 131009 {
		t.Errorf("the same reference twice: %+v", out)
	}
}

func TestPaymentConfigurationsAreListed(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	got, err := b.client.PaymentConfigurations(context.Background(), b.acme.Token, b.acme.ID)
	if err != nil || len(got) != 1 || got[0].Name != "acme-razorpay" || got[0].Provider != "razorpay" || !got[0].Active() {
		t.Errorf("%+v %v", got, err)
	}
	b.control("wabas", `{"id":"`+b.acme.ID+`","payment_configurations":[]}`)
	if got, err := b.client.PaymentConfigurations(context.Background(), b.acme.Token, b.acme.ID); err != nil || len(got) != 0 {
		t.Errorf("taken away: %+v %v", got, err)
	}
}

func (b *bundle) lookUp(reference string) whatsapp.Payment {
	b.t.Helper()
	got, found, err := b.client.Payment(context.Background(), b.acme.Token, b.acme.Numbers[0].ID, "acme-razorpay", reference)
	if err != nil || !found {
		b.t.Fatal(found, err)
	}
	return got
}

// payments waits until n were told.
func (b *bundle) payments(n int) (list []whatsapp.PaymentEvent) {
	b.t.Helper()
	eventually(b.t, fmt.Sprint(n, " payments are told"), func() bool {
		return b.hooks.read(func(got *whatsapp.Webhook) bool {
			list = append([]whatsapp.PaymentEvent(nil), got.Payments...)
			return len(list) == n
		})
	})
	return list
}

func TestABillIsPaidAfterAFailedTry(t *testing.T) {
	t.Parallel()
	p := setup(t, nil).openPhone(asha)
	p.writesFirst()
	id := p.gets(billOf("ref-1"))
	if got := p.lookUp("ref-1"); got.State() != whatsapp.PaymentNew || got.Value != 21000 {
		t.Errorf("before: %+v", got)
	}
	number := `{"phone_number_id":"` + p.acme.Numbers[0].ID + `",`
	p.control("payments", number+`"message":"`+id+`","outcome":"failed","reason":"incorrect_pin"}`)
	p.until("the bill shows that it failed", func() bool { return p.messages[id].Payment == "failed" })
	if got := p.lookUp("ref-1"); got.State() != whatsapp.PaymentFailed || got.Try.Error != "incorrect_pin" {
		t.Errorf("after a failed try: %+v", got)
	}
	p.control("payments", number+`"reference_id":"ref-1","outcome":"pending"}`)
	p.control("payments", number+`"reference_id":"ref-1","method":"card"}`)
	p.until("the bill shows that it is paid", func() bool { return p.messages[id].Payment == "captured" })
	list := p.payments(3)
	states := map[whatsapp.PaymentState]whatsapp.PaymentEvent{}
	for _, e := range list {
		states[e.State()] = e
	}
	paid := states[whatsapp.PaymentCaptured]
	if len(states) != 3 || paid.Reference != "ref-1" || paid.Value != 21000 || paid.Try.Method != "card" || paid.PhoneNumberID != p.acme.Numbers[0].ID || paid.ID == id {
		t.Errorf("%+v", list)
	}
	if got := p.lookUp("ref-1"); got.State() != whatsapp.PaymentCaptured || got.Try.ID != paid.Try.ID {
		t.Errorf("looked up: %+v", got)
	}
	if err := p.sim.Pay(whatsappsim.PayRequest{PhoneNumberID: p.acme.Numbers[0].ID, Reference: "ref-1"}); err == nil {
		t.Error("a bill was paid twice")
	}
	if err := p.sim.Pay(whatsappsim.PayRequest{PhoneNumberID: p.acme.Numbers[0].ID, Reference: "ref-1", Again: true}); err != nil {
		t.Error(err)
	}
	if list := p.payments(4); list[3].State() != whatsapp.PaymentCaptured {
		t.Errorf("told again: %+v", list)
	}
	for _, status := range p.hooks.statuses(id) {
		if status.Status == whatsapp.StatusFailed {
			t.Error("the message failed with its payment")
		}
	}
}

func TestALostWebhookIsFoundByLookingUp(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	b.writesFirst()
	b.raw(billOf("ref-2"))
	if err := b.sim.Pay(whatsappsim.PayRequest{PhoneNumberID: b.acme.Numbers[0].ID, Reference: "ref-2", Untold: true, Value: 100}); err != nil {
		t.Fatal(err)
	}
	if got := b.lookUp("ref-2"); got.State() != whatsapp.PaymentCaptured || got.Value != 100 {
		t.Errorf("%+v", got)
	}
	b.payments(0)
}
