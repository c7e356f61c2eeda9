package whatsapp

import (
	"fmt"
	"strings"
)

// Preview is what the person's phone will show.
type Preview struct {
	Header *PreviewHeader `json:"header,omitempty"`
	// Offer is the text of a limited-time offer.
	Offer   string          `json:"offer,omitempty"`
	Body    string          `json:"body"`
	Footer  string          `json:"footer,omitempty"`
	Buttons []PreviewButton `json:"buttons,omitempty"`
	Cards   []Preview       `json:"cards,omitempty"`
}

// PreviewHeader is a text, a media (id or link), a place or a product.
type PreviewHeader struct {
	// Format is TEXT, IMAGE, VIDEO, DOCUMENT, LOCATION or PRODUCT.
	Format   string `json:"format"`
	Text     string `json:"text,omitempty"`
	Media    string `json:"media,omitempty"`
	Filename string `json:"filename,omitempty"`
	Name     string `json:"name,omitempty"`
	Address  string `json:"address,omitempty"`
}

// PreviewButton is a button with its final target.
type PreviewButton struct {
	Type        string `json:"type"`
	Text        string `json:"text"`
	URL         string `json:"url,omitempty"`
	PhoneNumber string `json:"phoneNumber,omitempty"`
	Code        string `json:"code,omitempty"`
}

// Preview fills the template's texts. A place without a value keeps its braces.
func (c *Compiled) Preview(params Params) Preview {
	return c.previewOf(c.template.Components, "", params)
}

func (c *Compiled) previewOf(components []Component, prefix string, params Params) Preview {
	var out Preview
	for _, part := range components {
		switch strings.ToUpper(part.Type) {
		case "HEADER":
			out.Header = c.previewHeader(part, prefix+"header.", params)
		case "BODY":
			out.Body = c.fillText(c.bodyText(part), prefix+"body.", params)
		case "FOOTER":
			out.Footer = footerText(part)
		case "BUTTONS":
			out.Buttons = c.previewButtons(part.Buttons, prefix, params)
		case "LIMITED_TIME_OFFER":
			if part.LimitedTimeOffer != nil {
				out.Offer = part.LimitedTimeOffer.Text
			}
		case "CAROUSEL":
			for i, card := range part.Cards {
				out.Cards = append(out.Cards, c.previewOf(card.Components, fmt.Sprintf("%scarousel.%d.", prefix, i), params))
			}
		}
	}
	return out
}

// The fixed texts of an authentication template, as Meta words them in English; a template that
// Meta lists has them in its own language.
const (
	codeText     = "*{{1}}* is your verification code."
	codeSecurity = " For your security, do not share this code."
	codeExpiry   = "This code expires in %d minutes."
)

func (c *Compiled) bodyText(part Component) string {
	if part.Text != "" || !strings.EqualFold(c.template.Category, "AUTHENTICATION") {
		return part.Text
	}
	if part.AddSecurityRecommendation {
		return codeText + codeSecurity
	}
	return codeText
}

func footerText(part Component) string {
	if part.Text == "" && part.CodeExpirationMinutes > 0 {
		return fmt.Sprintf(codeExpiry, part.CodeExpirationMinutes)
	}
	return part.Text
}

func (c *Compiled) previewHeader(part Component, prefix string, params Params) *PreviewHeader {
	header := &PreviewHeader{Format: strings.ToUpper(part.Format)}
	if header.Format == "" {
		header.Format = "TEXT"
	}
	header.Text = c.fillText(part.Text, prefix, params)
	header.Media = c.value(prefix+"media", params)
	header.Filename = c.value(prefix+"filename", params)
	if header.Format == "LOCATION" {
		header.Name, header.Address = c.value(prefix+"name", params), c.value(prefix+"address", params)
	}
	return header
}

func (c *Compiled) previewButtons(buttons []Button, prefix string, params Params) []PreviewButton {
	out := make([]PreviewButton, 0, len(buttons))
	for i, button := range buttons {
		value := c.value(fmt.Sprintf("%sbutton.%d", prefix, i), params)
		shown := PreviewButton{Type: strings.ToUpper(button.Type), Text: button.Text, PhoneNumber: button.PhoneNumber}
		shown.URL = fill(button.URL, func(name string) string {
			if value == "" {
				return "{{" + name + "}}"
			}
			return value
		})
		if shown.Type == "COPY_CODE" {
			shown.Code = value
		}
		out = append(out, shown)
	}
	return out
}

func (c *Compiled) value(key string, params Params) string {
	if index, ok := c.byKey[key]; ok && index < len(params) {
		return params[index]
	}
	return ""
}
