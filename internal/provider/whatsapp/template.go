package whatsapp

import (
	"encoding/json"
	"strings"
)

// Template is a message template as Meta lists it and as it is created.
type Template struct {
	ID               string        `json:"id,omitempty"`
	Name             string        `json:"name"`
	Language         string        `json:"language"`
	Status           string        `json:"status,omitempty"`
	Category         string        `json:"category"`
	SubCategory      string        `json:"sub_category,omitempty"`
	PreviousCategory string        `json:"previous_category,omitempty"`
	ParameterFormat  string        `json:"parameter_format,omitempty"`
	RejectedReason   string        `json:"rejected_reason,omitempty"`
	QualityScore     *QualityScore `json:"quality_score,omitempty"`
	// TTLSeconds is message_send_ttl_seconds: 0 when not set, -1 for 30 days.
	TTLSeconds int         `json:"message_send_ttl_seconds,omitempty"`
	Components []Component `json:"components"`
	// Raw is the whole item as Meta sent it; only set by ListTemplates and GetTemplate.
	Raw json.RawMessage `json:"-"`
}

// QualityScore is GREEN, YELLOW, RED or UNKNOWN, with the Unix time it was given.
type QualityScore struct {
	Score string `json:"score"`
	Date  int64  `json:"date,omitempty"`
}

// Component is a part of a template: HEADER, BODY, FOOTER, BUTTONS, CAROUSEL or
// LIMITED_TIME_OFFER.
type Component struct {
	Type                      string            `json:"type"`
	Format                    string            `json:"format,omitempty"`
	Text                      string            `json:"text,omitempty"`
	Example                   *Example          `json:"example,omitempty"`
	Buttons                   []Button          `json:"buttons,omitempty"`
	Cards                     []Card            `json:"cards,omitempty"`
	LimitedTimeOffer          *LimitedTimeOffer `json:"limited_time_offer,omitempty"`
	AddSecurityRecommendation bool              `json:"add_security_recommendation,omitempty"`
	CodeExpirationMinutes     int               `json:"code_expiration_minutes,omitempty"`
}

// Card is one card of a carousel.
type Card struct {
	Components []Component `json:"components"`
}

// LimitedTimeOffer is the line above the body that counts down.
type LimitedTimeOffer struct {
	Text          string `json:"text"`
	HasExpiration bool   `json:"has_expiration"`
}

// Button is one button of a BUTTONS component.
type Button struct {
	Type           string      `json:"type"`
	Text           string      `json:"text,omitempty"`
	URL            string      `json:"url,omitempty"`
	PhoneNumber    string      `json:"phone_number,omitempty"`
	Example        Strings     `json:"example,omitempty"`
	FlowID         LooseString `json:"flow_id,omitempty"`
	FlowName       string      `json:"flow_name,omitempty"`
	FlowJSON       string      `json:"flow_json,omitempty"`
	FlowAction     string      `json:"flow_action,omitempty"`
	NavigateScreen string      `json:"navigate_screen,omitempty"`
	OTPType        string      `json:"otp_type,omitempty"`
	AutofillText   string      `json:"autofill_text,omitempty"`
	SupportedApps  []OTPApp    `json:"supported_apps,omitempty"`
	ZeroTapTerms   bool        `json:"zero_tap_terms_accepted,omitempty"`
}

// OTPApp is an app that may read a one-time password by itself.
type OTPApp struct {
	PackageName   string `json:"package_name"`
	SignatureHash string `json:"signature_hash"`
}

// Example holds the sample values Meta's reviewers see.
type Example struct {
	HeaderText      []string       `json:"header_text,omitempty"`
	HeaderTextNamed []NamedExample `json:"header_text_named_params,omitempty"`
	HeaderHandle    []string       `json:"header_handle,omitempty"`
	BodyText        BodyExamples   `json:"body_text,omitempty"`
	BodyTextNamed   []NamedExample `json:"body_text_named_params,omitempty"`
}

// NamedExample is the sample value of one named variable.
type NamedExample struct {
	Name    string `json:"param_name"`
	Example string `json:"example"`
}

// BodyExamples is a list of sample rows. Meta's documents show a flat list too; both are
// read.
type BodyExamples [][]string

// UnmarshalJSON reads [["a","b"]] and ["a","b"].
func (b *BodyExamples) UnmarshalJSON(raw []byte) error {
	var rows [][]string
	if json.Unmarshal(raw, &rows) == nil {
		*b = rows
		return nil
	}
	var flat []string
	if err := json.Unmarshal(raw, &flat); err != nil {
		return err
	}
	*b = [][]string{flat}
	return nil
}

// Strings is a list that Meta sometimes sends as one string.
type Strings []string

// UnmarshalJSON reads ["a"] and "a".
func (s *Strings) UnmarshalJSON(raw []byte) error {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		*s = Strings{one}
		return nil
	}
	var list []string
	if err := json.Unmarshal(raw, &list); err != nil {
		return err
	}
	*s = list
	return nil
}

// LooseString is an id that Meta sends as a string or as a number.
type LooseString string

// UnmarshalJSON reads "12" and 12.
func (s *LooseString) UnmarshalJSON(raw []byte) error {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		*s = LooseString(text)
		return nil
	}
	var number json.Number
	if err := json.Unmarshal(raw, &number); err != nil {
		return err
	}
	*s = LooseString(number)
	return nil
}

// Placeholders lists the variables of a text, {{1}} or {{first_name}}, once each, in order
// of appearance, without the braces.
func Placeholders(text string) []string {
	var names []string
	for rest := text; ; {
		_, after, found := strings.Cut(rest, "{{")
		if !found {
			return names
		}
		name, tail, closed := strings.Cut(after, "}}")
		if !closed {
			return names
		}
		names = appendOnce(names, strings.TrimSpace(name))
		rest = tail
	}
}

func appendOnce(names []string, name string) []string {
	for _, have := range names {
		if have == name {
			return names
		}
	}
	return append(names, name)
}

// fill replaces every {{name}} by value(name).
func fill(text string, value func(name string) string) string {
	var out strings.Builder
	for rest := text; ; {
		before, after, found := strings.Cut(rest, "{{")
		name, tail, closed := strings.Cut(after, "}}")
		if !found || !closed {
			out.WriteString(rest)
			return out.String()
		}
		out.WriteString(before)
		out.WriteString(value(strings.TrimSpace(name)))
		rest = tail
	}
}
