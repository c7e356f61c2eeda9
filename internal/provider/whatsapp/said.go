package whatsapp

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// Said is what a stored message says, in or out: Meta's item as it came, or the Content that was sent.
// What a kind does not have is zero.
type Said struct {
	Type     string        `json:"type"`
	Text     SaidText      `json:"text"`
	Image    SaidFile      `json:"image"`
	Video    SaidFile      `json:"video"`
	Audio    SaidFile      `json:"audio"`
	Document SaidFile      `json:"document"`
	Sticker  SaidFile      `json:"sticker"`
	Location SaidLocation  `json:"location"`
	Contacts []SaidContact `json:"contacts"`
	// Button is a tap on a template's quick reply.
	Button struct {
		Text    string `json:"text"`
		Payload string `json:"payload"`
	} `json:"button"`
	Interactive SaidInteractive `json:"interactive"`
	Reaction    struct {
		Emoji string `json:"emoji"`
	} `json:"reaction"`
	Order  SaidOrder `json:"order"`
	System struct {
		Body string `json:"body"`
		Type string `json:"type"`
	} `json:"system"`
	Unsupported struct {
		Type string `json:"type"`
	} `json:"unsupported"`
	// Edit is what a message says now.
	Edit struct {
		Message json.RawMessage `json:"message"`
	} `json:"edit"`
	Context  SaidContext   `json:"context"`
	Referral *SaidReferral `json:"referral"`
	// Quote is what one of ours answers, as Context.ID is what a customer's does.
	Quote string `json:"quote"`
}

// SaidText is a text; our own plain ones are stored as a string.
type SaidText struct{ Body string }

// UnmarshalJSON reads both forms.
func (t *SaidText) UnmarshalJSON(raw []byte) error {
	var whole struct {
		Body string `json:"body"`
	}
	if json.Unmarshal(raw, &t.Body) == nil {
		return nil
	}
	err := json.Unmarshal(raw, &whole)
	t.Body = whole.Body
	return err
}

// SaidFile is what is told with a file.
type SaidFile struct {
	Caption  string `json:"caption"`
	Filename string `json:"filename"`
	Voice    bool   `json:"voice"`
}

// SaidLocation is a point on the map. The numbers are as they were written.
type SaidLocation struct {
	Latitude  json.Number `json:"latitude"`
	Longitude json.Number `json:"longitude"`
	Name      string      `json:"name"`
	Address   string      `json:"address"`
}

// SaidContact is a card of somebody.
type SaidContact struct {
	Name struct {
		Formatted string `json:"formatted_name"`
	} `json:"name"`
	Org struct {
		Company string `json:"company"`
	} `json:"org"`
	Phones []struct {
		Phone string `json:"phone"`
	} `json:"phones"`
	Emails []struct {
		Email string `json:"email"`
	} `json:"emails"`
}

// SaidInteractive is an answer to buttons, a list or a form, or what we asked with them.
type SaidInteractive struct {
	Type        string   `json:"type"`
	ButtonReply SaidTap  `json:"button_reply"`
	ListReply   SaidTap  `json:"list_reply"`
	Form        SaidForm `json:"nfm_reply"`
	Calls       struct {
		Response string `json:"response"`
	} `json:"call_permission_reply"`
	Body looseBody `json:"body"`
}

// SaidTap is a button or row that was tapped.
type SaidTap struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Description string `json:"description"`
}

// SaidForm is a filled Flow or address.
type SaidForm struct {
	Name     string `json:"name"` // flow, address_message
	Body     string `json:"body"`
	Response string `json:"response_json"`
}

// SaidOrder is a basket.
type SaidOrder struct {
	Text  string `json:"text"`
	Items []struct {
		Product  string      `json:"product_retailer_id"`
		Quantity json.Number `json:"quantity"`
		Price    json.Number `json:"item_price"`
		Currency string      `json:"currency"`
	} `json:"product_items"`
}

// SaidContext is what a message refers to.
type SaidContext struct {
	ID                  string `json:"id"` // of the message it quotes
	Forwarded           bool   `json:"forwarded"`
	FrequentlyForwarded bool   `json:"frequently_forwarded"`
	Product             *struct {
		Catalog string `json:"catalog_id"`
		Product string `json:"product_retailer_id"`
	} `json:"referred_product"`
}

// SaidReferral is the ad or post through which somebody came.
type SaidReferral struct {
	SourceURL  string `json:"source_url"`
	SourceID   string `json:"source_id"`
	SourceType string `json:"source_type"`
	Headline   string `json:"headline"`
	Body       string `json:"body"`
	ClickID    string `json:"ctwa_clid"`
}

// looseBody is a text, or the object that holds one.
type looseBody string

// UnmarshalJSON reads both forms.
func (b *looseBody) UnmarshalJSON(raw []byte) error {
	var t struct {
		Text string `json:"text"`
	}
	var s string
	if json.Unmarshal(raw, &s) == nil {
		*b = looseBody(s)
		return nil
	}
	err := json.Unmarshal(raw, &t)
	*b = looseBody(t.Text)
	return err
}

