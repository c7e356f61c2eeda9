package whatsapp

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const oneStatus = `{"object":"whatsapp_business_account","entry":[{"id":"222","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"918000000000","phone_number_id":"111"},"contacts":[{"profile":{"name":"Asha"},"wa_id":"919800000001","user_id":"IN.1349"}],"statuses":[{"id":"wamid.HBgMOTE5ODAwMDAwMDAxFQIAERgSNEY2QjVCNEY4RjA3N0Y1RjU0AA==","status":"delivered","timestamp":"1763900003","recipient_id":"919800000001","recipient_user_id":"IN.1349","biz_opaque_callback_data":"0198f0aa-1111-7abc-8def-000000000001","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"marketing"}}]}}]}]}`

func account(field, value string) string {
	return `{"object":"whatsapp_business_account","entry":[{"id":"222","time":1763900000,"changes":[{"field":"` + field + `","value":` + value + `}]}]}`
}

func messages(members string) string {
	return account("messages", `{"messaging_product":"whatsapp","metadata":{"display_phone_number":"9180","phone_number_id":"111"},`+members+`}`)
}

func mustParse(t testing.TB, raw string) *Webhook {
	t.Helper()
	hook, err := ParseWebhook([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return hook
}

func TestStatusIsReadWhole(t *testing.T) {
	t.Parallel()
	hook := mustParse(t, oneStatus)
	want := []StatusEvent{{
		Origin: Origin{WABAID: "222", PhoneNumberID: "111", DisplayPhoneNumber: "918000000000", Field: "messages"},
		ID:     "wamid.HBgMOTE5ODAwMDAwMDAxFQIAERgSNEY2QjVCNEY4RjA3N0Y1RjU0AA==", Status: StatusDelivered,
		At: time.Unix(1763900003, 0).UTC(), RecipientID: "919800000001", RecipientUserID: "IN.1349",
		CallbackData: "0198f0aa-1111-7abc-8def-000000000001",
		Pricing:      &Pricing{Type: "regular", Category: "marketing", Model: "PMP", Billable: true},
	}}
	if diff := cmp.Diff(want, hook.Statuses); diff != "" || len(hook.Bad)+len(hook.Unknown) > 0 {
		t.Error(diff, hook.Bad, hook.Unknown)
	}
}

func TestFailedStatusCarriesItsError(t *testing.T) {
	t.Parallel()
	hook := mustParse(t, messages(`"statuses":[{"id":"wamid.Y","status":"failed","timestamp":1763900004,"errors":[{"code":131026,"title":"Message undeliverable","message":"m","error_data":{"details":"d"}}]}]`))
	want := []EventError{{Code: 131026, Title: "Message undeliverable", Message: "m", Details: "d"}}
	if diff := cmp.Diff(want, hook.Statuses[0].Errors); diff != "" {
		t.Error(diff)
	}
}

func TestABadItemDoesNotStopItsNeighbours(t *testing.T) {
	t.Parallel()
	hook := mustParse(t, `{"object":"whatsapp_business_account","entry":[7,{"id":"1"},{"id":"222","changes":["x",{"field":"messages","value":3},
		{"field":"messages","value":{"metadata":{"phone_number_id":"111"},"statuses":[{"id":"wamid.A","status":"sent","timestamp":"1"},{"status":"sent"},null,{"id":"wamid.B","timestamp":"1"},{"id":"wamid.C","status":"read","timestamp":"soon"},{"id":"wamid.D","status":"read","timestamp":"2"}]}},
		{"field":"account_update","value":{"event":"ACCOUNT_DELETED"}}]}]}`)
	if len(hook.Statuses) != 2 || hook.Statuses[1].ID != "wamid.D" || len(hook.Accounts) != 1 {
		t.Errorf("good neighbours: %+v", hook)
	}
	if len(hook.Bad) != 8 {
		t.Errorf("%d bad items: %+v", len(hook.Bad), hook.Bad)
	}
	for _, bad := range hook.Bad {
		if bad.Reason == "" || len(bad.Raw) == 0 {
			t.Errorf("bad item without reason or body: %+v", bad)
		}
	}
}

func TestInboundMessagesOfEveryType(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ item, kind, text, payload string }{
		{`"type":"text","text":{"body":"नमस्ते 🙏 \ud83d\ude00"}`, "text", "नमस्ते 🙏 😀", ""},
		{`"type":"image","image":{"caption":"مرحبا","id":"9","mime_type":"image/jpeg"}`, "image", "مرحبا", ""},
		{`"type":"audio","audio":{"id":"9","voice":true}`, "audio", "", ""},
		{`"type":"button","button":{"payload":"STOP","text":"Stop"},"context":{"from":"1","id":"wamid.Q"}`, "button", "Stop", "STOP"},
		{`"type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"r1","title":"Row"}}`, "interactive", "Row", "r1"},
		{`"type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"a\":1}"}}`, "interactive", "Sent", `{"a":1}`},
		{`"type":"reaction","reaction":{"message_id":"wamid.Q","emoji":"👍"}`, "reaction", "👍", ""},
		{`"type":"location","location":{"latitude":12.9,"longitude":77.5}`, "location", "", ""},
		{`"type":"unsupported","errors":[{"code":131051}]`, "unsupported", "", ""},
		{`"type":"tomorrow","tomorrow":[1]`, "tomorrow", "", ""},
	} {
		hook := mustParse(t, messages(`"contacts":[{"profile":{"name":"Asha","username":"asha.k"},"wa_id":"919800000001","user_id":"IN.1"}],"messages":[{"from":"919800000001","id":"wamid.X","timestamp":"1763900000",`+tc.item+`}]`))
		if len(hook.Messages) != 1 {
			t.Errorf("%s: %+v", tc.item, hook)
			continue
		}
		m := hook.Messages[0]
		if m.Type != tc.kind || m.Text != tc.text || m.Payload != tc.payload || m.ProfileName != "Asha" || m.FromUserID != "IN.1" {
			t.Errorf("%s: %+v", tc.item, m)
		}
		if !strings.Contains(string(m.Raw), tc.item) {
			t.Errorf("raw lost something: %s", m.Raw)
		}
	}
}

func TestAHiddenPhoneIsNoError(t *testing.T) {
	t.Parallel()
	hook := mustParse(t, messages(`"messages":[{"from_user_id":"IN.1","id":"wamid.X","timestamp":"1","type":"text","text":{"body":"a\u0000b"}}]`))
	if len(hook.Messages) != 1 || hook.Messages[0].Text != "ab" {
		t.Errorf("%+v", hook)
	}
}

func TestAccountEvents(t *testing.T) {
	t.Parallel()
	origin := func(field string) Origin {
		return Origin{WABAID: "222", Field: field, At: time.Unix(1763900000, 0).UTC()}
	}
	ref := TemplateRef{ID: "594", Name: "promo", Language: "en_US"}
	named := `"message_template_id":594,"message_template_name":"promo","message_template_language":"en-US"`
	for _, tc := range []struct {
		field, value string
		want         Webhook
	}{
		{"message_template_status_update", `{"event":"REJECTED",` + named + `,"reason":"PROMOTIONAL","message_template_category":"UTILITY","rejection_info":{"reason":"why","recommendation":"do"}}`,
			Webhook{TemplateStatuses: []TemplateStatusEvent{{Origin: origin("message_template_status_update"), TemplateRef: ref, Status: "REJECTED", Category: "UTILITY", Reason: "PROMOTIONAL", Description: "why", Recommendation: "do"}}}},
		{"message_template_status_update", `{"event":"PAUSED",` + named + `,"reason":"NONE","other_info":{"title":"FIRST_PAUSE","description":"3 h"}}`,
			Webhook{TemplateStatuses: []TemplateStatusEvent{{Origin: origin("message_template_status_update"), TemplateRef: ref, Status: "PAUSED", Title: "FIRST_PAUSE", Description: "3 h"}}}},
		{"message_template_quality_update", `{"previous_quality_score":"GREEN","new_quality_score":"RED",` + named + `}`,
			Webhook{TemplateQualities: []TemplateQualityEvent{{origin("message_template_quality_update"), ref, "GREEN", "RED"}}}},
		{"template_category_update", `{` + named + `,"new_category":"UTILITY","correct_category":"MARKETING"}`,
			Webhook{TemplateMoves: []TemplateCategoryEvent{{Origin: origin("template_category_update"), TemplateRef: ref, Announced: true, Current: "UTILITY", Correct: "MARKETING"}}}},
		{"template_category_update", `{` + named + `,"previous_category":"UTILITY","new_category":"MARKETING"}`,
			Webhook{TemplateMoves: []TemplateCategoryEvent{{Origin: origin("template_category_update"), TemplateRef: ref, Previous: "UTILITY", Current: "MARKETING"}}}},
		{"phone_number_quality_update", `{"event":"THROUGHPUT_UPGRADE","max_daily_conversations_per_business":"TIER_10K","old_limit":"TIER_2K"}`,
			Webhook{PhoneQualities: []PhoneQualityEvent{{origin("phone_number_quality_update"), "THROUGHPUT_UPGRADE", "TIER_10K", "TIER_2K"}}}},
		{"phone_number_name_update", `{"decision":"REJECTED","requested_verified_name":"Acme","rejection_reason":"NAME_TOO_LONG"}`,
			Webhook{PhoneNames: []PhoneNameEvent{{origin("phone_number_name_update"), "REJECTED", "Acme", "NAME_TOO_LONG"}}}},
		{"business_capability_update", `{"max_daily_conversations_per_business":2000,"max_phone_numbers_per_waba":20}`,
			Webhook{Capabilities: []CapabilityEvent{{origin("business_capability_update"), "2000", 20}}}},
		{"user_preferences", `{"user_preferences":[{"wa_id":"9198","user_id":"IN.1","detail":"d","category":"marketing_messages","value":"stop","timestamp":1763900000},{"wa_id":"9198","value":"resume"}]}`,
			Webhook{Preferences: []PreferenceEvent{
				{Origin: origin("user_preferences"), WAID: "9198", UserID: "IN.1", Category: "marketing_messages", Stop: true, Detail: "d", At: time.Unix(1763900000, 0).UTC()},
				{Origin: origin("user_preferences"), WAID: "9198"}}}},
		{"user_id_update", `{"user_id_update":[{"wa_id":"9198","user_id":{"previous":"IN.1","current":"IN.2"},"timestamp":5}]}`,
			Webhook{UserIDs: []UserIDEvent{{origin("user_id_update"), "9198", "IN.1", "IN.2", time.Unix(5, 0).UTC()}}}},
	} {
		hook := mustParse(t, account(tc.field, tc.value))
		tc.want.Object = "whatsapp_business_account"
		if diff := cmp.Diff(&tc.want, hook); diff != "" {
			t.Errorf("%s: %s", tc.field, diff)
		}
	}
}

func TestAccountUpdateKeepsWhatStopsSending(t *testing.T) {
	t.Parallel()
	hook := mustParse(t, account("account_update", `{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":1763999999}],"ban_info":{"waba_ban_state":"DISABLE"},"waba_info":{"waba_id":"333"}}`))
	a := hook.Accounts[0]
	if a.Event != "ACCOUNT_RESTRICTION" || a.BanState != "DISABLE" || a.CustomerWABAID != "333" || len(a.Restrictions) != 1 ||
		a.Restrictions[0].Until.Unix() != 1763999999 {
		t.Errorf("%+v", a)
	}
}

func TestUnknownFieldsAreKept(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{account("flows", `{"event":"X"}`), messages(`"user_actions":[{"action_type":"marketing_messages_link_click"}]`)} {
		hook := mustParse(t, raw)
		if len(hook.Unknown) != 1 || len(hook.Unknown[0].Raw) == 0 || len(hook.Bad) != 0 {
			t.Errorf("%s: %+v", raw, hook)
		}
	}
}

func TestNumberErrors(t *testing.T) {
	t.Parallel()
	hook := mustParse(t, messages(`"errors":[{"code":130429,"title":"Rate limit hit"}]`))
	if len(hook.Errors) != 1 || hook.Errors[0].Code != 130429 || hook.Errors[0].PhoneNumberID != "111" {
		t.Errorf("%+v", hook.Errors)
	}
}

func TestOnlyJSONObjectsAreWebhooks(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{``, `[]`, `"x"`, `{"entry":[`, `null`} {
		if _, err := ParseWebhook([]byte(raw)); err == nil {
			t.Errorf("%q was parsed", raw)
		}
	}
}

func TestSignature(t *testing.T) {
	t.Parallel()
	raw, secret := []byte(`{"text":"नमस्ते"}`), "acme-app-secret"
	good := Sign(raw, secret)
	if !VerifySignature(raw, good, secret) {
		t.Fatal("a good signature was refused")
	}
	for name, header := range map[string]string{"empty": "", "no prefix": good[7:], "short": good[:40], "not hex": "sha256=" + strings.Repeat("zz", 32), "sha1": "sha1=" + good[7:]} {
		if VerifySignature(raw, header, secret) {
			t.Errorf("%s: accepted", name)
		}
	}
	if VerifySignature(append(raw, ' '), good, secret) || VerifySignature(raw, good, "other") || VerifySignature(raw, Sign(raw, ""), "") {
		t.Error("accepted other bytes, another secret or no secret")
	}
}

func FuzzParseWebhook(f *testing.F) {
	f.Add([]byte(oneStatus))
	f.Add([]byte(messages(`"contacts":[{"wa_id":"1"}],"messages":[{"from":"1","id":"w","timestamp":"1","type":"text","text":{"body":"\ud83d"}}]`)))
	f.Add([]byte(messages(`"statuses":[{"type":"payment","id":"g","status":"captured","timestamp":"1","payment":{"reference_id":"r","amount":{"value":1,"offset":100},"transaction":{"method":{"type":"upi"}}}}]`)))
	f.Add([]byte(account("user_preferences", `{"user_preferences":[{"wa_id":"1","value":"stop"}]}`)))
	f.Add([]byte(account("account_update", `{"restriction_info":[{}]}`)))
	f.Add([]byte(account("message_template_status_update", `{"message_template_id":1,"event":"APPROVED"}`)))
	files, err := filepath.Glob("testdata/inbound/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range files {
		raw, err := os.ReadFile(path)
		var c inboundCase
		if err != nil || json.Unmarshal(raw, &c) != nil {
			f.Fatal(path, err)
		}
		f.Add([]byte(c.In))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		hook, err := ParseWebhook(raw)
		if err != nil {
			return
		}
		for _, status := range hook.Statuses {
			if status.ID == "" || status.Status == "" || status.At.IsZero() {
				t.Errorf("half a status: %+v", status)
			}
		}
		for _, message := range hook.Messages {
			said := ReadSaid(message.Raw)
			_, _ = said.Reads(), said.Searchable() // no crash
			if message.ID == "" || message.From+message.FromUserID == "" || strings.Contains(message.Text, "\x00") {
				t.Errorf("half a message: %+v", message)
			}
		}
	})
}

func FuzzVerifySignature(f *testing.F) {
	f.Add([]byte(oneStatus), Sign([]byte(oneStatus), "s"), "s")
	f.Add([]byte(``), `sha256=`, ``)
	f.Fuzz(func(t *testing.T, raw []byte, header, secret string) {
		if VerifySignature(raw, header, secret) && !strings.EqualFold(header, Sign(raw, secret)) {
			t.Errorf("%q verifies %q", header, raw)
		}
	})
}

func BenchmarkParseOneStatus(b *testing.B) {
	raw := []byte(oneStatus)
	b.ReportAllocs()
	for b.Loop() {
		if hook, err := ParseWebhook(raw); err != nil || len(hook.Statuses) != 1 {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerifySignature(b *testing.B) {
	raw := []byte(oneStatus)
	header := Sign(raw, "secret")
	b.ReportAllocs()
	for b.Loop() {
		if !VerifySignature(raw, header, "secret") {
			b.Fatal("refused")
		}
	}
}
