package consent

import (
	"strings"

	"github.com/aerostic/aerostic/internal/feature/consent/intent"
)

// Language is one language's words. A message must be one of them whole, not contain it.
type Language struct {
	Language string   `json:"language" maxLength:"40" doc:"As it calls itself: English, हिन्दी"`
	Stop     []string `json:"stop" maxItems:"50" doc:"Messages that end marketing"`
	Start    []string `json:"start" maxItems:"50" doc:"Messages that bring it back"`
}

// Meaning is what a message says by its words alone.
type Meaning int

// The meanings.
const (
	Nothing Meaning = iota
	Stop
	Start
)

// maxWord is how many characters a word, and a message that can be one, may have.
const maxWord = 60

// meaningOf looks a message up among the words.
func meaningOf(languages []Language, text string) Meaning {
	if len(text) > 8*maxWord {
		return Nothing
	}
	said := intent.Normalise(text)
	if said == "" {
		return Nothing
	}
	for _, l := range languages {
		if contains(l.Stop, said) {
			return Stop
		}
		if contains(l.Start, said) {
			return Start
		}
	}
	return Nothing
}

func contains(words []string, said string) bool {
	for _, word := range words {
		if intent.Normalise(word) == said {
			return true
		}
	}
	return false
}

// payloadMeaning is what quick-reply buttons of templates carry to stop, whatever their text says.
func payloadMeaning(payload string) Meaning {
	switch strings.ReplaceAll(intent.Normalise(payload), " ", "") {
	case "stop", "stopall", "stoppromotions", "stopmarketing", "optout", "unsubscribe":
		return Stop
	case "start", "startpromotions", "optin", "subscribe", "resubscribe":
		return Start
	}
	return Nothing
}
