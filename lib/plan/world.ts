import type { ApplyMethod, RequestMethod } from '../apiserver/apply/method';
import type { Server } from '../apiserver/update/kind';
import type { Cluster } from '../graph/cluster';
import { featureGatesOf } from '../graph/feature-gates';
import { requestOf } from '../kube/deployers/request';
import type { KubeObject } from '../manifest/manifest';
import { AssumedKinds, ClusterDefinitions } from './assumed-kinds';
import { ChangedKinds } from './definitions';
import { StandingPolicies } from './standing-policies';

/** One cluster before and after a change, and how its objects are applied. */
export interface Sides {
  readonly before: Cluster;
  readonly after: Cluster;
  readonly method?: ApplyMethod;
  /** Whether both exist side by side, so that nobody applies one over the other. @default false */
  readonly areApart?: boolean;
  /** Of a cluster as it is: who applies over it, whatever else its objects have. @default whoever had applied `before` */
  readonly live?: LiveApply;
}

/** How Seaworthy applies over a cluster as it is: what objects say to other deployers does not count. */
export interface LiveApply {
  /** The manager of the fields; what it applied before, managed fields say. */
  readonly manager: string;
  /** Objects that are deleted and created again where the API server refuses to change them, by `identityKey`. */
  readonly recreate?: ReadonlySet<string>;
  /** What was applied last, by `identityKey`: what is gone of it since, somebody has removed. @default not known */
  readonly recorded?: ReadonlyMap<string, KubeObject>;
  /** Managers that write the status of objects of the cluster. @default none */
  readonly controllers?: ReadonlySet<string>;
}

/** What decides about a change, apart from the object itself. */
export interface World {
  readonly server: Server & { readonly definitions: ClusterDefinitions };
  readonly kinds: ChangedKinds;
  readonly policies: StandingPolicies;
  readonly before: Cluster;
  readonly after: Cluster;
  readonly method?: ApplyMethod;
  readonly live?: LiveApply;
}

/** @param kinds what becomes of definitions, once that is known */
export function worldOf(
  { before, after, method, live }: Sides,
  kinds: ChangedKinds = new ChangedKinds([]),
): World {
  const { kubernetes } = after;
  const assumed = new AssumedKinds(after, before);
  const server = {
    kubernetes,
    gates: featureGatesOf(after),
    definitions: new ClusterDefinitions(
      kubernetes,
      assumed,
      kinds.standing,
      after.set,
      before.set,
      after.assumed,
    ),
    before: new ClusterDefinitions(kubernetes, assumed, before.set, after.set, after.assumed),
    ...(live !== undefined && { manager: live.manager }),
  };
  return {
    server,
    kinds,
    policies: new StandingPolicies(before, after, server),
    before,
    after,
    ...(method !== undefined && { method }),
    ...(live !== undefined && { live }),
  };
}

/** How an object is sent: its annotations may ask for another way than that of all. */
export function methodOf({ metadata }: KubeObject, { method, live }: World): RequestMethod | undefined {
  return live === undefined ? (requestOf(metadata) ?? method) : method;
}
