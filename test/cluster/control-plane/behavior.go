package main

import (
	"strings"
	"time"

	core "k8s.io/api/core/v1"
)

// behavior is what a container does. It follows from the last word of its image's path: `example.com/test/crash:1` crashes.
type behavior string

const (
	// runs is what an image of any other name does: ready at once where the pod stays, done soon where it ends.
	runs      behavior = ""
	slow      behavior = "slow"       // ready after five seconds
	unready   behavior = "unready"    // runs, and fails its readiness probe
	hang      behavior = "hang"       // is being created for ever
	crash     behavior = "crash"      // ends with 1 soon after each start
	pullError behavior = "pull-error" // has an image that no registry has
	oom       behavior = "oom"        // is killed for its memory soon after each start
	forever   behavior = "forever"    // never ends, in a Job as well
	stubborn  behavior = "stubborn"   // when it is to end, uses all of the time that it has for that
)

func behaviorOf(image string) behavior {
	name := image[strings.LastIndex(image, "/")+1:]
	name, _, _ = strings.Cut(name, "@")
	name, _, _ = strings.Cut(name, ":")
	switch found := behavior(name); found {
	case slow, unready, hang, crash, oom, pullError, forever, stubborn:
		return found
	}
	return runs
}

const (
	// startTime is how long a container takes to start.
	startTime = 100 * time.Millisecond
	// workTime is how long one of a pod that ends works.
	workTime = 300 * time.Millisecond
	slowTime = 5 * time.Second
	// longestBackOff is 5 minutes in a kubelet: here, tests wait.
	longestBackOff = 8 * time.Second
)

// logOf is what a container prints in each of its runs.
func logOf(image string) string {
	switch behaviorOf(image) {
	case crash:
		return "starting\nfatal: cannot open /etc/app/config.yaml: no such file or directory\n"
	case oom:
		return "starting\nloading the model\n"
	}
	return "started\n"
}

// endOf is how a container that crashes ends: its exit code, and the kubelet's word for it.
func endOf(image string) (int32, string) {
	if behaviorOf(image) == oom {
		return 137, "OOMKilled"
	}
	return 1, "Error"
}

func ends(pod *core.Pod) bool { return pod.Spec.RestartPolicy != core.RestartPolicyAlways }

func isSidecar(container core.Container) bool {
	return container.RestartPolicy != nil && *container.RestartPolicy == core.ContainerRestartPolicyAlways
}
