package main

import (
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// The functions of this file write the status of a pod as a kubelet does.

func waiting(pod *core.Pod, status *core.PodStatus, reason, message string) {
	status.Phase = core.PodPending
	state := core.ContainerState{Waiting: &core.ContainerStateWaiting{Reason: reason, Message: message}}
	first := core.ContainerState{Waiting: &core.ContainerStateWaiting{Reason: "PodInitializing"}}
	if len(pod.Spec.InitContainers) == 0 {
		first = state
	}
	status.InitContainerStatuses = states(pod.Spec.InitContainers, status.InitContainerStatuses, state, false)
	status.ContainerStatuses = states(pod.Spec.Containers, status.ContainerStatuses, first, false)
	begin(status)
	conditions(status, len(pod.Spec.InitContainers) == 0, false)
}

// waitOne makes one container wait, while the others of its list run.
func waitOne(pod *core.Pod, status *core.PodStatus, container core.Container, reason, message string) {
	for _, list := range [][]core.ContainerStatus{status.InitContainerStatuses, status.ContainerStatuses} {
		for i := range list {
			if list[i].Name == container.Name {
				list[i].State = core.ContainerState{Waiting: &core.ContainerStateWaiting{Reason: reason, Message: message}}
				list[i].Ready, list[i].Started = false, boolean(false)
			}
		}
	}
	conditions(status, !isInit(pod, container), false)
}

func running(pod *core.Pod, status *core.PodStatus, ip string, ready bool) {
	now := meta.Now()
	up := core.ContainerState{Running: &core.ContainerStateRunning{StartedAt: now}}
	done := core.ContainerState{Terminated: &core.ContainerStateTerminated{Reason: "Completed", StartedAt: now, FinishedAt: now}}
	status.Phase = core.PodRunning
	status.InitContainerStatuses = states(pod.Spec.InitContainers, status.InitContainerStatuses, done, true)
	for i, container := range pod.Spec.InitContainers {
		if isSidecar(container) {
			status.InitContainerStatuses[i].State = up
		}
	}
	status.ContainerStatuses = states(pod.Spec.Containers, status.ContainerStatuses, up, ready)
	begin(status)
	status.PodIP, status.PodIPs = ip, []core.PodIP{{IP: ip}}
	conditions(status, true, ready)
}

func terminate(pod *core.Pod, status *core.PodStatus, code int32, reason string) {
	now := meta.Now()
	status.Phase = core.PodSucceeded
	if code != 0 {
		status.Phase = core.PodFailed
	}
	ended := core.ContainerState{Terminated: &core.ContainerStateTerminated{ExitCode: code, Reason: reason, StartedAt: now, FinishedAt: now}}
	status.ContainerStatuses = states(pod.Spec.Containers, status.ContainerStatuses, ended, false)
	status.InitContainerStatuses = states(pod.Spec.InitContainers, status.InitContainerStatuses,
		core.ContainerState{Terminated: &core.ContainerStateTerminated{Reason: "Completed", StartedAt: now, FinishedAt: now}}, false)
	conditions(status, true, false)
}

func restartsOf(pod *core.Pod, container string) (restarts int32) {
	edit(&pod.Status, container, func(of *core.ContainerStatus) { restarts = of.RestartCount })
	return restarts
}

func restarted(status *core.PodStatus, container string, restarts int32) {
	edit(status, container, func(of *core.ContainerStatus) { of.RestartCount = restarts })
}

func crashed(status *core.PodStatus, container string, restarts, code int32, reason string) {
	now := meta.Now()
	edit(status, container, func(of *core.ContainerStatus) {
		of.RestartCount = restarts
		of.LastTerminationState = core.ContainerState{
			Terminated: &core.ContainerStateTerminated{ExitCode: code, Reason: reason, StartedAt: now, FinishedAt: now},
		}
	})
}

func edit(status *core.PodStatus, container string, change func(*core.ContainerStatus)) {
	for _, list := range [][]core.ContainerStatus{status.InitContainerStatuses, status.ContainerStatuses} {
		for i := range list {
			if list[i].Name == container {
				change(&list[i])
			}
		}
	}
}

func states(of []core.Container, before []core.ContainerStatus, state core.ContainerState, ready bool) []core.ContainerStatus {
	statuses := make([]core.ContainerStatus, len(of))
	for i, container := range of {
		statuses[i] = core.ContainerStatus{Name: container.Name, Image: container.Image, ImageID: container.Image}
		if i < len(before) {
			statuses[i].RestartCount, statuses[i].LastTerminationState = before[i].RestartCount, before[i].LastTerminationState
		}
		statuses[i].State, statuses[i].Ready, statuses[i].Started = state, ready, boolean(state.Running != nil)
	}
	return statuses
}

func begin(status *core.PodStatus) {
	if status.StartTime == nil {
		now := meta.Now()
		status.StartTime = &now
	}
	status.HostIP, status.HostIPs = "127.0.0.1", []core.HostIP{{IP: "127.0.0.1"}}
}

func conditions(status *core.PodStatus, initialized, ready bool) {
	for kind, is := range map[core.PodConditionType]bool{
		core.PodReadyToStartContainers: status.PodIP != "", core.PodInitialized: initialized, core.ContainersReady: ready, core.PodReady: ready,
	} {
		set(status, kind, is)
	}
}

func set(status *core.PodStatus, kind core.PodConditionType, is bool) {
	value := core.ConditionFalse
	if is {
		value = core.ConditionTrue
	}
	for i := range status.Conditions {
		if status.Conditions[i].Type == kind {
			if status.Conditions[i].Status != value {
				status.Conditions[i].Status, status.Conditions[i].LastTransitionTime = value, meta.Now()
			}
			return
		}
	}
	status.Conditions = append(status.Conditions, core.PodCondition{Type: kind, Status: value, LastTransitionTime: meta.Now()})
}

func isInit(pod *core.Pod, container core.Container) bool {
	for _, init := range pod.Spec.InitContainers {
		if init.Name == container.Name {
			return true
		}
	}
	return false
}

func boolean(value bool) *bool { return &value }
