// Command train makes weights.tsv from train.txt. It is run by hand, in feature/consent/intent, when
// the training data or the features change:
//
//	go run ./internal/feature/consent/intent/train
//
// It owns the fitting alone. The same input gives the same weights on every machine.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/aerostic/aerostic/internal/feature/consent/intent"
)

func main() {
	if err := run(filepath.Join("internal", "feature", "consent", "intent")); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	raw, err := os.ReadFile(filepath.Join(dir, "train.txt"))
	if err != nil {
		return err
	}
	examples, err := intent.ReadPatterns(string(raw))
	if err != nil {
		return err
	}
	weights := intent.Fit(examples)
	if err := os.WriteFile(filepath.Join(dir, "weights.tsv"), []byte(intent.Format(weights)), 0o644); err != nil {
		return err
	}
	fmt.Printf("%d sentences, %d weights\n", len(examples), len(weights))
	return nil
}
