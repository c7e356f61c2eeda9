package intent

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func examples(t *testing.T, file string) []Example {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	list, err := ReadExamples(string(raw))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// figures are how a threshold does on labelled sentences.
type figures struct{ right, wrong, missed, quiet int }

func (f figures) precision() float64 { return float64(f.right) / float64(max(1, f.right+f.wrong)) }
func (f figures) recall() float64    { return float64(f.right) / float64(max(1, f.right+f.missed)) }

func (f *figures) count(asks, said bool) {
	switch {
	case asks && said:
		f.right++
	case asks:
		f.missed++
	case said:
		f.wrong++
	default:
		f.quiet++
	}
}

// measure gives the figures by language and of all together ("all").
func measure(list []Example, threshold float64) map[string]*figures {
	by := map[string]*figures{"all": {}, "en": {}, "hi": {}, "hl": {}}
	for _, e := range list {
		said := Score(e.Text) >= threshold
		by[e.Language].count(e.Asks, said)
		by["all"].count(e.Asks, said)
	}
	return by
}

// TestHeldOut prints the figures on sentences that nothing was built on, and keeps them from falling.
func TestHeldOut(t *testing.T) {
	t.Parallel()
	list := examples(t, "testdata/test.tsv")
	if len(list) < 200 {
		t.Fatalf("only %d sentences", len(list))
	}
	acted, shown := measure(list, Sure), measure(list, Doubtful)
	for _, language := range []string{"en", "hi", "hl", "all"} {
		a, s := acted[language], shown[language]
		fmt.Printf("%-3s  acted on: precision %.3f recall %.3f (%d of %d, %d wrong)   acted on or shown: precision %.3f recall %.3f\n", language,
			a.precision(), a.recall(), a.right, a.right+a.missed, a.wrong, s.precision(), s.recall())
		if a.precision() < 0.97 || s.recall() < 0.90 {
			t.Errorf("%s: precision of what is acted on %.3f, recall of what is not let pass %.3f", language, a.precision(), s.recall())
		}
	}
	for _, e := range list {
		if score := Score(e.Text); e.Asks != (score >= Doubtful) || !e.Asks && score >= Sure {
			t.Logf("%s %v %.3f  %s", e.Language, e.Asks, score, e.Text)
		}
	}
}

// TestNothingIsTrainedAndTested: a sentence of the tests is in no pattern.
func TestNothingIsTrainedAndTested(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("train.txt")
	if err != nil {
		t.Fatal(err)
	}
	trained, err := ReadPatterns(string(raw))
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, e := range trained {
		known[Normalise(e.Text)] = true
	}
	for _, e := range examples(t, "testdata/test.tsv") {
		if known[Normalise(e.Text)] {
			t.Errorf("both trained and tested: %s", e.Text)
		}
	}
}

func TestReadsAnythingWithoutHarm(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", " ", "🙏🙏", "।", strings.Repeat("stop ", 10_000), "\x00\xff", "﷽", "ok"} {
		if score := Score(text); score < 0 || score > 1 {
			t.Errorf("%.20q scores %f", text, score)
		}
	}
}
