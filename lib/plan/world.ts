import type { ApplyMethod, RequestMethod } from '../apiserver/apply/method';
import type { Server } from '../apiserver/update/kind';
import type { Cluster } from '../graph/cluster';
import { requestOf } from '../kube/deployers/request';
import type { KubeObject } from '../manifest/manifest';
import { AssumedKinds, ClusterDefinitions } from './assumed-kinds';
import { ChangedKinds } from './definitions';

/** One cluster before and after a change, and how its objects are applied. */
export interface Sides {
  readonly before: Cluster;
  readonly after: Cluster;
  readonly method?: ApplyMethod;
  /** Whether both exist side by side, so that nobody applies one over the other. @default false */
  readonly areApart?: boolean;
}

/** What decides about a change, apart from the object itself. */
export interface World {
  readonly server: Server & { readonly definitions: ClusterDefinitions };
  readonly kinds: ChangedKinds;
  readonly before: Cluster;
  readonly after: Cluster;
  readonly method?: ApplyMethod;
}

/** @param kinds what becomes of definitions, once that is known */
export function worldOf({ before, after, method }: Sides, kinds: ChangedKinds = new ChangedKinds([])): World {
  const { kubernetes } = after;
  const assumed = new AssumedKinds(after, before);
  const server = {
    kubernetes,
    definitions: new ClusterDefinitions(kubernetes, assumed, kinds.standing, after.set, before.set),
    before: new ClusterDefinitions(kubernetes, assumed, before.set, after.set),
  };
  return { server, kinds, before, after, ...(method !== undefined && { method }) };
}

/** How an object is sent: its annotations may ask for another way than that of all. */
export function methodOf({ metadata }: KubeObject, { method }: World): RequestMethod | undefined {
  return requestOf(metadata) ?? method;
}
