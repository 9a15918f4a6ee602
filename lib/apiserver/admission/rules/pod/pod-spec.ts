import { dnsLabel, dnsSubdomain } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import { annotations, labels } from '../meta';
import { podAnnotations } from './annotations';
import { matchingProfiles } from './profile-annotations';
import { allContainers, usesHostUsers } from './context';
import type { PodContext } from './context';
import { containers, initContainers } from './containers';
import { dns } from './dns';
import { overhead, podResources } from './resources';
import { affinity, gates, spreadConstraints, tolerations } from './scheduling';
import { mayBeOneOf, podSecurity } from './security';
import { volumes } from './volumes';
import { hostProcess, operatingSystem } from './windows';

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];

/**
 * `spec` of a pod or of a template.
 *
 * @param metadata of the pod; absent for a template, which has neither the name nor all labels of its pods
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePodSpec 1.36
 */
export function podSpec(spec: CheckedField, metadata?: CheckedField): void {
  const isPod = metadata !== undefined;
  const podName = metadata?.child('name').text ?? '';
  const podLabels = metadata?.child('labels') ?? spec.holding(undefined);
  const claims = new Set(spec.child('resourceClaims').items.map((claim) => claim.child('name').text));
  const found = volumes(spec.child('volumes'), isPod, podName);
  const pod: PodContext = { spec, isPod, podName, volumes: found, claims };
  resourceClaims(spec.child('resourceClaims'));
  containers(pod);
  initContainers(pod);
  podResources(pod);
  hostNetworkPorts(pod);
  spec.child('restartPolicy').mustBeOneOf(RESTART_POLICIES);
  dns(spec);
  labels(spec.child('nodeSelector'));
  podSecurity(spec);
  affinity(spec.child('affinity'), podLabels);
  gates(spec);
  spreadConstraints(spec.child('topologySpreadConstraints'), podLabels);
  hostProcess(spec);
  hostUsers(pod);
  hostnames(spec);
  references(spec);
  tolerations(spec.child('tolerations'));
  const deadline = spec.child('activeDeadlineSeconds');
  if (deadline.isSet) deadline.mustBeWithin(1, 2 ** 31 - 1);
  mayBeOneOf(spec.child('preemptionPolicy'), ['PreemptLowerPriority', 'Never']);
  const amounts = spec.child('overhead');
  overhead(amounts.child('limits').holding(amounts.value), amounts);
  operatingSystem(spec);
  fileKeyVolumes(spec);
}

/**
 * A pod template. The server reports errors of its labels and annotations without `metadata` in the path.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePodTemplateSpec 1.36
 */
export function podTemplate(template: CheckedField): void {
  const [metadata, spec] = [template.child('metadata'), template.child('spec')];
  podTemplateMeta(template);
  podSpec(spec);
  matchingProfiles(metadata.child('annotations'), spec, false);
  const ephemeral = spec.child('ephemeralContainers');
  if (ephemeral.size > 0) ephemeral.forbidden('must not be set: they are added to pods that run');
}

/**
 * The metadata of a pod template.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePodTemplateSpec 1.36
 */
export function podTemplateMeta(template: CheckedField): void {
  const [metadata, spec] = [template.child('metadata'), template.child('spec')];
  const annotationMap = template.child('annotations').holding(metadata.child('annotations').value);
  labels(template.child('labels').holding(metadata.child('labels').value));
  annotations(annotationMap);
  podAnnotations(annotationMap, spec);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validatePodResourceClaims, validatePodResourceClaim 1.36 */
function resourceClaims(list: CheckedField): void {
  const seen = new Set<string>();
  for (const claim of list.items) {
    const [name, own, template] = ['name', 'resourceClaimName', 'resourceClaimTemplateName'].map((field) =>
      claim.child(field),
    ) as [CheckedField, CheckedField, CheckedField];
    if (name.needs()) {
      if (seen.has(name.text)) name.duplicate();
      else name.must(dnsLabel);
      seen.add(name.text);
    }
    if (own.isSet === template.isSet) {
      claim.invalid('must have one of resourceClaimName and resourceClaimTemplateName');
    }
    for (const reference of [own, template]) if (reference.isSet) reference.must(dnsSubdomain);
  }
}

/**
 * In the host network, a container port is a port of the node: the server sets a missing hostPort.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validatePodHostNetworkDeps 1.36
 */
function hostNetworkPorts({ spec }: PodContext): void {
  if (!spec.child('hostNetwork').isTrue) return;
  for (const port of spec.child('containers').items.flatMap((container) => container.child('ports').items)) {
    const hostPort = port.child('hostPort');
    if (hostPort.number === 0) continue;
    if (hostPort.number !== port.child('containerPort').number) {
      hostPort.invalid('must be equal to containerPort with hostNetwork');
    }
  }
}

/**
 * A pod with its own user namespace (`hostUsers: false`, KEP-127) cannot share other namespaces of the node.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateHostUsers 1.36
 */
function hostUsers(pod: PodContext): void {
  if (usesHostUsers(pod)) return;
  const { spec } = pod;
  // The server uses the Go names of two fields.
  for (const [name, path] of [
    ['hostNetwork', 'hostNetwork'],
    ['hostPID', 'HostPID'],
    ['hostIPC', 'HostIPC'],
  ] as const) {
    if (spec.child(name).isTrue) spec.child(path).forbidden('must not be true when hostUsers is false');
  }
  for (const container of spec.since('1.34') ? allContainers(spec) : []) {
    const devices = container.child('volumeDevices');
    if (devices.size > 0) devices.forbidden('must not be set when hostUsers is false');
  }
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePodSpec 1.36 */
function hostnames(spec: CheckedField): void {
  for (const name of ['hostname', 'subdomain']) {
    if (spec.child(name).text !== '') spec.child(name).must(dnsLabel);
  }
  const override = spec.child('hostnameOverride');
  if (!override.isSet) return;
  for (const name of ['setHostnameAsFQDN', 'hostNetwork']) {
    if (spec.child(name).isTrue) override.forbidden(`must not be set when ${name} is true`);
  }
  if (override.text.length > 64) override.tooLong(64);
  override.must(dnsSubdomain);
}

/**
 * Names of objects that the pod refers to.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateImagePullSecrets, ValidatePodSpec 1.36
 */
function references(spec: CheckedField): void {
  const account = spec.child('serviceAccountName');
  // The field has an old name, which is used where this one is not set.
  const named = account.isSet ? account : account.holding(spec.child('serviceAccount').value);
  for (const field of [named, spec.child('nodeName'), spec.child('priorityClassName')]) {
    if (field.text !== '') field.must(dnsSubdomain);
  }
  const runtimeClass = spec.child('runtimeClassName');
  if (runtimeClass.isSet) runtimeClass.must(dnsSubdomain);
}

/**
 * Files with environment variables (KEP-5307) must be in volumes with the lifetime of the pod.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateFileKeyRefVolumes 1.36
 */
function fileKeyVolumes(spec: CheckedField): void {
  for (const container of allContainers(spec)) {
    for (const variable of container.child('env').items) {
      const reference = variable.child('valueFrom').child('fileKeyRef');
      if (!reference.isSet) continue;
      const name = reference.child('volumeName');
      const volume = spec.child('volumes').items.find((each) => each.child('name').text === name.text);
      if (volume === undefined) name.notFound('is not one of the volumes of the pod');
      else if (!volume.child('emptyDir').isSet) name.invalid('must be a volume with emptyDir');
    }
  }
}
