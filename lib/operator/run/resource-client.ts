import type { Cluster } from '../../cluster/client/cluster';
import { patchObject, type Written } from '../../cluster/client/objects';
import { objectPath, type ApiResource } from '../../cluster/client/resources';
import type { KubeObject, ObjectId } from '../../manifest/manifest';
import type { CustomResource, ResourceDefinition, ResourceStatus } from '../types';
import { OPERATOR_MANAGER } from './application';

/** Finalizer of resources whose objects have to go before they do. */
export const FINALIZER = 'seaworthy.dev/objects';

/** Annotation of a resource: the operator that serves it. */
export const OPERATED_BY = 'seaworthy.dev/operated-by';

/** Annotation of a resource whose construct did not come to its end: a digest of what it was run with. */
export const RENDER_TIMEOUT = 'seaworthy.dev/render-timeout';

/** Manager of that annotation. */
const RENDER_MANAGER = `${OPERATOR_MANAGER}-render`;

/** Type of the condition that another operator than the one that serves a resource sets. */
export const CONTESTED = 'Contested';

/** Manager of that condition. */
const CONTEST_MANAGER = `${OPERATOR_MANAGER}-contest`;

/** The stored version of a definition as an API version: `shop.example/v1`. */
export function apiVersionOf({ group, versions }: Pick<ResourceDefinition, 'group' | 'versions'>): string {
  return `${group}/${versions.at(-1)?.name ?? versions[0].name}`;
}

/** How the resources of a definition are addressed. */
export function addressOf(definition: ResourceDefinition): ApiResource {
  const { kind, plural, scope } = definition;
  return { apiVersion: apiVersionOf(definition), kind, plural, namespaced: scope === 'Namespaced' };
}

/** Writes what an operator says of the resources that it serves. */
export class ResourceClient {
  readonly #cluster: Cluster;
  readonly #address: ApiResource;
  readonly #onWrite: (what: 'status' | 'finalizer' | 'mark') => void;

  constructor(
    cluster: Cluster,
    definition: ResourceDefinition,
    onWrite: (what: 'status' | 'finalizer' | 'mark') => void,
  ) {
    this.#cluster = cluster;
    this.#address = addressOf(definition);
    this.#onWrite = onWrite;
  }

  /** Applies a status: it holds all that this operator says, and takes back what it said before. */
  async status(resource: CustomResource, status: ResourceStatus, signal: AbortSignal): Promise<Written> {
    this.#onWrite('status');
    return this.#apply(resource, { status }, 'status', signal);
  }

  /** Has the server keep a resource until its objects are gone, and says who serves it. */
  async claim(resource: CustomResource, operator: string, signal: AbortSignal): Promise<Written> {
    this.#onWrite('finalizer');
    const { annotations, resourceVersion } = resource.metadata;
    // Of two operators that see it at once, one claims it.
    const isFree = annotations?.[OPERATED_BY] === undefined;
    const metadata = {
      finalizers: [FINALIZER],
      annotations: { [OPERATED_BY]: operator },
      ...(isFree && { resourceVersion }),
    };
    return this.#apply(resource, { metadata }, undefined, signal);
  }

  /** Says that another operator serves a resource, by a condition that the other one leaves alone. */
  async contest(resource: CustomResource, message: string, now: Date, signal: AbortSignal): Promise<Written> {
    this.#onWrite('status');
    const lastTransitionTime = `${now.toISOString().slice(0, 19)}Z`;
    const condition = {
      type: CONTESTED,
      status: 'True',
      reason: 'OperatedByAnother',
      message,
      lastTransitionTime,
    };
    const status = { conditions: [condition] };
    return this.#apply(resource, { status }, 'status', signal, CONTEST_MANAGER);
  }

  /** Takes that back. */
  async settle(resource: CustomResource, signal: AbortSignal): Promise<Written> {
    this.#onWrite('status');
    return this.#apply(resource, {}, 'status', signal, CONTEST_MANAGER);
  }

  /** Marks a resource whose construct does not come to its end; undefined takes that back. */
  async mark(resource: CustomResource, mark: string | undefined, signal: AbortSignal): Promise<Written> {
    this.#onWrite('mark');
    const metadata = mark === undefined ? {} : { annotations: { [RENDER_TIMEOUT]: mark } };
    return this.#apply(resource, { metadata }, undefined, signal, RENDER_MANAGER);
  }

  /** Lets a resource go. */
  async release(resource: CustomResource, signal: AbortSignal): Promise<Written> {
    this.#onWrite('finalizer');
    const others = (resource.metadata.finalizers ?? []).filter((each) => each !== FINALIZER);
    // The version makes sure that no finalizer of others is taken away that came in the meantime.
    const { resourceVersion } = resource.metadata;
    const patch = { metadata: { resourceVersion, finalizers: others } };
    const request = { manager: OPERATOR_MANAGER, signal };
    return patchObject(this.#cluster, this.#address, idOf(resource), patch, request);
  }

  async #apply(
    resource: CustomResource,
    own: { readonly metadata?: object; readonly status?: object },
    subresource: string | undefined,
    signal: AbortSignal,
    fieldManager = OPERATOR_MANAGER,
  ): Promise<Written> {
    const { apiVersion, kind, metadata } = resource;
    const { name, namespace, uid } = metadata;
    // With the uid, a resource that is gone is not created again.
    const identity = { name, ...(namespace !== undefined && { namespace }), uid };
    const body = { apiVersion, kind, ...own, metadata: { ...own.metadata, ...identity } };
    const path = objectPath(this.#address, idOf(resource));
    const answer = await this.#cluster.request({
      method: 'PATCH',
      path: subresource === undefined ? path : `${path}/${subresource}`,
      query: { fieldManager, force: true, fieldValidation: 'Strict' },
      body,
      contentType: 'application/apply-patch+yaml',
      signal,
    });
    if (answer.refusal !== undefined) return { refusal: answer.refusal };
    return { object: answer.body as KubeObject, warnings: answer.warnings };
  }
}

/** The identity of a resource. */
export function idOf({ apiVersion, kind, metadata: { name = '', namespace } }: CustomResource): ObjectId {
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}
