package dbtest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/db/sqlcheck"
)

// collector remembers each statement that the package under test runs. Main holds those that
// were put together at run time against the rules; constants are read from the source by
// platform/db's TestEveryStatement.
type collector struct {
	mu   sync.Mutex
	dir  string // of the package under test
	seen map[string]sqlcheck.Statement
}

var (
	_ pgx.QueryTracer = (*collector)(nil)
	_ pgx.BatchTracer = (*collector)(nil)
)

func newCollector() *collector {
	dir, err := os.Getwd()
	if err != nil {
		dir = "." // no file is in it: nothing is collected
	}
	return &collector{dir: dir, seen: map[string]sqlcheck.Statement{}}
}

func (c *collector) TraceQueryStart(ctx context.Context, conn *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	c.add(conn, data.SQL)
	return ctx
}

func (c *collector) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func (c *collector) TraceBatchStart(ctx context.Context, conn *pgx.Conn, data pgx.TraceBatchStartData) context.Context {
	for _, q := range data.Batch.QueuedQueries {
		c.add(conn, q.SQL)
	}
	return ctx
}

func (c *collector) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}
func (c *collector) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData)     {}

func (c *collector) add(conn *pgx.Conn, sql string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, known := c.seen[sql]; known {
		return
	}
	s := sqlcheck.Statement{SQL: sql, System: strings.HasSuffix(conn.Config().RuntimeParams["role"], "_system")}
	if file, line := caller(); filepath.Dir(file) == c.dir && !strings.HasSuffix(file, "_test.go") {
		s.Place = fmt.Sprintf("%s:%d", filepath.Base(file), line)
	}
	c.seen[sql] = s
}

// caller is the line that ran the statement: the first one above pgx and platform/db.
func caller() (file string, line int) {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for more := true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		if !strings.Contains(f.Function, "/jackc/pgx/") && !strings.Contains(f.Function, "/platform/db.") &&
			!strings.Contains(f.Function, "/dbtest.") {
			return f.File, f.Line
		}
	}
	return "", 0
}

// built are the statements of the package under test that are no constants of its source.
func (c *collector) built() ([]sqlcheck.Statement, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	constants, err := sqlcheck.Statements(c.dir)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, s := range constants {
		known[s.SQL] = true
	}
	var out []sqlcheck.Statement
	for _, s := range c.seen {
		if s.Place != "" && !known[s.SQL] && s.SQL != db.Room && sqlcheck.IsStatement(s.SQL) {
			out = append(out, s)
		}
	}
	return out, nil
}

// check returns what is wrong with the statements that were collected, in lines to print.
func (s *server) check(ctx context.Context) (lines []string, err error) {
	built, err := s.statements.built()
	if err != nil || len(built) == 0 {
		return nil, err
	}
	own := fmt.Sprintf("test_statements_%d", os.Getpid())
	if err := clone(s.url, own, s.version); err != nil {
		return nil, err
	}
	defer drop(s.url, own)
	d, err := db.Open(ctx, db.Config{URL: inDatabase(s.url, own)})
	if err != nil {
		return nil, err
	}
	defer d.Close()
	schema, err := pretend(ctx, d, inDatabase(s.url, own))
	if err != nil {
		return nil, err
	}
	for _, statement := range built {
		broken, err := statement.Check(ctx, schema, d.App(), d.System())
		if err != nil {
			return nil, err
		}
		for _, rule := range broken {
			lines = append(lines, fmt.Sprintf("%s: %s\n\t%s", statement.Place, rule, strings.Join(strings.Fields(statement.SQL), " ")))
		}
	}
	return lines, nil
}

func pretend(ctx context.Context, d *db.DB, url string) (sqlcheck.Schema, error) {
	schema, err := sqlcheck.ReadSchema(ctx, d.App())
	if err != nil {
		return schema, err
	}
	owner, err := pgx.Connect(ctx, url)
	if err != nil {
		return schema, err
	}
	defer owner.Close(ctx)
	return schema, sqlcheck.Pretend(ctx, owner, schema)
}
