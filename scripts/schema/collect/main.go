// Command collect prints, as JSON, the facts of the Kubernetes release that it is built against: the kinds an
// API server of that release serves and the shape of every struct they are made of.
//
// The shapes come from reflection on the Go types that the server decodes into; what Go does not say (required
// fields, list types, scopes) from the OpenAPI document of the same release, and enumerations and defaults from
// the markers in the source.
package main

import (
	"encoding/json"
	"flag"
	"log"
	"os"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/scheme"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
)

// Facts is everything known of one release.
type Facts struct {
	// Kinds by apiVersion and kind.
	Kinds map[string]map[string]*Kind `json:"kinds"`
	// Packages by their short path, such as core/v1.
	Packages map[string]*Package `json:"packages"`
}

// Kind is what the API server says of one kind in one version.
type Kind struct {
	Plural       string   `json:"plural"`
	Scope        string   `json:"scope"`
	ShortNames   []string `json:"shortNames,omitempty"`
	Verbs        string   `json:"verbs,omitempty"`
	Subresources []string `json:"subresources,omitempty"`
	Default      bool     `json:"default"`
	Struct       string   `json:"struct"`
	Introduced   string   `json:"introduced,omitempty"`
	Deprecated   string   `json:"deprecated,omitempty"`
	Removed      string   `json:"removed,omitempty"`
	Replacement  []string `json:"replacement,omitempty"`
}

// Package is the structs and enumerations of one Go package.
type Package struct {
	Structs map[string]*Struct  `json:"structs"`
	Enums   map[string][]string `json:"enums"`
}

// Struct has its fields in the order of the Go source, each as the text the reader understands.
type Struct struct {
	Atomic bool              `json:"atomic"`
	Order  []string          `json:"order"`
	Fields map[string]string `json:"fields"`
}

func main() {
	log.SetFlags(0)
	server := flag.String("server", "", "folder of the k8s.io/kubernetes sources of the same release")
	modfile := flag.String("modfile", "go.mod", "the go.mod this program was built with")
	flag.Parse()

	must(apiextensions.AddToScheme(scheme.Scheme))
	must(apiregistration.AddToScheme(scheme.Scheme))
	document := readOpenAPI(*server)
	kinds := document.kinds()
	addShortNames(kinds, *server)
	addDefaults(kinds, *server)

	walker := &walker{document: document, sources: sources{modfile: *modfile}, packages: map[string]*Package{}}
	for gvk, goType := range scheme.Scheme.AllKnownTypes() {
		kind := kinds[gvk.GroupVersion().String()][gvk.Kind]
		if kind == nil || gvk.Version == runtime.APIVersionInternal {
			continue
		}
		kind.Struct = walker.structName(goType)
		addLifecycle(kind, goType)
	}
	for apiVersion, byKind := range kinds {
		for name, kind := range byKind {
			if kind.Struct == "" {
				log.Fatalf("%s %s is served, but no Go type is registered for it", apiVersion, name)
			}
		}
	}
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", " ")
	must(out.Encode(Facts{Kinds: kinds, Packages: walker.packages}))
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
