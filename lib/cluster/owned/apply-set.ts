import { withKeys } from '../../manifest/with-keys';
import { SeaworthyError } from '../../errors';
import { APPLYSET, applySetId } from '../../kube/applyset';
import { formatId, type KubeObject, type ObjectId } from '../../manifest/manifest';
import type { Cluster } from '../client/cluster';
import { askToDelete, createObject, getObject, listObjects, patchObject } from '../client/objects';
import { failed } from '../client/refusal';
import { Resources } from '../client/resources';
import { textAt } from '../fields';
import {
  environmentMark,
  marksOf,
  reachOf,
  reachTo,
  RECORD_TYPE,
  recordId,
  SECRETS,
  widened,
} from './record';
import type { AppName, Reach } from './record';
import { servedKind } from './served-kinds';

/** Manager of the fields of records, named as kubectl names its own. */
const RECORD_MANAGER = 'seaworthy-applyset';

/** Times that a record is written which somebody else is faster with. */
const TRIES = 10;

const NOTHING: Reach = { kinds: new Set(), namespaces: new Set() };

/** A record as it was read last. */
interface Recorded {
  readonly reach: Reach;
  readonly resourceVersion: string;
  /** Whether its marks are as we would write them. */
  readonly isCurrent: boolean;
}

/**
 * The objects of one application in a cluster, as an ApplySet of KEP-3659: each has a label with the id of the set, and a
 * record says of which kinds and in which namespaces they are.
 *
 * `begin` widens the record before anything is written, and `end` narrows it when what went is gone, so that however
 * applying ends, the next run finds every object.
 */
export class ApplySet {
  /** The value of the label of its members. */
  readonly id: string;
  /** What it is the set of. */
  readonly application: AppName;
  /** The identity of its record. */
  readonly record: ObjectId & { readonly namespace: string };
  readonly #cluster: Cluster;
  readonly #resources: Resources;
  readonly #environment: string | undefined;
  readonly #signal: AbortSignal | undefined;
  #recorded: Recorded | undefined;

  /** @internal `openApplySet` makes one. */
  constructor(cluster: Cluster, resources: Resources, { name, namespace, environment, signal }: OpenOptions) {
    this.#cluster = cluster;
    this.#resources = resources;
    this.#environment = environment;
    this.#signal = signal;
    this.application = { name, namespace };
    const record = recordId({ name, namespace });
    this.record = record;
    this.id = applySetId(record);
  }

  /** Whether the application has been applied before. */
  get exists(): boolean {
    return this.#recorded !== undefined;
  }

  /** A copy of an object, with the label of the members. */
  label(object: KubeObject): KubeObject {
    const labels = withKeys(object.metadata.labels ?? {}, { [APPLYSET.partOf]: this.id });
    return { ...object, metadata: { ...object.metadata, labels } };
  }

  /** @internal Reads the record. */
  async read(): Promise<void> {
    const found = await getObject(this.#cluster, SECRETS, this.record, this.#signal);
    if (found.refusal !== undefined) failed(found.refusal, `read the record ${formatId(this.record)}`);
    this.#recorded = found.object === undefined ? undefined : this.#recordedIn(found.object);
  }

  #recordedIn(object: KubeObject): Recorded {
    const reach = reachOf(object, this.record);
    const { labels, annotations } = this.#marks(reach, object);
    const has = (marks: Record<string, string>, own: Readonly<Record<string, string>> = {}): boolean =>
      Object.entries(marks).every(([name, value]) => own[name] === value);
    return {
      reach,
      resourceVersion: textAt(object, 'metadata', 'resourceVersion'),
      isCurrent: has(labels, object.metadata.labels) && has(annotations, object.metadata.annotations),
    };
  }

  #marks(reach: Reach, record?: KubeObject): ReturnType<typeof marksOf> {
    const { labels, annotations } = marksOf(this.record, reach);
    const environment = environmentMark(record, this.record, this.#environment);
    return { labels, annotations: { ...annotations, ...environment } };
  }

