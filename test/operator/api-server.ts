import { applyAs } from '../../lib/apiserver/apply/apply';
import { managedIn } from '../../lib/apiserver/apply/managed-fields';
import { UNKNOWN } from '../../lib/apiserver/apply/parts';
import { fieldsOf } from '../../lib/operator/in-memory';
import type { Answer, Cluster, KnownAnswers } from '../../lib/cluster/client/cluster';
import type { Request } from '../../lib/cluster/client/connection';
import type { FieldSchema, Schema } from '../../lib/kube/schema';
import { kindSchema } from '../../lib/kube/schema/kind-schema';
import { kindTable } from '../../lib/kube/schema/kind-table';
import type { PlainRecord } from '../../lib/manifest/data';
import { groupOf, type KubeObject } from '../../lib/manifest/manifest';
import { WatchStream } from './watch-stream';

/** A kind that a definition adds to the server. */
export interface ServedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  /** @default as the built-in kind of its name, else true */
  readonly namespaced?: boolean;
}

/** What a path names. */
interface Place extends ServedKind {
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

type Stored = KubeObject & { readonly metadata: { readonly [key: string]: unknown } };

/**
 * An API server in memory, as far as an operator asks one: lists, watches, server-side apply with managed fields, merge
 * patches, dry runs, preconditions, finalizers, generations, status, and namespaces that go away. It validates nothing.
 */
export class ApiServer {
  readonly objects = new Map<string, Stored>();
  /** Each write that was not a dry run: `PATCH /api/v1/namespaces/shop/configmaps/web`. */
  readonly writes: string[] = [];
  /** Each request: method and path. */
  readonly requests: string[] = [];
  /** Namespaces that are being deleted: nothing can be created in them. */
  readonly terminating = new Set<string>();
  /** Answers a request before anything else does. */
  intercept: (request: Request) => Answer | undefined = () => undefined;
  readonly #kinds: ServedKind[];
  readonly #watches: { readonly request: Request; readonly stream: WatchStream }[] = [];
  #version = 100;
  #uid = 0;

  constructor(custom: readonly ServedKind[]) {
    this.#kinds = [...custom];
  }

  /** As an operator reaches it. */
  readonly cluster = this.#reached((request) => this.#request(request));

  #reached(ask: (request: Request) => Promise<Answer>): Cluster {
    return {
      name: 'memory',
      server: 'https://memory',
      namespace: 'default',
      version: 'v1.36.0',
      request: ask,
      stream: (request: Request) => {
        const stream = new WatchStream();
        this.#watches.push({ request, stream });
        request.signal?.addEventListener('abort', () => stream.end(), { once: true });
        return Promise.resolve({ lines: stream });
      },
      sharing: (known: KnownAnswers) => this.#reached((request) => known.answer(request, ask)),
      close: () => undefined,
    } as unknown as Cluster;
  }

  /** Serves a kind no longer: its definition is gone, and its objects with it. */
  withdraw(kind: string): void {
    const index = this.#kinds.findIndex((each) => each.kind === kind);
    this.#kinds.splice(index, 1);
    for (const [path, object] of this.objects) if (object.kind === kind) this.objects.delete(path);
    for (const { request, stream } of this.#watches)
      if (this.#place(request.path) === undefined) stream.end();
  }

  get(path: string): Stored | undefined {
    return this.objects.get(path);
  }

  /** What a person does: creates an object, or changes it by a merge patch. */
  async write(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Stored> {
    const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const answer = await this.#request({
      method,
      path,
      body,
      contentType,
      query: { fieldManager: 'kubectl-edit' },
    });
    if (answer.refusal !== undefined) throw new Error(answer.refusal.message);
    return answer.body as Stored;
  }

  async #request(request: Request): Promise<Answer> {
    // What is asked takes its time, as with any server: others go on meanwhile.
    await Promise.resolve();
    const { method, path } = request;
    this.requests.push(`${method} ${path}`);
    const answer = this.intercept(request) ?? this.#answer(request);
    return JSON.parse(JSON.stringify(answer)) as Answer;
  }

