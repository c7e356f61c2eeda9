package whatsapp

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// paymentCase is a golden case: what Meta posts of a payment, and what is made of it.
type paymentCase struct {
	Why  string          `json:"why"`
	In   json.RawMessage `json:"in"`
	Want paymentWant     `json:"want"`
}

type paymentWant struct {
	Event PaymentEvent `json:"event"`
	State PaymentState `json:"state"`
}

func TestEveryPaymentIsReadAsItsCaseSays(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/payments/*.json")
	if err != nil || len(files) < 5 {
		t.Fatal(files, err)
	}
	states := map[PaymentState]bool{}
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var c paymentCase
		if err := json.Unmarshal(raw, &c); err != nil {
			t.Fatal(path, err)
		}
		hook := mustParse(t, string(c.In))
		if len(hook.Payments) != 1 || len(hook.Statuses)+len(hook.Bad)+len(hook.Unknown) > 0 {
			t.Fatalf("%s: a payment and nothing else: %+v", path, hook)
		}
		c.Want = paymentWant{hook.Payments[0], hook.Payments[0].State()}
		states[c.Want.State] = true
		var out bytes.Buffer
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", " ")
		if err := encoder.Encode(c); err != nil {
			t.Fatal(err)
		}
		if os.Getenv("UPDATE_GOLDEN") != "" {
			if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		} else if !bytes.Equal(raw, out.Bytes()) {
			t.Errorf("%s differs (UPDATE_GOLDEN=1 writes it):\n%s", path, out.String())
		}
	}
	for _, state := range []PaymentState{PaymentPending, PaymentFailed, PaymentCaptured} {
		if !states[state] {
			t.Errorf("no case is %s", state)
		}
	}
}

// A payment that failed says "failed" where a message that failed does, about an id that may be a message's.
func TestAPaymentIsNeverAMessagesStatus(t *testing.T) {
	t.Parallel()
	hook := mustParse(t, messages(`"statuses":[
		{"id":"wamid.A","status":"failed","timestamp":"1","type":"payment","payment":{"reference_id":"r"}},
		{"payment":{"reference_id":"r"},"id":"wamid.A","status":"failed","timestamp":"1"},
		{"id":"wamid.A","status":"failed","type":"payment","timestamp":"1"},
		{"id":"wamid.A","status":"failed","type":"payment","payment":{"reference_id":"r"}},
		{"id":"wamid.B","status":"read","timestamp":"2"}]`))
	if len(hook.Statuses) != 1 || hook.Statuses[0].ID != "wamid.B" {
		t.Errorf("statuses of messages: %+v", hook.Statuses)
	}
	if len(hook.Payments) != 2 || len(hook.Bad) != 2 {
		t.Errorf("%d payments, %d bad", len(hook.Payments), len(hook.Bad))
	}
}

func TestWhatABillComesTo(t *testing.T) {
	t.Parallel()
	bill := mustContent(t, readContent(t, TypeOrderDetails).Content).Interactive.Bill
	if bill.Subtotal() != 275100 || bill.Total() != 283855 || bill.Asks() != "₹2,838.55" {
		t.Errorf("%d, %d, %s", bill.Subtotal(), bill.Total(), bill.Asks())
	}
	bill.Items[0].Price = 5_00_000_00
	raw, err := json.Marshal(bill.action("r"))
	if err != nil || !strings.Contains(string(raw), `"enabled_payment_options":["web"]`) {
		t.Errorf("beyond what UPI takes the gateway's page does: %s %v", raw, err)
	}
}

func TestReferences(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		"0198f0aa-1111-7abc-8def-000000000001": "0198f0aa11117abc8def000000000001",
		"aer:msg:1":                            "aermsg1",
		"a/ब b.c_d":                            "ab.c_d",
		strings.Repeat("x", 50):                strings.Repeat("x", 35),
	} {
		if got := BillReference(data); got != want {
			t.Errorf("%s: %s", data, got)
		}
	}
}

func TestTheTellingTry(t *testing.T) {
	t.Parallel()
	var raw = `{"payments":[{"reference_id":"other"},{"reference_id":"r","status":"captured","currency":"INR","amount":{"value":7,"offset":100},
		"transactions":[{"id":"a","status":"failed","updated_timestamp":9},{"id":"b","status":"success","updated_timestamp":5},{"id":"c","status":"failed","updated_timestamp":7}]}]}`
	client := saying(t, raw)
	got, found, err := client.Payment(t.Context(), "token", "111", "acme razorpay", "r")
	if err != nil || !found || got.Try.ID != "b" || !got.Try.UpdatedAt.Equal(time.Unix(5, 0)) || got.State() != PaymentCaptured {
		t.Errorf("%+v %v %v", got, found, err)
	}
	if _, found, err := client.Payment(t.Context(), "token", "111", "acme razorpay", "nobody"); found || err != nil {
		t.Error(found, err)
	}
}

func saying(t *testing.T, answer string) *Client {
	return answering(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, answer) })
}

func TestPaymentConfigurations(t *testing.T) {
	t.Parallel()
	client := saying(t, `{"data":[{"payment_configurations":[
		{"configuration_name":"one","status":"Active","provider_name":"RazorPay"},
		{"configuration_name":"two","status":"Needs_Testing","provider_name":"payu"}]}]}`)
	got, err := client.PaymentConfigurations(t.Context(), "token", "222")
	if err != nil || len(got) != 2 || got[0].Provider != "razorpay" || !got[0].Active() || got[1].Active() {
		t.Errorf("%+v %v", got, err)
	}
}
