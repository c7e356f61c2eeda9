package whatsappsim

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// invalid is Meta's answer to a value that it does not take.
func invalid(details string) *metaError {
	return fail(400, 131009, "Parameter value is not valid", details)
}

func (s *Sim) validateFreeForm(from *number, req *sendRequest) *metaError {
	switch req.kind {
	case "text":
		return checkText(req.body)
	case "image", "video", "audio", "document", "sticker":
		return s.checkMedia(from, req.body)
	case "reaction":
		return checkReaction(req.body)
	case "location":
		return checkLocation(req.body)
	case "contacts":
		return checkContacts(req.body)
	case "interactive":
		return s.checkInteractive(from, req)
	}
	return nil
}

func checkText(text jsonscan.Value) *metaError {
	body := text.Get("body").Bytes()
	switch {
	case len(body) == 0:
		return errTextBody
	case longer(body, 4096):
		return errTextLong
	}
	return nil
}

// checkMedia wants an id of this number's account or a link, not both.
func (s *Sim) checkMedia(from *number, media jsonscan.Value) *metaError {
	var id, link, caption jsonscan.Value
	for key, value := range media.Fields() {
		switch string(key) {
		case "id":
			id = value
		case "link":
			link = value
		case "caption":
			caption = value
		}
	}
	switch {
	case (id == nil) == (link == nil):
		return errMediaSource
	case longer(caption.Bytes(), 1024):
		return errCaption
	case id != nil && !s.media.has(id.Text(), from.waba.id, s.now()):
		return errMediaID
	case link != nil && !isWebLink(link.Text()):
		return errMediaLink
	}
	return nil
}

var errMediaLink = param("Param link is not a valid URL.")

func isWebLink(link string) bool {
	at, err := url.Parse(link)
	return err == nil && (at.Scheme == "https" || at.Scheme == "http") && at.Host != ""
}

// fitting are the types of files that a message of a kind may show; a document may be any.
var fitting = map[string]string{"image": "image/jpeg image/png", "video": "video/mp4 video/3gpp", "sticker": "image/webp", "audio": "audio/"}

// unfit tells whether the file of a media message is of another kind: Meta finds that out after
// it has said 200.
func (s *Sim) unfit(req *sendRequest) bool {
	want := fitting[req.kind]
	if want == "" {
		return false
	}
	file, ok := s.media.get(req.body.Get("id").Text(), s.now())
	if !ok {
		return false
	}
	mime, _, _ := strings.Cut(file.mime, ";")
	if req.kind == "audio" {
		return !strings.HasPrefix(mime, want) || req.body.Get("voice").True() && mime != "audio/ogg"
	}
	return !strings.Contains(want, mime)
}

func checkReaction(reaction jsonscan.Value) *metaError {
	emoji := reaction.Get("emoji")
	switch {
	case len(reaction.Get("message_id").Bytes()) == 0:
		return param("The parameter reaction['message_id'] is required.")
	case emoji.Kind() != jsonscan.String:
		return param("The parameter reaction['emoji'] is required.")
	case !isEmoji(emoji.Bytes()):
		return invalid("Param reaction['emoji'] must be one emoji or empty.")
	}
	return nil
}

// isEmoji takes what is short and has no letters: an emoji is up to ten characters joined.
func isEmoji(text []byte) bool {
	return !longer(text, 10) && !strings.ContainsFunc(string(text), func(r rune) bool { return unicode.IsLetter(r) || unicode.IsSpace(r) })
}

func checkLocation(at jsonscan.Value) *metaError {
	if at.Get("latitude") == nil || at.Get("longitude") == nil {
		return param("The parameters latitude and longitude are required.")
	}
	for _, side := range [...]struct {
		name string
		most float64
	}{{"latitude", 90}, {"longitude", 180}} {
		degrees, err := strconv.ParseFloat(at.Get(side.name).Text(), 64)
		if err != nil {
			return param("Param location['" + side.name + "'] must be a number.")
		}
		if degrees < -side.most || degrees > side.most {
			return invalid(fmt.Sprintf("Param location['%s'] must be from %v to %v.", side.name, -side.most, side.most))
		}
	}
	return nil
}

func checkContacts(contacts jsonscan.Value) *metaError {
	if n := contacts.Len(); n == 0 || n > 257 {
		return param("Param contacts must have 1 to 257 elements.")
	}
	for contact := range contacts.Items() {
		if refused := checkContact(contact); refused != nil {
			return refused
		}
	}
	return nil
}

func checkContact(contact jsonscan.Value) *metaError {
	name := contact.Get("name")
	if len(name.Get("formatted_name").Bytes()) == 0 {
		return missing("Param contacts['name']['formatted_name'] is required")
	}
	parts := 0
	for _, part := range [...]string{"first_name", "last_name", "middle_name", "suffix", "prefix"} {
		parts += utf8.RuneCount(name.Get(part).Bytes())
	}
	if parts == 0 {
		return missing("At least one of first_name, last_name, middle_name, suffix and prefix is required beside formatted_name")
	}
	if birthday := contact.Get("birthday"); birthday != nil {
		if _, err := time.Parse(time.DateOnly, birthday.Text()); err != nil {
			return invalid("Param contacts['birthday'] must be YYYY-MM-DD.")
		}
	}
	return nil
}
