import { scopeOf } from '../../kube/kinds';
import type { Server } from '../../apiserver/update/kind';
import { nearestRelease } from '../../kube/schema';
import {
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
import type { Resources } from '../client/resources';
import { readPolicies } from '../live/policies';
import { readLive, type Unread } from '../live/read';
import { LiveReader } from '../live/reader';
import { Questions } from './alike/questions';
import { boundsOf } from './bounds';
import { Foundations } from './foundations';
import type { Inquiry } from './inquiry';
import { setOf, type Target } from './targets';
import type { Trial } from './trial';
import { trialsOf } from './trials';
import { MANAGER } from './types';

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

/** Looks at everything that applying would do, by our own plan and by the server's dry run. Only reads. */
export async function survey(cluster: Cluster, resources: Resources, inquiry: Inquiry): Promise<Survey> {
  const { targets, given, members, signal } = inquiry;
  const set = setOf(targets, given);
  const ids = targets.map(({ manifest }) => manifest.id);
  const [{ objects: live, unread }, bounds, ...around] = await Promise.all([
    readLive(cluster, ids, signal, resources),
    boundsOf(cluster, targets, signal),
    definitionsFor(cluster, targets, resources, signal),
    policiesOver(cluster, targets, signal),
  ]);
  const options: LiveOptions = {
    manager: MANAGER,
    kubernetes: nearestRelease(cluster.version),
    assume: ManifestSet.from(distinct([bounds.manifests, ...around].flatMap((manifests) => [...manifests]))),
    recreate: new Set(
      targets.filter(({ manifest: { id } }) => inquiry.isRecreated(id)).map(({ key }) => key),
    ),
    ...(inquiry.recorded !== undefined && { recorded: inquiry.recorded }),
  };
  const others = members.filter((object) => !live.has(identityKey(identify(object))));
  const there = [...live.values(), ...others];
  const questions = new Questions(cluster, signal);
  if (!inquiry.triesAll) await questions.askAhead(targets, live, bounds.mayCount);
  const { changes, server, created } = livePlan(there, set, options);
  const trials = await trialsOf(cluster, inquiry, {
    live,
    changes,
    server,
    created,
    foundations: new Foundations(set, live, changes),
    isCounted: bounds.mayCount,
    questions,
  });
  return {
    targets,
    set,
    live,
    unread,
    changes,
    trials,
    server,
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
