package postgres

import (
	"errors"
	"fmt"
	"os"
)

// Destroy removes the cluster of a Config with this Dir, wherever it lives (see Folder),
// after stopping a server left over on it. A folder in use by a living process of ours is
// an error, one that is not there is none.
func Destroy(dir string) error {
	h, err := locate(dir)
	if err != nil {
		return err
	}
	if _, err := os.Stat(h.dir); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	lock, err := lockFolder(h.dir)
	if err != nil {
		return fmt.Errorf("remove %s: %w", h.dir, err)
	}
	defer unlockFolder(lock)
	if err := h.stopOrphan(); err != nil {
		return fmt.Errorf("remove %s: %w", h.dir, err)
	}
	return errors.Join(os.RemoveAll(h.socket), os.RemoveAll(h.dir))
}
