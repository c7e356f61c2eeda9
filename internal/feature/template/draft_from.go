package template

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// DraftOf writes a template as a person would have written it, to be edited or copied. What Meta
// keeps of a header's sample cannot be submitted again; our own copy of the sample can. It returns
// false for a template with a part that a draft has no place for.
func DraftOf(t Template) (Draft, bool) {
	m, err := t.Meta()
	if err != nil {
		return Draft{}, false
	}
	d := Draft{Name: t.Name, Language: t.Language, Category: t.Category}
	if t.TTLSeconds != nil {
		d.TTLSeconds = *t.TTLSeconds
	}
	known := true
	for _, c := range m.Components {
		known = d.take(c) && known
	}
	if d.Category == Authentication {
		d.asCode()
	}
	for slot, header := range d.headers() {
		if id, ok := t.Samples[slot]; ok {
			header.SampleID = &id
		}
	}
	return d, known
}

// take reads one part; false for a kind it does not know.
func (d *Draft) take(c whatsapp.Component) bool {
	switch strings.ToUpper(c.Type) {
	case "HEADER":
		d.Header = headerOf(c)
	case "BODY":
		d.Body, d.Examples = c.Text, bodyExamplesOf(c)
		if c.AddSecurityRecommendation {
			d.code().Security = true
		}
	case "FOOTER":
		d.Footer = c.Text
		if c.CodeExpirationMinutes > 0 {
			d.code().ExpiresMinutes = c.CodeExpirationMinutes
		}
	case "BUTTONS":
		d.Buttons = buttonsOf(c.Buttons)
	case "LIMITED_TIME_OFFER":
		d.Offer = &Offer{}
		if o := c.LimitedTimeOffer; o != nil {
			*d.Offer = Offer{o.Text, o.HasExpiration}
		}
	case "CAROUSEL":
		for _, card := range c.Cards {
			d.Cards = append(d.Cards, cardOf(card))
		}
	default:
		return false
	}
	return true
}

func (d *Draft) code() *Code {
	if d.Code == nil {
		d.Code = &Code{}
	}
	return d.Code
}

// asCode drops the texts that Meta wrote and reads its stored button back as what it was.
func (d *Draft) asCode() {
	d.code()
	d.Body, d.Footer, d.Examples = "", "", nil
	for i := range d.Buttons {
		if b := &d.Buttons[i]; b.Type == "URL" {
			*b = Button{Type: "OTP", Text: b.Text, OTPType: otpTypeOf(b.URL), Apps: b.Apps, AutofillText: b.AutofillText}
		}
	}
}

// otpTypeOf reads the kind of code button from the link that Meta keeps it as.
func otpTypeOf(link string) string {
	plain, _, _ := strings.Cut(link, "{{")
	parsed, err := url.Parse(plain)
	if err != nil {
		return "COPY_CODE"
	}
	return or(strings.ToUpper(parsed.Query().Get("otp_type")), "COPY_CODE")
}

func headerOf(c whatsapp.Component) *Header {
	h := &Header{Format: or(strings.ToUpper(c.Format), "TEXT"), Text: c.Text}
	if e := c.Example; e != nil {
		switch {
		case len(e.HeaderText) > 0:
			h.Example = e.HeaderText[0]
		case len(e.HeaderTextNamed) > 0:
			h.Example = e.HeaderTextNamed[0].Example
		case len(e.HeaderHandle) > 0 && !isLink(e.HeaderHandle[0]):
			h.Handle = e.HeaderHandle[0]
		}
	}
	return h
}

func bodyExamplesOf(c whatsapp.Component) map[string]string {
	if c.Example == nil {
		return nil
	}
	examples := map[string]string{}
	if len(c.Example.BodyText) > 0 {
		for i, example := range c.Example.BodyText[0] {
			examples[strconv.Itoa(i+1)] = example
		}
	}
	for _, named := range c.Example.BodyTextNamed {
		examples[named.Name] = named.Example
	}
	return examples
}

func cardOf(card whatsapp.Card) (c Card) {
	for _, p := range card.Components {
		switch strings.ToUpper(p.Type) {
		case "HEADER":
			c.Header = headerOf(p)
		case "BODY":
			c.Body, c.Examples = p.Text, bodyExamplesOf(p)
		case "BUTTONS":
			c.Buttons = buttonsOf(p.Buttons)
		}
	}
	return c
}

func buttonsOf(list []whatsapp.Button) []Button {
	buttons := make([]Button, 0, len(list))
	for _, m := range list {
		b := Button{
			Type: strings.ToUpper(m.Type), Text: m.Text, URL: m.URL, PhoneNumber: m.PhoneNumber,
			FlowID: string(m.FlowID), FlowScreen: m.NavigateScreen, OTPType: m.OTPType,
			AutofillText: m.AutofillText, ZeroTapTerms: m.ZeroTapTerms,
		}
		if len(m.Example) > 0 {
			b.Example = m.Example[0]
		}
		for _, app := range m.SupportedApps {
			b.Apps = append(b.Apps, OTPApp(app))
		}
		buttons = append(buttons, b)
	}
	return buttons
}

// Samples are the blobs of a template's header samples, by slot.
type Samples map[string]uuid.UUID

// json writes them for the database: never null.
func (s Samples) json() string {
	if len(s) == 0 {
		return "{}"
	}
	raw, err := json.Marshal(s)
	if err != nil {
		return "{}" // a map of strings is always written
	}
	return string(raw)
}
