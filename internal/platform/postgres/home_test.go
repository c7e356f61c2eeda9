package postgres

import (
	"os/exec"
	"sync"
	"testing"
)

// A program that is being started has all our open files for a moment, and with them a lock we gave back.
func TestAFolderIsFreeAsSoonAsItIsGivenUp(t *testing.T) {
	t.Parallel()
	dir, over := t.TempDir(), make(chan struct{})
	var starting sync.WaitGroup
	for range 4 {
		starting.Go(func() {
			for {
				select {
				case <-over:
					return
				default:
					_ = exec.CommandContext(t.Context(), "true").Run()
				}
			}
		})
	}
	for range 5000 {
		lock, err := lockFolder(dir)
		if err != nil {
			t.Error(err)
			break
		}
		unlockFolder(lock)
	}
	close(over)
	starting.Wait()
}
