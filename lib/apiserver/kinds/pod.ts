import type { CheckedField } from '../admission/checked-field';
import { recordIn, recordsIn } from '../defaults/plain';
import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import { equal } from '../update/equal';
import type { KindUpdate } from './kind-update';

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePodUpdate 1.36 */
export const podUpdate: KindUpdate = {
  kind: '/Pod',
  about:
    'Of the spec, only the images of containers may change; activeDeadlineSeconds may shrink, tolerations be added, schedulingGates be taken away.',
  settle,
  carry(now, was) {
    const [spec, before] = [recordIn(now, 'spec'), recordIn(was, 'spec')];
    if (spec === undefined || before === undefined) return;
    for (const name of ['priority', 'preemptionPolicy', 'nodeName']) spec[name] ??= before[name];
  },
  check,
};

/** Default seconds that a pod stays on an unreachable node. */
const TOLERATION_SECONDS = 300;
const TAINTS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** The volume with the service account token, which has a random name. */
const TOKEN_VOLUME = /^kube-api-access-[a-z0-9]{5}$/;

/**
 * The changes of the admission plugins ServiceAccount, Priority and DefaultTolerationSeconds to a pod. The token volume
 * is removed on both sides.
 *
 * @source k8s.io/kubernetes plugin/pkg/admission/priority/admission.go Plugin.admitPod 1.36
 * @source k8s.io/kubernetes plugin/pkg/admission/serviceaccount/admission.go Plugin.Admit 1.36
 * @source k8s.io/kubernetes plugin/pkg/admission/defaulttolerationseconds/admission.go Plugin.Admit 1.36
 */
function settle(pod: PlainRecord): void {
  const spec = recordIn(pod, 'spec');
  if (spec === undefined) return;
  spec['serviceAccountName'] ??= 'default';
  spec['serviceAccount'] = spec['serviceAccountName'];
  if (spec['priorityClassName'] === undefined) {
    spec['priority'] ??= 0;
    spec['preemptionPolicy'] ??= 'PreemptLowerPriority';
  }
  tolerations(spec);
  spec['volumes'] = recordsIn(spec, 'volumes').filter(({ name }) => !TOKEN_VOLUME.test(String(name)));
  for (const list of ['initContainers', 'containers']) {
    for (const container of recordsIn(spec, list)) {
      container['volumeMounts'] = recordsIn(container, 'volumeMounts').filter(
        ({ name }) => !TOKEN_VOLUME.test(String(name)),
      );
    }
  }
}

function tolerations(spec: PlainRecord): void {
  const own = recordsIn(spec, 'tolerations');
  const isTolerated = (taint: string): boolean =>
    own.some(
      ({ key, effect }) =>
        (key === undefined || key === taint) && (effect === undefined || effect === 'NoExecute'),
    );
  const missing = TAINTS.filter((taint) => !isTolerated(taint)).map((key) => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: TOLERATION_SECONDS,
  }));
  spec['tolerations'] = [...own, ...missing];
}

const HINT = 'Delete the pod and apply it again, or let a Deployment or a Job look after pods that change.';

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePodUpdate 1.36 */
function check(now: CheckedField, was: CheckedField): void {
  annotations(now.child('metadata').child('annotations'), was.child('metadata').child('annotations'));
  const [spec, before] = [now.child('spec'), was.child('spec')];
  for (const list of ['containers', 'initContainers']) {
    if (spec.child(list).size === before.child(list).size) continue;
    spec.child(list).forbidden('pod updates may not add or remove containers', HINT);
    return;
  }
  if (!deadline(spec.child('activeDeadlineSeconds'), before.child('activeDeadlineSeconds'))) return;
  onlyAddedTolerations(spec.child('tolerations'), before.child('tolerations'));
  onlyRemovedGates(spec.child('schedulingGates'), before.child('schedulingGates'));
  const isGated = before.child('schedulingGates').size > 0;
  const changed = changedFields(spec.value, before.value, isGated);
  if (isGated) onlyAddedSelectors(spec.child('nodeSelector'), before.child('nodeSelector'));
  if (changed.length === 0) return;
  spec.forbidden(`pod updates may not change ${changed.join(' and ')}`, HINT);
}

