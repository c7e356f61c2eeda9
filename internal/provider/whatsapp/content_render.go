package whatsapp

import (
	"encoding/json"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// AppendJSON appends the body of a send. The content must have passed Validate and its files be at
// Meta: one of ours that is not is left out, which Meta refuses. callbackData comes back in every status.
func (c *Content) AppendJSON(dst []byte, to Address, callbackData string) ([]byte, error) {
	part, err := json.Marshal(c.part(callbackData))
	if err != nil {
		return dst, err
	}
	kind := c.Type.Kind()
	dst = appendEnvelope(dst, to, callbackData)
	if c.Quote != "" && c.Type != TypeReaction {
		dst = jsonscan.AppendString(append(dst, `"context":{"message_id":`...), c.Quote)
		dst = append(dst, `},`...)
	}
	dst = jsonscan.AppendString(append(dst, `"type":`...), kind)
	dst = jsonscan.AppendString(append(dst, ','), kind)
	return append(append(append(dst, ':'), part...), '}'), nil
}

// object is a JSON object on its way to Meta.
type object = map[string]any

// part is the member of the body that is named as its type.
func (c *Content) part(callbackData string) any {
	switch {
	case c.Type == TypeOrderDetails:
		return c.interactive(c.Interactive.Bill.action(BillReference(callbackData)))
	case c.Type.Interactive():
		return c.interactive(c.Interactive.action(c.Type))
	case c.Type == TypeText:
		return c.Text.part()
	case c.Type == TypeLocation:
		return c.Location
	case c.Type == TypeContacts:
		return c.Contacts
	case c.Type == TypeReaction:
		return object{"message_id": c.Reaction.MessageID, "emoji": c.Reaction.Emoji}
	}
	return c.mainMedia().part()
}

func (t *TextContent) part() object {
	out := object{"body": t.Body}
	if t.PreviewURL {
		out["preview_url"] = true
	}
	return out
}

func (m *MediaContent) part() object {
	out := object{}
	set(out, "id", m.ID)
	if m.ID == "" {
		set(out, "link", m.Link)
	}
	set(out, "caption", m.Caption)
	set(out, "filename", m.Filename)
	if m.Voice {
		out["voice"] = true
	}
	return out
}

// set adds a member that has a value.
func set(o object, key, value string) {
	if value != "" {
		o[key] = value
	}
}

func text(value string) object { return object{"text": value} }

func (c *Content) interactive(action object) object {
	i := c.Interactive
	out := object{"type": c.Type, "action": action}
	if i.Header != nil {
		out["header"] = i.Header.part()
	}
	if i.Body != "" {
		out["body"] = text(i.Body)
	}
	if i.Footer != "" {
		out["footer"] = text(i.Footer)
	}
	return out
}

func (h *Header) part() object {
	for _, use := range h.media() {
		return object{"type": use.As, string(use.As): use.part()}
	}
	return object{"type": "text", "text": h.Text}
}

// action is what the kind's tapping does.
func (i *Interactive) action(kind ContentType) object {
	switch kind {
	case TypeButton:
		return buttonAction(i.Buttons)
	case TypeList:
		return object{"button": i.List.Button, "sections": i.List.Sections}
	case TypeCTAURL:
		return i.Link.action()
	case TypeFlow:
		return object{"name": "flow", "parameters": i.Flow.parameters()}
	case TypeProduct:
		return i.Catalog.product()
	case TypeProductList:
		return object{"catalog_id": i.Catalog.ID, "sections": i.Catalog.sections()}
	case TypeCatalog:
		return i.Catalog.whole()
	case TypeCarousel:
		return object{"cards": cards(i.Cards)}
	case TypeAddress:
		return object{"name": "address_message", "parameters": i.Address.parameters()}
	case TypeLocationRequest:
		return object{"name": "send_location"}
	}
	return object{"name": kind}
}

func buttonAction(buttons []ReplyButton) object {
	list := make([]object, len(buttons))
	for n, b := range buttons {
		list[n] = object{"type": "reply", "reply": b}
	}
	return object{"buttons": list}
}

func (l *LinkButton) action() object {
	return object{"name": "cta_url", "parameters": object{"display_text": l.Text, "url": l.URL}}
}

func (f *FlowButton) parameters() object {
	out := object{"flow_message_version": "3", "flow_cta": f.Label, "mode": "published", "flow_action": "data_exchange"}
	set(out, "flow_id", f.ID)
	set(out, "flow_name", f.Name)
	set(out, "flow_token", f.Token)
	if f.Draft {
		out["mode"] = "draft"
	}
	if f.Screen != "" {
		payload := object{"screen": f.Screen}
		if len(f.Data) > 0 {
			payload["data"] = f.Data
		}
		out["flow_action"], out["flow_action_payload"] = "navigate", payload
	}
	return out
}

func (p *CatalogPick) product() object {
	return object{"catalog_id": p.ID, "product_retailer_id": p.Product}
}

// whole is the catalog with the picture of one product, or of its first.
func (p *CatalogPick) whole() object {
	out := object{"name": "catalog_message"}
	if p != nil && p.Product != "" {
		out["parameters"] = object{"thumbnail_product_retailer_id": p.Product}
	}
	return out
}

func (p *CatalogPick) sections() []object {
	list := make([]object, len(p.Selection))
	for n, s := range p.Selection {
		items := make([]object, len(s.Products))
		for k, id := range s.Products {
			items[k] = object{"product_retailer_id": id}
		}
		list[n] = object{"product_items": items}
		set(list[n], "title", s.Title)
	}
	return list
}

func cards(list []FreeCard) []object {
	out := make([]object, len(list))
	for n, card := range list {
		out[n] = card.part(n)
	}
	return out
}

func (c FreeCard) part(index int) object {
	if c.Catalog != nil {
		return object{"card_index": index, "type": "product", "action": c.Catalog.product()}
	}
	out := object{"card_index": index, "type": "cta_url", "action": c.Link.action(), "header": c.Header.part()}
	if c.Body != "" {
		out["body"] = text(c.Body)
	}
	return out
}

func (a *AddressForm) parameters() object {
	out := object{"country": a.Country}
	if len(a.Values) > 0 {
		out["values"] = a.Values
	}
	if len(a.Errors) > 0 {
		out["validation_errors"] = a.Errors
	}
	return out
}
