package whatsapp

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// goodTemplate breaks no rule, not even a warning.
const goodTemplate = `{"name":"diwali_offer","language":"en_US","category":"MARKETING","components":[
	{"type":"HEADER","format":"TEXT","text":"Hello {{1}}","example":{"header_text":["Asha"]}},
	{"type":"BODY","text":"Dear {{1}}, your {{2}} discount is ready. Come and see it today!","example":{"body_text":[["Asha","20%"]]}},
	{"type":"FOOTER","text":"Reply STOP to opt out"},
	{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Stop promotions"},{"type":"URL","text":"Shop","url":"https://acme.test/{{1}}","example":["https://acme.test/a"]}]}]}`

// lintCases break one rule each; edit replaces one part of the good template.
var lintCases = []struct{ rule, place, old, new string }{
	{"name.format", "name", `"diwali_offer"`, `"Diwali Offer"`},
	{"language.unknown", "language", `"en_US"`, `"en-US"`},
	{"category.unknown", "category", `"MARKETING"`, `"NEWS"`},
	{"format.unknown", "format", `"name":`, `"parameter_format":"ROMAN","name":`},
	{"component.twice", "footer", `{"type":"FOOTER"`, `{"type":"FOOTER","text":"a"},{"type":"FOOTER"`},
	{"component.unknown", "hologram", `{"type":"FOOTER"`, `{"type":"HOLOGRAM"},{"type":"FOOTER"`},
	{"body.missing", "body", `{"type":"BODY"`, `{"type":"NOBODY"`},
	{"header.unknown", "header", `"format":"TEXT"`, `"format":"SMELL"`},
	{"header.empty", "header", `"Hello {{1}}"`, `""`},
	{"header.too-long", "header", `"Hello {{1}}"`, `"` + strings.Repeat("आ", 61) + `"`},
	{"header.format", "header", `"Hello {{1}}"`, `"Hello 🎉 {{1}}"`},
	{"header.format", "header", `"Hello {{1}}"`, `"*Hello* {{1}}"`},
	{"header.too-many-variables", "header", `"Hello {{1}}"`, `"Hello {{1}} {{2}}"`},
	{"header.no-example", "header", `{"header_text":["Asha"]}`, `{}`},
	{"header.variable-gap", "header", `"Hello {{1}}"`, `"Hello {{2}}"`},
	{"header.variable-name", "header", `"Hello {{1}}"`, `"Hello {{x}}"`},
	{"header.braces", "header", `"Hello {{1}}"`, `"Hello {{1}} {{"`},
	{"header.no-sample", "header", `"format":"TEXT"`, `"format":"IMAGE"`},
	{"header.bad-sample", "header", `"format":"TEXT","text":"Hello {{1}}","example":{"header_text":["Asha"]}`, `"format":"IMAGE","example":{"header_handle":["https://acme.test/a.png"]}`},
	{"body.empty", "body", `"Dear {{1}}, your {{2}} discount is ready. Come and see it today!"`, `""`},
	{"body.too-long", "body", `Come and see`, strings.Repeat("आ", 1024)},
	{"body.variable-at-edge", "body", `"Dear {{1}}, `, `"{{1}}, `},
	{"body.variable-at-edge", "body", ` Come and see it today!"`, ` It is good, come today {{1}}"`},
	{"body.adjacent-variables", "body", `your {{2}}`, `your {{1}} {{2}}`},
	{"body.too-many-variables", "body", `"Dear {{1}}, your {{2}} discount is ready. Come and see it today!"`, `"Hi {{1}}, {{2}} off"`},
	{"body.spaces", "body", `Come and`, `\n\n\nCome and`},
	{"body.braces", "body", `Come and`, `Come {{ and`},
	{"body.variable-name", "body", `your {{2}}`, `your {{rate}}`},
	{"body.variable-gap", "body", `your {{2}}`, `your {{3}}`},
	{"body.no-example", "body", `[["Asha","20%"]]`, `[["Asha"]]`},
	{"footer.too-long", "footer", `"Reply STOP to opt out"`, `"` + strings.Repeat("x", 61) + `"`},
	{"footer.variable", "footer", `"Reply STOP to opt out"`, `"Reply {{1}}"`},
	{"footer.empty", "footer", `"Reply STOP to opt out"`, `""`},
	{"buttons.empty", "buttons", `[{"type":"QUICK_REPLY","text":"Stop promotions"},{"type":"URL","text":"Shop","url":"https://acme.test/{{1}}","example":["https://acme.test/a"]}]`, `[]`},
	{"buttons.too-many", "buttons", `{"type":"QUICK_REPLY","text":"Stop promotions"}`, quickReplies(10)},
	{"buttons.too-many-of-type", "button 4", `{"type":"QUICK_REPLY","text":"Stop promotions"}`, `{"type":"QUICK_REPLY","text":"a"},{"type":"URL","text":"b","url":"https://a.test"},{"type":"URL","text":"c","url":"https://a.test"}`},
	{"buttons.order", "buttons", `{"type":"QUICK_REPLY","text":"Stop promotions"}`, `{"type":"QUICK_REPLY","text":"a"},{"type":"PHONE_NUMBER","text":"b","phone_number":"+9180"},{"type":"QUICK_REPLY","text":"c"}`},
	{"button.same-text", "button 2", `"Shop"`, `"Stop promotions"`},
	{"button.unknown", "button 1", `"QUICK_REPLY"`, `"TELEPORT"`},
	{"button.too-long", "button 1", `"Stop promotions"`, `"` + strings.Repeat("x", 26) + `"`},
	{"button.no-text", "button 1", `"Stop promotions"`, `""`},
	{"button.text-format", "button 1", `"Stop promotions"`, `"Stop {{1}}"`},
	{"button.url-format", "button 2", `"https://acme.test/{{1}}"`, `"acme.test/{{1}}"`},
	{"button.url-too-long", "button 2", `"https://acme.test/{{1}}"`, `"https://acme.test/` + strings.Repeat("x", 2000) + `"`},
	{"button.url-variable", "button 2", `"https://acme.test/{{1}}"`, `"https://acme.test/{{1}}/x"`},
	{"button.no-example", "button 2", `"example":["https://acme.test/a"]`, `"example":[]`},
	{"button.phone", "button 1", `"type":"QUICK_REPLY"`, `"type":"PHONE_NUMBER","phone_number":"call me"`},
	{"button.no-example", "button 1", `"type":"QUICK_REPLY"`, `"type":"COPY_CODE"`},
	{"button.code-too-long", "button 1", `"type":"QUICK_REPLY"`, `"type":"COPY_CODE","example":"` + strings.Repeat("x", 21) + `"`},
	{"button.flow", "button 1", `"type":"QUICK_REPLY"`, `"type":"FLOW"`},
	{"button.otp-category", "button 1", `"type":"QUICK_REPLY"`, `"type":"OTP","otp_type":"COPY_CODE"`},
	{"button.otp-type", "button 1", `"type":"QUICK_REPLY"`, `"type":"OTP"`},
	{"button.otp-apps", "button 1", `"type":"QUICK_REPLY"`, `"type":"OTP","otp_type":"ONE_TAP"`},
	{"carousel.count", "carousel", `{"type":"FOOTER"`, `{"type":"CAROUSEL","cards":[]},{"type":"FOOTER"`},
	{"carousel.shape", "card 2", `{"type":"FOOTER"`, `{"type":"CAROUSEL","cards":[{"components":[{"type":"BODY","text":"a"}]},{"components":[]}]},{"type":"FOOTER"`},
	{"body.too-long", "card 1, body", `{"type":"FOOTER"`, `{"type":"CAROUSEL","cards":[{"components":[{"type":"BODY","text":"` + strings.Repeat("x", 161) + `"}]},{"components":[]}]},{"type":"FOOTER"`},
	{"offer.text", "offer", `{"type":"FOOTER"`, `{"type":"LIMITED_TIME_OFFER"},{"type":"FOOTER"`},
	{"offer.footer", "footer", `{"type":"FOOTER"`, `{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon"}},{"type":"FOOTER"`},
	{"offer.category", "category", `"MARKETING","components":[`, `"UTILITY","components":[{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon"}},`},
	{"offer.button-order", "button 1", `"components":[`, `"components":[{"type":"BUTTONS","buttons":[{"type":"URL","text":"u","url":"https://a.test"},{"type":"COPY_CODE","example":"A"}]},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon"}},`},
	{"ttl.range", "time to live", `"name":`, `"message_send_ttl_seconds":5,"name":`},
	{"authentication.extra", "header", `"MARKETING"`, `"AUTHENTICATION"`},
	{"authentication.expiry", "footer", `"MARKETING","components":[`, `"AUTHENTICATION","components":[{"type":"FOOTER","code_expiration_minutes":91},`},
	{"authentication.button", "buttons", `"category":"MARKETING","components":[`, `"category":"AUTHENTICATION","components":[{"type":"BODY"}],"old":[`},
	{"authentication.text", "body", `"MARKETING"`, `"AUTHENTICATION"`},
	{"authentication.button-count", "buttons", `"MARKETING"`, `"AUTHENTICATION"`},
	{"header.gif", "header", `"format":"TEXT"`, `"format":"GIF"`},
	{"header.product-category", "header", `"MARKETING","components":[`, `"UTILITY","components":[{"type":"HEADER","format":"PRODUCT"},`},
	{"button.products-category", "button 1", `"MARKETING","components":[`, `"UTILITY","components":[{"type":"BUTTONS","buttons":[{"type":"CATALOG","text":"View"}]},`},
	{"button.product-header", "button 1", `"type":"QUICK_REPLY"`, `"type":"SPM"`},
	{"button.contact-category", "button 1", `"MARKETING","components":[`, `"AUTHENTICATION","components":[{"type":"BUTTONS","buttons":[{"type":"REQUEST_CONTACT_INFO","text":"Share"}]},`},
	{"button.otp-app", "button 1", `"type":"QUICK_REPLY"`, `"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"test.acme"}]`},
	{"button.otp-terms", "button 1", `"type":"QUICK_REPLY"`, `"type":"OTP","otp_type":"ZERO_TAP","supported_apps":[{"package_name":"test.acme","signature_hash":"K8a/AINcGX7"}]`},
	{"carousel.category", "category", `"MARKETING","components":[`, `"UTILITY","components":[{"type":"CAROUSEL","cards":[]},`},
	{"carousel.extra", "footer", `{"type":"FOOTER"`, `{"type":"CAROUSEL","cards":[]},{"type":"FOOTER"`},
	{"carousel.card-part", "card 1, footer", `{"type":"FOOTER"`, `{"type":"CAROUSEL","cards":[{"components":[{"type":"FOOTER","text":"a"}]},{"components":[]}]},{"type":"FOOTER"`},
	{"carousel.card-header", "card 1, header", `{"type":"FOOTER"`, `{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"TEXT","text":"a"}]},{"components":[]}]},{"type":"FOOTER"`},
	{"offer.header", "header", `{"type":"FOOTER"`, `{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon"}},{"type":"FOOTER"`},
	{"offer.button", "button 1", `{"type":"FOOTER"`, `{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon"}},{"type":"FOOTER"`},
	{"category.promotional", "body", `"MARKETING"`, `"UTILITY"`},
	{"category.one-time-code", "body", `Come and see it today!`, `Your OTP is in it.`},
	{"marketing.no-opt-out", "footer", `"components":[`, `"components":[{"type":"BODY","text":"Our new shop is open, come in."}],"old":[`},
}

