package contact

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// nameKeyLength is how many characters of a name are searched and sorted by.
const nameKeyLength = 64

// nameKey folds a name to what is searched and sorted by: composed, lower case, cut by characters.
func nameKey(name string) string {
	ascii := true
	for i := range len(name) {
		if name[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if !ascii {
		name = norm.NFKC.String(name)
	}
	return firstRunes(strings.ToLower(strings.TrimSpace(name)), nameKeyLength)
}

// firstRunes cuts s to n characters.
func firstRunes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	count := 0
	for i := range s {
		if count == n {
			return s[:i]
		}
		count++
	}
	return s
}

// afterPrefix is the lowest string greater than all that begin with prefix, in the order of
// their bytes. U+10FFFF is no character, so nothing stored begins with more than it.
func afterPrefix(prefix string) string {
	return prefix + string(unicode.MaxRune)
}

// cleanEmail lowers an address and checks its shape: something, an at, a domain.
func cleanEmail(text string) (string, bool) {
	email := strings.ToLower(strings.TrimSpace(text))
	local, domain, found := strings.Cut(email, "@")
	ok := found && local != "" && strings.Contains(strings.Trim(domain, "."), ".") && len(email) <= maxEmail &&
		!strings.ContainsAny(email, " ,;<>\"\t\r\n") && !strings.Contains(domain, "@")
	return email, ok
}

// storable reports text that PostgreSQL can keep: UTF-8 without a NUL.
func storable(text string) bool {
	return utf8.ValidString(text) && !strings.Contains(text, "\x00")
}

// fieldKeyShape is what contact_fields.key allows.
func fieldKeyShape() *regexp.Regexp {
	return regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
}

// fieldKey makes a field's key from a column's or a field's title: "Order ID" is order_id. A
// title without Latin letters gives "".
func fieldKey(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9' && b.Len() > 0:
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	return strings.Trim(firstRunes(b.String(), 40), "_")
}
