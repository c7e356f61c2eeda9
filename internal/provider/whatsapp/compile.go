package whatsapp

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// Compiled is a template made ready for sending: the fixed parts of its JSON are rendered,
// the values have places. It is read-only and may be shared.
type Compiled struct {
	template Template
	named    bool
	head     []byte
	groups   []group
	slots    []Slot
	byKey    map[string]int
	lengths  []lengthRule
}

// group is one component of the send: header, body, one button, the carousel or one card.
type group struct {
	open, close string
	params      []param
	cards       []group
	always      bool
}

// param is one JSON object whose fields come from slots.
type param struct {
	open, close string
	fields      []field
}

// field writes one slot under a key; an empty slot takes the fallback, or is left out.
type field struct {
	key      string
	slot     int
	encoding encoding
	fallback string
}

type encoding uint8

const (
	asString encoding = iota
	asRaw
	asMedia
)

// lengthRule bounds a text after its values are filled in (132005).
type lengthRule struct {
	prefix, text string
	max          int
}

// CompileTemplate prepares a synced template. It fails, naming the component, for a type
// Meta may add that we cannot fill yet.
func CompileTemplate(t Template) (*Compiled, error) {
	c := &Compiled{template: t, named: isNamed(t), byKey: map[string]int{}}
	head := append([]byte(`"type":"template","template":{"name":`), jsonscan.AppendString(nil, t.Name)...)
	head = append(head, `,"language":{"code":`...)
	c.head = append(jsonscan.AppendString(head, t.Language), '}')
	groups, err := c.compileAll(t.Components, "")
	if err != nil {
		return nil, fmt.Errorf("compile template %s: %w", t.Name, err)
	}
	c.groups = groups
	return c, nil
}

// Slots lists the values the template takes, in the order of Params.
func (c *Compiled) Slots() []Slot { return append([]Slot(nil), c.slots...) }

// Template gives back what was compiled.
func (c *Compiled) Template() Template { return c.template }

// isNamed guesses where the format is not given: a mixture counts as positional, so that
// lint names the odd one.
func isNamed(t Template) bool {
	if t.ParameterFormat != "" {
		return strings.EqualFold(t.ParameterFormat, "NAMED")
	}
	named := false
	for _, component := range t.Components {
		for _, name := range Placeholders(component.Text) {
			if isDigits(name) {
				return false
			}
			named = true
		}
	}
	return named
}

func (c *Compiled) compileAll(components []Component, prefix string) ([]group, error) {
	var groups []group
	for _, component := range components {
		made, err := c.compileOne(component, prefix)
		if err != nil {
			return nil, err
		}
		groups = append(groups, made...)
	}
	return groups, nil
}

func (c *Compiled) compileOne(component Component, prefix string) ([]group, error) {
	switch strings.ToUpper(component.Type) {
	case "HEADER":
		return c.compileHeader(component, prefix)
	case "BODY":
		return c.compileBody(component, prefix), nil
	case "FOOTER":
		return nil, nil
	case "BUTTONS":
		return c.compileButtons(component.Buttons, prefix)
	case "LIMITED_TIME_OFFER":
		return c.compileOffer(component, prefix), nil
	case "CAROUSEL":
		return c.compileCarousel(component, prefix)
	default:
		return nil, fmt.Errorf("component type %q is not known", component.Type)
	}
}

// slot declares a value, or finds the one of the same key: an OTP's code is used twice.
func (c *Compiled) slot(s Slot) int {
	if index, ok := c.byKey[s.Key]; ok {
		return index
	}
	c.byKey[s.Key] = len(c.slots)
	c.slots = append(c.slots, s)
	return len(c.slots) - 1
}

func component(kind string, params ...param) group {
	return group{open: `{"type":"` + kind + `","parameters":[`, close: "]}", params: params}
}

func (c *Compiled) compileHeader(h Component, prefix string) ([]group, error) {
	key, format := prefix+"header.", strings.ToUpper(h.Format)
	if format == "TEXT" || format == "" {
		return c.textGroup("header", h.Text, key, headerExamples(h.Example), SlotText), nil
	}
	make, known := headerParams[format]
	if !known {
		return nil, fmt.Errorf("header format %q is not known", h.Format)
	}
	return []group{component("header", make(c, format, key))}, nil
}

// headerParams has one entry per header format beside the text.
var headerParams = map[string]func(c *Compiled, format, key string) param{
	"IMAGE":    (*Compiled).mediaParam,
	"VIDEO":    (*Compiled).mediaParam,
	"GIF":      (*Compiled).mediaParam,
	"DOCUMENT": (*Compiled).mediaParam,
	"LOCATION": (*Compiled).locationParam,
	"PRODUCT":  (*Compiled).productParam,
}

var mediaSlots = map[string]SlotKind{"IMAGE": SlotImage, "VIDEO": SlotVideo, "GIF": SlotVideo, "DOCUMENT": SlotDocument}

