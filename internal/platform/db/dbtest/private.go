package dbtest

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/aerostic/aerostic/internal/platform/postgres"
)

// abandoned is after what time the folder of a test run that was killed is swept away.
const abandoned = time.Hour

// Private starts a server for tests in a temporary folder, which the caller removes after
// stopping it. It trades safety of the data for speed.
func Private(ctx context.Context) (*postgres.Server, string, error) {
	sweep(time.Now().Add(-abandoned))
	dir, err := os.MkdirTemp("/tmp", "aerostic-test-")
	if err != nil {
		return nil, "", err
	}
	server, err := postgres.Start(ctx, postgres.Config{Dir: dir, Settings: map[string]string{
		"fsync":                    "off",
		"full_page_writes":         "off",
		"wal_level":                "minimal",
		"max_wal_senders":          "0",
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

// sweep removes folders of runs that were killed before they could; one still in use is
// locked, and stays.
func sweep(before time.Time) {
	old, _ := filepath.Glob("/tmp/aerostic-test-*") // the pattern is good
	for _, dir := range old {
		if info, err := os.Stat(dir); err == nil && info.ModTime().Before(before) {
			_ = postgres.Destroy(dir) // the next run tries again
		}
	}
}
