import { canonical, parseQuantity } from '../../../../kube/quantity';
import { annotationKey, labelKey } from '../../../../kube/labels';
import { configMapKey, dnsLabel, dnsSubdomain, envVarName } from '../../../../kube/names';
import { generateNameRule } from '../../../../kube/object-names';
import type { CheckedField } from '../../checked-field';
import { show } from '../../error-body';
import { noBacksteps } from '../files';

const HOST_IPS = 'status.hostIPs';

/** Fields of the pod that an environment variable can expose. */
const ENV_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  HOST_IPS,
  'status.podIP',
  'status.podIPs',
];

/** All fields that the downward API supports, in variables or files. */
const KNOWN_FIELDS = [
  ...ENV_FIELDS,
  'metadata.annotations',
  'metadata.labels',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
];

const RESOURCES = ['limits', 'requests'].flatMap((side) =>
  ['cpu', 'memory', 'ephemeral-storage'].map((resource) => `${side}.${resource}`),
);
const HUGE_PAGES = /^(requests|limits)\.hugepages-/;
const CPU_DIVISORS = ['1m', '1'];
const BYTE_DIVISORS = [
  '1',
  ...['k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((unit) => `1${unit}`),
];

/**
 * `env` of a container.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateEnv 1.36
 */
export function env(list: CheckedField): void {
  for (const variable of list.items) {
    const name = variable.child('name');
    if (name.needs()) name.must((text) => envVarName(text, name.gates));
    const source = variable.child('valueFrom');
    if (source.isSet) valueFrom(source, variable.child('value').text !== '');
  }
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateEnvVarValueFrom 1.36 */
function valueFrom(source: CheckedField, hasValue: boolean): void {
  const checks: readonly [name: string, check: (field: CheckedField) => void][] = [
    ['fieldRef', (ref) => fieldRef(ref, ENV_FIELDS)],
    ['resourceFieldRef', (ref) => resourceFieldRef(ref, false)],
    ['configMapKeyRef', keyRef],
    ['secretKeyRef', keyRef],
    ['fileKeyRef', fileKeyRef],
  ];
  const given = checks.filter(([name]) => source.child(name).isSet);
  for (const [name, check] of given) check(source.child(name));
  if (given.length === 0) source.invalid(`must have one of ${checks.map(([name]) => name).join(', ')}`);
  else if (hasValue) source.invalid('must not be set together with value');
  else if (given.length > 1) source.invalid('must have one source');
}

/**
 * An `ObjectFieldSelector` for one of `allowed`, or for one label or annotation.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateObjectFieldSelector 1.36
 */
export function fieldRef(ref: CheckedField, allowed: readonly string[]): void {
  const [apiVersion, fieldPath] = [ref.child('apiVersion'), ref.child('fieldPath')];
  if (!fieldPath.needs()) return;
  const { text } = fieldPath;
  if (apiVersion.text !== 'v1') return fieldPath.invalid(`is a field of v1, not of ${apiVersion.text}`);
  const [, map, key = ''] = /^(.+?)\['(.*)'\]$/s.exec(text) ?? [];
  if (map !== undefined) {
    if (map === 'metadata.annotations') forSubscript(ref, key, annotationKey);
    else if (map === 'metadata.labels') forSubscript(ref, key, labelKey);
    else fieldPath.invalid(`${show(map)} does not support subscript`);
    return;
  }
  // The old name of the field.
  const path = text === 'spec.host' ? 'spec.nodeName' : text;
  const isKnown = KNOWN_FIELDS.includes(path) && (path !== HOST_IPS || fieldPath.since('1.28'));
  if (!isKnown) fieldPath.invalid('field label not supported');
  else if (!allowed.includes(path)) fieldPath.notSupported(allowed);
  if (isKnown && path === HOST_IPS && !ref.isOn('PodHostIPs'))
    ref.forbidden('must not be status.hostIPs before Kubernetes 1.29');
}

/**
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateObjectFieldSelector 1.36
 * @source k8s.io/kubernetes pkg/apis/core/pods/helpers.go ConvertDownwardAPIFieldLabel 1.36
 */
function forSubscript(ref: CheckedField, key: string, check: (key: string) => string | undefined): void {
  const problem = check(key);
  if (problem !== undefined) ref.holding(key).invalid(problem);
}

/**
 * A `ResourceFieldSelector`; in a volume it must name the container.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateContainerResourceFieldSelector, validateContainerResourceDivisor 1.36
 */
export function resourceFieldRef(ref: CheckedField, inVolume: boolean): void {
  const [container, resource, divisor] = [
    ref.child('containerName'),
    ref.child('resource'),
    ref.child('divisor'),
  ];
  if (inVolume && container.text === '') container.required();
  else if (resource.text === '') resource.required();
  else if (!RESOURCES.includes(resource.text) && !HUGE_PAGES.test(resource.text))
    resource.notSupported(RESOURCES);

  const amount = parseQuantity(divisor.text);
  if (amount === undefined || amount.nanos === 0n) return;
  const isKnown = RESOURCES.includes(resource.text) || HUGE_PAGES.test(resource.text);
  const divisors = resource.text.endsWith('.cpu') ? CPU_DIVISORS : BYTE_DIVISORS;
  if (isKnown && !divisors.includes(canonical(amount))) divisor.invalid(`must be ${divisors.join(', ')}`);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateSecretKeySelector, validateConfigMapKeySelector 1.36 */
function keyRef(ref: CheckedField): void {
  ref.child('name').must(dnsSubdomain);
  const key = ref.child('key');
  if (key.needs()) key.must(configMapKey);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateFileKeySelector 1.36 */
function fileKeyRef(ref: CheckedField): void {
  const [key, volume, path] = [ref.child('key'), ref.child('volumeName'), ref.child('path')];
  if (key.needs()) key.must((text) => envVarName(text));
  if (volume.needs()) volume.must(dnsLabel);
  if (path.needs()) noBacksteps(path);
}

/**
 * `envFrom` of a container.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateEnvFrom 1.36
 */
export function envFrom(list: CheckedField): void {
  for (const source of list.items) {
    const prefix = source.child('prefix');
    if (prefix.text !== '') prefix.must((text) => envVarName(text, prefix.gates));
    const given = ['configMapRef', 'secretRef'].map((name) => source.child(name)).filter((ref) => ref.isSet);
    for (const ref of given) {
      const name = ref.child('name');
      if (name.needs()) name.must(generateNameRule(dnsSubdomain));
    }
    if (given.length === 0) list.invalid('must have configMapRef or secretRef');
    else if (given.length > 1) list.invalid('must have one of configMapRef and secretRef, not both');
  }
}
