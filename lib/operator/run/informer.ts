import { SeaworthyError } from '../../errors';
import type { Cluster } from '../../cluster/client/cluster';
import { Resources } from '../../cluster/client/resources';
import type { Selection } from '../../cluster/client/selection';
import { watch, type WatchEvent } from '../../cluster/client/watch';
import { textAt } from '../../cluster/fields';
import { identityKey, type KubeObject, type ObjectId } from '../../manifest/manifest';
import { pause, type Clock } from './clock';

/** A group, version and kind. */
export type Kind = Pick<ObjectId, 'apiVersion' | 'kind'>;

/** What is followed, and who hears of it. */
export interface InformerOptions {
  readonly kind: Kind;
  readonly selection?: Selection;
  /** What of an object is kept. @default all of it */
  readonly keep?: (object: KubeObject) => KubeObject;
  /** Called with an object that is new, has changed from `before`, or is gone: then as it was last. */
  readonly onChange: (object: KubeObject, isGone: boolean, before?: KubeObject) => void;
  /** Called when the objects cannot be followed, and why; it goes on by itself. */
  readonly onTrouble?: (kind: Kind, message: string) => void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Milliseconds before a kind is asked for again that cannot be followed; each further time doubles them. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/**
 * The objects of a kind as the server has them, by list and watch until `signal` ends it. It goes on over cut connections,
 * versions that the server no longer knows, missing permissions and a definition that is deleted and comes again.
 */
export class Informer {
  readonly #cluster: Cluster;
  readonly #options: InformerOptions;
  readonly #objects = new Map<string, KubeObject>();
  readonly #synced: Promise<void>;
  #tellSynced: () => void = () => undefined;
  #isSynced = false;

  constructor(cluster: Cluster, options: InformerOptions) {
    this.#cluster = cluster;
    this.#options = options;
    this.#synced = new Promise((resolve) => (this.#tellSynced = resolve));
    options.signal.addEventListener('abort', () => this.#tellSynced(), { once: true });
    void this.#run();
  }

  /** Whether all that was there at first has been told. */
  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** Resolves once all that was there has been told, or `signal` has ended it. */
  synced(): Promise<void> {
    return this.#synced;
  }

  get(id: ObjectId): KubeObject | undefined {
    return this.#objects.get(identityKey(id));
  }

  objects(): IterableIterator<KubeObject> {
    return this.#objects.values();
  }

  get size(): number {
    return this.#objects.size;
  }

  /** Takes in what this process has just written, so that the next look does not see what was there before. */
  learn(object: KubeObject): void {
    const now = { ...object, ...this.#options.kind };
    const known = this.#objects.get(keyOf(now));
    if (known === undefined || textAt(known, 'metadata', 'uid') !== textAt(now, 'metadata', 'uid')) return;
    if (versionOf(now) > versionOf(known)) this.#objects.set(keyOf(now), this.#kept(now));
  }

  async #run(): Promise<void> {
    const { kind, clock, signal, onTrouble } = this.#options;
    for (let failures = 0; !signal.aborted;) {
      const began = clock.elapsed();
      const trouble = await this.#follow().catch((error: unknown) =>
        error instanceof SeaworthyError ? error.problems[0].message : String(error),
      );
      if (signal.aborted) return;
      onTrouble?.(kind, trouble);
      if (clock.elapsed() - began > LONGEST_PAUSE) failures = 0;
      await pause(clock, Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures++), signal);
    }
  }

  /** @returns why it has ended */
  async #follow(): Promise<string> {
    const { kind, selection = {}, signal } = this.#options;
    // What is served may have changed since it was asked for last.
    const resource = await new Resources(this.#cluster).of(kind);
    if (resource !== undefined)
      for await (const event of watch(this.#cluster, resource, selection, signal)) this.#hear(event);
    // Nobody knows that its objects are gone: their kind is served under no name, or not now.
    return `the server does not serve ${kind.kind} of ${kind.apiVersion}`;
  }

  #hear(event: WatchEvent): void {
    if (event.type === 'LISTED') return this.#listed(event.uids);
    const object = { ...event.object, ...this.#options.kind };
    if (event.type === 'DELETED') return this.#remove(object);
    const key = keyOf(object);
    const known = this.#objects.get(key);
    if (known !== undefined && isSame(known, object)) return;
    const kept = this.#kept(object);
    this.#objects.set(key, kept);
    this.#options.onChange(kept, false, known);
  }

  #listed(uids: ReadonlySet<string>): void {
    for (const object of this.#objects.values())
      if (!uids.has(textAt(object, 'metadata', 'uid'))) this.#remove(object);
    this.#isSynced = true;
    this.#tellSynced();
  }

  #remove(object: KubeObject): void {
    const key = keyOf(object);
    const known = this.#objects.get(key);
    // Another one may have taken its name since.
    if (known !== undefined && textAt(known, 'metadata', 'uid') !== textAt(object, 'metadata', 'uid')) return;
    this.#objects.delete(key);
    this.#options.onChange(known ?? this.#kept(object), true);
  }

  #kept(object: KubeObject): KubeObject {
    return this.#options.keep?.(object) ?? object;
  }
}

function keyOf({ apiVersion, kind, metadata: { namespace, name = '' } }: KubeObject): string {
  return identityKey({ apiVersion, kind, name, ...(namespace !== undefined && { namespace }) });
}

function isSame(one: KubeObject, other: KubeObject): boolean {
  return (
    textAt(one, 'metadata', 'uid') === textAt(other, 'metadata', 'uid') &&
    textAt(one, 'metadata', 'resourceVersion') === textAt(other, 'metadata', 'resourceVersion')
  );
}

/**
 * Numbers, of which the greater is the later, in every API server that Kubernetes calls one.
 *
 * @source k8s.io/apimachinery pkg/util/resourceversion/resourceversion.go CompareResourceVersion 1.36
 */
function versionOf(object: KubeObject): bigint {
  const version = textAt(object, 'metadata', 'resourceVersion');
  return /^\d+$/.test(version) ? BigInt(version) : 0n;
}
