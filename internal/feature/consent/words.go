package consent

import (
	"strings"
	"sync"

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

// vocabulary is what all the words that may be heard mean, as they are compared.
type vocabulary struct {
	words   map[string]Meaning
	answers map[string]Meaning // to the question whether an opt-in is meant
}

// vocabularyOf prepares words for many messages; the first meaning of a word counts.
func vocabularyOf(languages []Language) vocabulary {
	v := vocabulary{words: make(map[string]Meaning), answers: make(map[string]Meaning)}
	for _, l := range languages {
		learn(v.words, l.Stop, Stop)
		learn(v.words, l.Start, Start)
	}
	learn(v.answers, yesWords(), Start)
	learn(v.answers, noWords(), Stop)
	return v
}

// mostVocabularies are kept at once; workspaces that never changed their words share one.
const mostVocabularies = 1000

// vocabularies keeps prepared vocabularies by the words they are made of, so that none is ever stale.
// Preparing one takes longer than all else that a message's words need.
type vocabularies struct {
	mu   sync.Mutex
	made map[string]vocabulary
}

func (k *vocabularies) of(languages []Language) vocabulary {
	var words []string
	for _, l := range languages {
		words = append(append(append(append(words, l.Stop...), "\x01"), l.Start...), "\x02")
	}
	key := strings.Join(words, "\x00")
	k.mu.Lock()
	defer k.mu.Unlock()
	v, known := k.made[key]
	if known {
		return v
	}
	if k.made == nil || len(k.made) >= mostVocabularies {
		k.made = make(map[string]vocabulary)
	}
	v = vocabularyOf(languages)
	k.made[key] = v
	return v
}

func learn(known map[string]Meaning, words []string, means Meaning) {
	for _, word := range words {
		if word = intent.Normalise(word); known[word] == Nothing {
			known[word] = means
		}
	}
}

// meaningOf looks a message up among the words.
func meaningOf(languages []Language, text string) Meaning { return vocabularyOf(languages).of(text) }

func (v vocabulary) of(text string) Meaning {
	if len(text) > 8*maxWord {
		return Nothing
	}
	said := intent.Normalise(text)
	if said == "" {
		return Nothing
	}
	return v.words[said]
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
