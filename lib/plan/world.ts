import type { ApplyMethod } from '../apiserver/apply/method';
import { Definitions } from '../apiserver/admission/custom/definitions';
import type { Server } from '../apiserver/update/kind';
import type { Cluster } from '../graph/cluster';
import { ChangedKinds } from './definitions';

/** One cluster before and after a change, and how its objects are applied. */
export interface Sides {
  readonly before: Cluster;
  readonly after: Cluster;
  readonly method?: ApplyMethod;
}

/** What decides about a change, apart from the object itself. */
export interface World {
  readonly server: Server;
  readonly kinds: ChangedKinds;
  readonly after: Cluster;
  readonly method?: ApplyMethod;
}

/** @param kinds what becomes of definitions, once that is known */
export function worldOf({ before, after, method }: Sides, kinds: ChangedKinds = new ChangedKinds([])): World {
  const { kubernetes } = after;
  const server = {
    kubernetes,
    definitions: new Definitions(kubernetes, kinds.standing, after.set, before.set),
    before: new Definitions(kubernetes, before.set, after.set),
  };
  return { server, kinds, after, ...(method !== undefined && { method }) };
}
