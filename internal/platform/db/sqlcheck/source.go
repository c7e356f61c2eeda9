package sqlcheck

import (
	"errors"
	"fmt"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Statement is SQL found in the source.
type Statement struct {
	SQL    string
	Name   string // of the constant or function it stands in
	Place  string // file:line, relative to the root
	System bool   // the name begins with "system": run in AsSystem only
}

// Statements reads every SQL statement that is a constant in the Go packages under root,
// tests left out. A constant that other constants are built from is a part, not a statement.
// What is put together at run time is not found here: dbtest reads it as it runs.
func Statements(root string) ([]Statement, error) {
	var out []Statement
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if entry.Name() == "testdata" {
			return filepath.SkipDir
		}
		found, err := inPackage(root, path)
		out = append(out, found...)
		return err
	})
	return out, err
}

// inPackage reads the package in one folder. Imports are not loaded: constants of the
// package itself are all that its SQL is made of.
func inPackage(root, dir string) ([]Statement, error) {
	set := token.NewFileSet()
	files, err := parse(set, dir)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}}
	loose := types.Config{Error: func(error) {}, Importer: noImports{}, FakeImportC: true}
	_, _ = loose.Check(dir, set, files, info) // errors about imports are expected
	r := reader{root: root, set: set, info: info, parts: map[types.Object]bool{}}
	for _, file := range files {
		ast.Inspect(file, r.markParts)
	}
	for _, file := range files {
		r.file(file)
	}
	return r.found, nil
}

func parse(set *token.FileSet, dir string) ([]*ast.File, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("read SQL in %s: %w", name, err)
		}
		files = append(files, file)
	}
	return files, nil
}

type noImports struct{}

var _ types.Importer = noImports{}

func (noImports) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return importer.Default().Import(path)
	}
	return nil, errors.New("imports are not read")
}

// reader collects the statements of one package.
type reader struct {
	root  string
	set   *token.FileSet
	info  *types.Info
	parts map[types.Object]bool
	found []Statement
}

// markParts remembers constants that stand in a sum of strings.
func (r *reader) markParts(n ast.Node) bool {
	sum, ok := n.(*ast.BinaryExpr)
	if !ok || sum.Op != token.ADD {
		return true
	}
	for _, side := range []ast.Expr{sum.X, sum.Y} {
		if name, ok := side.(*ast.Ident); ok && r.info.Uses[name] != nil {
			r.parts[r.info.Uses[name]] = true
		}
	}
	return true
}

func (r *reader) file(file *ast.File) {
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			r.expressions(d, d.Name.Name)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				r.spec(spec)
			}
		}
	}
}

func (r *reader) spec(spec ast.Spec) {
	values, ok := spec.(*ast.ValueSpec)
	if !ok {
		return
	}
	for i, value := range values.Values {
		name := values.Names[min(i, len(values.Names)-1)]
		if !r.isPart(name) {
			r.expressions(value, name.Name)
		}
	}
}

// isPart says whether a constant is only used to build others. (One that is a statement and
// a part too is read where it stands alone.)
func (r *reader) isPart(name *ast.Ident) bool {
	for object := range r.parts {
		if object.Pos() == name.Pos() {
			return true
		}
	}
	return false
}

// expressions finds the largest constant strings in a node.
func (r *reader) expressions(node ast.Node, name string) {
	ast.Inspect(node, func(n ast.Node) bool {
		if values, ok := n.(*ast.ValueSpec); ok && len(values.Names) > 0 {
			r.local(values)
			return false
		}
		expression, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		if sum, ok := expression.(*ast.BinaryExpr); ok && !r.isConstant(sum) {
			return false // put together at run time
		}
		if used, ok := expression.(*ast.Ident); ok {
			r.partAlone(used)
			return true
		}
		if !r.isConstant(expression) {
			return true
		}
		r.add(expression, name)
		return false
	})
}

// local reads a constant declared inside a function, under its own name.
func (r *reader) local(values *ast.ValueSpec) {
	for i, value := range values.Values {
		own := values.Names[min(i, len(values.Names)-1)]
		if !r.isPart(own) {
			r.expressions(value, own.Name)
		}
	}
}

// partAlone reads a constant that is a part of others where it is used by itself.
func (r *reader) partAlone(used *ast.Ident) {
	if r.parts[r.info.Uses[used]] {
		r.add(used, used.Name)
	}
}

func (r *reader) isConstant(e ast.Expr) bool {
	value := r.info.Types[e].Value
	return value != nil && value.Kind() == constant.String
}

func (r *reader) add(e ast.Expr, name string) {
	value := r.info.Types[e].Value
	if value == nil || value.Kind() != constant.String || !IsStatement(constant.StringVal(value)) {
		return
	}
	at := r.set.Position(e.Pos())
	file, err := filepath.Rel(r.root, at.Filename)
	if err != nil {
		file = at.Filename
	}
	s := Statement{SQL: constant.StringVal(value), Name: name, Place: fmt.Sprintf("%s:%d", file, at.Line),
		System: strings.HasPrefix(strings.ToLower(strings.TrimPrefix(name, "sql")), "system")}
	if !slices.ContainsFunc(r.found, func(other Statement) bool { return other.SQL == s.SQL && other.Name == s.Name }) {
		r.found = append(r.found, s)
	}
}

var statement = regexp.MustCompile(`(?s)^(?:\s|--[^\n]*\n)*(?:` +
	`select\s.*\sfrom\s|select\s+\w+\(|insert\s+into\s+\w+|update\s+\w+\s.*?\bset\s|delete\s+from\s+\w+\s|` +
	`with\s+(?:recursive\s+)?\w+\s*(?:\([^)]*\)\s*)?as\s|merge\s+into\s|set\s+(?:local\s+)?\w+(?:\.\w+)?\s*(?:=|\bto\b))`)

// IsStatement tells SQL, which is written in lower case here, from prose.
func IsStatement(text string) bool { return statement.MatchString(text) }
