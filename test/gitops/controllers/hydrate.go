package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"

	commitclient "github.com/argoproj/argo-cd/v3/commitserver/apiclient"
	"github.com/argoproj/argo-cd/v3/commitserver/commit"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/git"
	"github.com/argoproj/argo-cd/v3/util/settings"
)

// hydrate writes manifests as the commit server does to an empty branch, and returns its folder and the files in it.
func hydrate(ctx context.Context, hydrator v1alpha1.SourceHydrator, manifests []string) (string, []string, error) {
	branch, err := os.MkdirTemp("", "seaworthy-hydrated-")
	if err != nil {
		return "", nil, err
	}
	root, err := os.OpenRoot(branch)
	if err != nil {
		return "", nil, err
	}
	defer root.Close()
	details := &commitclient.PathDetails{Path: hydrator.SyncSource.Path}
	for _, each := range manifests {
		details.Manifests = append(details.Manifests, &commitclient.HydratedManifestDetails{ManifestJSON: each})
	}
	_, err = commit.WriteForPaths(
		ctx, root, hydrator.DrySource.RepoURL, "0123456789012345678901234567890123456789",
		&v1alpha1.RevisionMetadata{}, []*commitclient.PathDetails{details}, emptyBranch{},
		settings.DefaultManifestHydrationReadmeTemplate,
	)
	if err != nil {
		return "", nil, err
	}
	var files []string
	err = fs.WalkDir(os.DirFS(branch), ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, filepath.ToSlash(path))
		}
		return err
	})
	return branch, files, err
}

// emptyBranch is a branch in which each file is new.
type emptyBranch struct{ git.Client }

func (emptyBranch) HasFileChanged(context.Context, string) (bool, error) { return true, nil }
