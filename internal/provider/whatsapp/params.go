package whatsapp

import (
	"encoding/json"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SlotKind is what a template's value is.
type SlotKind string

// The kinds of values.
const (
	SlotText     SlotKind = "text"
	SlotImage    SlotKind = "image"
	SlotVideo    SlotKind = "video"
	SlotDocument SlotKind = "document"
	SlotFilename SlotKind = "filename"
	SlotCode     SlotKind = "code"
	SlotURL      SlotKind = "url_suffix"
	SlotPayload  SlotKind = "payload"
	SlotNumber   SlotKind = "number"
	SlotTime     SlotKind = "unix_ms"
	SlotProduct  SlotKind = "product"
	SlotJSON     SlotKind = "json"
)

// Slot is one value a compiled template takes.
type Slot struct {
	// Key names the place: "body.1", "body.first_name", "header.media", "button.0",
	// "carousel.1.body.1".
	Key  string
	Kind SlotKind
	// Required: sending without it is refused.
	Required bool
	// Example is what the template's author gave as a sample, "" when nothing.
	Example string
	// Before is the fixed part of a web address that the value ends, "" for other kinds.
	Before string
	// MaxLen is the longest value in characters, 0 for no limit of its own.
	MaxLen int
}

// Params holds one value per slot, in the order of Slots. A media value is a media id or
// an http(s) link. "" means not given.
type Params []string

// ParamProblem says what is wrong with a value.
type ParamProblem string

// The problems.
const (
	ParamMissing ParamProblem = "missing"
	ParamUnknown ParamProblem = "unknown"
	ParamTooLong ParamProblem = "too_long"
	ParamInvalid ParamProblem = "invalid"
)

// ParamError names the place of a wrong value.
type ParamError struct {
	// Key is the slot's key, or the key nobody asked for.
	Key     string
	Problem ParamProblem
	// Sentence is for the user.
	Sentence string
}

// Error gives the sentence.
func (e *ParamError) Error() string { return e.Sentence }

// Sanitise makes a value Meta accepts: every run of white space becomes one space, none
// stays at the ends. Meta refuses line breaks, tabs and long runs of spaces (132018).
func Sanitise(value string) string {
	if isClean(value) {
		return value
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(value, "\ufffd")), " ")
}

func isClean(value string) bool {
	gap := true
	for _, r := range value {
		space := unicode.IsSpace(r)
		if r == utf8.RuneError || space && (gap || r != ' ') {
			return false
		}
		gap = space
	}
	return !gap || value == ""
}

// Bind orders named values by the template's slots, sanitises them and checks them.
// The error is a *ParamError that names the place.
func (c *Compiled) Bind(values map[string]string) (Params, error) {
	params := make(Params, len(c.slots))
	used := 0
	for i, slot := range c.slots {
		if value, ok := values[slot.Key]; ok {
			params[i] = cleanFor(slot.Kind, value)
			used++
		}
	}
	if used != len(values) {
		return nil, c.unknownKey(values)
	}
	return params, c.Check(params)
}

func cleanFor(kind SlotKind, value string) string {
	if kind == SlotJSON {
		return strings.TrimSpace(value)
	}
	return Sanitise(value)
}

func (c *Compiled) unknownKey(values map[string]string) error {
	known := make(map[string]bool, len(c.slots))
	for _, slot := range c.slots {
		known[slot.Key] = true
	}
	var extra []string
	for key := range values {
		if !known[key] {
			extra = append(extra, key)
		}
	}
	sort.Strings(extra)
	return &ParamError{Key: extra[0], Problem: ParamUnknown,
		Sentence: fmt.Sprintf("The template %s has no place for %s.", c.template.Name, strings.Join(extra, ", "))}
}

// Check tells whether the values can be sent. The error is a *ParamError that names the
// first wrong place.
func (c *Compiled) Check(params Params) error {
	if len(params) != len(c.slots) {
		return &ParamError{Problem: ParamMissing, Sentence: fmt.Sprintf("The template %s takes %d values, not %d.", c.template.Name, len(c.slots), len(params))}
	}
	for i, slot := range c.slots {
		if err := slot.check(params[i]); err != nil {
			return err
		}
	}
	return c.checkLengths(params)
}

func (s Slot) check(value string) error {
	switch {
	case value == "" && s.Required:
		return s.problem(ParamMissing, "has no value")
	case value == "":
		return nil
	case s.MaxLen > 0 && utf8.RuneCountInString(value) > s.MaxLen:
		return s.problem(ParamTooLong, fmt.Sprintf("is longer than %d characters", s.MaxLen))
	case s.Kind != SlotJSON && !isClean(value):
		return s.problem(ParamInvalid, "has line breaks, tabs or runs of spaces")
	case !s.wellFormed(value):
		return s.problem(ParamInvalid, "is not "+wanted[s.Kind])
	}
	return nil
}

func (s Slot) problem(kind ParamProblem, what string) error {
	return &ParamError{Key: s.Key, Problem: kind, Sentence: fmt.Sprintf("The value for %s %s.", PlaceName(s.Key), what)}
}

var wanted = map[SlotKind]string{
	SlotImage: "a media id or a link", SlotVideo: "a media id or a link", SlotDocument: "a media id or a link",
	SlotNumber: "a number", SlotTime: "a time in milliseconds", SlotJSON: "valid JSON",
}

func (s Slot) wellFormed(value string) bool {
	switch s.Kind {
	case SlotImage, SlotVideo, SlotDocument:
		return isLink(value) || isDigits(value)
	case SlotNumber:
		_, err := strconv.ParseFloat(value, 64)
		return err == nil && json.Valid([]byte(value))
	case SlotTime:
		return isDigits(value)
	case SlotJSON:
		return json.Valid([]byte(value))
	}
	return true
}

func isLink(value string) bool {
	return strings.HasPrefix(value, "https://") || strings.HasPrefix(value, "http://")
}

func isDigits(value string) bool {
	for i := range len(value) {
		if value[i] < '0' || value[i] > '9' {
			return false
		}
	}
	return value != ""
}

// PlaceName turns a slot's key into words: "card 1, body value 2".
func PlaceName(key string) string {
	parts := strings.Split(key, ".")
	if len(parts) > 2 && parts[0] == "carousel" {
		card, _ := strconv.Atoi(parts[1])
		return fmt.Sprintf("card %d, %s", card+1, PlaceName(strings.Join(parts[2:], ".")))
	}
	if len(parts) < 2 {
		return key
	}
	if index, err := strconv.Atoi(parts[1]); err == nil && parts[0] == "button" {
		return strings.TrimSpace(fmt.Sprintf("button %d %s", index+1, strings.Join(parts[2:], " ")))
	}
	if isDigits(parts[1]) {
		return parts[0] + " value " + parts[1]
	}
	return parts[0] + " " + strings.ReplaceAll(strings.Join(parts[1:], " "), "_", " ")
}
