package tenant

import (
	"crypto/rand"
	"regexp"
	"slices"
	"strings"
)

const longestSlug = 40

// Labels that the product needs itself, or that would look like the product speaking.
var reserved = []string{
	"admin", "aerostic", "api", "app", "assets", "auth", "billing", "blog", "cdn", "connection",
	"dev", "docs", "ftp", "help", "imap", "internal", "localhost", "login", "mail", "media", "mx",
	"new", "news", "ns1", "ns2", "official", "openapi", "platform", "pop", "root", "secure",
	"security", "signin", "signup", "smtp", "staging", "static", "status", "support", "test",
	"webhook", "webhooks", "whatsapp", "www",
}

var slugShape = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)

// CheckSlug refuses an address label that is no DNS label of 3 to 40 characters, or reserved.
func CheckSlug(slug string) error {
	switch {
	case len(slug) < 3 || len(slug) > longestSlug || !slugShape.MatchString(slug) || strings.HasPrefix(slug, "xn--"):
		return invalid("body.slug", "Use 3 to 40 small letters, digits and dashes for the address.")
	case slices.Contains(reserved, slug):
		return invalid("body.slug", "This address is reserved. Choose another.")
	}
	return nil
}

// slugs lists address labels made from a workspace's name, the best first; the last is random
// and practically sure to be free. A name without Latin letters gets only that one.
func slugs(name string) []string {
	tail := strings.ToLower(rand.Text()[:6])
	base := slugify(name)
	if CheckSlug(base) != nil {
		return []string{"team-" + tail}
	}
	short := strings.TrimRight(base[:min(len(base), longestSlug-len(tail)-1)], "-")
	return []string{base, short + "-" + tail}
}

// slugify keeps Latin letters and digits, and turns every run of others into one dash. The
// result is ASCII, so cutting it by bytes is cutting it by characters.
func slugify(name string) string {
	var label strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			label.WriteRune(r)
		case r == '\'' || r == '’':
		case label.Len() > 0 && !strings.HasSuffix(label.String(), "-"):
			label.WriteByte('-')
		}
	}
	text := label.String()
	return strings.Trim(text[:min(len(text), longestSlug)], "-")
}
