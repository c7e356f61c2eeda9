package template

import (
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Draft is a template as a person writes it.
type Draft struct {
	ChannelID uuid.UUID         `json:"channelId" doc:"A number of the account that shall own the template"`
	Name      string            `json:"name" maxLength:"512" doc:"a-z, 0-9 and _"`
	Language  string            `json:"language" maxLength:"16" doc:"Meta's code, such as en_US or hi"`
	Category  Category          `json:"category" enum:"MARKETING,UTILITY,AUTHENTICATION"`
	Header    *Header           `json:"header,omitempty"`
	Body      string            `json:"body" maxLength:"4096" doc:"Variables as {{1}}, {{2}} or {{first_name}}"`
	Footer    string            `json:"footer,omitempty" maxLength:"1024"`
	Buttons   []Button          `json:"buttons,omitempty" maxItems:"20"`
	Examples  map[string]string `json:"examples,omitempty" doc:"A sample value for each variable of the body, for Meta's reviewers"`
}

// Header is the part above the body.
type Header struct {
	Format  string `json:"format" enum:"TEXT,IMAGE,VIDEO,DOCUMENT,LOCATION"`
	Text    string `json:"text,omitempty" maxLength:"1024" doc:"With at most one variable"`
	Example string `json:"example,omitempty" maxLength:"1024" doc:"A sample value for the variable"`
	Handle  string `json:"handle,omitempty" maxLength:"4096" doc:"Of the uploaded sample, for a media header"`
}

// Button is one button below the message.
type Button struct {
	Type        string `json:"type" enum:"QUICK_REPLY,URL,PHONE_NUMBER,COPY_CODE"`
	Text        string `json:"text,omitempty" maxLength:"256"`
	URL         string `json:"url,omitempty" maxLength:"4096" doc:"May end in {{1}}"`
	PhoneNumber string `json:"phoneNumber,omitempty" maxLength:"64"`
	Example     string `json:"example,omitempty" maxLength:"4096" doc:"The whole URL with a sample value, or the sample code"`
}

// meta writes the draft as Meta takes it.
func (d Draft) meta() whatsapp.Template {
	t := whatsapp.Template{
		Name: strings.TrimSpace(d.Name), Language: normalLanguage(strings.TrimSpace(d.Language)),
		Category: string(d.Category), ParameterFormat: d.format(),
	}
	named := t.ParameterFormat == "NAMED"
	if d.Header != nil {
		t.Components = append(t.Components, d.Header.meta(named))
	}
	t.Components = append(t.Components, d.body(named))
	if d.Footer != "" {
		t.Components = append(t.Components, whatsapp.Component{Type: "FOOTER", Text: d.Footer})
	}
	if len(d.Buttons) > 0 {
		t.Components = append(t.Components, whatsapp.Component{Type: "BUTTONS", Buttons: metaButtons(d.Buttons)})
	}
	return t
}

// format is NAMED as soon as one variable has a name.
func (d Draft) format() string {
	texts := d.Body
	if d.Header != nil {
		texts += " " + d.Header.Text
	}
	for _, name := range whatsapp.Placeholders(texts) {
		if strings.Trim(name, "0123456789") != "" {
			return "NAMED"
		}
	}
	return "POSITIONAL"
}

func (d Draft) body(named bool) whatsapp.Component {
	c := whatsapp.Component{Type: "BODY", Text: d.Body}
	names := whatsapp.Placeholders(d.Body)
	if len(names) == 0 {
		return c
	}
	c.Example = &whatsapp.Example{}
	if named {
		c.Example.BodyTextNamed = namedExamples(names, d.Examples)
		return c
	}
	c.Example.BodyText = whatsapp.BodyExamples{positionalExamples(names, d.Examples)}
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
	case "LOCATION":
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
		m := whatsapp.Button{Type: strings.ToUpper(b.Type), Text: b.Text, URL: b.URL, PhoneNumber: b.PhoneNumber}
		if b.Example != "" {
			m.Example = whatsapp.Strings{b.Example}
		}
		buttons = append(buttons, m)
	}
	return buttons
}
