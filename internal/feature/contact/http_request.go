package contact

import (
	"context"
	"io"
	"net/http"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// contactPrivacy lets export and erase people.
const contactPrivacy actor.Permission = "contact.privacy"

func (s *Service) requestRoutes(api *web.API) {
	op := func(method, path, id, summary string) web.Op {
		return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "contacts", Permission: contactPrivacy}
	}
	begin := func(op web.Op) web.Op {
		op.Idempotent, op.Status = true, http.StatusAccepted
		return op
	}
	web.Register(api, begin(op("POST", "/api/contacts/{id}/export", "exportContact", "Collect everything kept about a person")), s.httpExport)
	web.Register(api, begin(op("POST", "/api/contacts/{id}/erase", "eraseContact", "Erase a person on their request")), s.httpErase)
	web.Register(api, op("GET", "/api/contacts/{id}/requests", "listContactRequests", "What was asked about a person"), s.httpRequests)
	web.Register(api, op("GET", "/api/contact-requests/{id}", "getContactRequest", "How far an export or erasure is"), s.httpRequest)
	file := op("GET", "/api/contact-requests/{id}/export.zip", "downloadContactExport", "The export, as JSON and as a page")
	file.Timeout = -1
	api.Mount(file, s.httpExportFile(api))
}

type requestOutput struct{ Body Request }

func (s *Service) httpExport(ctx context.Context, in *idInput) (*requestOutput, error) {
	r, err := s.Export(ctx, in.ID)
	return &requestOutput{r}, err
}

func (s *Service) httpErase(ctx context.Context, in *idInput) (*requestOutput, error) {
	r, err := s.Erase(ctx, in.ID)
	return &requestOutput{r}, err
}

func (s *Service) httpRequest(ctx context.Context, in *idInput) (*requestOutput, error) {
	r, err := s.GetRequest(ctx, in.ID)
	return &requestOutput{r}, err
}

func (s *Service) httpRequests(ctx context.Context, in *idInput) (*web.ListReply[Request], error) {
	return web.Listed(s.Requests(ctx, in.ID))
}

func (s *Service) httpExportFile(api *web.API) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, err := uuid.Parse(r.PathValue("id"))
		if err != nil {
			api.WriteError(w, r, errNoContact())
			return
		}
		file, err := s.ExportFile(r.Context(), id)
		if err != nil {
			api.WriteError(w, r, err)
			return
		}
		defer file.Close()
		w.Header().Set("Content-Type", "application/zip")
		w.Header().Set("Content-Disposition", `attachment; filename="contact-export.zip"`)
		if _, err := io.Copy(w, file); err != nil {
			panic(http.ErrAbortHandler) // a cut file must not look whole
		}
	}
}
