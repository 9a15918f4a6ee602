import type { Cluster } from '../../cluster/client/cluster';
import type { KubeObject } from '../../manifest/manifest';
import type { CustomResource, ResourceDefinition } from '../types';
import { resourceName, setIdOf } from './application';
import type { Clock } from './clock';
import { Informer, type Kind } from './informer';
import { Reconciler } from './reconciler';
import type { ReconcilerOptions } from './reconciled';
import { apiVersionOf } from './resource-client';

/** What the resources of a definition are followed with. */
export interface ControllerOptions extends Omit<ReconcilerOptions, 'onStored'> {
  /** Namespaces that are followed; undefined for all. */
  readonly namespaces: readonly (string | undefined)[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called with the key of a resource that may need something. */
  readonly onResource: (key: string) => void;
  readonly onTrouble: (kind: Kind, message: string) => void;
}

/** The resources of one definition: which there are, and whose the objects are. */
export class Controller {
  readonly definition: ResourceDefinition;
  readonly reconciler: Reconciler;
  readonly #informers: readonly Informer[];
  /** Keys of resources, by the ApplySet of their objects. */
  readonly #sets = new Map<string, string>();
  readonly #prefix: string;

  constructor(cluster: Cluster, options: ControllerOptions) {
    const { definition, namespaces, clock, signal, onResource, onTrouble } = options;
    this.definition = definition;
    this.#prefix = `${definition.kind}.${definition.group} `;
    this.reconciler = new Reconciler({ ...options, onStored: (object) => this.#learn(object) });
    this.#informers = namespaces.map(
      (namespace) =>
        new Informer(cluster, {
          kind: { apiVersion: apiVersionOf(definition), kind: definition.kind },
          selection: { namespace },
          keep: lean,
          onChange: (object, isGone, before) => {
            this.#know(object, isGone);
            if (isGone || before === undefined || isAsked(before, object)) onResource(this.keyOf(object));
          },
          onTrouble,
          clock,
          signal,
        }),
    );
  }

  get isSynced(): boolean {
    return this.#informers.every(({ isSynced }) => isSynced);
  }

  async synced(): Promise<void> {
    await Promise.all(this.#informers.map((informer) => informer.synced()));
  }

  get size(): number {
    return this.#informers.reduce((sum, { size }) => sum + size, 0);
  }

  *keys(): Iterable<string> {
    for (const informer of this.#informers) for (const object of informer.objects()) yield this.keyOf(object);
  }

  /** Whether a key is one of a resource of this definition. */
  has(key: string): boolean {
    return key.startsWith(this.#prefix);
  }

  /** The resource of a key as it is known; undefined once it is gone. */
  resource(key: string): CustomResource | undefined {
    const [name = '', namespace] = key.slice(this.#prefix.length).split('/').reverse();
    const { kind } = this.definition;
    const id = { apiVersion: apiVersionOf(this.definition), kind, name, ...(namespace && { namespace }) };
    for (const informer of this.#informers) {
      const found = informer.get(id);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The key of the resource whose objects have this ApplySet; undefined for those of others. */
  keyOfSet(applySet: string): string | undefined {
    return this.#sets.get(applySet);
  }

  keyOf({ metadata }: KubeObject): string {
    return `${this.#prefix}${resourceName(metadata)}`;
  }

  #know(resource: CustomResource, isGone: boolean): void {
    const applySet = setIdOf(this.reconciler.applicationOf(resource));
    if (isGone) this.#sets.delete(applySet);
    else this.#sets.set(applySet, this.keyOf(resource));
  }

  #learn(object: KubeObject): void {
    for (const informer of this.#informers) informer.learn(object);
  }
}

/** Whether what is asked of a resource has changed, and not only what is said of it. */
function isAsked(before: KubeObject, now: KubeObject): boolean {
  const asked = ({ metadata }: KubeObject): string => {
    const { uid, generation, labels, annotations, finalizers, deletionTimestamp } =
      metadata as CustomResource['metadata'];
    return JSON.stringify([uid, generation, labels, annotations, finalizers, deletionTimestamp]);
  };
  return asked(before) !== asked(now);
}

/** Without what managers hold, which nobody asks for. */
function lean(object: KubeObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata as KubeObject['metadata'] & {
    managedFields?: unknown;
  };
  return { ...object, metadata };
}
