package whatsappsim_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

func TestASendIsAcceptedAndReportedToRead(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	out := b.send("+919812345678", "diwali_offer", "hi", map[string]string{"body.1": "आशा 🎉", "body.2": "२०%"})
	if out.Kind != whatsapp.Accepted || out.WAID != "919812345678" || out.UserID != "" ||
		out.MessageStatus != "accepted" || !strings.HasPrefix(out.WAMID, "wamid.") {
		t.Fatalf("%+v", out)
	}
	eventually(t, "three statuses", func() bool { return len(b.hooks.statuses(out.WAMID)) == 3 })
	seen := map[whatsapp.Status]whatsapp.StatusEvent{}
	for _, status := range b.hooks.statuses(out.WAMID) {
		seen[status.Status] = status
		if status.CallbackData != "msg:+919812345678" || status.PhoneNumberID != b.acme.Numbers[0].ID || status.WABAID != b.acme.ID ||
			status.RecipientID != "919812345678" || status.RecipientUserID != b.sim.UserID("919812345678") {
			t.Errorf("%+v", status)
		}
	}
	pricing := seen[whatsapp.StatusSent].Pricing
	if pricing == nil || pricing.Type != "regular" || pricing.Category != "marketing" || pricing.Model != "PMP" || len(seen) != 3 {
		t.Errorf("%+v %+v", pricing, seen)
	}
	if b.sim.Recipients("", 1)["919812345678"] != 1 {
		t.Errorf("recipients: %v", b.sim.Recipients("", 1))
	}
}

func TestEveryFixtureTemplateCanBeSent(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	ctx := context.Background()
	media, err := b.client.UploadMedia(ctx, b.acme.Token, b.acme.Numbers[0].ID, whatsapp.File{Name: "दिवाली.png", MIMEType: "image/png", Size: int64(len([]byte("png"))), Content: bytes.NewReader([]byte("png"))})
	if err != nil {
		t.Fatal(err)
	}
	synced, err := b.client.ListTemplates(ctx, b.acme.Token, b.acme.ID)
	if err != nil || len(synced) != len(b.acme.Templates) {
		t.Fatalf("%d templates, %v", len(synced), err)
	}
	for i, template := range synced {
		compiled, err := whatsapp.CompileTemplate(template)
		if err != nil {
			t.Fatal(err)
		}
		values := map[string]string{}
		for _, slot := range compiled.Slots() {
			switch slot.Kind {
			case whatsapp.SlotImage:
				values[slot.Key] = media
			default:
				values[slot.Key] = "123"
			}
		}
		params, err := compiled.Bind(values)
		if err != nil {
			t.Fatal(err)
		}
		body := compiled.AppendJSON(nil, whatsapp.Address{Phone: fmt.Sprintf("+91981234%04d", 7000+i)}, params, "")
		if out := b.client.Send(ctx, b.acme.Token, b.acme.Numbers[0].ID, body); out.Kind != whatsapp.Accepted {
			t.Errorf("%s/%s: %+v %v", template.Name, template.Language, out, out.Err)
		}
	}
}

