// Package csat asks people how they liked what was done for them.
//
// It owns the settings and what was asked and answered. It does not own cases (conversation), nor how a
// question leaves (message, by a hook), nor what ratings come to (support).
//
// Life cycle of a rating: a case is resolved and waits its delay; then the person is asked inside
// WhatsApp, if free text may still go, or not at all (skipped, with why). Their first answer counts, also
// a late one, and so does the comment that follows it. Neither opens the conversation again.
package csat

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Scale is how a person answers.
type Scale string

// The scales.
const (
	List5    Scale = "list"    // one to five stars from a list
	Buttons3 Scale = "buttons" // three faces as buttons
)

// Settings are when and how a workspace asks.
type Settings struct {
	On           bool        `json:"on"`
	Channels     []uuid.UUID `json:"channels" maxItems:"200" doc:"Numbers it asks on; none: all"`
	Teams        []uuid.UUID `json:"teams" maxItems:"200" doc:"Teams whose cases it asks about; none: all"`
	DelayMinutes int         `json:"delayMinutes" minimum:"0" maximum:"1440" doc:"After the case was resolved"`
	Scale        Scale       `json:"scale" enum:"list,buttons" doc:"Five stars in a list, or three faces as buttons"`
	EveryDays    int         `json:"everyDays" minimum:"0" maximum:"365" doc:"A person is asked at most once in so many days; 0: after every case"`
	LateDays     int         `json:"lateDays" minimum:"1" maximum:"90" doc:"An answer counts for so many days"`
	Comment      bool        `json:"comment" doc:"Ask for a comment after the rating"`
	Texts        []Text      `json:"texts" minItems:"1" maxItems:"20" doc:"The first is for everybody whose language has none"`
}

// Text is what is said in one language.
type Text struct {
	Language string `json:"language" maxLength:"12" doc:"As en or pt_BR"`
	Question string `json:"question" maxLength:"1000"`
	Button   string `json:"button" maxLength:"20" doc:"Opens the list of stars"`
	Comment  string `json:"comment" maxLength:"1000" doc:"Asks for a comment"`
	Thanks   string `json:"thanks" maxLength:"1000" doc:"Said at the end; empty: nothing"`
}

func defaults() Settings {
	return Settings{Channels: []uuid.UUID{}, Teams: []uuid.UUID{}, Scale: List5, DelayMinutes: 5, EveryDays: 30, LateDays: 7, Texts: []Text{
		{Language: "en", Question: "How did we do? Your answer helps us get better.", Button: "Rate",
			Comment: "Thank you! Would you like to tell us why?", Thanks: "Thank you for your answer."},
		{Language: "hi", Question: "आपका अनुभव कैसा रहा? आपके उत्तर से हम बेहतर बनते हैं।", Button: "रेटिंग दें",
			Comment: "धन्यवाद! क्या आप इसका कारण बताना चाहेंगे?", Thanks: "आपके उत्तर के लिए धन्यवाद।"},
	}}
}

const (
	commentTime = time.Hour   // in which what a person writes after their rating is the comment
	askMargin   = time.Minute // left of the window when a question is queued
	maxComment  = 2000        // characters
	choicesOf3  = 3
	choicesOf5  = 5
)

func (s *Settings) clean() error {
	if s.Scale != List5 && s.Scale != Buttons3 {
		return invalid("body.scale", "Choose stars or faces.")
	}
	switch {
	case s.DelayMinutes < 0 || s.DelayMinutes > 24*60:
		return invalid("body.delayMinutes", "Choose up to a day: later, WhatsApp lets no question through.")
	case s.EveryDays < 0 || s.EveryDays > 365:
		return invalid("body.everyDays", "Choose up to 365 days.")
	case s.LateDays < 1 || s.LateDays > 90:
		return invalid("body.lateDays", "Choose 1 to 90 days.")
	case len(s.Texts) == 0:
		return invalid("body.texts", "Enter a question.")
	}
	have := map[string]bool{}
	for i := range s.Texts {
		t, place := &s.Texts[i], fmt.Sprintf("body.texts.%d", i)
		for _, part := range []*string{&t.Language, &t.Question, &t.Button, &t.Comment, &t.Thanks} {
			*part = strings.TrimSpace(*part)
		}
		if have[strings.ToLower(t.Language)] {
			return invalid(place+".language", "This language is there already.")
		}
		have[strings.ToLower(t.Language)] = true
		if err := t.check(place, *s); err != nil {
			return err
		}
	}
	return nil
}

