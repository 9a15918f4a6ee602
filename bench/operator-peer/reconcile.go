package main

import (
	"context"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	appsac "k8s.io/client-go/applyconfigurations/apps/v1"
	coreac "k8s.io/client-go/applyconfigurations/core/v1"
	metaac "k8s.io/client-go/applyconfigurations/meta/v1"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

type reconciler struct{ client.Client }

// Reconcile applies the objects of a page, and says in its status how far they are.
func (r *reconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	page := &Page{}
	if err := r.Get(ctx, request.NamespacedName, page); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	if page.DeletionTimestamp != nil {
		return ctrl.Result{}, nil
	}
	for _, object := range objectsOf(page) {
		if err := r.Apply(ctx, object, client.FieldOwner("page-controller"), client.ForceOwnership); err != nil {
			return ctrl.Result{}, err
		}
	}
	deployment := &appsv1.Deployment{}
	if err := r.Get(ctx, request.NamespacedName, deployment); err != nil {
		// Its event brings the page back.
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	return ctrl.Result{}, r.report(ctx, page, isReady(deployment))
}

func isReady(deployment *appsv1.Deployment) bool {
	status, replicas := deployment.Status, *deployment.Spec.Replicas
	return status.ObservedGeneration >= deployment.Generation &&
		status.UpdatedReplicas == replicas && status.AvailableReplicas == replicas
}

func (r *reconciler) report(ctx context.Context, page *Page, isReady bool) error {
	before := page.DeepCopyObject().(*Page).Status
	page.Status.ObservedGeneration = page.Generation
	condition := metav1.Condition{Type: "Ready", Status: metav1.ConditionFalse, Reason: "WaitingForObjects"}
	if isReady {
		condition.Status, condition.Reason = metav1.ConditionTrue, "Ready"
	}
	condition.ObservedGeneration = page.Generation
	meta.SetStatusCondition(&page.Status.Conditions, condition)
	if equality.Semantic.DeepEqual(before, page.Status) {
		return nil
	}
	return r.Status().Update(ctx, page)
}

func objectsOf(page *Page) []runtime.ApplyConfiguration {
	name, namespace := page.Name, page.Namespace
	labels := map[string]string{"app": name}
	owner := metaac.OwnerReference().
		WithAPIVersion(groupVersion.String()).WithKind("Page").WithName(name).WithUID(page.UID).
		WithController(true).WithBlockOwnerDeletion(true)
	content := coreac.ConfigMap(name, namespace).WithOwnerReferences(owner).
		WithData(map[string]string{"text": page.Spec.Text})
	service := coreac.Service(name, namespace).WithOwnerReferences(owner).
		WithSpec(coreac.ServiceSpec().WithClusterIP("None").WithSelector(labels).
			WithPorts(coreac.ServicePort().WithName("http").WithPort(80)))
	deployment := appsac.Deployment(name, namespace).WithOwnerReferences(owner).
		WithSpec(appsac.DeploymentSpec().WithReplicas(0).
			WithSelector(metaac.LabelSelector().WithMatchLabels(labels)).
			WithTemplate(coreac.PodTemplateSpec().WithLabels(labels).
				WithSpec(coreac.PodSpec().WithContainers(container()))))
	return []runtime.ApplyConfiguration{content, service, deployment}
}

func container() *coreac.ContainerApplyConfiguration {
	cpu, memory := resource.MustParse("10m"), resource.MustParse("16Mi")
	return coreac.Container().WithName("main").WithImage("ghcr.io/acme/page:1.4.2").
		WithResources(coreac.ResourceRequirements().
			WithRequests(corev1.ResourceList{"cpu": cpu, "memory": memory}).
			WithLimits(corev1.ResourceList{"memory": memory}))
}
