import { setTimeout as sleep } from 'node:timers/promises';
import { SeaworthyError } from '../../errors';
import type { KubeObject, ObjectId } from '../../manifest/manifest';
import type { Cluster } from './cluster';
import { getObject, listObjects } from './objects';
import { Resources, type ApiResource } from './resources';
import type { Selection } from './selection';
import { watch, type WatchEvent } from './watch';

/** Objects of one kind that are observed. */
export interface Sought {
  readonly kind: Pick<ObjectId, 'apiVersion' | 'kind'>;
  readonly selection: Selection;
  /** Whether nothing can be told without it. @default false: that it may not be read is noted */
  readonly isNeeded?: boolean;
  /** Objects that are read one by one where the kind may not be listed. @default none are read then */
  readonly names?: readonly string[];
}

/** Milliseconds between two looks at what may not be watched, or is not there. */
const LOOK = 2_000;

/** How it is observed. */
export interface ObserveOptions {
  readonly signal: AbortSignal;
  /** Whether a server that cannot be reached, and a kind that it does not serve, are waited for. @default false */
  readonly patient?: boolean;
}

/**
 * Objects of several kinds as a server has them, kept up to date until `signal` ends it: by watches, which go on over cut
 * connections; what may not be watched is listed again and again, what may not be listed is read by name.
 */
export class Observation {
  /** Plurals of the kinds of which nothing may be read, and the kinds. */
  readonly forbidden = new Map<string, string>();
  /** Why the server cannot be reached at present. */
  unreachable: string | undefined;
  readonly #cluster: Cluster;
  readonly #options: ObserveOptions;
  readonly #resources: Resources;
  readonly #objects = new Map<Sought, Map<string, KubeObject>>();
  readonly #told = new Set<Sought>();
  readonly #expected: number;
  #isChanged = false;
  #failure: Error | undefined;
  /** Who waits for a change. */
  #wake: (() => void) | undefined;

  constructor(cluster: Cluster, sought: readonly Sought[], options: ObserveOptions) {
    this.#cluster = cluster;
    this.#options = options;
    this.#resources = new Resources(cluster);
    this.#expected = sought.length;
    for (const each of sought)
      this.#follow(each).catch((error: unknown) => {
        this.#failure ??= error as Error;
        this.#wake?.();
      });
    options.signal.addEventListener('abort', () => this.#wake?.(), { once: true });
  }

  /** Whether all that was there at first has been told. */
  get isWhole(): boolean {
    return this.#told.size >= this.#expected;
  }

  /**
   * Resolves once everything is told, and something has changed since `objects` was asked; when it is ended; and after
   * `within` milliseconds.
   *
   * @throws SeaworthyError CLUSTER_FORBIDDEN, CLUSTER_FAILED, CLUSTER_UNREACHABLE where the server fails for good
   */
  async changed(within?: number): Promise<void> {
    if (!(this.isWhole && this.#isChanged) && this.#failure === undefined && !this.#options.signal.aborted)
      await new Promise<void>((resolve) => {
        const timer = within === undefined ? undefined : setTimeout(resolve, within);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    if (this.#failure !== undefined && !this.#options.signal.aborted) throw this.#failure;
  }

  objects(): KubeObject[] {
    this.#isChanged = false;
    return [...this.#objects.values()].flatMap((objects) => [...objects.values()]);
  }

  async #follow(sought: Sought): Promise<void> {
    const { signal, patient = false } = this.#options;
    while (!signal.aborted) {
      try {
        const resource = await this.#resources.of(sought.kind);
        if (resource !== undefined) return await this.#read(resource, sought);
        this.#resources.forget(sought.kind.apiVersion);
        this.#take(sought, []);
        if (!patient) return;
      } catch (error) {
        if (signal.aborted) return;
        if (!patient || !isCode(error, 'CLUSTER_UNREACHABLE')) throw error;
        this.unreachable = (error as Error).message;
        this.#change();
      }
      await sleep(LOOK, undefined, { signal }).catch(() => undefined);
    }
  }

  /** By a watch, else by lists, else by names. */
  async #read(resource: ApiResource, sought: Sought): Promise<void> {
    const { signal } = this.#options;
    let isListed = false;
    try {
      for await (const event of watch(this.#cluster, resource, sought.selection, signal)) {
        this.unreachable = undefined;
        isListed ||= event.type === 'LISTED';
        this.#hear(sought, event);
      }
    } catch (error) {
      if (signal.aborted || !isCode(error, 'CLUSTER_FORBIDDEN')) throw error;
      await this.#look(resource, sought, isListed, error);
    }
  }

  async #look(resource: ApiResource, sought: Sought, isListed: boolean, error: unknown): Promise<void> {
    const { signal } = this.#options;
    const { names = [], selection } = sought;
    if (!isListed && names.length === 0) return this.#forbid(resource, sought, error);
    while (!signal.aborted) {
      const objects = isListed
        ? await listObjects(this.#cluster, resource, selection, signal)
        : await this.#byName(resource, selection, names);
      if (objects === undefined) return this.#forbid(resource, sought, error);
      this.unreachable = undefined;
      this.#take(sought, objects);
      await sleep(LOOK, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Undefined if they may not be read. */
  async #byName(
    resource: ApiResource,
    { namespace }: Selection,
    names: readonly string[],
  ): Promise<KubeObject[] | undefined> {
    const { apiVersion, kind } = resource;
    const objects: KubeObject[] = [];
    for (const name of names) {
      const id = { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
      const found = await getObject(this.#cluster, resource, id, this.#options.signal);
      if (found.refusal !== undefined) return undefined;
      if (found.object !== undefined) objects.push(found.object);
    }
    return objects;
  }

  #forbid({ plural, kind }: ApiResource, sought: Sought, error: unknown): void {
    if (sought.isNeeded === true) throw error;
    this.forbidden.set(plural, kind);
    this.#take(sought, []);
  }

  #take(sought: Sought, objects: readonly KubeObject[]): void {
    for (const object of objects) this.#hear(sought, { type: 'ADDED', object });
    this.#hear(sought, { type: 'LISTED', uids: new Set(objects.map(uidOf)) });
  }

  #hear(sought: Sought, event: WatchEvent): void {
    const objects = this.#objects.get(sought) ?? new Map<string, KubeObject>();
    this.#objects.set(sought, objects);
    if (event.type === 'LISTED') {
      for (const uid of objects.keys()) if (!event.uids.has(uid)) objects.delete(uid);
      this.#told.add(sought);
    } else if (event.type === 'DELETED') objects.delete(uidOf(event.object));
    else objects.set(uidOf(event.object), { ...lean(event.object), ...sought.kind });
    this.#change();
  }

  #change(): void {
    this.#isChanged = true;
    if (this.isWhole) this.#wake?.();
  }
}

function uidOf({ metadata }: KubeObject): string {
  return String(metadata['uid']);
}

/** Without what managers hold, which is much of an object, and tells nothing of how it does. */
function lean(object: KubeObject): KubeObject {
  const { managedFields, ...metadata } = object.metadata as KubeObject['metadata'] & {
    managedFields?: unknown;
  };
  return managedFields === undefined ? object : { ...object, metadata };
}

function isCode(error: unknown, code: SeaworthyError['code']): boolean {
  return error instanceof SeaworthyError && error.code === code;
}
