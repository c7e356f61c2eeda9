package sqlcheck

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Check holds a statement against all rules, those of its text and those of its plan in the
// role that runs it. The pools are those of a database made for it by Pretend. A statement whose
// text says "-- reads all: why" may read all rows of its tenant.
func (s Statement) Check(ctx context.Context, schema Schema, app, system *pgxpool.Pool) ([]string, error) {
	pool := app
	if s.System {
		pool = system
	}
	planned, err := Plan(ctx, pool, schema, s.SQL)
	if scan(s.SQL).all {
		planned = slices.DeleteFunc(planned, func(rule string) bool { return strings.HasSuffix(rule, string(tenant)) })
	}
	return append(Text(s.SQL, schema, s.System), planned...), err
}

// Plan asks the server how it would run a statement, in the role of the pool's connection,
// and returns what is wrong: that it cannot run at all, or that its cost grows with a large
// table or with all a tenant has in one. The plan is the generic one, for unknown parameters;
// it means something after Pretend.
func Plan(ctx context.Context, pool *pgxpool.Pool, schema Schema, sql string) ([]string, error) {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Release()
	tx, err := conn.Begin(ctx)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback(ctx)
	text, err := explain(ctx, tx, sql)
	if err != nil {
		return []string{err.Error()}, nil
	}
	if strings.Contains(string(text), `"Utility Statement"`) {
		return nil, nil // nothing is planned for SET, NOTIFY and the like
	}
	var plans []struct{ Plan node }
	if err := json.Unmarshal(text, &plans); err != nil {
		return nil, fmt.Errorf("read plan of %s: %w", sql, err)
	}
	var broken []string
	for _, p := range plans {
		broken = append(broken, p.Plan.wrong(schema, false)...)
	}
	slices.Sort(broken)
	return slices.Compact(broken), nil
}

const planned = "sqlcheck_planned"

func explain(ctx context.Context, tx pgx.Tx, sql string) ([]byte, error) {
	const ready = `set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan`
	if _, err := tx.Exec(ctx, ready); err != nil {
		return nil, err
	}
	described, err := tx.Conn().PgConn().Prepare(ctx, planned, sql, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Conn().PgConn().Deallocate(ctx, planned)
	execute := "explain (format json) execute " + planned
	if n := len(described.ParamOIDs); n > 0 {
		execute += "(null" + strings.Repeat(", null", n-1) + ")"
	}
	result := tx.Conn().PgConn().ExecParams(ctx, execute, nil, nil, nil, nil).Read()
	if result.Err != nil {
		return nil, result.Err
	}
	return result.Rows[0][0], nil
}

// node is a step of a plan, as EXPLAIN (FORMAT JSON) writes it.
type node struct {
	Type  string `json:"Node Type"`
	Table string `json:"Relation Name"`
	Index string `json:"Index Name"`
	Cond  string `json:"Index Cond"`
	Plans []node `json:"Plans"`
}

// wrong lists the reads of a large table that grow with all of it. limited says that a step
// above stops this one after a few rows.
func (n node) wrong(schema Schema, limited bool) []string {
	var broken []string
	if schema.Tables[n.Table].Large {
		if reads := n.reads(schema); reads == everything || reads == tenant && !limited {
			broken = append(broken, fmt.Sprintf("%s of the large table %s reads %s", strings.ToLower(n.Type), n.parent(schema), reads))
		}
	}
	for i, inner := range n.Plans {
		broken = append(broken, inner.wrong(schema, n.limits(i, limited))...)
	}
	return broken
}

// limits says whether input i of this step is cut short. Steps that need all their input
// before the first row pass no limit on; nor does a loop to its inner side.
func (n node) limits(i int, limited bool) bool {
	switch n.Type {
	case "Limit":
		return true
	case "Sort", "Aggregate", "Hash", "HashAggregate", "WindowAgg", "Materialize", "ModifyTable":
		return false
	case "Nested Loop", "Hash Join", "Merge Join":
		return limited && i == 0
	}
	return limited
}

// share is how much of a table a step reads.
type share string

const (
	part       share = "part of it"
	tenant     share = "all rows of the tenant"
	everything share = "all of it"
)

func (n node) reads(schema Schema) share {
	switch n.Type {
	case "Seq Scan", "Sample Scan":
		return everything
	case "Index Scan", "Index Only Scan", "Bitmap Index Scan":
		return n.indexReads(schema)
	case "Bitmap Heap Scan", "BitmapOr", "BitmapAnd":
		return n.bitmapReads(schema)
	}
	return part
}

// indexReads judges an index condition. A partial index is meant to be read whole: it holds
// the work that waits.
func (n node) indexReads(schema Schema) share {
	if schema.Partial[n.Index] {
		return part
	}
	if n.Cond == "" {
		return everything
	}
	for cond := range strings.SplitSeq(n.Cond, " AND ") {
		if !strings.HasPrefix(strings.TrimLeft(cond, "("), "tenant_id = ") {
			return part
		}
	}
	return tenant
}

// bitmapReads is the least of indexes combined by AND, the most of those combined by OR.
func (n node) bitmapReads(schema Schema) share {
	order := []share{part, tenant, everything}
	var all []int
	for _, inner := range n.Plans {
		all = append(all, slices.Index(order, inner.reads(schema)))
	}
	if len(all) == 0 {
		return part
	}
	if n.Type == "BitmapAnd" {
		return order[slices.Min(all)]
	}
	return order[slices.Max(all)]
}

func (n node) parent(schema Schema) string {
	if p := schema.Tables[n.Table].Parent; p != "" {
		return p
	}
	return n.Table
}
