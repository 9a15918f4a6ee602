import type { Cluster } from '../../cluster/client/cluster';
import { listObjects } from '../../cluster/client/objects';
import { kindIn, SECRETS } from '../../cluster/owned/record';
import { servedKind } from '../../cluster/owned/served-kinds';
import { Resources } from '../../cluster/client/resources';
import { textAt } from '../../cluster/fields';
import { APPLYSET } from '../../kube/applyset';
import { ownValue, type PlainRecord } from '../../manifest/data';
import { identify, identityKey, type KubeObject, type ObjectId } from '../../manifest/manifest';
import { pause, type Clock } from './clock';
import { Informer, type Kind } from './informer';

/** What the objects of all resources are followed with. */
export interface OwnedOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Namespaces that are followed; undefined for all. */
  readonly namespaces: readonly (string | undefined)[];
  /** Called with the ApplySet of an object that has changed or is gone. */
  readonly onChange: (applySet: string) => void;
  readonly onTrouble?: (kind: Kind, message: string) => void;
}

/**
 * The objects that belong to ApplySets, of every kind that resources have rendered, as the server has them. A kind is
 * followed from the first object of it on.
 */
export class OwnedObjects {
  readonly #cluster: Cluster;
  readonly #options: OwnedOptions;
  readonly #followed = new Map<
    string,
    { readonly apiVersion: string; readonly informers: readonly Informer[] }
  >();
  /** Keys of objects by ApplySet, so that the objects of one are found without a look at all. */
  readonly #bySet = new Map<string, Map<string, KubeObject>>();

  constructor(cluster: Cluster, options: OwnedOptions) {
    this.#cluster = cluster;
    this.#options = options;
  }

  /** Follows kinds; resolves once all that there is of them is known, or as much as may be read. */
  async follow(kinds: Iterable<Kind>): Promise<void> {
    const { clock, signal, namespaces, onTrouble } = this.#options;
    const found = new Map([...kinds].map((kind) => [keyOf(kind), kind]));
    for (const [key, { apiVersion, kind }] of found) {
      if (this.#followed.has(key)) continue;
      const informers = namespaces.map(
        (namespace) =>
          new Informer(this.#cluster, {
            kind: { apiVersion, kind },
            selection: { namespace, labelSelector: APPLYSET.partOf },
            keep: lean,
            onChange: (object, isGone) => this.#hear(object, isGone),
            ...(onTrouble !== undefined && { onTrouble }),
            clock,
            signal,
          }),
      );
      this.#followed.set(key, { apiVersion, informers });
    }
    await Promise.all([...found.keys()].map((key) => this.#synced(key)));
  }

  /** Whether all objects of a kind that belong to ApplySets are known, in its version. */
  isFollowed(kind: Kind): boolean {
    const followed = this.#followed.get(keyOf(kind));
    if (followed?.apiVersion !== kind.apiVersion) return false;
    return followed.informers.every(({ isSynced }) => isSynced);
  }

  /** The objects of an ApplySet, as they are known. */
  of(applySet: string): readonly KubeObject[] {
    return [...(this.#bySet.get(applySet)?.values() ?? [])];
  }

  /** How many objects are known, of all sets. */
  get size(): number {
    const informers = [...this.#followed.values()].flatMap((followed) => followed.informers);
    return informers.reduce((sum, informer) => sum + informer.size, 0);
  }

  /**
   * The kinds that the records of applications say they have: also those that no resource renders any more.
   *
   * @throws SeaworthyError CLUSTER_FORBIDDEN, CLUSTER_FAILED
   */
  async recordedKinds(isOurs: (applySet: string) => boolean): Promise<readonly Kind[]> {
    const { namespaces, signal } = this.#options;
    const selection = { labelSelector: APPLYSET.id, metadataOnly: true };
    const lists = namespaces.map((namespace) =>
      listObjects(this.#cluster, SECRETS, { ...selection, namespace }, signal),
    );
    const records = (await Promise.all(lists))
      .flat()
      .filter((record) => isOurs(textAt(record, 'metadata', 'labels', APPLYSET.id)));
    const names = new Set(
      records.flatMap((record) => textAt(record, 'metadata', 'annotations', APPLYSET.groupKinds).split(',')),
    );
    names.delete('');
    const resources = new Resources(this.#cluster);
    const absent = [...names].filter((name) => !this.#followed.has(keyOf(kindIn(name))));
    return (await Promise.all(absent.map((name) => servedKind(this.#cluster, resources, name)))).flatMap(
      (kind) => kind ?? [],
    );
  }

  /** Those that may not be read are not waited for. */
  async #synced(key: string): Promise<void> {
    const { clock, signal } = this.#options;
    const informers = this.#followed.get(key)?.informers ?? [];
    if (informers.every(({ isSynced }) => isSynced)) return;
    const isOver = new AbortController();
    const late = pause(clock, PATIENCE, AbortSignal.any([isOver.signal, signal]));
    await Promise.race([Promise.all(informers.map((informer) => informer.synced())), late]);
    isOver.abort();
  }

  #hear(object: KubeObject, isGone: boolean): void {
    const applySet = object.metadata.labels?.[APPLYSET.partOf] ?? '';
    const key = identityKey(identify(object));
    const objects = this.#bySet.get(applySet) ?? new Map<string, KubeObject>();
    if (isGone) objects.delete(key);
    else objects.set(key, object);
    if (objects.size === 0) this.#bySet.delete(applySet);
    else this.#bySet.set(applySet, objects);
    this.#options.onChange(applySet);
  }
}

/** Milliseconds for a kind to be listed. */
const PATIENCE = 15_000;

/** A kind, whatever its version: an object of two versions would be followed twice. */
function keyOf({ apiVersion, kind }: Pick<ObjectId, 'apiVersion' | 'kind'>): string {
  const slash = apiVersion.indexOf('/');
  return `${slash < 0 ? '' : apiVersion.slice(0, slash)}/${kind}`;
}

/** Without what managers hold of its status, which changes with each look of a controller. */
function lean(object: KubeObject): KubeObject {
  const managers: unknown = object.metadata['managedFields'];
  if (!Array.isArray(managers)) return object;
  const managedFields = (managers as PlainRecord[]).filter(
    (each) => ownValue(each, 'subresource') !== 'status',
  );
  return { ...object, metadata: { ...object.metadata, managedFields } };
}
