package whatsapp

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Severity says whether Meta will refuse the template.
type Severity string

// The severities: Meta refuses errors; warnings are advice.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
)

// Finding is one broken rule of a template.
type Finding struct {
	// Rule is stable: "body.too-long".
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	// Place is where: "name", "header", "body", "button 2", "card 1, body".
	Place string `json:"place"`
	// Sentence is for the author.
	Sentence string `json:"sentence"`
}

// Lint checks a template against Meta's rules before it is submitted. An empty result
// means we know nothing against it; Meta's reviewers may still.
func Lint(t Template) []Finding {
	l := &linter{t: t, named: isNamed(t)}
	l.identity()
	l.shape()
	for _, part := range t.Components {
		l.part(part, "")
	}
	l.special()
	l.risk()
	return l.findings
}

// linter collects the findings of one template.
type linter struct {
	t        Template
	named    bool
	findings []Finding
}

func (l *linter) add(rule, place, sentence string, args ...any) {
	l.findings = append(l.findings, Finding{rule, SeverityError, place, fmt.Sprintf(sentence, args...)})
}

func (l *linter) warn(rule, place, sentence string, args ...any) {
	l.findings = append(l.findings, Finding{rule, SeverityWarning, place, fmt.Sprintf(sentence, args...)})
}

var (
	namePattern     = regexp.MustCompile(`^[a-z0-9_]{1,512}$`)
	variablePattern = regexp.MustCompile(`^[a-z_][a-z0-9_]*$`)
)

func (l *linter) identity() {
	if !namePattern.MatchString(l.t.Name) {
		l.add("name.format", "name", "A name has 1 to 512 small letters, digits and underscores.")
	}
	if !slices.Contains(Languages, l.t.Language) {
		l.add("language.unknown", "language", "WhatsApp has no language %q.", l.t.Language)
	}
	switch strings.ToUpper(l.t.Category) {
	case "MARKETING", "UTILITY", "AUTHENTICATION":
	default:
		l.add("category.unknown", "category", "The category is Marketing, Utility or Authentication.")
	}
	switch strings.ToUpper(l.t.ParameterFormat) {
	case "", "POSITIONAL", "NAMED":
	default:
		l.add("format.unknown", "format", "Variables are positional or named.")
	}
}

// shape checks which components there are, and how many of each.
func (l *linter) shape() {
	seen := map[string]int{}
	for _, part := range l.t.Components {
		kind := strings.ToUpper(part.Type)
		if seen[kind]++; seen[kind] == 2 {
			l.add("component.twice", strings.ToLower(kind), "A template has at most one %s.", strings.ToLower(kind))
		}
	}
	if seen["BODY"] == 0 {
		l.add("body.missing", "body", "A template needs a body.")
	}
	if strings.EqualFold(l.t.Category, "MARKETING") && !l.offersStop() {
		l.warn("marketing.no-opt-out", "footer", "Give people a way to stop: a quick reply “Stop promotions”, or “Reply STOP” in the footer. It protects your number's quality.")
	}
}

func (l *linter) offersStop() bool {
	for _, part := range l.t.Components {
		if strings.EqualFold(part.Type, "FOOTER") && part.Text != "" {
			return true
		}
		for _, button := range part.Buttons {
			if strings.EqualFold(button.Type, "QUICK_REPLY") {
				return true
			}
		}
	}
	return false
}

func (l *linter) part(part Component, prefix string) {
	switch strings.ToUpper(part.Type) {
	case "HEADER":
		l.header(part, prefix)
	case "BODY":
		l.body(part, prefix)
	case "FOOTER":
		l.footer(part, prefix)
	case "BUTTONS":
		l.buttons(part.Buttons, prefix)
	case "CAROUSEL":
		l.carousel(part)
	case "LIMITED_TIME_OFFER":
		l.offer(part)
	default:
		l.add("component.unknown", prefix+strings.ToLower(part.Type), "WhatsApp knows no component %q.", part.Type)
	}
}

// special checks what one kind of template allows as a whole.
func (l *linter) special() {
	if strings.EqualFold(l.t.Category, "AUTHENTICATION") {
		l.authentication()
	}
	if l.has("LIMITED_TIME_OFFER") {
		l.offerShape()
	}
	if ttl := l.t.TTLSeconds; ttl != 0 && ttl != -1 {
		l.ttl(ttl)
	}
}

func (l *linter) has(kind string) bool {
	return hasPart(l.t.Components, kind)
}

var ttlRanges = map[string][2]int{"AUTHENTICATION": {30, 900}, "UTILITY": {30, 43200}, "MARKETING": {43200, 2592000}}

func (l *linter) ttl(ttl int) {
	bounds := ttlRanges[strings.ToUpper(l.t.Category)]
	if ttl < bounds[0] || ttl > bounds[1] {
		l.add("ttl.range", "time to live", "The time to live of this category is %d to %d seconds.", bounds[0], bounds[1])
	}
}

func (l *linter) authentication() {
	for _, part := range l.t.Components {
		switch kind := strings.ToUpper(part.Type); kind {
		case "HEADER", "CAROUSEL", "LIMITED_TIME_OFFER":
			l.add("authentication.extra", strings.ToLower(part.Type), "An authentication template has a fixed text, no %s.", strings.ToLower(part.Type))
		case "BODY", "FOOTER":
			if part.Text != "" {
				l.add("authentication.text", strings.ToLower(part.Type), "Meta writes the text of an authentication template: leave it out.")
			}
			if m := part.CodeExpirationMinutes; m != 0 && (m < 1 || m > 90) {
				l.add("authentication.expiry", "footer", "A code expires after 1 to 90 minutes.")
			}
		case "BUTTONS":
			if len(part.Buttons) != 1 {
				l.add("authentication.button-count", "buttons", "An authentication template has its one-time password button alone.")
			}
		}
	}
	if !l.hasButton("OTP") {
		l.add("authentication.button", "buttons", "An authentication template needs its one-time password button.")
	}
}

func (l *linter) hasButton(kind string) bool {
	for _, part := range l.t.Components {
		for _, button := range part.Buttons {
			if strings.EqualFold(button.Type, kind) {
				return true
			}
		}
	}
	return false
}

// Languages are the codes Meta knows.
var Languages = strings.Fields(`af sq ar ar_EG ar_AE ar_LB ar_MA ar_QA az be_BY bn bn_IN bg ca zh_CN zh_HK zh_TW hr cs da
	prs_AF nl nl_BE en en_GB en_US en_AE en_AU en_CA en_GH en_IE en_IN en_JM en_MY en_NZ en_QA en_SG en_UG en_ZA et fil fi
	fr fr_BE fr_CA fr_CH fr_CI fr_MA ka de de_AT de_CH el gu ha he hi hu id ga it ja kn kk rw_RW ko ky_KG lo lv lt mk ms ml
	mr nb ps_AF fa pl pt_BR pt_PT pa ro ru sr si_LK sk sl es es_AR es_CL es_CO es_CR es_DO es_EC es_HN es_MX es_PA es_PE
	es_ES es_UY sw sv ta te th tr uk ur uz vi zu`)