const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePodSpecificAnnotationUpdates 1.36 */
function annotations(now: CheckedField, was: CheckedField): void {
  const keys = new Set([...now.entries, ...was.entries].map(({ name }) => name));
  for (const key of keys) {
    const isFixed = key.startsWith(APP_ARMOR) || key === 'kubernetes.io/config.mirror';
    if (!isFixed || now.key(key).value === was.key(key).value) continue;
    now.key(key).forbidden('pod updates may not change this annotation', HINT);
  }
}

/**
 * Returns whether the server validates the rest.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePodUpdate 1.36
 */
function deadline(now: CheckedField, was: CheckedField): boolean {
  if (now.isSet) {
    if (!was.isSet || now.number <= was.number) return true;
    now.invalid(`must be less than or equal to previous value ${was.number}`);
    return false;
  }
  if (was.isSet) now.invalid(`must not update from a positive integer to nil value: it is ${was.number}`);
  return true;
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateOnlyAddedTolerations 1.36 */
function onlyAddedTolerations(now: CheckedField, was: CheckedField): void {
  const bare = (toleration: unknown): PlainRecord => {
    const { tolerationSeconds: _, ...rest } = isPlainRecord(toleration) ? toleration : {};
    return rest;
  };
  const kept = now.items.map(({ value }) => bare(value));
  if (was.items.every(({ value }) => kept.some((each) => equal(each, bare(value))))) return;
  now.forbidden('existing toleration can not be modified except its tolerationSeconds', HINT);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateOnlyDeletedSchedulingGates 1.36 */
function onlyRemovedGates(now: CheckedField, was: CheckedField): void {
  const before = new Set(was.items.map((gate) => gate.child('name').text));
  for (const gate of now.items) {
    if (before.has(gate.child('name').text)) continue;
    gate.child('name').forbidden('only deletion is allowed, but found new scheduling gate', HINT);
  }
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateNodeSelectorMutation, validateNodeAffinityMutation 1.36 */
function onlyAddedSelectors(now: CheckedField, was: CheckedField): void {
  if (was.entries.every((entry) => now.key(entry.name).value === entry.value)) return;
  now.invalid('only additions are allowed for a pod with scheduling gates', HINT);
}

/**
 * The fields of the spec that must not differ, but do.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePodUpdate 1.36
 */
function changedFields(now: unknown, was: unknown, isGated: boolean): string[] {
  const [spec, before] = [now, was].map((value) => (isPlainRecord(value) ? value : {})) as [
    PlainRecord,
    PlainRecord,
  ];
  const free = [
    'activeDeadlineSeconds',
    'tolerations',
    'schedulingGates',
    ...(isGated ? ['nodeSelector'] : []),
  ];
  const names = new Set([...Object.keys(spec), ...Object.keys(before)]);
  return [...names]
    .filter((name) => !free.includes(name))
    .filter((name) => {
      const [value, old] = [spec[name], before[name]].map((each) =>
        name === 'affinity' && isGated ? withoutNodeAffinity(each) : withoutImages(each, name),
      );
      return !equal(value, old);
    })
    .sort();
}

function withoutImages(value: unknown, name: string): unknown {
  if ((name !== 'containers' && name !== 'initContainers') || !Array.isArray(value)) return value;
  return value.map((container: unknown) =>
    isPlainRecord(container) ? { ...container, image: '' } : container,
  );
}

function withoutNodeAffinity(value: unknown): unknown {
  if (!isPlainRecord(value)) return undefined;
  const { nodeAffinity: _, ...rest } = value;
  return Object.keys(rest).length === 0 ? undefined : rest;
}
