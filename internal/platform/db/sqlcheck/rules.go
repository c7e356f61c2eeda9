package sqlcheck

import (
	"fmt"
	"slices"
)

// checker walks a statement query by query: every SELECT, CTE, subquery and side of a UNION
// is judged alone, because Citus routes each of them alone.
type checker struct {
	schema Schema
	system bool
	ctes   map[string]bool
	broken []string
}

func (c *checker) fail(format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if !slices.Contains(c.broken, message) {
		c.broken = append(c.broken, message)
	}
}

// walk judges the query in lexemes, if it is one, and all queries inside.
func (c *checker) walk(lexemes []lexeme) {
	if isQuery(lexemes) {
		for _, side := range sides(lexemes) {
			c.query(side)
		}
	}
	for _, t := range lexemes {
		if t.inner != nil {
			c.walk(t.inner)
		}
	}
}

// sides splits a query at UNION, INTERSECT and EXCEPT.
func sides(lexemes []lexeme) [][]lexeme {
	var out [][]lexeme
	start := 0
	for i, t := range lexemes {
		if t.is("union", "intersect", "except") {
			out = append(out, lexemes[start:i])
			start = i + 1
		}
	}
	return append(out, lexemes[start:])
}

func (c *checker) query(lexemes []lexeme) {
	refs := references(lexemes)
	if !c.system {
		c.pinned(lexemes, refs)
	}
	if target := written(refs); target != nil {
		c.write(lexemes, *target)
	}
}

// pinned wants every tenant table of a query tied to the tenant by a parameter, in this very
// query: row level security protects, but it does not route.
func (c *checker) pinned(lexemes []lexeme, refs []reference) {
	direct, joined := pins(flatten(lexemes))
	for _, r := range refs {
		if !c.isTenant(r.table) {
			continue
		}
		if r.use == "insert" {
			if !slices.ContainsFunc(r.columns, func(t lexeme) bool { return t.is("tenant_id") }) {
				c.fail("insert into %s does not name tenant_id", r.table)
			}
			continue
		}
		if direct[r.alias] || direct[""] {
			continue
		}
		if r.use == "read" && reaches(r.alias, direct, joined) {
			continue
		}
		c.fail("%s (%s) needs %s.tenant_id = $n in the same query level", r.table, r.use, r.alias)
	}
}

func (c *checker) isTenant(table string) bool {
	return !c.ctes[table] && c.schema.Tables[table].Tenant
}

// pins reads the tenant conditions of a query: the aliases compared with a parameter, and
// the pairs compared with each other. The alias of an unqualified tenant_id is "".
func pins(lexemes []lexeme) (direct map[string]bool, joined map[string][]string) {
	direct, joined = map[string]bool{}, map[string][]string{}
	for i, t := range lexemes {
		if !t.is("=") {
			continue
		}
		left, isLeft := tenantBefore(lexemes[:i])
		right, isRight := tenantAfter(lexemes[i+1:])
		switch {
		case isLeft && isRight:
			joined[left] = append(joined[left], right)
			joined[right] = append(joined[right], left)
		case isLeft && i+1 < len(lexemes) && lexemes[i+1].kind == 'p':
			direct[left] = true
		case isRight && i > 0 && lexemes[i-1].kind == 'p':
			direct[right] = true
		}
	}
	return direct, joined
}

func tenantBefore(lexemes []lexeme) (alias string, ok bool) {
	n := len(lexemes)
	if n == 0 || !lexemes[n-1].is("tenant_id") {
		return "", false
	}
	if n >= 3 && lexemes[n-2].is(".") {
		return lexemes[n-3].text, true
	}
	return "", true
}

func tenantAfter(lexemes []lexeme) (alias string, ok bool) {
	if len(lexemes) >= 1 && lexemes[0].is("tenant_id") {
		return "", true
	}
	if len(lexemes) >= 3 && lexemes[1].is(".") && lexemes[2].is("tenant_id") {
		return lexemes[0].text, true
	}
	return "", false
}

// reaches says whether an alias is compared, over others of its query, with a pinned one.
func reaches(alias string, direct map[string]bool, joined map[string][]string) bool {
	seen, next := map[string]bool{}, []string{alias}
	for len(next) > 0 {
		at := next[0]
		next = next[1:]
		if direct[at] {
			return true
		}
		if !seen[at] {
			seen[at] = true
			next = append(next, joined[at]...)
		}
	}
	return false
}

// write judges an INSERT, UPDATE or DELETE.
func (c *checker) write(lexemes []lexeme, target reference) {
	flat := flatten(lexemes)
	for _, t := range deep(lexemes) {
		if clock(t) && c.isTenant(target.table) || random(t) {
			c.fail("%s in a write to %s: times, random values and ids are parameters", t.text, target.table)
		}
	}
	if target.use != "insert" {
		return
	}
	at := indexOf(flat, "on", "conflict")
	if hasUnnest(lexemes) && at < 0 && indexOf(flat, "returning") < 0 {
		c.fail("insert into %s from unnest needs ON CONFLICT or RETURNING", target.table)
	}
	if at >= 0 {
		c.upsert(flat[at:], target)
	}
}

// upsert judges ON CONFLICT: its new values come from excluded.* and constants.
func (c *checker) upsert(lexemes []lexeme, target reference) {
	at := indexOf(lexemes, "do", "update")
	if at < 0 {
		return
	}
	end := len(lexemes)
	if returning := indexOf(lexemes, "returning"); returning > at {
		end = returning
	}
	for _, t := range lexemes[at:end] {
		if c.isTenant(target.table) && t.kind == 'p' {
			c.fail("DO UPDATE on %s uses the parameter %s: only excluded.* and constants", target.table, t.text)
		}
	}
}

// wholeStatement are the rules about words anywhere.
func (c *checker) wholeStatement(lexemes []lexeme) {
	for i, t := range lexemes {
		switch {
		case t.is("offset"):
			c.fail("OFFSET: lists page by keyset")
		case t.is("merge") && i == 0:
			c.fail("MERGE: use INSERT … ON CONFLICT")
		case t.is("set_config"):
			c.fail("set_config: only platform/db sets the tenant")
		case t.is("set") && i == 0:
			c.fail("SET: only platform/db changes settings")
		case t.is("*") && i > 0 && lexemes[i-1].is("select", "returning", "distinct", ",", "."):
			c.fail("SELECT *: columns are named")
		}
	}
}

// clock says whether a lexeme reads the time. The database's clock is for the leases of local
// tables only.
func clock(t lexeme) bool {
	return t.kind == 'w' && t.is("now", "clock_timestamp", "statement_timestamp", "transaction_timestamp",
		"current_timestamp", "current_date", "localtimestamp")
}

func random(t lexeme) bool {
	return t.kind == 'w' && t.is("random", "gen_random_uuid", "uuid_generate_v4", "nextval", "gen_random_bytes")
}
