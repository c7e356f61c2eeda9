package whatsapp

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// contentCase is a golden case: a free-form message of one kind, what Meta is sent and what a list shows.
type contentCase struct {
	Why     string          `json:"why"`
	Content json.RawMessage `json:"content"`
	Sent    any             `json:"sent"`
	Line    string          `json:"line"`
}

func contentFile(kind string) string { return filepath.Join("testdata", "contents", kind+".json") }

func readContent(t testing.TB, kind ContentType) (c contentCase) {
	t.Helper()
	raw, err := os.ReadFile(contentFile(string(kind)))
	if err != nil {
		t.Fatalf("%s has no golden case: %v", kind, err)
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		t.Fatalf("%s: %v", kind, err)
	}
	return c
}

func mustContent(t testing.TB, raw []byte) *Content {
	t.Helper()
	c, err := ParseContent(raw)
	if err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	return c
}

func TestEveryContentIsSentAsItsCaseSays(t *testing.T) {
	t.Parallel()
	for _, kind := range ContentTypes() {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			want := readContent(t, kind)
			c := mustContent(t, want.Content)
			if c.Type != kind {
				t.Fatalf("the case is of %s", c.Type)
			}
			if problems := c.Validate(); len(problems) > 0 {
				t.Fatalf("the case is not valid: %v", problems)
			}
			body, err := c.AppendJSON(nil, Address{Phone: "+919800000001"}, "aer:msg:1")
			if err != nil {
				t.Fatal(err)
			}
			got := want
			got.Sent, got.Line = decoded(t, body), c.Line()
			if os.Getenv("UPDATE_GOLDEN") != "" {
				writeContent(t, kind, got)
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("run with UPDATE_GOLDEN=1 if this is right (-written +made):\n%s", diff)
			}
		})
	}
}

