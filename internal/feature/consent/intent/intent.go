// Package intent reads free text for one thing: does the writer ask to be left alone? English, Hindi
// and Hinglish.
//
// It owns the features, a small logistic model over them (weights.tsv, made by the command in train/
// from train.txt and embedded) and two thresholds. It does not own what is done about it (consent), nor
// the STOP words, which are matched whole before anything comes here. It calls nothing and keeps
// nothing.
//
// How good it is: the test prints precision and recall per language over testdata/test.tsv, sentences
// no part of which was used to build it, and fails when they fall. It was written by the people who
// wrote the model, not collected from customers; a workspace sees what was acted on and may undo it.
package intent

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"
)

// A score of Sure or more is acted on; of Doubtful or more is laid before a person; less is nothing.
const (
	Sure     = 0.80
	Doubtful = 0.30
)

// maxTokens is how much of a text is read: requests to be left alone are short, or begin with it.
const maxTokens = 40

//go:embed weights.tsv
var weightsFile string

// model is the weight of each feature, and of "" for the text as such.
type model map[string]float64

// read parses the embedded weights, once per process.
var read = sync.OnceValue(func() model { return parse(weightsFile) })

func parse(file string) model {
	m := model{}
	for line := range strings.SplitSeq(file, "\n") {
		feature, weight, ok := strings.Cut(line, "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		if w, err := strconv.ParseFloat(weight, 64); err == nil {
			m[feature] = w
		}
	}
	return m
}

// Score says how sure it is, from 0 to 1, that the text asks to be left alone.
func Score(text string) float64 {
	return read().score(Features(text))
}

func (m model) score(features []string) float64 {
	if len(features) == 0 {
		return 0
	}
	sum := m[""]
	for _, f := range features {
		sum += m[f]
	}
	return 1 / (1 + math.Exp(-sum))
}