func TestWrongSendsAreRefusedAsMetaDoes(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	template := func(components string) string {
		return `{"messaging_product":"whatsapp","to":"919812345678","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[` + components + `]}}`
	}
	header := `{"type":"header","parameters":[{"type":"text","parameter_name":"order_id","text":"1"}]}`
	body := `{"type":"body","parameters":[{"type":"text","parameter_name":"first_name","text":"Ann"},{"type":"text","parameter_name":"order_id","text":"1"}]}`
	button := `{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"1"}]}`
	for _, tc := range []struct {
		name, body string
		code       int
		words      string
	}{
		{"no product", `{"to":"919812345678","type":"text","text":{"body":"a"}}`, 100, "messaging_product is required"},
		{"no recipient", `{"messaging_product":"whatsapp","type":"text","text":{"body":"a"}}`, 100, "to is required"},
		{"bad recipient", `{"messaging_product":"whatsapp","to":"Ann","type":"text","text":{"body":"a"}}`, 131009, "phone number"},
		{"itself", `{"messaging_product":"whatsapp","to":"` + b.acme.Numbers[0].Phone + `","type":"text","text":{"body":"a"}}`, 131021, "sender"},
		{"bad type", `{"messaging_product":"whatsapp","to":"919812345678","type":"hologram"}`, 100, "type must be"},
		{"not json", `{"messaging_product":`, 100, "Unreadable"},
		{"empty text", `{"messaging_product":"whatsapp","to":"919812345678","type":"text","text":{"body":""}}`, 100, "body"},
		{"long text", `{"messaging_product":"whatsapp","to":"919812345678","type":"text","text":{"body":"` + strings.Repeat("आ", 4097) + `"}}`, 100, "4096"},
		{"id and link", `{"messaging_product":"whatsapp","to":"919812345678","type":"image","image":{"id":"1","link":"https://a.test"}}`, 100, "Exactly one"},
		{"unknown media", `{"messaging_product":"whatsapp","to":"919812345678","type":"image","image":{"id":"1"}}`, 100, "attachment ID"},
		{"long callback data", `{"messaging_product":"whatsapp","to":"919812345678","type":"text","text":{"body":"a"},"biz_opaque_callback_data":"` + strings.Repeat("x", 513) + `"}`, 100, "512"},
		{"unknown template", strings.Replace(template(""), "order_update", "promo_x", 1), 132001, "promo_x"},
		{"other language", strings.Replace(template(""), "en_US", "fr", 1), 132001, "fr"},
		{"no header", template(body + "," + button), 132000, "header"},
		{"no body", template(header + "," + button), 132000, "body: number of localizable_params (0) does not match the expected number of params (2)"},
		{"too few", template(header + "," + button + `,{"type":"body","parameters":[{"type":"text","parameter_name":"first_name","text":"Ann"}]}`), 132000, "(1)"},
		{"other name", template(header + "," + button + "," + strings.Replace(body, "first_name", "nickname", 1)), 100, "parameter_name"},
		{"no button", template(header + "," + body), 131008, "index 0"},
		{"button at 5", template(header + "," + body + "," + strings.Replace(button, `"0"`, `"5"`, 1)), 132000, "buttons"},
		{"wrong button", template(header + "," + body + "," + strings.Replace(button, `"url"`, `"quick_reply"`, 1)), 132012, "buttons"},
		{"image for text", template(strings.Replace(header, `"type":"text"`, `"type":"image"`, 1) + "," + body + "," + button), 132012, "header"},
		{"empty value", template(header + "," + button + "," + strings.Replace(body, "Ann", "", 1)), 131008, "missing text value"},
		{"line break", template(header + "," + button + "," + strings.Replace(body, "Ann", `A\nn`, 1)), 132018, "new-line"},
		{"five spaces", template(header + "," + button + "," + strings.Replace(body, "Ann", `A     n`, 1)), 132018, "spaces"},
		{"long value", template(header + "," + button + "," + strings.Replace(body, "Ann", strings.Repeat("आ", 1024), 1)), 132005, "body"},
	} {
		out := b.raw(tc.body)
		if out.Kind != whatsapp.Failed || out.Err.Code != tc.code || !strings.Contains(out.Err.Error(), tc.words) {
			t.Errorf("%s: %v %v", tc.name, out.Kind, out.Err)
		}
	}
	if out := b.raw(template(header + "," + body + "," + button)); out.Kind != whatsapp.Accepted {
		t.Errorf("the good one: %v", out.Err)
	}
	if total := len(b.sim.Recipients("", 1)); total != 1 {
		t.Errorf("%d recipients recorded", total)
	}
}

func TestTokensAndNumbersAreChecked(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	globex := whatsappsim.Fixture(2, "Globex")
	body := b.body("+919812345678", "welcome", "en_US", nil)
	for _, tc := range []struct {
		name, token, number string
		code, subcode       int
	}{
		{"no token", "", b.acme.Numbers[0].ID, 190, 0},
		{"unknown token", "EAAother", b.acme.Numbers[0].ID, 190, 0},
		{"unknown number", b.acme.Token, "42", 100, 33},
		{"another firm's number", b.acme.Token, globex.Numbers[0].ID, 100, 33},
	} {
		out := b.client.Send(context.Background(), tc.token, tc.number, body)
		if out.Kind != whatsapp.Failed || out.Err.Code != tc.code || out.Err.Subcode != tc.subcode || out.Err.Advice().Action != whatsapp.Reauthorise {
			t.Errorf("%s: %+v %v", tc.name, out, out.Err)
		}
	}
}

