package template

import (
	"io"
	"mime"
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// handleSample streams a sample's file. It is one of four types that a browser only shows, and
// its content never changes.
func (s *Service) handleSample(api *web.API) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, err := uuid.Parse(r.PathValue("id"))
		if err != nil {
			api.WriteError(w, r, fault.NotFound("There is no such sample in this workspace."))
			return
		}
		sample, file, err := s.OpenSample(r.Context(), id)
		if err != nil {
			api.WriteError(w, r, err)
			return
		}
		defer file.Close()
		w.Header().Set("Content-Type", sample.MIMEType)
		w.Header().Set("Content-Length", strconv.FormatInt(sample.Size, 10))
		w.Header().Set("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": sample.Filename}))
		w.Header().Set("Cache-Control", "private, max-age=86400, immutable")
		if _, err := io.Copy(w, file); err != nil {
			panic(http.ErrAbortHandler) // a cut file must not look whole
		}
	}
}
