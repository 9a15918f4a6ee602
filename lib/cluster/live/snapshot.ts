import type { Knowledge } from '../../graph/around';
import type { Target } from '../../graph/reference';
import type { PlainRecord } from '../../manifest/data';
import { groupOf, identityKey, type KubeObject, type Manifest } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { emitDocuments } from '../../manifest/yaml/emit';
import { recordsAt, textAt } from '../fields';
import type { Surroundings } from './surroundings-types';

const API_VERSION = 'seaworthy/v1';
const KIND = 'Snapshot';

/** What a snapshot tells of a cluster. */
export interface Snapshot {
  /** Objects that the cluster has. */
  readonly objects: ManifestSet;
  /** What of the cluster is known, and what the user could not read. */
  readonly knowledge: Knowledge;
  /** The version of the server: `v1.36.3`. */
  readonly kubernetes: string;
  /** The namespace of manifests without one. */
  readonly namespace: string;
}

/** The files of a snapshot, by their paths: the objects by namespace and kind, and what is known of the rest. */
export function snapshotFiles(surroundings: Surroundings): Map<string, string> {
  const files = new Map<string, KubeObject[]>([['snapshot.yaml', [aboutOf(surroundings)]]]);
  for (const object of surroundings.objects) {
    const { namespace } = object.metadata;
    const group = groupOf(object.apiVersion);
    const kind = `${object.kind.toLowerCase()}${group === '' ? '' : `.${group}`}`;
    const path = `${namespace === undefined ? 'cluster' : `namespaces/${namespace}`}/${kind}.yaml`;
    files.set(path, [...(files.get(path) ?? []), object]);
  }
  return new Map([...files].map(([path, objects]) => [path, emitDocuments(objects)]));
}

/** What is read of a cluster, as a snapshot of it tells. */
export function snapshotOf(surroundings: Surroundings): Snapshot {
  const { objects, ...rest } = surroundings;
  const set = ManifestSet.of(objects);
  return {
    objects: set,
    knowledge: knowledgeOf(rest),
    kubernetes: surroundings.kubernetes,
    namespace: surroundings.namespace,
  };
}

/** The snapshots among manifests that were read, in one; undefined where there is none, and all else is as it was. */
export function snapshotIn(manifests: readonly Manifest[]): Snapshot | undefined {
  const abouts = manifests.filter(isAbout).map(({ object }) => object['spec']);
  if (abouts.length === 0) return undefined;
  const all = (field: 'listed' | 'missing' | 'unread') =>
    abouts.flatMap((about) => recordsAt(about, field)).map(targetIn);
  const first = (field: string): string =>
    abouts.map((about) => textAt(about, field)).find((text) => text !== '') ?? '';
  return {
    objects: ManifestSet.from(manifests.filter((manifest) => !isAbout(manifest))),
    knowledge: knowledgeOf({ listed: all('listed'), missing: all('missing'), unread: all('unread') }),
    kubernetes: first('kubernetes'),
    namespace: first('namespace') || 'default',
  };
}

function isAbout({ id }: Manifest): boolean {
  return id.apiVersion === API_VERSION && id.kind === KIND;
}

function aboutOf({ kubernetes, namespace, listed, missing, unread }: Surroundings): KubeObject {
  return {
    apiVersion: API_VERSION,
    kind: KIND,
    metadata: { name: 'snapshot' },
    spec: { kubernetes, namespace, listed, missing, unread },
  };
}

function targetIn(record: PlainRecord): Target {
  const namespace = textAt(record, 'namespace');
  return {
    group: textAt(record, 'group'),
    kind: textAt(record, 'kind'),
    name: textAt(record, 'name'),
    ...(namespace !== '' && { namespace }),
  };
}

type Kinds = readonly Omit<Target, 'name'>[];

function knowledgeOf({
  listed,
  missing,
  unread,
}: {
  readonly listed: Kinds;
  readonly missing: readonly Target[];
  readonly unread: Kinds;
}): Knowledge {
  const [known, hidden] = [listed, unread].map((kinds) => new Set(kinds.map(placeKey)));
  const absent = new Set(missing.map((target) => `${placeKey(target)}/${target.name}`));
  return {
    isComplete: (target) =>
      known?.has(placeKey(target)) === true || absent.has(`${placeKey(target)}/${target.name}`),
    isHidden: (target) => hidden?.has(placeKey(target)) === true,
  };
}

function placeKey({ group, kind, namespace = '' }: Omit<Target, 'name'>): string {
  return `${group}/${kind}/${namespace}`;
}

/** The objects of a snapshot beside manifests: of what these have themselves, theirs counts. */
export function besides(objects: ManifestSet, own: Iterable<Manifest>): ManifestSet {
  if (objects.size === 0) return objects;
  const names = new Set([...own].map(({ id }) => identityKey(id)));
  return objects.filter(({ id }) => !names.has(identityKey(id)));
}
