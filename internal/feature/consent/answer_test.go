package consent

import (
	"testing"

	"github.com/aerostic/aerostic/internal/feature/consent/intent"
)

func TestAnswersAreReadWholeAndButtonsByTheirFirstWord(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind, text string
		want       Meaning
	}{
		{"text", "Yes!", Start}, {"text", "हाँ", Start}, {"text", "haan ji", Start}, {"text", "ஆம்", Start}, {"text", "OK 👍", Start},
		{"text", "no thanks", Stop}, {"text", "नहीं", Stop}, {"text", "yes, where is my order?", Nothing}, {"text", "no, where is my order?", Nothing},
		{"text", "", Nothing}, {"text", "🙏", Nothing}, {"button", "Yes, sign me up", Start}, {"button", "No, thank you", Stop},
		{"button", "हाँ, भेजिए", Start}, {"button", "Track my order", Nothing},
	} {
		if got := (Heard{Type: c.kind, Text: c.text}).answerOf(vocabularyOf(nil)); got != c.want {
			t.Errorf("%s %q answers %d, not %d", c.kind, c.text, got, c.want)
		}
	}
}

// No word answers both ways, or is a STOP or START word of another meaning.
func TestAnswersDoNotClash(t *testing.T) {
	t.Parallel()
	said := map[string]bool{}
	for _, word := range yesWords() {
		said[intent.Normalise(word)] = true
		if meaningOf(Defaults(), word) == Stop {
			t.Errorf("%q confirms and stops", word)
		}
	}
	for _, word := range noWords() {
		if said[intent.Normalise(word)] || intent.Normalise(word) == "" || meaningOf(Defaults(), word) == Start {
			t.Errorf("%q refuses and confirms", word)
		}
	}
}
