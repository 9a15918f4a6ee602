import { SeaworthyError } from '../../errors';
import { isApplied } from '../../apiserver/apply/applied';
import { serverKind, type Server } from '../../apiserver/update/kind';
import { scopeOf } from '../../kube/kinds';
import { nearestRelease } from '../../kube/schema';
import {
  formatId,
  groupOf,
  identify,
  identityKey,
  type KubeObject,
  type Manifest,
  type ObjectId,
} from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import type { Change } from '../../plan/change';
import { livePlan, type LiveOptions } from '../../plan/plan-live';
import type { Cluster } from '../client/cluster';
import { listObjects } from '../client/objects';
import type { ApiResource, Resources } from '../client/resources';
import { readPolicies } from '../live/policies';
import { readLive, type Unread } from '../live/read';
import { LiveReader } from '../live/reader';
import { differencesOf, type Sides } from './compare';
import { Foundations } from './foundations';
import { limited } from '../limited';
import { setOf, type Target } from './targets';
import { tryObject, UNCHANGED, UNTRIED, type Answered, type Trial } from './trial';
import { MANAGER, type FieldConflict, type RefusedObject } from './types';

/** What is known before anything is written. */
export interface Survey {
  readonly targets: readonly Target[];
  /** The objects as they are sent. */
  readonly set: ManifestSet;
  /** What is there, by `identityKey`. */
  readonly live: ReadonlyMap<string, KubeObject>;
  readonly unread: readonly Unread[];
  readonly changes: readonly Change[];
  /** What the server would do, by `identityKey`. */
  readonly trials: ReadonlyMap<string, Trial>;
  /** How our plan reads objects. */
  readonly server: Server | undefined;
}

/** What is asked for. */
export interface Inquiry {
  readonly targets: readonly Target[];
  /** What the set was before its objects got their places. */
  readonly given: ManifestSet;
  /** Objects of the application that are there, and may be in the set no longer. */
  readonly members: readonly KubeObject[];
  /** What was applied last, by `identityKey`. @default not known */
  readonly recorded?: ReadonlyMap<string, KubeObject> | undefined;
  readonly isRecreated: (id: ObjectId) => boolean;
  readonly mayTake: (conflict: FieldConflict) => boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Looks at everything that applying would do, by our own plan and by the server's dry run. Only reads. */
export async function survey(cluster: Cluster, resources: Resources, inquiry: Inquiry): Promise<Survey> {
  const { targets, given, members, signal } = inquiry;
  const set = setOf(targets, given);
  const ids = targets.map(({ manifest }) => manifest.id);
  const [{ objects: live, unread }, ...around] = await Promise.all([
    readLive(cluster, ids, signal, resources),
    definitionsFor(cluster, targets, resources, signal),
    boundsOf(cluster, targets, signal),
    policiesOver(cluster, targets, signal),
  ]);
  const options: LiveOptions = {
    manager: MANAGER,
    kubernetes: nearestRelease(cluster.version),
    assume: ManifestSet.from(distinct(around.flatMap((manifests) => [...manifests]))),
    recreate: new Set(
      targets.filter(({ manifest: { id } }) => inquiry.isRecreated(id)).map(({ key }) => key),
    ),
    ...(inquiry.recorded !== undefined && { recorded: inquiry.recorded }),
  };
  const others = members.filter((object) => !live.has(identityKey(identify(object))));
  const there = [...live.values(), ...others];
  const { changes, server, created } = livePlan(there, set, options);
  const foundations = new Foundations(set, live, changes);
  const planned = new Map(changes.map((change) => [identityKey(change.id), change]));
  const trials = await limited(targets, async (target) => {
    const found = live.get(target.key);
    const change = planned.get(target.key);
    if (change?.effect === 'none' && isThere(target, found, server)) return UNCHANGED;
    const answered = await tried(cluster, target, { ...inquiry, live: found, foundations });
    return compared(answered, change, { server, live: found, created: taken(created, target.key) });
  });
  return {
    targets,
    set,
    live,
    unread,
    changes,
    trials: new Map(targets.map(({ key }, index) => [key, trials[index] ?? UNTRIED])),
    server,
  };
}

/** A trial with where it differs from our plan, without what the server answered: thousands of those are much to hold. */
function compared(
  answered: Answered,
  change: Change | undefined,
  { server, ...sides }: Sides & { readonly server: Server | undefined },
): Trial {
  // Nobody but us has judged it.
  if (answered === UNTRIED) return UNTRIED;
  const { object: _, isComparable, ...trial } = answered;
  if (!isComparable || change === undefined || server === undefined) return trial;
  const differences = differencesOf(change, answered, sides, server);
  return differences.length === 0 ? trial : { ...trial, differences };
}

/** The value of a key, which goes: nobody asks for it again. */
function taken<T>(values: Map<string, T>, key: string): T | undefined {
  const value = values.get(key);
  values.delete(key);
  return value;
}

/** Whether the server needs not be asked: it has the object just as it is applied. Our plan has come to the same. */
function isThere(
  { manifest: { object, id } }: Target,
  live: KubeObject | undefined,
  server: Server | undefined,
): boolean {
  if (live === undefined || server === undefined) return false;
  const { schema, isKnown } = serverKind(id.apiVersion, id.kind, server);
  return isKnown && isApplied(object, live, MANAGER, schema);
}

interface Trying extends Pick<Inquiry, 'mayTake' | 'signal'> {
  readonly live: KubeObject | undefined;
  readonly foundations: Foundations;
}

async function tried(cluster: Cluster, target: Target, around: Trying): Promise<Answered> {
  const { manifest, resource } = target;
  const { foundations } = around;
  if (resource === undefined) return { ...UNTRIED, refused: unserved(manifest.id) };
  if (foundations.areMissing(manifest)) return UNTRIED;
  const trial = await tryObject(cluster, target, around);
  const code = trial.refused?.code;
  // What it names comes with it: a binding its role, a pod its account.
  return (code === 403 || code === 404) && foundations.areIncomplete(manifest) ? UNTRIED : trial;
}

function unserved(id: ObjectId): RefusedObject & { readonly code: number } {
  return {
    id,
    code: 404,
    reason: 'NotFound',
    message: `the server does not serve ${id.kind} of ${id.apiVersion}`,
    hint: `Install what defines it, or apply its CustomResourceDefinition with it: ${formatId(id)} cannot be stored before.`,
  };
}

/** Definitions of custom kinds that the server has, of those kinds that are applied. */
async function definitionsFor(
  cluster: Cluster,
  targets: readonly Target[],
  resources: Resources,
  signal: AbortSignal | undefined,
): Promise<ManifestSet> {
  const custom = targets.flatMap(({ resource }) =>
    resource === undefined || scopeOf(resource.apiVersion, resource.kind) !== undefined ? [] : [resource],
  );
  const names = new Set(custom.map(({ plural, apiVersion }) => `${plural}.${groupOf(apiVersion)}`));
  const ids = [...names].map((name): ObjectId => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    name,
  }));
  const { objects } = await readLive(cluster, ids, signal, resources);
  return ManifestSet.from([...objects.values()].map((object) => ({ object, id: identify(object) })));
}

