package web

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/aerostic/aerostic/internal/platform/actor"
)

// The permissions no role holds: they say who may call rather than what a role may do.
const (
	Public   actor.Permission = "public"    // anybody, signed in or not
	SignedIn actor.Permission = "signed-in" // anybody known, in a workspace or not
	Platform actor.Permission = "platform"  // the platform's operators
)

// Op describes one operation. Permission is required: Register panics without it, so that a
// route nobody thought about stops the start instead of standing open.
type Op struct {
	Method     string
	Path       string // as net/http's mux writes it: /api/campaigns/{id}
	ID         string // unique, camelCase: the client's function name; derived when empty
	Summary    string
	Tag        string
	Permission actor.Permission
	Idempotent bool          // honours the Idempotency-Key header
	Status     int           // of success; 0: 200, or 204 without a body
	BodyLimit  int64         // bytes; 0: the API's
	Timeout    time.Duration // 0: the API's; negative: none
	Limit      Limit         // rate limit class; "" picks by who calls
	RawBody    bool          // the input reads its RawBody itself: no JSON validation
	Quiet      bool          // log successes at debug level only
	raw        bool
}

// Register adds an operation whose input and output are huma structs (path, query, header and
// Body fields). The handler returns fault errors for what the user can act on; any other error
// is logged and answered as internal. It panics on a mistake in op.
func Register[I, O any](a *API, op Op, handler func(context.Context, *I) (*O, error)) {
	op = a.check(op)
	checkInput(op, reflect.TypeFor[I]())
	a.names.pkg = path.Base(reflect.TypeFor[I]().PkgPath())
	if a.names.pkg == "." {
		a.names.pkg = path.Base(reflect.TypeFor[O]().PkgPath())
	}
	huma.Register(a.huma, *a.document(op), func(ctx context.Context, in *I) (*O, error) {
		out, err := handler(ctx, in)
		if err != nil {
			return nil, a.problem(ctx, err)
		}
		return out, nil
	})
	a.ops = append(a.ops, op)
}

// Raw adds a plain handler (a file, an upload, a websocket) with the checks of its permission.
// It has no deadline, and no rate limit when it is public: use Mount to set either.
func (a *API) Raw(method, path string, p actor.Permission, h http.HandlerFunc) {
	op := Op{Method: method, Path: path, Permission: p, Timeout: -1}
	if p == Public {
		op.Limit, op.Quiet = LimitNone, true
	}
	a.Mount(op, h)
}

// Mount adds a plain handler as op describes it.
func (a *API) Mount(op Op, h http.HandlerFunc) {
	op.raw = true
	op = a.check(op)
	spec := a.document(op)
	spec.Responses = map[string]*huma.Response{"default": {Description: "As the operation says"}}
	a.huma.OpenAPI().AddOperation(spec)
	a.mux.Handle(op.Method+" "+op.Path, a.pipeline(op, h))
	a.ops = append(a.ops, op)
}

func (a *API) check(op Op) Op {
	op.Method = strings.ToUpper(op.Method)
	if op.Method == "" || !strings.HasPrefix(op.Path, "/") {
		panic(fmt.Sprintf("web: operation %q needs a method and a path", op.Method+" "+op.Path))
	}
	if op.Permission == "" {
		panic(fmt.Sprintf("web: %s %s declares no permission", op.Method, op.Path))
	}
	if _, ok := a.limiter.rates[op.Limit]; !ok && op.Limit != "" && op.Limit != LimitNone {
		panic(fmt.Sprintf("web: %s %s has the unknown rate limit %q", op.Method, op.Path, op.Limit))
	}
	if op.ID == "" {
		op.ID = operationID(op.Method, op.Path)
	}
	for _, other := range a.ops {
		if other.ID == op.ID {
			panic(fmt.Sprintf("web: %s %s and %s %s share the id %q", op.Method, op.Path, other.Method, other.Path, op.ID))
		}
	}
	if op.BodyLimit == 0 {
		op.BodyLimit = a.cfg.BodyLimit
	}
	if op.Timeout == 0 {
		op.Timeout = a.cfg.Timeout
	}
	return op
}

// checkInput refuses inputs that huma would leave empty without a word: an embedded struct that
// is not exported, and a place in the path that no field takes.
func checkInput(op Op, input reflect.Type) {
	taken := map[string]bool{}
	for _, field := range reflect.VisibleFields(input) {
		if field.Anonymous && !field.IsExported() {
			panic(fmt.Sprintf("web: the input of %s %s embeds %s, which must be exported to be filled", op.Method, op.Path, field.Name))
		}
		taken[field.Tag.Get("path")] = true
	}
	for _, part := range strings.Split(op.Path, "/") {
		name, isPlace := strings.CutPrefix(part, "{")
		if name = strings.TrimSuffix(strings.TrimSuffix(name, "}"), "..."); isPlace && !taken[name] {
			panic(fmt.Sprintf("web: the input of %s %s has no field for {%s}", op.Method, op.Path, name))
		}
	}
}

// operationID makes "GET /api/campaigns/{id}/recipients" into "getCampaignsIdRecipients".
func operationID(method, path string) string {
	id := strings.ToLower(method)
	for _, part := range strings.FieldsFunc(strings.TrimPrefix(path, "/api"), notAlphanumeric) {
		id += strings.ToUpper(part[:1]) + part[1:]
	}
	return id
}

func notAlphanumeric(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
}
