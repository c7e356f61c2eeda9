// Package fulltext takes text apart into the words by which people find it, in any script.
//
// It owns what a word is (Unicode's UAX #29), and which spellings are the same: case, width, the marks
// of Latin, Greek, Cyrillic, Hebrew and Arabic. It does not own an index. It keeps no state.
package fulltext

import (
	"strings"
	"unicode"

	"github.com/clipperhouse/uax29/v2/words"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

const (
	longestWord = 48  // characters; the rest of a longer one is not looked at
	mostWords   = 400 // of one text
)

// Words returns the distinct words of text as they are compared, in the order in which they come.
// Emoji are words; punctuation is not. Text that is not UTF-8 is read as far as it is.
func Words(text string) []string {
	var list []string
	seen := map[string]bool{}
	for it := words.FromString(fold(text)); it.Next() && len(list) < mostWords; {
		word := cut(it.Value())
		if word == "" || seen[word] || !strings.ContainsFunc(word, tells) {
			continue
		}
		seen[word] = true
		list = append(list, word)
	}
	return list
}

// fold makes spellings that people take for the same the same.
func fold(text string) string {
	text = norm.NFKD.String(strings.ToValidUTF8(text, " "))
	var b strings.Builder
	b.Grow(len(text))
	bare := false // whether the last letter is read without its marks
	for _, r := range text {
		if unicode.Is(unicode.Mn, r) {
			if bare || unicode.Is(unicode.Variation_Selector, r) {
				continue
			}
		} else {
			bare = unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hebrew, unicode.Arabic)
		}
		b.WriteRune(r)
	}
	return norm.NFKC.String(cases.Fold().String(b.String()))
}

func cut(word string) string {
	n := 0
	for i := range word {
		if n == longestWord {
			return word[:i]
		}
		n++
	}
	return word
}

// tells says whether a character makes a word of what it is in.
func tells(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.So, r)
}
