package main

import (
	"log"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// mergeKinds is kinds.json: for every apiVersion and kind the newest facts, and when it came and went.
func mergeKinds(releases []*release, history string) []byte {
	table := map[string]map[string]object{}
	put := func(apiVersion, name string, facts object) {
		if table[apiVersion] == nil {
			table[apiVersion] = map[string]object{}
		}
		if table[apiVersion][name] != nil {
			log.Fatalf("%s %s is in the history, but a release serves it", apiVersion, name)
		}
		table[apiVersion][name] = facts
	}
	for apiVersion, names := range served(releases) {
		for name := range names {
			put(apiVersion, name, kindFacts(releases, apiVersion, name))
		}
	}
	var gone map[string]map[string][]string
	readJSON(history, &gone)
	for apiVersion, byName := range gone {
		for name, columns := range byName {
			facts := object{{"plural", columns[0]}, {"scope", columns[1]}, {"removed", columns[2]}}
			if len(columns) > 3 {
				facts = append(facts, member{"replacement", columns[3]})
			}
			put(apiVersion, name, facts)
		}
	}
	var file object
	for _, apiVersion := range slices.Sorted(maps.Keys(table)) {
		var names object
		for _, name := range slices.Sorted(maps.Keys(table[apiVersion])) {
			names = append(names, member{name, inline(table[apiVersion][name])})
		}
		file = append(file, member{apiVersion, names})
	}
	return file.document()
}

// served is every apiVersion and kind of any release.
func served(releases []*release) map[string]map[string]bool {
	names := map[string]map[string]bool{}
	for _, release := range releases {
		for apiVersion, kinds := range release.Kinds {
			if names[apiVersion] == nil {
				names[apiVersion] = map[string]bool{}
			}
			for name := range kinds {
				names[apiVersion][name] = true
			}
		}
	}
	return names
}

func kindFacts(releases []*release, apiVersion, name string) object {
	first, last, count := -1, -1, 0
	var newest *kind
	var shortNames []string
	legacyBeta := false
	for i, release := range releases {
		kind := release.Kinds[apiVersion][name]
		if kind == nil {
			continue
		}
		if first < 0 {
			first = i
		}
		last, newest = i, kind
		count++
		legacyBeta = legacyBeta || kind.Default && isPreview(apiVersion)
		if len(kind.ShortNames) > 0 {
			shortNames = kind.ShortNames
		}
	}
	if last-first+1 != count {
		log.Fatalf("%s %s was away for a while", apiVersion, name)
	}
	facts := object{{"plural", newest.Plural}, {"scope", newest.Scope}}
	add := func(name string, value any, present bool) {
		if present {
			facts = append(facts, member{name, value})
		}
	}
	since, removed := newest.Introduced, newest.Removed
	if first > 0 {
		since = releases[first].minor
	}
	if last < len(releases)-1 {
		removed = releases[last+1].minor
	}
	add("shortNames", shortNames, len(shortNames) > 0)
	add("verbs", newest.Verbs, newest.Verbs != "")
	add("subresources", newest.Subresources, len(newest.Subresources) > 0)
	add("package", strings.Split(newest.Struct, ".")[0], newest.Struct != packageOf(apiVersion)+"."+name)
	add("since", since, since != "")
	// A kind can be gone before the release that was to deprecate it.
	add("deprecated", newest.Deprecated, newest.Deprecated != "" && (removed == "" || minor(newest.Deprecated) < minor(removed)))
	add("removed", removed, removed != "")
	if successor := newest.Replacement; successor != nil {
		add("replacement", successor[0], true)
		add("replacementKind", successor[1], successor[1] != name)
	}
	add("legacyBeta", true, legacyBeta)
	return facts
}

// minor is the 32 of 1.32.
func minor(release string) int {
	number, err := strconv.Atoi(release[strings.Index(release, ".")+1:])
	must(err)
	return number
}

func isPreview(apiVersion string) bool {
	version := apiVersion[strings.Index(apiVersion, "/")+1:]
	return strings.Contains(version, "alpha") || strings.Contains(version, "beta")
}

// packageOf is the Go package that usually holds an API version: rbac/v1 for rbac.authorization.k8s.io/v1.
func packageOf(apiVersion string) string {
	group, version, found := strings.Cut(apiVersion, "/")
	if !found {
		return "core/" + apiVersion
	}
	return strings.Split(group, ".")[0] + "/" + version
}
