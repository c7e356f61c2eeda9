package web

import (
	"encoding/json"
	"net/http"
	"path"
	"reflect"
	"strings"
	"time"
	"unicode"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/google/uuid"
)

const metadataKey = "aerostic-op"

// adapter puts every huma operation behind the same pipeline as raw handlers.
type adapter struct{ api *API }

func (ad adapter) Handle(spec *huma.Operation, handler func(huma.Context)) {
	op, ok := spec.Metadata[metadataKey].(Op)
	if !ok {
		panic("web: " + spec.Method + " " + spec.Path + " was not registered through web.Register")
	}
	ad.api.mux.Handle(op.Method+" "+op.Path, ad.api.pipeline(op, func(w http.ResponseWriter, r *http.Request) {
		handler(humago.NewContext(spec, r, w))
	}))
}

func (ad adapter) ServeHTTP(w http.ResponseWriter, r *http.Request) { ad.api.mux.ServeHTTP(w, r) }

func (a *API) humaConfig() huma.Config {
	cfg := huma.DefaultConfig(a.cfg.Title, a.cfg.Version)
	cfg.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", a.names.name)
	cfg.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[uuid.UUID](), reflect.TypeFor[uuidSchema]())
	cfg.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"bearer": {Type: "http", Scheme: "bearer"},
	}
	cfg.OpenAPIPath, cfg.DocsPath, cfg.SchemasPath = "", "", ""
	cfg.CreateHooks = nil
	cfg.Transformers = []huma.Transformer{a.transform}
	return cfg
}

// document describes op for huma and for the OpenAPI document.
func (a *API) document(op Op) *huma.Operation {
	spec := &huma.Operation{
		Method: op.Method, Path: op.Path, OperationID: op.ID, Summary: op.Summary,
		DefaultStatus: op.Status, SkipValidateBody: op.RawBody,
		// huma calls a body of exactly MaxBodyBytes too large.
		MaxBodyBytes:    op.BodyLimit + 1,
		BodyReadTimeout: readTimeout(op.BodyLimit),
		Metadata:        map[string]any{metadataKey: op},
		Extensions:      map[string]any{"x-permission": string(op.Permission)},
		Responses:       map[string]*huma.Response{"default": a.problemResponse()},
	}
	if op.Tag != "" {
		spec.Tags = []string{op.Tag}
	}
	if op.Permission != Public {
		spec.Security = []map[string][]string{{"bearer": {}}}
	}
	if op.Idempotent {
		spec.Extensions["x-idempotent"] = true
		spec.Parameters = []*huma.Param{{
			Name: idempotencyHeader, In: "header", Schema: &huma.Schema{Type: "string"},
			Description: "Repeat a request with the same key to get the first answer again",
		}}
	}
	return spec
}

// readTimeout allows a phone on a bad line 64 KiB a second.
func readTimeout(limit int64) time.Duration {
	return 30*time.Second + time.Duration(limit>>16)*time.Second
}

func (a *API) problemResponse() *huma.Response {
	schema := a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Problem](), true, "Problem")
	return &huma.Response{
		Description: "What went wrong, for the program and for the person",
		Content:     map[string]*huma.MediaType{problemType: {Schema: schema}},
	}
}

func (a *API) serveSpec(w http.ResponseWriter, r *http.Request) {
	a.spec.Do(func() { a.specDoc, _ = json.Marshal(a.huma.OpenAPI()) })
	w.Header().Set("Content-Type", "application/openapi+json")
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(a.specDoc)
}

// Spec returns the OpenAPI 3.1 document as JSON, for the generated client.
func (a *API) Spec() ([]byte, error) {
	a.settleSchemas()
	return json.MarshalIndent(a.huma.OpenAPI(), "", "  ")
}

// settleSchemas drops huma's own error model, which transform replaces, and says of every list
// that it is never null. It runs before the first request: validation reads the same schemas.
func (a *API) settleSchemas() {
	a.settle.Lock()
	defer a.settle.Unlock()
	if a.settled == len(a.ops) {
		return
	}
	a.settled = len(a.ops)
	doc := a.huma.OpenAPI()
	delete(doc.Components.Schemas.Map(), "HumaErrorModel")
	delete(doc.Components.Schemas.Map(), "HumaErrorDetail")
	for _, schema := range doc.Components.Schemas.Map() {
		neverNull(schema)
	}
	for _, item := range doc.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			neverNullOperation(op)
		}
	}
}

func neverNullOperation(op *huma.Operation) {
	if op == nil {
		return
	}
	for _, param := range op.Parameters {
		neverNull(param.Schema)
	}
	for _, response := range op.Responses {
		for _, media := range response.Content {
			neverNull(media.Schema)
		}
	}
}

// neverNull tells the client that lists are lists: transform sends [] for nil.
func neverNull(s *huma.Schema) {
	if s == nil {
		return
	}
	if s.Type == huma.TypeArray {
		s.Nullable = false
	}
	neverNull(s.Items)
	for _, property := range s.Properties {
		neverNull(property)
	}
}

// uuidSchema stands for uuid.UUID, of which huma knows only that it is written as text.
type uuidSchema struct{}

// Schema implements huma.SchemaProvider.
func (uuidSchema) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "uuid"}
}

// namer names schemas. pkg is the package whose operation is being registered: nameless types
// (an input's Body) are named after their input, which is unique in its package only.
type namer struct{ pkg string }

// name goes by package and type, so that campaign.Item and contact.Item differ and
// campaign.Campaign stays Campaign. Page[campaign.Item] becomes CampaignItemPage.
func (n *namer) name(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Name() == "" {
		return qualified(n.pkg, huma.DefaultSchemaNamer(t, hint))
	}
	return qualified(t.PkgPath(), t.Name())
}

func qualified(pkgPath, name string) string {
	base, args, generic := strings.Cut(name, "[")
	pkg := path.Base(pkgPath)
	if pkg == "v2" {
		pkg = path.Base(path.Dir(pkgPath))
	}
	own := upperFirst(base)
	if pkg != "web" && pkg != "." && !strings.HasPrefix(strings.ToLower(base), strings.ToLower(pkg)) {
		own = upperFirst(pkg) + own
	}
	if !generic {
		return own
	}
	prefix := ""
	for arg := range strings.SplitSeq(strings.TrimSuffix(args, "]"), ",") {
		arg = strings.TrimLeft(arg, "*[]")
		dot := strings.LastIndex(arg, ".")
		prefix += qualified(arg[:max(dot, 0)], arg[dot+1:])
	}
	return prefix + own
}

func upperFirst(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}
