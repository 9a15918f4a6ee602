package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// document is one object of a YAML file, as JSON.
type document struct {
	kind string
	json []byte
}

// documentsIn reads the YAML files in a folder, in the order of their paths.
func documentsIn(folder string) ([]document, error) {
	var files []string
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && filepath.Ext(path) == ".yaml" {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	var found []document
	for _, file := range files {
		documents, err := documentsOf(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		found = append(found, documents...)
	}
	return found, nil
}

func documentsOf(path string) ([]document, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	reader := utilyaml.NewYAMLReader(bufio.NewReader(file))
	var found []document
	for {
		text, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		data, err := yaml.YAMLToJSONStrict(text)
		if err != nil {
			return nil, err
		}
		kind, err := kindOf(data)
		if err != nil {
			return nil, err
		}
		found = append(found, document{kind, data})
	}
}

// strictly decodes a document into a type, and refuses fields that it does not have.
func strictly[T any](from document) (*T, error) {
	into := new(T)
	if err := yaml.UnmarshalStrict(from.json, into, yaml.DisallowUnknownFields); err != nil {
		return nil, fmt.Errorf("%s: %w", from.kind, err)
	}
	return into, nil
}

func kindOf(data []byte) (string, error) {
	object := &unstructured.Unstructured{}
	if err := object.UnmarshalJSON(data); err != nil {
		return "", err
	}
	return object.GroupVersionKind().GroupKind().String(), nil
}
