package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/reposerver/repository"
	"github.com/argoproj/argo-cd/v3/util/app/path"
	"github.com/argoproj/argo-cd/v3/util/argo"
	"github.com/argoproj/argo-cd/v3/util/db"
	"github.com/argoproj/argo-cd/v3/util/git"
	utilio "github.com/argoproj/argo-cd/v3/util/io"
	log "github.com/sirupsen/logrus"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// application is what Argo CD makes of one Application.
type application struct {
	Name string `json:"name"`
	// Problems are conditions that Argo CD would set.
	Problems []string          `json:"problems"`
	Objects  []json.RawMessage `json:"objects"`
	// Hydrated holds the files that the hydrator writes to the branch that is synced.
	Hydrated []string `json:"hydrated,omitempty"`
}

// readByArgoCD takes the checkout of a repository, and the folder in it with what Argo CD itself reads.
func readByArgoCD(ctx context.Context, args []string) (any, error) {
	log.SetLevel(log.WarnLevel)
	root, folder := args[0], args[1]
	documents, err := documentsIn(filepath.Join(root, folder))
	if err != nil {
		return nil, err
	}
	projects := map[string]*v1alpha1.AppProject{}
	var applications []v1alpha1.Application
	for _, each := range documents {
		switch each.kind {
		case "AppProject.argoproj.io":
			project, err := strictly[v1alpha1.AppProject](each)
			if err != nil {
				return nil, err
			}
			if err := project.ValidateProject(); err != nil {
				return nil, fmt.Errorf("AppProject %s: %w", project.Name, err)
			}
			projects[project.Name] = project
		case "Application.argoproj.io":
			own, err := strictly[v1alpha1.Application](each)
			if err != nil {
				return nil, err
			}
			applications = append(applications, *own)
		case "ApplicationSet.argoproj.io":
			generated, err := generate(each)
			if err != nil {
				return nil, err
			}
			applications = append(applications, generated...)
		default:
			return nil, fmt.Errorf("%s: Argo CD does not read a %s", folder, each.kind)
		}
	}
	found := []application{}
	for _, each := range applications {
		read, err := readApplication(ctx, root, each, projects[each.Spec.Project])
		if err != nil {
			return nil, fmt.Errorf("Application %s: %w", each.Name, err)
		}
		found = append(found, *read)
	}
	return found, nil
}

func readApplication(
	ctx context.Context, root string, own v1alpha1.Application, project *v1alpha1.AppProject,
) (*application, error) {
	if project == nil {
		return nil, fmt.Errorf("there is no AppProject %q", own.Spec.Project)
	}
	spec := argo.NormalizeApplicationSpec(&own.Spec)
	registered := clusters{destination: spec.Destination}
	conditions, err := argo.ValidatePermissions(ctx, spec, project, registered)
	if err != nil {
		return nil, err
	}
	read := &application{Name: own.Name, Problems: []string{}}
	for _, each := range conditions {
		read.Problems = append(read.Problems, each.Message)
	}
	source := spec.GetSource()
	if spec.SourceHydrator != nil {
		dry, err := manifestsOf(ctx, root, own.Name, spec.SourceHydrator.GetDrySource())
		if err != nil {
			return nil, err
		}
		branch, files, err := hydrate(ctx, *spec.SourceHydrator, dry)
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(branch)
		root, read.Hydrated = branch, files
	}
	manifests, err := manifestsOf(ctx, root, own.Name, source)
	if err != nil {
		return nil, err
	}
	for _, each := range manifests {
		read.Objects = append(read.Objects, json.RawMessage(each))
		refusal, err := refusalOf(each, project, registered.cluster())
		if err != nil {
			return nil, err
		}
		if refusal != "" {
			read.Problems = append(read.Problems, refusal)
		}
	}
	return read, nil
}

// manifestsOf is what the repo server makes of a path.
func manifestsOf(ctx context.Context, root, name string, source v1alpha1.ApplicationSource) ([]string, error) {
	folder, err := path.Path(root, source.Path)
	if err != nil {
		return nil, err
	}
	response, err := repository.GenerateManifests(
		ctx, folder, root, "0123456789012345678901234567890123456789",
		&apiclient.ManifestRequest{
			Repo:              &v1alpha1.Repository{Repo: source.RepoURL},
			AppName:           name,
			ApplicationSource: &source,
			ProjectName:       "shop",
		},
		false, &git.NoopCredsStore{}, resource.MustParse("10M"), utilio.NewRandomizedTempPaths(root),
	)
	if err != nil {
		return nil, err
	}
	if response.SourceType != string(v1alpha1.ApplicationSourceTypeDirectory) {
		return nil, fmt.Errorf("%s is taken for %s", source.Path, response.SourceType)
	}
	return response.Manifests, nil
}

// refusalOf says why a project does not permit an object.
func refusalOf(manifest string, project *v1alpha1.AppProject, cluster *v1alpha1.Cluster) (string, error) {
	object := &unstructured.Unstructured{}
	if err := object.UnmarshalJSON([]byte(manifest)); err != nil {
		return "", err
	}
	permitted, err := project.IsLiveResourcePermitted(object, cluster, nil)
	if err != nil || permitted {
		return "", err
	}
	return fmt.Sprintf("%s %s/%s is not permitted in project %s",
		object.GetKind(), object.GetNamespace(), object.GetName(), project.Name), nil
}

// clusters are those that Argo CD knows: the one of an Application, by its name or its address.
type clusters struct {
	db.ArgoDB
	destination v1alpha1.ApplicationDestination
}

func (c clusters) cluster() *v1alpha1.Cluster {
	name, server := c.destination.Name, c.destination.Server
	// Argo CD knows the cluster that it runs in by both.
	if name == "in-cluster" || server == v1alpha1.KubernetesInternalAPIServerAddr {
		name, server = "in-cluster", v1alpha1.KubernetesInternalAPIServerAddr
	}
	if server == "" {
		server = "https://" + name + ".example"
	}
	return &v1alpha1.Cluster{Server: server, Name: name}
}

func (c clusters) GetCluster(context.Context, string) (*v1alpha1.Cluster, error) {
	return c.cluster(), nil
}

func (c clusters) GetClusterServersByName(context.Context, string) ([]string, error) {
	return []string{c.cluster().Server}, nil
}
