package whatsappsim

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// shownTemplate is what a template looks like on a phone.
type shownTemplate struct {
	Header  *whatsapp.PreviewHeader `json:"header,omitempty"`
	Offer   string                  `json:"offer,omitempty"`
	Body    string                  `json:"body"`
	Footer  string                  `json:"footer,omitempty"`
	Buttons []shownButton           `json:"buttons,omitempty"`
	Cards   []shownTemplate         `json:"cards,omitempty"`
}

// shownButton is a button with what a tap on it says.
type shownButton struct {
	whatsapp.PreviewButton
	Payload string          `json:"payload,omitempty"`
	Action  json.RawMessage `json:"action,omitempty"` // of a Flow, a catalogue or products
}

// shown draws a template with the values of one send.
func shown(wire whatsapp.Template, given jsonscan.Value) json.RawMessage {
	raw, err := json.Marshal(shownParts(wire.Components, given))
	if err != nil {
		return nil
	}
	return raw
}

func shownParts(parts []whatsapp.Component, given jsonscan.Value) (out shownTemplate) {
	for _, part := range parts {
		switch strings.ToUpper(part.Type) {
		case "HEADER":
			out.Header = shownHeader(part, paramsOf(given, "header"))
		case "BODY":
			out.Body = filledText(orElse(part.Text, "*{{1}}* is your verification code."), paramsOf(given, "body"))
		case "FOOTER":
			if out.Footer = part.Text; out.Footer == "" && part.CodeExpirationMinutes > 0 {
				out.Footer = fmt.Sprintf("This code expires in %d minutes.", part.CodeExpirationMinutes)
			}
		case "LIMITED_TIME_OFFER":
			if part.LimitedTimeOffer != nil {
				out.Offer = part.LimitedTimeOffer.Text
			}
		case "BUTTONS":
			for i, button := range part.Buttons {
				out.Buttons = append(out.Buttons, shownButtonOf(button, buttonParams(given, i)))
			}
		case "CAROUSEL":
			for i, card := range part.Cards {
				out.Cards = append(out.Cards, shownParts(card.Components, cardParts(given, i)))
			}
		}
	}
	return out
}

// paramsOf are the values given for a component.
func paramsOf(given jsonscan.Value, kind string) jsonscan.Value {
	for part := range given.Items() {
		if strings.EqualFold(part.Get("type").Text(), kind) {
			return part.Get("parameters")
		}
	}
	return nil
}

func buttonParams(given jsonscan.Value, index int) jsonscan.Value {
	for part := range given.Items() {
		at, ok := part.Get("index").Int()
		if strings.EqualFold(part.Get("type").Text(), "button") && ok && int(at) == index {
			return part.Get("parameters")
		}
	}
	return nil
}

func cardParts(given jsonscan.Value, index int) jsonscan.Value {
	for part := range given.Items() {
		if !strings.EqualFold(part.Get("type").Text(), "carousel") {
			continue
		}
		for card := range part.Get("cards").Items() {
			if at, ok := card.Get("card_index").Int(); ok && int(at) == index {
				return card.Get("components")
			}
		}
	}
	return nil
}

// filledText puts the values into a text, by their names or by their order.
func filledText(text string, params jsonscan.Value) string {
	var pairs []string
	position := 0
	for item := range params.Items() {
		position++
		name := orElse(item.Get("parameter_name").Text(), fmt.Sprint(position))
		value, refused := textOf("", position, item)
		if refused == nil {
			pairs = append(pairs, "{{"+name+"}}", string(value))
		}
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func shownHeader(part whatsapp.Component, params jsonscan.Value) *whatsapp.PreviewHeader {
	header := &whatsapp.PreviewHeader{Format: strings.ToUpper(orElse(part.Format, "TEXT"))}
	if header.Format == "TEXT" {
		header.Text = filledText(part.Text, params)
		return header
	}
	for item := range params.Items() {
		value := item.Get(item.Get("type").Text())
		header.Media = orElse(value.Get("id").Text(), value.Get("link").Text())
		header.Filename = value.Get("filename").Text()
		header.Name, header.Address = orElse(value.Get("name").Text(), value.Get("product_retailer_id").Text()), value.Get("address").Text()
	}
	return header
}

func shownButtonOf(button whatsapp.Button, params jsonscan.Value) shownButton {
	out := shownButton{PreviewButton: whatsapp.PreviewButton{Type: strings.ToUpper(button.Type), Text: button.Text,
		PhoneNumber: button.PhoneNumber, URL: button.URL}, Payload: button.Text}
	for item := range params.Items() {
		out.URL = strings.ReplaceAll(out.URL, "{{1}}", item.Get("text").Text())
		out.Code = item.Get("coupon_code").Text()
		out.Payload = orElse(item.Get("payload").Text(), out.Payload)
		if action := item.Get("action"); action != nil {
			out.Action = append(json.RawMessage(nil), action...)
		}
	}
	return out
}
