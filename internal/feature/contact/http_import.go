package contact

import (
	"context"
	"errors"
	"io"
	"net/http"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func (s *Service) importRoutes(api *web.API) {
	op := func(method, path, id, summary string) web.Op {
		return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "imports", Permission: importContacts}
	}
	upload := op("POST", "/api/imports", "uploadImport", "Upload an XLSX or CSV file (multipart, part \"file\"); answers 201 with the import and its preview")
	upload.BodyLimit, upload.Timeout = MaxUpload+1<<20, -1
	api.Mount(upload, s.httpUpload(api))
	start := op("POST", "/api/imports/{id}/start", "startImport", "Start an import")
	start.Idempotent = true
	web.Register(api, start, s.httpStart)
	web.Register(api, op("GET", "/api/imports", "listImports", "List imports"), s.httpImports)
	web.Register(api, op("GET", "/api/imports/{id}", "getImport", "Show an import, and the preview of one not started"), s.httpImport)
	web.Register(api, op("POST", "/api/imports/{id}/cancel", "cancelImport", "Stop an import"), s.httpCancel)
	undo := op("POST", "/api/imports/{id}/undo", "undoImport", "Take back what an import changed")
	undo.Idempotent = true
	web.Register(api, undo, s.httpUndo)
	kept := op("GET", "/api/imports/{id}/undo.csv", "downloadImportKept", "What an undo could not take back, with the reason")
	kept.Timeout = -1
	api.Mount(kept, s.httpFile(api, s.KeptFile, "import-kept.csv"))
	download := op("GET", "/api/imports/{id}/errors.csv", "downloadImportErrors", "Rows that were not imported, with the reason")
	download.Timeout = -1
	api.Mount(download, s.httpFile(api, s.ErrorFile, "import-errors.csv"))
}

func (s *Service) httpUpload(api *web.API) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		imp, err := s.receive(r)
		if err != nil {
			api.WriteError(w, r, err)
			return
		}
		_ = web.WriteJSON(w, http.StatusCreated, imp)
	}
}

// receive streams the part called file into an import.
func (s *Service) receive(r *http.Request) (Import, error) {
	needed := fault.Invalid("Send the file as multipart/form-data.").At("body.file", "A file is needed.")
	parts, err := r.MultipartReader()
	if err != nil {
		return Import{}, needed.Wrap(err)
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return Import{}, needed
		}
		if err != nil {
			return Import{}, fault.Invalid("The upload broke off. Try again.").Wrap(err)
		}
		if part.FormName() == "file" {
			return s.Upload(r.Context(), part.FileName(), part)
		}
	}
}

type importOutput struct{ Body Import }

type startInput struct {
	ID   uuid.UUID `path:"id"`
	Body Options
}

func (s *Service) httpStart(ctx context.Context, in *startInput) (*importOutput, error) {
	imp, err := s.Start(ctx, in.ID, in.Body)
	return &importOutput{imp}, err
}

type importsInput struct{ web.PageQuery }

type importsOutput struct{ Body web.Page[Import] }

func (s *Service) httpImports(ctx context.Context, in *importsInput) (*importsOutput, error) {
	page, err := s.Imports(ctx, in.PageQuery)
	return &importsOutput{page}, err
}

type importInput struct {
	ID          uuid.UUID `path:"id"`
	Country     string    `query:"country" pattern:"^([A-Z]{2})?$" doc:"Preview with numbers read as this country's"`
	PhoneColumn int       `query:"phoneColumn" default:"-1" minimum:"-1" doc:"Preview with this column as phone numbers, from 0"`
	HasHeader   string    `query:"hasHeader" enum:"true,false" doc:"Preview with or without titles in the first row"`
}

func (in *importInput) view() View {
	v := View{Country: in.Country, PhoneColumn: &in.PhoneColumn}
	if in.HasHeader != "" {
		header := in.HasHeader == "true"
		v.HasHeader = &header
	}
	return v
}

func (s *Service) httpImport(ctx context.Context, in *importInput) (*importOutput, error) {
	imp, err := s.GetImport(ctx, in.ID, in.view())
	return &importOutput{imp}, err
}

func (s *Service) httpCancel(ctx context.Context, in *idInput) (*importOutput, error) {
	imp, err := s.CancelImport(ctx, in.ID)
	return &importOutput{imp}, err
}

func (s *Service) httpUndo(ctx context.Context, in *idInput) (*importOutput, error) {
	imp, err := s.UndoImport(ctx, in.ID)
	return &importOutput{imp}, err
}

// httpFile streams a file of an import.
func (s *Service) httpFile(api *web.API, open func(context.Context, uuid.UUID) (io.ReadCloser, error), name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, err := uuid.Parse(r.PathValue("id"))
		if err != nil {
			api.WriteError(w, r, errNoImport())
			return
		}
		file, err := open(r.Context(), id)
		if err != nil {
			api.WriteError(w, r, err)
			return
		}
		defer file.Close()
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
		if _, err := io.Copy(w, file); err != nil {
			panic(http.ErrAbortHandler) // a cut file must not look whole
		}
	}
}
