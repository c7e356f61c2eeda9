package billing

import (
	"math/rand/v2"
	"testing"

	"github.com/aerostic/aerostic/internal/platform/norace"
)

// What one goroutine computes has no race to detect, and under the detector it takes ten times as
// long: `make test` plays these tests in a run of their own (scripts/plain-tests.sh).

// Every order of every four reports, of which no subset and no prefix is left out, ends with the
// same money, and the books are right after each step.
func TestSettleIsIndependentOfOrder(t *testing.T) {
	norace.Only(t)
	t.Parallel()
	reports := everyReport()
	ends := map[[4]int]Standing{}
	for _, order := range sequences(len(reports), 4) {
		b := heldMessage()
		for _, i := range order {
			b.apply(reports[i])
			if bad := b.wrong(); bad != "" {
				t.Fatalf("%s after %v", bad, told(reports, order))
			}
		}
		end := b.standing
		end.Seq = 0 // how many adjustments it took does depend on the order
		key := sorted(order)
		// A hold given back stays so when the message then turns out to be on its way.
		end.HoldOpen = false
		if first, seen := ends[key]; seen && first != end {
			t.Fatalf("%v ends with %+v, another order with %+v", told(reports, order), end, first)
		}
		ends[key] = end
	}
}

// Longer stories, told at random.
func TestSettleRandomStories(t *testing.T) {
	norace.Only(t)
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 11))
	reports := everyReport()
	for range 50_000 {
		b := heldMessage()
		var order []int
		for range 1 + random.IntN(12) {
			i := random.IntN(len(reports))
			order = append(order, i)
			b.apply(reports[i])
			if bad := b.wrong(); bad != "" {
				t.Fatalf("%s after %v", bad, told(reports, order))
			}
		}
	}
}

// sequences are all of length n over 0 … k-1, repeats included: reports come more than once.
func sequences(k, n int) [][]int {
	if n == 0 {
		return [][]int{nil}
	}
	var all [][]int
	for _, head := range sequences(k, n-1) {
		for i := range k {
			all = append(all, append(append([]int(nil), head...), i))
		}
	}
	return all
}

func sorted(order []int) (key [4]int) {
	copy(key[:], order)
	for i := range key {
		for j := i + 1; j < len(key); j++ {
			if key[j] < key[i] {
				key[i], key[j] = key[j], key[i]
			}
		}
	}
	return key
}

func told(reports []report, order []int) []report {
	var story []report
	for _, i := range order {
		story = append(story, reports[i])
	}
	return story
}
