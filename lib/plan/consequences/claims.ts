import { knownOf, type Entry } from '../../graph/objects';
import type { Cluster } from '../../graph/cluster';
import { compareQuantities, parseQuantity } from '../../kube/quantity';
import { recordIn, recordsIn } from '../../apiserver/defaults/plain';
import type { PlainRecord } from '../../manifest/data';
import type { Step, Report } from './rule';
import { kindOf, nameOf, specOf } from './workload';

/** The size that a claim asks for. */
export function sizeOf(spec: PlainRecord): string {
  return String(recordIn(recordIn(spec, 'resources') ?? {}, 'requests')?.['storage']);
}

/** The class that a claim names, where the set has it. */
export function storageClassOf(claim: PlainRecord, cluster: Cluster): Entry | undefined {
  const className = claim['storageClassName'];
  return knownOf(cluster, 'storage.k8s.io/StorageClass').find(
    ({ manifest }) => manifest.id.name === className,
  );
}

/**
 * A claim that asks for more.
 *
 * Source: the admission plugin PersistentVolumeClaimResize, which asks the class for `allowVolumeExpansion`.
 */
export function grown(
  step: Step,
  [old, size]: readonly [string, string],
  after: Cluster,
  report: Report,
): void {
  if (size === old) return;
  const name = `${nameOf(step)} grows from ${old} to ${size}`;
  const storageClass = storageClassOf(specOf(step), after);
  if (storageClass === undefined)
    return report(step, 'info', `${name}, where its storage class allows that, and cannot shrink again.`);
  if (storageClass.root.child('allowVolumeExpansion').value === true)
    return report(step, 'info', `${name}, and cannot shrink again.`);
  const className = `StorageClass ${storageClass.manifest.id.name}`;
  report(
    step,
    'error',
    `${name}, which the API server refuses: ${className} does not set allowVolumeExpansion. Set that first, where its driver can grow volumes, or make a larger claim under a new name and copy the data.`,
  );
}

/** What becomes of data where a claim, or the template of claims, asks for what volumes that exist cannot become. */
export function claims(step: Step, report: Report): void {
  const { was, now, change } = step;
  if (change.effect !== 'rejected' || was === undefined || now === undefined) return;
  const [old, spec] = [was, now].map((each) => recordIn(each, 'spec') ?? {}) as [PlainRecord, PlainRecord];
  const name = nameOf(step);
  if (kindOf(step) === '/PersistentVolumeClaim' && classOf(old) !== classOf(spec))
    report(
      step,
      'warning',
      `The data of ${name} stays on ${classOf(old)}, since no claim changes its storage class. To move it to ${classOf(spec)}, make a new claim of that class, copy the data, and let the pods mount the new one.`,
    );
  if (kindOf(step) === 'apps/StatefulSet')
    for (const pair of templates(old, spec)) template(name, step, pair, report);
}

interface Template {
  readonly claim: string;
  readonly old: PlainRecord;
  readonly spec: PlainRecord;
}

function templates(was: PlainRecord, now: PlainRecord): Template[] {
  const old = new Map(recordsIn(was, 'volumeClaimTemplates').map((each) => [nameIn(each), each]));
  return recordsIn(now, 'volumeClaimTemplates').flatMap((each): Template[] => {
    const before = old.get(nameIn(each));
    if (before === undefined) return [];
    return [{ claim: nameIn(each), old: recordIn(before, 'spec') ?? {}, spec: recordIn(each, 'spec') ?? {} }];
  });
}

function template(name: string, step: Step, { claim, old, spec }: Template, report: Report): void {
  const orphan = `delete ${name} with --cascade=orphan and apply it again`;
  if (classOf(old) !== classOf(spec))
    report(
      step,
      'warning',
      `The claims ${claim} of ${name} stay on ${classOf(old)}, whatever its template says: only claims of pods yet to come would be of ${classOf(spec)}. For that, ${orphan}; to move the data, replace claim after claim and copy it.`,
    );
  const [size, before] = [parseQuantity(sizeOf(spec)), parseQuantity(sizeOf(old))];
  const growth = size === undefined || before === undefined ? 0 : compareQuantities(size, before);
  if (growth > 0)
    report(
      step,
      'warning',
      `The claims ${claim} of ${name} stay at ${sizeOf(old)}: set each to ${sizeOf(spec)} by itself, where its storage class allows that, then ${orphan}, so that pods yet to come get as much.`,
    );
  if (growth < 0)
    report(
      step,
      'warning',
      `The claims ${claim} of ${name} stay at ${sizeOf(old)}, since no volume shrinks: only claims of pods yet to come would have ${sizeOf(spec)}. For that, ${orphan}.`,
    );
}

function nameIn(claim: PlainRecord): string {
  return String(recordIn(claim, 'metadata')?.['name']);
}

function classOf(spec: PlainRecord): string {
  const name = spec['storageClassName'];
  if (name === '') return 'no StorageClass';
  return typeof name === 'string' ? `StorageClass ${name}` : 'the default StorageClass';
}
