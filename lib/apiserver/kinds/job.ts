import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import { atLeast } from '../../kube/at-least';
import { recordIn, recordsIn } from '../defaults/plain';
import type { CheckedField } from '../admission/checked-field';
import { equal } from '../update/equal';
import type { KindUpdate } from './kind-update';

/** Labels by which a Job without a manual selector finds its pods. Their value is the UID that the server assigns. */
const UID_LABELS = ['controller-uid', 'batch.kubernetes.io/controller-uid'];
const NAME_LABELS = ['job-name', 'batch.kubernetes.io/job-name'];

/** @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go ValidateJobUpdate, ValidateJobSpecUpdate 1.36 */
export const jobUpdate: KindUpdate = {
  kind: 'batch/Job',
  about:
    'The template may not change, apart from where and with which resources its pods run while the Job is suspended; completions only together with parallelism in an Indexed Job.',
  settle: withOwnLabels,
  check(now, was) {
    completions(now.child('spec'), was.child('spec'));
    template(now.child('spec'), was.child('spec'));
  },
};

/**
 * Removes the generated selector and sets the generated labels without the UID, which is not known in advance. A Job
 * without labels, or with those of its template, shares them with the template: the server sets one map for both.
 *
 * @source k8s.io/kubernetes pkg/registry/batch/job/strategy.go generateSelector 1.36
 */
function withOwnLabels(job: PlainRecord): void {
  const [metadata, spec] = [recordIn(job, 'metadata'), recordIn(job, 'spec')];
  if (metadata === undefined || spec === undefined || spec['manualSelector'] === true) return;
  if (isGenerated(spec['selector'])) delete spec['selector'];
  const template = recordIn(spec, 'template') ?? {};
  const before = withoutUid(recordIn(template, 'metadata')?.['labels']);
  const own = Object.fromEntries(NAME_LABELS.map((label) => [label, metadata['name']]));
  const labels = { ...own, ...before };
  spec['template'] = { ...template, metadata: { ...recordIn(template, 'metadata'), labels } };
  const given = withoutUid(metadata['labels']);
  metadata['labels'] = Object.keys(given).length === 0 || equal(given, before) ? labels : given;
}

/** Whether a selector is the generated one: only the UID. */
function isGenerated(selector: unknown): boolean {
  if (!isPlainRecord(selector)) return false;
  const labels = Object.keys(recordIn(selector, 'matchLabels') ?? {});
  const isAlone = Object.keys(selector).length === 1;
  return isAlone && labels.length > 0 && labels.every((label) => UID_LABELS.includes(label));
}

function withoutUid(labels: unknown): PlainRecord {
  if (!isPlainRecord(labels)) return {};
  return Object.fromEntries(Object.entries(labels).filter(([label]) => !UID_LABELS.includes(label)));
}

/** @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go validateCompletions 1.36 */
function completions(now: CheckedField, was: CheckedField): void {
  const [field, before] = [now.child('completions'), was.child('completions')];
  if (field.value === before.value) return;
  const isIndexed = now.child('completionMode').text === 'Indexed';
  if (!isIndexed) field.invalid('field is immutable', REPLACE);
  else if (field.isSet && field.value !== now.child('parallelism').value) {
    field.invalid(
      `can only be changed together with parallelism, which is ${now.child('parallelism').number}`,
    );
  }
}

const REPLACE = 'Give the Job a new name, or delete it and apply it again: its pods then run anew.';

/** @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go validatePodTemplateUpdate 1.36 */
function template(now: CheckedField, was: CheckedField): void {
  const isSuspended = was.child('suspend').isTrue;
  const [field, before] = [now.child('template'), was.child('template')];
  const allowed = isSuspended ? withSuspendedChanges(before.value, field.value, now) : before.value;
  // Since 1.36 the server no longer checks the metadata in the template of a suspended Job.
  const isPodOnly = isSuspended && atLeast(now.kubernetes, '1.36');
  const [value, old] = isPodOnly ? [field.value, allowed].map(podOf) : [field.value, allowed];
  if (equal(value, old)) return;
  (isPodOnly ? now.child('template.spec') : field).invalid('field is immutable', REPLACE);
}

function podOf(template: unknown): unknown {
  return isPlainRecord(template) ? template['spec'] : undefined;
}

/**
 * The old template with the changes that a suspended Job allows.
 *
 * @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go validatePodTemplateUpdate 1.36
 */
function withSuspendedChanges(before: unknown, after: unknown, spec: CheckedField): unknown {
  if (!isPlainRecord(before) || !isPlainRecord(after)) return before;
  const [was, is] = [recordIn(before, 'spec') ?? {}, recordIn(after, 'spec') ?? {}];
  const pod: PlainRecord = { ...was, affinity: withNodeAffinity(was['affinity'], is['affinity']) };
  for (const name of ['nodeSelector', 'tolerations', 'schedulingGates']) pod[name] = is[name];
  if (spec.isOn('MutablePodResourcesForSuspendedJobs')) {
    for (const list of ['containers', 'initContainers']) {
      if (pod[list] !== undefined) pod[list] = withResources(recordsIn(was, list), recordsIn(is, list));
    }
  }
  const metadata = { ...recordIn(before, 'metadata') };
  for (const name of ['labels', 'annotations']) metadata[name] = recordIn(after, 'metadata')?.[name];
  return { ...before, metadata, spec: pod };
}

/** @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go validatePodTemplateUpdate 1.36 */
function withNodeAffinity(before: unknown, after: unknown): unknown {
  if (isPlainRecord(after)) {
    const affinity: PlainRecord = isPlainRecord(before) ? { ...before } : {};
    affinity['nodeAffinity'] = after['nodeAffinity'];
    return affinity;
  }
  if (!isPlainRecord(before)) return before;
  const { nodeAffinity: _, ...rest } = before;
  return Object.keys(rest).length === 0 ? undefined : rest;
}

/** @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go validatePodResourceUpdatesOnly 1.36 */
function withResources(before: readonly PlainRecord[], after: readonly PlainRecord[]): PlainRecord[] {
  if (before.length !== after.length) return [...before];
  return before.map((container, index) =>
    container['name'] === after[index]?.['name']
      ? { ...container, resources: after[index]?.['resources'] }
      : container,
  );
}
