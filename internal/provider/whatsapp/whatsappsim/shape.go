package whatsappsim

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// shape is what a template demands of a send, worked out once.
type shape struct {
	named   bool
	otp     bool
	offer   bool
	header  string // "", "text", "image", "video", "gif", "document", "location", "product"
	headers []string
	bodies  []string
	body    int // characters of the body's fixed text
	limit   int // characters the filled body may have
	buttons []buttonShape
	cards   []*shape
}

// buttonShape is one button; needs is the sub_type whose parameter must be there, takes
// the one that may.
type buttonShape struct {
	kind  string
	takes string
	needs bool
}

func shapeOf(t *whatsapp.Template) *shape {
	s := shapeOfParts(t.Components, t)
	s.otp = strings.EqualFold(t.Category, "AUTHENTICATION")
	if s.otp && len(s.bodies) == 0 {
		s.bodies = []string{"1"}
	}
	return s
}

func shapeOfParts(parts []whatsapp.Component, t *whatsapp.Template) *shape {
	s := &shape{named: strings.EqualFold(t.ParameterFormat, "NAMED"), limit: 1024}
	for _, part := range parts {
		switch strings.ToUpper(part.Type) {
		case "HEADER":
			s.header = strings.ToLower(part.Format)
			s.headers = whatsapp.Placeholders(part.Text)
		case "BODY":
			s.bodies = whatsapp.Placeholders(part.Text)
			s.body = fixedLength(part.Text)
		case "BUTTONS":
			for _, button := range part.Buttons {
				s.buttons = append(s.buttons, shapeOfButton(button, t.Category))
			}
		case "LIMITED_TIME_OFFER":
			s.limit = 600
			s.offer = part.LimitedTimeOffer != nil && part.LimitedTimeOffer.HasExpiration
		case "CAROUSEL":
			for _, card := range part.Cards {
				made := shapeOfParts(card.Components, t)
				made.limit = 160
				s.cards = append(s.cards, made)
			}
		}
	}
	return s
}

// fixedLength counts a text's characters without its variables.
func fixedLength(text string) int {
	n := utf8.RuneCountInString(text)
	for rest := text; ; {
		_, after, opened := strings.Cut(rest, "{{")
		name, tail, closed := strings.Cut(after, "}}")
		if !opened || !closed {
			return n
		}
		n -= utf8.RuneCountInString(name) + len("{{}}")
		rest = tail
	}
}

func shapeOfButton(b whatsapp.Button, category string) buttonShape {
	kind := strings.ToUpper(b.Type)
	switch kind {
	case "QUICK_REPLY":
		return buttonShape{kind: kind, takes: "quick_reply"}
	case "OTP":
		return buttonShape{kind: kind, takes: "url", needs: true}
	case "URL":
		if strings.Contains(b.URL, "{{") || strings.EqualFold(category, "AUTHENTICATION") {
			return buttonShape{kind: kind, takes: "url", needs: true}
		}
	case "COPY_CODE":
		return buttonShape{kind: kind, takes: "copy_code", needs: true}
	case "FLOW":
		return buttonShape{kind: kind, takes: "flow"}
	case "CATALOG":
		return buttonShape{kind: kind, takes: "catalog"}
	case "MPM":
		return buttonShape{kind: kind, takes: "mpm", needs: true}
	}
	return buttonShape{kind: kind}
}

// filled says which parts of a template a send brought.
type filled struct {
	header, body, offer, carousel bool
	buttons                       uint32
}

func (s *Sim) checkComponents(from *number, want *shape, components jsonscan.Value) *metaError {
	var got filled
	for part := range components.Items() {
		if refused := s.checkComponent(from, want, part, &got); refused != nil {
			return refused
		}
	}
	switch {
	case !got.header && want.header != "" && (want.header != "text" || len(want.headers) > 0):
		if want.header == "text" {
			return countMismatch("header", 0, len(want.headers))
		}
		return formatMismatch("header", want.header, "UNKNOWN")
	case !got.body && len(want.bodies) > 0:
		return countMismatch("body", 0, len(want.bodies))
	case !got.offer && want.offer:
		return missing("limited_time_offer: expiration_time_ms is required")
	case !got.carousel && len(want.cards) > 0:
		return countMismatch("carousel", 0, len(want.cards))
	}
	for i, button := range want.buttons {
		if button.needs && got.buttons&(1<<i) == 0 {
			return missing(fmt.Sprintf("buttons: Button at index %d of type %s requires a parameter", i, button.kind))
		}
	}
	return nil
}

