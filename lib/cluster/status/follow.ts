import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeObject } from '../../manifest/manifest';
import type { Cluster } from '../client/cluster';
import { Resources } from '../client/resources';
import { watch, type WatchEvent } from '../client/watch';
import { statusOf } from './of';
import { isForgivable, LISTED, scopeOf, selectionOf, type StatusOptions } from './scope';
import type { ClusterStatus } from './types';

/** Milliseconds in which changes are gathered: a rollout changes several objects at once. */
const GATHERED = 300;

/**
 * What `status` tells, at first and at every change until `signal` ends it.
 *
 * @param tick milliseconds after which it is told anew without a change, for the ages
 * @throws SeaworthyError as `status`
 */
export async function* followStatus(
  cluster: Cluster,
  options: StatusOptions,
  signal: AbortSignal,
  tick?: number,
): AsyncGenerator<ClusterStatus> {
  const { namespaces, choice } = scopeOf(cluster, options);
  const ended = new AbortController();
  const end = AbortSignal.any([signal, ended.signal]);
  const forbidden = new Set<string>();
  const resources = new Resources(cluster);
  const seen = new Seen(namespaces.length * LISTED.length);
  const streams = namespaces.flatMap((namespace) =>
    LISTED.map(async (kind, index) => {
      const resource = await resources.of(kind);
      if (resource === undefined) return;
      const stream = `${index} ${namespace ?? ''}`;
      try {
        for await (const event of watch(cluster, resource, selectionOf(kind.kind, namespace), end))
          seen.take(stream, event, kind);
      } catch (error) {
        if (!isForgivable(error, kind.kind)) throw error;
        forbidden.add(resource.plural);
        seen.take(stream, { type: 'LISTED', uids: new Set() }, kind);
      }
    }),
  );
  const over = aborted(end);
  const failure = new Promise<never>((_, reject) => void Promise.all(streams).catch(reject));
  // It is waited for below; an error that comes between is told then.
  failure.catch(() => undefined);
  try {
    while (!end.aborted) {
      await Promise.race([
        seen.changed(),
        failure,
        over,
        ...(tick !== undefined && seen.isWhole ? [sleep(tick)] : []),
      ]);
      if (end.aborted) return;
      await sleep(GATHERED, undefined, { signal: end }).catch(() => undefined);
      const workloads = statusOf(seen.objects(), Date.now(), choice);
      yield { workloads, forbidden: [...forbidden].sort() };
    }
  } finally {
    ended.abort();
  }
}

/** What watches have told so far. */
class Seen {
  readonly #streams = new Map<string, Map<string, KubeObject>>();
  readonly #listed = new Set<string>();
  readonly #expected: number;
  #isChanged = false;
  #tell: (() => void) | undefined;

  constructor(expected: number) {
    this.#expected = expected;
  }

  /** Whether all that was there at first has been told. */
  get isWhole(): boolean {
    return this.#listed.size >= this.#expected;
  }

  take(
    stream: string,
    event: WatchEvent,
    { apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>,
  ): void {
    const objects = this.#streams.get(stream) ?? new Map<string, KubeObject>();
    this.#streams.set(stream, objects);
    if (event.type === 'LISTED') {
      for (const uid of objects.keys()) if (!event.uids.has(uid)) objects.delete(uid);
      this.#listed.add(stream);
    } else {
      const uid = String(event.object.metadata['uid']);
      if (event.type === 'DELETED') objects.delete(uid);
      else objects.set(uid, { ...event.object, apiVersion, kind });
    }
    this.#isChanged = true;
    if (this.isWhole) this.#tell?.();
  }

  /** Resolves once everything is told, and something has changed since `objects` was asked. */
  changed(): Promise<void> {
    if (this.isWhole && this.#isChanged) return Promise.resolve();
    return new Promise((resolve) => (this.#tell = resolve));
  }

  objects(): KubeObject[] {
    this.#isChanged = false;
    return [...this.#streams.values()].flatMap((objects) => [...objects.values()]);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
