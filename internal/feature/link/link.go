// Package link tells which of the people a campaign was sent to opened what it links to.
//
// It owns tracked links (links), the secret of their tokens (link_keys), clicks (link_clicks,
// link_clickers) and the domains links stand on (link_domains). It does not own which place of a
// template holds a link (campaign), nor hosts (tenant), nor what people did after they clicked
// (goal).
//
// A tracked link is a web address of ours that ends in a token. The token is the person's
// message's id and the link's number, encrypted: it says nothing to who reads it, cannot be
// guessed, and costs no row when a campaign is frozen. Life cycle: a draft's links follow its
// mapping (Sync) and stand still once it starts; a click is recorded once, by the first ten
// seconds it fell in; what is no person's (previews, crawlers, prefetching) is sent on and not
// recorded.
package link

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Most is how many tracked links a campaign may have: a token has six bits for which.
const Most = 63

const (
	longestURL = 2000
	longestUTM = 100
)

// Target is where a tracked link leads.
type Target struct {
	URL string `json:"url" maxLength:"2000" doc:"Where the link leads: a whole http or https address"`
	UTM *UTM   `json:"utm,omitempty" doc:"Added to the address for the site's own statistics"`
}

// UTM is what a site's statistics know a visit by. Empty parts are left out.
type UTM struct {
	Source   string `json:"source,omitempty" maxLength:"100"`
	Medium   string `json:"medium,omitempty" maxLength:"100"`
	Campaign string `json:"campaign,omitempty" maxLength:"100"`
	Term     string `json:"term,omitempty" maxLength:"100"`
	Content  string `json:"content,omitempty" maxLength:"100"`
}

// Link is a tracked link of a campaign with how often it was clicked.
type Link struct {
	Number int    `json:"number"`
	Slot   string `json:"slot" doc:"The template's place it stands in"`
	URL    string `json:"url" doc:"Where it leads, UTM parameters included"`
	People int64  `json:"people" doc:"People who clicked it, each once"`
	Clicks int64  `json:"clicks" doc:"Clicks of theirs; several within ten seconds are one"`
}

// Placed is a target in a place of a template. Before is what the template has before the value
// there: the fixed part of a button's address, empty in a text.
type Placed struct {
	Slot   string
	Target Target
	Before string
}

// Address is the target with its UTM parameters, as it is stored and as a click leads to it. It
// is a fault for anything but a whole web address: a link of ours must not become a script, a
// file or another app.
func (t Target) Address() (string, error) {
	text := strings.TrimSpace(t.URL)
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http":
		return "", badTarget("Enter a whole web address that begins with https://.")
	case u.User != nil:
		return "", badTarget("A link must not carry a user name or password.")
	case !ascii(u.Host):
		return "", badTarget("Write the domain in Latin letters; one in another script as it begins with xn--.")
	}
	if err := t.UTM.addTo(u); err != nil {
		return "", err
	}
	address := u.String()
	if len(address) > longestURL {
		return "", badTarget("The address is longer than 2,000 characters.")
	}
	return address, nil
}

func badTarget(sentence string) error {
	return fault.Invalid(sentence).At("body.mapping", sentence).WithCode("link_target")
}

func ascii(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r > 0x7e || r <= ' ' }) < 0
}

// addTo sets the parameters in the address; what the address has of the same name gives way.
func (p *UTM) addTo(u *url.URL) error {
	if p == nil {
		return nil
	}
	var query []string
	if u.RawQuery != "" {
		query = strings.Split(u.RawQuery, "&")
	}
	for _, part := range []struct{ name, value string }{
		{"utm_source", p.Source}, {"utm_medium", p.Medium}, {"utm_campaign", p.Campaign}, {"utm_term", p.Term}, {"utm_content", p.Content},
	} {
		value := strings.TrimSpace(part.value)
		if utf8.RuneCountInString(value) > longestUTM || !utf8.ValidString(value) {
			return badTarget("A UTM parameter has at most 100 characters.")
		}
		if value != "" {
			query = slices.DeleteFunc(query, func(pair string) bool { return strings.HasPrefix(pair, part.name+"=") })
			query = append(query, part.name+"="+url.QueryEscape(value))
		}
	}
	u.RawQuery = strings.Join(query, "&")
	return nil
}