func (s *Sim) checkComponent(from *number, want *shape, part jsonscan.Value, got *filled) *metaError {
	var kind, params, subType, index, cards jsonscan.Value
	for key, value := range part.Fields() {
		switch string(key) {
		case "type":
			kind = value
		case "parameters":
			params = value
		case "sub_type":
			subType = value
		case "index":
			index = value
		case "cards":
			cards = value
		}
	}
	switch name := strings.ToLower(string(kind.Bytes())); name {
	case "header":
		got.header = true
		return s.checkHeader(from, want, params)
	case "body":
		got.body = true
		return checkTexts("body", params, want.bodies, want.named, want.limit-want.body)
	case "button":
		return checkButton(want, subType, index, params, got)
	case "limited_time_offer":
		got.offer = true
		return checkOffer(params)
	case "carousel":
		got.carousel = true
		return s.checkCards(from, want, cards)
	default:
		return param("Param template['components'] has an unknown type " + name)
	}
}

func (s *Sim) checkCards(from *number, want *shape, cards jsonscan.Value) *metaError {
	given := 0
	for card := range cards.Items() {
		index, ok := card.Get("card_index").Int()
		if !ok || index < 0 || int(index) >= len(want.cards) {
			return countMismatch("carousel", cards.Len(), len(want.cards))
		}
		if refused := s.checkComponents(from, want.cards[index], card.Get("components")); refused != nil {
			return refused
		}
		given++
	}
	if given != len(want.cards) {
		return countMismatch("carousel", given, len(want.cards))
	}
	return nil
}

func (s *Sim) checkHeader(from *number, want *shape, params jsonscan.Value) *metaError {
	if want.header == "text" || want.header == "" {
		return checkTexts("header", params, want.headers, want.named, 60)
	}
	if params.Len() != 1 {
		return countMismatch("header", params.Len(), 1)
	}
	for item := range params.Items() {
		kind := strings.ToLower(string(item.Get("type").Bytes()))
		if kind != want.header {
			return formatMismatch("header", want.header, strings.ToUpper(kind))
		}
		return s.checkHeaderValue(from, kind, item.Get(kind))
	}
	return nil
}

func (s *Sim) checkHeaderValue(from *number, kind string, value jsonscan.Value) *metaError {
	switch kind {
	case "image", "video", "gif", "document":
		return s.checkMedia(from, value)
	case "location":
		return needs("header: location", value, "latitude", "longitude", "name", "address")
	case "product":
		return needs("header: product", value, "product_retailer_id", "catalog_id")
	}
	return nil
}

// needs refuses an object that lacks one of its fields.
func needs(what string, value jsonscan.Value, fields ...string) *metaError {
	for _, field := range fields {
		if value.Get(field) == nil {
			return missing(what + " needs " + field)
		}
	}
	return nil
}

func countMismatch(place string, got, want int) *metaError {
	return fail(400, 132000, "Number of parameters does not match the expected number of params",
		fmt.Sprintf("%s: number of localizable_params (%d) does not match the expected number of params (%d)", place, got, want))
}

func formatMismatch(place, want, got string) *metaError {
	return fail(400, 132012, "Parameter format does not match format in the created template",
		place+": Format mismatch, expected "+strings.ToUpper(want)+", received "+got)
}

func missing(details string) *metaError {
	return fail(400, 131008, "Required parameter is missing", details)
}

func checkButton(want *shape, subType, index, params jsonscan.Value, got *filled) *metaError {
	at, ok := index.Int()
	if !ok || at < 0 || int(at) >= len(want.buttons) || at > 31 {
		return countMismatch("buttons", int(at)+1, len(want.buttons))
	}
	button := want.buttons[at]
	sub := strings.ToLower(string(subType.Bytes()))
	if button.takes == "" {
		return fail(400, 132000, "Number of parameters does not match the expected number of params",
			"buttons: Button at index "+strconv.Itoa(int(at))+" of type "+button.kind+" takes no parameter")
	}
	if sub != button.takes {
		return formatMismatch("buttons", button.takes, strings.ToUpper(sub))
	}
	got.buttons |= 1 << at
	return checkButtonValue(button, int(at), params)
}

