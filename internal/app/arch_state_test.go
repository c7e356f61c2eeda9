package app_test

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// TestNoInit: nothing happens because a package was imported.
func TestNoInit(t *testing.T) {
	t.Parallel()
	for _, f := range readSource(t) {
		for _, decl := range f.tree.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s: init runs unasked; call it from app", f.at(fn))
			}
		}
	}
}

// mutable are the package variables that change, each with the reason it may.
func mutable() map[string]string {
	return map[string]string{
		"internal/app.Version":                              "set by the linker (make build)",
		"internal/app.demoFiles":                            "filled by go:embed",
		"internal/platform/db/dbtest.shared":                "the server of a test process; TestMain has nowhere else to keep it",
		"internal/feature/user.commonPasswords":             "filled by go:embed",
		"internal/feature/consent.pageHTML":                 "filled by go:embed",
		"internal/feature/consent/intent.weightsFile":       "filled by go:embed",
		"internal/provider/whatsapp/whatsappsim.phoneFiles": "filled by go:embed",
		"web.dist":      "filled by go:embed",
		"migrations.FS": "filled by go:embed",
	}
}

// TestNoMutableGlobals: a package variable is a table or an error that nobody writes.
func TestNoMutableGlobals(t *testing.T) {
	t.Parallel()
	packages := map[string][]sourceFile{}
	for _, f := range readSource(t) {
		if !f.test {
			packages[f.dir] = append(packages[f.dir], f)
		}
	}
	for dir, files := range packages {
		for _, f := range files {
			for name, ident := range unset(f) {
				if mutable()[dir+"."+name] == "" {
					t.Errorf("%s: package variable %s starts without a value, so somebody sets it later; pass it instead", f.at(ident), name)
				}
			}
		}
		for place, name := range writes(files) {
			if mutable()[dir+"."+name] == "" {
				t.Errorf("%s: writes package variable %s; pass it instead", place, name)
			}
		}
	}
}

// unset finds package variables without a value.
func unset(f sourceFile) map[string]*ast.Ident {
	found := map[string]*ast.Ident{}
	for _, decl := range f.tree.Decls {
		vars, ok := decl.(*ast.GenDecl)
		if !ok || vars.Tok != token.VAR {
			continue
		}
		for _, spec := range vars.Specs {
			value := spec.(*ast.ValueSpec)
			for _, name := range value.Names {
				if len(value.Values) == 0 && name.Name != "_" {
					found[name.Name] = name
				}
			}
		}
	}
	return found
}

// writes finds assignments to package variables or their elements, and addresses taken of them.
func writes(files []sourceFile) map[string]string {
	used, found := uses(files), map[string]string{}
	for _, f := range files {
		ast.Inspect(f.tree, func(n ast.Node) bool {
			for _, target := range targets(n) {
				name := rootOf(target)
				if v, ok := used[name].(*types.Var); ok && v.Parent() != nil && v.Parent() == v.Pkg().Scope() {
					found[f.at(n)] = name.Name
				}
			}
			return true
		})
	}
	return found
}

func targets(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			return n.Lhs
		}
	case *ast.IncDecStmt:
		return []ast.Expr{n.X}
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			return []ast.Expr{n.X}
		}
	case *ast.CallExpr:
		if fn, ok := n.Fun.(*ast.Ident); ok && slices.Contains([]string{"delete", "clear", "copy"}, fn.Name) {
			return n.Args[:1]
		}
	}
	return nil
}

// rootOf is the variable behind x, x.f, x[i] and *x; nil when there is none.
func rootOf(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.IndexExpr:
		return rootOf(e.X)
	case *ast.SelectorExpr:
		return rootOf(e.X)
	case *ast.StarExpr:
		return rootOf(e.X)
	case *ast.ParenExpr:
		return rootOf(e.X)
	}
	return nil
}

