package contact

import (
	"github.com/google/uuid"

	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/platform/sheet"
)

// Why a row went to the error file, besides the problems of a phone number.
const (
	problemColumns   = "too_many_columns"
	problemTooLong   = "cell_too_long"
	problemUTF8      = "invalid_utf8"
	problemNUL       = "nul_character"
	problemEmail     = "email_invalid"
	problemOptIn     = "opt_in_invalid"
	problemTag       = "tag_invalid"
	problemRepeated  = "repeated"
	problemTwoPeople = "two_contacts"
	problemTooMany   = "too_many_tags"
	problemErased    = "erased"
)

// problemSentence is what a person reads about a problem.
func problemSentence(problem string) string {
	problem, column, _ := strings.Cut(problem, ":")
	if column != "" {
		return column + ": " + problemSentence(problem)
	}
	switch problem {
	case problemNumber:
		return "This is not a number. Write it like 1,20,000 or 120000.50."
	case problemDate:
		return "This is not a date. Write it day first, like 25/12/2026, or like 2026-12-25."
	case problemBoolean:
		return "This says neither yes nor no."
	case problemOption:
		return "This is none of the field's options."
	case problemNoPhone:
		return "The phone number is missing."
	case problemPhone:
		return "This is not a valid phone number."
	case problemPhoneScientific:
		return "The spreadsheet shortened this number (9.2E+11) and its digits are lost. Format the column as text and export again."
	case problemColumns:
		return "The row has more columns than the file's first row."
	case problemTooLong:
		return "A cell is too long: names have up to 200 characters, other cells up to 1,000."
	case problemUTF8:
		return "The row contains bytes that are no text (invalid UTF-8)."
	case problemNUL:
		return "The row contains a character that cannot be stored."
	case problemEmail:
		return "This is not an e-mail address."
	case problemOptIn:
		return "The opt-in cell says neither yes nor no."
	case problemTag:
		return "A tag is longer than 100 characters, or there are more than 20."
	case problemRepeated:
		return "The same person is in an earlier row of this file."
	case problemTwoPeople:
		return "The phone number and the user id belong to two different contacts. Merge them first."
	case problemErased:
		return "This person asked to be erased. Add them by hand if they have come back."
	case problemTooMany:
		return "The workspace has no room for another tag (1,000)."
	case string(sheet.OpenQuote):
		return "A quotation mark is opened and never closed."
	case string(sheet.StrayQuote):
		return "Text follows a closing quotation mark."
	case string(sheet.TooLong):
		return "The row is longer than 64 kB."
	}
	return "The row cannot be read."
}

// person is a row that can be imported. Strings are its own.
type person struct {
	id                                uuid.UUID // they get it when they are new; in the order of the file
	row                               int64
	phone, bsuid, name, email, locale string
	fields                            []byte // JSON; nil for none
	optIn                             OptIn
	tags                              []string
	raw                               []byte
}

// rowParser turns records into people. It is used by one goroutine.
type rowParser struct {
	targets []Target
	keys    [][]byte // per column: the JSON of its field's key, nil when it is none
	fields  []Field  // per column: the field it fills
	country string
	phoneAt bool // the file has a phone column: otherwise the user id is required
	optIn   OptIn
}

// newRowParser makes one. A field that is not among fields takes any text.
func newRowParser(o Options, country string, fields map[string]Field) *rowParser {
	n := len(o.Mapping)
	p := &rowParser{targets: o.Mapping, keys: make([][]byte, n), fields: make([]Field, n), country: country, optIn: OptInUnknown}
	for i, target := range o.Mapping {
		if key, ok := strings.CutPrefix(string(target), fieldTarget); ok {
			p.keys[i], p.fields[i] = appendJSON(nil, key), fields[key]
		}
		p.phoneAt = p.phoneAt || target == ToPhone
	}
	if o.OptIn != nil {
		p.optIn = OptInGiven
	}
	return p
}

