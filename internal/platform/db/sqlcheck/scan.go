package sqlcheck

import "strings"

// lexeme is a word (in lower case), number, parameter, quoted text or punctuation of SQL.
type lexeme struct {
	text  string
	kind  byte     // 'w' word, 'n' number, 'p' parameter, 's' string, '.' anything else
	inner []lexeme // of a parenthesis: what is between "(" and ")"
}

func (t lexeme) is(texts ...string) bool {
	for _, text := range texts {
		if t.kind != 's' && t.text == text {
			return true
		}
	}
	return false
}

// scanned is a statement as a flat list of lexemes.
type scanned struct {
	lexemes []lexeme
	system  bool // a comment "-- system" marks a statement that only AsSystem runs
	all     bool // a comment "-- reads all: why" marks one that is meant to read all of a tenant's rows
}

func scan(sql string) scanned {
	var out scanned
	for i := 0; i < len(sql); {
		c, rest := sql[i], sql[i:]
		n := 1
		switch {
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
		case strings.HasPrefix(rest, "--"):
			n = until(rest, "\n")
			comment := strings.TrimSpace(rest[2:n])
			out.system = out.system || strings.HasPrefix(comment, "system")
			out.all = out.all || strings.HasPrefix(comment, "reads all: ")
		case strings.HasPrefix(rest, "/*"):
			n = until(rest[2:], "*/") + 2
		case c == '\'':
			n = quoted(rest, '\'')
			out.lexemes = append(out.lexemes, lexeme{text: rest[:n], kind: 's'})
		case c == '"':
			n = quoted(rest, '"')
			out.lexemes = append(out.lexemes, lexeme{text: strings.Trim(rest[:n], `"`), kind: 'w'})
		case c == '$':
			n = 1 + span(rest[1:], isDigit)
			out.lexemes = append(out.lexemes, lexeme{text: rest[:n], kind: 'p'})
		case isLetter(c):
			n = span(rest, func(c byte) bool { return isLetter(c) || isDigit(c) })
			out.lexemes = append(out.lexemes, lexeme{text: strings.ToLower(rest[:n]), kind: 'w'})
		case isDigit(c):
			n = span(rest, func(c byte) bool { return isDigit(c) || c == '.' || isLetter(c) })
			out.lexemes = append(out.lexemes, lexeme{text: rest[:n], kind: 'n'})
		default:
			out.lexemes = append(out.lexemes, lexeme{text: rest[:1], kind: '.'})
		}
		i += n
	}
	return out
}

// until is the length of text up to and with end, or all of it.
func until(text, end string) int {
	if at := strings.Index(text, end); at >= 0 {
		return at + len(end)
	}
	return len(text)
}

// quoted is the length of a quoted lexeme; a doubled quote inside does not end it.
func quoted(text string, quote byte) int {
	for i := 1; i < len(text); i++ {
		if text[i] != quote {
			continue
		}
		if i+1 < len(text) && text[i+1] == quote {
			i++
			continue
		}
		return i + 1
	}
	return len(text)
}

func span(text string, in func(byte) bool) int {
	n := 0
	for n < len(text) && in(text[n]) {
		n++
	}
	return n
}

func isLetter(c byte) bool { return c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

// group folds parentheses: "(" becomes one lexeme with what it encloses, and ")" goes. It
// returns what follows the ")" that ends this group.
func group(lexemes []lexeme) (tree, rest []lexeme) {
	for len(lexemes) > 0 {
		t := lexemes[0]
		lexemes = lexemes[1:]
		if t.is(")") {
			return tree, lexemes
		}
		if t.is("(") {
			t.inner, lexemes = group(lexemes)
		}
		tree = append(tree, t)
	}
	return tree, nil
}

func isQuery(lexemes []lexeme) bool {
	return len(lexemes) > 0 && lexemes[0].is("select", "with", "insert", "update", "delete", "values", "merge")
}

// cteNames are the names that WITH gives, which hide tables.
func cteNames(lexemes []lexeme) map[string]bool {
	names := map[string]bool{}
	for i, t := range lexemes {
		if !t.is("as") || i == 0 || i+1 == len(lexemes) {
			continue
		}
		if lexemes[i+1].is("(", "materialized", "not") {
			names[cteBefore(lexemes[:i])] = true
		}
	}
	return names
}

// cteBefore is the name in front of AS, across a list of columns: "x as", "x (a, b) as".
func cteBefore(lexemes []lexeme) string {
	last := len(lexemes) - 1
	if lexemes[last].is(")") {
		for last > 0 && !lexemes[last].is("(") {
			last--
		}
		last--
	}
	if last < 0 {
		return ""
	}
	return lexemes[last].text
}
