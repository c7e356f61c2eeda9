package app_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aerostic/aerostic/internal/app"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/postgres"
)

const (
	schemaFile  = "../../migrations/schema.sql"
	openAPIFile = "../../web/packages/api-client/openapi.json"
	// schemaMajor is the version whose pg_dump writes the file; others word it differently.
	schemaMajor = 15
)

// TestSchemaFile holds migrations/schema.sql, which people read, against what the migrations
// make.
func TestSchemaFile(t *testing.T) {
	t.Parallel()
	found, err := postgres.Find("")
	if err != nil {
		t.Fatal(err)
	}
	if found.Major != schemaMajor {
		t.Skipf("schema.sql is written by pg_dump %d, and here is %s", schemaMajor, found.Version)
	}
	// Partitions go by the month of the migration; the schema river is River's.
	dump := exec.CommandContext(t.Context(), filepath.Join(found.Dir, "pg_dump"), "--schema-only", "--no-owner",
		"--schema=public", "--exclude-table=*_y[0-9]*m[0-9]*", "--exclude-table=*_default", dbtest.URL(t))
	got, err := dump.Output()
	if err != nil {
		t.Fatalf("pg_dump: %v", err)
	}
	hold(t, schemaFile, tidy(got), "make schema")
}

// tidy drops what differs between two dumps of the same schema.
func tidy(dump []byte) []byte {
	dump = regexp.MustCompile(`(?m)^(-- Dumped (from|by) .*|\\(un)?restrict .*)\n`).ReplaceAll(dump, nil)
	dump = regexp.MustCompile(`\n{3,}`).ReplaceAll(dump, []byte("\n\n"))
	return append([]byte("-- Written by `make schema` from the migrations; do not edit.\n\n"), bytes.TrimSpace(append(dump, '\n'))...)
}

// TestOpenAPIFile holds the document that the web app's client is made of against the routes.
func TestOpenAPIFile(t *testing.T) {
	t.Parallel()
	got, err := app.Spec()
	if err != nil {
		t.Fatal(err)
	}
	hold(t, openAPIFile, got, "make generate")
}

// hold compares a committed file with what it should be, or rewrites it when asked to.
func hold(t *testing.T, file string, want []byte, command string) {
	t.Helper()
	want = append(bytes.TrimSpace(want), '\n')
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(got), string(want)); diff != "" {
		t.Errorf("%s is out of date; run `%s` (-file +now):\n%.3000s", filepath.Base(file), command, diff)
	}
}
