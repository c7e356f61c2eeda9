package segment

import (
	"math/big"
	"strings"
)

// typed compares a field's value by the type the workspace gave it.
func (b *builder) typed(q Query, fieldType string, value Fragment) Fragment {
	switch fieldType {
	case "number":
		return number(q, value)
	case "date":
		return b.date(q, value)
	case "boolean":
		return boolean(q, value)
	case "choice":
		return exact(q, value)
	}
	return b.text(q, value)
}

// exact compares with words of a known list.
func exact(q Query, value Fragment) Fragment {
	if q.Op == "set" {
		return value.after(" is not null")
	}
	return value.after(" = any(?)", q.Values)
}

// after is the fragment with text and arguments behind it.
func (f Fragment) after(text string, args ...any) Fragment {
	return Fragment{f.Text + text, append(f.Args[:len(f.Args):len(f.Args)], args...)}
}

// text compares without regard to case.
func (b *builder) text(q Query, value Fragment) Fragment {
	folded := Fragment{"lower(" + value.Text + ")", value.Args}
	switch q.Op {
	case "set":
		return value.after(" is not null")
	case "contains":
		return Fragment{"strpos(" + folded.Text + ", lower(?::text)) > 0", append(folded.Args[:len(folded.Args):len(folded.Args)], q.Values[0])}
	case "starts":
		return Fragment{"starts_with(" + folded.Text + ", lower(?::text))", append(folded.Args[:len(folded.Args):len(folded.Args)], q.Values[0])}
	}
	words := make([]any, len(q.Values))
	for i, word := range q.Values {
		words[i] = word
	}
	return folded.after(" in ("+strings.Repeat(", lower(?::text)", len(words))[2:]+")", words...)
}

// decimalOf is the decimal that a text writes. It is run for every contact, and counting digits makes
// the regular expression three times as slow: only what may have too many is held against that one.
func decimalOf(value Fragment) Fragment {
	text := `case when (%) collate "C" ~ '^-{0,1}[0-9]+(\.[0-9]+){0,1}$'
    and (octet_length(%) <= 10 or (%) collate "C" ~ '^-{0,1}[0-9]{1,15}(\.[0-9]{1,9}){0,1}$') then (%)::numeric end`
	var args []any
	for range strings.Count(text, "%") {
		args = append(args, value.Args...)
	}
	return Fragment{strings.ReplaceAll(text, "%", value.Text), args}
}

// number compares decimals. A value that is none, left from when the field was of another type,
// is as if it were not there.
func number(q Query, value Fragment) Fragment {
	if q.Op == "set" {
		return value.after(" is not null")
	}
	decimal := decimalOf(value)
	switch q.Op {
	case "less":
		return decimal.after(" < ?::text::numeric", q.Values[0])
	case "most":
		return decimal.after(" <= ?::text::numeric", q.Values[0])
	case "more":
		return decimal.after(" > ?::text::numeric", q.Values[0])
	case "least":
		return decimal.after(" >= ?::text::numeric", q.Values[0])
	case "between":
		return within(decimal, q.Values[0], q.Values[1])
	}
	return decimal.after(" = any(?::text[]::numeric[])", q.Values)
}

// within is true of a decimal from one to another. BETWEEN would work the decimal out twice.
func within(decimal Fragment, from, to string) Fragment {
	low, _ := new(big.Rat).SetString(from) // their shape is checked
	high, _ := new(big.Rat).SetString(to)
	if low.Cmp(high) > 0 {
		return write("false")
	}
	return Fragment{"(" + decimal.Text + ") <@ numrange(?::text::numeric, ?::text::numeric, '[]')",
		append(decimal.Args[:len(decimal.Args):len(decimal.Args)], from, to)}
}

// date compares dates as they are written: 2006-01-02 sorts by time. Others are no dates.
func (b *builder) date(q Query, value Fragment) Fragment {
	bytes := Fragment{"(" + value.Text + `) collate "C"`, value.Args}
	switch q.Op {
	case "on":
		return bytes.after(" = ?", q.Values[0])
	case "before":
		return bytes.after(" < ?", q.Values[0])
	case "after":
		return bytes.after(" > ?", q.Values[0])
	case "between":
		return bytes.after(" between ? and ?", q.Values[0], q.Values[1])
	case "past":
		return bytes.after(" between ? and ?", b.today(-q.Days), b.today(0))
	case "next":
		return bytes.after(" between ? and ?", b.today(0), b.today(q.Days))
	}
	return value.after(" is not null")
}

func boolean(q Query, value Fragment) Fragment {
	switch q.Op {
	case "yes":
		return value.after(" = 'true'")
	case "no":
		return value.after(" = 'false'")
	}
	return value.after(" is not null")
}

// instant compares a moment with dates of the workspace, whole days.
func (b *builder) instant(q Query, column string) Fragment {
	switch q.Op {
	case "before":
		return write(column+" < ?", b.midnight(q.Values[0], 0))
	case "after":
		return write(column+" >= ?", b.midnight(q.Values[0], 1))
	case "between":
		return write(column+" >= ? and "+column+" < ?", b.midnight(q.Values[0], 0), b.midnight(q.Values[1], 1))
	case "on":
		return write(column+" >= ? and "+column+" < ?", b.midnight(q.Values[0], 0), b.midnight(q.Values[0], 1))
	}
	return write(column+" >= ?", b.ago(q.Days))
}
