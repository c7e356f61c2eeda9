package dbtest

import (
	"context"
	"os"

	"github.com/aerostic/aerostic/internal/platform/postgres"
)

// Private starts a server for tests in a temporary folder, which the caller removes after
// stopping it. It trades safety of the data for speed.
func Private(ctx context.Context) (*postgres.Server, string, error) {
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
