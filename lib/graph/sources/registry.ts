import { scopeOf } from '../../kube/kinds';
import { groupOf, type Manifest } from '../../manifest/manifest';
import { namespaceOf } from '../namespace';
import { Field } from '../../manifest/field';
import type { ObjectReference } from '../reference';
import { ReferenceCollector, type ReferenceSource } from '../reference-collector';
import type { World } from '../world';
import { binding, serviceAccount } from './access';
import { apiService, definition, flowSchema, policyBinding, webhooks } from './hooks';
import { destinationRule, meshPolicy, virtualService } from './mesh';
import { podMonitor, serviceMonitor } from './monitoring';
import { networkPolicy } from './network-policy';
import { certificate, externalSecret, fluxSource } from './platform';
import { ofPods } from './pods';
import { canary, rollout } from './rollouts';
import { gateway, route } from './routes';
import {
  disruptionBudget,
  horizontal,
  scaledJob,
  scaledObject,
  triggerAuthentication,
  vertical,
} from './scaling';
import { endpointSlice, ingress, service } from './services';
import { shapes } from './shapes';
import { claim, statefulSet, volume } from './storage';

const RBAC = 'rbac.authorization.k8s.io';
const HOOKS = 'admissionregistration.k8s.io';
const GATEWAY = 'gateway.networking.k8s.io';
const PROMETHEUS = 'monitoring.coreos.com';

/** Where to look for references, by group and kind, in addition to those of the pods. */
const SOURCES: ReadonlyMap<string, ReferenceSource> = new Map([
  ['/Service', service],
  ['/PersistentVolume', volume],
  ['/PersistentVolumeClaim', claim],
  ['/ServiceAccount', serviceAccount],
  ['apps/StatefulSet', statefulSet],
  ['argoproj.io/Rollout', rollout],
  ['autoscaling/HorizontalPodAutoscaler', horizontal],
  ['autoscaling.k8s.io/VerticalPodAutoscaler', vertical],
  ['discovery.k8s.io/EndpointSlice', endpointSlice],
  ['flagger.app/Canary', canary],
  ['keda.sh/ScaledJob', scaledJob],
  ['keda.sh/ScaledObject', scaledObject],
  ['keda.sh/TriggerAuthentication', triggerAuthentication],
  ['networking.k8s.io/Ingress', ingress],
  ['networking.k8s.io/NetworkPolicy', networkPolicy],
  ['policy/PodDisruptionBudget', disruptionBudget],
  [`${RBAC}/ClusterRoleBinding`, binding],
  [`${RBAC}/RoleBinding`, binding],
  [`${HOOKS}/MutatingWebhookConfiguration`, webhooks],
  [`${HOOKS}/ValidatingWebhookConfiguration`, webhooks],
  [`${HOOKS}/MutatingAdmissionPolicyBinding`, policyBinding('MutatingAdmissionPolicy')],
  [`${HOOKS}/ValidatingAdmissionPolicyBinding`, policyBinding('ValidatingAdmissionPolicy')],
  ['apiextensions.k8s.io/CustomResourceDefinition', definition],
  ['apiregistration.k8s.io/APIService', apiService],
  ['flowcontrol.apiserver.k8s.io/FlowSchema', flowSchema],
  [`${GATEWAY}/Gateway`, gateway],
  ...['GRPCRoute', 'HTTPRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'].map(
    (kind) => [`${GATEWAY}/${kind}`, route] as const,
  ),
  ['networking.istio.io/DestinationRule', destinationRule],
  ['networking.istio.io/VirtualService', virtualService],
  ['security.istio.io/AuthorizationPolicy', meshPolicy],
  ['security.istio.io/PeerAuthentication', meshPolicy],
  ['security.istio.io/RequestAuthentication', meshPolicy],
  [`${PROMETHEUS}/PodMonitor`, podMonitor],
  [`${PROMETHEUS}/ServiceMonitor`, serviceMonitor],
  ['cert-manager.io/Certificate', certificate],
  ['external-secrets.io/ExternalSecret', externalSecret],
  ['kustomize.toolkit.fluxcd.io/Kustomization', fluxSource('spec', 'sourceRef')],
  ['helm.toolkit.fluxcd.io/HelmRelease', fluxSource('spec', 'chart', 'spec', 'sourceRef')],
]);

/** Everything that `manifest` refers to, by its fields in their order. */
export function referencesOf(world: World, manifest: Manifest): readonly ObjectReference[] {
  const collect = new ReferenceCollector(world, manifest, namespaceOf(manifest));
  const { apiVersion, kind } = manifest.id;
  const pods = world.podsOf(manifest);
  const isUnknown = scopeOf(apiVersion, kind) === undefined && pods === undefined;
  const source = SOURCES.get(`${groupOf(apiVersion)}/${kind}`) ?? (isUnknown ? shapes : undefined);
  source?.(collect, Field.root(manifest.object));
  if (pods !== undefined) ofPods(collect, pods);
  return collect.references;
}