  #answer(request: Request): Answer {
    const { method, path } = request;
    const discovered = method === 'GET' ? this.#discovery(path) : undefined;
    if (discovered !== undefined) return served(discovered);
    const place = this.#place(path);
    if (place === undefined) return refused(404, 'NotFound', `the server could not find ${path}`);
    if (method === 'GET') return this.#read(place, request);
    if (method === 'POST') return this.#create(place, request);
    const key = place.subresource === undefined ? path : path.slice(0, path.lastIndexOf('/'));
    if (method === 'PATCH') return this.#patch(place, key, request);
    return this.#delete(key, request);
  }

  #discovery(path: string): PlainRecord | undefined {
    const [, root = '', group = '', version, ...more] = path.split('/');
    if (more.length > 0 || !/^apis?$/.test(root) || (root === 'api' && version !== undefined))
      return undefined;
    const all = [...this.#kinds, ...BUILTIN];
    if (root === 'apis' && version === undefined) {
      const versions = [...new Set(all.map(({ apiVersion }) => apiVersion))].filter(
        (each) => groupOf(each) === group,
      );
      const found = versions.map((groupVersion) => ({ groupVersion }));
      return found.length === 0 ? undefined : { preferredVersion: found[0], versions: found };
    }
    const apiVersion = root === 'api' ? group : `${group}/${version ?? ''}`;
    const kinds = all.filter((each) => each.apiVersion === apiVersion);
    if (kinds.length === 0) return undefined;
    return {
      resources: kinds.map(({ kind, plural, namespaced = isNamespaced(kind) }) => ({
        name: plural,
        kind,
        namespaced,
      })),
    };
  }

  #place(path: string): Place | undefined {
    const [, root, ...parts] = path.split('/').map(decodeURIComponent);
    const apiVersion = root === 'api' ? parts.splice(0, 1).join('/') : parts.splice(0, 2).join('/');
    const namespace = parts[0] === 'namespaces' && parts.length > 2 ? parts.splice(0, 2)[1] : undefined;
    const [plural, name, subresource] = parts;
    const kind = [...this.#kinds, ...BUILTIN].find(
      (each) => each.apiVersion === apiVersion && each.plural === plural,
    );
    return kind && { ...kind, namespace, name, subresource };
  }

  #read(place: Place, { path, query = {} }: Request): Answer {
    if (place.name !== undefined) {
      const found = this.objects.get(path);
      return found === undefined
        ? refused(404, 'NotFound', `${place.plural} "${place.name}" not found`)
        : served(found);
    }
    const items = [...this.objects.values()]
      .filter((object) => isIn(object, place) && isSelected(object, query['labelSelector']))
      .map(({ apiVersion: _, kind: __, ...item }) => item);
    return served({ metadata: { resourceVersion: String(this.#version) }, items });
  }

  #create(place: Place, { path, body, query = {} }: Request): Answer {
    if (place.plural === 'selfsubjectreviews')
      return served({ status: { userInfo: { username: 'operator' } } });
    const object = { apiVersion: place.apiVersion, kind: place.kind, ...(body as object) } as Stored;
    const key = `${path}/${object.metadata.name ?? ''}`;
    if (this.objects.has(key)) return refused(409, 'AlreadyExists', `${object.metadata.name} already exists`);
    const namespaced =
      place.namespace === undefined ? object : withMetadata(object, { namespace: place.namespace });
    return this.#store(key, undefined, namespaced, query, 'POST');
  }

  #patch(place: Place, key: string, { body, query = {}, contentType = '' }: Request): Answer {
    const live = this.objects.get(key);
    const given = body as Stored;
    const { uid, resourceVersion } = (given.metadata ?? {}) as { uid?: string; resourceVersion?: string };
    if (live === undefined && (!contentType.includes('apply') || uid !== undefined))
      return refused(contentType.includes('apply') ? 409 : 404, 'NotFound', `${key} not found`);
    for (const [name, value] of Object.entries({ uid, resourceVersion }))
      if (value !== undefined && value !== live?.metadata[name])
        return refused(409, 'Conflict', `${name} differs`);
    const manager = String(query['fieldManager']);
    const schema = schemaOf(place);
    if (!contentType.includes('apply')) {
      const patched = mergePatch(live, given) as Stored;
      const { resourceVersion: _, ...changed } = (given.metadata ?? {}) as PlainRecord;
      const fieldsV1 = fieldsOf({ ...given, metadata: changed }, schema);
      const entries = ((patched.metadata['managedFields'] ?? []) as PlainRecord[]).map((entry) => ({
        ...entry,
        fieldsV1: without(entry['fieldsV1'], fieldsV1),
      }));
      const entry = {
        manager,
        operation: 'Update',
        apiVersion: place.apiVersion,
        fieldsType: 'FieldsV1',
        // What is removed is nobody's.
        fieldsV1: fieldsOf(mergePatch({}, { ...given, metadata: changed }), schema),
      };
      return this.#store(
        key,
        live,
        withMetadata(patched, { managedFields: [...entries, entry] }),
        query,
        'PATCH',
      );
    }
    const { uid: _, resourceVersion: __, name, namespace, ...own } = given.metadata;
    const { apiVersion, kind, metadata: ___, ...rest } = given;
    const applied = { ...rest, metadata: own };
    const base = live ?? ({ apiVersion, kind, metadata: { name, namespace } } as unknown as Stored);
    const merged = applyAs(
      managedIn(of(base, place.subresource), manager, schema),
      base,
      applied,
      schema,
    ) as unknown as Stored;
    const entry = {
      manager,
      operation: 'Apply',
      apiVersion,
      fieldsType: 'FieldsV1',
      fieldsV1: fieldsOf(applied, schema),
      ...(place.subresource !== undefined && { subresource: place.subresource }),
    };
    const entries = (base.metadata['managedFields'] ?? []) as PlainRecord[];
    const others = entries.filter(
      (each) => each['manager'] !== manager || each['subresource'] !== entry.subresource,
    );
    const next = withMetadata(merged, { managedFields: [...others, entry] });
    return this.#store(key, live, next, query, 'PATCH');
  }

  #delete(key: string, { body, query = {} }: Request): Answer {
    const live = this.objects.get(key);
    if (live === undefined) return refused(404, 'NotFound', `${key} not found`);
    const { preconditions = {}, dryRun } = (body ?? {}) as { preconditions?: PlainRecord; dryRun?: unknown };
    for (const [name, value] of Object.entries(preconditions))
      if (live.metadata[name] !== value) return refused(409, 'Conflict', `${name} differs`);
    if (dryRun !== undefined || query['dryRun'] !== undefined) return served(live);
    if (((live.metadata['finalizers'] ?? []) as unknown[]).length > 0)
      return this.#store(
        key,
        live,
        withMetadata(live, { deletionTimestamp: '2026-01-01T00:00:00Z' }),
        query,
        'DELETE',
      );
    this.writes.push(`DELETE ${key}`);
    this.#gone(key, live);
    return served({ kind: 'Status' });
  }

  #store(
    key: string,
    live: Stored | undefined,
    next: Stored,
    query: NonNullable<Request['query']>,
    verb: string,
  ): Answer {
    const namespace = next.metadata.namespace;
    if (live === undefined && namespace !== undefined && this.terminating.has(namespace))
      return refused(
        403,
        'Forbidden',
        `${key} is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
      );
    const { resourceVersion: _, ...before } = live?.metadata ?? {};
    const { resourceVersion: __, ...now } = next.metadata;
    const isSame = live !== undefined && same({ ...live, metadata: before }, { ...next, metadata: now });
    if (isSame) return served(live);
    const isAsked = live === undefined || !same(live['spec'], next['spec']);
    const generation = ((live?.metadata['generation'] ?? 0) as number) + (isAsked ? 1 : 0);
    const isDry = query['dryRun'] !== undefined;
    const uid = live?.metadata['uid'] ?? (isDry ? 'dry' : `uid-${++this.#uid}`);
    const resourceVersion = isDry ? '0' : String(++this.#version);
    const stored = withMetadata(next, { uid, generation, resourceVersion });
    if (isDry) return served(stored);
    this.writes.push(`${verb} ${key}`);
    const finalizers = (stored.metadata['finalizers'] ?? []) as unknown[];
    if (stored.metadata['deletionTimestamp'] !== undefined && finalizers.length === 0)
      this.#gone(key, stored);
    else {
      this.objects.set(key, stored);
      this.#tell(live === undefined ? 'ADDED' : 'MODIFIED', stored);
    }
    return served(stored);
  }

  #gone(key: string, object: Stored): void {
    this.objects.delete(key);
    this.#tell('DELETED', withMetadata(object, { resourceVersion: String(++this.#version) }));
  }

  #tell(type: string, object: Stored): void {
    for (const { request, stream } of this.#watches) {
      const place = this.#place(request.path);
      if (place !== undefined && isIn(object, place) && isSelected(object, request.query?.['labelSelector']))
        stream.tell(type, object);
    }
  }
}

