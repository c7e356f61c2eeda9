package whatsappsim_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// freeForm is a message of a type to one person.
func freeForm(kind, content string) string {
	return fmt.Sprintf(`{"messaging_product":"whatsapp","to":"919812345678","type":%q,%q:%s}`, kind, kind, content)
}

func interactive(kind, rest string) string {
	return freeForm("interactive", `{"type":"`+kind+`",`+rest+`}`)
}

const text = `"body":{"text":"Hello"},`

func rows(n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf(`{"id":"r%d","title":"Row %d"}`, i, i))
	}
	return strings.Join(list, ",")
}

func replies(titles ...string) string {
	var list []string
	for i, title := range titles {
		list = append(list, fmt.Sprintf(`{"type":"reply","reply":{"id":"b%d","title":%q}}`, i, title))
	}
	return `"action":{"buttons":[` + strings.Join(list, ",") + `]}`
}

func flow(more string) string {
	return `"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"9","flow_cta":"Book",` + more + `"flow_token":"t"}}`
}

func linkCard(index int) string {
	return fmt.Sprintf(`{"card_index":%d,"type":"cta_url","header":{"type":"image","image":{"link":"https://a.test/a.jpg"}},"body":{"text":"One"},"action":{"name":"cta_url","parameters":{"display_text":"Buy","url":"https://a.test"}}}`, index)
}

func carousel(cards ...string) string {
	return interactive("carousel", text+`"action":{"cards":[`+strings.Join(cards, ",")+`]}`)
}

// goodMessages are one of each kind of free-form message.
func goodMessages(image string) map[string]string {
	return map[string]string{
		"text":                     freeForm("text", `{"body":"नमस्ते https://a.test","preview_url":true}`),
		"image by id":              freeForm("image", `{"id":"`+image+`","caption":"New"}`),
		"video by link":            freeForm("video", `{"link":"https://a.test/a.mp4"}`),
		"audio":                    freeForm("audio", `{"link":"https://a.test/a.ogg","voice":true}`),
		"document":                 freeForm("document", `{"link":"https://a.test/a.pdf","filename":"Bill.pdf"}`),
		"sticker":                  freeForm("sticker", `{"link":"https://a.test/a.webp"}`),
		"location":                 freeForm("location", `{"latitude":"12.97","longitude":77.59,"name":"Shop"}`),
		"contacts":                 freeForm("contacts", `[{"name":{"formatted_name":"Ann B","first_name":"Ann"},"birthday":"1990-01-31"}]`),
		"reaction":                 freeForm("reaction", `{"message_id":"wamid.A","emoji":"👍🏽"}`),
		"no reaction":              freeForm("reaction", `{"message_id":"wamid.A","emoji":""}`),
		"button":                   interactive("button", `"header":{"type":"text","text":"Hi"},`+text+`"footer":{"text":"Acme"},`+replies("Yes", "No")),
		"list":                     interactive("list", text+`"action":{"button":"Times","sections":[{"title":"A","rows":[`+rows(10)+`]}]}`),
		"cta_url":                  interactive("cta_url", text+`"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://a.test"}}`),
		"flow":                     interactive("flow", text+flow(`"mode":"draft","flow_action":"navigate","flow_action_payload":{"screen":"A"},`)),
		"location_request_message": interactive("location_request_message", text+`"action":{"name":"send_location"}`),
		"product":                  interactive("product", `"action":{"catalog_id":"1","product_retailer_id":"a"}`),
		"product_list":             interactive("product_list", `"header":{"type":"text","text":"Picks"},`+text+`"action":{"catalog_id":"1","sections":[{"title":"A","product_items":[{"product_retailer_id":"a"}]}]}`),
		"catalog_message":          interactive("catalog_message", text+`"action":{"name":"catalog_message","parameters":{"thumbnail_product_retailer_id":"a"}}`),
		"carousel":                 carousel(linkCard(0), linkCard(1)),
		"address_message":          interactive("address_message", text+`"action":{"name":"address_message","parameters":{"country":"IN"}}`),
		"request_contact_info":     interactive("request_contact_info", text+`"action":{"name":"request_contact_info"}`),
		"order_details":            billOf("good"),
		"a reply":                  `{"messaging_product":"whatsapp","to":"919812345678","type":"text","context":{"message_id":"wamid.A"},"text":{"body":"a"}}`,
	}
}

