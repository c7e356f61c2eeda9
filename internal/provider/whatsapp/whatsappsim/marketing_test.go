package whatsappsim_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// market sends by the Marketing Messages API, or without a policy as every message.
func (b *bundle) market(policy whatsapp.Policy, body []byte) whatsapp.Outcome {
	b.t.Helper()
	if policy == "" {
		return b.client.Send(context.Background(), b.acme.Token, b.acme.Numbers[0].ID, body)
	}
	return b.client.SendMarketing(context.Background(), b.acme.Token, b.acme.Numbers[0].ID, policy, body)
}

// codeOf is Meta's error code of an outcome, 0 for none.
func codeOf(out whatsapp.Outcome) int {
	if out.Err == nil {
		return 0
	}
	return out.Err.Code
}

func (b *bundle) stands(m whatsappsim.MarketingSeed) {
	b.sim.AddWABA(whatsappsim.WABASeed{ID: b.acme.ID, Marketing: m})
}

func TestTheMarketingMessagesAPI(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	welcome := func(to string) []byte { return b.body(to, "welcome", "en_US", nil) }
	order := func(to string) []byte {
		return []byte(`{"messaging_product":"whatsapp","to":"` + to + `","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[
			{"type":"header","parameters":[{"type":"text","parameter_name":"order_id","text":"A-17"}]},
			{"type":"body","parameters":[{"type":"text","parameter_name":"first_name","text":"Asha"},{"type":"text","parameter_name":"order_id","text":"A-17"}]},
			{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"A-17"}]}]}}`)
	}
	text := func(to string) []byte {
		return []byte(`{"messaging_product":"whatsapp","to":"` + to + `","type":"text","text":{"body":"hi"}}`)
	}
	onboarded := whatsappsim.MarketingSeed{Status: "ONBOARDED"}
	cases := []struct {
		name   string
		stands whatsappsim.MarketingSeed
		policy whatsapp.Policy // "": by /messages
		body   func(to string) []byte
		code   int
	}{
		{"onboarded", onboarded, whatsapp.PolicyStrict, welcome, 0},
		{"not onboarded, strictly", whatsappsim.MarketingSeed{}, whatsapp.PolicyStrict, welcome, 134102},
		{"not onboarded, with fallback", whatsappsim.MarketingSeed{}, whatsapp.PolicyFallback, welcome, 0},
		{"still syncing", whatsappsim.MarketingSeed{Status: "ONBOARDED", Syncing: []string{"welcome"}}, whatsapp.PolicyStrict, welcome, 134101},
		{"unavailable", whatsappsim.MarketingSeed{Status: "ONBOARDED", Unavailable: []string{"welcome"}}, whatsapp.PolicyStrict, welcome, 134102},
		{"not a marketing template", onboarded, whatsapp.PolicyFallback, order, 134100},
		{"free text", onboarded, whatsapp.PolicyFallback, text, 131055},
		{"no such policy", onboarded, "ANY", welcome, 100},
		{"a maximum price, at /messages", whatsappsim.MarketingSeed{Status: "ONBOARDED", MaxPrice: []string{"welcome"}}, "", welcome, 131061},
		{"marketing is off at /messages", whatsappsim.MarketingSeed{Status: "ONBOARDED", Only: true}, "", welcome, 131063},
		{"but an order goes", whatsappsim.MarketingSeed{Status: "ONBOARDED", Only: true}, "", order, 0},
	}
	for i, tc := range cases {
		b.stands(tc.stands)
		out := b.market(tc.policy, tc.body(fmt.Sprintf("+9198123401%02d", i)))
		if codeOf(out) != tc.code || (tc.code == 0) != (out.Kind == whatsapp.Accepted) {
			t.Errorf("%s: %+v", tc.name, out)
		}
	}
}

func TestWhatTheMarketingAPITookIsPricedSo(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	for i, tc := range []struct{ status, category string }{{"ONBOARDED", "marketing_lite"}, {"", "marketing"}} {
		b.stands(whatsappsim.MarketingSeed{Status: tc.status})
		out := b.market(whatsapp.PolicyFallback, b.body(fmt.Sprintf("+91981234020%d", i), "welcome", "en_US", nil))
		eventually(t, "three statuses", func() bool { return len(b.hooks.statuses(out.WAMID)) == 3 })
		at := slices.IndexFunc(b.hooks.statuses(out.WAMID), func(e whatsapp.StatusEvent) bool { return e.Status == whatsapp.StatusSent })
		if p := b.hooks.statuses(out.WAMID)[at].Pricing; p == nil || p.Category != tc.category || p.Type != "regular" {
			t.Errorf("an account that is %q: %+v", tc.status, p)
		}
	}
	account, err := b.client.Account(context.Background(), b.acme.Token, b.acme.ID)
	if err != nil || account.MarketingAPI != "" {
		t.Errorf("the account: %+v, %v", account, err)
	}
}
