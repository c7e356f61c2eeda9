package message

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// mediaRoutes serve the files of messages.
func (s *Service) mediaRoutes(api *web.API) {
	file := web.Op{Method: http.MethodGet, Path: "/api/messages/{id}/media", ID: "messageMedia", Summary: "The file of a message", Tag: "message",
		Permission: "inbox.read", Timeout: -1}
	api.Mount(file, func(w http.ResponseWriter, r *http.Request) {
		if err := s.serveMedia(w, r); err != nil {
			api.WriteError(w, r, err)
		}
	})
}

// errNoFile is of messages that have no file to show.
func errNoFile() error { return fault.NotFound("This message has no file.") }

// MediaFile opens the file of a message of the actor's workspace; the caller closes it. One that is not
// here yet, or never will be, is a fault that says so.
func (s *Service) MediaFile(ctx context.Context, id uuid.UUID) (m Media, file io.ReadCloser, at time.Time, err error) {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return m, nil, at, err
	}
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		found, err := mediaOf(ctx, tx, tenant, []uuid.UUID{id})
		m = found[id]
		return err
	})
	switch {
	case err != nil:
		return m, nil, at, err
	case m.State == "" || m.State == MediaErased:
		return m, nil, at, errNoFile()
	case m.State == MediaPending:
		return m, nil, at, fault.Conflict("The file is still on its way from WhatsApp. Try again in a moment.").WithCode("media_pending")
	case m.State != MediaStored:
		return m, nil, at, fault.Gone(m.Reason)
	}
	file, info, err := s.Blobs.Open(ctx, m.blob)
	return m, file, info.ModifiedAt, err
}

// serveMedia answers with a file, or the part of it that is asked for. What a browser could run is only
// to be saved, and nothing in it may run.
func (s *Service) serveMedia(w http.ResponseWriter, r *http.Request) error {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		return errNoFile()
	}
	m, file, at, err := s.MediaFile(r.Context(), id)
	if err != nil {
		return err
	}
	defer file.Close()
	seeker, seeks := file.(io.ReadSeeker)
	if !seeks {
		return errors.New("the store of files cannot seek")
	}
	h := w.Header()
	h.Set("Content-Type", m.MIME)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Content-Disposition", mime.FormatMediaType(disposition(m.MIME), map[string]string{"filename": m.savedAs()}))
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", `"`+m.SHA256+`"`)
	http.ServeContent(w, r, "", at, seeker)
	return nil
}

// disposition shows pictures, sound and films in the page and lets everything else be saved.
func disposition(mime string) string {
	switch kind, _, _ := strings.Cut(mime, "/"); {
	case kind == "audio", kind == "video", mime == "image/jpeg", mime == "image/png", mime == "image/webp":
		return "inline"
	}
	return "attachment"
}

// savedAs is a file's name on the disk of who saves it.
func (m Media) savedAs() string {
	if m.Name != "" {
		return strings.Map(func(r rune) rune {
			if r < ' ' || r == '/' || r == '\\' {
				return '_'
			}
			return r
		}, m.Name)
	}
	ends, _ := mime.ExtensionsByType(m.MIME)
	return m.Kind + "-" + m.ID.String()[:8] + strings.Join(ends[:min(1, len(ends))], "")
}
