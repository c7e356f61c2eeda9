package template

import (
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
		refusal = refusal.At("body."+f.Place, f.Sentence)
	}
	if refusal == nil {
		return nil
	}
	return refusal
}
