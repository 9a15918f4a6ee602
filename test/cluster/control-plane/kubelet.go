package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typedcore "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/tools/record"
	"k8s.io/client-go/util/retry"
)

// kubelet lives the pods of all nodes.
type kubelet struct {
	ctx    context.Context
	client kubernetes.Interface
	events record.EventRecorder
	lock   sync.Mutex
	lives  map[types.UID]*life
	lastIP atomic.Uint32
}

// life is one pod on its node.
type life struct {
	end    context.CancelFunc
	ending bool
}

func newKubelet(ctx context.Context, client kubernetes.Interface) *kubelet {
	broadcaster := record.NewBroadcaster(record.WithContext(ctx))
	broadcaster.StartRecordingToSink(&typedcore.EventSinkImpl{Interface: client.CoreV1().Events("")})
	kubelet := &kubelet{
		ctx: ctx, client: client, lives: map[types.UID]*life{},
		events: broadcaster.NewRecorder(scheme.Scheme, core.EventSource{Component: "kubelet"}),
	}
	// Pods of before a restart keep theirs.
	kubelet.lastIP.Store(uint32(time.Now().Unix()%256) << 8)
	return kubelet
}

// see starts the life of a pod that has a node, and ends that of one that is to be deleted.
func (k *kubelet) see(pod *core.Pod) {
	if pod.Spec.NodeName == "" {
		return
	}
	k.lock.Lock()
	defer k.lock.Unlock()
	current, known := k.lives[pod.UID]
	if !known {
		ctx, end := context.WithCancel(k.ctx)
		current = &life{end: end}
		k.lives[pod.UID] = current
		switch {
		case pod.DeletionTimestamp != nil:
		case pod.Status.Phase == core.PodPending:
			go k.live(ctx, pod)
		case pod.Status.Phase == core.PodRunning:
			go k.resume(ctx, pod)
		}
	}
	if pod.DeletionTimestamp != nil && !current.ending {
		current.ending = true
		current.end()
		go k.remove(pod)
	}
}

func (k *kubelet) forget(pod *core.Pod) {
	k.lock.Lock()
	defer k.lock.Unlock()
	if current, known := k.lives[pod.UID]; known {
		current.end()
		delete(k.lives, pod.UID)
	}
}

// remove ends the containers of a pod, and then deletes it for good.
func (k *kubelet) remove(pod *core.Pod) {
	sleep(k.ctx, k.stop(pod))
	k.update(k.ctx, pod, func(status *core.PodStatus) {
		if status.Phase != core.PodSucceeded && status.Phase != core.PodFailed {
			terminate(pod, status, 0, "Completed")
		}
	})
	now := int64(0)
	for k.ctx.Err() == nil {
		err := k.client.CoreV1().Pods(pod.Namespace).Delete(k.ctx, pod.Name, meta.DeleteOptions{
			GracePeriodSeconds: &now, Preconditions: meta.NewUIDPreconditions(string(pod.UID)),
		})
		if err == nil || errors.IsNotFound(err) || errors.IsConflict(err) {
			return
		}
		sleep(k.ctx, startTime)
	}
}

// stop tells the containers of a pod to end, and returns how long they take.
func (k *kubelet) stop(pod *core.Pod) time.Duration {
	longest := startTime
	for _, container := range pod.Spec.Containers {
		k.events.Event(pod, core.EventTypeNormal, "Killing", "Stopping container "+container.Name)
		if seconds := pod.DeletionGracePeriodSeconds; seconds != nil && behaviorOf(container.Image) == stubborn {
			longest = max(longest, time.Duration(*seconds)*time.Second)
		}
	}
	return longest
}

// update changes the status of a pod, as long as it is the same pod; the API server may be away for a while.
func (k *kubelet) update(ctx context.Context, pod *core.Pod, change func(*core.PodStatus)) {
	for ctx.Err() == nil {
		err := retry.RetryOnConflict(retry.DefaultRetry, func() error {
			current, err := k.client.CoreV1().Pods(pod.Namespace).Get(ctx, pod.Name, meta.GetOptions{})
			if err != nil || current.UID != pod.UID {
				return err
			}
			change(&current.Status)
			_, err = k.client.CoreV1().Pods(pod.Namespace).UpdateStatus(ctx, current, meta.UpdateOptions{})
			return err
		})
		if err == nil || errors.IsNotFound(err) || errors.IsInvalid(err) {
			return
		}
		sleep(ctx, startTime)
	}
}

func (k *kubelet) nextIP() string {
	n := k.lastIP.Add(1)
	return fmt.Sprintf("10.244.%d.%d", n>>8&255, n&255)
}
