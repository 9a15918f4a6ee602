import { groupKind } from '../apiserver/kinds/registry';
import type { Cluster } from '../graph/cluster';
import type { NamingReference } from '../graph/reference';
import { referencesIn } from '../graph/references';
import { grouped } from '../kube/grouped';
import { CONSTRUCT_ANNOTATION } from '../manifest/annotations';
import { isPlainRecord } from '../manifest/data';
import type { Manifest } from '../manifest/manifest';
import { namePattern } from './name-pattern';
import type { Pair } from './pairs';

/** Kinds whose names are part of what they do: under another name they are other objects. */
export const KEPT_NAMES: ReadonlySet<string> = new Set([
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'batch/CronJob',
  '/Service',
  '/PersistentVolumeClaim',
  '/ServiceAccount',
  'networking.k8s.io/Ingress',
]);

/**
 * What new objects take the place of, where their names follow from their content or from a release: the object that their
 * reader read before, that of the same construct, or the one with a name of the same pattern and much the same fields.
 */
export function predecessorsOf(
  pairs: readonly Pair[],
  before: Cluster,
  after: Cluster,
): ReadonlyMap<Manifest, Manifest> {
  const created = pairs.flatMap((pair) => (pair.before === undefined && pair.after ? [pair.after] : []));
  const fresh = new Set(created.filter((manifest) => !KEPT_NAMES.has(kindOf(manifest))));
  const old = pairs.flatMap((pair) => (pair.before ? [pair.before] : []));
  const kinds = new Set(old.map(kindOf));
  const found = new Map<Manifest, Manifest>();
  if (![...fresh].some((manifest) => kinds.has(kindOf(manifest)))) return found;
  const lasting = pairs.flatMap(({ before: was, after: now }) => (was && now ? [[was, now] as const] : []));
  const gone = pairs.flatMap((pair) => (pair.after === undefined && pair.before ? [pair.before] : []));
  const around: Readers = { before, after, fresh, gone: new Set(gone) };
  byReader(lasting, around, found);
  bySameKey(fresh, newest(lasting), found, patternKey);
  bySameKey(fresh, gone, found, constructKey);
  bySameKey(fresh, gone, found, patternKey);
  // What is read by an object that has another name itself.
  byReader(
    [...found].map(([now, was]) => [was, now] as const),
    around,
    found,
  );
  return found;
}

function kindOf({ id }: Manifest): string {
  return groupKind(id.apiVersion, id.kind);
}

type Lasting = readonly (readonly [was: Manifest, now: Manifest])[];

interface Readers {
  readonly before: Cluster;
  readonly after: Cluster;
  readonly fresh: ReadonlySet<Manifest>;
  readonly gone: ReadonlySet<Manifest>;
}

function byReader(
  readers: Lasting,
  { before, after, fresh, gone }: Readers,
  found: Map<Manifest, Manifest>,
): void {
  const [then, now] = [referencesIn(before), referencesIn(after)];
  for (const [was, reader] of readers) {
    const wanted = named(now.from(reader)).filter(
      ({ found: target }) => target && fresh.has(target) && !found.has(target),
    );
    if (wanted.length === 0) continue;
    const still = new Set(named(now.from(reader)).map(nameOf));
    const left = named(then.from(was)).filter((reference) => !still.has(nameOf(reference)));
    const known = left.flatMap(({ path, found: target }) => (target ? [{ path, target }] : []));
    const byPath = new Map(known.map(({ path, target }) => [path, target]));
    const byPattern = new Map(known.toReversed().map(({ target }) => [patternKey(target), target]));
    const byKind = grouped(new Set(known.map(({ target }) => target)), kindOf);
    const fresher = grouped(new Set(wanted.flatMap(({ found: target }) => target ?? [])), kindOf);
    for (const { path, found: successor } of wanted) {
      if (successor === undefined) continue;
      const isOne = fresher.get(kindOf(successor))?.length === 1;
      const [only, ...others] = byKind.get(kindOf(successor)) ?? [];
      const pattern = patternKey(successor);
      const same = byPath.get(path);
      const predecessor =
        (isOne && others.length === 0 ? only : undefined) ??
        (pattern === undefined ? undefined : byPattern.get(pattern)) ??
        (same !== undefined && kindOf(same) === kindOf(successor) ? same : undefined);
      if (predecessor === undefined) continue;
      // One that stays for others has not been replaced, unless the names follow from content.
      const isSame = pattern !== undefined && patternKey(predecessor) === pattern;
      if (gone.has(predecessor) || isSame) found.set(successor, predecessor);
    }
  }
}

