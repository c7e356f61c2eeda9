//go:build race

package message

import "testing"

func TestSchedulesShareNothing(t *testing.T) {
	t.Parallel()
	keepEveryPromise(t, 500)
}
