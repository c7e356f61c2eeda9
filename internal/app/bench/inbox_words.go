package bench

import (
	"math/rand/v2"
	"strings"

	"github.com/aerostic/aerostic/internal/platform/fulltext"
)

const (
	vocabulary   = 2000
	phraseLength = 8 // words
)

// scripts are the syllables that words are made of.
var scripts = [][]string{
	{"ka", "ri", "mo", "ta", "le", "shu", "ne", "pa", "vo", "di", "gra", "sel", "ton"},
	{"का", "रि", "मो", "त", "ले", "शु", "ने", "पा", "वो", "दि", "ग्र", "से", "टो"},
	{"كا", "ري", "مو", "تا", "لي", "شو", "ني", "با", "فو", "دي", "غر", "سل", "تن"},
}

var emoji = []string{"🙏", "🎉", "😀", "👍🏽", "🇮🇳", "❤️", "🪔"}

// madeWords are words from the most common to the rarest: of eight, five are Latin, two Hindi, one Arabic.
func madeWords() []string {
	words := make([]string, vocabulary)
	for i := range words {
		part := scripts[[]int{0, 0, 0, 1, 0, 2, 0, 1}[i%8]]
		words[i] = part[i%13] + part[i/13%13] + part[i/169%13]
	}
	return words
}

// phrase is something people say, and its words as the product's index has them.
type phrase struct{ body, words string }

// madePhrases are the same in every run. Some words are in every fifth phrase, most in few.
func madePhrases(words []string, n int) []phrase {
	random := rand.New(rand.NewPCG(1, 2))
	list := make([]phrase, n)
	for i := range list {
		said := make([]string, phraseLength)
		for j := range said {
			x := random.Float64()
			said[j] = words[int(vocabulary*x*x)]
		}
		if i%9 == 0 {
			said = append(said, emoji[i/9%len(emoji)])
		}
		body := strings.Join(said, " ")
		list[i] = phrase{body, strings.Join(fulltext.Words(body), " ")}
	}
	return list
}

// bodiesAndWords are phrases as two columns.
func bodiesAndWords(list []phrase) (bodies, words []string) {
	for _, p := range list {
		bodies, words = append(bodies, p.body), append(words, p.words)
	}
	return bodies, words
}
