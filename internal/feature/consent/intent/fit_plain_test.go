package intent

import (
	"os"
	"testing"

	"github.com/aerostic/aerostic/internal/platform/norace"
)

// What one goroutine computes has no race to detect, and under the detector it takes ten times as
// long: `make test` plays these tests in a run of their own (scripts/plain-tests.sh).

// TestWeightsAreOfThisData: weights.tsv is what the command makes of train.txt.
func TestWeightsAreOfThisData(t *testing.T) {
	norace.Only(t)
	t.Parallel()
	raw, err := os.ReadFile("train.txt")
	if err != nil {
		t.Fatal(err)
	}
	trained, err := ReadPatterns(string(raw))
	if err != nil {
		t.Fatal(err)
	}
	if Format(Fit(trained)) != weightsFile {
		t.Error("weights.tsv is not of train.txt: run the command in train/")
	}
}