// TestTimeIsInjected: what reads the clock of the machine cannot be tested at another time.
func TestTimeIsInjected(t *testing.T) {
	t.Parallel()
	allowed := map[string]string{
		"internal/platform/clock":                "is the clock",
		"internal/platform/ident":                "an id carries the moment it was made",
		"internal/platform/db/dbtest":            "test fixtures and the age of abandoned folders",
		"internal/platform/postgres":             "waits for another program",
		"internal/provider/whatsapp/whatsappsim": "stands for another company's servers",
		"internal/app/bench":                     "measures",
	}
	for _, f := range readSource(t) {
		if f.test || allowed[f.dir] != "" {
			continue
		}
		for _, call := range f.callsTo("time", "Now", "Since", "Until", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick", "Sleep") {
			t.Errorf("%s: take the time from platform/clock", f.at(call))
		}
	}
}

// TestTestsDoNotSleep: they wait for what they need. The one place for a pause is between two
// looks of a poll with a deadline, in a function named eventually.
func TestTestsDoNotSleep(t *testing.T) {
	t.Parallel()
	for _, f := range readSource(t) {
		if !f.test {
			continue
		}
		polls := map[*ast.CallExpr]bool{}
		for _, decl := range f.tree.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && strings.HasPrefix(strings.ToLower(fn.Name.Name), "eventually") {
				ast.Inspect(fn, func(n ast.Node) bool {
					if call, ok := n.(*ast.CallExpr); ok {
						polls[call] = true
					}
					return true
				})
			}
		}
		for _, call := range f.callsTo("time", "Sleep") {
			if !polls[call] {
				t.Errorf("%s: sleeps; wait for a signal, or poll in a function named eventually", f.at(call))
			}
		}
	}
}

// TestMoneyIsWhole: no float where amounts are.
func TestMoneyIsWhole(t *testing.T) {
	t.Parallel()
	rates := []string{"wire.go", "pace.go", "lane.go"} // of feature/message: speeds and jitter
	for _, f := range readSource(t) {
		money := f.dir == "internal/platform/money" || f.dir == "internal/feature/billing" ||
			f.dir == "internal/feature/campaign" || f.dir == "internal/feature/message"
		if !money || slices.ContainsFunc(rates, func(name string) bool { return f.path == "internal/feature/message/"+name }) || f.test {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && (id.Name == "float64" || id.Name == "float32") {
				t.Errorf("%s: amounts are whole numbers", f.at(id))
			}
			return true
		})
	}
}

// TestSystemRoleSaysWhy: `grep AsSystem` is the audit of what crosses tenants, so each call
// names its reason in words.
func TestSystemRoleSaysWhy(t *testing.T) {
	t.Parallel()
	calls := 0
	for _, f := range readSource(t) {
		for _, call := range f.callsTo("", "AsSystem") {
			calls++
			if len(call.Args) != 3 || f.test {
				continue
			}
			reason, ok := call.Args[1].(*ast.BasicLit)
			if ok && len(strings.Fields(reason.Value)) < 2 {
				t.Errorf("%s: say in words why the system role is needed", f.at(call))
			}
		}
	}
	if calls == 0 {
		t.Error("no call of AsSystem was found: this test looks for the wrong name")
	}
	sweeps := 0
	for _, f := range readSource(t) {
		for _, reason := range f.reasons() {
			sweeps++
			if lit, ok := reason.(*ast.BasicLit); !ok || len(strings.Fields(lit.Value)) < 2 {
				t.Errorf("%s: say in words why the sweep looks across tenants", f.at(reason))
			}
		}
	}
	if sweeps == 0 {
		t.Error("no db.Waiting was found: this test looks for the wrong name")
	}
}

// reasons are those of the file's db.Waiting.
func (f sourceFile) reasons() (list []ast.Expr) {
	ast.Inspect(f.tree, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if of, ok := lit.Type.(*ast.SelectorExpr); !ok || of.Sel.Name != "Waiting" || f.test {
			return true
		}
		for _, part := range lit.Elts {
			if kv, ok := part.(*ast.KeyValueExpr); ok && kv.Key.(*ast.Ident).Name == "Reason" {
				list = append(list, kv.Value)
			}
		}
		return true
	})
	return list
}