// ReadSaid takes a stored message apart. What is not as it should be is left zero; it never fails.
func ReadSaid(raw []byte) Said {
	var members map[string]json.RawMessage
	var s Said
	if json.Unmarshal(raw, &members) != nil {
		return s
	}
	for name, into := range map[string]any{"type": &s.Type, "text": &s.Text, "image": &s.Image, "video": &s.Video, "audio": &s.Audio,
		"document": &s.Document, "sticker": &s.Sticker, "location": &s.Location, "contacts": &s.Contacts, "button": &s.Button,
		"interactive": &s.Interactive, "reaction": &s.Reaction, "order": &s.Order, "system": &s.System, "unsupported": &s.Unsupported,
		"edit": &s.Edit, "context": &s.Context, "referral": &s.Referral, "quote": &s.Quote} {
		if member, has := members[name]; has {
			_ = json.Unmarshal(member, into)
		}
	}
	return s
}

// Reads is what a person reads of the message, on one or more lines; never empty but for a text that is.
func (s Said) Reads() string {
	switch s.Type {
	case "text":
		return s.Text.Body
	case "", "unknown":
		return orElse(s.Text.Body, "A message of an unknown kind")
	case "image", "video", "audio", "document", "sticker", "media_placeholder":
		return s.readsFile()
	case "location":
		return s.Location.reads()
	case "contacts":
		return orElse(joined(", ", each(s.Contacts, func(c SaidContact) string { return c.Name.Formatted })...), "A contact")
	case "button":
		return s.Button.Text
	case "reaction":
		return orElse(s.Reaction.Emoji, "Reaction taken back")
	case "order":
		return s.Order.reads()
	case "system":
		return orElse(s.System.Body, "A change at WhatsApp")
	case "unsupported":
		return joined(": ", "A message that WhatsApp does not pass on", strings.ReplaceAll(s.Unsupported.Type, "_", " "))
	case "edit":
		return ReadSaid(s.Edit.Message).Reads()
	case "revoke":
		return "Deleted"
	case "request_welcome":
		return "Opened the chat"
	}
	return orElse(s.Interactive.reads(), "A message of kind "+s.Type)
}

// file is what is told with the file of the message.
func (s Said) file() SaidFile {
	return map[string]SaidFile{"image": s.Image, "video": s.Video, "audio": s.Audio, "document": s.Document, "sticker": s.Sticker}[s.Type]
}

func (s Said) readsFile() string {
	file := s.file()
	kind := map[string]string{"image": "Photo", "video": "Video", "audio": "Audio", "document": "Document", "sticker": "Sticker"}[s.Type]
	if file.Voice {
		kind = "Voice message"
	}
	return orElse(file.Caption, orElse(file.Filename, orElse(kind, "A file")))
}

func (l SaidLocation) reads() string {
	return orElse(joined(", ", l.Name, l.Address), joined(" ", "Location", joined(", ", l.Latitude.String(), l.Longitude.String())))
}

func (i SaidInteractive) reads() string {
	if i.Form.Name == "address_message" {
		return orElse(joined(", ", i.Form.answers()...), "Address")
	}
	if i.Calls.Response != "" {
		return "Calls: " + i.Calls.Response
	}
	return joined("", i.ButtonReply.Title, i.ListReply.Title, i.Form.Body, string(i.Body))
}

// answers are the words filled into a form, in the order of its fields.
func (f SaidForm) answers() []string {
	root, err := jsonscan.Parse([]byte(f.Response))
	if err != nil {
		return nil
	}
	return textsIn(root)
}

func textsIn(value jsonscan.Value) (words []string) {
	switch value.Kind() {
	case jsonscan.String:
		return []string{textOf(value)}
	case jsonscan.Array:
		for item := range value.Items() {
			words = append(words, textsIn(item)...)
		}
	case jsonscan.Object:
		for key, member := range value.Fields() {
			if !bytes.HasSuffix(key, []byte("_id")) && !bytes.HasSuffix(key, []byte("_token")) {
				words = append(words, textsIn(member)...)
			}
		}
	}
	return words
}

func (o SaidOrder) reads() string {
	n := "Order of " + strconv.Itoa(len(o.Items)) + " products"
	if len(o.Items) == 1 {
		n = "Order of 1 product"
	}
	return joined(": ", n, o.Text)
}

// Searchable are the words of the message that a search finds it by: all that people wrote, no ids of
// Meta's and no words of ours.
func (s Said) Searchable() string {
	words := []string{s.Text.Body, s.file().Caption, s.file().Filename, s.Location.Name, s.Location.Address, s.Button.Text,
		s.Interactive.ButtonReply.Title, s.Interactive.ListReply.Title, s.Interactive.ListReply.Description, string(s.Interactive.Body), s.Order.Text}
	words = append(words, s.Interactive.Form.answers()...)
	for _, c := range s.Contacts {
		words = append(words, c.Name.Formatted, c.Org.Company)
		for _, p := range c.Phones {
			words = append(words, p.Phone)
		}
		for _, e := range c.Emails {
			words = append(words, e.Email)
		}
	}
	for _, item := range s.Order.Items {
		words = append(words, item.Product)
	}
	if s.Referral != nil {
		words = append(words, s.Referral.Headline, s.Referral.Body)
	}
	if len(s.Edit.Message) > 0 {
		words = append(words, ReadSaid(s.Edit.Message).Searchable())
	}
	return joined(" ", words...)
}

func each[T any](list []T, text func(T) string) []string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = text(v)
	}
	return words
}

// joined puts what is not empty together.
func joined(between string, words ...string) string {
	var some []string
	for _, w := range words {
		if w = strings.TrimSpace(w); w != "" {
			some = append(some, w)
		}
	}
	return strings.Join(some, between)
}

func orElse(text, other string) string {
	if text != "" {
		return text
	}
	return other
}