func quickReplies(n int) string {
	var list []string
	for i := range n {
		list = append(list, `{"type":"QUICK_REPLY","text":"`+string(rune('a'+i))+`"}`)
	}
	return strings.Join(list, ",")
}

func lintOf(t *testing.T, raw string) []Finding {
	t.Helper()
	var draft Template
	if err := json.Unmarshal([]byte(raw), &draft); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	return Lint(draft)
}

func TestAGoodTemplateHasNoFindings(t *testing.T) {
	t.Parallel()
	if findings := lintOf(t, goodTemplate); len(findings) > 0 {
		t.Errorf("%+v", findings)
	}
	named := `{"name":"a","language":"hi","category":"UTILITY","parameter_format":"NAMED","components":[{"type":"HEADER","format":"TEXT","text":"Order {{order_id}}","example":{"header_text_named_params":[{"param_name":"order_id","example":"7"}]}},{"type":"BODY","text":"नमस्ते {{first_name}}, आपका ऑर्डर आज निकल गया।","example":{"body_text_named_params":[{"param_name":"first_name","example":"आशा"}]}}]}`
	if findings := lintOf(t, named); len(findings) > 0 {
		t.Errorf("named: %+v", findings)
	}
	otp := `{"name":"code","language":"en","category":"AUTHENTICATION","components":[{"type":"BODY","add_security_recommendation":true},{"type":"FOOTER","code_expiration_minutes":10},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}`
	if findings := lintOf(t, otp); len(findings) > 0 {
		t.Errorf("one-time password: %+v", findings)
	}
}