const BUILTIN: readonly ServedKind[] = [...kindTable].flatMap(([apiVersion, kinds]) =>
  [...kinds].map(([kind, { plural }]) => ({ apiVersion, kind, plural })),
);
const CLUSTER_SCOPED = new Set(
  [...kindTable.values()].flatMap((kinds) =>
    [...kinds].flatMap(([kind, { scope }]) => (scope === 'Cluster' ? [kind] : [])),
  ),
);

function isNamespaced(kind: string): boolean {
  return !CLUSTER_SCOPED.has(kind);
}

const field = (name: string, schema: Schema): [string, FieldSchema] => [
  name,
  { ...schema, name, required: false, pointer: true, omitEmpty: true },
];
const struct = (...fields: readonly [string, FieldSchema][]): Schema => ({
  type: 'struct',
  struct: () => ({ name: '', fields: new Map(fields) }),
  atomic: false,
});

/** What server-side apply knows of a custom resource of ours. */
const CUSTOM: Schema = struct(
  field(
    'metadata',
    struct(field('finalizers', { type: 'list', items: UNKNOWN, listType: 'set', listKeys: [] })),
  ),
  field(
    'status',
    struct(field('conditions', { type: 'list', items: UNKNOWN, listType: 'map', listKeys: ['type'] })),
  ),
);

