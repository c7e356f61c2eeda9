package web

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// mostPlaces is how many things wrong are named at once: a list of a million bad items must not
// cost a million sentences.
const mostPlaces = 50

// fromHuma words huma's refusal of an input. The value that was refused stays out: it may be a
// password.
func (a *API) fromHuma(m *huma.ErrorModel) Problem {
	p := Problem{Status: m.Status, Kind: string(fault.KindInvalid), Detail: "Some values are missing or not right."}
	switch m.Status {
	case http.StatusRequestEntityTooLarge:
		p.Kind, p.Detail = string(fault.KindTooLarge), "The request is larger than allowed here."
	case http.StatusRequestTimeout:
		p.Kind, p.Detail = string(fault.KindUnavailable), "The request arrived too slowly. Try again."
	case http.StatusBadRequest:
		p.Detail = "The request body is missing or is not JSON."
	case http.StatusInternalServerError:
		p = internalProblem()
		return p
	}
	for _, detail := range m.Errors[:min(len(m.Errors), mostPlaces)] {
		if detail != nil {
			p.Errors = append(p.Errors, place(a.words, detail))
		}
	}
	return p
}

// wording maps huma's messages to sentences for people; the rest are shown as they are.
type wording struct {
	pattern *regexp.Regexp
	write   func(match []string) string
}

func plain(sentence string) func([]string) string {
	return func([]string) string { return sentence }
}

func wordings() []wording {
	return []wording{
		{regexp.MustCompile(`^expected length >= 1$`), plain("Fill this in.")},
		{regexp.MustCompile(`^expected length >= (\d+)$`), func(m []string) string { return "Use at least " + m[1] + " characters." }},
		{regexp.MustCompile(`^expected length <= (\d+)$`), func(m []string) string { return "Use at most " + m[1] + " characters." }},
		{regexp.MustCompile(`^expected string to be RFC 5322 email`), plain("This is not an email address.")},
		{regexp.MustCompile(`^expected string to be RFC 4122 uuid`), plain("This is not an id.")},
		{regexp.MustCompile(`^expected string to be RFC 3986 uri`), plain("This is not a web address.")},
		{regexp.MustCompile(`^expected string to be RFC 3339 date-time`), plain("This is not a time such as 2026-10-05T14:00:00Z.")},
		{regexp.MustCompile(`^expected number >= (.+)$`), func(m []string) string { return "Use " + m[1] + " or more." }},
		{regexp.MustCompile(`^expected number <= (.+)$`), func(m []string) string { return "Use " + m[1] + " or less." }},
		{regexp.MustCompile(`^expected array length >= (\d+)$`), func(m []string) string { return "Give at least " + m[1] + "." }},
		{regexp.MustCompile(`^expected array length <= (\d+)$`), func(m []string) string { return "Give at most " + m[1] + "." }},
		{regexp.MustCompile(`^expected value to be one of "(.*)"$`), func(m []string) string { return "Use one of: " + m[1] + "." }},
		{regexp.MustCompile(`^required (?:query|header|path|cookie|form) parameter is missing$`), plain("This is missing.")},
		{regexp.MustCompile(`^unexpected property$`), plain("This field is not known here.")},
	}
}

func place(words []wording, d *huma.ErrorDetail) Place {
	if name, ok := strings.CutPrefix(d.Message, "expected required property "); ok {
		name = strings.TrimSuffix(name, " to be present")
		return Place{Location: strings.TrimPrefix(d.Location+"."+name, "."), Message: "This is missing."}
	}
	for _, w := range words {
		if match := w.pattern.FindStringSubmatch(d.Message); match != nil {
			return Place{Location: d.Location, Message: w.write(match)}
		}
	}
	return Place{Location: d.Location, Message: d.Message}
}
