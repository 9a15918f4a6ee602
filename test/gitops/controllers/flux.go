package main

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/kustomize"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// built is what kustomize-controller makes of one Kustomization.
type built struct {
	Name      string            `json:"name"`
	DependsOn []string          `json:"dependsOn"`
	Source    string            `json:"source"`
	Objects   []json.RawMessage `json:"objects"`
}

// readByFlux takes the artifact of a source, which Flux adds files to, and the folder with what Flux itself reads.
func readByFlux(_ context.Context, args []string) (any, error) {
	root, folder := args[0], args[1]
	documents, err := documentsIn(folder)
	if err != nil {
		return nil, err
	}
	sources := map[string]bool{}
	found := []built{}
	for _, each := range documents {
		switch each.kind {
		case "GitRepository.source.toolkit.fluxcd.io":
			source, err := strictly[sourcev1.GitRepository](each)
			if err != nil {
				return nil, err
			}
			sources["GitRepository/"+source.Name] = true
		case "OCIRepository.source.toolkit.fluxcd.io":
			source, err := strictly[sourcev1.OCIRepository](each)
			if err != nil {
				return nil, err
			}
			sources["OCIRepository/"+source.Name] = true
		case "Kustomization.kustomize.toolkit.fluxcd.io":
			own, err := build(root, each)
			if err != nil {
				return nil, err
			}
			if !sources[own.Source] {
				return nil, fmt.Errorf("Kustomization %s: there is no %s", own.Name, own.Source)
			}
			found = append(found, *own)
		default:
			return nil, fmt.Errorf("%s: expected sources and Kustomizations, not a %s", folder, each.kind)
		}
	}
	return found, nil
}

func build(root string, from document) (*built, error) {
	own, err := strictly[kustomizev1.Kustomization](from)
	if err != nil {
		return nil, err
	}
	object := &unstructured.Unstructured{}
	if err := object.UnmarshalJSON(from.json); err != nil {
		return nil, err
	}
	folder := filepath.Join(root, own.Spec.Path)
	if _, err := kustomize.NewGenerator(root, *object).WriteFile(folder); err != nil {
		return nil, fmt.Errorf("Kustomization %s: %w", own.Name, err)
	}
	resources, err := kustomize.SecureBuild(root, folder, false)
	if err != nil {
		return nil, fmt.Errorf("Kustomization %s: %w", own.Name, err)
	}
	read := &built{
		Name:      own.Name,
		DependsOn: []string{},
		Source:    own.Spec.SourceRef.Kind + "/" + own.Spec.SourceRef.Name,
	}
	for _, each := range own.Spec.DependsOn {
		read.DependsOn = append(read.DependsOn, each.Name)
	}
	for _, each := range resources.Resources() {
		data, err := each.MarshalJSON()
		if err != nil {
			return nil, err
		}
		read.Objects = append(read.Objects, data)
	}
	return read, nil
}