func (b *bundle) image() string {
	b.t.Helper()
	id, err := b.client.UploadMedia(context.Background(), b.acme.Token, b.acme.Numbers[0].ID,
		whatsapp.File{Name: "a.png", MIMEType: "image/png", Size: 3, Content: bytes.NewReader([]byte("png"))})
	if err != nil {
		b.t.Fatal(err)
	}
	return id
}

func TestEveryFreeFormKindIsTaken(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	b.control("inbound", `{"phone_number_id":"`+b.acme.Numbers[0].ID+`","from":"919812345678","text":"Hi"}`)
	for name, body := range goodMessages(b.image()) {
		out := b.raw(body)
		if out.Kind != whatsapp.Accepted {
			t.Errorf("%s: %+v %v", name, out, out.Err)
			continue
		}
		last := whatsapp.StatusRead
		if strings.Contains(name, "reaction") {
			last = whatsapp.StatusSent
		}
		eventually(t, name+" ends as "+string(last), func() bool { return b.has(out.WAMID, last) })
		if strings.Contains(name, "reaction") && b.has(out.WAMID, whatsapp.StatusDelivered) {
			t.Errorf("%s is reported as delivered", name)
		}
	}
}

func (b *bundle) has(wamid string, want whatsapp.Status) bool {
	for _, status := range b.hooks.statuses(wamid) {
		if status.Status == want {
			return true
		}
	}
	return false
}

