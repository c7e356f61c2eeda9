// Package sqlcheck keeps the rules for SQL of DESIGN section 3: it reads statements, out of
// the source or as they run in tests, and says which rule each one breaks and why.
//
// It owns the rules that a reader of text or of a plan can judge. It does not own the rules
// for tables, which platform/db's catalogue test keeps. It is used by tests only.
package sqlcheck

// Schema is what the rules need to know of the database.
type Schema struct {
	Tables  map[string]Table
	Partial map[string]bool // indexes over part of a table: those of work to be done
}

// Table is one table or partition in the schema public.
type Table struct {
	Tenant bool   // under row level security: rows belong to a tenant
	Large  bool   // must never be read whole
	Parent string // of a partition; empty otherwise
}

// large are the tables that grow with every message, contact or movement of money.
func large() []string {
	return []string{
		"messages", "contacts", "contact_tags", "contact_activity", "campaign_recipients", "usage_events", "link_clicks", "link_clickers", "conversions",
		"wallet_transactions", "wallet_entries", "webhook_deliveries",
	}
}

// Text returns the rules that a statement breaks, in words. system says that it runs in
// AsSystem, where a statement may concern all tenants at once.
func Text(sql string, schema Schema, system bool) []string {
	found := scan(sql)
	c := checker{schema: schema, system: system || found.system, ctes: cteNames(found.lexemes)}
	tree, _ := group(found.lexemes)
	c.walk(tree)
	c.wholeStatement(found.lexemes)
	return c.broken
}
