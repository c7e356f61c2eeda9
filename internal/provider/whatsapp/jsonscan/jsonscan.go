// Package jsonscan walks JSON bodies without decoding them into maps or structs.
//
// It owns reading single fields out of a body that was validated once. It does not own
// the meaning of those fields, nor writing JSON, apart from AppendString. The send reply,
// the webhook parser and the simulator stand on it: they are the hot paths, and
// encoding/json costs them several times their budget.
//
// Life cycle: Parse validates the whole text once; every Value cut from it is therefore
// valid JSON and shares its memory.
package jsonscan

import (
	"bytes"
	"encoding/json"
	"errors"
	"iter"
	"strconv"
	"unicode/utf8"
)

// ErrSyntax says the text is not one well-formed JSON value.
var ErrSyntax = errors.New("not valid json")

// maxDepth keeps a hostile body from costing quadratic time: Meta nests about ten deep.
const maxDepth = 64

// Kind is the type of a JSON value.
type Kind uint8

// The JSON types. Missing is what a lookup of an absent field gives.
const (
	Missing Kind = iota
	Null
	Bool
	Number
	String
	Array
	Object
)

// Value is the raw text of one JSON value without surrounding space. The zero Value is
// Missing. It aliases the parsed text.
type Value []byte

// Parse validates raw and returns its value, or ErrSyntax.
func Parse(raw []byte) (Value, error) {
	if !json.Valid(raw) || tooDeep(raw) {
		return nil, ErrSyntax
	}
	return Value(bytes.Trim(raw, " \t\r\n")), nil
}

func tooDeep(raw []byte) bool {
	depth := 0
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '"':
			i = endOfString(raw, i) - 1
		case '{', '[':
			if depth++; depth > maxDepth {
				return true
			}
		case '}', ']':
			depth--
		}
	}
	return false
}

// Kind tells the type of v.
func (v Value) Kind() Kind {
	if len(v) == 0 {
		return Missing
	}
	switch v[0] {
	case '{':
		return Object
	case '[':
		return Array
	case '"':
		return String
	case 't', 'f':
		return Bool
	case 'n':
		return Null
	default:
		return Number
	}
}

// Fields walks the members of an object in order; anything else has none. The key is
// unescaped and only valid until the next step.
func (v Value) Fields() iter.Seq2[[]byte, Value] {
	return func(yield func([]byte, Value) bool) {
		if v.Kind() != Object {
			return
		}
		for i := skipSpace(v, 1); v[i] != '}'; {
			end := endOfString(v, i)
			key := unescape(v[i:end])
			i = skipSpace(v, skipSpace(v, end)+1)
			end = endOfValue(v, i)
			if !yield(key, v[i:end]) {
				return
			}
			if i = skipSpace(v, end); v[i] == ',' {
				i = skipSpace(v, i+1)
			}
		}
	}
}

// Items walks the elements of an array in order; anything else has none.
func (v Value) Items() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		if v.Kind() != Array {
			return
		}
		for i := skipSpace(v, 1); v[i] != ']'; {
			end := endOfValue(v, i)
			if !yield(v[i:end]) {
				return
			}
			if i = skipSpace(v, end); v[i] == ',' {
				i = skipSpace(v, i+1)
			}
		}
	}
}

// Get returns the last member called name, as encoding/json does, or a Missing value.
func (v Value) Get(name string) Value {
	var found Value
	for key, member := range v.Fields() {
		if string(key) == name {
			found = member
		}
	}
	return found
}

// Len counts the elements of an array.
func (v Value) Len() int {
	n := 0
	for range v.Items() {
		n++
	}
	return n
}

// Bytes returns the text of a string without its escapes, or nil for another type. It may
// alias the parsed text.
func (v Value) Bytes() []byte {
	if v.Kind() != String {
		return nil
	}
	return unescape(v)
}

// Text returns a string's text, a number as it is written, and "" for anything else:
// Meta sends the same id as a string in one place and as a number in another.
func (v Value) Text() string {
	switch v.Kind() {
	case String:
		return string(unescape(v))
	case Number:
		return string(v)
	default:
		return ""
	}
}

// Int returns a whole number given as number or as string.
func (v Value) Int() (int64, bool) {
	text := []byte(v)
	if v.Kind() == String {
		text = unescape(v)
	}
	n, err := strconv.ParseInt(string(text), 10, 64)
	return n, err == nil
}

// True says whether v is the literal true.
func (v Value) True() bool { return string(v) == "true" }

func skipSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\t' || b[i] == '\r') {
		i++
	}
	return i
}

// endOfString returns the index after the closing quote of the string that opens at i.
func endOfString(b []byte, i int) int {
	for i++; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}

// endOfValue returns the index after the value that starts at i.
func endOfValue(b []byte, i int) int {
	switch b[i] {
	case '"':
		return endOfString(b, i)
	case '{', '[':
		return endOfNested(b, i)
	}
	for i < len(b) && b[i] != ',' && b[i] != '}' && b[i] != ']' && b[i] > ' ' {
		i++
	}
	return i
}

func endOfNested(b []byte, i int) int {
	for depth := 0; i < len(b); i++ {
		switch b[i] {
		case '"':
			i = endOfString(b, i) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(b)
}

// unescape gives the text of a quoted string, without a copy when it has no escapes. Bytes
// that are not UTF-8 become U+FFFD: a database would refuse them.
func unescape(quoted []byte) []byte {
	inner := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return inner
	}
	var text string
	if json.Unmarshal(quoted, &text) != nil {
		return inner
	}
	return []byte(text)
}
