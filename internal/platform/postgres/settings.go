package postgres

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// defaults suit one developer's machine: room for a few processes with their pools, few
// checkpoints during a bulk import, a fresh autovacuum for the queue-like tables, and no
// parameters (they are customers' data) in the log.
func defaults(b Binaries) map[string]string {
	settings := map[string]string{
		"max_connections":                       "200",
		"shared_buffers":                        "256MB",
		"effective_cache_size":                  "1GB",
		"work_mem":                              "8MB",
		"maintenance_work_mem":                  "128MB",
		"max_wal_size":                          "4GB",
		"min_wal_size":                          "256MB",
		"checkpoint_timeout":                    "15min",
		"random_page_cost":                      "1.1",
		"jit":                                   "off",
		"autovacuum_naptime":                    "15s",
		"autovacuum_vacuum_insert_scale_factor": "0.5",
		"timezone":                              "UTC",
		"log_timezone":                          "UTC",
		"log_line_prefix":                       "%m [%p] ",
		"log_checkpoints":                       "off",
		"log_parameter_max_length":              "0",
		"log_parameter_max_length_on_error":     "0",
		"log_min_error_statement":               "panic",
	}
	if hasLibrary(b, "pg_stat_statements") {
		settings["shared_preload_libraries"] = "pg_stat_statements"
	}
	return settings
}

// hasLibrary says whether a server module is installed beside the programs.
func hasLibrary(b Binaries, name string) bool {
	dirs := []string{filepath.Join(b.Dir, "../lib"), filepath.Join(b.Dir, "../lib/postgresql")}
	if out, err := exec.Command(filepath.Join(b.Dir, "pg_config"), "--pkglibdir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(out)))
	}
	for _, dir := range dirs {
		for _, suffix := range []string{".so", ".dylib"} {
			if _, err := os.Stat(filepath.Join(dir, name+suffix)); err == nil {
				return true
			}
		}
	}
	return false
}
