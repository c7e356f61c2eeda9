package whatsapp

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func mustTemplate(t testing.TB, raw string) *Compiled {
	t.Helper()
	var tmpl Template
	if err := json.Unmarshal([]byte(raw), &tmpl); err != nil {
		t.Fatal(err)
	}
	compiled, err := CompileTemplate(tmpl)
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// templateCases has one case for each kind of template Meta can list.
var templateCases = []struct {
	name, template string
	values         map[string]string
	components     string // "" when the send has none
}{
	{"no variables", `{"name":"hello","language":"hi","components":[{"type":"BODY","text":"नमस्ते 🙏"},{"type":"FOOTER","text":"Acme"}]}`,
		nil, ``},
	{"positional body is sent by number", `{"name":"a","language":"en_US","components":[{"type":"BODY","text":"Use {{2}} on {{1}}, {{2}}!"}]}`,
		map[string]string{"body.1": "Monday", "body.2": "दस\n प्रतिशत"},
		`[{"type":"body","parameters":[{"type":"text","text":"Monday"},{"type":"text","text":"दस प्रतिशत"}]}]`},
	{"named", `{"name":"a","language":"en","parameter_format":"NAMED","components":[{"type":"HEADER","format":"TEXT","text":"Hi {{first_name}}"},{"type":"BODY","text":"Order {{order_id}} for {{first_name}} left."}]}`,
		map[string]string{"header.first_name": "Ann", "body.order_id": "7", "body.first_name": "آن"},
		`[{"type":"header","parameters":[{"type":"text","parameter_name":"first_name","text":"Ann"}]},
		  {"type":"body","parameters":[{"type":"text","parameter_name":"order_id","text":"7"},{"type":"text","parameter_name":"first_name","text":"آن"}]}]`},
	{"image by id", `{"name":"a","language":"en","components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Look!"}]}`,
		map[string]string{"header.media": "110"}, `[{"type":"header","parameters":[{"type":"image","image":{"id":"110"}}]}]`},
	{"video by link", `{"name":"a","language":"en","components":[{"type":"HEADER","format":"VIDEO"},{"type":"BODY","text":"Look!"}]}`,
		map[string]string{"header.media": "https://acme.test/v.mp4"}, `[{"type":"header","parameters":[{"type":"video","video":{"link":"https://acme.test/v.mp4"}}]}]`},
	{"document with a name", `{"name":"a","language":"en","components":[{"type":"HEADER","format":"DOCUMENT"},{"type":"BODY","text":"Look!"}]}`,
		map[string]string{"header.media": "7", "header.filename": "बिल.pdf"}, `[{"type":"header","parameters":[{"type":"document","document":{"id":"7","filename":"बिल.pdf"}}]}]`},
	{"document without a name", `{"name":"a","language":"en","components":[{"type":"HEADER","format":"DOCUMENT"},{"type":"BODY","text":"Look!"}]}`,
		map[string]string{"header.media": "7"}, `[{"type":"header","parameters":[{"type":"document","document":{"id":"7"}}]}]`},
	{"location", `{"name":"a","language":"en","components":[{"type":"HEADER","format":"LOCATION"},{"type":"BODY","text":"Come!"}]}`,
		map[string]string{"header.latitude": "12.97", "header.longitude": "77.59", "header.name": "Acme", "header.address": "MG Road"},
		`[{"type":"header","parameters":[{"type":"location","location":{"latitude":"12.97","longitude":"77.59","name":"Acme","address":"MG Road"}}]}]`},
	{"product header", `{"name":"a","language":"en","components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BODY","text":"Buy!"},{"type":"BUTTONS","buttons":[{"type":"SPM","text":"View"}]}]}`,
		map[string]string{"header.product_retailer_id": "sku1", "header.catalog_id": "9"},
		`[{"type":"header","parameters":[{"type":"product","product":{"product_retailer_id":"sku1","catalog_id":"9"}}]}]`},
	{"buttons keep their index", `{"name":"a","language":"en","components":[{"type":"BODY","text":"Hi"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Stop"},{"type":"PHONE_NUMBER","text":"Call","phone_number":"+9180"},{"type":"URL","text":"Shop","url":"https://acme.test"},{"type":"URL","text":"Order","url":"https://acme.test/o/{{1}}","example":["https://acme.test/o/abc"]}]}]}`,
		map[string]string{"button.0": "STOP", "button.3": "A-17"},
		`[{"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"STOP"}]},
		  {"type":"button","sub_type":"url","index":"3","parameters":[{"type":"text","text":"A-17"}]}]`},
	{"a quick reply without payload is left out", `{"name":"a","language":"en","components":[{"type":"BODY","text":"Hi"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Stop"}]}]}`,
		nil, ``},
	{"coupon", `{"name":"a","language":"en","components":[{"type":"BODY","text":"Hi"},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","text":"Copy","example":"ACME10"}]}]}`,
		map[string]string{"button.0": "DIWALI"}, `[{"type":"button","sub_type":"copy_code","index":"0","parameters":[{"type":"coupon_code","coupon_code":"DIWALI"}]}]`},
	{"one-time password is sent twice", `{"name":"a","language":"en","category":"AUTHENTICATION","components":[{"type":"BODY","text":"*{{1}}* is your code."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Copy code","url":"https://www.whatsapp.com/otp/code/?code=otp{{1}}"}]}]}`,
		map[string]string{"body.1": "123456"},
		`[{"type":"body","parameters":[{"type":"text","text":"123456"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"123456"}]}]`},
	{"flow", `{"name":"a","language":"en","components":[{"type":"BODY","text":"Hi"},{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Book","flow_id":77}]}]}`,
		map[string]string{"button.0.data": `{"day":1}`},
		`[{"type":"button","sub_type":"flow","index":"0","parameters":[{"type":"action","action":{"flow_token":"unused","flow_action_data":{"day":1}}}]}]`},
	{"catalog", `{"name":"a","language":"en","components":[{"type":"BODY","text":"Hi"},{"type":"BUTTONS","buttons":[{"type":"CATALOG","text":"View catalog"}]}]}`,
		map[string]string{"button.0.thumbnail": "sku1"},
		`[{"type":"button","sub_type":"catalog","index":"0","parameters":[{"type":"action","action":{"thumbnail_product_retailer_id":"sku1"}}]}]`},
	{"many products", `{"name":"a","language":"en","components":[{"type":"BODY","text":"Hi"},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]}`,
		map[string]string{"button.0.thumbnail": "sku1", "button.0.sections": `[{"title":"New","product_items":[{"product_retailer_id":"sku1"}]}]`},
		`[{"type":"button","sub_type":"mpm","index":"0","parameters":[{"type":"action","action":{"thumbnail_product_retailer_id":"sku1","sections":[{"title":"New","product_items":[{"product_retailer_id":"sku1"}]}]}}]}]`},
	{"limited-time offer", `{"name":"a","language":"en","components":[{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BODY","text":"Hi"}]}`,
		map[string]string{"limited_time_offer.expires_at": "1750000000000"},
		`[{"type":"limited_time_offer","parameters":[{"type":"limited_time_offer","limited_time_offer":{"expiration_time_ms":1750000000000}}]}]`},
	{"carousel", `{"name":"a","language":"en","components":[{"type":"BODY","text":"Hi {{1}}"},{"type":"CAROUSEL","cards":[
		{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Card {{1}}"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Go","url":"https://acme.test/{{1}}"}]}]},
		{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Two"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]}`,
		map[string]string{"body.1": "Bob", "carousel.0.header.media": "1", "carousel.0.body.1": "one", "carousel.0.button.0": "x", "carousel.1.header.media": "2"},
		`[{"type":"body","parameters":[{"type":"text","text":"Bob"}]},{"type":"carousel","cards":[
		  {"card_index":0,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"1"}}]},{"type":"body","parameters":[{"type":"text","text":"one"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"x"}]}]},
		  {"card_index":1,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"2"}}]}]}]}]`},
}

func TestEveryTemplateTypeRenders(t *testing.T) {
	t.Parallel()
	for _, tc := range templateCases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			compiled := mustTemplate(t, tc.template)
			params, err := compiled.Bind(tc.values)
			if err != nil {
				t.Fatal(err)
			}
			raw := compiled.AppendJSON(nil, Address{Phone: "+919800000001"}, params, "aer:msg:1")
			var got struct {
				To       string
				Type     string
				Callback string `json:"biz_opaque_callback_data"`
				Template struct {
					Name       string
					Language   struct{ Code string }
					Components any
				}
			}
			if err := json.Unmarshal(raw, &got); err != nil {
				t.Fatalf("%v in %s", err, raw)
			}
			if got.To != "+919800000001" || got.Type != "template" || got.Callback != "aer:msg:1" ||
				got.Template.Name != compiled.template.Name || got.Template.Language.Code != compiled.template.Language {
				t.Errorf("envelope: %s", raw)
			}
			var want any
			if tc.components != "" {
				if err := json.Unmarshal([]byte(tc.components), &want); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(want, got.Template.Components); diff != "" {
				t.Errorf("components (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEveryButtonTypeHasACase(t *testing.T) {
	t.Parallel()
	var all strings.Builder
	for _, tc := range templateCases {
		all.WriteString(tc.template)
	}
	takesNothing := map[string]bool{"VOICE_CALL": true, "REQUEST_CONTACT_INFO": true, "OTP": true}
	for kind := range buttonParams {
		if !takesNothing[kind] && !strings.Contains(all.String(), `"type":"`+kind+`"`) {
			t.Errorf("button %s has no case", kind)
		}
	}
}

func TestABusinessScopedIDGoesInRecipient(t *testing.T) {
	t.Parallel()
	compiled := mustTemplate(t, templateCases[0].template)
	raw := string(compiled.AppendJSON(nil, Address{UserID: "IN.1349"}, nil, ""))
	if !strings.Contains(raw, `"recipient":"IN.1349"`) || strings.Contains(raw, `"to"`) || strings.Contains(raw, "callback") {
		t.Error(raw)
	}
}

func TestWrongValuesNameThePlace(t *testing.T) {
	t.Parallel()
	compiled := mustTemplate(t, `{"name":"offer","language":"en","components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Hi {{1}}, {{2}}"},
		{"type":"CAROUSEL","cards":[{"components":[{"type":"BODY","text":"{{1}} off"}]}]}]}`)
	good := map[string]string{"header.media": "1", "body.1": "Ann", "body.2": "b", "carousel.0.body.1": "c"}
	for _, tc := range []struct {
		key, value string
		problem    ParamProblem
		words      string
	}{
		{"body.2", "", ParamMissing, "body value 2"},
		{"body.2", " \n\t ", ParamMissing, "body value 2"},
		{"header.media", "not a file", ParamInvalid, "header media"},
		{"body.3", "x", ParamUnknown, "body.3"},
		{"body.1", strings.Repeat("आ", 1024), ParamTooLong, "body"},
		{"carousel.0.body.1", strings.Repeat("x", 160), ParamTooLong, "card 1"},
	} {
		values := map[string]string{}
		for key, value := range good {
			values[key] = value
		}
		values[tc.key] = tc.value
		_, err := compiled.Bind(values)
		var wrong *ParamError
		if !errors.As(err, &wrong) || wrong.Problem != tc.problem || !strings.Contains(wrong.Sentence, tc.words) {
			t.Errorf("%s=%.10q: %v", tc.key, tc.value, err)
		}
	}
	if _, err := compiled.Bind(good); err != nil {
		t.Errorf("good values: %v", err)
	}
	if err := compiled.Check(Params{"1"}); err == nil {
		t.Error("Check accepted too few values")
	}
}

func TestSanitise(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Ann": "Ann", " Ann ": "Ann", "a\n\tb": "a b", "a    b": "a b", "": "", "नमस्ते\u00a0आशा": "नमस्ते आशा", "a\xff": "a\ufffd", "👩‍👩‍👧": "👩‍👩‍👧",
	} {
		if got := Sanitise(in); got != want {
			t.Errorf("Sanitise(%q) = %q", in, got)
		}
	}
}

func TestPreviewShowsWhatThePhoneShows(t *testing.T) {
	t.Parallel()
	compiled := mustTemplate(t, `{"name":"offer","language":"en","components":[{"type":"HEADER","format":"TEXT","text":"Hi {{1}}"},{"type":"BODY","text":"{{1}} off, {{2}}"},{"type":"FOOTER","text":"Acme"},
		{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://acme.test/{{1}}"},{"type":"COPY_CODE","text":"Copy"}]}]}`)
	got := compiled.Preview(Params{"Ann", "20%", "", "x", "ACME10"})
	want := Preview{Header: &PreviewHeader{Format: "TEXT", Text: "Hi Ann"}, Body: "20% off, {{2}}", Footer: "Acme", Buttons: []PreviewButton{
		{Type: "URL", Text: "Shop", URL: "https://acme.test/x"}, {Type: "COPY_CODE", Text: "Copy", Code: "ACME10"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAppendTextEscapes(t *testing.T) {
	t.Parallel()
	raw := AppendText(nil, Address{Phone: "+91"}, "a\"\n🎉", true, "id")
	var got struct {
		Text struct {
			Body       string
			PreviewURL bool `json:"preview_url"`
		}
	}
	if err := json.Unmarshal(raw, &got); err != nil || got.Text.Body != "a\"\n🎉" || !got.Text.PreviewURL {
		t.Errorf("%s: %v", raw, err)
	}
}

func TestUnknownPartsAreNamed(t *testing.T) {
	t.Parallel()
	for _, component := range []Component{{Type: "HOLOGRAM"}, {Type: "HEADER", Format: "SMELL"}, {Type: "BUTTONS", Buttons: []Button{{Type: "TELEPORT"}}}} {
		if _, err := CompileTemplate(Template{Name: "x", Components: []Component{component}}); err == nil {
			t.Errorf("%+v compiled", component)
		}
	}
}

func BenchmarkAppendJSON(b *testing.B) {
	compiled := mustTemplate(b, templateCases[9].template)
	params := Params{"STOP", "A-17"}
	buf := make([]byte, 0, 1024)
	b.ReportAllocs()
	for b.Loop() {
		buf = compiled.AppendJSON(buf[:0], Address{Phone: "+919800000001"}, params, "aer:msg:0190")
	}
}