// parse reads a record; problem says why it cannot be imported.
func (p *rowParser) parse(r sheet.Record) (person, string) {
	switch {
	case r.Problem != "":
		return person{}, string(r.Problem)
	case !utf8.Valid(r.Raw):
		return person{}, problemUTF8
	case bytes.IndexByte(r.Raw, 0) >= 0:
		return person{}, problemNUL
	}
	who := person{optIn: p.optIn}
	for i, raw := range r.Fields {
		cell := bytes.TrimSpace(raw)
		if len(cell) == 0 {
			continue
		}
		if i >= len(p.targets) {
			return person{}, problemColumns
		}
		if problem := p.set(&who, i, cell); problem != "" {
			return person{}, problem
		}
	}
	if who.phone == "" && who.bsuid == "" {
		return person{}, problemNoPhone
	}
	if who.fields != nil {
		who.fields = append(who.fields, '}')
	}
	return who, ""
}

func (p *rowParser) set(who *person, column int, cell []byte) (problem string) {
	switch p.targets[column] {
	case ToIgnore:
	case ToPhone:
		who.phone, problem = parsePhone(string(cell), p.country)
	case ToName:
		who.name, problem = within(cell, maxName)
	case ToEmail:
		var ok bool
		if who.email, ok = cleanEmail(string(cell)); !ok {
			problem = problemEmail
		}
	case ToBSUID:
		who.bsuid, problem = within(cell, maxBSUID)
	case ToLocale:
		who.locale, problem = within(cell, 20)
	case ToOptIn:
		who.optIn, problem = parseOptIn(cell)
	case ToTags:
		who.tags, problem = parseTags(string(cell))
	default:
		problem = p.setField(who, column, cell)
	}
	return problem
}

func (p *rowParser) setField(who *person, column int, cell []byte) string {
	value, problem := p.fields[column].canonical(string(cell))
	if problem != "" && problem != problemTooLong {
		return problem + ":" + p.fields[column].Label
	}
	if problem != "" {
		return problem
	}
	if who.fields == nil {
		who.fields = append(make([]byte, 0, 64), '{')
	} else {
		who.fields = append(who.fields, ',')
	}
	who.fields = append(append(who.fields, p.keys[column]...), ':')
	who.fields = appendJSON(who.fields, value)
	return ""
}

func within(cell []byte, limit int) (string, string) {
	if len(cell) > limit && utf8.RuneCount(cell) > limit {
		return "", problemTooLong
	}
	return string(cell), ""
}

func parseOptIn(cell []byte) (OptIn, string) {
	switch strings.ToLower(string(cell)) {
	case "yes", "y", "true", "1", "in", "opted in", "opt-in", "subscribed", "हाँ", "हां", "हा":
		return OptInGiven, ""
	case "no", "n", "false", "0", "out", "opted out", "opt-out", "unsubscribed", "नहीं", "ना":
		return OptInRefused, ""
	case "unknown":
		return OptInUnknown, ""
	}
	return "", problemOptIn
}

func parseTags(cell string) ([]string, string) {
	var tags []string
	for _, name := range strings.FieldsFunc(cell, func(r rune) bool { return r == ',' || r == ';' || r == '|' }) {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if firstRunes(name, 100) != name || len(tags) == 20 {
			return nil, problemTag
		}
		tags = append(tags, name)
	}
	return tags, ""
}

// appendJSON writes valid UTF-8 as a JSON string.
func appendJSON(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for i := range len(s) {
		switch b := s[i]; {
		case b == '"' || b == '\\':
			dst = append(dst, '\\', b)
		case b < 0x20:
			dst = append(dst, '\\', 'u', '0', '0', hex[b>>4], hex[b&15])
		default:
			dst = append(dst, b)
		}
	}
	return append(dst, '"')
}

func (w person) market() string {
	if w.phone == "" {
		return ""
	}
	return billing.Market(w.phone)
}
