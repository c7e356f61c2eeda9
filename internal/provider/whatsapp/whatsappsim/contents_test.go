package whatsappsim_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// readContent is a golden case of provider/whatsapp with its files put in.
func readContent(t *testing.T, kind whatsapp.ContentType, files map[whatsapp.ContentType]string) *whatsapp.Content {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "testdata", "contents", string(kind)+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var c struct {
		Content json.RawMessage `json:"content"`
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		t.Fatal(err)
	}
	content, err := whatsapp.ParseContent(c.Content)
	if err != nil {
		t.Fatal(err)
	}
	for _, use := range content.Media() {
		if use.ID != "" {
			use.ID = files[use.As]
		}
	}
	return content
}

// Each kind of free-form message that is sent as its golden case says is taken.
func TestEveryContentIsTaken(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	ctx := context.Background()
	files := make(map[whatsapp.ContentType]string)
	for as, mime := range map[whatsapp.ContentType]string{whatsapp.TypeImage: "image/png", whatsapp.TypeVideo: "video/mp4",
		whatsapp.TypeAudio: "audio/ogg", whatsapp.TypeDocument: "application/pdf", whatsapp.TypeSticker: "image/webp"} {
		id, err := b.client.UploadMedia(ctx, b.acme.Token, b.acme.Numbers[0].ID, whatsapp.File{Name: "file", MIMEType: mime, Size: int64(len("content")), Content: strings.NewReader("content")})
		if err != nil {
			t.Fatal(err)
		}
		files[as] = id
	}
	for _, kind := range whatsapp.ContentTypes() {
		body, err := readContent(t, kind, files).AppendJSON(nil, whatsapp.Address{Phone: "+919800000100"}, "content."+string(kind))
		if err != nil {
			t.Fatal(err)
		}
		if out := b.client.Send(ctx, b.acme.Token, b.acme.Numbers[0].ID, body); out.Kind != whatsapp.Accepted {
			t.Errorf("%s is not taken: %+v", kind, out)
		}
	}
}