func TestScenarioNumbers(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	for suffix, want := range map[string]whatsapp.OutcomeKind{
		"0429": whatsapp.Refused, "1056": whatsapp.Refused, "1031": whatsapp.Failed, "1009": whatsapp.Failed,
		"5000": whatsapp.InDoubt, "5002": whatsapp.InDoubt, "1016": whatsapp.InDoubt,
	} {
		if out := b.welcome("+91981234" + suffix); out.Kind != want {
			t.Errorf("%s: %+v %v", suffix, out, out.Err)
		}
	}
	for suffix, code := range map[string]int{"1026": 131026, "1049": 131049, "1050": 131050, "0472": 130472, "1042": 131042, "1053": 131053} {
		out := b.welcome("+91981234" + suffix)
		if out.Kind != whatsapp.Accepted {
			t.Errorf("%s: %+v", suffix, out)
			continue
		}
		eventually(t, suffix+" fails", func() bool {
			for _, status := range b.hooks.statuses(out.WAMID) {
				if status.Status == whatsapp.StatusFailed && status.Errors[0].Code == code && status.Pricing == nil {
					return true
				}
			}
			return false
		})
	}
}

func TestAmbiguousSendsAreRecordedAndReported(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	for _, suffix := range []string{"5000", "5002"} {
		to := "91981234" + suffix
		if out := b.welcome(to); out.Kind != whatsapp.InDoubt {
			t.Errorf("%s: %+v", suffix, out)
		}
		if b.sim.Recipients("", 1)[to] != 1 {
			t.Errorf("%s was not recorded", suffix)
		}
		eventually(t, "a status with our id", func() bool {
			return b.hooks.read(func(got *whatsapp.Webhook) bool {
				for _, status := range got.Statuses {
					if status.CallbackData == "msg:"+to {
						return true
					}
				}
				return false
			})
		})
	}
}

