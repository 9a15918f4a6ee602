import type { ApplyMethod } from '../apiserver/apply/method';
import type { Server } from '../apiserver/update/kind';
import { clusterPairs, type ClusterPair } from '../graph/clusters';
import type { PlainRecord } from '../manifest/data';
import { identify, identityKey, type KubeObject } from '../manifest/manifest';
import { ManifestSet, scopedBy } from '../manifest/set';
import type { Change } from './change';
import { statusWriters } from './drift/managers';
import { inOrder } from './in-order';
import { planWithSteps } from './plan-cluster';
import type { LiveApply } from './world';

/** What is known of the cluster, and how the set is applied over it. */
export interface LiveOptions extends Omit<LiveApply, 'controllers'> {
  /** @default that of the environment's profile, else the newest that Seaworthy knows */
  readonly kubernetes?: string;
  /** Objects that the cluster has in addition, such as definitions of custom kinds. @default none */
  readonly assume?: ManifestSet;
  /** What is known of the cluster otherwise. @default what the set knows of its environment's */
  readonly profile?: ClusterPair['after']['profile'];
  /** @default 'server-side' */
  readonly method?: ApplyMethod;
}

/**
 * What becomes of objects as a cluster has them, with their managed fields, when Seaworthy applies `set` over them, and
 * deletes those that it does not have.
 */
export function planLive(
  live: readonly KubeObject[],
  set: ManifestSet,
  options: LiveOptions,
): readonly Change[] {
  return livePlan(live, set, options).changes;
}

/** What becomes of objects of a cluster, and what decided that. */
export interface LivePlan {
  readonly changes: readonly Change[];
  /** The API server by which objects were read; undefined where there are none. */
  readonly server: Server | undefined;
  /** New objects as the server would hold them, by `identityKey`. */
  readonly created: Map<string, PlainRecord>;
}

/** See `planLive`. */
export function livePlan(live: readonly KubeObject[], set: ManifestSet, options: LiveOptions): LivePlan {
  const { pairs, before, after, how, method } = sidesOf(live, set, options);
  const clusters = pairs.map((pair) => planWithSteps({ ...pair, method, live: how }));
  const there = new Set(live.map((object) => identityKey(identify(object))));
  const created = new Map<string, PlainRecord>();
  for (const { change, now } of clusters.flatMap(({ steps }) => steps)) {
    const key = identityKey(change.id);
    if (now !== undefined && !there.has(key)) created.set(key, now);
  }
  return { changes: inOrder(clusters, before, after), server: clusters[0]?.server, created };
}

interface LiveSides {
  readonly pairs: readonly ClusterPair[];
  readonly before: ManifestSet;
  readonly after: ManifestSet;
  readonly how: LiveApply;
  readonly method: ApplyMethod;
}

function sidesOf(
  live: readonly KubeObject[],
  set: ManifestSet,
  { kubernetes, assume, profile, method = 'server-side', ...how }: LiveOptions,
): LiveSides {
  const there = ManifestSet.from(live.map((object) => ({ object, id: identify(object) })));
  const around = assume === undefined ? [] : [assume];
  const [before, after] = [scopedBy(there, set, ...around), scopedBy(set, there, ...around)];
  const facts = {
    ...(profile !== undefined && { profile }),
    ...(kubernetes !== undefined && { kubernetes }),
    ...(assume !== undefined && { assume }),
  };
  const applied: LiveApply = { ...how, controllers: statusWriters(live) };
  return { pairs: clusterPairs(before, after, facts), before, after, how: applied, method };
}
