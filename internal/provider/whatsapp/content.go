package whatsapp

import (
	"encoding/json"
	"slices"
)

// ContentType names a kind of free-form message. The kinds with buttons have Meta's interactive names.
type ContentType string

// The kinds (reference/whatsapp-cloud-api.md sections 1.2 and 1.3).
const (
	TypeText            ContentType = "text"
	TypeImage           ContentType = "image"
	TypeVideo           ContentType = "video"
	TypeAudio           ContentType = "audio"
	TypeDocument        ContentType = "document"
	TypeSticker         ContentType = "sticker"
	TypeLocation        ContentType = "location"
	TypeContacts        ContentType = "contacts"
	TypeReaction        ContentType = "reaction"
	TypeButton          ContentType = "button"
	TypeList            ContentType = "list"
	TypeCTAURL          ContentType = "cta_url"
	TypeFlow            ContentType = "flow"
	TypeLocationRequest ContentType = "location_request_message"
	TypeProduct         ContentType = "product"
	TypeProductList     ContentType = "product_list"
	TypeCatalog         ContentType = "catalog_message"
	TypeCarousel        ContentType = "carousel"
	TypeAddress         ContentType = "address_message"
	TypeContactRequest  ContentType = "request_contact_info"
	TypeOrderDetails    ContentType = "order_details"
)

// ContentTypes are all kinds, as their golden cases are called.
func ContentTypes() []ContentType {
	return []ContentType{
		TypeText, TypeImage, TypeVideo, TypeAudio, TypeDocument, TypeSticker, TypeLocation, TypeContacts, TypeReaction,
		TypeButton, TypeList, TypeCTAURL, TypeFlow, TypeLocationRequest, TypeProduct, TypeProductList, TypeCatalog,
		TypeCarousel, TypeAddress, TypeContactRequest, TypeOrderDetails,
	}
}

// Content is what a free-form message says: the one part that Type names. It goes only inside the
// 24-hour window.
type Content struct {
	Type        ContentType   `json:"type" enum:"text,image,video,audio,document,sticker,location,contacts,reaction,button,list,cta_url,flow,location_request_message,product,product_list,catalog_message,carousel,address_message,request_contact_info,order_details"`
	Text        *TextContent  `json:"text,omitempty"`
	Image       *MediaContent `json:"image,omitempty"`
	Video       *MediaContent `json:"video,omitempty"`
	Audio       *MediaContent `json:"audio,omitempty"`
	Document    *MediaContent `json:"document,omitempty"`
	Sticker     *MediaContent `json:"sticker,omitempty"`
	Location    *Place        `json:"location,omitempty"`
	Contacts    []ContactCard `json:"contacts,omitempty"`
	Reaction    *Reaction     `json:"reaction,omitempty"`
	Interactive *Interactive  `json:"interactive,omitempty" doc:"Of every kind from button to order_details"`
	// Quote is Meta's id of the message that this one answers; empty: none.
	Quote string `json:"quote,omitempty" doc:"WhatsApp's id of the message that this one answers"`
}

// NewText is a plain text whose first link is shown with a preview.
func NewText(body string) *Content {
	return &Content{Type: TypeText, Text: &TextContent{Body: body, PreviewURL: true}}
}

// TextContent is a text of at most 4096 characters.
type TextContent struct {
	Body       string `json:"body"`
	PreviewURL bool   `json:"previewUrl,omitempty" doc:"Show a preview of the first link"`
}

// MediaContent is a file: one of ours, one that Meta has, or one on the web.
type MediaContent struct {
	Upload   string `json:"upload,omitempty" doc:"Id of a file uploaded here; it is given to WhatsApp before the message goes"`
	ID       string `json:"id,omitempty" doc:"WhatsApp's id of a file it has"`
	Link     string `json:"link,omitempty" doc:"Web address of a file that WhatsApp fetches"`
	Caption  string `json:"caption,omitempty"`
	Filename string `json:"filename,omitempty" doc:"Of a document"`
	Voice    bool   `json:"voice,omitempty" doc:"An audio file is shown as a voice note; it must be OGG with Opus"`
}

// Place is a point on the map.
type Place struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Name      string  `json:"name,omitempty"`
	Address   string  `json:"address,omitempty"`
}

// Reaction puts an emoji to a message; an empty one takes it away.
type Reaction struct {
	MessageID string `json:"messageId" doc:"The message reacted to"`
	Emoji     string `json:"emoji" doc:"Empty: take the reaction away"`
}

// Interactive is a message that a person answers by tapping. Which parts it has depends on the kind.
type Interactive struct {
	Header  *Header       `json:"header,omitempty"`
	Body    string        `json:"body,omitempty"`
	Footer  string        `json:"footer,omitempty"`
	Buttons []ReplyButton `json:"buttons,omitempty" doc:"Of kind button: 1 to 3"`
	List    *ReplyList    `json:"list,omitempty"`
	Link    *LinkButton   `json:"link,omitempty" doc:"Of kind cta_url"`
	Flow    *FlowButton   `json:"flow,omitempty"`
	Catalog *CatalogPick  `json:"catalog,omitempty" doc:"Of kinds product, product_list and catalog_message"`
	Cards   []FreeCard    `json:"cards,omitempty" doc:"Of kind carousel: 2 to 10"`
	Address *AddressForm  `json:"address,omitempty" doc:"Of kind address_message"`
	Bill    *Bill         `json:"bill,omitempty" doc:"Of kind order_details: what the person is asked to pay"`
}

