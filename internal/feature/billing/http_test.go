package billing

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// api serves the routes to Ann of Acme, who is also the operator when the request says so.
func (b *bundle) api() http.Handler {
	api := web.New(web.Config{
		Clock: b.clock,
		Authenticate: func(_ context.Context, r *http.Request) (actor.Actor, error) {
			return actor.Actor{
				Kind: actor.User, UserID: ident.New(), TenantID: b.acme, Role: "owner", Email: "ann@acme.example",
				Platform: r.Header.Get("X-Operator") != "",
			}, nil
		},
		Allows: func(_ actor.Actor, p actor.Permission) bool { return p == mayRead || p == maySet },
	})
	b.service.Routes(api)
	return api.Handler()
}

func ask[T any](t *testing.T, h http.Handler, method, path, body string, headers ...string) (status int, reply T) {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if err := json.Unmarshal(w.Body.Bytes(), &reply); err != nil {
		t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	return w.Code, reply
}

func TestTopupOverHTTP(t *testing.T) {
	t.Parallel()
	b := setup(t)
	h := b.api()
	path := "/api/platform/tenants/" + b.acme.String() + "/topup"
	body := `{"amount": 2500000, "currency": "INR", "reason": "बैंक ट्रांसफ़र ₹250"}`
	if status, _ := ask[web.Problem](t, h, "POST", path, body, "Idempotency-Key", "k1"); status != http.StatusForbidden {
		t.Errorf("an owner tops up: %d", status)
	}
	if status, _ := ask[web.Problem](t, h, "POST", path, body, "X-Operator", "1"); status != http.StatusUnprocessableEntity {
		t.Errorf("without a key: %d", status)
	}
	for range 2 {
		status, done := ask[Transaction](t, h, "POST", path, body, "X-Operator", "1", "Idempotency-Key", "k1")
		if status != http.StatusOK || done.Amount.Amount != 2_500_000 || done.By != "ann@acme.example" || *done.AvailableAfter != 2_500_000 {
			t.Errorf("top-up: %d %+v", status, done)
		}
	}
	if status, view := ask[Wallet](t, h, "GET", "/api/wallet", ""); status != http.StatusOK || view.Available.Amount != 2_500_000 {
		t.Errorf("wallet: %d %+v", status, view)
	}
}

func TestStatementOverHTTP(t *testing.T) {
	t.Parallel()
	b := setup(t)
	h := b.api()
	b.story()
	seen := map[Kind]Transaction{}
	path := "/api/wallet/transactions?limit=2"
	for next := ""; ; {
		_, page := ask[web.Page[Transaction]](t, h, "GET", path+next, "")
		for _, tr := range page.Items {
			seen[tr.Kind] = tr
		}
		if page.Next == "" {
			break
		}
		next = "&after=" + page.Next
	}
	for _, kind := range []Kind{KindTopup, KindHold, KindCharge, KindRelease, KindAdjustment} {
		tr, there := seen[kind]
		if !there {
			t.Errorf("no %s on the statement", kind)
			continue
		}
		b.checkDetails(h, tr)
	}
	_, only := ask[web.Page[Transaction]](t, h, "GET", "/api/wallet/transactions?kind=hold", "")
	if len(only.Items) != 1 || only.Items[0].Kind != KindHold || only.Items[0].Messages != 5 {
		t.Errorf("holds: %+v", only)
	}
	if status, _ := ask[web.Problem](t, h, "GET", "/api/wallet/transactions/"+uuid.NewString(), ""); status != http.StatusNotFound {
		t.Errorf("no such transaction: %d", status)
	}
}

// checkDetails reads a transaction message by message.
func (b *bundle) checkDetails(h http.Handler, tr Transaction) {
	b.t.Helper()
	messages := map[uuid.UUID]bool{}
	path := "/api/wallet/transactions/" + tr.ID.String() + "?limit=1"
	for next := ""; ; {
		_, d := ask[transactionDetails](b.t, h, "GET", path+next, "")
		sum := int64(0)
		for _, e := range d.Entries {
			sum += int64(e.Amount)
		}
		if sum != 0 || len(d.Entries) < 2 {
			b.t.Errorf("entries of a %s: %+v", tr.Kind, d.Entries)
		}
		for _, c := range d.Charges.Items {
			messages[c.MessageID] = true
		}
		if d.Charges.Next == "" {
			break
		}
		next = "&after=" + d.Charges.Next
	}
	want := tr.Messages
	if tr.Kind == KindHold {
		want-- // one is still on its way
	}
	if len(messages) != want {
		b.t.Errorf("%s of %d messages shows %d", tr.Kind, want, len(messages))
	}
}

func TestRatesAndMetricsOverHTTP(t *testing.T) {
	t.Parallel()
	b := setup(t)
	h := b.api()
	if status, sheet := ask[RateSheet](t, h, "GET", "/api/rates", ""); status != http.StatusOK || len(sheet.Rates) < 47*4 {
		t.Errorf("rates: %d, %d lines", status, len(sheet.Rates))
	}
	type daily struct{ Days []Day }
	if status, got := ask[daily](t, h, "GET", "/api/metrics/daily?days=7", ""); status != http.StatusOK || len(got.Days) != 7 {
		t.Errorf("metrics: %d %+v", status, got)
	}
}
