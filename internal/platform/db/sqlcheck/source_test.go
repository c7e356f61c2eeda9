package sqlcheck_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aerostic/aerostic/internal/platform/db/sqlcheck"
)

const code = `package contact

import "example.com/unknown"

const columns = "c.id, c.name"

const sqlByID = ` + "`select ` + columns + ` from contacts c where c.tenant_id = $1`" + `

const sqlLocked = sqlByID + " for update"

const systemAll = "select id from contacts"

// Prose and errors are no statements.
const hint = "Select a contact from the list."

func find(tx unknown.Tx, order string) error {
	const inside = "delete from contacts where id = $1"
	tx.Query(sqlByID)
	tx.Exec(inside)
	tx.Exec("update contacts set name = $1")
	tx.Exec("select id from contacts order by " + order)
	return unknown.Errorf("update contact")
}
`

func TestStatementsInSource(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "contact", "testdata"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"contact/store.go": code, "contact/store_test.go": `package contact; const x = "select * from tests"`,
		"contact/testdata/x.go": `package x; const y = "select * from testdata"`,
	} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := sqlcheck.Statements(root)
	if err != nil {
		t.Fatal(err)
	}
	const byID = "select c.id, c.name from contacts c where c.tenant_id = $1"
	want := []sqlcheck.Statement{
		{SQL: byID + " for update", Name: "sqlLocked", Place: "contact/store.go:9"},
		{SQL: "select id from contacts", Name: "systemAll", Place: "contact/store.go:11", System: true},
		{SQL: "delete from contacts where id = $1", Name: "inside", Place: "contact/store.go:17"},
		{SQL: byID, Name: "sqlByID", Place: "contact/store.go:18"},
		{SQL: "update contacts set name = $1", Name: "find", Place: "contact/store.go:20"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
