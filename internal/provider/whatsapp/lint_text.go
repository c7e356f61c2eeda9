package whatsapp

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lengths Meta allows, in characters.
const (
	maxHeader      = 60
	maxBody        = 1024
	maxOfferBody   = 600
	maxCardBody    = 160
	maxFooter      = 60
	maxButtonText  = 25
	maxOfferText   = 16
	maxButtonURL   = 2000
	maxPhoneDigits = 20
)

func (l *linter) header(part Component, prefix string) {
	place := prefix + "header"
	switch format := strings.ToUpper(part.Format); format {
	case "TEXT", "":
		l.headerText(part, place)
	case "IMAGE", "VIDEO", "DOCUMENT", "GIF":
		if part.Example == nil || len(part.Example.HeaderHandle) == 0 {
			l.add("header.no-sample", place, "Upload a sample of the header's %s: the reviewers look at it.", strings.ToLower(format))
		} else if !strings.HasPrefix(part.Example.HeaderHandle[0], "4:") {
			l.add("header.bad-sample", place, "The header's sample must be uploaded to WhatsApp first.")
		}
		if format == "GIF" {
			l.warn("header.gif", place, "A moving picture is delivered by Meta's Marketing Messages API alone: a short video reaches everybody.")
		}
	case "PRODUCT":
		if !strings.EqualFold(l.t.Category, "MARKETING") {
			l.add("header.product-category", place, "A product belongs to a marketing template.")
		}
	case "LOCATION":
	default:
		l.add("header.unknown", place, "A header is a text, image, video, document or location.")
	}
}

func (l *linter) headerText(part Component, place string) {
	if part.Text == "" {
		l.add("header.empty", place, "The header has no text.")
	}
	if utf8.RuneCountInString(part.Text) > maxHeader {
		l.add("header.too-long", place, "The header has more than %d characters.", maxHeader)
	}
	if strings.ContainsAny(part.Text, "*_~`\n\r") && !onlyInVariables(part.Text) || hasEmoji(part.Text) {
		l.add("header.format", place, "The header has no line breaks, emoji or formatting.")
	}
	names := Placeholders(part.Text)
	if len(names) > 1 {
		l.add("header.too-many-variables", place, "The header has at most one variable.")
	}
	l.variables("header", place, part.Text, names, headerExamples(part.Example))
}

// onlyInVariables: the underscores of {{first_name}} are no formatting.
func onlyInVariables(text string) bool {
	return !strings.ContainsAny(fill(text, func(string) string { return "" }), "*_~`\n\r")
}

func hasEmoji(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.So, r) || r >= 0x1F000 && r <= 0x1FAFF })
}

func (l *linter) body(part Component, prefix string) {
	place := prefix + "body"
	if part.Text == "" {
		if !strings.EqualFold(l.t.Category, "AUTHENTICATION") {
			l.add("body.empty", place, "The body has no text.")
		}
		return
	}
	limit := maxBody
	switch {
	case prefix != "":
		limit = maxCardBody
	case l.has("LIMITED_TIME_OFFER"):
		limit = maxOfferBody
	}
	if utf8.RuneCountInString(part.Text) > limit {
		l.add("body.too-long", place, "The body has more than %d characters.", limit)
	}
	if strings.EqualFold(l.t.Category, "AUTHENTICATION") {
		return
	}
	names := Placeholders(part.Text)
	l.variables("body", place, part.Text, names, bodyExamples(part.Example))
	l.surroundings(place, part.Text, names)
}

// surroundings checks what stands around the body's variables.
func (l *linter) surroundings(place, text string, names []string) {
	trimmed := strings.TrimSpace(text)
	if strings.HasPrefix(trimmed, "{{") || strings.HasSuffix(trimmed, "}}") {
		l.add("body.variable-at-edge", place, "The body must not begin or end with a variable: put words around it.")
	}
	if strings.Contains(strings.Join(strings.Fields(text), ""), "}}{{") {
		l.add("body.adjacent-variables", place, "Two variables stand side by side: put words between them.")
	}
	words := len(strings.Fields(fill(text, func(string) string { return "" })))
	if count := strings.Count(text, "{{"); len(names) > 0 && words < 2*count+1 {
		l.add("body.too-many-variables", place, "The body has too many variables for its length: add words or remove variables.")
	}
	if strings.Contains(text, "\n\n\n") || strings.Contains(text, "     ") {
		l.add("body.spaces", place, "The body has more than two line breaks or four spaces in a row.")
	}
}

// variables checks names, order and examples.
func (l *linter) variables(part, place, text string, names []string, examples map[string]string) {
	if strings.Count(text, "{{") != strings.Count(text, "}}") {
		l.add(part+".braces", place, "A variable's braces do not match: write {{1}} or {{first_name}}.")
	}
	for _, name := range names {
		switch {
		case l.named && !variablePattern.MatchString(name):
			l.add(part+".variable-name", place, "The variable {{%s}} is named with small letters, digits and underscores.", name)
		case !l.named && !isDigits(name):
			l.add(part+".variable-name", place, "The variable {{%s}} is not a number; numbered and named variables do not mix.", name)
		case strings.TrimSpace(examples[name]) == "":
			l.add(part+".no-example", place, "Give an example for {{%s}}: the reviewers read it.", name)
		}
	}
	if !l.named {
		l.sequence(part, place, names)
	}
}

func (l *linter) sequence(part, place string, names []string) {
	for i := range names {
		if !contains(names, strconv.Itoa(i+1)) {
			l.add(part+".variable-gap", place, "Variables are numbered from {{1}} without gaps; {{%d}} is missing.", i+1)
			return
		}
	}
}

func contains(names []string, name string) bool {
	for _, have := range names {
		if have == name {
			return true
		}
	}
	return false
}

func (l *linter) footer(part Component, prefix string) {
	place := prefix + "footer"
	if utf8.RuneCountInString(part.Text) > maxFooter {
		l.add("footer.too-long", place, "The footer has more than %d characters.", maxFooter)
	}
	if strings.Contains(part.Text, "{{") {
		l.add("footer.variable", place, "The footer has no variables.")
	}
	if part.Text == "" && !strings.EqualFold(l.t.Category, "AUTHENTICATION") {
		l.add("footer.empty", place, "The footer has no text.")
	}
}