func TestAHangingSendEndsWithTheTimeout(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	client, err := whatsapp.New(whatsapp.Config{BaseURL: b.server.URL, Timeout: 500 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	out := client.Send(context.Background(), b.acme.Token, b.acme.Numbers[0].ID, b.body("+919812349999", "welcome", "en_US", nil))
	if out.Kind != whatsapp.InDoubt || !errors.Is(out.Cause, os.ErrDeadlineExceeded) {
		t.Errorf("%+v", out)
	}
	if b.sim.Recipients("", 1)["919812349999"] != 1 {
		t.Error("it was not recorded")
	}
}

func TestFaultsOnDemand(t *testing.T) {
	t.Parallel()
	for fault, want := range map[string]struct {
		kind     whatsapp.OutcomeKind
		recorded int
	}{
		`{"p429":1}`:          {whatsapp.Refused, 0},
		`{"p5xx":1}`:          {whatsapp.InDoubt, 0},
		`{"p_ambiguous":1}`:   {whatsapp.InDoubt, 1},
		`{"p_drop":1}`:        {whatsapp.InDoubt, 1},
		`{"p_drop_before":1}`: {whatsapp.InDoubt, 0},
	} {
		b := setup(t, nil)
		b.control("config", fault)
		out := b.welcome("+919812345678")
		if out.Kind != want.kind || len(b.sim.Recipients("", 1)) != want.recorded {
			t.Errorf("%s: %+v, %v", fault, out, b.sim.Recipients("", 1))
		}
	}
}

func TestRatesAreKept(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	b.control("numbers", `{"id":"`+b.acme.Numbers[0].ID+`","throughput":1,"burst":5}`)
	refused := 0
	for i := range 12 {
		out := b.welcome(fmt.Sprintf("+91981234%04d", 7000+i))
		if out.Kind == whatsapp.Refused && out.Err.Code == 130429 && out.Err.Advice().Action == whatsapp.SlowNumber {
			refused++
		}
	}
	if refused < 3 || b.sim.Stats().Throttled != int64(refused) {
		t.Errorf("%d of 12 refused, %+v", refused, b.sim.Stats())
	}
}

func TestPairLimit(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	for i := range 45 {
		if out := b.welcome("+919812345678"); out.Kind != whatsapp.Accepted {
			t.Fatalf("message %d: %v", i, out.Err)
		}
	}
	out := b.welcome("+919812345678")
	if out.Kind != whatsapp.Refused || out.Err.Code != 131056 || out.Err.Advice().Action != whatsapp.DelayRecipient {
		t.Errorf("%+v %v", out, out.Err)
	}
	if got := b.sim.Recipients("", 2); got["919812345678"] != 45 {
		t.Errorf("%v", got)
	}
}

func TestDailyLimitOfThePortfolio(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	b.control("numbers", `{"id":"`+b.acme.Numbers[0].ID+`","daily_limit":2}`)
	var last whatsapp.Outcome
	for i := range 3 {
		last = b.welcome(fmt.Sprintf("+91981234%04d", 7000+i))
	}
	if again := b.welcome("+919812347000"); again.Kind != whatsapp.Accepted {
		t.Errorf("the same person again: %v", again.Err)
	}
	eventually(t, "the third person is over the limit", func() bool {
		list := b.hooks.statuses(last.WAMID)
		return len(list) == 1 && list[0].Errors[0].Code == 131048
	})
	eventually(t, "the limit is announced", func() bool {
		return b.hooks.read(func(got *whatsapp.Webhook) bool {
			return len(got.Capabilities) == 1 && got.Capabilities[0].Limit == "TIER_250"
		})
	})
}

func TestFreeTextNeedsAnOpenWindow(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	said, err := whatsapp.NewText("नमस्ते").AppendJSON(nil, whatsapp.Address{Phone: "+919812345678"}, "free")
	if err != nil {
		t.Fatal(err)
	}
	text := string(said)
	closed := b.raw(text)
	eventually(t, "the closed window is told", func() bool {
		list := b.hooks.statuses(closed.WAMID)
		return len(list) == 1 && list[0].Errors[0].Code == 131047
	})
	b.control("inbound", `{"phone_number_id":"`+b.acme.Numbers[0].ID+`","from":"919812345678","text":"नमस्ते 🙏","name":"आशा"}`)
	eventually(t, "the customer's message comes", func() bool {
		return b.hooks.read(func(got *whatsapp.Webhook) bool {
			return len(got.Messages) == 1 && got.Messages[0].Text == "नमस्ते 🙏" && got.Messages[0].ProfileName == "आशा"
		})
	})
	open := b.raw(text)
	eventually(t, "the open window lets it through", func() bool { return len(b.hooks.statuses(open.WAMID)) == 3 })
	if pricing := b.hooks.statuses(open.WAMID)[0].Pricing; pricing.Category != "service" || pricing.Type != "free_customer_service" {
		t.Errorf("%+v", pricing)
	}
}

func TestWebhooksAreRetriedBatchedDoubledAndLate(t *testing.T) {
	t.Parallel()
	b := setup(t, func(c *whatsappsim.Config) {
		c.Webhook.Batch, c.Webhook.Duplicate, c.Webhook.Reorder = 100, 0.5, 0.3
	})
	b.control("numbers", `{"id":"`+b.acme.Numbers[0].ID+`","throughput":-1}`)
	b.hooks.mu.Lock()
	b.hooks.refuse = 3
	b.hooks.mu.Unlock()
	for i := range 200 {
		if out := b.welcome(fmt.Sprintf("+91981235%04d", 6000+i)); out.Kind != whatsapp.Accepted {
			t.Fatal(out.Err)
		}
	}
	eventually(t, "all is delivered", func() bool { return b.sim.Stats().WebhooksPending == 0 })
	distinct, outOfOrder := map[string]whatsapp.Status{}, false
	steps := map[string]bool{}
	b.hooks.read(func(got *whatsapp.Webhook) bool {
		for _, status := range got.Statuses {
			if status.Status == whatsapp.StatusSent && distinct[status.ID] != "" {
				outOfOrder = true
			}
			distinct[status.ID] = status.Status
			steps[status.ID+string(status.Status)] = true
		}
		return true
	})
	stats := b.sim.Stats()
	if len(distinct) != 200 || len(steps) != 600 || !outOfOrder || stats.WebhookItems <= 650 || stats.WebhooksRetried < 3 || stats.WebhooksAcked >= stats.WebhookItems/2 {
		t.Errorf("%d messages, %d steps, out of order %v, %+v", len(distinct), len(steps), outOfOrder, stats)
	}
}

func TestASlowCallbackDoesNotSlowSends(t *testing.T) {
	t.Parallel()
	b := setup(t, func(c *whatsappsim.Config) { c.Webhook.Concurrency, c.Webhook.DelayMS = 1, [2]int{0, 0} })
	b.control("numbers", `{"id":"`+b.acme.Numbers[0].ID+`","throughput":-1}`)
	b.hooks.mu.Lock() // the callback hangs as long as we hold this
	for i := range 6000 {
		if out := b.welcome(fmt.Sprintf("+9198%08d", 20000000+i*10+7)); out.Kind != whatsapp.Accepted {
			b.hooks.mu.Unlock()
			t.Fatal(out.Err)
		}
	}
	b.hooks.mu.Unlock()
	if pending := b.sim.Stats().WebhooksPending; pending < 6000 {
		t.Errorf("%d pending", pending)
	}
}

func TestDroppedStatusesNeverCome(t *testing.T) {
	t.Parallel()
	b := setup(t, func(c *whatsappsim.Config) { c.Webhook.Drop = 1 })
	b.welcome("+919812345678")
	eventually(t, "three are dropped", func() bool { return b.sim.Stats().StatusesDropped == 3 })
	if stats := b.sim.Stats(); stats.WebhookItems != 0 {
		t.Errorf("%+v", stats)
	}
}

func TestPeopleWithoutAPhoneNumber(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	userID := b.sim.UserID("919812345678")
	b.control("users", `{"wa_id":"919812345678","username":"asha.k"}`)
	out := b.raw(`{"messaging_product":"whatsapp","recipient":"` + userID + `","type":"template","template":{"name":"welcome","language":{"code":"en_US"}}}`)
	if out.Kind != whatsapp.Accepted || out.WAID != "" || out.UserID != userID {
		t.Fatalf("%+v %v", out, out.Err)
	}
	eventually(t, "statuses without the number", func() bool {
		list := b.hooks.statuses(out.WAMID)
		return len(list) == 3 && list[0].RecipientID == "" && list[0].RecipientUserID == userID
	})
	if b.sim.Recipients("", 1)["919812345678"] != 1 {
		t.Error("the id was not led back to the person")
	}
	otp := b.raw(`{"messaging_product":"whatsapp","recipient":"` + userID + `","type":"template","template":{"name":"login_code","language":{"code":"en_US"}}}`)
	if otp.Kind != whatsapp.Failed || otp.Err.Code != 131062 {
		t.Errorf("%+v", otp)
	}
}

func TestMarketingStopsWhenThePersonSaysSo(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	b.control("users", `{"wa_id":"919812345678","phone_number_id":"`+b.acme.Numbers[0].ID+`","marketing":"stop"}`)
	eventually(t, "we are told", func() bool {
		return b.hooks.read(func(got *whatsapp.Webhook) bool { return len(got.Preferences) == 1 && got.Preferences[0].Stop })
	})
	out := b.welcome("+919812345678")
	eventually(t, "131050", func() bool {
		list := b.hooks.statuses(out.WAMID)
		return len(list) == 1 && list[0].Errors[0].Code == 131050
	})
}

func TestMessageIDsAreUnique(t *testing.T) {
	t.Parallel()
	b := setup(t, func(c *whatsappsim.Config) { c.Webhook.Enabled = false })
	b.control("numbers", `{"id":"`+b.acme.Numbers[0].ID+`","throughput":-1}`)
	seen := map[string]bool{}
	for i := range 300 {
		out := b.welcome(fmt.Sprintf("+91981234%04d", 7000+i%10))
		if seen[out.WAMID] || out.WAMID == "" {
			t.Fatalf("%q twice", out.WAMID)
		}
		seen[out.WAMID] = true
	}
}

func TestRecipientsOverHTTP(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	b.welcome("+919812345678")
	b.welcome("+919812345678")
	b.welcome("+919812345679")
	for query, want := range map[string]int{"": 2, "?duplicates=1": 1, "?phone_number_id=42": 0} {
		resp, err := http.Get(b.server.URL + "/_sim/recipients" + query)
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			Recipients map[string]int
			Total      int
		}
		err = json.NewDecoder(resp.Body).Decode(&got)
		resp.Body.Close()
		if err != nil || len(got.Recipients) != want || want > 0 && (got.Total != 3 || got.Recipients["919812345678"] != 2) {
			t.Errorf("%q: %+v %v", query, got, err)
		}
	}
	b.control("reset", "")
	if left := b.sim.Recipients("", 1); len(left) != 0 || b.sim.Stats().Accepted != 0 {
		t.Errorf("after reset: %v", left)
	}
}

func TestTheLatestBodiesAreKeptWhereWanted(t *testing.T) {
	t.Parallel()
	b := setup(t, func(c *whatsappsim.Config) { c.Keep = 2 })
	for _, name := range []string{"आशा", "مريم", "Bob 🙂"} {
		b.send("+919812345678", "diwali_offer", "hi", map[string]string{"body.1": name, "body.2": "20%"})
	}
	reply, err := http.Get(b.server.URL + "/_sim/bodies?phone_number_id=" + b.acme.Numbers[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	var kept struct{ Bodies []json.RawMessage }
	if err := json.NewDecoder(reply.Body).Decode(&kept); err != nil {
		t.Fatal(err)
	}
	if len(kept.Bodies) != 2 || !strings.Contains(string(kept.Bodies[0]), "مريم") || !strings.Contains(string(kept.Bodies[1]), "Bob 🙂") {
		t.Errorf("kept: %s", kept.Bodies)
	}
}
