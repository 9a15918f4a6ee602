import { SeaworthyError } from '../../errors';
import { scopeOf } from '../../kube/kinds';
import { isPlainRecord } from '../../manifest/data';
import { formatId, type KubeObject, type ObjectId } from '../../manifest/manifest';
import { withKeys } from '../../manifest/with-keys';
import { idOf, recordsAt, textAt } from '../fields';
import type { Answer, Cluster } from './cluster';
import { failed, type Refusal } from './refusal';
import { collectionPath, objectPath, type ApiResource } from './resources';
import type { Selection } from './selection';
import { SharedFields } from './shared-fields';

/** An object that the server stored or would store, or why it does not. */
export type Written =
  | { readonly object: KubeObject; readonly warnings: readonly string[]; readonly refusal?: undefined }
  | { readonly refusal: Refusal };

/** How an object is applied. */
export interface ApplyRequest {
  /** Name of the manager of the fields. */
  readonly manager: string;
  /** Whether fields of other managers are taken over. @default false */
  readonly force?: boolean;
  /** Whether the server only says what it would store. @default false */
  readonly dryRun?: boolean;
  /** Whether only the metadata of what is stored are answered. @default false */
  readonly metadataOnly?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Objects in one answer of a list: enough that hundreds need one, few enough that tens of thousands stay small. */
const PAGE = 500;

/** Asks for the metadata of listed objects alone, and of one object. */
const METADATA_LIST = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
const METADATA = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

/** An object as the server has it, none if it does not exist, or why the user may not read it. */
export type Found =
  { readonly object?: KubeObject; readonly refusal?: undefined } | { readonly refusal: Refusal };

/**
 * Reads one object.
 *
 * @throws SeaworthyError CLUSTER_FAILED
 */
export async function getObject(
  cluster: Cluster,
  resource: ApiResource,
  id: ObjectId,
  signal?: AbortSignal,
): Promise<Found> {
  const answer = await cluster.request({ method: 'GET', path: objectPath(resource, id), signal });
  if (answer.refusal === undefined) return { object: objectIn(answer.body) };
  const { code } = answer.refusal;
  if (code === 404) return {};
  return code === 403 ? { refusal: answer.refusal } : failed(answer.refusal, `get ${formatId(id)}`);
}

/**
 * The objects of a kind, page by page, with their kind filled in; none where the server does not serve the kind.
 *
 * @throws SeaworthyError CLUSTER_FORBIDDEN, CLUSTER_FAILED
 */
export async function* pagesOf(
  cluster: Cluster,
  resource: ApiResource,
  { namespace, labelSelector, fieldSelector, metadataOnly = false }: Selection = {},
  signal?: AbortSignal,
): AsyncGenerator<{ readonly objects: readonly KubeObject[]; readonly resourceVersion: string }> {
  const path = collectionPath(resource, namespace);
  const accept = metadataOnly ? METADATA_LIST : undefined;
  const fields = new SharedFields();
  for (let next = ''; ;) {
    const query = { labelSelector, fieldSelector, limit: PAGE, continue: next };
    const answer = await cluster.request({ method: 'GET', path, query, accept, signal });
    if (answer.refusal?.code === 404) return;
    if (answer.refusal !== undefined) return failed(answer.refusal, `list ${resource.plural}`);
    const { apiVersion, kind } = resource;
    yield {
      objects: recordsAt(answer.body, 'items').map(
        (item) =>
          withKeys(item, {
            apiVersion,
            kind,
            metadata: fields.shared(item['metadata']),
          }) as unknown as KubeObject,
      ),
      resourceVersion: textAt(answer.body, 'metadata', 'resourceVersion'),
    };
    next = textAt(answer.body, 'metadata', 'continue');
    if (next === '') return;
  }
}

/** All objects of a kind; see `pagesOf`. */
export async function listObjects(
  cluster: Cluster,
  resource: ApiResource,
  selection: Selection = {},
  signal?: AbortSignal,
): Promise<KubeObject[]> {
  const all: KubeObject[] = [];
  for await (const { objects } of pagesOf(cluster, resource, selection, signal)) all.push(...objects);
  return all;
}

/**
 * Server-side apply, with every unknown field an error: of a built-in kind the server says so in any case, and to be strict
 * about its body, which has no key twice, would be to read it once more.
 *
 * @source k8s.io/apiserver pkg/endpoints/handlers/patch.go applyPatchToCurrentObject 1.36
 */
export async function applyObject(
  cluster: Cluster,
  resource: ApiResource,
  object: KubeObject,
  { manager, force = false, dryRun = false, metadataOnly = false, signal }: ApplyRequest,
): Promise<Written> {
  const id = idOf(object);
  const fieldValidation = scopeOf(id.apiVersion, id.kind) === undefined ? 'Strict' : 'Ignore';
  const answer = await cluster.request({
    method: 'PATCH',
    path: objectPath(resource, id),
    query: { fieldManager: manager, force, fieldValidation, dryRun: dryRun ? 'All' : undefined },
    body: object,
    contentType: 'application/apply-patch+yaml',
    accept: metadataOnly ? METADATA : undefined,
    signal,
  });
  return written(answer);
}

/** A patch of some fields: JSON Merge Patch, or JSON Patch where `patch` is a list. */
export async function patchObject(
  cluster: Cluster,
  resource: ApiResource,
  id: ObjectId,
  patch: unknown,
  { manager, dryRun = false, signal }: Omit<ApplyRequest, 'force' | 'metadataOnly'>,
): Promise<Written> {
  const answer = await cluster.request({
    method: 'PATCH',
    path: objectPath(resource, id),
    query: { fieldManager: manager, dryRun: dryRun ? 'All' : undefined },
    body: patch,
    contentType: Array.isArray(patch) ? 'application/json-patch+json' : 'application/merge-patch+json',
    signal,
  });
  return written(answer);
}

/** Creates an object that is not there: one that is comes back as the refusal `AlreadyExists`. */
export async function createObject(
  cluster: Cluster,
  resource: ApiResource,
  object: KubeObject,
  { manager, dryRun = false, signal }: Omit<ApplyRequest, 'force' | 'metadataOnly'>,
): Promise<Written> {
  const answer = await cluster.request({
    method: 'POST',
    path: collectionPath(resource, object.metadata.namespace),
    query: { fieldManager: manager, fieldValidation: 'Strict', dryRun: dryRun ? 'All' : undefined },
    body: object,
    signal,
  });
  return written(answer);
}

/** How an object is deleted. */
export interface DeleteRequest {
  /** Only the object with this uid, not one that was created in its place since. */
  readonly uid?: string | undefined;
  /** Only the object as it was read. */
  readonly resourceVersion?: string | undefined;
  /** @default 'Background' */
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Deletes an object; undefined once the server has accepted that, or if the object is not there. */
export async function deleteObject(
  cluster: Cluster,
  resource: ApiResource,
  id: ObjectId,
  request: DeleteRequest = {},
): Promise<Refusal | undefined> {
  return (await askToDelete(cluster, resource, id, request)).refusal;
}

/** What a server that accepts a deletion still has: the object, while something holds it; nothing once it is gone. */
export async function askToDelete(
  cluster: Cluster,
  resource: ApiResource,
  id: ObjectId,
  { uid, resourceVersion, propagation = 'Background', dryRun = false, signal }: DeleteRequest = {},
): Promise<Found> {
  const preconditions = {
    ...(uid !== undefined && { uid }),
    ...(resourceVersion !== undefined && { resourceVersion }),
  };
  const answer = await cluster.request({
    method: 'DELETE',
    path: objectPath(resource, id),
    body: {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: propagation,
      ...(Object.keys(preconditions).length > 0 && { preconditions }),
      ...(dryRun && { dryRun: ['All'] }),
    },
    signal,
  });
  if (answer.refusal !== undefined) return answer.refusal.code === 404 ? {} : { refusal: answer.refusal };
  // The answer is the object while it is being deleted, and a Status, or the object as it last was, once it is gone.
  return textAt(answer.body, 'metadata', 'deletionTimestamp') === '' ? {} : { object: objectIn(answer.body) };
}

function written(answer: Answer): Written {
  if (answer.refusal !== undefined) return { refusal: answer.refusal };
  return { object: objectIn(answer.body), warnings: answer.warnings };
}

function objectIn(body: unknown): KubeObject {
  if (isPlainRecord(body) && isPlainRecord(body['metadata'])) return body as unknown as KubeObject;
  throw new SeaworthyError({ code: 'CLUSTER_FAILED', message: 'the API server answered with no object' });
}
