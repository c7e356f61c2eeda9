package message

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// badFile is a file that is not kept, with the sentence for who looks for it.
type badFile struct{ sentence string }

func (b *badFile) Error() string { return b.sentence }

// mediaLimits are Meta's largest sizes by kind, in bytes.
func mediaLimits() map[string]int64 {
	return map[string]int64{"image": 5 << 20, "video": 16 << 20, "audio": 16 << 20, "document": 100 << 20, "sticker": 500 << 10}
}

func tooLarge(kind string, limit int64) error {
	return &badFile{fmt.Sprintf("The file is larger than the %d KB that WhatsApp allows for a %s; it was not kept.", limit>>10, kind)}
}

// mediaTypes are what a file of a kind may be, as its content tells. A container of sound and pictures
// may be either. A document may be anything.
func mediaTypes() map[string][]string {
	return map[string][]string{
		"image":   {"image/jpeg", "image/png", "image/webp"},
		"sticker": {"image/webp"},
		"video":   {"video/mp4", "video/3gpp", "video/3gpp2", "video/quicktime"},
		"audio": {"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/ogg", "application/ogg", "video/mp4", "video/3gpp",
			"audio/3gpp"},
	}
}

// checkedType holds what a file is by its content against what it says to be, and returns its type. What
// the content does not tell apart, as of a document, is taken by its word.
func checkedType(kind, declared string, content []byte) (string, error) {
	declared = plainType(declared)
	found := mimetype.Detect(content)
	types, bounded := mediaTypes()[kind]
	if !bounded {
		return documentType(declared, found), nil
	}
	is := plainType(found.String())
	if !slices.Contains(types, is) {
		return "", &badFile{fmt.Sprintf("The file says to be a %s and is something else; it was not kept.", kind)}
	}
	if kind == "audio" && !strings.HasPrefix(is, "audio/") {
		is = "audio/" + is[strings.Index(is, "/")+1:]
	}
	return is, nil
}

// documentType is what a document is served as: its content's type where that is plain, else its word.
func documentType(declared string, found *mimetype.MIME) string {
	is := plainType(found.String())
	if is == "application/octet-stream" || is == "application/zip" || is == "text/plain" && strings.HasPrefix(declared, "text/") {
		if declared != "" {
			return declared
		}
	}
	return is
}

// plainType is a type without its parameters.
func plainType(mime string) string {
	plain, _, _ := strings.Cut(mime, ";")
	return strings.ToLower(strings.TrimSpace(plain))
}
