package main

import (
	"context"
	"fmt"
	"time"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// patience is how long a missing object goes without an event: the ConfigMap with the root certificate comes late.
const patience = time.Second

// awaitVolumes waits for the ConfigMaps and Secrets that a pod mounts.
func (k *kubelet) awaitVolumes(ctx context.Context, pod *core.Pod) {
	for start := time.Now(); ctx.Err() == nil; sleep(ctx, 2*startTime) {
		volume, missing := k.missingVolume(ctx, pod)
		if missing == "" {
			return
		}
		if time.Since(start) > patience {
			k.events.Eventf(pod, core.EventTypeWarning, "FailedMount", "MountVolume.SetUp failed for volume %q : %s", volume, missing)
			sleep(ctx, 2*time.Second)
		}
	}
}

// awaitEnvironment waits for those that its variables are from.
func (k *kubelet) awaitEnvironment(ctx context.Context, pod *core.Pod) {
	for told := false; ctx.Err() == nil; sleep(ctx, 2*startTime) {
		container, missing := k.missingVariable(ctx, pod)
		if missing == "" {
			return
		}
		if !told {
			told = true
			k.events.Event(pod, core.EventTypeWarning, "Failed", "Error: "+missing)
			k.update(ctx, pod, func(status *core.PodStatus) { waitOne(pod, status, container, "CreateContainerConfigError", missing) })
		}
	}
}

func (k *kubelet) missingVolume(ctx context.Context, pod *core.Pod) (volume, missing string) {
	for _, volume := range pod.Spec.Volumes {
		found := ""
		if from := volume.ConfigMap; from != nil {
			found = k.missing(ctx, pod, "configmap", from.Name, "", from.Optional)
		} else if from := volume.Secret; from != nil {
			found = k.missing(ctx, pod, "secret", from.SecretName, "", from.Optional)
		} else if from := volume.Projected; from != nil {
			for _, source := range from.Sources {
				if source.ConfigMap != nil && found == "" {
					found = k.missing(ctx, pod, "configmap", source.ConfigMap.Name, "", source.ConfigMap.Optional)
				} else if source.Secret != nil && found == "" {
					found = k.missing(ctx, pod, "secret", source.Secret.Name, "", source.Secret.Optional)
				}
			}
		}
		if found != "" {
			return volume.Name, found
		}
	}
	return "", ""
}

func (k *kubelet) missingVariable(ctx context.Context, pod *core.Pod) (core.Container, string) {
	for _, container := range allContainers(pod) {
		for _, from := range container.EnvFrom {
			found := ""
			if source := from.ConfigMapRef; source != nil {
				found = k.missing(ctx, pod, "configmap", source.Name, "", source.Optional)
			} else if source := from.SecretRef; source != nil {
				found = k.missing(ctx, pod, "secret", source.Name, "", source.Optional)
			}
			if found != "" {
				return container, found
			}
		}
		for _, variable := range container.Env {
			if variable.ValueFrom == nil {
				continue
			}
			found := ""
			if source := variable.ValueFrom.ConfigMapKeyRef; source != nil {
				found = k.missing(ctx, pod, "configmap", source.Name, source.Key, source.Optional)
			} else if source := variable.ValueFrom.SecretKeyRef; source != nil {
				found = k.missing(ctx, pod, "secret", source.Name, source.Key, source.Optional)
			}
			if found != "" {
				return container, found
			}
		}
	}
	return core.Container{}, ""
}

// missing says in a kubelet's words that there is no such object, or no such key in it.
func (k *kubelet) missing(ctx context.Context, pod *core.Pod, kind, name, key string, optional *bool) string {
	if optional != nil && *optional {
		return ""
	}
	has := false
	var err error
	if kind == "secret" {
		var secret *core.Secret
		if secret, err = k.client.CoreV1().Secrets(pod.Namespace).Get(ctx, name, meta.GetOptions{}); err == nil {
			_, has = secret.Data[key]
		}
	} else {
		var config *core.ConfigMap
		if config, err = k.client.CoreV1().ConfigMaps(pod.Namespace).Get(ctx, name, meta.GetOptions{}); err == nil {
			_, has = config.Data[key]
			_, binary := config.BinaryData[key]
			has = has || binary
		}
	}
	switch {
	case errors.IsNotFound(err):
		return fmt.Sprintf("%s %q not found", kind, name)
	case err == nil && key != "" && !has:
		return fmt.Sprintf("couldn't find key %s in %s %s/%s", key, title(kind), pod.Namespace, name)
	}
	return ""
}

func title(kind string) string {
	if kind == "secret" {
		return "Secret"
	}
	return "ConfigMap"
}
