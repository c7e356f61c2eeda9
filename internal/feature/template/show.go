package template

import (
	"fmt"
	"maps"
	"strings"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// sampleCode stands for the code of an authentication template, which has no example.
const sampleCode = "482913"

// Shown is a template as the screens draw it: the values it takes and a phone's picture of it
// filled with its examples. Problem says why it cannot be drawn or sent, when it cannot.
type Shown struct {
	Slots   []Slot            `json:"slots"`
	Preview *whatsapp.Preview `json:"preview,omitempty"`
	Problem string            `json:"problem,omitempty" doc:"Why this kind of template cannot be drawn or sent"`
}

// Slot is one value the template takes.
type Slot struct {
	Key       string `json:"key" doc:"Its place: body.1, header.media, button.0, carousel.1.body.1"`
	Kind      string `json:"kind" doc:"text, image, video, document, filename, code, url_suffix, payload, number, unix_ms, product, json"`
	Required  bool   `json:"required"`
	Example   string `json:"example,omitempty"`
	MaxLength int    `json:"maxLength,omitempty"`
	Before    string `json:"before,omitempty" doc:"Of a button's web address: the fixed part before the value"`
}

// Show compiles the template and draws it with its examples.
func (s *Service) Show(t Template) Shown {
	compiled, err := s.Compiled(t)
	if err != nil {
		return Shown{Problem: "This template has a part that Aerostic cannot fill yet, so it cannot be sent: " + err.Error() + "."}
	}
	return show(compiled)
}

func show(compiled *whatsapp.Compiled) Shown {
	samples := mediaSamples(compiled.Template().Components, "")
	var out Shown
	var params whatsapp.Params
	for _, slot := range compiled.Slots() {
		example := slot.Example
		if example == "" {
			example = samples[slot.Key]
		}
		out.Slots = append(out.Slots, Slot{slot.Key, string(slot.Kind), slot.Required, example, slot.MaxLen, slot.Before})
		if example == "" && slot.Kind == whatsapp.SlotCode {
			example = sampleCode
		}
		params = append(params, example)
	}
	preview := compiled.Preview(params)
	out.Preview = &preview
	return out
}

// mediaSamples finds the header samples that Meta serves as links, by slot.
func mediaSamples(components []whatsapp.Component, prefix string) map[string]string {
	samples := map[string]string{}
	for _, c := range components {
		if c.Example != nil && len(c.Example.HeaderHandle) > 0 && isLink(c.Example.HeaderHandle[0]) {
			samples[prefix+"header.media"] = c.Example.HeaderHandle[0]
		}
		for i, card := range c.Cards {
			maps.Copy(samples, mediaSamples(card.Components, fmt.Sprintf("%scarousel.%d.", prefix, i)))
		}
	}
	return samples
}

func isLink(text string) bool {
	return strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://")
}