// Header is a text or a file above the body.
type Header struct {
	Text     string        `json:"text,omitempty"`
	Image    *MediaContent `json:"image,omitempty"`
	Video    *MediaContent `json:"video,omitempty"`
	Document *MediaContent `json:"document,omitempty"`
}

// ReplyButton comes back as its id and title when it is tapped.
type ReplyButton struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// ReplyList is a menu behind a button.
type ReplyList struct {
	Button   string        `json:"button"`
	Sections []ListSection `json:"sections"`
}

// ListSection is a part of the menu; several need titles.
type ListSection struct {
	Title string    `json:"title,omitempty"`
	Rows  []ListRow `json:"rows"`
}

// ListRow is a choice of the menu.
type ListRow struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
}

// LinkButton opens a web address.
type LinkButton struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// FlowButton opens a Flow of Meta's, by id or by name.
type FlowButton struct {
	ID     string          `json:"id,omitempty"`
	Name   string          `json:"name,omitempty"`
	Label  string          `json:"label"`
	Token  string          `json:"token,omitempty" doc:"Comes back with the answer"`
	Draft  bool            `json:"draft,omitempty" doc:"Open the draft instead of what is published"`
	Screen string          `json:"screen,omitempty" doc:"The first screen; without one the Flow asks its endpoint"`
	Data   json.RawMessage `json:"data,omitempty" doc:"What the first screen shows, an object"`
}

// CatalogPick names products of a catalog.
type CatalogPick struct {
	ID        string           `json:"id,omitempty" doc:"The catalog; of product and product_list"`
	Product   string           `json:"product,omitempty" doc:"Retailer id of the product, or of the catalog's picture"`
	Selection []ProductSection `json:"selection,omitempty" doc:"Of product_list"`
}

// ProductSection is a part of a list of products, by their retailer ids.
type ProductSection struct {
	Title    string   `json:"title,omitempty"`
	Products []string `json:"products"`
}

// FreeCard is a card of a free-form carousel: a file with a link, or a product. All are of one sort.
type FreeCard struct {
	Header  *Header      `json:"header,omitempty"`
	Body    string       `json:"body,omitempty"`
	Link    *LinkButton  `json:"link,omitempty"`
	Catalog *CatalogPick `json:"catalog,omitempty"`
}

// AddressForm asks for an address in India; its members are as Meta names them.
type AddressForm struct {
	Country string            `json:"country" doc:"IN"`
	Values  map[string]string `json:"values,omitempty" doc:"What is filled in already"`
	Errors  map[string]string `json:"errors,omitempty" doc:"What is wrong with an answer, by field"`
}

// UnmarshalJSON also reads a text as it was kept before there were other kinds: {"text": "…"}.
func (t *TextContent) UnmarshalJSON(raw []byte) error {
	type plain TextContent
	if len(raw) > 0 && raw[0] == '"' {
		t.PreviewURL = true
		return json.Unmarshal(raw, &t.Body)
	}
	return json.Unmarshal(raw, (*plain)(t))
}

// ParseContent reads content as it was stored.
func ParseContent(raw []byte) (*Content, error) {
	var c Content
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, err
	}
	if c.Type == "" {
		c.Type = TypeText
	}
	return &c, nil
}

// Interactive says whether people answer the kind by tapping.
func (t ContentType) Interactive() bool {
	return slices.Index(ContentTypes(), t) >= slices.Index(ContentTypes(), TypeButton)
}

// Kind is the type as Meta names it: the kinds with buttons are all interactive.
func (t ContentType) Kind() string {
	if t.Interactive() {
		return "interactive"
	}
	return string(t)
}

// mainMedia is the file that the message is.
func (c *Content) mainMedia() *MediaContent {
	switch c.Type {
	case TypeImage:
		return c.Image
	case TypeVideo:
		return c.Video
	case TypeAudio:
		return c.Audio
	case TypeDocument:
		return c.Document
	case TypeSticker:
		return c.Sticker
	}
	return nil
}

// MediaUse is a file in a message and the kind it is shown as.
type MediaUse struct {
	*MediaContent
	As ContentType // image, video, audio, document or sticker
}

// Media are all files of the message, to be looked at or changed in place.
func (c *Content) Media() (uses []MediaUse) {
	if m := c.mainMedia(); m != nil {
		return []MediaUse{{m, c.Type}}
	}
	if c.Interactive == nil || !c.Type.Interactive() {
		return nil
	}
	uses = c.Interactive.Header.media()
	for _, card := range c.Interactive.Cards {
		uses = append(uses, card.Header.media()...)
	}
	return uses
}

func (h *Header) media() (uses []MediaUse) {
	if h == nil {
		return nil
	}
	for _, use := range []MediaUse{{h.Image, TypeImage}, {h.Video, TypeVideo}, {h.Document, TypeDocument}} {
		if use.MediaContent != nil {
			uses = append(uses, use)
		}
	}
	return uses
}

// Uploads are the files of ours that the message shows, which Meta needs before it is sent.
func (c *Content) Uploads() (ids []string) {
	for _, use := range c.Media() {
		if use.Upload != "" && !slices.Contains(ids, use.Upload) {
			ids = append(ids, use.Upload)
		}
	}
	return ids
}
