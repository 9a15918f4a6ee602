package main

import (
	"encoding/json"
	"log"
	"reflect"
	"slices"
	"strings"
)

// walker turns Go structs into text, each once.
type walker struct {
	document *openAPI
	sources  sources
	packages map[string]*Package
}

// scalars are the Go types with a JSON form of their own.
var scalars = map[string]string{
	"k8s.io/apimachinery/pkg/apis/meta/v1.Time":                                             "time",
	"k8s.io/apimachinery/pkg/apis/meta/v1.MicroTime":                                        "microtime",
	"k8s.io/apimachinery/pkg/apis/meta/v1.Duration":                                         "duration",
	"k8s.io/apimachinery/pkg/apis/meta/v1.FieldsV1":                                         "any",
	"k8s.io/apimachinery/pkg/api/resource.Quantity":                                         "quantity",
	"k8s.io/apimachinery/pkg/util/intstr.IntOrString":                                       "intOrString",
	"k8s.io/apimachinery/pkg/runtime.RawExtension":                                          "any",
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.JSON":                         "any",
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaPropsOrArray":       "JSONSchemaProps|[]JSONSchemaProps",
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaPropsOrBool":        "JSONSchemaProps|boolean",
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaPropsOrStringArray": "JSONSchemaProps|[]string",
}

var unmarshaler = reflect.TypeFor[json.Unmarshaler]()

// typeText is a Go type as the reader understands it, seen from package from.
func (w *walker) typeText(t reflect.Type, from string) string {
	if text, known := scalars[t.PkgPath()+"."+t.Name()]; known {
		return text
	}
	if reflect.PointerTo(t).Implements(unmarshaler) {
		log.Fatalf("%s has a JSON form of its own that is not known here", t)
	}
	switch t.Kind() {
	case reflect.Pointer:
		return w.typeText(t.Elem(), from)
	case reflect.String:
		return w.stringText(t, from)
	case reflect.Bool:
		return "boolean"
	case reflect.Int32, reflect.Int64, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return t.Kind().String()
	case reflect.Float32, reflect.Float64:
		return "number"
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return "bytes"
		}
		return "[]" + w.typeText(t.Elem(), from)
	case reflect.Map:
		return "{}" + w.typeText(t.Elem(), from)
	case reflect.Struct:
		return relative(w.structName(t), from)
	}
	log.Fatalf("%s: %s has no schema", t, t.Kind())
	return ""
}

// stringText is "string", or the name of the enumeration that the string type is.
func (w *walker) stringText(t reflect.Type, from string) string {
	if t.PkgPath() == "" {
		return "string"
	}
	values := w.sources.enum(t)
	if values == nil {
		return "string"
	}
	path := shortPath(t.PkgPath())
	w.packageOf(path).Enums[t.Name()] = values
	return relative(path+"."+t.Name(), from)
}

// structName walks a struct and gives its name, such as core/v1.PodSpec.
func (w *walker) structName(t reflect.Type) string {
	path := shortPath(t.PkgPath())
	name := path + "." + t.Name()
	structs := w.packageOf(path).Structs
	if structs[t.Name()] != nil {
		return name
	}
	definition := w.document.Definitions[definitionName(t)]
	if definition == nil {
		log.Fatalf("%s is not in the OpenAPI document", definitionName(t))
	}
	found := &Struct{Atomic: definition.MapType == "atomic", Fields: map[string]string{}}
	structs[t.Name()] = found
	w.addFields(found, t, path, definition)
	if len(found.Fields) != len(definition.Properties) {
		log.Fatalf("%s has other fields in the OpenAPI document than in Go", name)
	}
	return name
}

func (w *walker) addFields(to *Struct, t reflect.Type, path string, definition *definition) {
	for i := range t.NumField() {
		field := t.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "-" || !field.IsExported() {
			continue
		}
		if field.Anonymous && name == "" {
			w.addFields(to, field.Type, path, definition)
			continue
		}
		if name == "" {
			log.Fatalf("%s.%s has no JSON name", t, field.Name)
		}
		to.Order = append(to.Order, name)
		to.Fields[name] = w.fieldText(t, field, name, options, path, definition)
	}
}

// fieldText is the type of a field followed by what holds for it.
func (w *walker) fieldText(t reflect.Type, field reflect.StructField, name, options, from string, definition *definition) string {
	property := definition.Properties[name]
	if property == nil {
		log.Fatalf("%s.%s is not in the OpenAPI document", t, name)
	}
	words := []string{w.typeText(field.Type, from)}
	add := func(when bool, word string) {
		if when {
			words = append(words, word)
		}
	}
	add(slices.Contains(definition.Required, name), "required")
	add(field.Type.Kind() == reflect.Pointer, "pointer")
	add(strings.Contains(options, "omitempty") || strings.Contains(options, "omitzero"), "omitEmpty")
	add(property.MapType == "atomic", "atomic")
	// Of a field whose type is atomic elsewhere; maps have parts in any case.
	add(property.MapType == "granular" && structOf(field.Type), "granular")
	strategy, key := field.Tag.Get("patchStrategy"), field.Tag.Get("patchMergeKey")
	words = append(words, listWords(property, strategy, key)...)
	add(strategy != "", "patch="+strategy)
	add(key != "", "mergeKey="+key)
	if value, has := w.sources.defaultOf(t, field.Name); has {
		add(true, "default="+value)
	}
	return strings.Join(words, " ")
}

// structOf says whether a type is a struct, or points to one.
func structOf(t reflect.Type) bool {
	return t.Kind() == reflect.Struct || t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct
}

// listWords say how server-side apply merges a list. Where the document does not, the server goes by the
// strategic merge patch, and takes the list as one value failing that.
func listWords(property *property, strategy, key string) []string {
	listType, keys := property.ListType, property.ListKeys
	if listType == "" && property.Type == "array" && slices.Contains(strings.Split(strategy, ","), "merge") {
		listType = "set"
		if key != "" {
			listType, keys = "map", []string{key}
		}
	}
	switch listType {
	case "set":
		return []string{"set"}
	case "map":
		return []string{"map=" + strings.Join(keys, ",")}
	}
	return nil
}

func (w *walker) packageOf(path string) *Package {
	if w.packages[path] == nil {
		w.packages[path] = &Package{Structs: map[string]*Struct{}, Enums: map[string][]string{}}
	}
	return w.packages[path]
}

// shortPath is the last two parts of a Go package path: core/v1.
func shortPath(path string) string {
	parts := strings.Split(path, "/")
	return strings.Join(parts[len(parts)-2:], "/")
}

// relative leaves the package out of a name that is used inside it.
func relative(name, from string) string {
	return strings.TrimPrefix(name, from+".")
}

// definitionName is how the OpenAPI document calls a Go type: io.k8s.api.core.v1.PodSpec.
func definitionName(t reflect.Type) string {
	parts := strings.Split(t.PkgPath(), "/")
	host := strings.Split(parts[0], ".")
	slices.Reverse(host)
	return strings.Join(slices.Concat(host, parts[1:], []string{t.Name()}), ".")
}
