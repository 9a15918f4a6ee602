package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"
)

// addLifecycle asks a Go type when its kind came, when it goes, and what follows.
func addLifecycle(kind *Kind, t reflect.Type) {
	value := reflect.New(t).Interface()
	if known, ok := value.(interface{ APILifecycleIntroduced() (int, int) }); ok {
		kind.Introduced = release(known.APILifecycleIntroduced())
	}
	if known, ok := value.(interface{ APILifecycleDeprecated() (int, int) }); ok {
		kind.Deprecated = release(known.APILifecycleDeprecated())
	}
	if known, ok := value.(interface{ APILifecycleRemoved() (int, int) }); ok {
		kind.Removed = release(known.APILifecycleRemoved())
	}
	if known, ok := value.(interface {
		APILifecycleReplacement() schema.GroupVersionKind
	}); ok {
		successor := known.APILifecycleReplacement()
		kind.Replacement = []string{successor.GroupVersion().String(), successor.Kind}
	}
}

func release(major, minor int) string {
	if major == 0 && minor == 0 {
		return ""
	}
	return fmt.Sprintf("%d.%d", major, minor)
}

// addDefaults marks the kinds that a server serves without being asked to: those of stable versions, and the
// resources the control plane lists as legacyBetaEnabledByDefaultResources.
func addDefaults(kinds map[string]map[string]*Kind, server string) {
	legacy := legacyBetas(filepath.Join(server, "pkg/controlplane/instance.go"))
	for apiVersion, byKind := range kinds {
		version := apiVersion[strings.Index(apiVersion, "/")+1:]
		stable := !strings.Contains(version, "alpha") && !strings.Contains(version, "beta")
		for _, kind := range byKind {
			kind.Default = stable || legacy[packageVersion(apiVersion)+" "+kind.Plural]
		}
	}
}

// legacyBetas are "flowcontrol/v1beta3 flowschemas" and the like: package and resource.
func legacyBetas(file string) map[string]bool {
	found := map[string]bool{}
	source, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	must(err)
	imports := map[string]string{}
	for _, spec := range source.Imports {
		if spec.Name != nil {
			path, _ := strconv.Unquote(spec.Path.Value)
			imports[spec.Name.Name] = shortPath(path)
		}
	}
	ast.Inspect(source, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok || spec.Names[0].Name != "legacyBetaEnabledByDefaultResources" {
			return true
		}
		ast.Inspect(spec, func(node ast.Node) bool {
			// flowcontrolv1beta3.SchemeGroupVersion.WithResource("flowschemas")
			call, ok := node.(*ast.CallExpr)
			if !ok {
				return true
			}
			version := call.Fun.(*ast.SelectorExpr).X.(*ast.SelectorExpr).X.(*ast.Ident).Name
			resource, _ := strconv.Unquote(call.Args[0].(*ast.BasicLit).Value)
			found[imports[version]+" "+resource] = true
			return false
		})
		return false
	})
	return found
}

// packageVersion is the Go package of an API version: flowcontrol/v1beta3 for flowcontrol.apiserver.k8s.io/v1beta3.
func packageVersion(apiVersion string) string {
	group, version, found := strings.Cut(apiVersion, "/")
	if !found {
		return "core/" + apiVersion
	}
	return strings.Split(group, ".")[0] + "/" + version
}
