package whatsapp

import (
	"strings"
	"unicode/utf8"
)

// Words are what a person reads of the message, as inbound messages have it in their Text; empty: it
// has no words.
func (c *Content) Words() string { return firstWords(c.words()...) }

// Line is the message in one line of a list: its words, else what it is.
func (c *Content) Line() string {
	words := c.Words()
	if c.Type == TypeOrderDetails && c.Interactive != nil && c.Interactive.Bill != nil {
		words = "Payment request for " + c.Interactive.Bill.Asks() + ": " + words
	}
	if words == "" {
		words = c.Type.noun()
	}
	return strings.Join(strings.Fields(words), " ")
}

// words are the texts of the content, the most telling first.
func (c *Content) words() []string {
	switch {
	case c.Type.Interactive() && c.Interactive != nil:
		if h := c.Interactive.Header; h != nil {
			return []string{c.Interactive.Body, h.Text}
		}
		return []string{c.Interactive.Body}
	case c.Type == TypeText && c.Text != nil:
		return []string{c.Text.Body}
	case c.Type == TypeLocation && c.Location != nil:
		return []string{c.Location.Name, c.Location.Address}
	case c.Type == TypeContacts && len(c.Contacts) > 0:
		return []string{c.Contacts[0].Name.Formatted}
	case c.Type == TypeReaction && c.Reaction != nil:
		return []string{c.Reaction.Emoji}
	}
	if m := c.mainMedia(); m != nil {
		return []string{m.Caption, m.Filename}
	}
	return nil
}

func firstWords(texts ...string) string {
	for _, text := range texts {
		if strings.TrimSpace(text) != "" && utf8.ValidString(text) {
			return text
		}
	}
	return ""
}

// nouns name what has no words of its own.
func (t ContentType) noun() string {
	switch t {
	case TypeImage:
		return "Photo"
	case TypeVideo:
		return "Video"
	case TypeAudio:
		return "Audio"
	case TypeDocument:
		return "Document"
	case TypeSticker:
		return "Sticker"
	case TypeLocation:
		return "Location"
	case TypeContacts:
		return "Contact card"
	case TypeReaction:
		return "Reaction removed"
	case TypeProduct, TypeProductList:
		return "Products"
	case TypeCatalog:
		return "Catalog"
	}
	return "Message"
}
