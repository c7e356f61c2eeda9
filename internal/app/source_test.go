package app_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

const module = "github.com/aerostic/aerostic"

// sourceFile is one Go file of the project, read for the rules.
type sourceFile struct {
	path    string // from the root of the project: internal/app/api.go
	dir     string
	test    bool
	lines   int
	fset    *token.FileSet
	tree    *ast.File
	imports []string // the project's own, from its root
}

// at is a place in the file, for messages.
func (f sourceFile) at(n ast.Node) string {
	p := f.fset.Position(n.Pos())
	return f.path + ":" + itoa(p.Line)
}

// source is every Go file of the project, parsed once for all the rules, which only read it.
var source = sync.OnceValues(parseSource)

// readSource gives every Go file of the project.
func readSource(t *testing.T) []sourceFile {
	t.Helper()
	files, err := source()
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 100 {
		t.Fatalf("only %d Go files were found: the rules look in the wrong place", len(files))
	}
	return files
}

func parseSource() (files []sourceFile, err error) {
	root, err := filepath.Abs("../..")
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	for _, top := range []string{"cmd", "internal", "migrations", "web"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(name string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if entry.IsDir() && slices.Contains([]string{"node_modules", "dist", "testdata"}, entry.Name()) {
				return filepath.SkipDir
			}
			if entry.IsDir() || filepath.Ext(name) != ".go" {
				return nil
			}
			f, err := parseFile(fset, root, name)
			files = append(files, f)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

func parseFile(fset *token.FileSet, root, name string) (sourceFile, error) {
	tree, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return sourceFile{}, err
	}
	rel, err := filepath.Rel(root, name)
	if err != nil {
		return sourceFile{}, err
	}
	f := sourceFile{path: filepath.ToSlash(rel), fset: fset, tree: tree, test: strings.HasSuffix(name, "_test.go")}
	f.dir = path.Dir(f.path)
	f.lines = fset.Position(tree.End()).Line
	for _, spec := range tree.Imports {
		if own, ok := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), module+"/"); ok {
			f.imports = append(f.imports, own)
		}
	}
	return f, nil
}

// callsTo finds calls of pkg.name, such as time.Now.
func (f sourceFile) callsTo(pkg string, names ...string) (calls []*ast.CallExpr) {
	ast.Inspect(f.tree, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || !slices.Contains(names, sel.Sel.Name) {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); pkg == "" || ok && x.Name == pkg {
			calls = append(calls, call)
		}
		return true
	})
	return calls
}

// uses resolves the identifiers of a package's files among each other; what comes from other
// packages stays unknown, which is enough to tell a package's variable from a local one.
func uses(files []sourceFile) map[*ast.Ident]types.Object {
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: noImports{}, Error: func(error) {}}
	trees := make([]*ast.File, len(files))
	for i, f := range files {
		trees[i] = f.tree
	}
	_, _ = config.Check(files[0].dir, files[0].fset, trees, info) // what is unknown is an error to it
	return info.Uses
}

// noImports gives every import an empty package.
type noImports struct{}

// Import implements types.Importer.
func (noImports) Import(name string) (*types.Package, error) {
	p := types.NewPackage(name, path.Base(name))
	p.MarkComplete()
	return p, nil
}