func TestWrongFreeFormMessagesAreRefusedAsMetaDoes(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	long := func(n int) string { return strings.Repeat("आ", n) }
	for _, tc := range []struct {
		name, body string
		code       int
	}{
		{"text is no object", freeForm("text", `"hi"`), 100},
		{"reply to nothing", `{"messaging_product":"whatsapp","to":"919812345678","type":"text","context":{},"text":{"body":"a"}}`, 100},
		{"link without a scheme", freeForm("image", `{"link":"a.test/a.jpg"}`), 100},
		{"long caption", freeForm("image", `{"link":"https://a.test/a.jpg","caption":"`+long(1025)+`"}`), 100},
		{"no media", freeForm("sticker", `{}`), 100},
		{"latitude is a word", freeForm("location", `{"latitude":"north","longitude":1}`), 100},
		{"latitude of 91", freeForm("location", `{"latitude":91,"longitude":1}`), 131009},
		{"no longitude", freeForm("location", `{"latitude":9}`), 100},
		{"nobody", freeForm("contacts", `[]`), 100},
		{"nameless", freeForm("contacts", `[{"phones":[]}]`), 131008},
		{"only a whole name", freeForm("contacts", `[{"name":{"formatted_name":"Ann"}}]`), 131008},
		{"birthday", freeForm("contacts", `[{"name":{"formatted_name":"Ann","first_name":"Ann"},"birthday":"31.1.1990"}]`), 131009},
		{"reaction to nothing", freeForm("reaction", `{"emoji":"👍"}`), 100},
		{"reaction without emoji", freeForm("reaction", `{"message_id":"wamid.A"}`), 100},
		{"reaction in words", freeForm("reaction", `{"message_id":"wamid.A","emoji":"fine"}`), 131009},
		{"interactive of no kind", interactive("poll", text+`"action":{}`), 100},
		{"no action", interactive("button", text+`"footer":{"text":"a"}`), 131008},
		{"no body", interactive("button", replies("Yes")), 131008},
		{"long body", interactive("button", `"body":{"text":"`+long(1025)+`"},`+replies("Yes")), 100},
		{"long footer", interactive("button", text+`"footer":{"text":"`+long(61)+`"},`+replies("Yes")), 100},
		{"long header", interactive("button", text+`"header":{"type":"text","text":"`+long(61)+`"},`+replies("Yes")), 131009},
		{"header of a list", interactive("list", text+`"header":{"type":"image","image":{"link":"https://a.test"}},"action":{"button":"A","sections":[{"rows":[`+rows(1)+`]}]}`), 131009},
		{"four buttons", interactive("button", text+replies("1", "2", "3", "4")), 131009},
		{"same title", interactive("button", text+replies("Yes", "Yes")), 131009},
		{"long title", interactive("button", text+replies(long(21))), 131009},
		{"eleven rows", interactive("list", text+`"action":{"button":"A","sections":[{"rows":[`+rows(11)+`]}]}`), 131009},
		{"same row", interactive("list", text+`"action":{"button":"A","sections":[{"rows":[`+rows(1)+`,`+rows(1)+`]}]}`), 131009},
		{"section without title", interactive("list", text+`"action":{"button":"A","sections":[{"title":"A","rows":[]},{"rows":[`+rows(2)+`]}]}`), 131009},
		{"list without button", interactive("list", text+`"action":{"sections":[{"rows":[`+rows(1)+`]}]}`), 131009},
		{"no address", interactive("cta_url", text+`"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"javascript:a"}}`), 131009},
		{"long link text", interactive("cta_url", text+`"action":{"name":"cta_url","parameters":{"display_text":"`+long(21)+`","url":"https://a.test"}}`), 131009},
		{"flow by id and name", interactive("flow", text+flow(`"flow_name":"a",`)), 131008},
		{"flow with emoji", interactive("flow", text+strings.Replace(flow(""), "Book", "Book 🎉", 1)), 131009},
		{"flow mode", interactive("flow", text+flow(`"mode":"test",`)), 131009},
		{"flow without screen", interactive("flow", text+flow(`"flow_action_payload":{"data":{}},`)), 131008},
		{"location request", interactive("location_request_message", text+`"action":{"name":"location"}`), 131009},
		{"product without catalogue", interactive("product", `"action":{"product_retailer_id":"a"}`), 131008},
		{"products without header", interactive("product_list", text+`"action":{"catalog_id":"1","sections":[{"title":"A","product_items":[{"product_retailer_id":"a"}]}]}`), 131008},
		{"no products", interactive("product_list", `"header":{"type":"text","text":"A"},`+text+`"action":{"catalog_id":"1","sections":[{"title":"A","product_items":[]}]}`), 131009},
		{"one card", carousel(linkCard(0)), 131009},
		{"two first cards", carousel(linkCard(0), linkCard(0)), 131009},
		{"card without picture", carousel(linkCard(0), strings.Replace(linkCard(1), "header", "head", 1)), 131008},
		{"address of elsewhere", interactive("address_message", text+`"action":{"name":"address_message","parameters":{"country":"SG"}}`), 131009},
		{"typing of a kind", `{"messaging_product":"whatsapp","status":"read","message_id":"wamid.A","typing_indicator":{"type":"song"}}`, 100},
	} {
		if out := b.raw(tc.body); out.Kind != whatsapp.Failed || out.Err.Code != tc.code {
			t.Errorf("%s: %v %v", tc.name, out.Kind, out.Err)
		}
	}
	if recorded := b.sim.Recipients("", 1); len(recorded) != 0 {
		t.Errorf("recorded: %v", recorded)
	}
}

// Meta finds out what a file is only after it has taken the message.
func TestAFileOfAnotherKindFailsLater(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	b.control("inbound", `{"phone_number_id":"`+b.acme.Numbers[0].ID+`","from":"919812345678","text":"Hi"}`)
	out := b.raw(freeForm("video", `{"id":"`+b.image()+`"}`))
	if out.Kind != whatsapp.Accepted {
		t.Fatalf("%+v", out)
	}
	eventually(t, "it fails", func() bool {
		list := b.hooks.statuses(out.WAMID)
		return len(list) == 1 && list[0].Status == whatsapp.StatusFailed && list[0].Errors[0].Code == 131053
	})
}

// Free-form messages outside the 24 hours are taken, and fail by webhook.
func TestEveryFreeFormKindNeedsTheWindow(t *testing.T) {
	t.Parallel()
	b := setup(t, func(c *whatsappsim.Config) { c.Webhook.Batch = 50 })
	for name, body := range goodMessages(b.image()) {
		out := b.raw(body)
		if out.Kind != whatsapp.Accepted {
			t.Errorf("%s: %+v %v", name, out, out.Err)
			continue
		}
		eventually(t, name+" fails", func() bool {
			list := b.hooks.statuses(out.WAMID)
			return len(list) == 1 && list[0].Status == whatsapp.StatusFailed && list[0].Errors[0].Code == 131047
		})
	}
}