func (t Text) check(place string, s Settings) error {
	switch {
	case t.Question == "" || long(t.Question, 1000):
		return invalid(place+".question", "Enter a question of 1 to 1,000 characters.")
	case s.Scale == List5 && (t.Button == "" || long(t.Button, 20)):
		return invalid(place+".button", "Enter 1 to 20 characters for the button.")
	case s.Comment && t.Comment == "" || long(t.Comment, 1000):
		return invalid(place+".comment", "Enter the question for a comment, of 1 to 1,000 characters.")
	case long(t.Thanks, 1000):
		return invalid(place+".thanks", "Enter at most 1,000 characters.")
	}
	return nil
}

func long(text string, most int) bool {
	return utf8.RuneCountInString(text) > most || !utf8.ValidString(text)
}

// asks says whether people are asked about cases of a number and a team.
func (s Settings) asks(channel uuid.UUID, team *uuid.UUID) bool {
	return s.On && (len(s.Channels) == 0 || slices.Contains(s.Channels, channel)) &&
		(len(s.Teams) == 0 || team != nil && slices.Contains(s.Teams, *team))
}

// text is that of the whole language code, else of its first part, else the first.
func (s Settings) text(locale string) Text {
	locale = strings.ReplaceAll(locale, "-", "_")
	base, _, _ := strings.Cut(locale, "_")
	for _, want := range []string{locale, base} {
		for _, t := range s.Texts {
			if want != "" && strings.EqualFold(strings.ReplaceAll(t.Language, "-", "_"), want) {
				return t
			}
		}
	}
	return s.Texts[0]
}

// Question is what one person is asked. Without choices it is a plain text.
type Question struct {
	ID, Channel, Contact uuid.UUID
	Text                 string
	Button               string // opens the choices as a list; empty: they are buttons
	Choices              []Choice
}

// Choice is an answer that a person taps. ID comes back.
type Choice struct{ ID, Title string }

// stars are what the list offers, faces what the buttons do, the best first. All count on one scale of five.
func choices(id uuid.UUID, scale Scale) []Choice {
	offer := []string{"★★★★★", "★★★★", "★★★", "★★", "★"}
	scores := []int{5, 4, 3, 2, 1}
	if scale == Buttons3 {
		offer, scores = []string{"😀", "😐", "🙁"}, []int{5, 3, 1}
	}
	list := make([]Choice, len(offer))
	for i := range offer {
		list[i] = Choice{ID: payload(id, scores[i]), Title: offer[i]}
	}
	return list
}

const prefix = "rating:"

// payload is what comes back when a choice is tapped.
func payload(id uuid.UUID, score int) string { return fmt.Sprintf("%s%s:%d", prefix, id, score) }

// readPayload is the case and the score that a tapped choice names.
func readPayload(text string) (id uuid.UUID, score int, ok bool) {
	rest, ok := strings.CutPrefix(text, prefix)
	if !ok {
		return id, 0, false
	}
	named, digit, ok := strings.Cut(rest, ":")
	id, err := uuid.Parse(named)
	score = digitOf(digit)
	return id, score, ok && err == nil && score >= 1 && score <= choicesOf5
}

// digitOf is the number that a text of one digit is, in the digits of India too; 0: it is none.
func digitOf(text string) int {
	runes := []rune(strings.TrimSpace(text))
	if len(runes) != 1 {
		return 0
	}
	for _, zero := range "0०০੦૦୦௦౦೦൦٠۰０" {
		if d := int(runes[0] - zero); d >= 1 && d <= 9 {
			return d
		}
	}
	return 0
}

func invalid(place, sentence string) error { return fault.Invalid(sentence).At(place, sentence) }
