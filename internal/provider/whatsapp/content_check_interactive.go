package whatsapp

import (
	"encoding/json"
	"fmt"
	"strings"
)

// interactiveShape is what Meta takes around the action of one kind.
type interactiveShape struct {
	header   string // the kinds of header, "" for none
	needHead bool
	body     int  // the longest text
	bodyless bool // it may be missing
	footless bool
}

const anyHeader = "text image video document"

// shape is of a kind; the zero one has a body alone.
func (t ContentType) shape() interactiveShape {
	switch t {
	case TypeButton, TypeCTAURL, TypeFlow, TypeAddress:
		return interactiveShape{header: anyHeader, body: 1024}
	case TypeList:
		return interactiveShape{header: "text", body: 4096}
	case TypeProductList:
		return interactiveShape{header: "text", needHead: true, body: 1024}
	case TypeProduct:
		return interactiveShape{body: 1024, bodyless: true}
	case TypeCatalog:
		return interactiveShape{body: 1024}
	case TypeOrderDetails:
		return interactiveShape{header: "image", body: 1024}
	}
	return interactiveShape{body: 1024, footless: true}
}

const partOf = "interactive."

func (k *checker) interactive(kind ContentType, i *Interactive) {
	if k.missing("interactive", i == nil) {
		return
	}
	shape := kind.shape()
	k.header(partOf+"header", shape, i.Header)
	low := 1
	if shape.bodyless {
		low = 0
	}
	k.length(partOf+"body", i.Body, low, shape.body)
	k.length(partOf+"footer", i.Footer, 0, 60)
	k.absent(partOf+"footer", i.Footer != "" && shape.footless)
	k.action(kind, i)
}

func (k *checker) header(place string, shape interactiveShape, h *Header) {
	if h == nil {
		if shape.needHead {
			k.missing(place, true)
		}
		return
	}
	uses := h.media()
	if len(uses) > 1 || len(uses) == 1 && h.Text != "" {
		k.say(place, "A header is a text or one file.")
		return
	}
	for _, use := range uses {
		k.absent(place+"."+string(use.As), !strings.Contains(shape.header, string(use.As)))
		k.media(place+"."+string(use.As), use.As, use.MediaContent)
		k.absent(place+"."+string(use.As)+".caption", use.Caption != "")
		return
	}
	k.absent(place, !strings.Contains(shape.header, "text"))
	k.length(place+".text", h.Text, 1, 60)
}

func (k *checker) action(kind ContentType, i *Interactive) {
	switch kind {
	case TypeButton:
		k.buttons(i.Buttons)
	case TypeList:
		k.list(i.List)
	case TypeCTAURL:
		k.link(partOf+"link", i.Link)
	case TypeFlow:
		k.flow(i.Flow)
	case TypeProduct:
		k.product(partOf+"catalog", i.Catalog)
	case TypeProductList:
		k.products(i.Catalog)
	case TypeCarousel:
		k.cards(i.Cards)
	case TypeAddress:
		k.address(i.Address)
	case TypeOrderDetails:
		k.bill(i.Bill)
	}
}

// once refuses a value that came before.
func (k *checker) once(seen map[string]bool, place, value string) {
	if value != "" && seen[value] {
		k.say(place, "Another one is the same; each must be different.")
	}
	seen[value] = true
}

func (k *checker) buttons(list []ReplyButton) {
	k.count(partOf+"buttons", "buttons", len(list), 1, 3)
	ids, titles := map[string]bool{}, map[string]bool{}
	for n, b := range list {
		place := fmt.Sprintf("%sbuttons[%d]", partOf, n)
		k.length(place+".id", b.ID, 1, 256)
		k.length(place+".title", b.Title, 1, 20)
		k.once(ids, place+".id", b.ID)
		k.once(titles, place+".title", b.Title)
	}
}

