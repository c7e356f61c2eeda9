package template

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Lint checks a draft against Meta's rules, before Meta is asked.
func Lint(d Draft) []whatsapp.Finding { return whatsapp.Lint(d.meta()) }

// ShowDraft draws a draft with its examples; Problem says why it cannot be drawn.
func ShowDraft(d Draft) Shown {
	compiled, err := whatsapp.CompileTemplate(d.meta())
	if err != nil {
		return Shown{Problem: "This draft cannot be drawn: " + err.Error() + "."}
	}
	return show(compiled)
}

// refuse turns the errors among the findings into one fault with their places; nil when there
// is none. Warnings refuse nothing.
func refuse(findings []whatsapp.Finding) error {
	var refusal *fault.Error
	for _, f := range findings {
		if f.Severity != whatsapp.SeverityError {
			continue
		}
		if refusal == nil {
			refusal = fault.Invalid("Meta would refuse this template: " + f.Sentence).WithCode(f.Rule)
		}
		refusal = refusal.At(fieldOf(f.Place), f.Sentence)
	}
	if refusal == nil {
		return nil
	}
	return refusal
}

// fieldOf writes a finding's place as the request's field: "card 1, button 2" is
// body.cards[0].buttons[1].
func fieldOf(place string) string {
	field := "body"
	for name := range strings.SplitSeq(place, ", ") {
		field += "." + fieldNamed(name)
	}
	return field
}

func fieldNamed(name string) string {
	for _, list := range []string{"button", "card"} {
		if n, err := strconv.Atoi(strings.TrimPrefix(name, list+" ")); err == nil {
			return fmt.Sprintf("%ss[%d]", list, n-1)
		}
	}
	switch name {
	case "time to live":
		return "ttlSeconds"
	case "carousel":
		return "cards"
	}
	return name
}
