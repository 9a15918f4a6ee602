import type { Field } from '../../manifest/field';
import { address } from './addresses';
import { bytes } from './amounts';
import { deprecatedNodeLabel, nodeSelectorTerm } from './node-labels';
import { podContainer, profileAnnotations } from './pod-containers';
import { podPorts } from './pod-ports';
import { podVolumes } from './pod-volumes';
import { quoted, type Warnings } from './warning';

const ANNOTATIONS: readonly (readonly [key: string, message: string])[] = [
  [
    'scheduler.alpha.kubernetes.io/critical-pod',
    'non-functional in v1.16+; use the "priorityClassName" field instead',
  ],
  ['security.alpha.kubernetes.io/sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
  [
    'security.alpha.kubernetes.io/unsafe-sysctls',
    'non-functional in v1.11+; use the "sysctls" field instead',
  ],
];

const NO_SELECTOR = 'a null labelSelector results in matching no pod';

/**
 * A pod, or the template of one.
 *
 * @source k8s.io/kubernetes pkg/api/pod/warnings.go warningsForPodSpecAndMeta 1.37
 */
export function podWarnings(pod: Field, isTemplate: boolean, warnings: Warnings): void {
  const [spec, annotations] = [pod.child('spec'), pod.at('metadata', 'annotations')];
  scheduling(spec, warnings);
  for (const [key, message] of ANNOTATIONS)
    if (annotations.key(key).isSet) warnings.add(annotations.key(key), message);
  podVolumes(spec.list('volumes'), warnings);
  names(spec, warnings);
  for (const resource of ['memory', 'ephemeral-storage'])
    bytes(spec.child('overhead').key(resource), warnings);
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) =>
    spec.list(list),
  );
  profileAnnotations({ spec, annotations, containers }, isTemplate, warnings);
  for (const container of containers) podContainer(container, warnings);
  podPorts(containers, warnings);
  const grace = spec.child('terminationGracePeriodSeconds');
  if (grace.number < 0)
    warnings.add(grace, 'must be >= 0; negative values are invalid and will be treated as 1');
  const addresses = [
    ...spec.list('dnsConfig', 'nameservers'),
    ...spec.list('hostAliases').map((alias) => alias.child('ip')),
  ];
  if (addresses.length > 0 && warnings.since('1.33')) for (const each of addresses) address(each, warnings);
}

function scheduling(spec: Field, warnings: Warnings): void {
  for (const label of spec.child('nodeSelector').entries) {
    const message = deprecatedNodeLabel(label.name, warnings);
    if (message !== undefined) warnings.add(label, message);
  }
  const nodes = spec.at('affinity', 'nodeAffinity');
  for (const term of nodes.list('requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'))
    nodeSelectorTerm(term, false, warnings);
  for (const term of nodes.list('preferredDuringSchedulingIgnoredDuringExecution'))
    nodeSelectorTerm(term.child('preference'), true, warnings);
  for (const constraint of spec.list('topologySpreadConstraints')) {
    const key = constraint.child('topologyKey');
    const message = deprecatedNodeLabel(key.text, warnings);
    if (message !== undefined) warnings.add(key, `${key.text} is ${message}`);
    selector(constraint.child('labelSelector'), warnings);
  }
  for (const side of ['podAffinity', 'podAntiAffinity']) {
    const affinity = spec.at('affinity', side);
    for (const term of affinity.list('requiredDuringSchedulingIgnoredDuringExecution'))
      selector(term.child('labelSelector'), warnings);
    for (const term of affinity.list('preferredDuringSchedulingIgnoredDuringExecution'))
      selector(term.at('podAffinityTerm', 'labelSelector'), warnings);
  }
}

function selector(field: Field, warnings: Warnings): void {
  if (!field.isSet && warnings.since('1.28')) warnings.add(field, NO_SELECTOR);
}

function names(spec: Field, warnings: Warnings): void {
  const addresses = new Set<string>();
  for (const ip of spec.list('hostAliases').map((alias) => alias.child('ip'))) {
    if (addresses.has(ip.text)) warnings.add(ip, `duplicate ip ${quoted(ip.text)}`);
    addresses.add(ip.text);
  }
  const secrets = new Set<string>();
  for (const name of spec.list('imagePullSecrets').map((secret) => secret.child('name'))) {
    if (secrets.has(name.text)) warnings.add(name, `duplicate name ${quoted(name.text)}`);
    secrets.add(name.text);
    if (name.text === '') warnings.add(name, 'invalid empty name ""');
  }
}
