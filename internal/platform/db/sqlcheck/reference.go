package sqlcheck

// reference is one table in one query.
type reference struct {
	table   string
	alias   string   // the table's name when it has none
	use     string   // "read", "insert", "update", "delete"
	columns []lexeme // of an insert
}

// references reads the tables a query names itself, not those of queries inside it.
func references(lexemes []lexeme) []reference {
	lexemes = afterWith(lexemes)
	var refs []reference
	inFrom := false
	for i := 0; i < len(lexemes); i++ {
		t := lexemes[i]
		switch {
		case i == 0 && t.is("update"), t.is("into") && i > 0 && lexemes[i-1].is("insert"):
			use := map[bool]string{true: "update", false: "insert"}[i == 0]
			refs = appendReference(refs, lexemes[i+1:], use)
		case t.is("from") && i > 0 && lexemes[i-1].is("delete"):
			refs, inFrom = appendReference(refs, lexemes[i+1:], "delete"), true
		case t.is("from") && !isDistinctFrom(lexemes[:i]), t.is("using") && inFrom && refs[0].use == "delete":
			refs, inFrom = appendReference(refs, lexemes[i+1:], "read"), true
		case t.is("join"), t.is(",") && inFrom:
			refs = appendReference(refs, lexemes[i+1:], "read")
		case t.is("where", "group", "order", "having", "limit", "returning", "set", "window", "for"):
			inFrom = false
		}
	}
	return refs
}

// afterWith skips the common table expressions in front of a query; they are judged alone.
func afterWith(lexemes []lexeme) []lexeme {
	if len(lexemes) == 0 || !lexemes[0].is("with") {
		return lexemes
	}
	for i := 1; i < len(lexemes); i++ {
		if lexemes[i-1].is("(") && lexemes[i].is("select", "insert", "update", "delete", "values") {
			return lexemes[i:]
		}
	}
	return nil
}

// isDistinctFrom tells the FROM of IS [NOT] DISTINCT FROM.
func isDistinctFrom(before []lexeme) bool {
	n := len(before)
	return n >= 2 && before[n-1].is("distinct") && before[n-2].is("is", "not")
}

// appendReference reads "only lateral schema.table as alias (columns)"; functions and
// subqueries are no tables.
func appendReference(refs []reference, lexemes []lexeme, use string) []reference {
	for len(lexemes) > 0 && lexemes[0].is("only", "lateral") {
		lexemes = lexemes[1:]
	}
	if len(lexemes) > 2 && lexemes[1].is(".") {
		lexemes = lexemes[2:]
	}
	if len(lexemes) == 0 || lexemes[0].kind != 'w' {
		return refs
	}
	r := reference{table: lexemes[0].text, alias: lexemes[0].text, use: use}
	lexemes = lexemes[1:]
	if use != "insert" && len(lexemes) > 0 && lexemes[0].is("(") {
		return refs
	}
	if len(lexemes) > 1 && lexemes[0].is("as") {
		lexemes = lexemes[1:]
	}
	if len(lexemes) > 0 && lexemes[0].kind == 'w' && !endsReference(lexemes[0]) {
		r.alias, lexemes = lexemes[0].text, lexemes[1:]
	}
	if use == "insert" && len(lexemes) > 0 && lexemes[0].is("(") {
		r.columns = lexemes[0].inner
	}
	return append(refs, r)
}

// endsReference tells a keyword from an alias.
func endsReference(t lexeme) bool {
	return t.is("where", "set", "on", "join", "inner", "left", "right", "full", "cross", "natural", "using", "group",
		"order", "having", "limit", "for", "returning", "values", "select", "with", "default", "union", "intersect",
		"except", "window", "fetch", "tablesample", "overriding")
}

// written is the table a query changes, or nil.
func written(refs []reference) *reference {
	for i := range refs {
		if refs[i].use != "read" {
			return &refs[i]
		}
	}
	return nil
}

// flatten undoes group for everything but queries inside, which are left out.
func flatten(lexemes []lexeme) []lexeme {
	var out []lexeme
	for _, t := range lexemes {
		if t.inner == nil {
			out = append(out, t)
			continue
		}
		out = append(out, lexeme{text: "(", kind: '.'})
		if !isQuery(t.inner) {
			out = append(out, flatten(t.inner)...)
		}
		out = append(out, lexeme{text: ")", kind: '.'})
	}
	return out
}

// deep is a query with all queries inside it.
func deep(lexemes []lexeme) []lexeme {
	var out []lexeme
	for _, t := range lexemes {
		out = append(append(out, t), deep(t.inner)...)
	}
	return out
}

// hasUnnest looks for unnest( in a query, queries inside included.
func hasUnnest(lexemes []lexeme) bool {
	for _, t := range lexemes {
		if t.kind == 'w' && t.is("unnest") || hasUnnest(t.inner) {
			return true
		}
	}
	return false
}

// indexOf finds words that follow each other, or returns -1.
func indexOf(lexemes []lexeme, words ...string) int {
	for i := 0; i+len(words) <= len(lexemes); i++ {
		found := true
		for n, word := range words {
			found = found && lexemes[i+n].is(word)
		}
		if found {
			return i
		}
	}
	return -1
}
