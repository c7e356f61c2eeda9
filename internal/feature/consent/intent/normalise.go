package intent

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Normalise brings writings of the same words together: compatibility forms composed, case folded,
// accents of Latin letters dropped, nukta and chandrabindu as people leave them out, Arabic vowel
// signs and alef forms united, punctuation and emoji taken for spaces, spaces made one.
func Normalise(text string) string {
	var b strings.Builder
	latin, space := false, false
	for _, r := range norm.NFD.String(cases.Fold().String(norm.NFKC.String(text))) {
		r, keep := plain(r, latin)
		switch {
		case !keep:
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.M, r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteRune(r)
			latin, space = unicode.Is(unicode.Latin, r), false
		default:
			space = true
		}
	}
	return norm.NFC.String(b.String())
}

// plain maps a character to the one it is compared as; false drops it.
func plain(r rune, afterLatin bool) (rune, bool) {
	switch {
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		return 0, false // joiners, direction marks, emoji variations
	case r == '\u093C', r == '\u09BC', r == '\u0A3C', r == '\u0ABC':
		return 0, false // nukta: क़ is written क as often
	case r == '\u0901':
		return '\u0902', true // chandrabindu: हाँ is हां
	case r == '\u0640', r >= '\u064B' && r <= '\u0655', r == '\u0670':
		return 0, false // Arabic: tatweel, vowel signs, hamza above or below
	case r == '\u0671':
		return '\u0627', true
	case r == '\u0649', r == '\u06CC':
		return '\u064A', true // alef maksura and Farsi yeh are written for yeh
	case r == '\'', r == '’', r == '`':
		return 0, false // don't is dont
	case afterLatin && unicode.Is(unicode.Mn, r):
		return 0, false
	}
	return r, true
}
