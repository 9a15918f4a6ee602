package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
)

// simulateBalancers gives each Service of type LoadBalancer an address, unless its class is that of somebody else.
func simulateBalancers(ctx context.Context, client kubernetes.Interface) {
	var last atomic.Uint32
	see := func(object any) {
		service := object.(*core.Service)
		wants := service.Spec.Type == core.ServiceTypeLoadBalancer && service.Spec.LoadBalancerClass == nil
		if !wants || len(service.Status.LoadBalancer.Ingress) > 0 || service.DeletionTimestamp != nil {
			return
		}
		go func() {
			sleep(ctx, 5*startTime)
			current, err := client.CoreV1().Services(service.Namespace).Get(ctx, service.Name, meta.GetOptions{})
			if err != nil || len(current.Status.LoadBalancer.Ingress) > 0 {
				return
			}
			// Addresses for documentation, RFC 5737.
			current.Status.LoadBalancer.Ingress = []core.LoadBalancerIngress{{IP: fmt.Sprintf("203.0.113.%d", 1+last.Add(1)%254)}}
			client.CoreV1().Services(service.Namespace).UpdateStatus(ctx, current, meta.UpdateOptions{})
		}()
	}
	// Seen again from time to time: an answer of the API server may get lost.
	factory := informers.NewSharedInformerFactory(client, 5*time.Second)
	factory.Core().V1().Services().Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc: see, UpdateFunc: func(_, object any) { see(object) },
	})
	factory.Start(ctx.Done())
}
