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
		case crash, oom:
			k.crashForEver(ctx, pod, container, 0)
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
	for range allContainers(pod) {
		k.events.Eventf(pod, core.EventTypeNormal, "Started", "Container started")
	}
	ip, is := k.nextIP(), behaviorsOf(pod)
	k.update(ctx, pod, func(status *core.PodStatus) { running(pod, status, ip, !is[slow] && !is[unready]) })
	k.settle(ctx, pod, ip)
}

// resume goes on with a pod that ran already when this program was killed.
func (k *kubelet) resume(ctx context.Context, pod *core.Pod) {
	for _, container := range allContainers(pod) {
		if is := behaviorOf(container.Image); is == crash || is == oom {
			k.crashForEver(ctx, pod, container, restartsOf(pod, container.Name)+1)
			return
		}
	}
	k.settle(ctx, pod, pod.Status.PodIP)
}

// settle takes a pod from the start of its containers to where it stays.
func (k *kubelet) settle(ctx context.Context, pod *core.Pod, ip string) {
	is := behaviorsOf(pod)
	switch {
	case is[unready]:
		k.failProbes(ctx, pod)
	case is[slow]:
		sleep(ctx, slowTime)
		k.update(ctx, pod, func(status *core.PodStatus) { running(pod, status, ip, true) })
	}
	if ends(pod) && !is[forever] {
		sleep(ctx, workTime)
		k.update(ctx, pod, func(status *core.PodStatus) { terminate(pod, status, 0, "Completed") })
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
func (k *kubelet) crashForEver(ctx context.Context, pod *core.Pod, container core.Container, restarts int32) {
	ip, backOff := k.nextIP(), time.Second
	code, reason := endOf(container.Image)
	for ; ctx.Err() == nil; restarts++ {
		k.update(ctx, pod, func(status *core.PodStatus) {
			running(pod, status, ip, false)
			restarted(status, container.Name, restarts)
		})
		sleep(ctx, startTime)
		if pod.Spec.RestartPolicy == core.RestartPolicyNever {
			k.update(ctx, pod, func(status *core.PodStatus) { terminate(pod, status, code, reason) })
			return
		}
		message := "back-off " + backOff.String() + " restarting failed container=" + container.Name + " pod=" + pod.Name + "_" + pod.Namespace + "(" + string(pod.UID) + ")"
		k.events.Event(pod, core.EventTypeWarning, "BackOff", "Back-off restarting failed container "+container.Name+" in pod "+pod.Name+"_"+pod.Namespace+"("+string(pod.UID)+")")
		k.update(ctx, pod, func(status *core.PodStatus) {
			waitOne(pod, status, container, "CrashLoopBackOff", message)
			crashed(status, container.Name, restarts, code, reason)
		})
		sleep(ctx, backOff)
		backOff = min(2*backOff, longestBackOff)
	}
}

func behaviorsOf(pod *core.Pod) map[behavior]bool {
	is := map[behavior]bool{}
	for _, container := range allContainers(pod) {
		is[behaviorOf(container.Image)] = true
	}
	return is
}

func allContainers(pod *core.Pod) []core.Container {
	return append(append([]core.Container{}, pod.Spec.InitContainers...), pod.Spec.Containers...)
}
