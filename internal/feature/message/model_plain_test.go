package message

import (
	"testing"

	"github.com/aerostic/aerostic/internal/platform/norace"
)

// Schedules are played one by one in one goroutine each: many of them in a run of their own
// (scripts/plain-tests.sh), and under the race detector, where one takes many times as long, as
// many as show what they share (model_race_test.go).

func TestSchedulesKeepEveryPromise(t *testing.T) {
	norace.Only(t)
	t.Parallel()
	keepEveryPromise(t, 100_000)
}

func TestEveryRuleIsNeeded(t *testing.T) {
	norace.Only(t)
	t.Parallel()
	for off := allRules + 1; off < lastRule; off++ {
		seed, wrong := search(off, 20_000)
		if wrong == "" {
			t.Errorf("without this rule nothing goes wrong in 20,000 schedules: %s", off)
			continue
		}
		t.Logf("%-65s schedule %5d: %s", off, seed, wrong)
	}
}
