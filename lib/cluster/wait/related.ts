import { identityKey, type KubeObject, type ObjectId } from '../../manifest/manifest';
import { at, idOf, recordsAt, textAt } from '../fields';
import { Events } from '../status/events';
import { evidenceOf } from '../status/of';
import { keyOf, rootsOf, type Root } from '../status/owners';
import type { Evidence } from '../status/state';

/** What is around objects that are waited for, as far as a server lists it. */
export class Related {
  readonly events: Events;
  readonly now: number;
  readonly #objects: readonly KubeObject[];
  readonly #unread: ReadonlySet<string>;
  #byId: ReadonlyMap<string, KubeObject> | undefined;
  #roots: ReadonlyMap<string, Root> | undefined;
  #classes: ReadonlyMap<string, KubeObject> | undefined;
  #claims: ReadonlySet<string> | undefined;

  /**
   * @param objects workloads with their ReplicaSets, Jobs and pods, warnings about any of these, StorageClasses
   * @param now milliseconds since 1970
   * @param unread kinds that the user may not list
   */
  constructor(objects: readonly KubeObject[], now: number, unread: ReadonlySet<string> = new Set()) {
    this.#objects = objects;
    this.#unread = unread;
    this.now = now;
    this.events = new Events(objects.filter(({ kind }) => kind === 'Event'));
  }

  object(id: ObjectId): KubeObject | undefined {
    this.#byId ??= new Map(this.#objects.map((each) => [identityKey(idOf(each)), each]));
    return this.#byId.get(identityKey(id));
  }

  /** What a workload is judged by; undefined for an object that is none. */
  evidence(id: ObjectId): Evidence | undefined {
    this.#roots ??= new Map(
      rootsOf(this.#objects.filter(isOfWorkload)).map((root) => [keyOf(root.id), root]),
    );
    const root = this.#roots.get(keyOf(id));
    return root && evidenceOf(root, this.events, this.now);
  }

  /** Whether objects of a kind may not be listed: nothing is known of them. */
  isUnread(kind: string): boolean {
    return this.#unread.has(kind);
  }

  /** A StorageClass, if it could be read. */
  storageClass(name: string): KubeObject | undefined {
    this.#classes ??= new Map(
      this.#objects
        .filter(({ kind }) => kind === 'StorageClass')
        .map((each) => [each.metadata.name ?? '', each]),
    );
    return this.#classes.get(name);
  }

  /** Whether a pod that is not over uses a claim. */
  isUsed({ metadata: { namespace = '', name = '' } }: KubeObject): boolean {
    this.#claims ??= new Set(
      this.#objects
        .filter(({ kind }) => kind === 'Pod')
        .flatMap((pod) =>
          recordsAt(pod, 'spec', 'volumes').map(
            (volume) =>
              `${pod.metadata.namespace ?? ''}/${textAt(volume, 'persistentVolumeClaim', 'claimName')}`,
          ),
        ),
    );
    return this.#claims.has(`${namespace}/${name}`);
  }
}

/** Whether an object is a workload, or a part of one. */
function isOfWorkload({ apiVersion, kind, metadata }: KubeObject): boolean {
  return (
    kind === 'Event' ||
    (/^(v1|apps\/v1|batch\/v1)$/.test(apiVersion) &&
      /^(Pod|Deployment|ReplicaSet|StatefulSet|DaemonSet|Job|CronJob)$/.test(kind) &&
      at(metadata, 'uid') !== undefined)
  );
}
