// Command gates writes the feature gates of several releases, oldest first, with each change of their default:
// `1.28- 1.29+ 1.33= 1.37x` was off in 1.28, on from 1.29, locked on from 1.33, and is gone since 1.37.
//
//	gates -out ../../lib/kube/schema/data/gates.json 1.27=FOLDER,FOLDER 1.28=FOLDER,FOLDER …
//
// The folders are those of the Go modules whose pkg/features declare gates.
package main

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"maps"
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

	changes := map[string][]change{}
	for _, argument := range flag.Args() {
		release, folders, _ := strings.Cut(argument, "=")
		gates := gatesOf(release, strings.Split(folders, ","))
		for gate, state := range gates {
			changes[gate] = changed(changes[gate], release, state)
		}
		for gate := range changes {
			if _, has := gates[gate]; !has {
				changes[gate] = changed(changes[gate], release, gone)
			}
		}
	}
	must(os.WriteFile(*out, lines(changes), 0o644))
}

// state is how a gate is in a release.
type state byte

const (
	off       state = '-'
	on        state = '+'
	lockedOn  state = '='
	lockedOff state = '!'
	gone      state = 'x'
)

// change is a release since which a gate has a state.
type change struct {
	release string
	state   state
}

func changed(before []change, release string, now state) []change {
	if len(before) > 0 && before[len(before)-1].state == now {
		return before
	}
	return append(before, change{release, now})
}

// gatesOf reads how the gates are by default in a release.
func gatesOf(release string, folders []string) map[string]state {
	gates := map[string]state{}
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
				found, has := stateIn(release, entry.Value)
				if has {
					gates[nameOf(entry.Key)] = found
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

// stateIn reads `{Default: true, …}`, or of a list of such with versions the last that holds in the release.
func stateIn(release string, value ast.Expr) (found state, has bool) {
	literal, is := value.(*ast.CompositeLit)
	if !is {
		return gone, false
	}
	isOn, isLocked := false, false
	for _, element := range literal.Elts {
		if field, is := element.(*ast.KeyValueExpr); is {
			switch nameOf(field.Key) {
			case "Default":
				isOn, has = nameOf(field.Value) == "true", true
			case "LockToDefault":
				isLocked = nameOf(field.Value) == "true"
			}
			continue
		}
		spec, is := element.(*ast.CompositeLit)
		if !is || minor(versionIn(spec, "Version")) > minor(release) {
			continue
		}
		// A server is compatible with the release before, unless it is told not to be.
		if minor(versionIn(spec, "MinCompatibilityVersion")) >= minor(release) {
			continue
		}
		if next, hasNext := stateIn(release, spec); hasNext {
			found, has = next, true
		}
	}
	if found != 0 || !has {
		return found, has
	}
	switch {
	case isOn && isLocked:
		return lockedOn, true
	case isOn:
		return on, true
	case isLocked:
		return lockedOff, true
	}
	return off, true
}

// versionIn is "1.30" of `{Version: version.MustParse("1.30"), …}`, and "1.0" where there is no such field.
func versionIn(spec *ast.CompositeLit, name string) string {
	for _, element := range spec.Elts {
		field, is := element.(*ast.KeyValueExpr)
		if !is || nameOf(field.Key) != name {
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
func lines(changes map[string][]change) []byte {
	var members []string
	for _, gate := range slices.Sorted(maps.Keys(changes)) {
		var states []string
		for _, each := range changes[gate] {
			states = append(states, each.release+string(each.state))
		}
		members = append(members, strconv.Quote(gate)+": "+strconv.Quote(strings.Join(states, " ")))
	}
	return []byte("{\n" + strings.Join(members, ",\n") + "\n}\n")
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
