package main

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// sources reads what reflection cannot see: the markers in comments, and the constants of a type.
type sources struct {
	modfile  string
	packages map[string]*source
}

// source is one Go package: enumerations by type, defaults by type and field, and the string constants.
type source struct {
	enums    map[string][]string
	defaults map[string]string
	strings  map[string]string
}

// enum is the constants of a type that is marked +enum, sorted; nil for any other type.
func (s *sources) enum(t reflect.Type) []string {
	values := s.of(t.PkgPath()).enums[t.Name()]
	if values != nil && len(values) == 0 {
		log.Fatalf("%s is an enumeration without constants", t)
	}
	return values
}

// defaultOf is the JSON value that a +default marker gives a field.
func (s *sources) defaultOf(t reflect.Type, field string) (string, bool) {
	value, has := s.of(t.PkgPath()).defaults[t.Name()+"."+field]
	return value, has
}

func (s *sources) of(path string) *source {
	if s.packages == nil {
		s.packages = map[string]*source{}
	}
	if s.packages[path] == nil {
		folder, err := exec.Command("go", "list", "-modfile", s.modfile, "-f", "{{.Dir}}", path).Output()
		must(err)
		s.packages[path] = readSource(strings.TrimSpace(string(folder)))
	}
	return s.packages[path]
}

func readSource(folder string) *source {
	result := &source{enums: map[string][]string{}, defaults: map[string]string{}, strings: map[string]string{}}
	var declarations []*ast.GenDecl
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	must(err)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		must(err)
		for _, declaration := range parsed.Decls {
			if general, ok := declaration.(*ast.GenDecl); ok {
				declarations = append(declarations, general)
			}
		}
	}
	for _, declaration := range declarations {
		result.addTypes(declaration)
	}
	for _, declaration := range declarations {
		result.addConstants(declaration)
	}
	result.resolveDefaults()
	for _, values := range result.enums {
		slices.Sort(values)
	}
	return result
}

func (s *source) addTypes(declaration *ast.GenDecl) {
	for _, spec := range declaration.Specs {
		typeSpec, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		name := typeSpec.Name.Name
		if _, marked := marker("enum", declaration.Doc, typeSpec.Doc); marked {
			s.enums[name] = []string{}
		}
		structType, ok := typeSpec.Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, field := range structType.Fields.List {
			for _, fieldName := range field.Names {
				if value, marked := marker("default", field.Doc); marked {
					s.defaults[name+"."+fieldName.Name] = value
				}
			}
		}
	}
}

func (s *source) addConstants(declaration *ast.GenDecl) {
	if declaration.Tok != token.CONST {
		return
	}
	for _, spec := range declaration.Specs {
		constant := spec.(*ast.ValueSpec)
		for i, name := range constant.Names {
			if i >= len(constant.Values) {
				continue
			}
			typeName, value, ok := stringConstant(constant.Type, constant.Values[i])
			if !ok {
				continue
			}
			s.strings[name.Name] = value
			if s.enums[typeName] != nil {
				s.enums[typeName] = append(s.enums[typeName], value)
			}
		}
	}
}

// stringConstant is the type and value of a constant written as Name Type = "value" or Name = Type("value").
func stringConstant(declared, value ast.Expr) (typeName, text string, ok bool) {
	if call, isCall := value.(*ast.CallExpr); isCall && len(call.Args) == 1 {
		declared, value = call.Fun, call.Args[0]
	}
	literal, isLiteral := value.(*ast.BasicLit)
	if !isLiteral || literal.Kind != token.STRING {
		return "", "", false
	}
	if name, isName := declared.(*ast.Ident); isName {
		typeName = name.Name
	}
	text, err := strconv.Unquote(literal.Value)
	must(err)
	return typeName, text, true
}

// resolveDefaults replaces ref(Name) by the value of that constant of the package.
func (s *source) resolveDefaults() {
	for field, value := range s.defaults {
		if name, isRef := strings.CutPrefix(value, "ref("); isRef {
			constant, known := s.strings[strings.TrimSuffix(name, ")")]
			if !known {
				log.Fatalf("%s: the default %s is not a constant of its package", field, value)
			}
			text, err := json.Marshal(constant)
			must(err)
			value = string(text)
		}
		// The words of a field stand apart by blanks.
		var compact bytes.Buffer
		if err := json.Compact(&compact, []byte(value)); err != nil || strings.Contains(compact.String(), " ") {
			log.Fatalf("%s: the default %s is not JSON without blanks in its values", field, value)
		}
		s.defaults[field] = compact.String()
	}
}

// marker finds a line "+name" or "+name=value" in comments.
func marker(name string, comments ...*ast.CommentGroup) (string, bool) {
	for _, group := range comments {
		if group == nil {
			continue
		}
		for _, comment := range group.List {
			text := strings.TrimSpace(strings.TrimPrefix(comment.Text, "//"))
			key, value, _ := strings.Cut(text, "=")
			if key == "+"+name {
				return strings.TrimSpace(value), true
			}
		}
	}
	return "", false
}
