package contact

import (
	"strings"
	"unicode/utf8"
)

// Why a value does not fit its field.
const (
	problemNumber  = "not_number"
	problemDate    = "not_date"
	problemBoolean = "not_boolean"
	problemOption  = "not_option"
)

// canonical is a value in the one form its field keeps, or why it does not fit. While the field
// is being changed that is already the new form; what fitted the old one still does.
func (f Field) canonical(text string) (value, problem string) {
	if f.Becomes == nil {
		return f.form().canonical(text)
	}
	if value, problem = f.Becomes.canonical(text); problem == "" {
		return value, ""
	}
	if old, odd := f.form().canonical(text); odd == "" {
		return f.Becomes.canonical(old)
	}
	return "", problem
}

// canonical reads a value as people write it. An empty one fits every form.
func (d FieldForm) canonical(text string) (value, problem string) {
	text = strings.TrimSpace(text)
	ok := true
	switch {
	case text == "":
		return "", ""
	case len(text) > maxField && utf8.RuneCountInString(text) > maxField:
		return "", problemTooLong
	case d.Type == NumberField:
		value, ok = parseNumber(text)
		problem = problemNumber
	case d.Type == DateField:
		value, ok = parseDate(text)
		problem = problemDate
	case d.Type == BooleanField:
		value, ok = parseBoolean(text)
		problem = problemBoolean
	case d.Type == ChoiceField:
		value, ok = d.option(text)
		problem = problemOption
	default:
		return text, ""
	}
	if ok {
		return value, ""
	}
	return "", problem
}

// option finds an option whatever its case, under its old name too.
func (d FieldForm) option(text string) (string, bool) {
	key := nameKey(text)
	for old, option := range d.Renamed {
		if nameKey(old) == key {
			return option, true
		}
	}
	for _, option := range d.Options {
		if nameKey(option) == key {
			return option, true
		}
	}
	return "", false
}
