package main

import (
	"context"
	"fmt"
	"time"

	coordination "k8s.io/api/coordination/v1"
	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/retry"
	"k8s.io/component-base/version"
)

const heartbeat = 10 * time.Second

// simulateNodes makes three nodes, keeps them and every other Node object ready, and lives the pods that are bound to them.
func simulateNodes(ctx context.Context, client kubernetes.Interface, files credentials, port int) error {
	factory := informers.NewSharedInformerFactory(client, 0)
	nodes := factory.Core().V1().Nodes().Informer()
	nodes.AddEventHandler(cache.ResourceEventHandlerFuncs{AddFunc: func(object any) {
		go keepReady(ctx, client, object.(*core.Node).Name, port)
	}})
	kubelet := newKubelet(ctx, client)
	pods := factory.Core().V1().Pods().Informer()
	pods.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(object any) { kubelet.see(object.(*core.Pod)) },
		UpdateFunc: func(_, object any) { kubelet.see(object.(*core.Pod)) },
		DeleteFunc: func(object any) {
			if pod, ok := object.(*core.Pod); ok {
				kubelet.forget(pod)
			}
		},
	})
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	if err := serveLogs(ctx, client, files.server, port); err != nil {
		return err
	}
	for i, zone := range []string{"a", "b", "c"} {
		node := newNode(fmt.Sprintf("node-%d", i+1), zone)
		if _, err := client.CoreV1().Nodes().Create(ctx, node, meta.CreateOptions{}); err != nil && !errors.IsAlreadyExists(err) {
			return err
		}
	}
	return nil
}

func newNode(name, zone string) *core.Node {
	room := core.ResourceList{
		core.ResourceCPU:              resource.MustParse("8"),
		core.ResourceMemory:           resource.MustParse("32Gi"),
		core.ResourceEphemeralStorage: resource.MustParse("100Gi"),
		core.ResourcePods:             resource.MustParse("110"),
	}
	return &core.Node{
		ObjectMeta: meta.ObjectMeta{Name: name, Labels: map[string]string{
			core.LabelHostname: name, core.LabelTopologyZone: zone, core.LabelOSStable: "linux", core.LabelArchStable: "amd64",
		}},
		Status: core.NodeStatus{Capacity: room, Allocatable: room},
	}
}

// keepReady renews the lease of a node, as long as there is one, and says that it is ready.
func keepReady(ctx context.Context, client kubernetes.Interface, name string, port int) {
	for first := true; ctx.Err() == nil; first = false {
		err := retry.RetryOnConflict(retry.DefaultRetry, func() error { return sayReady(ctx, client, name, port, first) })
		if errors.IsNotFound(err) {
			return
		}
		renewLease(ctx, client, name)
		pause := heartbeat
		if err != nil {
			pause = time.Second
		}
		sleep(ctx, pause)
	}
}

func sayReady(ctx context.Context, client kubernetes.Interface, name string, port int, first bool) error {
	node, err := client.CoreV1().Nodes().Get(ctx, name, meta.GetOptions{})
	if err != nil {
		return err
	}
	since := meta.Now()
	for _, condition := range node.Status.Conditions {
		if condition.Type == core.NodeReady && condition.Status == core.ConditionTrue {
			if !first {
				return nil
			}
			since = condition.LastTransitionTime
		}
	}
	node.Status.Conditions = []core.NodeCondition{{
		Type: core.NodeReady, Status: core.ConditionTrue, Reason: "KubeletReady",
		Message: "kubelet is posting ready status", LastHeartbeatTime: meta.Now(), LastTransitionTime: since,
	}}
	node.Status.Addresses = []core.NodeAddress{{Type: core.NodeInternalIP, Address: "127.0.0.1"}, {Type: core.NodeHostName, Address: name}}
	node.Status.DaemonEndpoints.KubeletEndpoint.Port = int32(port)
	node.Status.NodeInfo.KubeletVersion = version.Get().GitVersion
	_, err = client.CoreV1().Nodes().UpdateStatus(ctx, node, meta.UpdateOptions{})
	return err
}

func renewLease(ctx context.Context, client kubernetes.Interface, name string) {
	leases, now := client.CoordinationV1().Leases(core.NamespaceNodeLease), meta.NowMicro()
	seconds := int32(40)
	lease, err := leases.Get(ctx, name, meta.GetOptions{})
	if errors.IsNotFound(err) {
		leases.Create(ctx, &coordination.Lease{
			ObjectMeta: meta.ObjectMeta{Name: name},
			Spec:       coordination.LeaseSpec{HolderIdentity: &name, LeaseDurationSeconds: &seconds, RenewTime: &now},
		}, meta.CreateOptions{})
		return
	}
	if err == nil {
		lease.Spec.RenewTime = &now
		leases.Update(ctx, lease, meta.UpdateOptions{})
	}
}

func sleep(ctx context.Context, duration time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(duration):
	}
}
