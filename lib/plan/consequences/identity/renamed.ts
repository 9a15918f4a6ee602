import { recordIn, recordsIn } from '../../../apiserver/defaults/plain';
import { formatId, type KubeObject, type Manifest } from '../../../manifest/manifest';
import { push } from '../../../kube/grouped';
import { isPlainRecord, type PlainRecord } from '../../../manifest/data';
import { KEPT_NAMES } from '../../successors';
import type { ConsequenceRule, Step, Report } from '../rule';
import { kindOf } from '../words';
import { jsonText } from '../../../manifest/json-text';

export const renamed: ConsequenceRule = {
  kind: 'identity',
  about: 'An object is renamed or moved, and the cluster sees a deletion and a creation.',
  run({ steps }, report) {
    const gone = new Map<string, Step[]>();
    for (const step of steps) {
      if (step.change.effect !== 'deleted') continue;
      push(gone, kindOf(step), step);
    }
    for (const step of steps) {
      if (step.change.effect === 'created') recognize(step, gone.get(kindOf(step)) ?? [], report);
    }
  },
};

/** At least this much of both objects has to be the same. */
const LIKENESS = 0.75;
/** Beyond so many candidates nobody has renamed by hand. */
const MOST_CANDIDATES = 50;

function recognize(step: Step, candidates: Step[], report: Report): void {
  const { after } = step.change;
  if (after === undefined || !KEPT_NAMES.has(kindOf(step))) return;
  let [best, most] = [-1, LIKENESS];
  for (const [index, candidate] of candidates.slice(0, MOST_CANDIDATES).entries()) {
    const { before } = candidate.change;
    const likeness = before === undefined ? 0 : likenessOf(before, after);
    if (likeness >= most) [best, most] = [index, likeness];
  }
  const [found] = best < 0 ? [] : candidates.splice(best, 1);
  const before = found?.change.before;
  if (before === undefined) return;
  const way = before.id.name === after.id.name ? 'moved' : 'renamed';
  const message = `${formatId(after.id)} replaces ${formatId(before.id)} (${way}): the old one is deleted and a new one is created${costs(before.object)}. Keep the name to change it in place${wayToKeep(after)}.`;
  report(step, 'warning', message);
}

/**
 * A construct that has moved keeps its names and selectors if it knows its former path; to one that is called by a prop, the
 * former name has to be given.
 */
function wayToKeep({ origin, id }: Manifest): string {
  const path = (origin?.construct ?? '').split('/').slice(origin?.environment === undefined ? 0 : 1);
  const ids = path.filter((each) => each !== 'Resource' && each !== 'Default');
  return ids.join('-') === id.name ? ': set movedFrom to the former path of the construct' : '';
}

function costs({ kind, spec }: KubeObject): string {
  const claims = recordsIn(isPlainRecord(spec) ? spec : {}, 'volumeClaimTemplates');
  if (kind === 'StatefulSet' && claims.length > 0)
    return ', with new, empty claims in addition to the old ones';
  if (kind === 'PersistentVolumeClaim') return ', with a new, empty volume';
  if (kind === 'Service') return ', with another address and host name';
  return '';
}

/** The fields of an object, each as it is and without the name of the object. */
interface Leaves {
  readonly each: readonly (readonly [leaf: string, unnamed: string])[];
  readonly all: ReadonlySet<string>;
}

const read = new WeakMap<Manifest, Leaves>();

function leavesOf(manifest: Manifest): Leaves {
  const known = read.get(manifest);
  if (known !== undefined) return known;
  const { object, id } = manifest;
  const each = leaves(bodyOf(object), '').map((leaf) => [leaf, leaf.replaceAll(id.name, '*')] as const);
  const found = { each, all: new Set(each.flat()) };
  read.set(manifest, found);
  return found;
}

/** The share of fields that are the same in both, whether or not their own names are in them. */
function likenessOf(a: Manifest, b: Manifest): number {
  const [left, right] = [leavesOf(a), leavesOf(b)];
  const most = Math.max(left.each.length, right.each.length, 1);
  if (Math.min(left.each.length, right.each.length) < LIKENESS * most) return 0;
  const shared = left.each.filter(([leaf, unnamed]) => right.all.has(leaf) || right.all.has(unnamed)).length;
  return shared / most;
}

function bodyOf({ apiVersion: _version, kind: _kind, metadata, ...rest }: KubeObject): PlainRecord {
  return { ...rest, labels: recordIn(metadata, 'labels') };
}

function leaves(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => leaves(each, `${path}.${index}`));
  if (isPlainRecord(value))
    return Object.entries(value).flatMap(([key, each]) => leaves(each, `${path}.${key}`));
  return value === undefined ? [] : [`${path}=${jsonText(value)}`];
}