func writeContent(t *testing.T, kind ContentType, c contentCase) {
	t.Helper()
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(c); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(contentFile(string(kind)), out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestNoContentCaseIsLeftOver(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(contentFile("*"))
	if err != nil || len(files) != len(ContentTypes()) {
		t.Errorf("%d cases of %d kinds: %v", len(files), len(ContentTypes()), err)
	}
}

// What is stored comes back as it was, and so does what was stored before there were kinds.
func TestContentIsStoredWhole(t *testing.T) {
	t.Parallel()
	for _, kind := range ContentTypes() {
		written := readContent(t, kind).Content
		raw, err := json.Marshal(mustContent(t, written))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(decoded(t, written), decoded(t, raw)); diff != "" {
			t.Errorf("%s (-was +is):\n%s", kind, diff)
		}
	}
	if diff := cmp.Diff(NewText("नमस्ते"), mustContent(t, []byte(`{"text": "नमस्ते"}`))); diff != "" {
		t.Errorf("a text of before (-want +got):\n%s", diff)
	}
}

func TestQuotes(t *testing.T) {
	t.Parallel()
	c := NewText("Yes")
	c.Quote = "wamid.A"
	body, err := c.AppendJSON(nil, Address{UserID: "IN.1"}, "")
	if err != nil {
		t.Fatal(err)
	}
	want := `{"messaging_product":"whatsapp","recipient_type":"individual","recipient":"IN.1","context":{"message_id":"wamid.A"},"type":"text","text":{"body":"Yes","preview_url":true}}`
	if string(body) != want {
		t.Errorf("sent %s", body)
	}
	reaction := &Content{Type: TypeReaction, Quote: "wamid.A", Reaction: &Reaction{MessageID: "wamid.A"}}
	if body, _ := reaction.AppendJSON(nil, Address{UserID: "IN.1"}, ""); bytes.Contains(body, []byte("context")) {
		t.Errorf("a reaction quotes: %s", body)
	}
}

// Each case is a valid message with one thing wrong.
func TestMetaWouldRefuse(t *testing.T) {
	t.Parallel()
	long := func(n int) string { return strings.Repeat("क", n) }
	for place, c := range map[string]struct {
		kind  ContentType
		spoil func(c *Content)
	}{
		"text.body":                          {TypeText, func(c *Content) { c.Text.Body = long(4097) }},
		"image":                              {TypeImage, func(c *Content) { c.Image.Link = "https://a.test/a.png" }},
		"image.caption":                      {TypeImage, func(c *Content) { c.Image.Caption = long(1025) }},
		"video.filename":                     {TypeVideo, func(c *Content) { c.Video.Filename = "a.mp4" }},
		"audio.caption":                      {TypeAudio, func(c *Content) { c.Audio.Caption = "Hi" }},
		"document.link":                      {TypeDocument, func(c *Content) { *c.Document = MediaContent{Link: "ftp://a"} }},
		"sticker.voice":                      {TypeSticker, func(c *Content) { c.Sticker.Voice = true }},
		"location.latitude":                  {TypeLocation, func(c *Content) { c.Location.Latitude = 91 }},
		"contacts":                           {TypeContacts, func(c *Content) { c.Contacts = make([]ContactCard, 0) }},
		"contacts[0].name":                   {TypeContacts, func(c *Content) { c.Contacts[0].Name = CardName{Formatted: "Asha"} }},
		"contacts[0].birthday":               {TypeContacts, func(c *Content) { c.Contacts[0].Birthday = "31.12.1990" }},
		"reaction.emoji":                     {TypeReaction, func(c *Content) { c.Reaction.Emoji = "ok" }},
		"reaction.messageId":                 {TypeReaction, func(c *Content) { c.Reaction.MessageID = "" }},
		"interactive.buttons[1].title":       {TypeButton, func(c *Content) { c.Interactive.Buttons[1].Title = c.Interactive.Buttons[0].Title }},
		"interactive.buttons[1].id":          {TypeButton, func(c *Content) { c.Interactive.Buttons[1].ID = c.Interactive.Buttons[0].ID }},
		"interactive.buttons":                {TypeButton, func(c *Content) { c.Interactive.Buttons = nil }},
		"interactive.body":                   {TypeButton, func(c *Content) { c.Interactive.Body = " " }},
		"interactive.footer":                 {TypeButton, func(c *Content) { c.Interactive.Footer = long(61) }},
		"interactive.header.text":            {TypeProductList, func(c *Content) { c.Interactive.Header.Text = long(61) }},
		"interactive.list.sections[0].rows":  {TypeList, func(c *Content) { c.Interactive.List.Sections[0].Rows = make([]ListRow, 0) }},
		"interactive.list.sections[0].title": {TypeList, func(c *Content) { c.Interactive.List.Sections[0].Title = "" }},
		"interactive.list.sections[1].rows[0].id": {TypeList, func(c *Content) {
			c.Interactive.List.Sections[1].Rows[0].ID = c.Interactive.List.Sections[0].Rows[0].ID
		}},
		"interactive.header.image":                  {TypeList, func(c *Content) { c.Interactive.Header = &Header{Image: &MediaContent{ID: "1"}} }},
		"interactive.link.url":                      {TypeCTAURL, func(c *Content) { c.Interactive.Link.URL = "shop" }},
		"interactive.flow.label":                    {TypeFlow, func(c *Content) { c.Interactive.Flow.Label = "Go 🚀" }},
		"interactive.flow":                          {TypeFlow, func(c *Content) { c.Interactive.Flow.Name = "both" }},
		"interactive.flow.data":                     {TypeFlow, func(c *Content) { c.Interactive.Flow.Data = json.RawMessage(`[1]`) }},
		"interactive.catalog.product":               {TypeProduct, func(c *Content) { c.Interactive.Catalog.Product = "" }},
		"interactive.header":                        {TypeProductList, func(c *Content) { c.Interactive.Header = nil }},
		"interactive.catalog.selection[0].products": {TypeProductList, func(c *Content) { c.Interactive.Catalog.Selection[0].Products = make([]string, 0) }},
		"interactive.list.sections": {TypeList, func(c *Content) {
			section := &c.Interactive.List.Sections[0]
			for n := range 8 {
				section.Rows = append(section.Rows, ListRow{ID: string(rune('a' + n)), Title: "More"})
			}
		}},
		"interactive.cards":                  {TypeCarousel, func(c *Content) { c.Interactive.Cards = c.Interactive.Cards[:1] }},
		"interactive.cards[1].body":          {TypeCarousel, func(c *Content) { c.Interactive.Cards[1].Body = long(161) }},
		"interactive.cards[0].header":        {TypeCarousel, func(c *Content) { c.Interactive.Cards[0].Header = nil }},
		"interactive.address.country":        {TypeAddress, func(c *Content) { c.Interactive.Address.Country = "SG" }},
		"interactive.bill.items":             {TypeOrderDetails, func(c *Content) { c.Interactive.Bill.Items = nil }},
		"interactive.bill.items[0].price":    {TypeOrderDetails, func(c *Content) { c.Interactive.Bill.Items[0].Price = 0 }},
		"interactive.bill.items[1].quantity": {TypeOrderDetails, func(c *Content) { c.Interactive.Bill.Items[1].Quantity = 10000 }},
		"interactive.bill.items[1].name":     {TypeOrderDetails, func(c *Content) { c.Interactive.Bill.Items[1].Name = long(61) }},
		"interactive.bill.discount":          {TypeOrderDetails, func(c *Content) { c.Interactive.Bill.Discount = -1 }},
		"interactive.bill.gateway":           {TypeOrderDetails, func(c *Content) { c.Interactive.Bill.Gateway = "stripe" }},
		"interactive.bill.configuration":     {TypeOrderDetails, func(c *Content) { c.Interactive.Bill.Config = "../me" }},
		"interactive.bill":                   {TypeOrderDetails, func(c *Content) { c.Interactive.Bill.Discount = 300000 }},
		"interactive":                        {TypeLocationRequest, func(c *Content) { c.Interactive = nil }},
		"type":                               {TypeText, func(c *Content) { c.Type = "poll" }},
	} {
		content := mustContent(t, readContent(t, c.kind).Content)
		c.spoil(content)
		problems := content.Validate()
		if len(problems) != 1 || problems[0].Place != place || problems[0].Sentence == "" {
			t.Errorf("%s: %v", place, problems)
		}
	}
}