var buttonValues = map[string]string{"quick_reply": "payload", "url": "text", "copy_code": "coupon_code", "flow": "action", "catalog": "action", "mpm": "action"}

func checkButtonValue(button buttonShape, at int, params jsonscan.Value) *metaError {
	for item := range params.Items() {
		field := buttonValues[button.takes]
		value := item.Get(field)
		if field != "action" && len(value.Bytes()) == 0 || value == nil {
			return missing(fmt.Sprintf("buttons: Button at index %d needs %s", at, field))
		}
		if button.takes == "copy_code" && longer(value.Bytes(), 20) || button.takes == "url" && longer(value.Bytes(), 2000) {
			return fail(400, 132005, "Translated text too long", fmt.Sprintf("buttons: value of button %d is too long", at))
		}
		if button.takes == "mpm" {
			return checkProducts(at, value)
		}
		return nil
	}
	if button.needs {
		return missing(fmt.Sprintf("buttons: Button at index %d of type %s requires a parameter", at, button.kind))
	}
	return nil
}

// checkProducts: at most 30 products in at most 10 sections, and one for the picture.
func checkProducts(at int, action jsonscan.Value) *metaError {
	what := fmt.Sprintf("buttons: Button at index %d", at)
	if refused := needs(what, action, "thumbnail_product_retailer_id", "sections"); refused != nil {
		return refused
	}
	products, sections := 0, action.Get("sections")
	for section := range sections.Items() {
		products += section.Get("product_items").Len()
	}
	if n := sections.Len(); n < 1 || n > 10 || products < 1 || products > 30 {
		return fail(400, 131009, "Parameter value is not valid", what+" takes 1 to 30 products in 1 to 10 sections")
	}
	return nil
}

func checkOffer(params jsonscan.Value) *metaError {
	for item := range params.Items() {
		if _, ok := item.Get("limited_time_offer").Get("expiration_time_ms").Int(); ok {
			return nil
		}
	}
	return missing("limited_time_offer: expiration_time_ms is required")
}

// checkTexts compares the values of a text with its variables; spare is how many characters
// they may have together.
func checkTexts(place string, params jsonscan.Value, names []string, named bool, spare int) *metaError {
	given := 0
	for item := range params.Items() {
		text, refused := textOf(place, given, item)
		if refused != nil {
			return refused
		}
		if refused := checkValue(place, given, text); refused != nil {
			return refused
		}
		if named && !contains(names, item.Get("parameter_name").Bytes()) {
			return param("Invalid parameter: parameter_name is missing or not part of the template")
		}
		if spare -= utf8.RuneCount(text); spare < 0 {
			return fail(400, 132005, "Translated text too long", place+": the hydrated text is too long")
		}
		given++
	}
	if given != len(names) {
		return countMismatch(place, given, len(names))
	}
	return nil
}

func textOf(place string, at int, item jsonscan.Value) ([]byte, *metaError) {
	switch string(item.Get("type").Bytes()) {
	case "text":
		return item.Get("text").Bytes(), nil
	case "currency":
		return item.Get("currency").Get("fallback_value").Bytes(), nil
	case "date_time":
		return item.Get("date_time").Get("fallback_value").Bytes(), nil
	default:
		return nil, formatMismatch(fmt.Sprintf("%s: Parameter at index %d", place, at), "TEXT", "UNKNOWN")
	}
}

func contains(names []string, name []byte) bool {
	for _, have := range names {
		if have == string(name) {
			return true
		}
	}
	return false
}

// checkValue refuses what cannot stand in a template's text.
func checkValue(place string, at int, text []byte) *metaError {
	if len(text) == 0 {
		return missing(fmt.Sprintf("%s: Parameter of type text at index %d is missing text value", place, at))
	}
	spaces := 0
	for _, c := range text {
		if spaces++; c != ' ' {
			spaces = 0
		}
		if c == '\n' || c == '\t' || c == '\r' || spaces > 4 {
			return fail(400, 132018, "Template parameter is invalid",
				place+": Param text cannot have new-line/tab characters or more than 4 consecutive spaces")
		}
	}
	return nil
}
