package upload_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const (
	dot  = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
	webp = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==" // one pixel
)

func decoded(t *testing.T, text string) io.Reader {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(raw)
}

func TestAFileIsToldByItsContent(t *testing.T) {
	t.Parallel()
	w := messagetest.New(t, messagetest.Options{})
	recorded, err := os.Open("../../platform/audio/testdata/recorded.webm")
	w.Must(err)
	defer recorded.Close()
	ftyp := "\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41"
	for name, c := range map[string]struct {
		declared string
		content  io.Reader
		kind     whatsapp.ContentType
		mime     string
		voice    bool
	}{
		"दिवाली.exe": {"application/x-msdownload", decoded(t, dot), whatsapp.TypeImage, "image/png", false},
		"notes.txt":  {"", strings.NewReader("आपका ऑर्डर\n"), whatsapp.TypeDocument, "text/plain", false},
		"bill.pdf":   {"", strings.NewReader("%PDF-1.7\n"), whatsapp.TypeDocument, "application/pdf", false},
		"film.mp4":   {"video/mp4", strings.NewReader(ftyp), whatsapp.TypeVideo, "video/mp4", false},
		"said.m4a":   {"audio/mp4", strings.NewReader(ftyp), whatsapp.TypeAudio, "audio/mp4", false},
		"said.webm":  {"audio/webm;codecs=opus", recorded, whatsapp.TypeAudio, "audio/ogg", true},
	} {
		u, err := w.Uploads.Receive(w.As(w.Acme), name, c.declared, c.content)
		if err != nil || u.Kind != c.kind || u.MIMEType != c.mime || u.Voice != c.voice || u.Size == 0 {
			t.Errorf("%s: %+v %v", name, u, err)
		}
	}
	for name, c := range map[string]struct {
		content io.Reader
		kind    fault.Kind
	}{
		"empty":         {strings.NewReader(""), fault.KindInvalid},
		"a program":     {strings.NewReader("MZ\x90\x00\x03\x00\x00\x00"), fault.KindInvalid},
		"small webp":    {decoded(t, webp), fault.KindInvalid},
		"webm film":     {strings.NewReader("\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"), fault.KindInvalid},
		"large picture": {io.MultiReader(decoded(t, dot), bytes.NewReader(make([]byte, 5<<20))), fault.KindTooLarge},
	} {
		_, err := w.Uploads.Receive(w.As(w.Acme), name, "", c.content)
		if f, ok := errors.AsType[*fault.Error](err); !ok || f.Kind != c.kind {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAFileIsGivenToMetaOncePerNumber(t *testing.T) {
	t.Parallel()
	w := messagetest.New(t, messagetest.Options{})
	u, err := w.Uploads.Receive(w.As(w.Acme), "dot.png", "", decoded(t, dot))
	w.Must(err)
	handle := func() (media string) {
		w.InAcme(func(ctx context.Context, tx pgx.Tx) error {
			found, err := w.Uploads.Handles(ctx, tx, w.Acme, w.Channel.ID, []uuid.UUID{u.ID})
			media = found[u.ID]
			return err
		})
		return media
	}
	w.Must(w.Uploads.Hand(t.Context(), w.Acme, w.Channel.ID, u.ID))
	first := handle()
	w.Must(w.Uploads.Hand(t.Context(), w.Acme, w.Channel.ID, u.ID))
	if first == "" || handle() != first {
		t.Errorf("given twice: %q, then %q", first, handle())
	}
	w.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update upload_handles set expires_at = $2 where tenant_id = $1`, w.Acme, w.Clock.Now())
		return err
	})
	if handle() != "" {
		t.Error("what Meta has let go is still used")
	}
	w.Must(w.Uploads.Hand(t.Context(), w.Acme, w.Channel.ID, u.ID))
	if again := handle(); again == "" || again == first {
		t.Errorf("given again: %q, first %q", again, first)
	}
	if err := w.Uploads.Hand(t.Context(), w.Acme, w.Channel.ID, uuid.New()); err == nil {
		t.Error("a file that is not there was given")
	}
	w.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		return w.Uploads.Forget(ctx, tx, w.Acme, []string{u.Key(w.Acme), "x/imports/" + u.ID.String()})
	})
	if handle() != "" {
		t.Error("a forgotten file's handle stays")
	}
}