func (k *checker) list(l *ReplyList) {
	if k.missing(partOf+"list", l == nil) {
		return
	}
	k.length(partOf+"list.button", l.Button, 1, 20)
	k.count(partOf+"list.sections", "sections", len(l.Sections), 1, 10)
	rows, ids := 0, map[string]bool{}
	for n, section := range l.Sections {
		place := fmt.Sprintf("%slist.sections[%d]", partOf, n)
		k.sectionTitle(place, section.Title, len(l.Sections))
		rows += len(section.Rows)
		k.count(place+".rows", "rows", len(section.Rows), 1, 10)
		for m, row := range section.Rows {
			k.row(fmt.Sprintf("%s.rows[%d]", place, m), row, ids)
		}
	}
	if rows > 10 {
		k.say(partOf+"list.sections", fmt.Sprintf("WhatsApp takes at most 10 rows in all sections together; these are %d.", rows))
	}
}

// sectionTitle is needed where there are several.
func (k *checker) sectionTitle(place, title string, sections int) {
	low := 0
	if sections > 1 {
		low = 1
	}
	k.length(place+".title", title, low, 24)
}

func (k *checker) row(place string, row ListRow, ids map[string]bool) {
	k.length(place+".id", row.ID, 1, 200)
	k.length(place+".title", row.Title, 1, 24)
	k.length(place+".description", row.Description, 0, 72)
	k.once(ids, place+".id", row.ID)
}

func (k *checker) link(place string, l *LinkButton) {
	if !k.missing(place, l == nil) {
		k.length(place+".text", l.Text, 1, 20)
		k.web(place+".url", l.URL)
	}
}

func (k *checker) flow(f *FlowButton) {
	if k.missing(partOf+"flow", f == nil) {
		return
	}
	k.length(partOf+"flow.label", f.Label, 1, 30)
	if hasEmoji(f.Label) {
		k.say(partOf+"flow.label", "WhatsApp takes no emoji here.")
	}
	if (f.ID == "") == (f.Name == "") {
		k.say(partOf+"flow", "Give the Flow's id or its name.")
	}
	var data map[string]any
	if len(f.Data) > 0 && json.Unmarshal(f.Data, &data) != nil {
		k.say(partOf+"flow.data", "This is an object of the first screen's values.")
	}
	k.absent(partOf+"flow.data", len(f.Data) > 0 && f.Screen == "")
}

func (k *checker) product(place string, p *CatalogPick) {
	if !k.missing(place, p == nil) {
		k.length(place+".id", p.ID, 1, 100)
		k.length(place+".product", p.Product, 1, 100)
	}
}

func (k *checker) products(p *CatalogPick) {
	if k.missing(partOf+"catalog", p == nil) {
		return
	}
	k.length(partOf+"catalog.id", p.ID, 1, 100)
	k.count(partOf+"catalog.selection", "sections", len(p.Selection), 1, 10)
	products := 0
	for n, section := range p.Selection {
		place := fmt.Sprintf("%scatalog.selection[%d]", partOf, n)
		k.sectionTitle(place, section.Title, len(p.Selection))
		products += len(section.Products)
		k.count(place+".products", "products", len(section.Products), 1, 30)
		for m, id := range section.Products {
			k.length(fmt.Sprintf("%s.products[%d]", place, m), id, 1, 100)
		}
	}
	if products > 30 {
		k.say(partOf+"catalog.selection", fmt.Sprintf("WhatsApp takes at most 30 products in all sections together; these are %d.", products))
	}
}

func (k *checker) cards(list []FreeCard) {
	k.count(partOf+"cards", "cards", len(list), 2, 10)
	for n, card := range list {
		place := fmt.Sprintf("%scards[%d]", partOf, n)
		if (card.Catalog != nil) != (list[0].Catalog != nil) {
			k.say(place, "All cards are of one sort: products, or files with links.")
		}
		k.card(place, card)
	}
}

func (k *checker) card(place string, card FreeCard) {
	if card.Catalog != nil {
		k.product(place+".catalog", card.Catalog)
		k.absent(place+".link", card.Link != nil)
		return
	}
	k.header(place+".header", interactiveShape{header: "image video", needHead: true}, card.Header)
	k.length(place+".body", card.Body, 0, 160)
	k.link(place+".link", card.Link)
}

func (k *checker) address(a *AddressForm) {
	if !k.missing(partOf+"address", a == nil) && a.Country != "IN" {
		k.say(partOf+"address.country", "WhatsApp asks for addresses in India alone: IN.")
	}
}