function schemaOf({ apiVersion, kind }: ServedKind): Schema {
  const found = kindSchema('1.36', apiVersion, kind);
  return found === undefined ? CUSTOM : { type: 'struct', struct: () => found, atomic: false };
}

/** An object whose entries of other subresources are those of somebody else. */
function of(object: Stored, subresource: string | undefined): Stored {
  const entries = ((object.metadata['managedFields'] ?? []) as PlainRecord[]).map((entry) =>
    entry['subresource'] === subresource
      ? entry
      : { ...entry, manager: `${String(entry['manager'])} elsewhere` },
  );
  return withMetadata(object, { managedFields: entries });
}

/** Fields without those that somebody else has taken over. */
function without(fields: unknown, taken: PlainRecord): PlainRecord {
  const left = Object.entries((fields ?? {}) as PlainRecord).flatMap(([key, below]): [string, unknown][] => {
    const theirs = taken[key] as PlainRecord | undefined;
    if (theirs === undefined) return [[key, below]];
    const rest = without(below, theirs);
    return Object.keys(rest).length === 0 ? [] : [[key, rest]];
  });
  return Object.fromEntries(left);
}

function withMetadata(object: Stored, more: PlainRecord): Stored {
  return { ...object, metadata: { ...object.metadata, ...more } };
}

function isIn({ apiVersion, kind, metadata }: Stored, place: Place): boolean {
  return (
    apiVersion === place.apiVersion &&
    kind === place.kind &&
    (place.namespace === undefined || place.namespace === metadata.namespace)
  );
}

/** `a`, `a=b`, one after another with commas. */
function isSelected({ metadata: { labels = {} } }: Stored, selector: unknown): boolean {
  return (typeof selector === 'string' ? selector : '')
    .split(',')
    .filter((each) => each !== '')
    .every((each) => {
      const [name = '', value] = each.split('=');
      return value === undefined ? labels[name] !== undefined : labels[name] === value;
    });
}

function mergePatch(live: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const before = typeof live === 'object' && live !== null && !Array.isArray(live) ? live : {};
  const merged: PlainRecord = { ...before };
  for (const [key, value] of Object.entries(patch))
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  return merged;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, sorted(part)]),
  );
}

function served(body: unknown): Answer {
  return { body, warnings: [] };
}

export function refused(code: number, reason: string, message: string): Answer {
  return { refusal: { code, reason, message, causes: [] } };
}
