package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// source type-checks packages of some modules. Every other package is taken to be empty: what is asked for, fields of API
// types, is known without it, and nothing is downloaded or built.
type source struct {
	modules  map[string]string
	files    *token.FileSet
	packages map[string]*types.Package
	// bodies and info are those of packages that were loaded with their functions.
	bodies map[*types.Func]*ast.FuncDecl
	info   *types.Info
}

func newSource(modules map[string]string) *source {
	return &source{
		modules:  modules,
		files:    token.NewFileSet(),
		packages: map[string]*types.Package{},
		bodies:   map[*types.Func]*ast.FuncDecl{},
		info: &types.Info{
			Types:      map[ast.Expr]types.TypeAndValue{},
			Uses:       map[*ast.Ident]types.Object{},
			Defs:       map[*ast.Ident]types.Object{},
			Selections: map[*ast.SelectorExpr]*types.Selection{},
		},
	}
}

// Import gives a package of the modules, or an empty one.
func (s *source) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if loaded, ok := s.packages[path]; ok {
		return loaded, nil
	}
	folder := s.folderOf(path)
	if folder == "" {
		empty := types.NewPackage(path, filepath.Base(path))
		empty.MarkComplete()
		s.packages[path] = empty
		return empty, nil
	}
	return s.load(path, folder), nil
}

// folderOf is the folder of a package that is read: API types, and the functions that prepare them.
func (s *source) folderOf(path string) string {
	for _, module := range []string{"k8s.io/kubernetes", "k8s.io/api", "k8s.io/apiextensions-apiserver", "k8s.io/apimachinery"} {
		inner, ok := strings.CutPrefix(path, module+"/")
		if !ok {
			continue
		}
		if module == "k8s.io/kubernetes" && !strings.HasPrefix(inner, "pkg/api") && !strings.HasPrefix(inner, "pkg/registry/") {
			return ""
		}
		folder := filepath.Join(s.modules[module], inner)
		if _, err := os.Stat(folder); err == nil {
			return folder
		}
	}
	return ""
}

// preparation is where objects are prepared; some groups have their functions beside their internal types.
var preparation = regexp.MustCompile(`^k8s\.io/kubernetes/pkg/(api/|apis/\w+$)|/pkg/registry/`)

// load checks a package as far as its imports are known. Functions are kept where they may drop fields.
func (s *source) load(path, folder string) *types.Package {
	parsed := s.parse(folder)
	preparing := preparation.MatchString(path)
	config := types.Config{
		Importer:         s,
		IgnoreFuncBodies: !preparing,
		Error:            func(error) {},
		FakeImportC:      true,
	}
	checked := types.NewPackage(path, filepath.Base(path))
	// A cycle through a package that is being checked would never end.
	s.packages[path] = checked
	checker := types.NewChecker(&config, s.files, checked, s.info)
	_ = checker.Files(parsed)
	checked.MarkComplete()
	if preparing {
		for _, file := range parsed {
			for _, declaration := range file.Decls {
				if function, ok := declaration.(*ast.FuncDecl); ok && function.Body != nil {
					if object, ok := s.info.Defs[function.Name].(*types.Func); ok {
						s.bodies[object] = function
					}
				}
			}
		}
	}
	return checked
}

func (s *source) parse(folder string) []*ast.File {
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	must(err)
	var parsed []*ast.File
	name := ""
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_windows.go") {
			continue
		}
		file, err := parser.ParseFile(s.files, path, nil, parser.ParseComments)
		must(err)
		if name == "" {
			name = file.Name.Name
		}
		if file.Name.Name == name {
			parsed = append(parsed, file)
		}
	}
	return parsed
}
