// Declarations reads a JSON list of questions on stdin, each the folder of a Go module, a file in it and the name of a
// top-level declaration, and prints a JSON list of answers in the same order: the file that declares the name, its code,
// and a digest of the declaration that comments and white space do not change. An answer is null when no file does.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

type question struct {
	Root string `json:"root"`
	File string `json:"file"`
	Name string `json:"name"`
}

type answer struct {
	File   string `json:"file"`
	Digest string `json:"digest"`
	Code   string `json:"code"`
}

type declaration struct {
	digest, code string
}

func main() {
	log.SetFlags(0)
	var questions []question
	must(json.NewDecoder(os.Stdin).Decode(&questions))
	answers := make([]*answer, len(questions))
	for i, asked := range questions {
		answers[i] = find(asked)
	}
	must(json.NewEncoder(os.Stdout).Encode(answers))
}

// find looks in the file, then in its package, and last in the whole module: a declaration may have moved.
func find(asked question) *answer {
	if found, has := declarationIn(asked.Root, asked.File, asked.Name); has {
		return &answer{asked.File, found.digest, found.code}
	}
	for _, file := range append(filesIn(asked.Root, filepath.Dir(asked.File), false), filesIn(asked.Root, ".", true)...) {
		if !mentions(filepath.Join(asked.Root, file), asked.Name) {
			continue
		}
		if found, has := declarationIn(asked.Root, file, asked.Name); has {
			return &answer{file, found.digest, found.code}
		}
	}
	return nil
}

var listings = map[string][]string{}

// filesIn lists the Go files of a folder that are neither tests nor vendored, sorted.
func filesIn(root, folder string, recursive bool) []string {
	key := filepath.Join(root, folder)
	if recursive {
		key += "/..."
	}
	if known, has := listings[key]; has {
		return known
	}
	var files []string
	walk := func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil // A folder that is gone has no files.
		}
		if entry.IsDir() {
			if path != filepath.Join(root, folder) && (!recursive || entry.Name() == "vendor" || entry.Name() == "test") {
				return filepath.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			relative, err := filepath.Rel(root, path)
			must(err)
			files = append(files, filepath.ToSlash(relative))
		}
		return nil
	}
	must(filepath.WalkDir(filepath.Join(root, folder), walk))
	listings[key] = files
	return files
}

var texts = map[string]string{}

func textOf(path string) string {
	if text, has := texts[path]; has {
		return text
	}
	bytes, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		log.Fatal(err)
	}
	texts[path] = string(bytes)
	return texts[path]
}

// mentions keeps files from being parsed that cannot declare the name.
func mentions(path, name string) bool {
	return strings.Contains(textOf(path), name[strings.LastIndex(name, ".")+1:])
}

var parsed = map[string]map[string]declaration{}

func declarationIn(root, file, name string) (declaration, bool) {
	path := filepath.Join(root, file)
	if _, has := parsed[path]; !has {
		parsed[path] = declarationsOf(path)
	}
	declared, has := parsed[path][name]
	return declared, has
}

// declarationsOf digests the declarations of a file by name; that of a method is Receiver.Method.
func declarationsOf(path string) map[string]declaration {
	text := textOf(path)
	declarations := map[string]declaration{}
	if text == "" {
		return declarations
	}
	positions := token.NewFileSet()
	file, err := parser.ParseFile(positions, path, text, parser.SkipObjectResolution)
	must(err)
	add := func(name string, node ast.Node) {
		from, to := positions.Position(node.Pos()).Offset, positions.Position(node.End()).Offset
		declarations[name] = declaration{digest(text[from:to]), text[from:to]}
	}
	for _, declaration := range file.Decls {
		switch declared := declaration.(type) {
		case *ast.FuncDecl:
			add(receiver(declared)+declared.Name.Name, declared)
		case *ast.GenDecl:
			for _, spec := range declared.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					add(spec.Name.Name, spec)
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						add(name.Name, spec)
					}
				}
			}
		}
	}
	return declarations
}

func receiver(function *ast.FuncDecl) string {
	if function.Recv == nil || len(function.Recv.List) == 0 {
		return ""
	}
	of := function.Recv.List[0].Type
	if pointer, is := of.(*ast.StarExpr); is {
		of = pointer.X
	}
	if generic, is := of.(*ast.IndexExpr); is {
		of = generic.X
	}
	if name, is := of.(*ast.Ident); is {
		return name.Name + "."
	}
	return ""
}

// marker is a comment that code is generated from, such as +k8s:maxLength=63: it changes what the server does.
var marker = regexp.MustCompile(`^//\s*\+\S`)

// digest is the hash of the tokens of some Go code, without the comments that only people read.
func digest(code string) string {
	var tokens scanner.Scanner
	files := token.NewFileSet()
	tokens.Init(files.AddFile("", files.Base(), len(code)), []byte(code), nil, scanner.ScanComments)
	sum := sha256.New()
	for {
		_, kind, literal := tokens.Scan()
		switch {
		case kind == token.EOF:
			return hex.EncodeToString(sum.Sum(nil))[:16]
		case kind == token.COMMENT && !marker.MatchString(literal):
			continue
		case kind == token.SEMICOLON:
			literal = ";"
		}
		sum.Write([]byte(kind.String() + " " + literal + "\n"))
	}
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