  /**
   * All objects of the application as they are, with their managed fields. A kind that is no longer served has none.
   *
   * @param metadataOnly whether only their metadata are read
   * @throws SeaworthyError CLUSTER_FORBIDDEN, CLUSTER_FAILED
   */
  async members(metadataOnly = false): Promise<readonly KubeObject[]> {
    const { kinds, namespaces } = this.#recorded?.reach ?? NOTHING;
    const places = [...new Set([this.record.namespace, ...namespaces])];
    const lists = [...kinds].map(async (kind) => {
      const resource = await servedKind(this.#cluster, this.#resources, kind);
      if (resource === undefined) return [];
      const labelSelector = `${APPLYSET.partOf}=${this.id}`;
      const listed = (resource.namespaced ? places : [undefined]).map((namespace) =>
        listObjects(this.#cluster, resource, { namespace, labelSelector, metadataOnly }, this.#signal),
      );
      return (await Promise.all(listed)).flat();
    });
    return (await Promise.all(lists)).flat();
  }

  /**
   * Before anything is written: the record then covers these objects as well.
   *
   * @returns false where the namespace of the record does not exist yet: it has to be written first
   * @throws SeaworthyError CLUSTER_FORBIDDEN, CLUSTER_FAILED; CLUSTER_NOT_OURS if another tool has taken the name
   */
  async begin(ids: Iterable<ObjectId>): Promise<boolean> {
    const wanted = reachTo(ids);
    return this.#write((now) => widened(now, wanted));
  }

  /**
   * Once what the application no longer has is gone: the record then covers the objects that are left, and no others. What
   * somebody else has added to it since stays.
   */
  async end(remaining: Iterable<ObjectId>): Promise<void> {
    const left = reachTo(remaining);
    const begun = this.#recorded?.resourceVersion;
    await this.#write((now, { resourceVersion }) => (resourceVersion === begun ? left : widened(now, left)));
  }

  /** Deletes the record, when no object is left, unless somebody has changed it since. */
  async forget(): Promise<void> {
    const { resourceVersion } = this.#recorded ?? {};
    const request = { resourceVersion, signal: this.#signal };
    const { refusal } = await askToDelete(this.#cluster, SECRETS, this.record, request);
    // A namespace that is being deleted takes it along.
    if (refusal !== undefined && refusal.code !== 409) failed(refusal, `delete ${formatId(this.record)}`);
  }

  /** Writes the record, unless it says so already, until nobody has changed it between reading and writing. */
  async #write(reachFrom: (now: Reach, recorded: Recorded) => Reach): Promise<boolean> {
    for (let tries = 1; tries <= TRIES; tries++) {
      const recorded = this.#recorded ?? { reach: NOTHING, resourceVersion: '', isCurrent: false };
      const reach = withoutHome(reachFrom(recorded.reach, recorded), this.record.namespace);
      if (recorded.isCurrent && isSame(reach, recorded.reach)) return true;
      const marks = this.#marks(reach);
      const written = await (recorded.resourceVersion === ''
        ? this.#create(marks)
        : this.#patch(marks, recorded.resourceVersion));
      if (written.refusal === undefined) {
        this.#recorded = this.#recordedIn(written.object);
        return true;
      }
      const { code } = written.refusal;
      // A record that is gone in the meantime is created again; one without a namespace cannot be.
      if (code === 404 && recorded.resourceVersion === '') return false;
      if (code !== 409 && code !== 404) failed(written.refusal, `write the record ${formatId(this.record)}`);
      await this.read();
    }
    throw new SeaworthyError({
      code: 'CLUSTER_FAILED',
      place: formatId(this.record),
      message: 'the record of the application changes all the time',
      hint: 'Is somebody else applying the same application? Try again when that is done.',
    });
  }

  #create({ labels, annotations }: ReturnType<typeof marksOf>): ReturnType<typeof createObject> {
    const { apiVersion, kind, name, namespace } = this.record;
    const metadata = { name, namespace, labels, annotations };
    const object = { apiVersion, kind, metadata, type: RECORD_TYPE };
    return createObject(this.#cluster, SECRETS, object, { manager: RECORD_MANAGER, signal: this.#signal });
  }

  #patch(
    { labels, annotations }: ReturnType<typeof marksOf>,
    resourceVersion: string,
  ): ReturnType<typeof patchObject> {
    const patch = { metadata: { resourceVersion, labels, annotations } };
    return patchObject(this.#cluster, SECRETS, this.record, patch, {
      manager: RECORD_MANAGER,
      signal: this.#signal,
    });
  }
}

function withoutHome({ kinds, namespaces }: Reach, home: string): Reach {
  return { kinds, namespaces: new Set([...namespaces].filter((each) => each !== home)) };
}

function isSame(one: Reach, other: Reach): boolean {
  const same = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
    a.size === b.size && [...a].every((each) => b.has(each));
  return same(one.kinds, other.kinds) && same(one.namespaces, other.namespaces);
}

/** Which application is opened, and how. */
export interface OpenOptions extends AppName {
  /** The environment of its objects; one that the record has as another is refused. @default any */
  readonly environment?: string | undefined;
  readonly resources?: Resources;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The objects of an application in a cluster; only reads.
 *
 * @throws SeaworthyError INVALID_NAME; CLUSTER_NOT_OURS where a Secret of this name is something else; CLUSTER_OTHER_APP for
 * another environment; CLUSTER_FORBIDDEN, CLUSTER_FAILED
 */
export async function openApplySet(cluster: Cluster, options: OpenOptions): Promise<ApplySet> {
  const set = new ApplySet(cluster, options.resources ?? new Resources(cluster), options);
  await set.read();
  return set;
}