func TestPromotionIsHeardInTheLanguagesPeopleWrite(t *testing.T) {
	t.Parallel()
	for text, sells := range map[string]bool{
		"Your order A-17 left us today.": false, "नमस्ते, आपका बिल तैयार है।": false, "Your parcel is offloaded at our dealer.": false,
		"طلبك في الطريق": false, "Hurry, it ends today.": true, "Get 20% off your next order.": true, "दीवाली पर 10% छूट पाइए": true,
		"आज मुफ्त डिलीवरी": true, "خصم كبير لك اليوم": true, "Gran descuento para ti": true, "aaj hi kharido": true,
	} {
		found := Lint(Template{Name: "a", Language: "en", Category: "UTILITY", Components: []Component{{Type: "BODY", Text: text}}})
		warned := len(found) > 0 && found[0].Rule == "category.promotional"
		if warned != sells {
			t.Errorf("%q: %+v", text, found)
		}
	}
}

func TestEachRuleFindsItsFault(t *testing.T) {
	t.Parallel()
	for _, tc := range lintCases {
		broken := strings.Replace(goodTemplate, tc.old, tc.new, 1)
		if broken == goodTemplate {
			t.Errorf("%s: the case changes nothing", tc.rule)
			continue
		}
		found := false
		for _, finding := range lintOf(t, broken) {
			found = found || finding.Rule == tc.rule && finding.Place == tc.place && finding.Sentence != ""
		}
		if !found {
			t.Errorf("%s at %s: not among %+v", tc.rule, tc.place, lintOf(t, broken))
		}
	}
}

