// Command gated writes the fields that servers of several releases, oldest first, drop while a feature gate is off.
//
//	gated -out ../../lib/kube/schema/data -markers markers.json 1.27=SERVER,API,EXTENSIONS,MACHINERY 1.28=… …
//
// The folders are those of the Go modules k8s.io/kubernetes, api, apiextensions-apiserver and apimachinery. Only packages
// whose data is in the output folder are looked at. See README.md.
package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	log.SetFlags(0)
	out := flag.String("out", "", "folder of the data")
	markers := flag.String("markers", "", "file for the gates that the markers of fields name")
	flag.Parse()
	isServed = func(pkg string) bool {
		_, err := os.Stat(filepath.Join(*out, pkg+".json"))
		return err == nil
	}

	merged := newMerger()
	for _, argument := range flag.Args() {
		release, folders, _ := strings.Cut(argument, "=")
		modules := modulesIn(strings.Split(folders, ","))
		drops := dropsOf(modules)
		merged.add(release, versioned(drops, modules), markersOf(modules))
	}
	must(os.WriteFile(filepath.Join(*out, "gated-fields.json"), merged.document("fields", "filtered"), 0o644))
	must(os.WriteFile(*markers, merged.document("markers"), 0o644))
}

// isServed tells whether a package such as `core.v1` has kinds that are known.
var isServed func(pkg string) bool

// modulesIn is the folder of each module, by its import path.
func modulesIn(folders []string) map[string]string {
	names := []string{"k8s.io/kubernetes", "k8s.io/api", "k8s.io/apiextensions-apiserver", "k8s.io/apimachinery"}
	if len(folders) != len(names) {
		log.Fatalf("expected %d folders, got %d", len(names), len(folders))
	}
	modules := map[string]string{}
	for i, name := range names {
		modules[name] = folders[i]
	}
	return modules
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
