package main

import (
	"context"
	"fmt"
	"os"

	core "k8s.io/api/core/v1"
	storage "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
)

const (
	provisioner      = "disks.cluster.test"
	provisionedBy    = "volume.kubernetes.io/storage-provisioner"
	defaultClassMark = "storageclass.kubernetes.io/is-default-class"
)

// simulateStorage makes a default storage class, whose volumes exist as soon as a claim asks for one.
func simulateStorage(ctx context.Context, client kubernetes.Interface) {
	reclaim, mode, expand := core.PersistentVolumeReclaimDelete, storage.VolumeBindingWaitForFirstConsumer, true
	client.StorageV1().StorageClasses().Create(ctx, &storage.StorageClass{
		ObjectMeta:  meta.ObjectMeta{Name: "standard", Annotations: map[string]string{defaultClassMark: "true"}},
		Provisioner: provisioner, ReclaimPolicy: &reclaim, VolumeBindingMode: &mode, AllowVolumeExpansion: &expand,
	}, meta.CreateOptions{})

	attach := false
	client.StorageV1().CSIDrivers().Create(ctx, &storage.CSIDriver{
		ObjectMeta: meta.ObjectMeta{Name: provisioner}, Spec: storage.CSIDriverSpec{AttachRequired: &attach},
	}, meta.CreateOptions{})

	factory := informers.NewSharedInformerFactory(client, 0)
	claims := factory.Core().V1().PersistentVolumeClaims().Informer()
	see := func(object any) {
		claim := object.(*core.PersistentVolumeClaim)
		if claim.Status.Phase == core.ClaimPending && claim.Spec.VolumeName == "" && claim.Annotations[provisionedBy] == provisioner {
			go provision(ctx, client, claim)
		}
	}
	claims.AddEventHandler(cache.ResourceEventHandlerFuncs{AddFunc: see, UpdateFunc: func(_, object any) { see(object) }})
	volumes := factory.Core().V1().PersistentVolumes().Informer()
	volumes.AddEventHandler(cache.ResourceEventHandlerFuncs{UpdateFunc: func(_, object any) {
		volume := object.(*core.PersistentVolume)
		if volume.Status.Phase == core.VolumeReleased && volume.Spec.PersistentVolumeReclaimPolicy == core.PersistentVolumeReclaimDelete {
			client.CoreV1().PersistentVolumes().Delete(ctx, volume.Name, meta.DeleteOptions{})
		}
	}})
	factory.Start(ctx.Done())
}

// provision makes the volume of a claim; the controllers bind the two.
func provision(ctx context.Context, client kubernetes.Interface, claim *core.PersistentVolumeClaim) {
	volume := &core.PersistentVolume{
		ObjectMeta: meta.ObjectMeta{Name: "pvc-" + string(claim.UID), Annotations: map[string]string{"pv.kubernetes.io/provisioned-by": provisioner}},
		Spec: core.PersistentVolumeSpec{
			AccessModes: claim.Spec.AccessModes, Capacity: core.ResourceList{core.ResourceStorage: claim.Spec.Resources.Requests[core.ResourceStorage]},
			PersistentVolumeReclaimPolicy: core.PersistentVolumeReclaimDelete, VolumeMode: claim.Spec.VolumeMode,
			ClaimRef: &core.ObjectReference{
				APIVersion: "v1", Kind: "PersistentVolumeClaim", Namespace: claim.Namespace, Name: claim.Name, UID: claim.UID, ResourceVersion: claim.ResourceVersion,
			},
			PersistentVolumeSource: core.PersistentVolumeSource{CSI: &core.CSIPersistentVolumeSource{Driver: provisioner, VolumeHandle: string(claim.UID)}},
		},
	}
	if claim.Spec.StorageClassName != nil {
		volume.Spec.StorageClassName = *claim.Spec.StorageClassName
	}
	_, err := client.CoreV1().PersistentVolumes().Create(ctx, volume, meta.CreateOptions{})
	if err != nil && !errors.IsAlreadyExists(err) && ctx.Err() == nil {
		fmt.Fprintf(os.Stderr, "cluster: the volume of %s/%s: %v\n", claim.Namespace, claim.Name, err)
	}
}
