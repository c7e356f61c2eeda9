package upload

import (
	"bytes"
	"fmt"
	"image"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	_ "golang.org/x/image/webp" // image.DecodeConfig reads stickers

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// MaxSize is of the largest file there is, a document, in bytes.
const MaxSize = 100 << 20

// headSize is how much of a file its kind is told by.
const headSize = 64 << 10

// format is what WhatsApp takes of one type.
type format struct {
	kind  whatsapp.ContentType
	mime  string // as Meta names it
	limit int64  // bytes
	voice bool   // WhatsApp can show it as a voice note
	webm  bool   // it becomes OGG first
}

// formatOf tells a file by its first bytes. declared is what the sender calls it, which decides only
// whether a container that may hold either holds sound or pictures.
func formatOf(head []byte, declared string) (format, error) {
	sound := strings.HasPrefix(declared, "audio/")
	mime, _, _ := strings.Cut(mimetype.Detect(head).String(), ";")
	switch mime {
	case "image/jpeg", "image/png":
		return format{kind: whatsapp.TypeImage, mime: mime, limit: 5 << 20}, nil
	case "image/webp":
		return sticker(head)
	case "video/mp4", "video/quicktime", "video/3gpp":
		if sound {
			return format{kind: whatsapp.TypeAudio, mime: "audio/mp4", limit: 16 << 20}, nil
		}
		return video(mime)
	case "video/webm", "audio/webm":
		return format{kind: whatsapp.TypeAudio, mime: "audio/ogg", limit: 16 << 20, voice: true, webm: true}, nil
	case "audio/mp4", "audio/x-m4a":
		return format{kind: whatsapp.TypeAudio, mime: "audio/mp4", limit: 16 << 20}, nil
	case "audio/mpeg", "audio/aac", "audio/amr":
		return format{kind: whatsapp.TypeAudio, mime: mime, limit: 16 << 20}, nil
	case "audio/ogg", "application/ogg":
		return format{kind: whatsapp.TypeAudio, mime: "audio/ogg", limit: 16 << 20, voice: opus(head)}, nil
	}
	return document(mime)
}

// opus says whether an OGG file begins with Opus.
func opus(head []byte) bool { return bytes.Contains(head[:min(len(head), 64)], []byte("OpusHead")) }

func video(mime string) (format, error) {
	if mime == "video/quicktime" {
		return format{}, unknown("WhatsApp takes no MOV films; save it as MP4.")
	}
	return format{kind: whatsapp.TypeVideo, mime: mime, limit: 16 << 20}, nil
}

// documents are the types of documents that Meta takes.
const documents = " application/pdf text/plain application/msword application/vnd.ms-excel application/vnd.ms-powerpoint" +
	" application/vnd.openxmlformats-officedocument.wordprocessingml.document" +
	" application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" +
	" application/vnd.openxmlformats-officedocument.presentationml.presentation "

func document(mime string) (format, error) {
	if strings.HasPrefix(mime, "text/") {
		mime = "text/plain"
	}
	if !strings.Contains(documents, " "+mime+" ") {
		return format{}, unknown("WhatsApp takes pictures (JPEG, PNG), films (MP4, 3GP), sound (OGG, MP3, M4A, AAC, AMR), WebP stickers, PDF, text and Office files.")
	}
	return format{kind: whatsapp.TypeDocument, mime: mime, limit: MaxSize}, nil
}

// stickerSide is of a sticker, in pixels.
const stickerSide = 512

// sticker is a square WebP picture; a still one is smaller than a moving one.
func sticker(head []byte) (format, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(head))
	if err != nil || config.Width != stickerSide || config.Height != stickerSide {
		return format{}, unknown("A sticker is a WebP picture of 512 by 512 pixels; send another picture as JPEG or PNG.")
	}
	out := format{kind: whatsapp.TypeSticker, mime: "image/webp", limit: 100 << 10}
	if moves := len(head) > 20 && string(head[12:16]) == "VP8X" && head[20]&0x02 != 0; moves {
		out.limit = 500 << 10
	}
	return out, nil
}

func unknown(sentence string) error {
	return fault.Invalid(sentence).At("body.file", "is of a kind that WhatsApp does not take")
}

func (f format) tooLarge() error {
	size := fmt.Sprintf("%d MB", f.limit>>20)
	if f.limit < 1<<20 {
		size = fmt.Sprintf("%d KB", f.limit>>10)
	}
	return fault.TooLarge(fmt.Sprintf("The file is too large: WhatsApp takes at most %s of this kind.", size)).At("body.file", "is too large")
}
