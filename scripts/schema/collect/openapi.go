package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// openAPI is the part of an OpenAPI v2 document that is read here.
type openAPI struct {
	Paths       map[string]map[string]json.RawMessage `json:"paths"`
	Definitions map[string]*definition                `json:"definitions"`
}

type definition struct {
	Required   []string             `json:"required"`
	Properties map[string]*property `json:"properties"`
	MapType    string               `json:"x-kubernetes-map-type"`
}

type property struct {
	Ref      string   `json:"$ref"`
	Type     string   `json:"type"`
	Format   string   `json:"format"`
	ListType string   `json:"x-kubernetes-list-type"`
	ListKeys []string `json:"x-kubernetes-list-map-keys"`
	MapType  string   `json:"x-kubernetes-map-type"`
}

type operation struct {
	Action string `json:"x-kubernetes-action"`
	Kind   *struct {
		Group, Version, Kind string
	} `json:"x-kubernetes-group-version-kind"`
}

func readOpenAPI(server string) *openAPI {
	document := &openAPI{}
	readJSON(filepath.Join(server, "api/openapi-spec/swagger.json"), document)
	return document
}

func readJSON(file string, into any) {
	bytes, err := os.ReadFile(file)
	must(err)
	must(json.Unmarshal(bytes, into))
}

// A path of the API: its group and version, the namespace if it is in one, the resource, and what follows the name.
var apiPath = regexp.MustCompile(`^/(api|apis/[^/]+)/([^/]+)/(namespaces/\{namespace\}/)?([^/{]+)(?:/\{name\}(?:/([a-z]+)(?:/|$))?)?`)

// kinds are those with a path of their own. Kinds of subresources alone, such as Scale and Eviction, are not
// objects that a manifest can hold.
func (d *openAPI) kinds() map[string]map[string]*Kind {
	kinds := map[string]map[string]*Kind{}
	resources := map[string]*Kind{}
	actions := map[*Kind][]string{}
	subresources := map[string][]string{}
	for path, operations := range d.Paths {
		match := apiPath.FindStringSubmatch(path)
		if match == nil || match[4] == "watch" {
			continue
		}
		plural, resource := match[4], match[1]+"/"+match[2]+"/"+match[4]
		if subresource := match[5]; subresource != "" {
			subresources[resource] = append(subresources[resource], subresource)
			continue
		}
		for _, op := range parseOperations(operations) {
			apiVersion := strings.TrimPrefix(op.Kind.Group+"/"+op.Kind.Version, "/")
			if kinds[apiVersion] == nil {
				kinds[apiVersion] = map[string]*Kind{}
			}
			kind := kinds[apiVersion][op.Kind.Kind]
			if kind == nil {
				kind = &Kind{Plural: plural, Scope: "Cluster"}
				kinds[apiVersion][op.Kind.Kind], resources[resource] = kind, kind
			}
			if match[3] != "" {
				kind.Scope = "Namespaced"
			}
			actions[kind] = append(actions[kind], op.Action)
		}
	}
	for resource, kind := range resources {
		slices.Sort(subresources[resource])
		kind.Subresources = slices.Compact(subresources[resource])
		switch {
		case !slices.Contains(actions[kind], "post"):
			kind.Verbs = "read"
		case !slices.Contains(actions[kind], "get"):
			kind.Verbs = "create"
		}
	}
	return kinds
}

// parseOperations are the operations of one path that act on objects of a kind.
func parseOperations(path map[string]json.RawMessage) []operation {
	var operations []operation
	for method, raw := range path {
		if method == "parameters" {
			continue
		}
		var op operation
		must(json.Unmarshal(raw, &op))
		if op.Kind != nil && op.Action != "" {
			operations = append(operations, op)
		}
	}
	return operations
}

// addShortNames takes kubectl's short names from the recorded discovery documents; 1.27 has none.
func addShortNames(kinds map[string]map[string]*Kind, server string) {
	for apiVersion, byKind := range kinds {
		file := "api__v1.json"
		if strings.Contains(apiVersion, "/") {
			file = "apis__" + strings.ReplaceAll(apiVersion, "/", "__") + ".json"
		}
		file = filepath.Join(server, "api/discovery", file)
		if _, err := os.Stat(file); err != nil {
			continue
		}
		var discovered struct {
			Resources []struct {
				Kind       string
				Name       string
				ShortNames []string
			}
		}
		readJSON(file, &discovered)
		for _, resource := range discovered.Resources {
			kind := byKind[resource.Kind]
			if kind != nil && kind.Plural == resource.Name {
				slices.Sort(resource.ShortNames)
				kind.ShortNames = resource.ShortNames
			}
		}
	}
}
