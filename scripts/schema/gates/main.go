// Command gates writes the feature gates of several releases, oldest first, with the release since which each is on by
// default; false for one that is not. A gate that a release no longer has keeps its last state: it is removed when its
// feature can no longer be switched.
//
//	gates -out ../../lib/kube/schema/data/gates.json 1.27=FOLDER,FOLDER 1.28=FOLDER,FOLDER …
//
// The folders are those of the Go modules whose pkg/features declare gates.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

func main() {
	log.SetFlags(0)
	out := flag.String("out", "", "file to write to")
	flag.Parse()

	since := map[string]any{}
	for _, argument := range flag.Args() {
		release, folders, _ := strings.Cut(argument, "=")
		for gate, on := range gatesOf(release, strings.Split(folders, ",")) {
			before, known := since[gate]
			wasOn := known && before != false
			switch {
			case on && !wasOn:
				since[gate] = release
			case !on && wasOn:
				// Later releases decide; no rule asks about a gate that went from on to off.
				since[gate] = false
			case !known:
				since[gate] = false
			}
		}
	}
	must(os.WriteFile(*out, lines(since), 0o644))
}

// gatesOf reads which gates are on by default in a release.
func gatesOf(release string, folders []string) map[string]bool {
	gates := map[string]bool{}
	for _, folder := range folders {
		files, err := filepath.Glob(filepath.Join(folder, "pkg/features/*.go"))
		must(err)
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			must(err)
			ast.Inspect(parsed, func(node ast.Node) bool {
				entry, is := node.(*ast.KeyValueExpr)
				if !is {
					return true
				}
				on, has := defaultIn(release, entry.Value)
				if has {
					gates[nameOf(entry.Key)] = on
				}
				return !has
			})
		}
	}
	return gates
}

// nameOf is the last identifier of `Gate` or `genericfeatures.Gate`: constants are called as their gates are.
func nameOf(key ast.Expr) string {
	if selector, is := key.(*ast.SelectorExpr); is {
		return selector.Sel.Name
	}
	if name, is := key.(*ast.Ident); is {
		return name.Name
	}
	return ""
}

// defaultIn reads `{Default: true, …}`, or of a list of such with versions the last that holds in the release.
func defaultIn(release string, value ast.Expr) (on, has bool) {
	literal, is := value.(*ast.CompositeLit)
	if !is {
		return false, false
	}
	for _, element := range literal.Elts {
		if field, is := element.(*ast.KeyValueExpr); is && nameOf(field.Key) == "Default" {
			return nameOf(field.Value) == "true", true
		}
		spec, is := element.(*ast.CompositeLit)
		if !is || minor(versionOf(spec)) > minor(release) {
			continue
		}
		if next, hasNext := defaultIn(release, spec); hasNext {
			on, has = next, true
		}
	}
	return on, has
}

// versionOf is "1.30" of `{Version: version.MustParse("1.30"), …}`.
func versionOf(spec *ast.CompositeLit) string {
	for _, element := range spec.Elts {
		field, is := element.(*ast.KeyValueExpr)
		if !is || nameOf(field.Key) != "Version" {
			continue
		}
		if call, is := field.Value.(*ast.CallExpr); is && len(call.Args) == 1 {
			if text, is := call.Args[0].(*ast.BasicLit); is {
				return strings.Trim(text.Value, `"`)
			}
		}
	}
	return "1.0"
}

func minor(version string) int {
	number, err := strconv.Atoi(strings.TrimPrefix(version, "1."))
	must(err)
	return number
}

// lines is JSON with a line each, sorted.
func lines(since map[string]any) []byte {
	var text bytes.Buffer
	text.WriteString("{\n")
	gates := make([]string, 0, len(since))
	for gate := range since {
		gates = append(gates, gate)
	}
	slices.Sort(gates)
	for i, gate := range gates {
		value, err := json.Marshal(since[gate])
		must(err)
		text.WriteString(strconv.Quote(gate) + ": " + string(value))
		if i < len(gates)-1 {
			text.WriteString(",")
		}
		text.WriteString("\n")
	}
	text.WriteString("}\n")
	return text.Bytes()
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
