// Package norace marks tests that the race detector has nothing to tell about: what one goroutine computes,
// which takes ten times as long under it. `make test` plays them in a run of their own
// (scripts/plain-tests.sh).
package norace

import "testing"

// Only skips a test under the race detector.
func Only(t testing.TB) {
	t.Helper()
	if racing {
		t.Skip("It is played without the race detector, by scripts/plain-tests.sh.")
	}
}
