import type { CheckedField } from '../../checked-field';
import { allContainers } from './context';
import { podAnnotations } from './annotations';
import { podSpec } from './pod-spec';
import { matchingProfiles } from './profile-annotations';
import type { KindRule } from '../kind-rule';

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePodCreate 1.36 */
export const pod: KindRule = {
  kind: '/Pod',
  about: 'Containers, volumes, security, resources and scheduling of a pod.',
  beyond: 'Whether there are the ServiceAccount, PriorityClass and RuntimeClass that it names.',
  check(object) {
    const [metadata, spec] = [object.child('metadata'), object.child('spec')];
    podAnnotations(metadata.child('annotations'), spec);
    podSpec(spec, metadata);
    matchingProfiles(metadata.child('annotations'), spec, true);
    onlyPods(spec);
    onlyByClass(spec);
  },
};

/**
 * Rules for pods that, because of existing objects, do not apply to templates.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePodCreate, validateImageVolumeSource 1.36
 */
function onlyPods(spec: CheckedField): void {
  for (const container of allContainers(spec)) {
    const image = container.child('image');
    if (image.text !== image.text.trim()) image.invalid('must not begin or end with white space');
  }
  const ephemeral = spec.child('ephemeralContainers');
  if (ephemeral.size > 0) ephemeral.forbidden('must not be set: they are added to pods that run');
  const nodeName = spec.child('nodeName');
  if (nodeName.text !== '' && spec.child('schedulingGates').size > 0) {
    nodeName.forbidden('must not be set while there are schedulingGates');
  }
}

/** The built-in priority classes and their values. */
const BUILT_IN_PRIORITIES: ReadonlyMap<string, number> = new Map([
  ['', 0],
  ['system-cluster-critical', 2_000_000_000],
  ['system-node-critical', 2_000_001_000],
]);

/**
 * Fields that come from a PriorityClass or RuntimeClass, which a pod cannot set itself. Only the cluster knows the
 * other classes, so a pod that names one is accepted.
 *
 * @source k8s.io/kubernetes plugin/pkg/admission/priority/admission.go Plugin.admitPod 1.36
 * @source k8s.io/kubernetes plugin/pkg/admission/runtimeclass/admission.go RuntimeClass.Admit 1.36
 */
function onlyByClass(spec: CheckedField): void {
  const [priority, preemption, overhead] = ['priority', 'preemptionPolicy', 'overhead'].map((name) =>
    spec.child(name),
  ) as [CheckedField, CheckedField, CheckedField];
  const expected = BUILT_IN_PRIORITIES.get(spec.child('priorityClassName').text);
  if (expected !== undefined) {
    if (priority.isSet && priority.number !== expected)
      priority.forbidden('must come from a priorityClassName');
    if (preemption.text === 'Never') preemption.forbidden('must come from a priorityClassName');
  }
  if (overhead.size > 0 && spec.child('runtimeClassName').text === '') {
    overhead.forbidden('must come from a runtimeClassName');
  }
}
