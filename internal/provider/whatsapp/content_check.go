package whatsapp

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// ContentProblem is one thing that Meta would refuse.
type ContentProblem struct {
	// Place is where, as in the content's JSON: "interactive.buttons[1].title".
	Place string
	// Sentence says what is wrong and what would be right.
	Sentence string
}

// checker collects what is wrong with a content.
type checker struct{ problems []ContentProblem }

// Validate holds the content against Meta's limits; lengths are in characters. None found: Meta
// takes it, as far as can be told before its files are there.
func (c *Content) Validate() []ContentProblem {
	var k checker
	switch {
	case c.Type.Interactive():
		k.interactive(c.Type, c.Interactive)
	case c.Type == TypeText:
		k.text(c.Text)
	case c.Type == TypeLocation:
		k.location(c.Location)
	case c.Type == TypeContacts:
		k.contacts(c.Contacts)
	case c.Type == TypeReaction:
		k.reaction(c.Reaction)
	case c.Type.isMedia():
		k.media(string(c.Type), c.Type, c.mainMedia())
	default:
		k.say("type", "This kind of message is not known.")
	}
	return k.problems
}

func (t ContentType) isMedia() bool {
	return t == TypeImage || t == TypeVideo || t == TypeAudio || t == TypeDocument || t == TypeSticker
}

func (k *checker) say(place, sentence string) {
	k.problems = append(k.problems, ContentProblem{place, sentence})
}

// missing says that a part is not there.
func (k *checker) missing(place string, absent bool) bool {
	if absent {
		k.say(place, "This is missing.")
	}
	return absent
}

// length wants low to high characters.
func (k *checker) length(place, value string, low, high int) {
	switch n := utf8.RuneCountInString(value); {
	case n == 0 && low > 0, low > 0 && strings.TrimSpace(value) == "":
		k.say(place, "Fill this in.")
	case n > high:
		k.say(place, fmt.Sprintf("WhatsApp takes at most %d characters here; these are %d.", high, n))
	}
}

// count wants low to high things.
func (k *checker) count(place, things string, n, low, high int) {
	if n < low || n > high {
		k.say(place, fmt.Sprintf("WhatsApp takes %d to %d %s here; these are %d.", low, high, things, n))
	}
}

// absent refuses a part that the kind has no place for.
func (k *checker) absent(place string, there bool) {
	if there {
		k.say(place, "This kind of message has no such part.")
	}
}

func (k *checker) web(place, address string) {
	at, err := url.Parse(address)
	if err != nil || at.Scheme != "https" && at.Scheme != "http" || at.Host == "" {
		k.say(place, "Give a whole web address, beginning with https://.")
	}
}

func (k *checker) text(t *TextContent) {
	if !k.missing("text", t == nil) {
		k.length("text.body", t.Body, 1, 4096)
	}
}

func (k *checker) media(place string, as ContentType, m *MediaContent) {
	if k.missing(place, m == nil) {
		return
	}
	sources := 0
	for _, source := range []string{m.Upload, m.ID, m.Link} {
		if source != "" {
			sources++
		}
	}
	if sources != 1 {
		k.say(place, "Give exactly one file: an upload, WhatsApp's id or a link.")
	}
	if m.Link != "" {
		k.web(place+".link", m.Link)
	}
	k.length(place+".caption", m.Caption, 0, 1024)
	k.length(place+".filename", m.Filename, 0, 240)
	k.absent(place+".caption", m.Caption != "" && (as == TypeAudio || as == TypeSticker))
	k.absent(place+".filename", m.Filename != "" && as != TypeDocument)
	k.absent(place+".voice", m.Voice && as != TypeAudio)
}

func (k *checker) location(p *Place) {
	if k.missing("location", p == nil) {
		return
	}
	if p.Latitude < -90 || p.Latitude > 90 {
		k.say("location.latitude", "A latitude is from -90 to 90.")
	}
	if p.Longitude < -180 || p.Longitude > 180 {
		k.say("location.longitude", "A longitude is from -180 to 180.")
	}
}

func (k *checker) contacts(list []ContactCard) {
	k.count("contacts", "cards", len(list), 1, 257)
	for n, card := range list {
		place := fmt.Sprintf("contacts[%d]", n)
		k.length(place+".name.formatted_name", card.Name.Formatted, 1, 1024)
		if card.Name.First+card.Name.Middle+card.Name.Last+card.Name.Prefix+card.Name.Suffix == "" {
			k.say(place+".name", "Give at least one part of the name beside the whole.")
		}
		if _, err := time.Parse(time.DateOnly, card.Birthday); card.Birthday != "" && err != nil {
			k.say(place+".birthday", "Write the date as 1990-12-31.")
		}
	}
}

// longestEmoji is in characters: a family with skin tones is ten joined.
const longestEmoji = 10

func (k *checker) reaction(r *Reaction) {
	if k.missing("reaction", r == nil) {
		return
	}
	k.length("reaction.messageId", r.MessageID, 1, 512)
	if utf8.RuneCountInString(r.Emoji) > longestEmoji || strings.ContainsFunc(r.Emoji, notInEmoji) {
		k.say("reaction.emoji", "Use one emoji.")
	}
}

func notInEmoji(r rune) bool { return unicode.IsLetter(r) || unicode.IsSpace(r) }
