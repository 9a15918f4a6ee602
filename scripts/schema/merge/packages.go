package main

import (
	"maps"
	"reflect"
	"slices"
)

// mergePackages is the text of each package's file: its structs with their fields, its enumerations, and which
// structs are atomic.
func mergePackages(releases []*release) map[string][]byte {
	paths := map[string]bool{}
	for _, release := range releases {
		for path := range release.Packages {
			paths[path] = true
		}
	}
	files := map[string][]byte{}
	for path := range paths {
		file := object{{"structs", mergeStructs(releases, path)}}
		if enums := mergeEnums(releases, path); len(enums) > 0 {
			file = append(file, member{"enums", enums})
		}
		if atomic := atomicStructs(releases, path); len(atomic) > 0 {
			file = append(file, member{"atomic", atomic})
		}
		files[path] = file.document()
	}
	return files
}

func mergeStructs(releases []*release, path string) object {
	names := map[string]bool{}
	for _, release := range releases {
		for name := range release.pkg(path).Structs {
			names[name] = true
		}
	}
	var structs object
	for _, name := range slices.Sorted(maps.Keys(names)) {
		// A struct that a release does not have needs no record: nothing refers to it there.
		var versions []version[*goStruct]
		for _, release := range releases {
			if found := release.pkg(path).Structs[name]; found != nil {
				versions = append(versions, version[*goStruct]{release.minor, found})
			}
		}
		var fields object
		for _, field := range fieldOrder(versions) {
			var texts []version[any]
			for _, v := range versions {
				text, has := v.value.Fields[field]
				if has {
					texts = append(texts, version[any]{v.minor, text})
				} else {
					texts = append(texts, version[any]{v.minor, nil})
				}
			}
			fields = append(fields, member{field, timeline(texts)})
		}
		structs = append(structs, member{name, fields})
	}
	return structs
}

// fieldOrder is the order of the newest source, then fields that are gone.
func fieldOrder(versions []version[*goStruct]) []string {
	var order []string
	for _, v := range slices.Backward(versions) {
		for _, field := range v.value.Order {
			if !slices.Contains(order, field) {
				order = append(order, field)
			}
		}
	}
	return order
}

func mergeEnums(releases []*release, path string) object {
	names := map[string]bool{}
	for _, release := range releases {
		for name := range release.pkg(path).Enums {
			names[name] = true
		}
	}
	var enums object
	for _, name := range slices.Sorted(maps.Keys(names)) {
		var versions []version[any]
		for _, release := range releases {
			if values := release.pkg(path).Enums[name]; values != nil {
				versions = append(versions, version[any]{release.minor, values})
			}
		}
		enums = append(enums, member{name, timeline(versions)})
	}
	return enums
}

// atomicStructs has true for each struct that server-side apply takes as one value; most are not and are left out.
func atomicStructs(releases []*release, path string) object {
	atomic := map[string][]version[any]{}
	for _, release := range releases {
		for name, found := range release.pkg(path).Structs {
			atomic[name] = append(atomic[name], version[any]{release.minor, found.Atomic})
		}
	}
	var structs object
	for _, name := range slices.Sorted(maps.Keys(atomic)) {
		if when := timeline(atomic[name]); when != false {
			structs = append(structs, member{name, when})
		}
	}
	return structs
}

// version is a value as of one release.
type version[T any] struct {
	minor string
	value T
}

// timeline is the value itself where all releases agree, else an object from the release of each change to the
// value from then on; null where there is none.
func timeline(versions []version[any]) any {
	var changes object
	for i, v := range versions {
		if i == 0 || !reflect.DeepEqual(v.value, versions[i-1].value) {
			changes = append(changes, member{v.minor, v.value})
		}
	}
	if len(changes) == 1 {
		return changes[0].value
	}
	if changes[0].value == nil {
		changes = changes[1:]
	}
	return inline(changes)
}

// pkg is one package of a release, empty where it has none of that path.
func (r *release) pkg(path string) *goPackage {
	if found := r.Packages[path]; found != nil {
		return found
	}
	return &goPackage{}
}
