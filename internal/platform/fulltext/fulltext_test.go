package fulltext_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/aerostic/aerostic/internal/platform/fulltext"
)

func TestWordsOfAnyScript(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"Where is my ORDER, where?": {"where", "is", "my", "order"},
		"Order #BL-20418":           {"order", "bl", "20418"},
		"मेरा ऑर्डर कहाँ है? 📦":        {"मेरा", "ऑर्डर", "कहाँ", "है", "📦"},
		"اَلسَّلامُ عَلَيْكُم":         {"السلام", "عليكم"},
		"Crème brûlée ＣＡＦÉ":            {"creme", "brulee", "cafe"},
		"don't":                        {"don't"},
		"தமிழ் நாடு":                   {"தமிழ்", "நாடு"},
		"東京":                           {"東", "京"},
		"❤️":                           {"❤"},
		"  …—!?":                       nil,
		"":                             nil,
		strings.Repeat("x", 60) + " y": {strings.Repeat("x", 48), "y"},
	} {
		if got := fulltext.Words(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add("नमस्ते, is it 10% off? مرحبا 🪔")
	f.Add("\xff\xfe\x00")
	f.Fuzz(func(t *testing.T, text string) {
		for _, word := range fulltext.Words(text) {
			if word == "" || !utf8.ValidString(word) || strings.ContainsAny(word, " \x00") {
				t.Errorf("%q has the word %q", text, word)
			}
			if again := fulltext.Words(word); len(again) == 0 {
				t.Errorf("the word %q is not found by itself", word)
			}
		}
	})
}