function nameOf({ target }: NamingReference): string {
  return `${target.kind}/${target.name}`;
}

function named(references: readonly { readonly type: string }[]): NamingReference[] {
  return references.filter((reference): reference is NamingReference => reference.type === 'names');
}

/** Former generations that the output keeps: the newest of each comes first, and is what was current before. */
function newest(lasting: Lasting): Manifest[] {
  const kept = new Map<string | undefined, Manifest>();
  for (const [was, { id, object }] of lasting) {
    const key = patternKey(was);
    const isHashed = object['immutable'] === true && /-[0-9a-f]{10}$/.test(id.name);
    if (isHashed && !kept.has(key)) kept.set(key, was);
  }
  return [...kept.values()];
}

type KeyOf = (manifest: Manifest) => string | undefined;

const constructKey: KeyOf = (manifest) => {
  const annotated = manifest.object.metadata.annotations?.[CONSTRUCT_ANNOTATION];
  const construct = manifest.origin?.construct ?? annotated;
  return construct === undefined ? undefined : JSON.stringify([kindOf(manifest), construct]);
};

const patternKey: KeyOf = (manifest) => {
  const pattern = namePattern(manifest.id.name);
  return pattern === undefined
    ? undefined
    : JSON.stringify([kindOf(manifest), manifest.id.namespace, pattern]);
};

/** Beyond so many objects of one key it is a fleet, and not one object after the other. */
const MOST_ALIKE = 30;

/** At least this share of the fields of both has to be set in both, whatever the values. */
const LIKENESS = 0.5;

function bySameKey(
  fresh: Iterable<Manifest>,
  gone: readonly Manifest[],
  found: Map<Manifest, Manifest>,
  keyOf: KeyOf,
): void {
  const taken = new Set(found.values());
  const old = grouped(
    gone.filter((manifest) => !taken.has(manifest)),
    keyOf,
  );
  for (const manifest of fresh) {
    const key = keyOf(manifest);
    const candidates = key === undefined || found.has(manifest) ? [] : (old.get(key) ?? []);
    if (candidates.length === 0 || candidates.length > MOST_ALIKE) continue;
    const scores = candidates.map((each) => likeness(each, manifest));
    const best = Math.max(...scores);
    const [predecessor] = best < LIKENESS ? [] : candidates.splice(scores.indexOf(best), 1);
    if (predecessor !== undefined) found.set(manifest, predecessor);
  }
}

/** The share of the fields that both have; equal values count a little more, so that the nearest of several wins. */
function likeness(a: Manifest, b: Manifest): number {
  const [left, right] = [leavesOf(a), leavesOf(b)];
  const most = Math.max(left.size, right.size);
  if (most === 0) return 1;
  let [shared, same] = [0, 0];
  for (const [path, value] of left) {
    if (!right.has(path)) continue;
    shared++;
    if (right.get(path) === value) same++;
  }
  return (shared + same / 100) / most;
}

const leaves = new WeakMap<Manifest, ReadonlyMap<string, unknown>>();

/** The fields of an object by their paths, without what names it. */
function leavesOf(manifest: Manifest): ReadonlyMap<string, unknown> {
  const known = leaves.get(manifest);
  if (known !== undefined) return known;
  const found = new Map<string, unknown>();
  const { metadata: _metadata, ...rest } = manifest.object;
  collect(rest, '', found);
  leaves.set(manifest, found);
  return found;
}

function collect(value: unknown, path: string, found: Map<string, unknown>): void {
  if (Array.isArray(value)) value.forEach((each, index) => collect(each, `${path}.${index}`, found));
  else if (isPlainRecord(value))
    for (const [key, each] of Object.entries(value)) collect(each, `${path}.${key}`, found);
  else if (value !== undefined) found.set(path, value);
}