func TestEveryRuleHasACase(t *testing.T) {
	t.Parallel()
	tested := map[string]bool{}
	for _, tc := range lintCases {
		tested[tc.rule] = true
	}
	calls := regexp.MustCompile(`l\.(?:add|warn)\((part\+)?"([a-z.-]+)"`)
	files, err := filepath.Glob("lint*.go")
	if err != nil || len(files) < 4 {
		t.Fatalf("rules in %v: %v", files, err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range calls.FindAllStringSubmatch(string(source), -1) {
			rules := []string{match[2]}
			if match[1] != "" {
				rules = []string{"header" + match[2], "body" + match[2]}
			}
			for _, rule := range rules {
				if !tested[rule] {
					t.Errorf("rule %s has no case", rule)
				}
			}
		}
	}
}

// TestFindingsReadAsWritten holds every rule's words against what was reviewed.
func TestFindingsReadAsWritten(t *testing.T) {
	t.Parallel()
	const file = "testdata/lint.json"
	var read []Finding
	for _, tc := range lintCases {
		for _, f := range lintOf(t, strings.Replace(goodTemplate, tc.old, tc.new, 1)) {
			if f.Rule == tc.rule && f.Place == tc.place {
				read = append(read, f)
				break
			}
		}
	}
	got, err := json.MarshalIndent(read, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.TrimSpace(string(want)), string(got)); diff != "" {
		t.Errorf("run with UPDATE_GOLDEN=1 if this is right (-written +read):\n%s", diff)
	}
}
