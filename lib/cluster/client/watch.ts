import { setTimeout as sleep } from 'node:timers/promises';
import { isPlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import type { Cluster } from './cluster';
import { pagesOf } from './objects';
import { failed } from './refusal';
import { collectionPath, type ApiResource } from './resources';
import type { Selection } from './selection';

/** What happened to an object, or that all of those that exist have been told. */
export type WatchEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: KubeObject }
  | { readonly type: 'LISTED'; readonly uids: ReadonlySet<string> };

/** Seconds after which the server ends a watch, which then goes on from where it was. */
const TURN = 240;

/** Milliseconds before a watch is begun again that was cut off. */
const PAUSE = 500;

/** Milliseconds of the longest pause before all objects are listed again. */
const LONGEST_PAUSE = 5_000;

/** Milliseconds for which a watch has to last that counts as one. */
const LASTS = 10_000;

/**
 * The objects of a kind and what becomes of them, until `signal` ends it: first each that exists as ADDED, then LISTED with
 * the uids of these, then changes. A watch that is cut off goes on; where the server no longer knows from when, the
 * objects are listed again, with another LISTED: what is not in it has been deleted.
 *
 * @param pause waits so many milliseconds, or until `signal` ends it
 * @throws SeaworthyError CLUSTER_FORBIDDEN, CLUSTER_FAILED, CLUSTER_UNREACHABLE for good
 */
export async function* watch(
  cluster: Cluster,
  resource: ApiResource,
  selection: Selection,
  signal: AbortSignal,
  pause = pauseFor,
): AsyncGenerator<WatchEvent> {
  for (let cut = 0; !signal.aborted;) {
    const uids = new Set<string>();
    let version = '';
    for await (const { objects, resourceVersion } of pagesOf(cluster, resource, selection, signal)) {
      version = resourceVersion;
      for (const object of objects) {
        uids.add(String(object.metadata['uid']));
        yield { type: 'ADDED', object };
      }
    }
    yield { type: 'LISTED', uids };
    if (version === '') return;
    const began = performance.now();
    yield* changesSince(version, { cluster, resource, selection, signal });
    // A server that ends each watch at once does not get well by lists without end.
    if (performance.now() - began >= LASTS) cut = 0;
    await pause(Math.min(LONGEST_PAUSE, PAUSE * 2 ** cut++), signal);
  }
}

async function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

interface Watched {
  readonly cluster: Cluster;
  readonly resource: ApiResource;
  readonly selection: Selection;
  readonly signal: AbortSignal;
}

/** Changes until the server no longer knows `version`, or `signal` ends it. */
async function* changesSince(version: string, watched: Watched): AsyncGenerator<WatchEvent> {
  const { cluster, resource, selection, signal } = watched;
  const { namespace, labelSelector, fieldSelector } = selection;
  for (let from: string | undefined = version; from !== undefined && !signal.aborted;) {
    const query = {
      watch: true,
      allowWatchBookmarks: true,
      resourceVersion: from,
      timeoutSeconds: TURN,
      labelSelector,
      fieldSelector,
    };
    const path = collectionPath(resource, namespace);
    const timeout = (TURN + 30) * 1000;
    try {
      const stream = await cluster.stream({ method: 'GET', path, query, timeout, signal });
      if ('refusal' in stream) {
        const { code } = stream.refusal;
        if (code === 410) return;
        if (code < 500 && code !== 429) failed(stream.refusal, `watch ${resource.plural}`);
        await pauseFor(PAUSE, signal);
        continue;
      }
      for await (const line of stream.lines) {
        const event = eventIn(line);
        if (event === undefined) return;
        const { resourceVersion } = event.object.metadata;
        if (typeof resourceVersion === 'string') from = resourceVersion;
        if (event.type !== 'BOOKMARK') yield { type: event.type, object: event.object };
      }
    } catch (error) {
      if (signal.aborted) return;
      // The list that follows asks with patience, and tells what is wrong if it stays so.
      if ((error as { readonly code?: string }).code === 'CLUSTER_UNREACHABLE') return;
      throw error;
    }
    await pauseFor(PAUSE, signal);
  }
}

/** The event of a line; undefined for the server's word that the watch is over, and for half a line of a cut connection. */
function eventIn(
  line: string,
): { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; readonly object: KubeObject } | undefined {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isPlainRecord(event) || event['type'] === 'ERROR' || !isPlainRecord(event['object'])) return undefined;
  return event as unknown as { type: 'ADDED'; object: KubeObject };
}