func (c *Compiled) mediaParam(format, key string) param {
	kind := mediaSlots[format]
	fields := []field{{slot: c.slot(Slot{Key: key + "media", Kind: kind, Required: true}), encoding: asMedia}}
	if kind == SlotDocument {
		name := c.slot(Slot{Key: key + "filename", Kind: SlotFilename, MaxLen: 240})
		fields = append(fields, field{key: `"filename":`, slot: name})
	}
	wire := strings.ToLower(format)
	return param{open: `{"type":"` + wire + `","` + wire + `":{`, close: "}}", fields: fields}
}

func (c *Compiled) locationParam(_, key string) param {
	p := param{open: `{"type":"location","location":{`, close: "}}"}
	for _, name := range []string{"latitude", "longitude", "name", "address"} {
		s := Slot{Key: key + name, Kind: SlotText, Required: true}
		if name == "latitude" || name == "longitude" {
			s.Kind = SlotNumber
		}
		p.fields = append(p.fields, field{key: `"` + name + `":`, slot: c.slot(s)})
	}
	return p
}

func (c *Compiled) productParam(_, key string) param {
	return param{open: `{"type":"product","product":{`, close: "}}", fields: []field{
		{key: `"product_retailer_id":`, slot: c.slot(Slot{Key: key + "product_retailer_id", Kind: SlotProduct, Required: true})},
		{key: `"catalog_id":`, slot: c.slot(Slot{Key: key + "catalog_id", Kind: SlotProduct, Required: true})},
	}}
}

func (c *Compiled) compileBody(b Component, prefix string) []group {
	kind, limit := SlotText, maxBody
	if strings.EqualFold(c.template.Category, "AUTHENTICATION") {
		kind = SlotCode
	}
	switch {
	case prefix != "":
		limit = maxCardBody
	case hasPart(c.template.Components, "LIMITED_TIME_OFFER"):
		limit = maxOfferBody
	}
	c.lengths = append(c.lengths, lengthRule{prefix: prefix + "body.", text: b.Text, max: limit})
	groups := c.textGroup("body", b.Text, prefix+"body.", bodyExamples(b.Example), kind)
	if groups == nil && kind == SlotCode {
		groups = []group{component("body", c.textParam("1", prefix+"body.", "", kind))}
	}
	return groups
}

func (c *Compiled) textGroup(kind, text, key string, examples map[string]string, slot SlotKind) []group {
	names := Placeholders(text)
	if len(names) == 0 {
		return nil
	}
	if !c.named {
		sort.SliceStable(names, func(i, j int) bool { return number(names[i]) < number(names[j]) })
	}
	g := component(kind)
	for _, name := range names {
		g.params = append(g.params, c.textParam(name, key, examples[name], slot))
	}
	return []group{g}
}

func number(name string) int {
	n, _ := strconv.Atoi(name)
	return n
}

func (c *Compiled) textParam(name, key, example string, kind SlotKind) param {
	s := Slot{Key: key + name, Kind: kind, Required: true, Example: example}
	if kind == SlotCode {
		s.MaxLen = 15
	}
	open := `{"type":"text",`
	if c.named {
		open += `"parameter_name":` + string(jsonscan.AppendString(nil, name)) + ","
	}
	return param{open: open, close: "}", fields: []field{{key: `"text":`, slot: c.slot(s)}}}
}

func headerExamples(e *Example) map[string]string {
	if e == nil {
		return nil
	}
	return examplesByName(e.HeaderText, e.HeaderTextNamed)
}

func bodyExamples(e *Example) map[string]string {
	if e == nil {
		return nil
	}
	var row []string
	if len(e.BodyText) > 0 {
		row = e.BodyText[0]
	}
	return examplesByName(row, e.BodyTextNamed)
}

func examplesByName(row []string, named []NamedExample) map[string]string {
	byName := make(map[string]string, len(row)+len(named))
	for i, example := range row {
		byName[strconv.Itoa(i+1)] = example
	}
	for _, example := range named {
		byName[example.Name] = example.Example
	}
	return byName
}

func (c *Compiled) compileOffer(o Component, prefix string) []group {
	if o.LimitedTimeOffer != nil && !o.LimitedTimeOffer.HasExpiration {
		return nil
	}
	expires := c.slot(Slot{Key: prefix + "limited_time_offer.expires_at", Kind: SlotTime, Required: true})
	return []group{component("limited_time_offer", param{
		open: `{"type":"limited_time_offer","limited_time_offer":{`, close: "}}",
		fields: []field{{key: `"expiration_time_ms":`, slot: expires, encoding: asRaw}},
	})}
}

func hasPart(parts []Component, kind string) bool {
	return slices.ContainsFunc(parts, func(part Component) bool { return strings.EqualFold(part.Type, kind) })
}

func (c *Compiled) compileCarousel(component Component, prefix string) ([]group, error) {
	carousel := group{open: `{"type":"carousel","cards":[`, close: "]}", always: true}
	for i, card := range component.Cards {
		groups, err := c.compileAll(card.Components, fmt.Sprintf("%scarousel.%d.", prefix, i))
		if err != nil {
			return nil, fmt.Errorf("card %d: %w", i+1, err)
		}
		carousel.cards = append(carousel.cards, group{
			open: fmt.Sprintf(`{"card_index":%d,"components":[`, i), close: "]}", cards: groups, always: true})
	}
	return []group{carousel}, nil
}
