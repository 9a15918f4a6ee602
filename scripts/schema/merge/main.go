// Command merge joins the facts of several releases, oldest first, into the data of lib/kube/schema/data:
// kinds.json with every kind, and one file for each Go package.
//
//	merge -history history.json -out ../../lib/kube/schema/data 1.27=facts.json 1.28=facts.json …
package main

import (
	"encoding/json"
	"flag"
	"log"
	"os"
	"path/filepath"
	"strings"
)

// release is what collect printed for one release.
type release struct {
	minor    string
	Kinds    map[string]map[string]*kind
	Packages map[string]*goPackage
}

type kind struct {
	Plural       string
	Scope        string
	ShortNames   []string
	Verbs        string
	Subresources []string
	Default      bool
	Struct       string
	Introduced   string
	Deprecated   string
	Removed      string
	Replacement  []string
}

type goPackage struct {
	Structs map[string]*goStruct
	Enums   map[string][]string
}

type goStruct struct {
	Atomic bool
	Order  []string
	Fields map[string]string
}

func main() {
	log.SetFlags(0)
	history := flag.String("history", "history.json", "the kinds that were gone before the first release")
	out := flag.String("out", "", "folder to write to")
	flag.Parse()

	var releases []*release
	for _, argument := range flag.Args() {
		minor, file, _ := strings.Cut(argument, "=")
		next := &release{minor: minor}
		readJSON(file, next)
		releases = append(releases, next)
	}
	stale, err := filepath.Glob(filepath.Join(*out, "*.json"))
	must(err)
	for _, file := range stale {
		must(os.Remove(file))
	}
	must(os.WriteFile(filepath.Join(*out, "kinds.json"), mergeKinds(releases, *history), 0o644))
	for path, text := range mergePackages(releases) {
		file := strings.ReplaceAll(path, "/", ".") + ".json"
		must(os.WriteFile(filepath.Join(*out, file), text, 0o644))
	}
}

func readJSON(file string, into any) {
	bytes, err := os.ReadFile(file)
	must(err)
	must(json.Unmarshal(bytes, into))
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
