package dbtest

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/aerostic/aerostic/internal/platform/postgres"
)

// abandoned is after what time the folder of a test run that was killed is swept away.
const abandoned = time.Hour

const (
	// memory is where Linux keeps files in memory. A clone is some hundred small files: there it
	// takes a tenth of the time that a disk's file system takes.
	memory = "/dev/shm"
	// enough is the room in memory for a run of the whole suite, many times over.
	enough = 2 << 30
)

// Private starts a server for tests in a temporary folder, which the caller removes after
// stopping it. It trades safety of the data for speed.
func Private(ctx context.Context) (*postgres.Server, string, error) {
	sweep(time.Now().Add(-abandoned))
	dir, err := os.MkdirTemp(Scratch(), "aerostic-test-")
	if err != nil {
		return nil, "", err
	}
	server, err := postgres.Start(ctx, postgres.Config{Dir: dir, Settings: map[string]string{
		"fsync":                    "off",
		"full_page_writes":         "off",
		"wal_level":                "minimal",
		"max_wal_senders":          "0",
		"max_wal_size":             "256MB",
		"autovacuum":               "off",
		"shared_buffers":           "128MB",
		"max_connections":          "500",
		"shared_preload_libraries": "",
	}})
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, "", err
	}
	return server, dir, nil
}

// Scratch is where the folders of tests' servers go: in memory, where the machine has room.
// Its name is short, as the path of a socket has to be.
func Scratch() string {
	var at syscall.Statfs_t
	if syscall.Statfs(memory, &at) == nil && uint64(at.Bavail)*uint64(at.Bsize) >= enough && writable(memory) {
		return memory
	}
	return "/tmp"
}

func writable(dir string) bool {
	probe, err := os.MkdirTemp(dir, "aerostic-probe-")
	return err == nil && os.Remove(probe) == nil
}

// sweep removes folders of runs that were killed before they could; one still in use is
// locked, and stays.
func sweep(before time.Time) {
	for _, place := range []string{memory, "/tmp"} {
		old, _ := filepath.Glob(place + "/aerostic-test-*") // the pattern is good
		for _, dir := range old {
			if info, err := os.Stat(dir); err == nil && info.ModTime().Before(before) {
				_ = postgres.Destroy(dir) // the next run tries again
			}
		}
	}
}
