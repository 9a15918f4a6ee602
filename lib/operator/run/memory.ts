import { createHash } from 'node:crypto';
import type { KubeObject } from '../../manifest/manifest';
import type { ManifestSet } from '../../manifest/set';
import type { CustomResource, Decision, Rendered } from '../types';

/** What is known of a resource from the last time that it was reconciled. */
export interface Remembered {
  readonly uid: string;
  /** What was rendered, and of what. */
  rendered?: { readonly key: string; readonly value: Rendered };
  /** What was decided, and of what: without the plan that it was decided by, which is as large as the objects. */
  decided?: { readonly key: string; readonly value: Omit<Decision, 'changes' | 'drift'> };
  /** What was applied last by this process, and when, by the clock that nobody sets. The objects go before the rest does. */
  applied?: { readonly key: string; readonly at: number; readonly set?: ManifestSet };
  /** Since when its objects are on their way, by the clock that nobody sets. */
  progressing?: number | undefined;
}

/**
 * Objects of resources that are kept as they were rendered: they cost more than anything else to find out again. However
 * many resources there are, more are not held.
 */
const KEPT = 5_000;

/** What is known of resources, by key. */
export class Memory {
  readonly #resources = new Map<string, Remembered>();
  /** How many objects are kept of resources, by key, the one that was asked for longest ago first. */
  readonly #kept = new Map<string, number>();
  #objects = 0;

  /** What is known of a resource; nothing of another one that had its name. */
  of(key: string, { metadata: { uid = '' } }: CustomResource): Remembered {
    const known = this.#resources.get(key);
    if (known?.uid === uid) return known;
    this.forget(key);
    const fresh = { uid };
    this.#resources.set(key, fresh);
    return fresh;
  }

  /** What a resource renders, by `render` where that is not known. */
  rendered(key: string, resource: CustomResource, render: () => Rendered): Rendered {
    const remembered = this.of(key, resource);
    const digest = digestOf(resourceAsGiven(resource));
    if (remembered.rendered?.key !== digest) remembered.rendered = { key: digest, value: render() };
    const { value } = remembered.rendered;
    this.#keep(key, Math.max(1, value.set?.size ?? 0));
    return value;
  }

  /** Keeps the objects of a resource, and lets those of others go that were asked for longest ago. */
  #keep(key: string, objects: number): void {
    this.#release(key);
    this.#kept.set(key, objects);
    this.#objects += objects;
    for (const oldest of this.#kept.keys()) {
      if (this.#objects <= KEPT || oldest === key) break;
      this.#release(oldest);
      const remembered = this.#resources.get(oldest);
      if (remembered === undefined) continue;
      delete remembered.rendered;
      if (remembered.applied !== undefined)
        remembered.applied = { key: remembered.applied.key, at: remembered.applied.at };
    }
  }

  #release(key: string): void {
    this.#objects -= this.#kept.get(key) ?? 0;
    this.#kept.delete(key);
  }

  /**
   * What is known of what is around resources may be wrong now: everything is rendered and decided again.
   *
   * @param there keys of the resources that there are: nothing is remembered of others
   */
  clear(there: Iterable<string>): void {
    const known = new Set(there);
    for (const [key, remembered] of this.#resources) {
      if (!known.has(key)) this.forget(key);
      delete remembered.rendered;
      delete remembered.decided;
    }
  }

  forget(key: string): void {
    this.#resources.delete(key);
    this.#release(key);
  }
}

/** A digest of objects by what a decision depends on: not by what their controllers say of them. */
export function liveKey(objects: readonly KubeObject[]): string {
  return digestOf(objects.map(withoutReports));
}

function withoutReports(object: KubeObject): unknown {
  const { status: _, metadata, ...rest } = object;
  const { resourceVersion: _version, managedFields, ...own } = metadata;
  const fields = Array.isArray(managedFields)
    ? (managedFields as readonly { readonly subresource?: string }[]).filter(
        ({ subresource }) => subresource !== 'status',
      )
    : [];
  return { ...rest, metadata: own, fields };
}

/** What of a resource its construct can depend on. */
function resourceAsGiven({ status: _, metadata, ...rest }: CustomResource): unknown {
  const { name, namespace, uid, generation, labels, annotations } = metadata;
  return { ...rest, metadata: { name, namespace, uid, generation, labels, annotations } };
}

export function digestOf(value: unknown): string {
  return createHash('sha1').update(JSON.stringify(value)).digest('base64');
}
