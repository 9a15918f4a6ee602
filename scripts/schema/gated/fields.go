package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
)

// gating is what drops a field, by the name of its versioned type: `core/v1.PodSpec`.
type gating map[string]map[string]entry

type entry struct {
	gates    string
	filtered bool
}

// structure is a versioned struct: the JSON names of its fields by their Go names, the structs that it embeds, and the gates
// that markers name.
type structure struct {
	json    map[string]string
	inline  []string
	markers map[string]string
}

// structuresOf reads the versioned types of every group, by package and name.
func structuresOf(modules map[string]string) map[string]map[string]structure {
	packages := map[string]map[string]structure{}
	files, err := filepath.Glob(filepath.Join(modules["k8s.io/api"], "*/v*/types.go"))
	must(err)
	extensions, err := filepath.Glob(filepath.Join(modules["k8s.io/apiextensions-apiserver"], "pkg/apis/*/v*/types.go"))
	must(err)
	for _, path := range append(files, extensions...) {
		version := filepath.Base(filepath.Dir(path))
		group := filepath.Base(filepath.Dir(filepath.Dir(path)))
		if isServed(group + "." + version) {
			packages[group+"/"+version] = structuresIn(filepath.Dir(path))
		}
	}
	return packages
}

func structuresIn(folder string) map[string]structure {
	found := map[string]structure{}
	paths, err := filepath.Glob(filepath.Join(folder, "*types*.go"))
	must(err)
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
		must(err)
		ast.Inspect(file, func(node ast.Node) bool {
			spec, ok := node.(*ast.TypeSpec)
			if !ok {
				return true
			}
			if fields, ok := spec.Type.(*ast.StructType); ok {
				found[spec.Name.Name] = structureOf(fields)
			}
			return false
		})
	}
	return found
}

func structureOf(of *ast.StructType) structure {
	result := structure{json: map[string]string{}, markers: map[string]string{}}
	for _, field := range of.Fields.List {
		if len(field.Names) == 0 {
			if name, ok := field.Type.(*ast.Ident); ok {
				result.inline = append(result.inline, name.Name)
			}
			continue
		}
		if field.Tag == nil {
			continue
		}
		json, _, _ := strings.Cut(reflect.StructTag(strings.Trim(field.Tag.Value, "`")).Get("json"), ",")
		if json == "" || json == "-" {
			continue
		}
		result.json[field.Names[0].Name] = json
		if gates := markers(field.Doc); gates != "" {
			result.markers[json] = gates
		}
	}
	return result
}

// markers is the gates in `+featureGate=` of a comment; any of them turns the field on.
func markers(comment *ast.CommentGroup) string {
	if comment == nil {
		return ""
	}
	gates := ""
	for _, line := range comment.List {
		text := strings.TrimSpace(strings.TrimPrefix(line.Text, "//"))
		if value, ok := strings.CutPrefix(text, "+featureGate="); ok {
			for _, gate := range strings.Split(value, ",") {
				gate, _, _ = strings.Cut(strings.TrimSpace(gate), " ")
				gates = both(gates, gate)
			}
		}
	}
	return gates
}

// elsewhere are fields that the internal types keep in another struct than the versioned ones.
var elsewhere = map[string]string{
	"core.PodSecurityContext.HostUsers": "PodSpec",
}

// versioned moves drops of internal fields to the fields of every version of their types that has them.
func versioned(drops map[drop]bool, modules map[string]string) gating {
	result := gating{}
	packages := structuresOf(modules)
	for found := range drops {
		group, ok := groupOf(found.pkg)
		if !ok {
			continue
		}
		name := found.structure
		if moved, ok := elsewhere[group+"."+name+"."+found.field]; ok {
			name = moved
		}
		for version, structures := range packages {
			if !strings.HasPrefix(version, group+"/") {
				continue
			}
			field, ok := structures[name].json[found.field]
			if !ok {
				continue
			}
			for _, owner := range embedding(name, structures) {
				result.add(version+"."+owner, field, entry{found.gates, found.filtered})
			}
		}
	}
	return result
}

// groupOf is `core` for k8s.io/kubernetes/pkg/apis/core and for k8s.io/api/core/v1.
func groupOf(pkg string) (string, bool) {
	if _, group, ok := strings.Cut(pkg, "/pkg/apis/"); ok {
		group, _, _ = strings.Cut(group, "/")
		return group, true
	}
	if group, ok := strings.CutPrefix(pkg, "k8s.io/api/"); ok {
		group, _, _ = strings.Cut(group, "/")
		return group, true
	}
	return "", false
}

// embedding is a struct, or else those that embed it, whose fields its fields are in JSON.
func embedding(name string, structures map[string]structure) []string {
	var owners []string
	for owner, structure := range structures {
		for _, inline := range structure.inline {
			if inline == name {
				owners = append(owners, embedding(owner, structures)...)
			}
		}
	}
	if len(owners) > 0 {
		return owners
	}
	return []string{name}
}

// add joins what is said twice: a field that is emptied in one place and filtered in another is emptied.
func (g gating) add(structure, field string, one entry) {
	if g[structure] == nil {
		g[structure] = map[string]entry{}
	}
	before, known := g[structure][field]
	switch {
	case !known || (before.filtered && !one.filtered):
		g[structure][field] = one
	case before.filtered == one.filtered:
		g[structure][field] = entry{either(before.gates, one.gates), one.filtered}
	}
}

// markersOf is the fields with a `+featureGate=` marker.
func markersOf(modules map[string]string) gating {
	result := gating{}
	for version, structures := range structuresOf(modules) {
		for name, structure := range structures {
			for field, gates := range structure.markers {
				for _, owner := range embedding(name, structures) {
					result.add(version+"."+owner, field, entry{gates: gates})
				}
			}
		}
	}
	return result
}
