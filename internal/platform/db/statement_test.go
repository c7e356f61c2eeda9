package db_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/db/sqlcheck"
)

// source is where statements are looked for: everything but this package and provider, which
// has none.
var source = []string{"../../feature", "../../app", "../web", "../queue", "../realtime"}

// TestEveryStatement reads all SQL in the source, so a new feature is covered by being there.
// Mark SQL that only AsSystem runs: a constant whose name begins with "system" (or
// "sqlSystem"), or a comment "-- system" in the statement.
func TestEveryStatement(t *testing.T) {
	t.Parallel()
	d, schema := pretended(t)
	var all []sqlcheck.Statement
	for _, root := range source {
		found, err := sqlcheck.Statements(root)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, found...)
	}
	all = slices.DeleteFunc(all, isMeasuring)
	if len(all) < 50 {
		t.Fatalf("only %d statements were found: the reader is blind", len(all))
	}
	for _, s := range all {
		broken, err := s.Check(t.Context(), schema, d.App(), d.System())
		if err != nil {
			t.Fatal(err)
		}
		for _, rule := range broken {
			if !allowed(s, rule) {
				t.Errorf("%s %s: %s", s.Place, s.Name, rule)
			}
		}
	}
	t.Logf("%d statements", len(all))
}

// isMeasuring says that a statement is one of `aerostic bench`, which looks at the whole
// database from outside, as its superuser.
func isMeasuring(s sqlcheck.Statement) bool { return strings.HasPrefix(s.Place, "bench/") }

// recounts are files whose statements read all a tenant has, because that is what they are
// for: nobody waits for them.
var recounts = map[string]string{
	"billing/claims.go": "ledger verify proves its claims over every row",
	"billing/verify.go": "ledger verify",
	"message/tally.go":  "daily metrics are rebuilt from the messages",
}

func allowed(s sqlcheck.Statement, rule string) bool {
	file, _, _ := strings.Cut(s.Place, ":")
	return recounts[file] != "" && strings.HasSuffix(rule, "reads all rows of the tenant")
}

// pretended is a database whose large tables look large to the planner.
func pretended(t *testing.T) (*db.DB, sqlcheck.Schema) {
	t.Helper()
	url := dbtest.URL(t)
	d, err := db.Open(t.Context(), db.Config{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	schema, err := sqlcheck.ReadSchema(t.Context(), d.App())
	if err != nil {
		t.Fatal(err)
	}
	owner, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close(t.Context())
	if err := sqlcheck.Pretend(t.Context(), owner, schema); err != nil {
		t.Fatal(err)
	}
	return d, schema
}
