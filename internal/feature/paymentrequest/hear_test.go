package paymentrequest

import (
	"fmt"
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

func at(minutes int) time.Time {
	return time.Date(2026, time.November, 27, 12, minutes, 0, 0, time.UTC)
}

// told is news of a try some minutes after noon.
func told(status string, minutes int, paise int64) news {
	p := whatsapp.Payment{Status: "pending", Value: paise, Offset: 100, Currency: "INR",
		Try: whatsapp.PaymentTry{ID: "order_1", PaymentID: fmt.Sprintf("pay_%d", minutes), Status: status, Method: "upi", UpdatedAt: at(minutes)}}
	switch status {
	case "success":
		p.Status = "captured"
	case "failed":
		p.Try.Error = "incorrect_pin"
	}
	return news{Payment: p, At: at(minutes)}
}

// A person's two tries: the first fails, the second goes through. Whatever order the webhooks come in, and
// however often, the request ends as paid.
func TestPaidInEveryOrder(t *testing.T) {
	t.Parallel()
	events := []news{told("pending", 1, 100), told("failed", 1, 100), told("pending", 2, 100), told("success", 3, 100), told("success", 3, 100)}
	orders := 0
	var walk func(left, order []news)
	walk = func(left, order []news) {
		if len(left) == 0 {
			orders++
			r := Request{Status: Requested, Amount: 100, Currency: "INR"}
			settled := 0
			for _, n := range order {
				if r.hear(n) && r.Status.Settled() {
					settled++
				}
			}
			if r.Status != Paid || r.TransactionID != "pay_3" || settled != 1 || !r.PaidAt.Equal(at(3)) || r.Failure != "" {
				t.Fatalf("%+v after %v, paid %d times", r, order, settled)
			}
			return
		}
		for i := range left {
			rest := append(append([]news{}, left[:i]...), left[i+1:]...)
			walk(rest, append(append([]news{}, order...), left[i]))
		}
	}
	walk(events, nil)
	if orders != 120 {
		t.Errorf("%d orders", orders)
	}
}

func TestWhatIsHeard(t *testing.T) {
	t.Parallel()
	expires := at(10)
	asked := func(n news) news { n.Asked = true; return n }
	dollars := told("success", 1, 100)
	dollars.Currency = "USD"
	for name, tc := range map[string]struct {
		events   []news
		want     Status
		doubtful bool // of the last
	}{
		"nothing was tried":                     {[]news{{Payment: whatsapp.Payment{Status: "pending"}}}, Requested, false},
		"an older pending after failed":         {[]news{told("failed", 2, 100), told("pending", 1, 100)}, Failed, false},
		"a pending of the same moment":          {[]news{told("failed", 2, 100), told("pending", 2, 100)}, Failed, false},
		"a new try after failed":                {[]news{told("failed", 2, 100), told("pending", 3, 100)}, Pending, false},
		"failed after paid":                     {[]news{told("success", 2, 100), told("failed", 3, 100)}, Paid, false},
		"another amount is asked about":         {[]news{told("success", 2, 99)}, Pending, true},
		"another amount, and WhatsApp says so":  {[]news{told("success", 2, 99), asked(told("success", 2, 99))}, Differs, false},
		"more than was asked for":               {[]news{asked(told("success", 2, 101))}, Differs, false},
		"another currency":                      {[]news{asked(dollars)}, Differs, false},
		"differs is not undone":                 {[]news{asked(told("success", 2, 99)), told("failed", 3, 100)}, Differs, false},
		"differs, and then what was asked for":  {[]news{asked(told("success", 2, 99)), told("success", 3, 100)}, Paid, false},
		"money after the end is asked about":    {[]news{told("success", 11, 100)}, Pending, true},
		"money after the end, confirmed":        {[]news{told("success", 11, 100), asked(told("success", 11, 100))}, Paid, false},
		"money after the end that did not come": {[]news{told("success", 11, 100), asked(told("failed", 9, 100))}, Failed, false},
	} {
		r := Request{Status: Requested, Amount: 100, Currency: "INR", ExpiresAt: &expires}
		doubtful := false
		for _, n := range tc.events {
			doubtful = r.doubtful(n)
			r.hear(n)
		}
		if r.Status != tc.want || doubtful != tc.doubtful {
			t.Errorf("%s: %s, doubtful %v", name, r.Status, doubtful)
		}
		if r.Status == Failed && r.Failure != "incorrect_pin" || r.Status.Settled() != (r.PaidAt != nil) {
			t.Errorf("%s: %+v", name, r)
		}
	}
}
