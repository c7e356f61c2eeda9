package template

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// meta writes the draft as Meta takes it.
func (d Draft) meta() whatsapp.Template {
	t := whatsapp.Template{
		Name: strings.TrimSpace(d.Name), Language: normalLanguage(strings.TrimSpace(d.Language)),
		Category: string(d.Category), ParameterFormat: d.format(), TTLSeconds: d.TTLSeconds,
	}
	named := t.ParameterFormat == "NAMED"
	t.Components = part{d.Header, d.Body, d.Examples, nil}.meta(named)
	if d.Category == Authentication {
		t.Components = d.codeParts()
	}
	if d.Offer != nil {
		line := whatsapp.Component{Type: "LIMITED_TIME_OFFER", LimitedTimeOffer: &whatsapp.LimitedTimeOffer{Text: d.Offer.Text, HasExpiration: d.Offer.Expires}}
		body := len(t.Components) - 1
		t.Components = slices.Insert(t.Components, body, line)
	}
	if d.Footer != "" {
		t.Components = append(t.Components, whatsapp.Component{Type: "FOOTER", Text: d.Footer})
	}
	if len(d.Buttons) > 0 {
		t.Components = append(t.Components, whatsapp.Component{Type: "BUTTONS", Buttons: metaButtons(d.Buttons)})
	}
	if len(d.Cards) > 0 {
		t.Components = append(t.Components, carousel(d.Cards, named))
	}
	return t
}

// codeParts are the parts of an authentication template, whose text Meta writes. What was written
// beside them stays, for the linter to refuse.
func (d Draft) codeParts() []whatsapp.Component {
	var code Code
	if d.Code != nil {
		code = *d.Code
	}
	parts := part{d.Header, d.Body, d.Examples, nil}.meta(false)
	parts[len(parts)-1].AddSecurityRecommendation = code.Security
	if code.ExpiresMinutes != 0 {
		parts = append(parts, whatsapp.Component{Type: "FOOTER", CodeExpirationMinutes: code.ExpiresMinutes})
	}
	return parts
}

// part is what the whole template and each card have alike.
type part struct {
	header   *Header
	body     string
	examples map[string]string
	buttons  []Button
}

func (p part) meta(named bool) (parts []whatsapp.Component) {
	if p.header != nil {
		parts = append(parts, p.header.meta(named))
	}
	parts = append(parts, p.metaBody(named))
	if len(p.buttons) > 0 {
		parts = append(parts, whatsapp.Component{Type: "BUTTONS", Buttons: metaButtons(p.buttons)})
	}
	return parts
}

func carousel(cards []Card, named bool) whatsapp.Component {
	c := whatsapp.Component{Type: "CAROUSEL"}
	for _, card := range cards {
		parts := part{card.Header, card.Body, card.Examples, card.Buttons}.meta(named)
		if card.Body == "" {
			parts = withoutBody(parts)
		}
		c.Cards = append(c.Cards, whatsapp.Card{Components: parts})
	}
	return c
}

// withoutBody: a card need not have a text.
func withoutBody(parts []whatsapp.Component) (kept []whatsapp.Component) {
	for _, p := range parts {
		if p.Type != "BODY" {
			kept = append(kept, p)
		}
	}
	return kept
}

func cardKey(index int) string { return fmt.Sprintf("carousel.%d.", index) }

// format is NAMED as soon as one variable has a name.
func (d Draft) format() string {
	texts := d.Body
	if d.Header != nil {
		texts += " " + d.Header.Text
	}
	for _, card := range d.Cards {
		texts += " " + card.Body
	}
	for _, name := range whatsapp.Placeholders(texts) {
		if strings.Trim(name, "0123456789") != "" {
			return "NAMED"
		}
	}
	return "POSITIONAL"
}

func (p part) metaBody(named bool) whatsapp.Component {
	c := whatsapp.Component{Type: "BODY", Text: p.body}
	names := whatsapp.Placeholders(p.body)
	if len(names) == 0 {
		return c
	}
	c.Example = &whatsapp.Example{}
	if named {
		c.Example.BodyTextNamed = namedExamples(names, p.examples)
		return c
	}
	c.Example.BodyText = whatsapp.BodyExamples{positionalExamples(names, p.examples)}
	return c
}

// positionalExamples are ordered by number, not by appearance.
func positionalExamples(names []string, examples map[string]string) []string {
	row := make([]string, 0, len(names))
	for i := range names {
		row = append(row, examples[strconv.Itoa(i+1)])
	}
	return row
}

func namedExamples(names []string, examples map[string]string) []whatsapp.NamedExample {
	list := make([]whatsapp.NamedExample, 0, len(names))
	for _, name := range names {
		list = append(list, whatsapp.NamedExample{Name: name, Example: examples[name]})
	}
	return list
}

func (h Header) meta(named bool) whatsapp.Component {
	c := whatsapp.Component{Type: "HEADER", Format: strings.ToUpper(h.Format)}
	switch c.Format {
	case "TEXT":
		c.Text = h.Text
		if names := whatsapp.Placeholders(h.Text); len(names) > 0 {
			c.Example = headerExample(names[0], h.Example, named)
		}
	case "LOCATION", "PRODUCT":
	default:
		if h.Handle != "" {
			c.Example = &whatsapp.Example{HeaderHandle: []string{h.Handle}}
		}
	}
	return c
}

func headerExample(name, example string, named bool) *whatsapp.Example {
	if named {
		return &whatsapp.Example{HeaderTextNamed: []whatsapp.NamedExample{{Name: name, Example: example}}}
	}
	return &whatsapp.Example{HeaderText: []string{example}}
}

func metaButtons(list []Button) []whatsapp.Button {
	buttons := make([]whatsapp.Button, 0, len(list))
	for _, b := range list {
		buttons = append(buttons, b.meta())
	}
	return buttons
}

func (b Button) meta() whatsapp.Button {
	m := whatsapp.Button{
		Type: strings.ToUpper(b.Type), Text: b.Text, URL: b.URL, PhoneNumber: b.PhoneNumber,
		FlowID: whatsapp.LooseString(b.FlowID), NavigateScreen: b.FlowScreen,
		OTPType: b.OTPType, AutofillText: b.AutofillText, ZeroTapTerms: b.ZeroTapTerms,
	}
	if b.Example != "" {
		m.Example = whatsapp.Strings{b.Example}
	}
	if m.Type == "FLOW" {
		m.FlowAction = "data_exchange"
		if b.FlowScreen != "" {
			m.FlowAction = "navigate"
		}
	}
	for _, app := range b.Apps {
		m.SupportedApps = append(m.SupportedApps, whatsapp.OTPApp(app))
	}
	return m
}