/** The first of each identity: a param may be of a kind that is applied, too. */
function distinct(manifests: readonly Manifest[]): Manifest[] {
  return [
    ...new Map([...manifests].reverse().map((each) => [identityKey(each.id), each])).values(),
  ].reverse();
}

/** Admission policies of the cluster, with what they are chosen by; none where the user may not list them. */
async function policiesOver(
  cluster: Cluster,
  targets: readonly Target[],
  signal: AbortSignal | undefined,
): Promise<readonly Manifest[]> {
  const reader = new LiveReader(cluster, signal);
  const spaces = [...new Set(targets.flatMap(({ manifest: { id } }) => id.namespace ?? []))];
  const policies = await readPolicies(reader, spaces);
  if (policies.length === 0) return [];
  await reader.read(spaces.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', name })));
  const own = new Set(targets.map(({ key }) => key));
  const found = reader.found().objects.map((object) => ({ object, id: identify(object) }));
  return found.filter(({ id }) => !own.has(identityKey(id)));
}

/** Kinds that decide which pods a namespace lets in. */
const BOUNDS: readonly ApiResource[] = [
  { apiVersion: 'v1', kind: 'ResourceQuota', plural: 'resourcequotas', namespaced: true },
  { apiVersion: 'v1', kind: 'LimitRange', plural: 'limitranges', namespaced: true },
];

/** Quotas and limits of the namespaces with objects that are not applied themselves; none where the user may not list them. */
async function boundsOf(
  cluster: Cluster,
  targets: readonly Target[],
  signal: AbortSignal | undefined,
): Promise<readonly Manifest[]> {
  const own = new Set(targets.map(({ key }) => key));
  const namespaces = new Set(targets.flatMap(({ manifest: { id } }) => id.namespace ?? []));
  const listed = [...namespaces].flatMap((namespace) =>
    BOUNDS.map((resource) =>
      listObjects(cluster, resource, { namespace }, signal).catch((error: unknown): KubeObject[] => {
        if (error instanceof SeaworthyError && error.code === 'CLUSTER_FORBIDDEN') return [];
        throw error;
      }),
    ),
  );
  const found = (await Promise.all(listed)).flat().map((object) => ({ object, id: identify(object) }));
  return found.filter(({ id }) => !own.has(identityKey(id)));
}
