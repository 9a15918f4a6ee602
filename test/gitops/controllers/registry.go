package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	utilio "github.com/argoproj/argo-cd/v3/util/io"
	argooci "github.com/argoproj/argo-cd/v3/util/oci"
	fluxoci "github.com/fluxcd/pkg/oci"
	"github.com/google/go-containerregistry/pkg/crane"
	"github.com/google/go-containerregistry/pkg/registry"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"oras.land/oras-go/v2"
	"oras.land/oras-go/v2/content/oci"
	"oras.land/oras-go/v2/registry/remote"
)

// pushed is what became of one layout in a registry.
type pushed struct {
	Tag string `json:"tag"`
	// Layout is the digest that the layout has on disk, Oras and Crane that of the tag in the registry after each has pushed.
	Layout string `json:"layout"`
	Oras   string `json:"oras"`
	Crane  string `json:"crane"`
	// Flux and ArgoCD hold the texts of the files that each finds under the tag, or why it refuses them.
	Flux   extracted `json:"flux"`
	ArgoCD extracted `json:"argocd"`
}

type extracted struct {
	Files   map[string]string `json:"files,omitempty"`
	Refusal string            `json:"refusal,omitempty"`
}

// pushAndPull takes folders with OCI image layouts, pushes each to a registry on loopback and reads it from there.
func pushAndPull(ctx context.Context, args []string) (any, error) {
	server := httptest.NewServer(registry.New(registry.Logger(log.New(io.Discard, "", 0))))
	defer server.Close()
	host := strings.TrimPrefix(server.URL, "http://")
	found := []pushed{}
	for index, folder := range args {
		each, err := pushOne(ctx, host, fmt.Sprintf("app-%d", index), folder)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", folder, err)
		}
		found = append(found, *each)
	}
	return found, nil
}

func pushOne(ctx context.Context, host, name, folder string) (*pushed, error) {
	index, err := layout.ImageIndexFromPath(folder)
	if err != nil {
		return nil, err
	}
	manifest, err := index.IndexManifest()
	if err != nil {
		return nil, err
	}
	only := manifest.Manifests[0]
	own := &pushed{Tag: only.Annotations["org.opencontainers.image.ref.name"], Layout: only.Digest.String()}

	byOras := fmt.Sprintf("%s/oras/%s", host, name)
	if err := pushByOras(ctx, folder, byOras, own.Tag); err != nil {
		return nil, fmt.Errorf("oras: %w", err)
	}
	if own.Oras, err = crane.Digest(byOras+":"+own.Tag, crane.Insecure); err != nil {
		return nil, err
	}
	image, err := index.Image(only.Digest)
	if err != nil {
		return nil, err
	}
	byCrane := fmt.Sprintf("%s/crane/%s", host, name)
	if err := crane.Push(image, byCrane+":"+own.Tag, crane.Insecure); err != nil {
		return nil, fmt.Errorf("crane: %w", err)
	}
	if own.Crane, err = crane.Digest(byCrane+":"+own.Tag, crane.Insecure); err != nil {
		return nil, err
	}
	own.Flux = orRefusal(pullByFlux(ctx, byOras, own.Tag))
	own.ArgoCD = orRefusal(pullByArgoCD(ctx, byCrane, own.Tag))
	return own, nil
}

func pushByOras(ctx context.Context, folder, to, tag string) error {
	store, err := oci.NewFromFS(ctx, os.DirFS(folder))
	if err != nil {
		return err
	}
	repository, err := remote.NewRepository(to)
	if err != nil {
		return err
	}
	repository.PlainHTTP = true
	_, err = oras.Copy(ctx, store, tag, repository, tag, oras.DefaultCopyOptions)
	return err
}

func orRefusal(files map[string]string, err error) extracted {
	if err != nil {
		return extracted{Refusal: err.Error()}
	}
	return extracted{Files: files}
}

func pullByFlux(ctx context.Context, from, tag string) (map[string]string, error) {
	to, err := os.MkdirTemp("", "seaworthy-flux-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(to)
	client := fluxoci.NewClient([]crane.Option{crane.Insecure})
	if _, err := client.Pull(ctx, from+":"+tag, to); err != nil {
		return nil, err
	}
	return textsIn(to)
}

// mediaTypes are the layers that Argo CD's repo server accepts unless it is told otherwise.
var mediaTypes = []string{
	"application/vnd.oci.image.layer.v1.tar",
	"application/vnd.oci.image.layer.v1.tar+gzip",
	"application/vnd.cncf.helm.chart.content.v1.tar+gzip",
}

// unheard handles the events that Argo CD counts, which it does not do without.
var unheard = argooci.EventHandlers{
	OnExtract:             func(string) func() { return func() {} },
	OnResolveRevision:     func(string) func() { return func() {} },
	OnDigestMetadata:      func(string) func() { return func() {} },
	OnTestRepo:            func(string) func() { return func() {} },
	OnGetTags:             func(string) func() { return func() {} },
	OnExtractFail:         func(string) func(string) { return func(string) {} },
	OnResolveRevisionFail: func(string) func(string) { return func(string) {} },
	OnDigestMetadataFail:  func(string) func(string) { return func(string) {} },
	OnTestRepoFail:        func(string) func() { return func() {} },
	OnGetTagsFail:         func(string) func() { return func() {} },
}

func pullByArgoCD(ctx context.Context, from, tag string) (map[string]string, error) {
	cache, err := os.MkdirTemp("", "seaworthy-argocd-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(cache)
	client, err := argooci.NewClient(
		"oci://"+from, argooci.Creds{InsecureHTTPOnly: true}, "", "", mediaTypes,
		argooci.WithImagePaths(utilio.NewRandomizedTempPaths(cache)),
		argooci.WithManifestMaxExtractedSize(1<<30),
		argooci.WithEventHandlers(unheard),
	)
	if err != nil {
		return nil, err
	}
	digest, err := client.ResolveRevision(ctx, tag, true)
	if err != nil {
		return nil, err
	}
	folder, closer, err := client.Extract(ctx, digest)
	if err != nil {
		return nil, err
	}
	defer utilio.Close(closer)
	return textsIn(folder)
}

func textsIn(folder string) (map[string]string, error) {
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(folder), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(folder, path))
		files[filepath.ToSlash(path)] = string(text)
		return err
	})
	return files, err
}
