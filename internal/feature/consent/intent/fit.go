package intent

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// Example is a labelled sentence.
type Example struct {
	Language string // en, hi, hl: Hindi in Latin letters
	Asks     bool   // to be left alone
	Text     string
}

// perPattern is how many sentences one pattern gives at most, so that no pattern drowns the others.
const perPattern = 60

// ReadExamples reads lines of "en+<tab>text".
func ReadExamples(file string) ([]Example, error) {
	var list []Example
	for n, line := range strings.Split(file, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		label, text, ok := strings.Cut(line, "\t")
		if !ok || len(label) != 3 || label[2] != '+' && label[2] != '-' {
			return nil, fmt.Errorf("line %d: want a language, + or -, a tab and a sentence", n+1)
		}
		list = append(list, Example{Language: label[:2], Asks: label[2] == '+', Text: text})
	}
	return list, nil
}

// ReadPatterns reads the same lines with alternatives in braces, and expands them.
func ReadPatterns(file string) ([]Example, error) {
	patterns, err := ReadExamples(file)
	if err != nil {
		return nil, err
	}
	var list []Example
	rng := rand.New(rand.NewPCG(1, 2))
	for _, p := range patterns {
		for _, text := range expand(rng, p.Text) {
			list = append(list, Example{p.Language, p.Asks, text})
		}
	}
	return list, nil
}

// expand gives up to perPattern different sentences of a pattern.
func expand(rng *rand.Rand, pattern string) []string {
	found := map[string]bool{}
	for range 4 * perPattern {
		if found[pick(rng, pattern)] = true; len(found) == perPattern {
			break
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// pick takes one of each {a|b|}; braces do not nest.
func pick(rng *rand.Rand, pattern string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(pattern, "{")
		b.WriteString(before)
		if !found {
			return strings.Join(strings.Fields(b.String()), " ")
		}
		choice, after, _ := strings.Cut(rest, "}")
		options := strings.Split(choice, "|")
		b.WriteString(options[rng.IntN(len(options))])
		pattern = after
	}
}

// The fit: logistic regression by AdaGrad, with weights pulled towards zero.
const (
	rounds = 30
	rate   = 0.15
	pull   = 2e-5
	least  = 0.06 // a smaller weight is left out of the file
)

// Fit finds the weights. It is deterministic.
func Fit(examples []Example) map[string]float64 {
	rng := rand.New(rand.NewPCG(3, 4))
	features := make([][]string, len(examples))
	for i, e := range examples {
		features[i] = append(Features(e.Text), "")
	}
	m, squares := model{}, map[string]float64{}
	for range rounds {
		for _, i := range rng.Perm(len(examples)) {
			m.learn(squares, features[i], examples[i].Asks)
		}
	}
	maps.DeleteFunc(m, func(f string, w float64) bool { return f != "" && math.Abs(w) < least })
	return m
}

// learn takes one step towards one example.
func (m model) learn(squares map[string]float64, features []string, asks bool) {
	sum := 0.0
	for _, f := range features {
		sum += m[f]
	}
	wrong := 1 / (1 + math.Exp(-sum))
	if asks {
		wrong--
	}
	for _, f := range features {
		gradient := wrong + pull*m[f]
		squares[f] += gradient * gradient
		m[f] -= rate * gradient / (math.Sqrt(squares[f]) + 1e-8)
	}
}

// Format writes weights as the file that is embedded.
func Format(weights map[string]float64) string {
	var b strings.Builder
	b.WriteString("# Made by `go run ./internal/feature/consent/intent/train`. Do not edit.\n")
	for _, feature := range slices.Sorted(maps.Keys(weights)) {
		fmt.Fprintf(&b, "%s\t%.3f\n", feature, weights[feature])
	}
	return b.String()
}
