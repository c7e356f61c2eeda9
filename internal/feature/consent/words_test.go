package consent

import (
	"strings"
	"testing"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

func TestWordsAreMatchedWhole(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Meaning{
		"STOP": Stop, " stop. ": Stop, "Stop!!! 😡": Stop, "ＳＴＯＰ": Stop, "“Stop”": Stop, "st\u200dop": Stop,
		"बंद करो": Stop, "बन्द करो": Stop, "बंद  करो।": Stop, "मैसेज बंद करो 🙏": Stop, "BAND KARO": Stop,
		"إيقاف": Stop, "ايقاف": Stop, "إِيقَاف": Stop, "நிறுத்து": Stop, "ఆపండి": Stop, "বন্ধ করুন": Stop, "থামো": Nothing,
		"थांबवा": Stop, "No más mensajes": Stop, "no mas mensajes": Stop, "não quero receber": Stop, "NAO QUERO RECEBER": Stop,
		"start": Start, "Unstop": Start, "शुरू करें": Start, "शुरु करें": Nothing, "chalu karo": Start, "ابدأ": Start, "começar": Start,
		"stop the delivery": Nothing, "please stop by": Nothing, "nonstop": Nothing, "cancel": Nothing, "": Nothing, "🙏": Nothing,
		"don't": Nothing, strings.Repeat("stop ", 200): Nothing,
	} {
		if got := meaningOf(Defaults(), text); got != want {
			t.Errorf("%q means %d, not %d", text, got, want)
		}
	}
}

func TestPayloadsOfButtons(t *testing.T) {
	t.Parallel()
	for payload, want := range map[string]Meaning{"STOP": Stop, "stop_promotions": Stop, "OPT-OUT": Stop, "optin": Start, "START": Start,
		"more": Nothing, "": Nothing, "stop_timer": Nothing} {
		if got := payloadMeaning(payload); got != want {
			t.Errorf("%q means %d, not %d", payload, got, want)
		}
	}
	tapped := Heard{Type: "button", Text: "Stop promotions", Payload: "p-17"}
	if via, m := tapped.meaning(vocabularyOf(Defaults())); via != ViaButton || m != Stop {
		t.Errorf("a button's text: %s %d", via, m)
	}
}

// TestDefaultsAgree: no default both stops and starts, none is empty, and each is kept as it is.
func TestDefaultsAgree(t *testing.T) {
	t.Parallel()
	s := defaultSettings()
	if err := s.clean(); err != nil {
		t.Fatal(err)
	}
	for i, l := range Defaults() {
		if len(l.Stop) == 0 || len(l.Start) == 0 || len(s.Words[i].Start) != len(l.Start) {
			t.Errorf("%s: %v", l.Language, s.Words[i])
		}
	}
}

func TestSettingsThatCannotBe(t *testing.T) {
	t.Parallel()
	english := func(stop, start []string) []Language { return []Language{{"English", stop, start}} }
	for name, words := range map[string][]Language{
		"the same word":       english([]string{"stop", "Go"}, []string{"go!"}),
		"no letters":          english([]string{"stop", "🙏"}, nil),
		"too long":            english([]string{"stop", strings.Repeat("अ", 61)}, nil),
		"stop does not":       english([]string{"enough"}, []string{"start"}),
		"stop starts":         english([]string{"enough"}, []string{"stop"}),
		"a language unnamed":  {{" ", []string{"stop"}, nil}},
		"both, two languages": {{"English", []string{"stop"}, nil}, {"Español", nil, []string{"¡STOP!"}}},
	} {
		s := defaultSettings()
		s.Words = words
		if err := s.clean(); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
