package upload

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// The permissions of this feature's routes.
const (
	readInbox  actor.Permission = "inbox.read"
	replyInbox actor.Permission = "inbox.reply"
)

// Routes adds the feature's operations.
func (s *Service) Routes(api *web.API) {
	api.Mount(web.Op{Method: http.MethodPost, Path: "/api/uploads", ID: "uploadFile", Tag: "messages", Permission: replyInbox,
		Summary:   "Upload a file to send (multipart, part \"file\"); answers 201 with its id and kind",
		BodyLimit: MaxSize + 1<<20, Timeout: -1}, s.handleUpload(api))
	api.Mount(web.Op{Method: http.MethodGet, Path: "/api/uploads/{id}/file", ID: "openUpload", Tag: "messages", Permission: readInbox,
		Summary: "Read an uploaded file"}, s.handleFile(api))
}

func (s *Service) handleUpload(api *web.API) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		u, err := s.receive(r)
		if err != nil {
			api.WriteError(w, r, err)
			return
		}
		_ = web.WriteJSON(w, http.StatusCreated, u)
	}
}

// receive streams the part called file.
func (s *Service) receive(r *http.Request) (Upload, error) {
	needed := fault.Invalid("Send the file as multipart/form-data.").At("body.file", "A file is needed.")
	parts, err := r.MultipartReader()
	if err != nil {
		return Upload{}, needed.Wrap(err)
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return Upload{}, needed
		}
		if err != nil {
			return Upload{}, fault.Invalid("The upload broke off. Try again.").Wrap(err)
		}
		if part.FormName() == "file" {
			return s.Receive(r.Context(), part.FileName(), part.Header.Get("Content-Type"), part)
		}
	}
}

// handleFile streams a file. Its content never changes; what a browser might run it only offers to save.
func (s *Service) handleFile(api *web.API) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		u, file, err := s.open(r)
		if err != nil {
			api.WriteError(w, r, err)
			return
		}
		defer file.Close()
		show := "inline"
		if u.Kind == "document" && u.MIMEType != "application/pdf" {
			show = "attachment"
		}
		w.Header().Set("Content-Type", u.MIMEType)
		w.Header().Set("Content-Length", strconv.FormatInt(u.Size, 10))
		w.Header().Set("Content-Disposition", mime.FormatMediaType(show, map[string]string{"filename": u.Filename}))
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "private, max-age=86400, immutable")
		if _, err := io.Copy(w, file); err != nil {
			panic(http.ErrAbortHandler) // a cut file must not look whole
		}
	}
}

func (s *Service) open(r *http.Request) (Upload, io.ReadCloser, error) {
	tenant, err := actor.Tenant(r.Context())
	if err != nil {
		return Upload{}, nil, err
	}
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		return Upload{}, nil, missing()
	}
	u, err := s.get(r.Context(), tenant, id)
	if err != nil {
		return u, nil, err
	}
	file, _, err := s.Blobs.Open(r.Context(), u.Key(tenant))
	return u, file, err
}
