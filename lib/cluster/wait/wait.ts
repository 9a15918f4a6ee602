import { setTimeout as sleep } from 'node:timers/promises';
import { kindFacts } from '../../kube/schema/kind-table';
import type { ObjectId } from '../../manifest/manifest';
import type { Cluster } from '../client/cluster';
import { Observation } from '../client/observe';
import { Resources } from '../client/resources';
import { Related } from './related';
import { isSettledAtOnce } from './settled';
import { soughtFor } from './sought';
import type { WaitOptions, WaitResult } from './types';
import { Vigil } from './vigil';

/** Milliseconds in which changes are gathered: a rollout changes several objects at once. */
const GATHERED = 200;

/**
 * Waits until objects are ready: rolled out, bound, established, done, as is right for their kind. It watches them, and goes
 * on over cut connections and a server that is away for a while. It ends before its time once an object does not get
 * ready any more: its controller has given up, a container was restarted three times, or an image cannot be pulled or a
 * pod not be created for a minute without any progress. What somebody may still bring is waited for: a node, a Secret, a
 * volume.
 *
 * @returns a result for each identity, in their order
 * @throws SeaworthyError CLUSTER_UNAUTHORIZED, CLUSTER_FAILED
 */
export async function waitFor(
  cluster: Cluster,
  ids: readonly ObjectId[],
  options: WaitOptions = {},
): Promise<WaitResult[]> {
  const { signal, onProgress } = options;
  const placed = await placedIn(cluster, ids);
  const slow = placed.filter((id) => !isSettledAtOnce(id));
  if (slow.length === 0) return placed.map((id) => ({ id, state: 'ready', lines: [] }));
  const ended = new AbortController();
  const end = AbortSignal.any([ended.signal, ...(signal === undefined ? [] : [signal])]);
  const vigil = new Vigil(slow, options, Date.now());
  const observed = new Observation(cluster, soughtFor(slow), { signal: end, patient: true });
  try {
    while (!vigil.isOver && !end.aborted) {
      await observed.changed(Math.max(0, vigil.end - Date.now()));
      await sleep(GATHERED, undefined, { signal: end }).catch(() => undefined);
      const unread = new Set(observed.forbidden.values());
      vigil.look(new Related(observed.objects(), Date.now(), unread), observed);
      onProgress?.(vigil.progress());
    }
    const results = await vigil.results(cluster);
    return placed.map((id) => results.get(id) ?? { id, state: 'ready', lines: [] });
  } finally {
    ended.abort();
  }
}

/** With the namespace in which an object without one is. */
async function placedIn(cluster: Cluster, ids: readonly ObjectId[]): Promise<ObjectId[]> {
  const resources = new Resources(cluster);
  const { namespace } = cluster;
  return Promise.all(
    ids.map(async (id) => {
      if (id.namespace !== undefined) return id;
      const facts = kindFacts(id.apiVersion, id.kind);
      if (facts !== undefined) return facts.scope === 'Namespaced' ? { ...id, namespace } : id;
      return (await resources.of(id))?.namespaced === true ? { ...id, namespace } : id;
    }),
  );
}
