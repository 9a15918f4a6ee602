package main

import (
	"context"
	"time"

	core "k8s.io/api/core/v1"
)

// live takes a pod from its node's first look at it to the state that its images lead to.
func (k *kubelet) live(ctx context.Context, pod *core.Pod) {
	k.update(ctx, pod, func(status *core.PodStatus) { waiting(pod, status, "ContainerCreating", "") })
	k.awaitVolumes(ctx, pod)
	k.awaitEnvironment(ctx, pod)
	sleep(ctx, startTime)
	for _, container := range allContainers(pod) {
		switch behaviorOf(container.Image) {
		case hang:
			<-ctx.Done()
		case pullError:
			k.failToPull(ctx, pod, container)
		case crash:
			k.crashForEver(ctx, pod, container)
			return
		}
	}
	if ctx.Err() != nil {
		return
	}
	k.start(ctx, pod)
}

// start runs containers that work.
func (k *kubelet) start(ctx context.Context, pod *core.Pod) {
	ip, is := k.nextIP(), map[behavior]bool{}
	for _, container := range allContainers(pod) {
		is[behaviorOf(container.Image)] = true
		k.events.Eventf(pod, core.EventTypeNormal, "Started", "Container started")
	}
	k.update(ctx, pod, func(status *core.PodStatus) { running(pod, status, ip, !is[slow] && !is[unready]) })
	switch {
	case is[unready]:
		k.failProbes(ctx, pod)
	case is[slow]:
		sleep(ctx, slowTime)
		k.update(ctx, pod, func(status *core.PodStatus) { running(pod, status, ip, true) })
	}
	if ends(pod) && !is[forever] {
		sleep(ctx, workTime)
		k.update(ctx, pod, func(status *core.PodStatus) { terminate(pod, status, 0) })
	}
}

func (k *kubelet) failProbes(ctx context.Context, pod *core.Pod) {
	for ctx.Err() == nil {
		k.events.Event(pod, core.EventTypeWarning, "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503")
		sleep(ctx, 3*time.Second)
	}
}

func (k *kubelet) failToPull(ctx context.Context, pod *core.Pod, container core.Container) {
	reason := `failed to pull and unpack image "` + container.Image + `": failed to resolve reference "` + container.Image + `": not found`
	for ctx.Err() == nil {
		k.events.Event(pod, core.EventTypeNormal, "Pulling", `Pulling image "`+container.Image+`"`)
		k.events.Event(pod, core.EventTypeWarning, "Failed", `Failed to pull image "`+container.Image+`": `+reason)
		k.update(ctx, pod, func(status *core.PodStatus) { waitOne(pod, status, container, "ErrImagePull", reason) })
		sleep(ctx, time.Second)
		back := `Back-off pulling image "` + container.Image + `"`
		k.events.Event(pod, core.EventTypeNormal, "BackOff", back)
		k.update(ctx, pod, func(status *core.PodStatus) { waitOne(pod, status, container, "ImagePullBackOff", back) })
		sleep(ctx, longestBackOff)
	}
}

// crashForEver starts a container again and again; a pod that must not restart fails.
func (k *kubelet) crashForEver(ctx context.Context, pod *core.Pod, container core.Container) {
	ip, backOff := k.nextIP(), time.Second
	for restarts := int32(0); ctx.Err() == nil; restarts++ {
		k.update(ctx, pod, func(status *core.PodStatus) {
			running(pod, status, ip, false)
			restarted(status, container.Name, restarts)
		})
		sleep(ctx, startTime)
		if pod.Spec.RestartPolicy == core.RestartPolicyNever {
			k.update(ctx, pod, func(status *core.PodStatus) { terminate(pod, status, 1) })
			return
		}
		message := "back-off " + backOff.String() + " restarting failed container=" + container.Name + " pod=" + pod.Name + "_" + pod.Namespace + "(" + string(pod.UID) + ")"
		k.events.Event(pod, core.EventTypeWarning, "BackOff", "Back-off restarting failed container "+container.Name+" in pod "+pod.Name+"_"+pod.Namespace+"("+string(pod.UID)+")")
		k.update(ctx, pod, func(status *core.PodStatus) {
			waitOne(pod, status, container, "CrashLoopBackOff", message)
			crashed(status, container.Name, restarts)
		})
		sleep(ctx, backOff)
		backOff = min(2*backOff, longestBackOff)
	}
}

func allContainers(pod *core.Pod) []core.Container {
	return append(append([]core.Container{}, pod.Spec.InitContainers...), pod.Spec.Containers...)
}
